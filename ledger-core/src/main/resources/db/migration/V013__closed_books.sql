-- Books are closed up to an instant: no entry will ever be added before it. What is closed is sealed
-- in a chain of blocks, so that a change by whoever may do everything is found and named, and summed
-- up in checkpoints, so that a balance in the past costs little.

CREATE TABLE closing (
  singleton      boolean     NOT NULL DEFAULT true CONSTRAINT closing_pkey PRIMARY KEY,
  posted_from    timestamptz NOT NULL,
  settled_by     xid8,
  closed_until   timestamptz NOT NULL,
  next_at        timestamptz NOT NULL,
  next_id        uuid        NOT NULL,
  blocks         bigint      NOT NULL,
  entries        bigint      NOT NULL,
  head_hash      bytea       NOT NULL,
  audited_blocks bigint      NOT NULL,
  audited_until  timestamptz,
  round_ended_at timestamptz,
  CONSTRAINT closing_is_one_row CHECK (singleton),
  CONSTRAINT closing_is_behind_posting CHECK (closed_until <= posted_from)
);
COMMENT ON TABLE closing IS
  'How far the books are closed. Who posts reads it, without a lock; only who closes or audits writes it';
COMMENT ON COLUMN closing.posted_from IS
  'No statement that begins after the commit of this value posts an entry before it, whatever the clock says';
COMMENT ON COLUMN closing.settled_by IS
  'Assigned after posted_from was committed. When every transaction before it has ended, all entries before posted_from are there to be seen. NULL until it is assigned';
COMMENT ON COLUMN closing.closed_until IS
  'Every entry before it is in a block, and none will be added';
COMMENT ON COLUMN closing.next_at IS 'Where the last block ended, with next_id: the next one begins there';
COMMENT ON COLUMN closing.head_hash IS
  'Of the last block. Whoever keeps a copy elsewhere can prove that nothing before it was changed';
COMMENT ON COLUMN closing.audited_blocks IS 'Up to this block the present round of the audit has come';

INSERT INTO closing
  (posted_from, closed_until, next_at, next_id, blocks, entries, head_hash, audited_blocks)
VALUES
  (clock_timestamp(), 'epoch', '-infinity', '00000000-0000-0000-0000-000000000000', 0, 0,
   decode(repeat('00', 32), 'hex'), 0);

-- Read by every statement that posts: leave room to update it within its page.
ALTER TABLE closing SET (fillfactor = 10, autovacuum_vacuum_threshold = 500,
                         autovacuum_vacuum_scale_factor = 0);

CREATE TABLE ledger_block (
  n             bigint      NOT NULL CONSTRAINT ledger_block_pkey PRIMARY KEY,
  from_at       timestamptz NOT NULL,
  from_id       uuid        NOT NULL,
  until_at      timestamptz NOT NULL,
  until_id      uuid        NOT NULL,
  entries       integer     NOT NULL,
  previous_hash bytea       NOT NULL,
  hash          bytea       NOT NULL,
  digests       bytea       NOT NULL,
  CONSTRAINT ledger_block_is_not_empty CHECK (entries > 0),
  CONSTRAINT ledger_block_digests_length CHECK (octet_length(digests) = 24 * entries)
);
COMMENT ON TABLE ledger_block IS
  'Exactly these entries were posted from (from_at, from_id) to before (until_at, until_id), in the order of time and id';
COMMENT ON COLUMN ledger_block.until_id IS
  'Zero unless the block ends among entries of one instant';
COMMENT ON COLUMN ledger_block.hash IS
  'block_hash() over the hash before, this row and the whole digest of each entry';
COMMENT ON COLUMN ledger_block.digests IS
  'For each entry its id (16 bytes) and the beginning of its digest (8): names what was changed; the proof is the hash';

-- Digests do not compress: do not try.
ALTER TABLE ledger_block ALTER COLUMN digests SET STORAGE EXTERNAL;

-- The oldest entry that is not closed is found by its time, whosever it is. Most of its keys are
-- equal to the one before (an instant for each statement that posts): PostgreSQL stores those once.
CREATE INDEX ledger_entry_by_posting ON ledger_entry (posted_at);

-- PostgreSQL's binary form of a row tells every column's type, length and bytes: no two different
-- entries have the same one.
CREATE FUNCTION entry_digest(e ledger_entry) RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN sha256(record_send(ROW(
    e.merchant_id, e.source_id, e.id, e.charge_id, e.refund_id, e.posted_at, e.amount, e.kind,
    e.currency, e.debit_account, e.credit_account)));

