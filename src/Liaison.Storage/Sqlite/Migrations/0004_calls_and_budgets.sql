CREATE TABLE crm_calls (
    call_no        INTEGER PRIMARY KEY, -- internal number, in order of arrival
    connection     TEXT    NOT NULL,    -- the CRM account
    run_id         TEXT,                -- the run that it was made for; null outside runs
    operation      TEXT    NOT NULL,    -- identify, describe, query, read, read-associations, write, write-schema
    name           TEXT    NOT NULL,    -- the call's stable name, as in contacts.batch-update
    method         TEXT    NOT NULL,    -- the HTTP method
    path           TEXT    NOT NULL,    -- the path without ids and query values
    status         INTEGER,             -- the HTTP status; null where no answer came
    failure_kind   TEXT,                -- null for a success
    correlation_id TEXT,                -- the CRM's own id of the request
    record_count   INTEGER NOT NULL,    -- how many records it was about
    attempt        INTEGER NOT NULL,    -- from 1
    waited_us      INTEGER NOT NULL,    -- how long it waited for its permit, in microseconds
    duration_us    INTEGER NOT NULL,    -- how long the CRM took, in microseconds
    called_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX crm_calls_by_run ON crm_calls (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX crm_calls_by_age ON crm_calls (called_at);

CREATE TABLE budgets (
    connection TEXT    NOT NULL,        -- the CRM account
    kind       TEXT    NOT NULL,        -- the limit's name, as in daily
    window_at  INTEGER NOT NULL,        -- the window's first instant
    spent      INTEGER NOT NULL,        -- permits given out, or what the CRM counted where that is more
    PRIMARY KEY (connection, kind, window_at)
) STRICT, WITHOUT ROWID;
