-- The rules, bit by bit: a worker checks what was booked lately and, in turn, everything, and keeps
-- what it finds. So a look at what is wrong costs the same however large the books are.
--
-- Each violation bears its subject: some merchants and a range of subjects reach the primary keys of
-- each branch. So a branch names the columns of a key as they are, and what it adds up it looks up
-- per row.
-- Whoever adds rules about resources adds their view to resource_violation.

CREATE OR REPLACE VIEW charge_violation (name, detail, merchant_id, subject_id)
  WITH (security_invoker = true) AS
SELECT 'succeeded_charge_has_its_entries',
       format('%s: charged %s, fee %s, others %s', public_id('ch_', c.id), e.charged, e.fee, e.others),
       c.merchant_id, c.id
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount) FILTER (WHERE kind = 'charge'), 0) AS charged,
         coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0) AS fee,
         count(*) FILTER (WHERE kind NOT IN ('charge', 'fee')) AS others
  FROM ledger_entry
  WHERE merchant_id = c.merchant_id AND source_id = c.id
) AS e
WHERE c.status = 'succeeded'
  AND (e.charged <> c.amount
       OR e.fee <> least(c.amount, (c.amount * c.fee_basis_points + 5000) / 10000 + c.fee_fixed)
       OR e.others > 0)
UNION ALL
SELECT 'other_charge_has_no_entries',
       format('%s: %s %s', public_id('ch_', e.source_id), e.kind, e.amount),
       e.merchant_id, e.source_id
FROM ledger_entry AS e
WHERE e.source_id = e.charge_id
  AND NOT EXISTS (
    SELECT
    FROM charge AS c
    WHERE c.merchant_id = e.merchant_id AND c.id = e.source_id AND c.status = 'succeeded')
UNION ALL
SELECT 'open_charge_has_its_message', format('%s: status %s', public_id('ch_', c.id), c.status),
       c.merchant_id, c.id
FROM charge AS c
WHERE c.status IN ('pending', 'unknown', 'needs_review')
  AND NOT EXISTS (
    SELECT FROM outbox_message AS m WHERE m.merchant_id = c.merchant_id AND m.resource_id = c.id)
UNION ALL
SELECT 'message_has_its_open_charge',
       format('%s: status %s', public_id('ch_', m.resource_id), coalesce(c.status, 'no such charge')),
       m.merchant_id, m.resource_id
FROM outbox_message AS m
LEFT JOIN charge AS c ON c.merchant_id = m.merchant_id AND c.id = m.resource_id
WHERE m.resource_type = 'charge'
  AND (c.status IS NULL OR c.status NOT IN ('pending', 'unknown', 'needs_review'))
UNION ALL
SELECT 'charge_has_its_key', public_id('ch_', c.id), c.merchant_id, c.id
FROM charge AS c
WHERE NOT EXISTS (
  SELECT
  FROM idempotency_key AS k
  WHERE k.merchant_id = c.merchant_id AND k.key = c.idempotency_key AND k.resource_id = c.id)
UNION ALL
SELECT 'charge_has_its_events',
       format('%s: counts %s, has %s', public_id('ch_', c.id), c.event_count, e.events),
       c.merchant_id, c.id
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT count(*) AS events
  FROM event
  WHERE merchant_id = c.merchant_id AND charge_id = c.id
) AS e
WHERE c.event_count <> e.events
UNION ALL
SELECT 'charge_is_not_stuck',
       format('%s: %s since %s', public_id('ch_', id), status, created_at),
       merchant_id, id
FROM charge
WHERE status IN ('pending', 'unknown') AND created_at < now() - interval '24 hours';

CREATE OR REPLACE VIEW refund_violation (name, detail, merchant_id, subject_id)
  WITH (security_invoker = true) AS
SELECT 'refunds_within_charge',
       format('%s: refunds %s, amount %s', public_id('ch_', c.id), r.reserved, c.amount),
       c.merchant_id, c.id
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount), 0) AS reserved
  FROM refund
  WHERE merchant_id = c.merchant_id AND charge_id = c.id AND status NOT IN ('declined', 'canceled')
) AS r
WHERE r.reserved > c.amount
UNION ALL
SELECT 'refunds_within_charge',
       format('%s: no such charge, refund %s', public_id('ch_', r.charge_id), public_id('re_', r.id)),
       r.merchant_id, r.id
