-- A delivery is decided here: the primary key of idempotency_key is the one authority on what has
-- been asked for already. Key, charge and outbox message are written by one statement, which is why
-- no foreign keys join them: each would cost a row lock per charge to restate what that statement
-- does. The invariants (V006) check the joins instead.

CREATE TABLE idempotency_key (
  merchant_id         uuid        NOT NULL,
  resource_id         uuid        NOT NULL,
  created_at          timestamptz NOT NULL,
  fingerprint_version smallint    NOT NULL,
  receipt_version     smallint    NOT NULL,
  resource_type       text        NOT NULL COLLATE "C",
  fingerprint         bytea       NOT NULL,
  key                 text        NOT NULL COLLATE "C",
  CONSTRAINT idempotency_key_pkey PRIMARY KEY (merchant_id, key),
  CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 255),
  CONSTRAINT idempotency_key_resource_type_known CHECK (resource_type IN ('charge', 'refund')),
  CONSTRAINT idempotency_key_fingerprint_length CHECK (length(fingerprint) = 32)
);
COMMENT ON TABLE idempotency_key IS
  'Permanent: there is no age after which a repeat charges again';
COMMENT ON COLUMN idempotency_key.key IS
  'Unescaped, case-sensitive; collation C, because equality of bytes is meant and because it sorts as Java does';
COMMENT ON COLUMN idempotency_key.receipt_version IS
  'The rendering that made the receipt; later deliveries are rendered by the same one, so that their bytes are equal';

CREATE TABLE charge (
  merchant_id       uuid        NOT NULL,
  id                uuid        NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  amount            bigint      NOT NULL,
  amount_refunded   bigint      NOT NULL DEFAULT 0,
  fee_fixed         bigint      NOT NULL,
  fee_basis_points  integer     NOT NULL,
  event_count       integer     NOT NULL DEFAULT 0,
  currency          text        NOT NULL COLLATE "C",
  status            text        NOT NULL COLLATE "C",
  payment_method    text        NOT NULL COLLATE "C",
  idempotency_key   text        NOT NULL COLLATE "C",
  description       text,
  metadata          jsonb,
  decline_code      text        COLLATE "C",
  processor_payment text        COLLATE "C",
  CONSTRAINT charge_pkey PRIMARY KEY (merchant_id, id),
  CONSTRAINT charge_amount_range CHECK (amount BETWEEN 1 AND 99999999999),
  CONSTRAINT charge_amount_refunded_range CHECK (amount_refunded BETWEEN 0 AND amount),
  CONSTRAINT charge_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  CONSTRAINT charge_status_known
    CHECK (status IN ('pending', 'unknown', 'needs_review', 'succeeded', 'declined', 'canceled')),
  CONSTRAINT charge_succeeded_has_payment
    CHECK (status <> 'succeeded' OR processor_payment IS NOT NULL)
);
COMMENT ON COLUMN charge.event_count IS 'The sequence number of its last event';
COMMENT ON COLUMN charge.fee_basis_points IS 'The merchant''s terms at acceptance';
COMMENT ON COLUMN charge.metadata IS 'Names and values as sent; NULL when there are none';

-- Lists are newest first; the id breaks ties, so that a cursor names one place.
CREATE INDEX charge_by_time ON charge (merchant_id, created_at, id);
