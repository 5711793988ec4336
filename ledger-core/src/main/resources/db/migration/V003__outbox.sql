-- Work for the processor. A row lives from acceptance until the outcome is recorded.

CREATE TABLE outbox_message (
  merchant_id   uuid        NOT NULL,
  resource_id   uuid        NOT NULL,
  resource_type text        NOT NULL COLLATE "C",
  step          text        NOT NULL COLLATE "C" DEFAULT 'send',
  due_at        timestamptz NOT NULL,
  claimed_at    timestamptz,
  first_sent_at timestamptz,
  created_at    timestamptz NOT NULL,
  fence         bigint      NOT NULL DEFAULT 0,
  attempts      integer     NOT NULL DEFAULT 0,
  CONSTRAINT outbox_message_pkey PRIMARY KEY (merchant_id, resource_id),
  CONSTRAINT outbox_message_resource_type_known CHECK (resource_type IN ('charge', 'refund')),
  CONSTRAINT outbox_message_step_known
    CHECK (step IN ('send', 'look_up', 'resend', 'cancel', 'parked'))
);
COMMENT ON COLUMN outbox_message.step IS
  'What the next claim does. A message leaves send when an attempt proved ambiguous and never comes back to it';
COMMENT ON COLUMN outbox_message.due_at IS
  'When it may be claimed; while it is claimed, when its lease ends; infinity while it is parked';
COMMENT ON COLUMN outbox_message.claimed_at IS
  'Set by the claim, cleared by the record; a claim that finds it set takes over from a worker that was lost';
COMMENT ON COLUMN outbox_message.first_sent_at IS
  'Committed before the first byte goes out: the safe-resend window begins here';
COMMENT ON COLUMN outbox_message.fence IS
  'Counts claims and what ends them; a worker whose number is old writes nothing';

CREATE INDEX outbox_message_due ON outbox_message (due_at);

-- Rows live for milliseconds: dead ones must go before they slow the claims.
ALTER TABLE outbox_message SET (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0
);

CREATE TABLE attempt (
  merchant_id uuid        NOT NULL,
  resource_id uuid        NOT NULL,
  claimed_at  timestamptz NOT NULL,
  ended_by    timestamptz NOT NULL,
  n           integer     NOT NULL,
  latency_ms  integer,
  http_status smallint,
  call        text        NOT NULL COLLATE "C",
  outcome     text        NOT NULL COLLATE "C",
  CONSTRAINT attempt_pkey PRIMARY KEY (merchant_id, resource_id, n),
  CONSTRAINT attempt_call_known CHECK (call IN ('send', 'look_up', 'cancel')),
  CONSTRAINT attempt_outcome_known
    CHECK (outcome IN ('not_sent', 'approved', 'declined', 'ambiguous', 'absent', 'canceled'))
);
COMMENT ON COLUMN attempt.ended_by IS
  'After this instant nothing that the attempt began could still leave the worker';
COMMENT ON COLUMN attempt.latency_ms IS 'From the first byte to the answer; NULL when nothing was sent';