FROM refund AS r
WHERE NOT EXISTS (
  SELECT FROM charge AS c WHERE c.merchant_id = r.merchant_id AND c.id = r.charge_id)
UNION ALL
SELECT 'charge_counts_its_refunds',
       format('%s: counts %s refunded and %s reserved, refunds are %s and %s',
              public_id('ch_', c.id), c.amount_refunded, coalesce(c.amount_reserved, 0),
              r.succeeded, r.reserved),
       c.merchant_id, c.id
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0) AS succeeded,
         coalesce(sum(amount) FILTER (WHERE status NOT IN ('declined', 'canceled')), 0) AS reserved
  FROM refund
  WHERE merchant_id = c.merchant_id AND charge_id = c.id
) AS r
WHERE c.amount_refunded <> r.succeeded OR coalesce(c.amount_reserved, 0) <> r.reserved
UNION ALL
SELECT 'succeeded_refund_has_its_entry',
       format('%s: refunded %s, others %s', public_id('re_', r.id), e.refunded, e.others),
       r.merchant_id, r.id
FROM refund AS r
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
         count(*) FILTER (WHERE kind <> 'refund') AS others
  FROM ledger_entry
  WHERE merchant_id = r.merchant_id AND source_id = r.id
) AS e
WHERE r.status = 'succeeded' AND (e.refunded <> r.amount OR e.others > 0)
UNION ALL
SELECT 'other_refund_has_no_entry',
       format('%s: %s %s', public_id('re_', e.source_id), e.kind, e.amount),
       e.merchant_id, e.source_id
FROM ledger_entry AS e
WHERE e.refund_id IS NOT NULL AND e.source_id = e.refund_id
  AND NOT EXISTS (
    SELECT
    FROM refund AS r
    WHERE r.merchant_id = e.merchant_id AND r.id = e.source_id AND r.status = 'succeeded')
UNION ALL
SELECT 'open_refund_has_its_message', format('%s: status %s', public_id('re_', r.id), r.status),
       r.merchant_id, r.id
FROM refund AS r
WHERE r.status IN ('pending', 'unknown', 'needs_review')
  AND NOT EXISTS (
    SELECT FROM outbox_message AS m WHERE m.merchant_id = r.merchant_id AND m.resource_id = r.id)
UNION ALL
SELECT 'message_has_its_open_refund',
       format('%s: status %s', public_id('re_', m.resource_id), coalesce(r.status, 'no such refund')),
       m.merchant_id, m.resource_id
FROM outbox_message AS m
LEFT JOIN refund AS r ON r.merchant_id = m.merchant_id AND r.id = m.resource_id
WHERE m.resource_type = 'refund'
  AND (r.status IS NULL OR r.status NOT IN ('pending', 'unknown', 'needs_review'))
UNION ALL
SELECT 'refund_has_its_key', public_id('re_', r.id), r.merchant_id, r.id
FROM refund AS r
WHERE NOT EXISTS (
  SELECT
  FROM idempotency_key AS k
  WHERE k.merchant_id = r.merchant_id AND k.key = r.idempotency_key AND k.resource_id = r.id)
UNION ALL
SELECT 'refund_is_not_stuck',
       format('%s: %s since %s', public_id('re_', id), status, created_at),
       merchant_id, id
FROM refund
WHERE status IN ('pending', 'unknown') AND created_at < now() - interval '24 hours';

CREATE OR REPLACE VIEW dispute_violation (name, detail, merchant_id, subject_id)
  WITH (security_invoker = true) AS
SELECT 'dispute_has_its_entries',
       format('%s of %s: %s, taken %s, given back %s, others %s', d.processor_dispute,
              public_id('ch_', d.charge_id), d.status, e.taken, e.given_back, e.others),
       d.merchant_id, d.id
