-- The processor's reports held against what is booked here. The API asks for a run, a worker makes
-- it; what differs is kept until it is gone or a person has explained it.

CREATE TABLE reconciliation (
  id            uuid        NOT NULL CONSTRAINT reconciliation_pkey PRIMARY KEY,
  import_id     uuid,
  requested_by  uuid,
  created_at    timestamptz NOT NULL DEFAULT now(),
  due_at        timestamptz NOT NULL DEFAULT now(),
  started_at    timestamptz,
  finished_at   timestamptz,
  fence         bigint      NOT NULL DEFAULT 0,
  matched       bigint      NOT NULL DEFAULT 0,
  healed        bigint      NOT NULL DEFAULT 0,
  waiting       bigint      NOT NULL DEFAULT 0,
  missing_here  bigint      NOT NULL DEFAULT 0,
  missing_there bigint      NOT NULL DEFAULT 0,
  other_amount  bigint      NOT NULL DEFAULT 0,
  other_currency bigint     NOT NULL DEFAULT 0,
  other_status   bigint     NOT NULL DEFAULT 0,
  attempts      integer     NOT NULL DEFAULT 0,
  date          date        NOT NULL,
  state         text        NOT NULL COLLATE "C" DEFAULT 'queued',
  failure       text,
  CONSTRAINT reconciliation_state_known CHECK (state IN ('queued', 'running', 'completed', 'failed')),
  CONSTRAINT reconciliation_open_or_not CHECK (
    CASE state WHEN 'completed' THEN finished_at IS NOT NULL
               WHEN 'failed' THEN true
               ELSE finished_at IS NULL END)
);
COMMENT ON COLUMN reconciliation.requested_by IS 'api_key.id of the operator; NULL for the daily run';
COMMENT ON COLUMN reconciliation.due_at IS
  'While it is not finished: when a worker may take it; while it runs, when its lease ends unless it is renewed';
COMMENT ON COLUMN reconciliation.fence IS
  'Counts claims; a worker whose number is old writes nothing more';
COMMENT ON COLUMN reconciliation.state IS
  'failed with no finished_at is tried again when it is due';
COMMENT ON COLUMN reconciliation.import_id IS 'The last reading of the report';
COMMENT ON COLUMN reconciliation.waiting IS
  'Lines of charges that are open and being sent just now: their worker will find out';

-- One run of a date at a time, and one daily run of it ever, however many workers there are.
CREATE UNIQUE INDEX reconciliation_open ON reconciliation (date) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX reconciliation_daily ON reconciliation (date) WHERE requested_by IS NULL;
CREATE INDEX reconciliation_by_time ON reconciliation (created_at, id);

CREATE TABLE reconciliation_difference (
  merchant_id       uuid        NOT NULL,
  id                uuid        NOT NULL,
  last_run          uuid        NOT NULL,
  charge_id         uuid,
  refund_id         uuid,
  resolved_by       uuid,
  first_seen        timestamptz NOT NULL,
  last_seen         timestamptz NOT NULL,
  resolved_at       timestamptz,
  reported_amount   bigint,
  our_amount        bigint,
  date              date        NOT NULL,
  reviewed          boolean     NOT NULL DEFAULT false,
  kind              text        NOT NULL COLLATE "C",
  type              text        NOT NULL COLLATE "C",
  payment           text        NOT NULL COLLATE "C",
  reference         text        NOT NULL COLLATE "C",
  reported_currency text        COLLATE "C",
  our_currency      text        COLLATE "C",
  our_status        text        COLLATE "C",
  note              text,
  CONSTRAINT reconciliation_difference_pkey
    PRIMARY KEY (merchant_id, kind, type, reference, payment),
  CONSTRAINT reconciliation_difference_kind_known
    CHECK (kind IN ('missing_here', 'missing_there', 'amount', 'currency', 'status')),
  CONSTRAINT reconciliation_difference_resolved_with_a_note
    CHECK ((resolved_at IS NULL) = (note IS NULL)),
  CONSTRAINT reconciliation_difference_explained_is_resolved
    CHECK (resolved_by IS NULL OR resolved_at IS NOT NULL)
);
COMMENT ON TABLE reconciliation_difference IS
  'One row for each thing that differs, however many runs find it';
COMMENT ON COLUMN reconciliation_difference.date IS 'Of the first run that found it';
COMMENT ON COLUMN reconciliation_difference.payment IS
  'The processor''s; the empty text where we know none';
COMMENT ON COLUMN reconciliation_difference.resolved_by IS
  'api_key.id of the operator who explained it; NULL while it is open, and when a later run found it gone';
COMMENT ON COLUMN reconciliation_difference.reviewed IS
  'Whether a review of its charge was opened for it';

CREATE INDEX reconciliation_difference_by_id ON reconciliation_difference (id);
CREATE INDEX reconciliation_difference_by_date ON reconciliation_difference (date, first_seen, id);
CREATE INDEX reconciliation_difference_open ON reconciliation_difference (kind, first_seen)
  WHERE resolved_at IS NULL;

-- Each line beside what we have of that name. A line whose charge has another payment is missing
-- here too: it is an effect that we know nothing of. Disputes have nothing to be compared with yet.
CREATE VIEW settlement_comparison
  (merchant_id, report_date, type, payment, reference, amount, currency, charge_id, refund_id,
   our_amount, our_currency, our_status, finding)
  WITH (security_invoker = true) AS
SELECT l.merchant_id, l.report_date, l.type, l.payment, l.reference, l.amount, l.currency,
       s.charge_id, s.refund_id, s.amount, s.currency, s.status,
       CASE
         WHEN s.id IS NULL THEN 'missing_here'
         WHEN s.status IN ('declined', 'canceled') THEN 'status'
         WHEN s.payment <> l.payment THEN 'missing_here'
         WHEN s.currency <> l.currency THEN 'currency'
         WHEN s.amount <> l.amount THEN 'amount'
         WHEN s.status = 'succeeded' THEN 'matched'
         ELSE 'waiting'
       END
FROM settlement_line AS l
LEFT JOIN settleable AS s
  ON s.merchant_id = l.merchant_id AND s.id = l.resource_id AND s.type = l.type
WHERE l.type IN ('payment', 'refund');

GRANT SELECT, INSERT, UPDATE ON reconciliation TO ledger_writer;
GRANT SELECT, INSERT,
  UPDATE (last_run, last_seen, resolved_at, note, reviewed, our_amount, our_currency, our_status)
  ON reconciliation_difference TO ledger_writer;
GRANT SELECT ON settlement_comparison TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (due_at) ON reconciliation TO ledger_operator;
GRANT SELECT, UPDATE (resolved_at, resolved_by, note) ON reconciliation_difference
  TO ledger_operator;

ALTER TABLE reconciliation_difference ENABLE ROW LEVEL SECURITY;
ALTER TABLE reconciliation_difference FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON reconciliation_difference TO ledger_writer
  USING (true) WITH CHECK (true);
CREATE POLICY operator_all ON reconciliation_difference FOR SELECT TO ledger_operator USING (true);
CREATE POLICY operator_resolves ON reconciliation_difference FOR UPDATE TO ledger_operator
  USING (true);
CREATE POLICY owner_all ON reconciliation_difference TO CURRENT_USER USING (true) WITH CHECK (true);

-- What an operator has explained stays explained, whoever tries.
CREATE POLICY explained_once ON reconciliation_difference AS RESTRICTIVE FOR UPDATE
  TO ledger_operator USING (resolved_at IS NULL) WITH CHECK (true);
