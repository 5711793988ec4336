-- One row for each thing that is wrong; empty when all is well. Tests, health, metrics, operators
-- and checkers all read this view. Each check has a test that breaks it (LedgerViolationTest).

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
),
charge_entry AS (
  SELECT merchant_id, source_id AS charge_id,
         coalesce(sum(amount) FILTER (WHERE kind = 'charge'), 0) AS charged,
         coalesce(sum(amount) FILTER (WHERE kind = 'fee'), 0) AS fee
  FROM ledger_entry
  WHERE source_id = charge_id AND kind IN ('charge', 'fee')
  GROUP BY merchant_id, source_id
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
       format('%s: charged %s, fee %s', public_id('ch_', c.id), e.charged, e.fee)
FROM charge AS c
LEFT JOIN charge_entry AS e ON e.merchant_id = c.merchant_id AND e.charge_id = c.id
WHERE c.status = 'succeeded'
  AND (e.charged IS DISTINCT FROM c.amount
       OR e.fee IS DISTINCT FROM
          least(c.amount, (c.amount * c.fee_basis_points + 5000) / 10000 + c.fee_fixed))
UNION ALL
SELECT 'other_charge_has_no_entries',
       format('%s: status %s, charged %s, fee %s', public_id('ch_', e.charge_id),
              coalesce(c.status, 'no such charge'), e.charged, e.fee)
FROM charge_entry AS e
LEFT JOIN charge AS c ON c.merchant_id = e.merchant_id AND c.id = e.charge_id
WHERE c.status IS DISTINCT FROM 'succeeded'
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
LEFT JOIN idempotency_key AS k
  ON k.merchant_id = c.merchant_id AND k.key = c.idempotency_key
WHERE k.resource_id IS DISTINCT FROM c.id
UNION ALL
SELECT 'key_has_its_charge', public_id('ch_', k.resource_id)
FROM idempotency_key AS k
WHERE k.resource_type = 'charge'
  AND NOT EXISTS (
    SELECT FROM charge AS c WHERE c.merchant_id = k.merchant_id AND c.id = k.resource_id)
UNION ALL
SELECT 'charge_has_its_events',
       format('%s: counts %s, has %s', public_id('ch_', c.id), c.event_count, coalesce(e.events, 0))
FROM charge AS c
LEFT JOIN (
  SELECT merchant_id, charge_id, count(*) AS events
  FROM event
  GROUP BY merchant_id, charge_id
) AS e ON e.merchant_id = c.merchant_id AND e.charge_id = c.id
WHERE c.event_count <> coalesce(e.events, 0)
UNION ALL
SELECT 'charge_is_not_stuck',
       format('%s: %s since %s', public_id('ch_', id), status, created_at)
FROM charge
WHERE status IN ('pending', 'unknown') AND created_at < now() - interval '24 hours';
