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

-- Those that wait today.
INSERT INTO reconciliation_waiting (merchant_id, type, payment, reference)
SELECT l.merchant_id, l.type, l.payment, l.reference
FROM outbox_message AS m
JOIN settlement_line AS l ON l.merchant_id = m.merchant_id AND l.resource_id = m.resource_id;

-- A refund is settled by one line: the first that has its figures. Whether lines name the payment
-- that is refunded or an id of their own is the processor's choice; another one is a refund made
-- twice.
CREATE OR REPLACE VIEW settlement_comparison
  (merchant_id, report_date, type, payment, reference, amount, currency, charge_id, refund_id,
   our_amount, our_currency, our_status, finding)
  WITH (security_invoker = true) AS
SELECT l.merchant_id, l.report_date, l.type, l.payment, l.reference, l.amount, l.currency,
       s.charge_id, s.refund_id, s.amount, s.currency, s.status,
       CASE
         WHEN s.id IS NULL THEN 'missing_here'
         WHEN s.status IN ('declined', 'canceled') THEN 'status'
         WHEN s.payment <> l.payment THEN 'missing_here'
         WHEN l.type = 'refund' AND EXISTS (
           SELECT
           FROM settlement_line AS own
           WHERE own.merchant_id = l.merchant_id AND own.resource_id = l.resource_id
             AND own.type = l.type
             AND ((own.amount, own.currency) <> (s.amount, s.currency), own.id)
               < ((l.amount, l.currency) <> (s.amount, s.currency), l.id)) THEN 'missing_here'
         WHEN s.currency <> l.currency THEN 'currency'
         WHEN s.amount <> l.amount THEN 'amount'
         WHEN s.status = 'succeeded' THEN 'matched'
         ELSE 'waiting'
       END
FROM settlement_line AS l
LEFT JOIN settleable AS s
  ON s.merchant_id = l.merchant_id AND s.id = l.resource_id AND s.type = l.type
WHERE l.type IN ('payment', 'refund')
UNION ALL
SELECT l.merchant_id, l.report_date, l.type, l.payment, l.reference, l.amount, l.currency,
       c.id, NULL, l.our_amount, l.our_currency,
       CASE WHEN c.status IN ('declined', 'canceled') THEN c.status ELSE l.our_status END,
       CASE
         WHEN c.status IN ('declined', 'canceled') THEN 'status'
         WHEN l.dispute_id IS NULL THEN 'missing_here'
         WHEN l.our_currency <> l.currency THEN 'currency'
         WHEN l.our_amount <> l.amount THEN 'amount'
         WHEN c.status <> 'succeeded' THEN 'waiting'
         WHEN l.our_status = 'waiting' THEN 'missing_here'
         WHEN l.type = 'dispute' OR l.our_status = 'won' THEN 'matched'
         WHEN l.our_status = 'lost' THEN 'status'
         ELSE 'missing_here'
       END
FROM dispute_line AS l
LEFT JOIN charge AS c ON c.merchant_id = l.merchant_id AND c.id = l.charge_id;
