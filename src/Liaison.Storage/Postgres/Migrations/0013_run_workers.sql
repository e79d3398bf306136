-- Who works on a run: each worker holds its own name by an advisory lock while it lives, so that others see when it has died.
CREATE TABLE run_workers (
    run_no    bigint      NOT NULL,
    worker    text        NOT NULL COLLATE "C", -- the worker's name, never used again
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (run_no, worker)
);

ALTER TABLE runs
    ADD COLUMN leader text,                       -- the worker that selects and decides the end; null while nobody does
    ADD COLUMN leads  bigint NOT NULL DEFAULT 0;  -- how often the lead was taken; 0 for a run that nobody has led
CREATE INDEX runs_by_state ON runs (state, run_no) WHERE state NOT IN ('finished', 'cancelled');