FROM dispute AS d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount) FILTER (WHERE kind = 'dispute'), 0) AS taken,
         coalesce(sum(amount) FILTER (WHERE kind = 'dispute_reversal'), 0) AS given_back,
         count(*) FILTER (WHERE kind NOT IN ('dispute', 'dispute_reversal')) AS others
  FROM ledger_entry
  WHERE merchant_id = d.merchant_id AND source_id = d.id
) AS e
WHERE e.taken <> CASE d.status WHEN 'waiting' THEN 0 ELSE d.amount END
   OR e.given_back <> CASE d.status WHEN 'won' THEN d.amount ELSE 0 END
   OR e.others > 0
UNION ALL
SELECT 'dispute_entry_has_its_dispute',
       format('%s: %s %s', public_id('ch_', e.charge_id), e.kind, e.amount),
       e.merchant_id, e.source_id
FROM ledger_entry AS e
WHERE e.kind IN ('dispute', 'dispute_reversal')
  AND NOT EXISTS (
    SELECT FROM dispute AS d WHERE d.merchant_id = e.merchant_id AND d.id = e.source_id)
UNION ALL
SELECT 'dispute_fits_its_charge',
       format('%s of %s: %s, %s %s; the charge: %s, %s %s', d.processor_dispute,
              public_id('ch_', d.charge_id), d.status, d.amount, d.currency,
              coalesce(c.status, 'no such charge'), c.amount, c.currency),
       d.merchant_id, d.id
FROM dispute AS d
LEFT JOIN charge AS c ON c.merchant_id = d.merchant_id AND c.id = d.charge_id
WHERE c.status IS NULL OR d.currency <> c.currency OR d.amount > c.amount
   OR (d.status <> 'waiting' AND c.status <> 'succeeded')
UNION ALL
SELECT 'dispute_has_its_events',
       format('%s: opened %s/%s, won %s/%s, lost %s/%s (disputes/events)',
              public_id('ch_', c.id), s.opened, t.opened, s.won, t.won, s.lost, t.lost),
       c.merchant_id, c.id
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE status <> 'waiting') AS opened,
         count(*) FILTER (WHERE status = 'won') AS won,
         count(*) FILTER (WHERE status = 'lost') AS lost
  FROM dispute
  WHERE merchant_id = c.merchant_id AND charge_id = c.id
) AS s
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE type = 'dispute.opened') AS opened,
         count(*) FILTER (WHERE type = 'dispute.won') AS won,
         count(*) FILTER (WHERE type = 'dispute.lost') AS lost
  FROM event
  WHERE merchant_id = c.merchant_id AND charge_id = c.id
) AS t
WHERE (s.opened, s.won, s.lost) <> (t.opened, t.won, t.lost)
UNION ALL
SELECT 'waiting_dispute_has_a_reason',
       format('%s of %s: the charge is %s', d.processor_dispute, public_id('ch_', d.charge_id),
              c.status),
       d.merchant_id, d.id
FROM dispute AS d
JOIN charge AS c ON c.merchant_id = d.merchant_id AND c.id = d.charge_id
WHERE d.status = 'waiting' AND d.opening_seen
  AND ((c.status = 'succeeded' AND c.processor_payment = d.payment)
    OR (c.status IN ('pending', 'unknown', 'needs_review') AND c.disputed_early IS NOT TRUE));

CREATE VIEW settlement_check (name, rule) AS VALUES
  ('settlement_line_has_its_entries', 'a settlement line has an entry for what moves at the bank and one for its fee, unless that is zero, and no more'),
  ('settlement_entry_has_its_line', 'an entry of a settlement line belongs to one that exists');

-- An entry names its line by id only.
ALTER TABLE settlement_line ADD CONSTRAINT settlement_line_id_unique UNIQUE (merchant_id, id);

CREATE VIEW settlement_violation (name, detail, merchant_id, subject_id)
  WITH (security_invoker = true) AS
SELECT 'settlement_line_has_its_entries',
       format('%s %s of %s: %s less %s, settled %s, fee %s, others %s', l.type, l.payment,
              public_id('mer_', l.merchant_id), l.amount, l.fee, e.settled, e.fee, e.others),
       l.merchant_id, l.id
