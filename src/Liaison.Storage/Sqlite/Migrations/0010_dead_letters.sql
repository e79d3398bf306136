CREATE TABLE dead_letters (
    run_no       INTEGER NOT NULL REFERENCES runs (run_no),
    sequence     INTEGER NOT NULL,     -- the item's place in the run
    state        TEXT    NOT NULL,     -- waiting, replaying, replayed, superseded, discarded
    failure_kind TEXT    NOT NULL,     -- the kind of what failed last
    failure      TEXT    NOT NULL,     -- what failed last, in one sentence
    operation    TEXT    NOT NULL,     -- what was being done, with every failed attempt, as JSON; values only encrypted
    note         TEXT,                 -- why it is closed, in one sentence; null while open
    closed_by    TEXT,                 -- a subject's id, or the engine's own name; null while open
    created_at   INTEGER NOT NULL,     -- when the item died first
    updated_at   INTEGER NOT NULL,     -- when it died last or was closed
    PRIMARY KEY (run_no, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX dead_letters_by_state ON dead_letters (state, created_at);
