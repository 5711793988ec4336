-- Operators make merchants and their keys, and see everything. A third role, so that neither of the
-- other two can make a key:
--   ledger_operator  answers operators; writes merchants and keys, and nothing of the books.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ledger_operator') THEN
    CREATE ROLE ledger_operator NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'User % may not create roles', current_user
      USING HINT = 'Let a superuser run: CREATE ROLE ledger_operator; '
                   'GRANT ledger_operator TO ' || current_user || ' WITH ADMIN OPTION';
END
$$;

GRANT ledger_operator TO "${application_user}";

ALTER TABLE api_key
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT api_key_id_unique UNIQUE;
COMMENT ON COLUMN api_key.id IS 'Names the key where the key itself must not be shown';
COMMENT ON COLUMN api_key.revoked_at IS
  'From then on it is refused; lies in the future while a key that was rotated overlaps with its successor';

-- A caller is found by the first bytes of the hash; all of it is compared in constant time.
CREATE INDEX api_key_lookup ON api_key (substring(hash FROM 1 FOR 8));
CREATE INDEX api_key_by_merchant ON api_key (merchant_id, created_at);

GRANT SELECT ON merchant, api_key, idempotency_key, key_repeat, delivery_tally, charge,
  outbox_message, attempt, ledger_entry, account_balance, event, review, ledger_check,
  ledger_violation
  TO ledger_operator;
GRANT INSERT ON merchant TO ledger_operator;
GRANT INSERT, UPDATE (revoked_at) ON api_key TO ledger_operator;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['idempotency_key', 'key_repeat', 'charge', 'outbox_message',
                              'attempt', 'ledger_entry', 'account_balance', 'event', 'review']
  LOOP
    EXECUTE format('CREATE POLICY operator_all ON %I FOR SELECT TO ledger_operator USING (true)',
                   name);
  END LOOP;
END
$$;
