-- What the processor tells of its own accord: remembered, so that its second delivery does nothing,
-- and never changed. And what it takes back: disputes, which may be told of in any order.

CREATE TABLE inbox_message (
  merchant_id      uuid        NOT NULL,
  charge_id        uuid,
  refund_id        uuid,
  received_at      timestamptz NOT NULL,
  occurred_at      timestamptz NOT NULL,
  amount           bigint      NOT NULL,
  message_id       text        NOT NULL COLLATE "C",
  type             text        NOT NULL COLLATE "C",
  merchant_account text        NOT NULL COLLATE "C",
  reference        text        NOT NULL COLLATE "C",
  payment          text        NOT NULL COLLATE "C",
  dispute          text        COLLATE "C",
  currency         text        NOT NULL COLLATE "C",
  finding          text        NOT NULL COLLATE "C",
  detail           text,
  CONSTRAINT inbox_message_pkey PRIMARY KEY (merchant_id, message_id),
  CONSTRAINT inbox_message_finding_known
    CHECK (finding IN ('applied', 'known', 'waiting', 'mismatch')),
  CONSTRAINT inbox_message_mismatch_is_told CHECK ((finding = 'mismatch') = (detail IS NOT NULL))
);
COMMENT ON COLUMN inbox_message.merchant_id IS
  'As merchant_account says; all zeros when that is no id of a merchant: then it is nobody''s';
COMMENT ON COLUMN inbox_message.message_id IS
  'The sender''s webhook-id: the same at every delivery';
COMMENT ON COLUMN inbox_message.charge_id IS
  'What reference names; NULL when this merchant has no such charge or refund';
COMMENT ON COLUMN inbox_message.finding IS
  'applied: it changed something; known: it said what was known; waiting: a dispute whose time has not come; mismatch: it contradicts us';
COMMENT ON COLUMN inbox_message.detail IS
  'What contradicts; a review has been opened with it where there is a charge';

CREATE INDEX inbox_message_mismatch ON inbox_message (received_at) WHERE finding = 'mismatch';

CREATE TABLE dispute (
  merchant_id       uuid        NOT NULL,
  charge_id         uuid        NOT NULL,
  id                uuid        NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  amount            bigint      NOT NULL,
  opening_seen      boolean     NOT NULL,
  processor_dispute text        NOT NULL COLLATE "C",
  payment           text        NOT NULL COLLATE "C",
  currency          text        NOT NULL COLLATE "C",
  status            text        NOT NULL COLLATE "C",
  verdict           text        COLLATE "C",
  CONSTRAINT dispute_pkey PRIMARY KEY (merchant_id, charge_id, processor_dispute),
  CONSTRAINT dispute_id_unique UNIQUE (merchant_id, id),
  CONSTRAINT dispute_amount_positive CHECK (amount > 0),
  CONSTRAINT dispute_status_known CHECK (status IN ('waiting', 'opened', 'won', 'lost')),
  CONSTRAINT dispute_verdict_known CHECK (verdict IN ('won', 'lost')),
  CONSTRAINT dispute_counts_only_opened CHECK (status = 'waiting' OR opening_seen),
  CONSTRAINT dispute_ends_as_decided
    CHECK (status = 'waiting' OR status = coalesce(verdict, 'opened'))
);
COMMENT ON COLUMN dispute.id IS 'The source of its ledger entries';
COMMENT ON COLUMN dispute.processor_dispute IS
  'The processor''s id of it; the payment''s where it names none';
COMMENT ON COLUMN dispute.status IS
  'What the books say. It waits while its opening has not been told, or its charge has not succeeded';
COMMENT ON COLUMN dispute.verdict IS
  'How the processor decided it, as far as that has been told; status follows once it was opened';
COMMENT ON COLUMN dispute.amount IS
  'As its opening said; until that is told, as its end did';

CREATE INDEX dispute_waiting ON dispute (created_at) WHERE status = 'waiting';

ALTER TABLE charge ADD COLUMN disputed_early boolean;
COMMENT ON COLUMN charge.disputed_early IS
  'A dispute came before it had succeeded: whoever moves it has to look for that. NULL for all others, which costs nothing';

GRANT SELECT, INSERT ON inbox_message TO ledger_writer;
GRANT SELECT, INSERT, UPDATE (status, verdict, opening_seen, amount, updated_at) ON dispute
  TO ledger_writer;
