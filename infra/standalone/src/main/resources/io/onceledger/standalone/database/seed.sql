-- Standalone's merchants and keys. The keys are public: infra/up listens on loopback only, and
-- production images seed nothing.

INSERT INTO merchant (id, name, fee_basis_points, fee_fixed)
VALUES
  ('01980000-0000-7000-8000-00000000d300', 'demo', 290, '{"USD": 30, "EUR": 25, "GBP": 20}'),
  ('01980000-0000-7000-8000-00000000ac3e', 'acme', 0, '{}')
ON CONFLICT DO NOTHING;

INSERT INTO api_key (hash, role, merchant_id, hint)
SELECT sha256(convert_to(key, 'UTF8')), role, merchant_id, right(key, 4)
FROM (
  VALUES
    ('sk_test_demo', 'merchant', '01980000-0000-7000-8000-00000000d300'::uuid),
    ('sk_test_acme', 'merchant', '01980000-0000-7000-8000-00000000ac3e'::uuid),
    ('ok_test_operator', 'operator', NULL)
) AS seeded (key, role, merchant_id)
ON CONFLICT DO NOTHING;
