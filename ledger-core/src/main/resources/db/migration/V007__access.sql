-- Who may do what. The owner (who runs this) migrates; the applications log in as one user and take
-- on one of two roles for each connection:
--   ledger_writer  accepts charges and records outcomes: the least it needs, nothing that changes or
--                  deletes an entry; also answers operators, who see all merchants;
--   ledger_reader  answers merchants: sees the rows of one merchant, whatever the query forgot.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ledger_writer') THEN
    CREATE ROLE ledger_writer NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ledger_reader') THEN
    CREATE ROLE ledger_reader NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'User % may not create roles', current_user
      USING HINT = 'Let a superuser run: CREATE ROLE ledger_writer; CREATE ROLE ledger_reader; '
                   'GRANT ledger_writer, ledger_reader TO ' || current_user || ' WITH ADMIN OPTION';
END
$$;

GRANT ledger_writer, ledger_reader TO "${application_user}";

GRANT SELECT ON merchant, api_key TO ledger_writer;
GRANT SELECT, INSERT ON idempotency_key TO ledger_writer;
GRANT SELECT, INSERT,
  UPDATE (status, decline_code, processor_payment, amount_refunded, event_count, updated_at)
  ON charge TO ledger_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_message TO ledger_writer;
GRANT SELECT, INSERT ON attempt, ledger_entry, event TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (debits, credits) ON account_balance TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (resolved_at, note) ON review TO ledger_writer;
GRANT SELECT ON ledger_check, ledger_violation TO ledger_writer;

GRANT SELECT ON idempotency_key, charge, attempt, ledger_entry, account_balance, event
  TO ledger_reader;

-- Set for one transaction by set_config('ledger.merchant', …, true); without it no row is seen.
CREATE FUNCTION current_merchant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('ledger.merchant', true), '')::uuid;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['idempotency_key', 'charge', 'outbox_message', 'attempt',
                              'ledger_entry', 'account_balance', 'event', 'review']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY writer_all ON %I TO ledger_writer USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY reader_own ON %I FOR SELECT TO ledger_reader '
                   'USING (merchant_id = current_merchant())', name);
    -- A migration that rewrites rows has to see them.
    EXECUTE format('CREATE POLICY owner_all ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$$;
