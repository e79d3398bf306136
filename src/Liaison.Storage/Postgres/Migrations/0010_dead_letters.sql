CREATE TABLE dead_letters (
    run_no       bigint      NOT NULL,
    sequence     bigint      NOT NULL,  -- the item's place in the run
    connection   text        NOT NULL,  -- the record: its account,
    record_type  text        NOT NULL,  --   its type,
    record_id    text        NOT NULL COLLATE "C", -- and the CRM's id
    state        text        NOT NULL,  -- waiting, replaying, replayed, superseded, discarded
    failure_kind text        NOT NULL,  -- the kind of what failed last
    failure      text        NOT NULL,  -- what failed last, in one sentence
    operation    text        NOT NULL,  -- what was being done, with every failed attempt, as JSON; values only encrypted
    note         text,                  -- why it is closed, in one sentence; null while open
    closed_by    text,                  -- a subject's id, or the engine's own name; null while open
    created_at   timestamptz NOT NULL,  -- when the item died first
    updated_at   timestamptz NOT NULL,  -- when it died last or was closed
    PRIMARY KEY (run_no, sequence)
);

CREATE INDEX dead_letters_by_state ON dead_letters (state, created_at);
