CREATE TABLE crm_calls (
    call_no        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- internal number, in order of arrival
    connection     text        NOT NULL, -- the CRM account
    run_id         text,                 -- the run that it was made for; null outside runs
    operation      text        NOT NULL, -- identify, describe, query, read, read-associations, write, write-schema
    name           text        NOT NULL, -- the call's stable name, as in contacts.batch-update
    method         text        NOT NULL, -- the HTTP method
    path           text        NOT NULL, -- the path without ids and query values
    status         integer,              -- the HTTP status; null where no answer came
    failure_kind   text,                 -- null for a success
    correlation_id text,                 -- the CRM's own id of the request
    record_count   integer     NOT NULL, -- how many records it was about
    attempt        integer     NOT NULL, -- from 1
    waited_us      bigint      NOT NULL, -- how long it waited for its permit, in microseconds
    duration_us    bigint      NOT NULL, -- how long the CRM took, in microseconds
    called_at      timestamptz NOT NULL
);

CREATE INDEX crm_calls_by_run ON crm_calls (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX crm_calls_by_age ON crm_calls (called_at);

CREATE TABLE budgets (
    connection text        NOT NULL,     -- the CRM account
    kind       text        NOT NULL,     -- the limit's name, as in daily
    window_at  timestamptz NOT NULL,     -- the window's first instant
    spent      bigint      NOT NULL,     -- permits given out, or what the CRM counted where that is more
    given      bigint      NOT NULL,     -- what the newest taking was given: how one statement both takes and tells
    PRIMARY KEY (connection, kind, window_at)
);
