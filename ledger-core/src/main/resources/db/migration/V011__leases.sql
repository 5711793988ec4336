-- Leases that end soon after their worker: they are short, and renewed while a call is under way.
-- What a lost call may still do has nothing to do with them, so it has a column of its own.

ALTER TABLE outbox_message ADD COLUMN attempt_ends_at timestamptz;
COMMENT ON COLUMN outbox_message.attempt_ends_at IS
  'While it is claimed: after this instant nothing that the claim began is under way any more, whatever became of its worker';
COMMENT ON COLUMN outbox_message.due_at IS
  'When it may be claimed; while it is claimed, when its lease ends unless it is renewed; infinity while it is parked';

UPDATE outbox_message SET attempt_ends_at = due_at WHERE claimed_at IS NOT NULL;

-- Decisions about windows use the database's clock: one that goes back would open them again.
CREATE TABLE clock_high_water (
  singleton boolean     NOT NULL DEFAULT true CONSTRAINT clock_high_water_pkey PRIMARY KEY,
  at        timestamptz NOT NULL,
  CONSTRAINT clock_high_water_is_one_row CHECK (singleton)
);
COMMENT ON TABLE clock_high_water IS
  'The latest time that this database has told, raised by every worker each second. While its clock is behind by more than the skew, only look-ups run';

INSERT INTO clock_high_water (at) VALUES (now());

GRANT SELECT, UPDATE (at) ON clock_high_water TO ledger_writer;
GRANT SELECT ON clock_high_water TO ledger_operator;