FROM settlement_line AS l
CROSS JOIN LATERAL (
  SELECT coalesce(sum(CASE kind || ' ' || debit_account || ' ' || credit_account
                        WHEN 'settlement settlement_bank processor_receivable' THEN amount
                        WHEN 'settlement processor_receivable settlement_bank' THEN -amount
                      END), 0) AS settled,
         coalesce(sum(CASE kind || ' ' || debit_account || ' ' || credit_account
                        WHEN 'processor_fee processor_cost processor_receivable' THEN amount
                      END), 0) AS fee,
         count(*) FILTER (WHERE kind NOT IN ('settlement', 'processor_fee')
                             OR currency <> l.currency) AS others
  FROM ledger_entry
  WHERE merchant_id = l.merchant_id AND source_id = l.id
) AS e
WHERE e.settled
    <> CASE WHEN l.type IN ('payment', 'dispute_reversal') THEN l.amount ELSE -l.amount END - l.fee
  OR e.fee <> l.fee
  OR e.others > 0
UNION ALL
SELECT 'settlement_entry_has_its_line',
       format('%s: %s %s', public_id('le_', e.id), e.kind, e.amount),
       e.merchant_id, e.source_id
FROM ledger_entry AS e
WHERE e.kind IN ('settlement', 'processor_fee')
  AND NOT EXISTS (
    SELECT FROM settlement_line AS l WHERE l.merchant_id = e.merchant_id AND l.id = e.source_id);

-- Every rule whose subject is found by merchant and id.
CREATE VIEW resource_violation (name, detail, merchant_id, subject) WITH (security_invoker = true) AS
TABLE charge_violation
UNION ALL
TABLE refund_violation
UNION ALL
TABLE dispute_violation
UNION ALL
TABLE settlement_violation;

-- Keys are found by their text only.
CREATE VIEW key_violation (name, detail, merchant_id, subject) WITH (security_invoker = true) AS
SELECT 'key_has_its_charge', public_id('ch_', k.resource_id), k.merchant_id, k.key
FROM idempotency_key AS k
WHERE k.resource_type = 'charge'
  AND NOT EXISTS (
    SELECT FROM charge AS c WHERE c.merchant_id = k.merchant_id AND c.id = k.resource_id)
UNION ALL
SELECT 'key_has_its_refund', public_id('re_', k.resource_id), k.merchant_id, k.key
FROM idempotency_key AS k
WHERE k.resource_type = 'refund'
  AND NOT EXISTS (
    SELECT FROM refund AS r WHERE r.merchant_id = k.merchant_id AND r.id = k.resource_id);

-- From all entries.
CREATE VIEW balance_violation (name, detail) WITH (security_invoker = true) AS
WITH posted AS (
  SELECT merchant_id, account, currency, sum(debit) AS debits, sum(credit) AS credits
  FROM (
    SELECT merchant_id, debit_account AS account, currency, amount AS debit, 0 AS credit
    FROM ledger_entry
    UNION ALL
    SELECT merchant_id, credit_account, currency, 0, amount
    FROM ledger_entry
  ) AS leg
  GROUP BY merchant_id, account, currency
)
SELECT 'balance_equals_entries',
       format('%s %s of %s: balance %s/%s, entries %s/%s (debits/credits)', account, currency,
              public_id('mer_', merchant_id), b.debits, b.credits, p.debits, p.credits)
FROM account_balance AS b
FULL JOIN posted AS p USING (merchant_id, account, currency)
WHERE b.debits IS DISTINCT FROM p.debits OR b.credits IS DISTINCT FROM p.credits;

