-- What became of a charge, in order, and what only a person can decide.

CREATE TABLE event (
  merchant_id       uuid        NOT NULL,
  charge_id         uuid        NOT NULL,
  id                uuid        NOT NULL,
  refund_id         uuid,
  created_at        timestamptz NOT NULL,
  amount_refunded   bigint      NOT NULL,
  sequence          integer     NOT NULL,
  data_version      smallint    NOT NULL,
  type              text        NOT NULL COLLATE "C",
  status            text        NOT NULL COLLATE "C",
  decline_code      text        COLLATE "C",
  processor_payment text        COLLATE "C",
  CONSTRAINT event_pkey PRIMARY KEY (merchant_id, charge_id, sequence)
);
COMMENT ON TABLE event IS
  'Holds the columns of the resource that change; with those that never do, they render the event''s data, the same bytes each time';
COMMENT ON COLUMN event.sequence IS 'Counts from 1 per charge, its refunds and disputes included';

CREATE TABLE review (
  merchant_id uuid        NOT NULL,
  id          uuid        NOT NULL,
  charge_id   uuid        NOT NULL,
  refund_id   uuid,
  opened_at   timestamptz NOT NULL,
  resolved_at timestamptz,
  reason      text        NOT NULL,
  note        text,
  CONSTRAINT review_pkey PRIMARY KEY (merchant_id, id)
);
COMMENT ON TABLE review IS
  'Asks a person to decide. A final status never changes because of it';
