CREATE TABLE change_sets (
    change_no      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- internal number, growing with age: newest first is its order
    id             text        NOT NULL COLLATE "C", -- the public id; travels with the write where the CRM can carry it
    key            text        NOT NULL COLLATE "C", -- the idempotency key: the same key is the same wish
    connection     text        NOT NULL, -- the record: its account,
    record_type    text        NOT NULL, --   its type,
    record_id      text        NOT NULL COLLATE "C", -- and the CRM's id
    state          text        NOT NULL, -- proposed, validated, waiting, approved, applying, applied, refused, rejected, expired, conflicted, failed
    risk           text        NOT NULL, -- low, consequential, irreversible
    content        text        NOT NULL, -- what is to be written, as JSON
    content_hash   text        NOT NULL, -- SHA-256 over target and content; approval binds to it
    record_version text,                 -- the record's version when it was read for the proposal
    subject_kind   text        NOT NULL, -- who proposed: user or principal
    subject        text        NOT NULL, -- the proposer's stable id
    actor          text        NOT NULL, -- the agent or tool that proposed
    purpose        text        NOT NULL, -- what for
    caller_run     text,                 -- the run that proposed; null when a person or an agent did
    note           text,                 -- why it stands where it stands, in one sentence
    moves          integer     NOT NULL, -- how many moves it has made; the place of its next one
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    request_hash   text,                 -- SHA-256 over the request as asked; null where no door was passed
    approval       text,                 -- who said yes to what, as JSON; null when nobody has or it is void
    made_id        text                  -- the id of the record that it made
);

CREATE UNIQUE INDEX change_sets_by_id ON change_sets (id);
CREATE UNIQUE INDEX change_sets_by_key ON change_sets (key);
CREATE INDEX change_sets_by_state ON change_sets (state);
CREATE INDEX change_sets_by_run ON change_sets (caller_run, state) WHERE caller_run IS NOT NULL;
CREATE INDEX change_sets_by_record ON change_sets (record_id);
CREATE INDEX change_sets_by_connection ON change_sets (connection);
CREATE INDEX change_sets_by_made ON change_sets (made_id) WHERE made_id IS NOT NULL;

CREATE TABLE change_moves (
    change_no  bigint      NOT NULL REFERENCES change_sets (change_no),
    place      integer     NOT NULL,     -- from 1, in the order of the moves
    from_state text        NOT NULL,     -- where it stood
    to_state   text        NOT NULL,     -- where it stands since
    moved_by   text        NOT NULL,     -- a subject's id, or the engine's own name
    note       text,                     -- why, in one sentence
    moved_at   timestamptz NOT NULL,
    PRIMARY KEY (change_no, place)
);

CREATE INDEX change_moves_by_time ON change_moves (to_state, moved_at);
