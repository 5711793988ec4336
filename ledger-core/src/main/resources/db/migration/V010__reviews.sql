-- A person decides what nobody could find out, and sends parked messages back to be asked about. The
-- operator's role gets what these two take and nothing more: amounts, keys, attempts and what is
-- booked already stay out of its reach.

ALTER TABLE review
  ADD COLUMN resolved_by       uuid,
  ADD COLUMN decision          text COLLATE "C",
  ADD COLUMN processor_payment text COLLATE "C",
  ADD CONSTRAINT review_decision_known
    CHECK (decision IN ('succeeded', 'declined', 'canceled')),
  ADD CONSTRAINT review_decision_has_its_author CHECK ((decision IS NULL) = (resolved_by IS NULL)),
  ADD CONSTRAINT review_resolved_with_a_note CHECK ((resolved_at IS NULL) = (note IS NULL)),
  ADD CONSTRAINT review_decision_is_resolved CHECK (decision IS NULL OR resolved_at IS NOT NULL),
  ADD CONSTRAINT review_succeeded_has_payment
    CHECK (decision <> 'succeeded' OR processor_payment IS NOT NULL);
COMMENT ON COLUMN review.resolved_by IS
  'api_key.id of the operator; NULL while it is open, and when the processor''s answer resolved it';
COMMENT ON COLUMN review.decision IS
  'The status that a person decided on; NULL when no person did';

CREATE INDEX review_by_id ON review (id);
CREATE INDEX review_by_time ON review (opened_at, id);
CREATE INDEX review_open ON review (opened_at, id) WHERE resolved_at IS NULL;
CREATE INDEX review_open_of_charge ON review (merchant_id, charge_id) WHERE resolved_at IS NULL;

-- What was resolved stays as it is, whoever tries: such a row is not there for an update.
CREATE POLICY resolved_once ON review AS RESTRICTIVE FOR UPDATE TO ledger_writer, ledger_operator
  USING (resolved_at IS NULL) WITH CHECK (true);

CREATE TABLE redrive (
  merchant_id uuid        NOT NULL,
  resource_id uuid        NOT NULL,
  redriven_at timestamptz NOT NULL,
  redriven_by uuid        NOT NULL,
  step        text        NOT NULL COLLATE "C",
  note        text,
  CONSTRAINT redrive_pkey PRIMARY KEY (merchant_id, resource_id, redriven_at)
);
COMMENT ON TABLE redrive IS 'Who sent a parked message back to work; nobody may change a row';
COMMENT ON COLUMN redrive.step IS 'What its next claim does';

GRANT UPDATE (status, decline_code, processor_payment, event_count, updated_at) ON charge
  TO ledger_operator;
GRANT INSERT ON event, ledger_entry TO ledger_operator;
GRANT INSERT, UPDATE (debits, credits) ON account_balance TO ledger_operator;
GRANT DELETE, UPDATE (step, due_at, claimed_at, first_sent_at, fence) ON outbox_message
  TO ledger_operator;
GRANT UPDATE (resolved_at, resolved_by, decision, processor_payment, note) ON review
  TO ledger_operator;
GRANT SELECT, INSERT ON redrive TO ledger_operator;

CREATE POLICY operator_moves ON charge FOR UPDATE TO ledger_operator USING (true);
CREATE POLICY operator_appends ON event FOR INSERT TO ledger_operator WITH CHECK (true);
CREATE POLICY operator_posts ON ledger_entry FOR INSERT TO ledger_operator WITH CHECK (true);
CREATE POLICY operator_opens ON account_balance FOR INSERT TO ledger_operator WITH CHECK (true);
CREATE POLICY operator_adds ON account_balance FOR UPDATE TO ledger_operator USING (true);
CREATE POLICY operator_removes ON outbox_message FOR DELETE TO ledger_operator USING (true);
CREATE POLICY operator_redrives ON outbox_message FOR UPDATE TO ledger_operator USING (true);
CREATE POLICY operator_resolves ON review FOR UPDATE TO ledger_operator USING (true);

ALTER TABLE redrive ENABLE ROW LEVEL SECURITY;
ALTER TABLE redrive FORCE ROW LEVEL SECURITY;
CREATE POLICY operator_all ON redrive TO ledger_operator USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON redrive TO CURRENT_USER USING (true) WITH CHECK (true);

-- Whole seconds since an instant; 0 when there is none, and when the clock was put back.
CREATE FUNCTION age_seconds(since timestamptz) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN greatest(floor(extract(epoch FROM now() - since)), 0)::bigint;
