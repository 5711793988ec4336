-- What the processor says that it has settled, day by day, line by line. A line is stored once,
-- however often its report is read, and booked in the transaction that stores it.

CREATE TABLE settlement_import (
  id          uuid        NOT NULL CONSTRAINT settlement_import_pkey PRIMARY KEY,
  report_date date        NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  lines       bigint      NOT NULL DEFAULT 0,
  imported    bigint      NOT NULL DEFAULT 0,
  duplicates  bigint      NOT NULL DEFAULT 0,
  rejected    bigint      NOT NULL DEFAULT 0,
  state       text        NOT NULL COLLATE "C" DEFAULT 'running',
  failure     text,
  sha256      bytea,
  CONSTRAINT settlement_import_state_known CHECK (state IN ('running', 'complete', 'failed')),
  CONSTRAINT settlement_import_finished CHECK ((state = 'running') = (finished_at IS NULL)),
  CONSTRAINT settlement_import_failure CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CONSTRAINT settlement_import_complete_has_digest CHECK (state <> 'complete' OR sha256 IS NOT NULL),
  CONSTRAINT settlement_import_counts_add_up
    CHECK (lines = imported + duplicates + rejected AND least(imported, duplicates, rejected) >= 0)
);
COMMENT ON TABLE settlement_import IS
  'One reading of one report. Its counts grow with each batch, in the batch''s own transaction';
COMMENT ON COLUMN settlement_import.state IS
  'complete: the report was read to its end. What a failed one has imported stays';
COMMENT ON COLUMN settlement_import.started_at IS
  'Before the first byte was asked for: what was settled later may not be in it';
COMMENT ON COLUMN settlement_import.sha256 IS 'Of the whole file; NULL unless it was read to its end';

CREATE INDEX settlement_import_by_date ON settlement_import (report_date, started_at);

CREATE TABLE settlement_rejection (
  import_id uuid   NOT NULL,
  line      bigint NOT NULL,
  reason    text   NOT NULL,
  CONSTRAINT settlement_rejection_pkey PRIMARY KEY (import_id, line),
  CONSTRAINT settlement_rejection_reason_length CHECK (length(reason) <= 200)
);
COMMENT ON TABLE settlement_rejection IS
  'Lines that could not be read: the first thousand of a report, all are counted. Never what was in them';
COMMENT ON COLUMN settlement_rejection.line IS 'Of the file, its header being line 1';

CREATE TABLE settlement_line (
  merchant_id uuid        NOT NULL,
  id          uuid        NOT NULL,
  import_id   uuid        NOT NULL,
  resource_id uuid,
  settled_at  timestamptz NOT NULL,
  amount      bigint      NOT NULL,
  fee         bigint      NOT NULL,
  report_date date        NOT NULL,
  type        text        NOT NULL COLLATE "C",
  currency    text        NOT NULL COLLATE "C",
  payment     text        NOT NULL COLLATE "C",
  reference   text        NOT NULL COLLATE "C",
  CONSTRAINT settlement_line_pkey PRIMARY KEY (merchant_id, type, payment, reference),
  CONSTRAINT settlement_line_type_known
    CHECK (type IN ('payment', 'refund', 'dispute', 'dispute_reversal')),
  CONSTRAINT settlement_line_amount_range CHECK (amount BETWEEN 0 AND 99999999999),
  CONSTRAINT settlement_line_fee_range CHECK (fee BETWEEN 0 AND 99999999999),
  CONSTRAINT settlement_line_currency_form CHECK (currency ~ '^[A-Z]{3}$')
);
COMMENT ON COLUMN settlement_line.id IS 'The source of its entries';
COMMENT ON COLUMN settlement_line.resource_id IS
  'The id that its reference spells, whether or not there is such a charge or refund; NULL when it spells none';
COMMENT ON COLUMN settlement_line.report_date IS 'Of the first report that it was in';

CREATE INDEX settlement_line_by_date ON settlement_line (report_date);
CREATE INDEX settlement_line_by_resource ON settlement_line (merchant_id, resource_id);

-- What the processor can settle of ours, with the type that its lines have.
CREATE VIEW settleable
  (merchant_id, id, type, charge_id, refund_id, amount, currency, status, payment, created_at)
  WITH (security_invoker = true) AS
SELECT merchant_id, id, 'payment', id, NULL::uuid, amount, currency, status, processor_payment,
       created_at
FROM charge
UNION ALL
SELECT merchant_id, id, 'refund', charge_id, id, amount, currency, status, NULL::text, created_at
FROM refund;

GRANT SELECT, INSERT, UPDATE (finished_at, lines, imported, duplicates, rejected, state, failure, sha256)
  ON settlement_import TO ledger_writer;
GRANT SELECT, INSERT ON settlement_rejection, settlement_line TO ledger_writer;
GRANT SELECT ON settleable TO ledger_writer;
GRANT SELECT ON settlement_import, settlement_rejection, settlement_line, settleable
  TO ledger_operator;

ALTER TABLE settlement_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE settlement_line FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON settlement_line TO ledger_writer USING (true) WITH CHECK (true);
CREATE POLICY operator_all ON settlement_line FOR SELECT TO ledger_operator USING (true);
CREATE POLICY owner_all ON settlement_line TO CURRENT_USER USING (true) WITH CHECK (true);
