-- In every table: times are UTC milliseconds since 1970 (column names end in _at or say so),
-- enumerations are their names in kebab case, identifiers of CRM records are text.

CREATE TABLE runs (
    run_no       INTEGER PRIMARY KEY,  -- internal number, growing with age; work_items refer to it because ids are long
    id           TEXT    NOT NULL,     -- the public id, as in run-01jd…
    pipeline     TEXT    NOT NULL,     -- the pipeline's name
    connection   TEXT    NOT NULL,     -- the CRM account it works on
    subject_kind TEXT    NOT NULL,     -- whose rights bound the run: user or principal
    subject      TEXT    NOT NULL,     -- the subject's stable id
    actor        TEXT    NOT NULL,     -- the agent or tool that started it
    purpose      TEXT    NOT NULL,     -- what it was started for
    caller_run   TEXT,                 -- the run that the caller acts in; null when started by hand
    state        TEXT    NOT NULL,     -- running, paused, parked, finished, cancelled
    parameters   TEXT    NOT NULL,     -- what it was started with, as JSON of the pipeline's own shape
    cursor       TEXT,                 -- where the selection goes on; null before its first page and after its last
    selected     INTEGER NOT NULL,     -- 1 once the selection has come to its end
    reason       TEXT,                 -- why it is parked or paused, in one sentence
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    finished_at  INTEGER               -- when it was finished or cancelled; null before
) STRICT;

CREATE UNIQUE INDEX runs_by_id ON runs (id);
CREATE INDEX runs_by_age ON runs (created_at);

CREATE TABLE work_items (
    run_no       INTEGER NOT NULL REFERENCES runs (run_no),
    sequence     INTEGER NOT NULL,     -- the place in the run, from 1, in order of selection
    connection   TEXT    NOT NULL,     -- the record: its account,
    record_type  TEXT    NOT NULL,     --   its type,
    record_id    TEXT    NOT NULL,     --   and the CRM's id
    state        TEXT    NOT NULL,     -- ready, leased, done, skipped, gone, parked, dead
    attempts     INTEGER NOT NULL,     -- how often it was claimed
    fence        INTEGER NOT NULL,     -- grows with each claim; an outcome under an older one is refused
    worker       TEXT,                 -- who holds it; null unless leased
    lease_ends_at INTEGER,             -- when it may be claimed by others; null unless leased
    failure_kind TEXT,                 -- for parked, gone, dead: the kind of failure
    failure      TEXT,                 -- for parked, gone, dead: the reason in one sentence
    result       TEXT,                 -- what the pipeline found, as JSON of its own shape
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (run_no, sequence)
) STRICT, WITHOUT ROWID;

-- A record is in a run once, however often its page is read.
CREATE UNIQUE INDEX work_items_by_record ON work_items (run_no, record_id, record_type, connection);

-- Every item is in exactly one of these three: claims look at short indexes only, and counting reads no table row.
CREATE INDEX work_items_ready ON work_items (run_no, sequence) WHERE state = 'ready';
CREATE INDEX work_items_leased ON work_items (run_no, lease_ends_at) WHERE state = 'leased';
CREATE INDEX work_items_ended ON work_items (run_no, state, sequence) WHERE state NOT IN ('ready', 'leased');