GRANT UPDATE (disputed_early) ON charge TO ledger_writer;
-- A person who decides that a charge has succeeded applies the dispute that waited for it.
GRANT SELECT ON inbox_message, dispute TO ledger_operator;
GRANT UPDATE (status, verdict, opening_seen, amount, updated_at) ON dispute TO ledger_operator;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['inbox_message', 'dispute']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY writer_all ON %I TO ledger_writer USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY operator_all ON %I FOR SELECT TO ledger_operator USING (true)', name);
    EXECUTE format('CREATE POLICY owner_all ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$$;
CREATE POLICY operator_moves ON dispute FOR UPDATE TO ledger_operator USING (true);

CREATE VIEW dispute_check (name, rule) AS VALUES
  ('dispute_has_its_entries', 'an opened dispute has its entry, a won one its reversal too, a waiting one none'),
  ('dispute_entry_has_its_dispute', 'an entry of a dispute belongs to one that exists'),
  ('dispute_fits_its_charge', 'a dispute is of a charge in its currency and not of more, and counts only once that has succeeded'),
  ('dispute_has_its_events', 'a charge has one event for each step of each of its disputes'),
  ('waiting_dispute_has_a_reason', 'an opened dispute waits only for an open charge that knows of it');

CREATE VIEW dispute_violation (name, detail) WITH (security_invoker = true) AS
WITH step AS (
  SELECT merchant_id, charge_id,
         count(*) FILTER (WHERE status <> 'waiting') AS opened,
         count(*) FILTER (WHERE status = 'won') AS won,
         count(*) FILTER (WHERE status = 'lost') AS lost
  FROM dispute
  GROUP BY merchant_id, charge_id
),
told AS (
  SELECT merchant_id, charge_id,
         count(*) FILTER (WHERE type = 'dispute.opened') AS opened,
         count(*) FILTER (WHERE type = 'dispute.won') AS won,
         count(*) FILTER (WHERE type = 'dispute.lost') AS lost
  FROM event
  WHERE type IN ('dispute.opened', 'dispute.won', 'dispute.lost')
  GROUP BY merchant_id, charge_id
)
SELECT 'dispute_has_its_entries',
       format('%s of %s: %s, taken %s, given back %s, others %s', d.processor_dispute,
              public_id('ch_', d.charge_id), d.status, e.taken, e.given_back, e.others)
FROM dispute AS d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount) FILTER (WHERE kind = 'dispute'), 0) AS taken,
         coalesce(sum(amount) FILTER (WHERE kind = 'dispute_reversal'), 0) AS given_back,
         count(*) FILTER (WHERE kind NOT IN ('dispute', 'dispute_reversal')) AS others
  FROM ledger_entry
  WHERE merchant_id = d.merchant_id AND source_id = d.id
) AS e
WHERE e.taken <> CASE d.status WHEN 'waiting' THEN 0 ELSE d.amount END
   OR e.given_back <> CASE d.status WHEN 'won' THEN d.amount ELSE 0 END
   OR e.others > 0
UNION ALL
SELECT 'dispute_entry_has_its_dispute',
       format('%s: %s %s', public_id('ch_', e.charge_id), e.kind, e.amount)
FROM ledger_entry AS e
WHERE e.kind IN ('dispute', 'dispute_reversal')
  AND NOT EXISTS (
    SELECT FROM dispute AS d WHERE d.merchant_id = e.merchant_id AND d.id = e.source_id)
UNION ALL
SELECT 'dispute_fits_its_charge',
       format('%s of %s: %s, %s %s; the charge: %s, %s %s', d.processor_dispute,
              public_id('ch_', d.charge_id), d.status, d.amount, d.currency,
              coalesce(c.status, 'no such charge'), c.amount, c.currency)
FROM dispute AS d
LEFT JOIN charge AS c ON c.merchant_id = d.merchant_id AND c.id = d.charge_id
WHERE c.status IS NULL OR d.currency <> c.currency OR d.amount > c.amount
   OR (d.status <> 'waiting' AND c.status <> 'succeeded')
UNION ALL
SELECT 'dispute_has_its_events',
       format('%s: opened %s/%s, won %s/%s, lost %s/%s (disputes/events)',
              public_id('ch_', charge_id), s.opened, t.opened, s.won, t.won, s.lost, t.lost)
FROM step AS s
FULL JOIN told AS t USING (merchant_id, charge_id)
WHERE coalesce(s.opened, 0) <> coalesce(t.opened, 0)
   OR coalesce(s.won, 0) <> coalesce(t.won, 0)
   OR coalesce(s.lost, 0) <> coalesce(t.lost, 0)
UNION ALL
SELECT 'waiting_dispute_has_a_reason',
       format('%s of %s: the charge is %s', d.processor_dispute, public_id('ch_', d.charge_id),
              c.status)
FROM dispute AS d
JOIN charge AS c ON c.merchant_id = d.merchant_id AND c.id = d.charge_id
WHERE d.status = 'waiting' AND d.opening_seen
  AND ((c.status = 'succeeded' AND c.processor_payment = d.payment)
    OR (c.status IN ('pending', 'unknown', 'needs_review') AND c.disputed_early IS NOT TRUE));

CREATE OR REPLACE VIEW ledger_check (name, rule) AS
TABLE charge_check
UNION ALL
TABLE refund_check
UNION ALL
TABLE closing_check
UNION ALL
TABLE dispute_check;

CREATE OR REPLACE VIEW ledger_violation (name, detail) WITH (security_invoker = true) AS
TABLE charge_violation
UNION ALL
TABLE refund_violation
UNION ALL
TABLE closing_violation
UNION ALL
TABLE dispute_violation;

GRANT SELECT ON dispute_check, dispute_violation TO ledger_writer, ledger_operator;