CREATE FUNCTION block_hash(previous_hash bytea, n bigint, from_at timestamptz, from_id uuid,
                           until_at timestamptz, until_id uuid, entries bigint, digests bytea)
  RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN sha256(
    record_send(ROW(previous_hash, n, from_at, from_id, until_at, until_id, entries)) || digests);

CREATE TABLE closed_balance (
  merchant_id        uuid   NOT NULL,
  debits             bigint NOT NULL,
  credits            bigint NOT NULL,
  entries            bigint NOT NULL,
  checkpoint_entries bigint NOT NULL DEFAULT 0,
  account            text   NOT NULL COLLATE "C",
  currency           text   NOT NULL COLLATE "C",
  CONSTRAINT closed_balance_pkey PRIMARY KEY (merchant_id, account, currency)
);
COMMENT ON TABLE closed_balance IS 'The sums of an account''s entries in all blocks';
COMMENT ON COLUMN closed_balance.entries IS 'How many these are';
COMMENT ON COLUMN closed_balance.checkpoint_entries IS 'How many of them the last checkpoint holds';

ALTER TABLE closed_balance SET (fillfactor = 50);

CREATE TABLE account_checkpoint (
  merchant_id uuid        NOT NULL,
  at          timestamptz NOT NULL,
  debits      bigint      NOT NULL,
  credits     bigint      NOT NULL,
  entries     bigint      NOT NULL,
  account     text        NOT NULL COLLATE "C",
  currency    text        NOT NULL COLLATE "C",
  CONSTRAINT account_checkpoint_pkey PRIMARY KEY (merchant_id, account, currency, at)
);
COMMENT ON TABLE account_checkpoint IS
  'The sums of an account''s entries before an instant, which can no longer change. Written for all accounts of a merchant when one of them has moved enough: the entries between two of them, which are found by merchant, are few for the others too';

CREATE TABLE closed_difference (
  block    bigint      NOT NULL,
  entry_id uuid,
  found_at timestamptz NOT NULL,
  what     text        NOT NULL COLLATE "C",
  CONSTRAINT closed_difference_once UNIQUE NULLS NOT DISTINCT (block, entry_id, what),
  CONSTRAINT closed_difference_what_known
    CHECK (what IN ('changed', 'removed', 'inserted', 'block_changed', 'block_removed',
                    'chain_broken'))
);
COMMENT ON TABLE closed_difference IS
  'What the audit found last in each block; a row goes when its block is found as it was closed';

-- What is no longer as it was closed, in blocks first to last. The block after the last one stands
-- for the time since it that is closed, too: nothing may be there. Anybody who may read can run it:
--   SELECT * FROM audit_blocks(1, (SELECT blocks + 1 FROM closing))
CREATE FUNCTION audit_blocks(first bigint, last bigint)
  RETURNS TABLE (block bigint, entry_id uuid, what text)
  LANGUAGE sql STABLE