-- The same from what closing added up and the entries since. That the closed ones still are what was
-- added up is the audit's to say.
CREATE VIEW balance_violation_since_closing (name, detail) WITH (security_invoker = true) AS
WITH open_entry AS MATERIALIZED (
  SELECT e.merchant_id, e.debit_account, e.credit_account, e.currency, e.amount
  FROM ledger_entry AS e
  WHERE e.posted_at >= (SELECT next_at FROM closing)
    AND (e.posted_at, e.id) >= (SELECT next_at, next_id FROM closing)
),
posted AS (
  SELECT merchant_id, account, currency, sum(debit) AS debits, sum(credit) AS credits
  FROM (
    SELECT merchant_id, account, currency, debits AS debit, credits AS credit
    FROM closed_balance
    UNION ALL
    SELECT merchant_id, debit_account, currency, amount, 0
    FROM open_entry
    UNION ALL
    SELECT merchant_id, credit_account, currency, 0, amount
    FROM open_entry
  ) AS leg
  GROUP BY merchant_id, account, currency
)
SELECT 'balance_equals_entries',
       format('%s %s of %s: balance %s/%s, entries %s/%s (debits/credits)', account, currency,
              public_id('mer_', merchant_id), b.debits, b.credits, p.debits, p.credits)
FROM account_balance AS b
FULL JOIN posted AS p USING (merchant_id, account, currency)
WHERE b.debits IS DISTINCT FROM p.debits OR b.credits IS DISTINCT FROM p.credits;

CREATE VIEW total_violation (name, detail) WITH (security_invoker = true) AS
SELECT 'debits_equal_credits',
       format('%s: debits %s, credits %s', currency, sum(debits), sum(credits))
FROM account_balance
GROUP BY currency
HAVING sum(debits) <> sum(credits);

CREATE OR REPLACE VIEW ledger_check (name, rule) AS
TABLE charge_check
UNION ALL
TABLE refund_check
UNION ALL
TABLE closing_check
UNION ALL
TABLE dispute_check
UNION ALL
TABLE settlement_check;

-- Everything, computed now: the cost is the tables, once. The audit keeps what it finds by itself.
CREATE OR REPLACE VIEW ledger_violation (name, detail) WITH (security_invoker = true) AS
SELECT name, detail FROM resource_violation
UNION ALL
SELECT name, detail FROM key_violation
UNION ALL
TABLE balance_violation
UNION ALL
TABLE total_violation
UNION ALL
TABLE closing_violation;

CREATE TABLE violation_found (
  merchant_id uuid        NOT NULL,
  found_at    timestamptz NOT NULL,
  part        text        NOT NULL COLLATE "C",
  subject     text        NOT NULL COLLATE "C",
  name        text        NOT NULL COLLATE "C",
  detail      text        NOT NULL COLLATE "C",
  CONSTRAINT violation_found_pkey PRIMARY KEY (part, merchant_id, subject, name, detail),
  CONSTRAINT violation_found_part_known CHECK (part IN ('resource', 'key', 'global'))
);
COMMENT ON TABLE violation_found IS
  'What the last check of each subject found; a row goes when its subject is checked and sound';
COMMENT ON COLUMN violation_found.merchant_id IS 'Zero for what belongs to nobody''s rows alone';
COMMENT ON COLUMN violation_found.subject IS
  'An id as text, which sorts as the id does; a key; the empty text in part global';
COMMENT ON COLUMN violation_found.found_at IS 'When it was found first';

CREATE TABLE invariant_sweep (
  part           text        NOT NULL COLLATE "C" CONSTRAINT invariant_sweep_pkey PRIMARY KEY,
  after_merchant uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  after_subject  text        COLLATE "C",
  began_at       timestamptz,
  round_began_at timestamptz,
  round_ended_at timestamptz,
  CONSTRAINT invariant_sweep_part_known CHECK (part IN ('resource', 'key'))
);
COMMENT ON TABLE invariant_sweep IS
  'How far the present round has come: all subjects up to this one were checked since began_at';
COMMENT ON COLUMN invariant_sweep.after_subject IS 'NULL when all of after_merchant was checked';
COMMENT ON COLUMN invariant_sweep.round_began_at IS
  'Of the last round that ended: whatever was wrong then, and still is, has been found';

INSERT INTO invariant_sweep (part) VALUES ('resource'), ('key');

CREATE TABLE invariant_watch (
  singleton  boolean     NOT NULL DEFAULT true CONSTRAINT invariant_watch_pkey PRIMARY KEY,
  checked_at timestamptz,
  delta_at   timestamptz NOT NULL,
  delta_id   uuid        NOT NULL,
  CONSTRAINT invariant_watch_is_one_row CHECK (singleton)
);
COMMENT ON COLUMN invariant_watch.checked_at IS
  'When the last check began that came to its end; NULL before the first. When it is old, no worker checks';
