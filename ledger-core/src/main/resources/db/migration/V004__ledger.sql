-- The books. An entry moves an amount from one account to another, so it balances by construction.

CREATE TABLE ledger_entry (
  merchant_id    uuid        NOT NULL,
  source_id      uuid        NOT NULL,
  id             uuid        NOT NULL,
  charge_id      uuid,
  refund_id      uuid,
  posted_at      timestamptz NOT NULL,
  amount         bigint      NOT NULL,
  kind           text        NOT NULL COLLATE "C",
  currency       text        NOT NULL COLLATE "C",
  debit_account  text        NOT NULL COLLATE "C",
  credit_account text        NOT NULL COLLATE "C",
  CONSTRAINT ledger_entry_pkey PRIMARY KEY (merchant_id, source_id, kind),
  CONSTRAINT ledger_entry_amount_positive CHECK (amount > 0),
  CONSTRAINT ledger_entry_accounts_differ CHECK (debit_account <> credit_account)
);
COMMENT ON COLUMN ledger_entry.source_id IS
  'The charge, refund, dispute or settlement line that it books: posting a source twice is posting it once';

CREATE UNIQUE INDEX ledger_entry_by_time ON ledger_entry (merchant_id, posted_at, id);

CREATE TABLE account_balance (
  merchant_id uuid   NOT NULL,
  debits      bigint NOT NULL,
  credits     bigint NOT NULL,
  account     text   NOT NULL COLLATE "C",
  currency    text   NOT NULL COLLATE "C",
  CONSTRAINT account_balance_pkey PRIMARY KEY (merchant_id, account, currency),
  CONSTRAINT account_balance_debits_not_negative CHECK (debits >= 0),
  CONSTRAINT account_balance_credits_not_negative CHECK (credits >= 0)
);
COMMENT ON TABLE account_balance IS
  'The running sums of ledger_entry, raised only by what the same statement has just inserted';
COMMENT ON COLUMN account_balance.debits IS
  'Minor units. bigint holds ninety million entries of the largest amount; beyond it posting fails, it never wraps';

-- Each row is updated once per batch: leave room to do that within its page.
ALTER TABLE account_balance SET (fillfactor = 20);
