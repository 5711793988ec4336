-- How often each key was delivered, and the sum that it has to add up to. Counted in the transaction
-- that decides the deliveries, so that at every instant
--   deliveries = executed (keys) + replayed + mismatched.
-- Counters are rows of their own: keys never change, and nobody may change them.

CREATE TABLE key_repeat (
  merchant_id uuid        NOT NULL,
  last_at     timestamptz NOT NULL,
  replays     bigint      NOT NULL,
  mismatches  bigint      NOT NULL,
  slot        smallint    NOT NULL,
  key         text        NOT NULL COLLATE "C",
  CONSTRAINT key_repeat_pkey PRIMARY KEY (merchant_id, key, slot),
  CONSTRAINT key_repeat_counts_not_negative CHECK (replays >= 0 AND mismatches >= 0)
);
COMMENT ON TABLE key_repeat IS
  'Deliveries of a key after its first one; no row for the many keys that are delivered once';
COMMENT ON COLUMN key_repeat.slot IS
  'The writer''s own, of sixteen: a storm of replays on one key is counted by all writers at once, none of which waits for another''s commit. Sum over them';

CREATE TABLE delivery_tally (
  writer     uuid   NOT NULL CONSTRAINT delivery_tally_pkey PRIMARY KEY,
  batch      uuid   NOT NULL,
  deliveries bigint NOT NULL
);
COMMENT ON TABLE delivery_tally IS
  'Deliveries as they came in at the door, counted by batches and not by what became of them; one row for each writer of each process that ever ran';
COMMENT ON COLUMN delivery_tally.batch IS
  'The last one that was counted: a batch that is run again after a commit with an unknown outcome counts once';

-- One row is updated by each batch: leave room to do that within its page.
ALTER TABLE key_repeat SET (fillfactor = 70);
ALTER TABLE delivery_tally SET (fillfactor = 20);

-- Keys from before this count were each delivered at least once.
INSERT INTO delivery_tally (writer, batch, deliveries)
SELECT gen_random_uuid(), gen_random_uuid(), count(*)
FROM idempotency_key
HAVING count(*) > 0;

GRANT SELECT, INSERT, UPDATE (replays, mismatches, last_at) ON key_repeat TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (batch, deliveries) ON delivery_tally TO ledger_writer;
GRANT SELECT ON key_repeat TO ledger_reader;

ALTER TABLE key_repeat ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_repeat FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON key_repeat TO ledger_writer USING (true) WITH CHECK (true);
CREATE POLICY reader_own ON key_repeat FOR SELECT TO ledger_reader
  USING (merchant_id = current_merchant());
CREATE POLICY owner_all ON key_repeat TO CURRENT_USER USING (true) WITH CHECK (true);
