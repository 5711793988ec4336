-- Retries have a budget. When more of them were due than it lets through, each claim passed over
-- all of them to find the first tries behind: with 100,000 it read 100,000 rows. Now first tries and
-- retries have an index each, a claim reads from both only what it takes, and a row is in one of
-- them, as it was in one before.

CREATE INDEX outbox_message_due_first ON outbox_message (due_at) WHERE attempts = 0;
COMMENT ON INDEX outbox_message_due_first IS 'What was never claimed, oldest first';

CREATE INDEX outbox_message_due_again ON outbox_message (due_at) WHERE attempts > 0;
COMMENT ON INDEX outbox_message_due_again IS
  'What was claimed before: retries, and claims whose lease may end';

DROP INDEX outbox_message_due;