AS $$
  WITH audited AS (
    SELECT b.*, p.hash AS hash_before, p.until_at AS from_at_before, p.until_id AS from_id_before,
           now.entries AS entries_now, now.hash AS hash_now, now.digests AS digests_now
    FROM ledger_block AS b
    LEFT JOIN ledger_block AS p ON p.n = b.n - 1
    CROSS JOIN LATERAL (
      SELECT count(*) AS entries,
             block_hash(b.previous_hash, b.n, b.from_at, b.from_id, b.until_at, b.until_id,
                        count(*), coalesce(string_agg(e.digest, '' ORDER BY posted_at, id), ''))
               AS hash,
             coalesce(string_agg(uuid_send(e.id) || substring(e.digest FOR 8), ''
                                 ORDER BY posted_at, id), '') AS digests
      FROM (
        SELECT e.posted_at, e.id, entry_digest(e) AS digest
        FROM ledger_entry AS e
        WHERE e.posted_at BETWEEN b.from_at AND b.until_at
          AND (e.posted_at, e.id) >= (b.from_at, b.from_id)
          AND (e.posted_at, e.id) < (b.until_at, b.until_id)
        OFFSET 0 -- so that each digest is computed once
      ) AS e
    ) AS now
    WHERE b.n BETWEEN first AND last
  ),
  suspect AS (
    SELECT *
    FROM audited
    WHERE hash <> hash_now OR entries <> entries_now OR digests <> digests_now
  ),
  listed AS (
    SELECT n, encode(substring(digests FROM 24 * i + 1 FOR 16), 'hex')::uuid AS id,
           substring(digests FROM 24 * i + 17 FOR 8) AS digest
    FROM suspect, generate_series(0, octet_length(digests) / 24 - 1) AS i
  ),
  found AS (
    SELECT n, encode(substring(digests_now FROM 24 * i + 1 FOR 16), 'hex')::uuid AS id,
           substring(digests_now FROM 24 * i + 17 FOR 8) AS digest
    FROM suspect, generate_series(0, octet_length(digests_now) / 24 - 1) AS i
  ),
  difference AS (
    SELECT n, id, CASE
                    WHEN f.digest IS NULL THEN 'removed'
                    WHEN l.digest IS NULL THEN 'inserted'
                    ELSE 'changed'
                  END AS what
    FROM listed AS l
    FULL JOIN found AS f USING (n, id)
    WHERE l.digest IS DISTINCT FROM f.digest
  )
  SELECT n, id, what
  FROM difference
  UNION ALL
  SELECT n, NULL, 'block_changed'
  FROM suspect AS s
  WHERE NOT EXISTS (SELECT FROM difference AS d WHERE d.n = s.n)
  UNION ALL
  SELECT n, NULL, 'chain_broken'
  FROM audited
  WHERE n = 1 AND previous_hash <> decode(repeat('00', 32), 'hex')
    OR previous_hash <> hash_before
    OR (from_at, from_id) <> (from_at_before, from_id_before)
  UNION ALL
  SELECT n, NULL, 'block_removed'
  FROM closing, generate_series(first, least(last, blocks)) AS n
  WHERE NOT EXISTS (SELECT FROM ledger_block AS b WHERE b.n = n.n)
  UNION ALL
  SELECT c.blocks + 1, e.id, 'inserted'
  FROM closing AS c
  JOIN ledger_entry AS e
    ON e.posted_at BETWEEN c.next_at AND c.closed_until
      AND e.posted_at < c.closed_until
      AND (e.posted_at, e.id) >= (c.next_at, c.next_id)
  WHERE c.blocks + 1 BETWEEN first AND last
  UNION ALL
  SELECT c.blocks + 1, NULL, 'chain_broken'
  FROM closing AS c
  WHERE c.blocks + 1 BETWEEN first AND last
    AND (EXISTS (SELECT FROM ledger_block AS b WHERE b.n > c.blocks)
         OR EXISTS (SELECT FROM ledger_block AS b WHERE b.n = c.blocks AND b.hash <> c.head_hash))
$$;

GRANT SELECT, UPDATE ON closing TO ledger_writer;
GRANT SELECT, INSERT ON ledger_block, account_checkpoint TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (debits, credits, entries, checkpoint_entries) ON closed_balance
  TO ledger_writer;
GRANT SELECT, INSERT, DELETE ON closed_difference TO ledger_writer;
GRANT SELECT ON closing, ledger_block, closed_balance, account_checkpoint, closed_difference
  TO ledger_operator;
GRANT SELECT ON account_checkpoint TO ledger_reader;
GRANT SELECT (closed_until) ON closing TO ledger_reader;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['closed_balance', 'account_checkpoint']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY writer_all ON %I TO ledger_writer USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY operator_all ON %I FOR SELECT TO ledger_operator USING (true)', name);
    EXECUTE format('CREATE POLICY owner_all ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$$;
CREATE POLICY reader_own ON account_checkpoint FOR SELECT TO ledger_reader
  USING (merchant_id = current_merchant());

CREATE VIEW closing_check (name, rule) AS VALUES
  ('closed_entry_changed', 'entries of closed books are as they were when they were closed'),
  ('closed_block_changed', 'the chain of blocks that seals closed books is whole');

CREATE VIEW closing_violation (name, detail) WITH (security_invoker = true) AS
SELECT 'closed_entry_changed',
       format('%s: %s, in block %s', public_id('le_', entry_id), what, block)
FROM closed_difference
WHERE entry_id IS NOT NULL
UNION ALL
SELECT 'closed_block_changed', format('block %s: %s', block, what)
FROM closed_difference
WHERE entry_id IS NULL;

CREATE OR REPLACE VIEW ledger_check (name, rule) AS
TABLE charge_check
UNION ALL
TABLE refund_check
UNION ALL
TABLE closing_check;

CREATE OR REPLACE VIEW ledger_violation (name, detail) WITH (security_invoker = true) AS
TABLE charge_violation
UNION ALL
TABLE refund_violation
UNION ALL
TABLE closing_violation;

GRANT SELECT ON closing_check, closing_violation TO ledger_writer, ledger_operator;
