-- Who works on a run: each worker holds its own name by a locked file while it lives, so that others see when it has died.
CREATE TABLE run_workers (
    run_no    INTEGER NOT NULL REFERENCES runs (run_no),
    worker    TEXT    NOT NULL,            -- the worker's name, never used again
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (run_no, worker)
) STRICT, WITHOUT ROWID;

ALTER TABLE runs ADD COLUMN leader TEXT;   -- the worker that selects and decides the end; null while nobody does
ALTER TABLE runs ADD COLUMN leads INTEGER NOT NULL DEFAULT 0; -- how often the lead was taken; 0 for a run that nobody has led
CREATE INDEX runs_by_state ON runs (state, run_no) WHERE state NOT IN ('finished', 'cancelled');
