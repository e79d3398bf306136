ALTER TABLE change_sets ADD COLUMN dropped_at timestamptz; -- when its values were dropped; null while it holds them
CREATE INDEX change_sets_with_values ON change_sets (created_at) WHERE dropped_at IS NULL;
