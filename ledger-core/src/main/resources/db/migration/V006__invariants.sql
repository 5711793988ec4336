-- One row for each thing that is wrong; empty when all is well. Tests, health, metrics, operators
-- and checkers all read this view. Each check has a test that breaks it (LedgerViolationTest).
-- The checks look rows up by key instead of joining aggregates: linear whatever the planner knows.

CREATE VIEW ledger_check (name, rule) AS VALUES
  ('balance_equals_entries', 'the balance of an account is the sum of its entries'),
  ('debits_equal_credits', 'per currency, all debits equal all credits'),
  ('succeeded_charge_has_its_entries', 'a succeeded charge has its charge entry, its fee entry, and no more'),
  ('other_charge_has_no_entries', 'a charge that did not succeed has no entries'),
  ('open_charge_has_its_message', 'a charge that is not final has an outbox message'),
  ('message_has_its_open_charge', 'an outbox message belongs to a charge that is not final'),
  ('charge_has_its_key', 'a charge is the one that its idempotency key names'),
  ('key_has_its_charge', 'an idempotency key names a charge that exists'),
  ('charge_has_its_events', 'a charge has exactly the events that it counts'),
  ('charge_is_not_stuck', 'no charge is pending or unknown for more than a day');

CREATE VIEW ledger_violation (name, detail) WITH (security_invoker = true) AS
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
WHERE b.debits IS DISTINCT FROM p.debits OR b.credits IS DISTINCT FROM p.credits
UNION ALL
SELECT 'debits_equal_credits',
       format('%s: debits %s, credits %s', currency, sum(debits), sum(credits))
FROM account_balance
GROUP BY currency
HAVING sum(debits) <> sum(credits)
UNION ALL
SELECT 'succeeded_charge_has_its_entries',
       format('%s: charged %s, fee %s, others %s', public_id('ch_', c.id), e.charged, e.fee, e.others)
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
       format('%s: %s %s', public_id('ch_', e.source_id), e.kind, e.amount)
FROM ledger_entry AS e
WHERE e.source_id = e.charge_id
  AND NOT EXISTS (
    SELECT
    FROM charge AS c
    WHERE c.merchant_id = e.merchant_id AND c.id = e.source_id AND c.status = 'succeeded')
UNION ALL
SELECT 'open_charge_has_its_message', format('%s: status %s', public_id('ch_', c.id), c.status)
FROM charge AS c
WHERE c.status IN ('pending', 'unknown', 'needs_review')
  AND NOT EXISTS (
    SELECT FROM outbox_message AS m WHERE m.merchant_id = c.merchant_id AND m.resource_id = c.id)
UNION ALL
SELECT 'message_has_its_open_charge',
       format('%s: status %s', public_id('ch_', m.resource_id), coalesce(c.status, 'no such charge'))
FROM outbox_message AS m
LEFT JOIN charge AS c ON c.merchant_id = m.merchant_id AND c.id = m.resource_id
WHERE m.resource_type = 'charge'
  AND (c.status IS NULL OR c.status NOT IN ('pending', 'unknown', 'needs_review'))
UNION ALL
SELECT 'charge_has_its_key', public_id('ch_', c.id)
FROM charge AS c
WHERE NOT EXISTS (
  SELECT
  FROM idempotency_key AS k
  WHERE k.merchant_id = c.merchant_id AND k.key = c.idempotency_key AND k.resource_id = c.id)
UNION ALL
SELECT 'key_has_its_charge', public_id('ch_', k.resource_id)
FROM idempotency_key AS k
WHERE k.resource_type = 'charge'
  AND NOT EXISTS (
    SELECT FROM charge AS c WHERE c.merchant_id = k.merchant_id AND c.id = k.resource_id)
UNION ALL
SELECT 'charge_has_its_events',
       format('%s: counts %s, has %s', public_id('ch_', c.id), c.event_count, e.events)
FROM charge AS c
CROSS JOIN LATERAL (
  SELECT count(*) AS events
  FROM event
  WHERE merchant_id = c.merchant_id AND charge_id = c.id
) AS e
WHERE c.event_count <> e.events
UNION ALL
SELECT 'charge_is_not_stuck',
       format('%s: %s since %s', public_id('ch_', id), status, created_at)
FROM charge
WHERE status IN ('pending', 'unknown') AND created_at < now() - interval '24 hours';
