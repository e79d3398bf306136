ALTER TABLE dead_letters ADD COLUMN replay_at INTEGER; -- when its work is done once more; null when nobody planned it
ALTER TABLE dead_letters ADD COLUMN replay_by TEXT;    -- who planned it, as JSON

CREATE INDEX dead_letters_planned ON dead_letters (replay_at) WHERE replay_at IS NOT NULL;
