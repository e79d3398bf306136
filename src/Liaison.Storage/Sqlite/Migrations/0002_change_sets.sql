CREATE TABLE change_sets (
    change_no      INTEGER PRIMARY KEY, -- internal number, growing with age: newest first is its order
    id             TEXT    NOT NULL,    -- the public id; travels with the write where the CRM can carry it
    key            TEXT    NOT NULL,    -- the idempotency key: the same key is the same wish
    connection     TEXT    NOT NULL,    -- the record: its account,
    record_type    TEXT    NOT NULL,    --   its type,
    record_id      TEXT    NOT NULL,    --   and the CRM's id
    state          TEXT    NOT NULL,    -- proposed, validated, waiting, approved, applying, applied, refused, rejected, expired, conflicted, failed
    risk           TEXT    NOT NULL,    -- low, consequential, irreversible
    content        TEXT    NOT NULL,    -- what is to be written, as JSON
    content_hash   TEXT    NOT NULL,    -- SHA-256 over target and content; approval binds to it
    record_version TEXT,                -- the record's version when it was read for the proposal
    subject_kind   TEXT    NOT NULL,    -- who proposed: user or principal
    subject        TEXT    NOT NULL,    -- the proposer's stable id
    actor          TEXT    NOT NULL,    -- the agent or tool that proposed
    purpose        TEXT    NOT NULL,    -- what for
    caller_run     TEXT,                -- the run that proposed; null when a person or an agent did
    note           TEXT,                -- why it stands where it stands, in one sentence
    moves          INTEGER NOT NULL,    -- how many moves it has made; the place of its next one
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX change_sets_by_id ON change_sets (id);
CREATE UNIQUE INDEX change_sets_by_key ON change_sets (key);
CREATE INDEX change_sets_by_state ON change_sets (state);
CREATE INDEX change_sets_by_run ON change_sets (caller_run, state) WHERE caller_run IS NOT NULL;
CREATE INDEX change_sets_by_record ON change_sets (record_id);
CREATE INDEX change_sets_by_connection ON change_sets (connection);

CREATE TABLE change_moves (
    change_no  INTEGER NOT NULL REFERENCES change_sets (change_no),
    place      INTEGER NOT NULL,        -- from 1, in the order of the moves
    from_state TEXT    NOT NULL,        -- where it stood
    to_state   TEXT    NOT NULL,        -- where it stands since
    moved_by   TEXT    NOT NULL,        -- a subject's id, or the engine's own name
    note       TEXT,                    -- why, in one sentence
    moved_at   INTEGER NOT NULL,
    PRIMARY KEY (change_no, place)
) STRICT, WITHOUT ROWID;