COMMENT ON COLUMN invariant_watch.delta_at IS
  'With delta_id the last closed entry whose subject was checked because it was posted. Only closed ones: none can appear before them';

-- What was booked before is for the sweep.
INSERT INTO invariant_watch (delta_at, delta_id)
VALUES (clock_timestamp(), '00000000-0000-0000-0000-000000000000');

-- Updated each second.
ALTER TABLE invariant_sweep SET (fillfactor = 10, autovacuum_vacuum_threshold = 500,
                                 autovacuum_vacuum_scale_factor = 0);
ALTER TABLE invariant_watch SET (fillfactor = 10, autovacuum_vacuum_threshold = 500,
                                 autovacuum_vacuum_scale_factor = 0);

GRANT SELECT ON settlement_check, settlement_violation, resource_violation, key_violation, balance_violation,
  balance_violation_since_closing, total_violation
  TO ledger_writer, ledger_operator;
GRANT SELECT, INSERT, DELETE ON violation_found TO ledger_writer;
GRANT SELECT, UPDATE ON invariant_sweep, invariant_watch TO ledger_writer;
GRANT SELECT ON violation_found, invariant_sweep, invariant_watch TO ledger_operator;

ALTER TABLE violation_found ENABLE ROW LEVEL SECURITY;
ALTER TABLE violation_found FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON violation_found TO ledger_writer USING (true) WITH CHECK (true);
CREATE POLICY operator_all ON violation_found FOR SELECT TO ledger_operator USING (true);
CREATE POLICY owner_all ON violation_found TO CURRENT_USER USING (true) WITH CHECK (true);

-- Disputes held against the processor's reports, both ways.

-- When the processor says that something happened to a dispute: its report of that day has it.
CREATE INDEX inbox_message_of_dispute ON inbox_message (merchant_id, charge_id, dispute)
  WHERE dispute IS NOT NULL;

-- Each line about a dispute beside the one of ours that it names. A report names the payment; where
-- that has several disputes it is the one of this amount, and where a processor names the dispute
-- itself it is that. No dispute is beside two lines of a type.
CREATE VIEW dispute_line
  (merchant_id, report_date, type, payment, reference, amount, currency, charge_id, dispute_id,
   our_amount, our_currency, our_status)
  WITH (security_invoker = true) AS
SELECT l.merchant_id, l.report_date, l.type, l.payment, l.reference, l.amount, l.currency,
       l.resource_id, d.id, d.amount, d.currency, d.status
FROM settlement_line AS l
LEFT JOIN LATERAL (
  SELECT id, amount, currency, status
  FROM dispute
  WHERE merchant_id = l.merchant_id AND charge_id = l.resource_id
    AND (processor_dispute = l.payment
      OR payment = l.payment
        AND NOT EXISTS (
          SELECT
          FROM settlement_line AS own
          WHERE own.merchant_id = l.merchant_id AND own.type = l.type
            AND own.payment = processor_dispute AND own.reference = l.reference))
  ORDER BY processor_dispute = l.payment DESC, (amount, currency) = (l.amount, l.currency) DESC,
           status = CASE l.type WHEN 'dispute_reversal' THEN 'won' END DESC NULLS LAST,
           status <> 'waiting' DESC, processor_dispute
  LIMIT 1
) AS d ON true
WHERE l.type IN ('dispute', 'dispute_reversal');

-- A dispute, or its end, that we were not told of is missing here; so is one of a charge that we do
-- not have. That of an open charge waits for it.
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

COMMENT ON COLUMN reconciliation_difference.payment IS
  'The processor''s; the empty text where we know none. Of a dispute that is missing there, the dispute''s';

GRANT SELECT ON dispute_line TO ledger_writer;

-- A decision that a waiting dispute contradicts asks the next question itself.
GRANT INSERT (merchant_id, id, charge_id, refund_id, opened_at, reason) ON review TO ledger_operator;
CREATE POLICY operator_asks ON review FOR INSERT TO ledger_operator WITH CHECK (true);
