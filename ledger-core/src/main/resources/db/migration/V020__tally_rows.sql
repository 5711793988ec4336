-- A writer no longer counts in one row for good: each count leaves a dead version, and while an old
-- snapshot was held the next count passed over all of them.

COMMENT ON TABLE delivery_tally IS
  'Deliveries as they came in at the door, counted by batches and not by what became of them; a row for each thousand batches of each writer of each process that ever ran';
COMMENT ON COLUMN delivery_tally.writer IS
  'Names the row; its writer takes another one after a thousand batches';
