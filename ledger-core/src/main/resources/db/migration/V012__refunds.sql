-- Refunds: the same life as charges, under keys of their own, worked off through the same outbox.
-- Who accepts one holds its charge: what is neither declined nor canceled never exceeds the charge.

CREATE TABLE refund (
  merchant_id      uuid        NOT NULL,
  id               uuid        NOT NULL,
  charge_id        uuid        NOT NULL,
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  amount           bigint      NOT NULL,
  requested_amount bigint,
  currency         text        NOT NULL COLLATE "C",
  status           text        NOT NULL COLLATE "C",
  idempotency_key  text        NOT NULL COLLATE "C",
  reason           text,
  decline_code     text        COLLATE "C",
  processor_refund text        COLLATE "C",
  CONSTRAINT refund_pkey PRIMARY KEY (merchant_id, id),
  CONSTRAINT refund_amount_positive CHECK (amount > 0),
  CONSTRAINT refund_amount_is_the_requested CHECK (requested_amount IN (amount)),
  CONSTRAINT refund_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT refund_status_known
    CHECK (status IN ('pending', 'unknown', 'needs_review', 'succeeded', 'declined', 'canceled'))
);
COMMENT ON COLUMN refund.requested_amount IS
  'As in the first request; NULL when it named none, which means what was left: a repeat is compared with this';
COMMENT ON COLUMN refund.processor_refund IS
  'The processor''s id of it; NULL until it named one';

CREATE INDEX refund_by_time ON refund (merchant_id, created_at, id);
CREATE INDEX refund_by_charge ON refund (merchant_id, charge_id, created_at, id);

ALTER TABLE charge
  ADD COLUMN amount_reserved bigint,
  ADD CONSTRAINT charge_amount_reserved_range
    CHECK (coalesce(amount_reserved, 0) BETWEEN amount_refunded AND amount);
COMMENT ON COLUMN charge.amount_reserved IS
  'The sum of its refunds that are neither declined nor canceled; NULL as long as it never had one, which costs nothing';

-- What was posted for a charge other than its own two entries, which its primary key finds.
CREATE INDEX ledger_entry_of_charge ON ledger_entry (merchant_id, charge_id)
  WHERE source_id <> charge_id;
CREATE INDEX ledger_entry_of_refund ON ledger_entry (merchant_id, refund_id)
  WHERE refund_id IS NOT NULL;

CREATE INDEX review_open_of_refund ON review (merchant_id, refund_id)
  WHERE resolved_at IS NULL AND refund_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (status, decline_code, processor_refund, updated_at) ON refund
  TO ledger_writer;
GRANT UPDATE (amount_reserved) ON charge TO ledger_writer;
GRANT SELECT ON refund TO ledger_reader;
GRANT SELECT, UPDATE (status, decline_code, processor_refund, updated_at) ON refund
  TO ledger_operator;
GRANT UPDATE (amount_refunded, amount_reserved) ON charge TO ledger_operator;

ALTER TABLE refund ENABLE ROW LEVEL SECURITY;
ALTER TABLE refund FORCE ROW LEVEL SECURITY;
CREATE POLICY writer_all ON refund TO ledger_writer USING (true) WITH CHECK (true);
CREATE POLICY reader_own ON refund FOR SELECT TO ledger_reader
  USING (merchant_id = current_merchant());
CREATE POLICY operator_all ON refund FOR SELECT TO ledger_operator USING (true);
CREATE POLICY operator_moves ON refund FOR UPDATE TO ledger_operator USING (true);
CREATE POLICY owner_all ON refund TO CURRENT_USER USING (true) WITH CHECK (true);

-- The rules are kept by what they are about; ledger_check and ledger_violation put them together.
ALTER VIEW ledger_check RENAME TO charge_check;
ALTER VIEW ledger_violation RENAME TO charge_violation;

CREATE VIEW refund_check (name, rule) AS VALUES
  ('refunds_within_charge', 'refunds that are neither declined nor canceled do not exceed their charge'),
  ('charge_counts_its_refunds', 'a charge counts what is refunded and what is reserved of it'),
  ('succeeded_refund_has_its_entry', 'a succeeded refund has its entry, and no other'),
  ('other_refund_has_no_entry', 'a refund that did not succeed has no entry'),
  ('open_refund_has_its_message', 'a refund that is not final has an outbox message'),
  ('message_has_its_open_refund', 'an outbox message of a refund belongs to one that is not final'),
  ('refund_has_its_key', 'a refund is the one that its idempotency key names'),
  ('key_has_its_refund', 'an idempotency key of a refund names one that exists'),
  ('refund_is_not_stuck', 'no refund is pending or unknown for more than a day');

