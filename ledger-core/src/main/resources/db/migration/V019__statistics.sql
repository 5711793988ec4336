-- ANALYZE reads 300 rows for each unit of the largest statistics target among a table's columns, and
-- sorts them once for each column: 30,000 rows by default, up to half a second of a processor, every
-- few seconds while a young table grows. These tables are read by keys, so a tenth of it tells as
-- much about them.

DO $$
DECLARE
  c record;
BEGIN
  FOR c IN
    SELECT attrelid::regclass AS in_table, attname AS name
    FROM pg_attribute
    WHERE attrelid IN ('idempotency_key'::regclass, 'charge'::regclass, 'outbox_message'::regclass,
                       'attempt'::regclass, 'event'::regclass, 'ledger_entry'::regclass,
                       'inbox_message'::regclass)
      AND attnum > 0
      AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 10', c.in_table, c.name);
  END LOOP;
END
$$;
