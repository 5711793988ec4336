-- Lines that are looked at again. What differs is in reconciliation_difference; what waits has no
-- difference yet, and may come to one when its charge is decided.

CREATE TABLE reconciliation_waiting (
  merchant_id uuid NOT NULL,
  type        text NOT NULL COLLATE "C",
  payment     text NOT NULL COLLATE "C",
  reference   text NOT NULL COLLATE "C",
  CONSTRAINT reconciliation_waiting_pkey PRIMARY KEY (merchant_id, type, payment, reference)
);
COMMENT ON TABLE reconciliation_waiting IS
  'Lines whose charge was open when they were compared last: each run compares them again until it is decided';

GRANT SELECT, INSERT, DELETE ON reconciliation_waiting TO ledger_writer;

ALTER TABLE reconciliation_waiting ENABLE ROW LEVEL SECURITY;
ALTER TABLE reconciliation_waiting FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON reconciliation_waiting TO ledger_writer USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON reconciliation_waiting TO CURRENT_USER USING (true) WITH CHECK (true);