CREATE VIEW refund_violation (name, detail) WITH (security_invoker = true) AS
WITH refunded AS (
  SELECT merchant_id, charge_id,
         coalesce(sum(amount) FILTER (WHERE status = 'succeeded'), 0) AS succeeded,
         coalesce(sum(amount) FILTER (WHERE status NOT IN ('declined', 'canceled')), 0) AS reserved
  FROM refund
  GROUP BY merchant_id, charge_id
)
SELECT 'refunds_within_charge',
       format('%s: refunds %s, amount %s', public_id('ch_', r.charge_id), r.reserved, c.amount)
FROM refunded AS r
LEFT JOIN charge AS c ON c.merchant_id = r.merchant_id AND c.id = r.charge_id
WHERE c.amount IS NULL OR r.reserved > c.amount
UNION ALL
SELECT 'charge_counts_its_refunds',
       format('%s: counts %s refunded and %s reserved, refunds are %s and %s',
              public_id('ch_', c.id), c.amount_refunded, coalesce(c.amount_reserved, 0),
              coalesce(r.succeeded, 0), coalesce(r.reserved, 0))
FROM charge AS c
LEFT JOIN refunded AS r ON r.merchant_id = c.merchant_id AND r.charge_id = c.id
WHERE c.amount_refunded <> coalesce(r.succeeded, 0)
   OR coalesce(c.amount_reserved, 0) <> coalesce(r.reserved, 0)
UNION ALL
SELECT 'succeeded_refund_has_its_entry',
       format('%s: refunded %s, others %s', public_id('re_', r.id), e.refunded, e.others)
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
       format('%s: %s %s', public_id('re_', e.source_id), e.kind, e.amount)
FROM ledger_entry AS e
WHERE e.refund_id IS NOT NULL AND e.source_id = e.refund_id
  AND NOT EXISTS (
    SELECT
    FROM refund AS r
    WHERE r.merchant_id = e.merchant_id AND r.id = e.source_id AND r.status = 'succeeded')
UNION ALL
SELECT 'open_refund_has_its_message', format('%s: status %s', public_id('re_', r.id), r.status)
FROM refund AS r
WHERE r.status IN ('pending', 'unknown', 'needs_review')
  AND NOT EXISTS (
    SELECT FROM outbox_message AS m WHERE m.merchant_id = r.merchant_id AND m.resource_id = r.id)
UNION ALL
SELECT 'message_has_its_open_refund',
       format('%s: status %s', public_id('re_', m.resource_id), coalesce(r.status, 'no such refund'))
FROM outbox_message AS m
LEFT JOIN refund AS r ON r.merchant_id = m.merchant_id AND r.id = m.resource_id
WHERE m.resource_type = 'refund'
  AND (r.status IS NULL OR r.status NOT IN ('pending', 'unknown', 'needs_review'))
UNION ALL
SELECT 'refund_has_its_key', public_id('re_', r.id)
FROM refund AS r
WHERE NOT EXISTS (
  SELECT
  FROM idempotency_key AS k
  WHERE k.merchant_id = r.merchant_id AND k.key = r.idempotency_key AND k.resource_id = r.id)
UNION ALL
SELECT 'key_has_its_refund', public_id('re_', k.resource_id)
FROM idempotency_key AS k
WHERE k.resource_type = 'refund'
  AND NOT EXISTS (
    SELECT FROM refund AS r WHERE r.merchant_id = k.merchant_id AND r.id = k.resource_id)
UNION ALL
SELECT 'refund_is_not_stuck',
       format('%s: %s since %s', public_id('re_', id), status, created_at)
FROM refund
WHERE status IN ('pending', 'unknown') AND created_at < now() - interval '24 hours';

CREATE VIEW ledger_check (name, rule) AS
TABLE charge_check
UNION ALL
TABLE refund_check;

CREATE VIEW ledger_violation (name, detail) WITH (security_invoker = true) AS
TABLE charge_violation
UNION ALL
TABLE refund_violation;

GRANT SELECT ON refund_check, refund_violation, ledger_check, ledger_violation
  TO ledger_writer, ledger_operator;
