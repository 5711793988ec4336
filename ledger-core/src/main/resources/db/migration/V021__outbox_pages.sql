-- Half of each new page was left to updates within the page. There are none: each moves due_at, which
-- is indexed. New pages are what the disk has to write besides the log, so half of them were in vain.

ALTER TABLE outbox_message RESET (fillfactor);
