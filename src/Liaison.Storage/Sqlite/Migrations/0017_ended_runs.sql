ALTER TABLE runs ADD COLUMN report TEXT;       -- what came of it, as JSON of the pipeline's own shape; null until noted, after the end
ALTER TABLE runs ADD COLUMN reported_at INTEGER; -- when that was noted for the last time, so that items may be dropped; null before
ALTER TABLE runs ADD COLUMN taken_in INTEGER;  -- how many items came in; null while all of them are here
ALTER TABLE runs ADD COLUMN dropped TEXT;      -- how many of them are here no more, by state, as JSON; null while all are

CREATE INDEX runs_unreported ON runs (finished_at) WHERE finished_at IS NOT NULL AND reported_at IS NULL;
