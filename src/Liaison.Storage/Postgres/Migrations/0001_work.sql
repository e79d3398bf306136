-- In every table: enumerations are their names in kebab case, identifiers of CRM records are text. Identifiers are compared byte by
-- byte (COLLATE "C"), whatever the database's language, so that a beginning of one is a range of the index.

-- The time that everything is stored and judged by: one clock for all nodes, to the millisecond.
CREATE FUNCTION liaison_now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT date_trunc('milliseconds', statement_timestamp()) $$;

-- Whether a write whose answer was lost stands: each write sets the mark of its writer in its own transaction. Transaction numbers
-- would not tell, since a server that has crashed gives out again those that had not reached its disk.
CREATE TABLE write_marks (
    writer  text        NOT NULL COLLATE "C" PRIMARY KEY, -- one of a node's writers, which makes one write at a time
    number  bigint      NOT NULL,       -- the newest of its writes that stands
    used_at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE runs (
    run_no       bigint      NOT NULL PRIMARY KEY, -- internal number, growing with age; its milliards are the week in which the run was created
    id           text        NOT NULL COLLATE "C", -- the public id, as in run-01jd…
    pipeline     text        NOT NULL,  -- the pipeline's name
    connection   text        NOT NULL,  -- the CRM account it works on
    subject_kind text        NOT NULL,  -- whose rights bound the run: user or principal
    subject      text        NOT NULL,  -- the subject's stable id
    actor        text        NOT NULL,  -- the agent or tool that started it
    purpose      text        NOT NULL,  -- what it was started for
    caller_run   text,                  -- the run that the caller acts in; null when started by hand
    state        text        NOT NULL,  -- running, paused, parked, finished, cancelled
    parameters   text        NOT NULL,  -- what it was started with, as JSON of the pipeline's own shape
    cursor       text,                  -- where the selection goes on; null before its first page and after its last
    selected     boolean     NOT NULL,  -- true once the selection has come to its end
    reason       text,                  -- why it is parked or paused, in one sentence
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    finished_at  timestamptz            -- when it was finished or cancelled; null before
);

CREATE UNIQUE INDEX runs_by_id ON runs (id);
CREATE INDEX runs_by_age ON runs (created_at);

-- No reference to runs: its check would cost every insert, and items are only added under the lock of their run's row.
CREATE TABLE work_items (
    run_no        bigint      NOT NULL,
    sequence      bigint      NOT NULL, -- the place in the run, from 1, in order of selection
    connection    text        NOT NULL, -- the record: its account,
    record_type   text        NOT NULL, --   its type,
    record_id     text        NOT NULL COLLATE "C", -- and the CRM's id
    state         text        NOT NULL, -- ready, leased, done, skipped, gone, parked, dead
    attempts      integer     NOT NULL, -- how often it was claimed
    fence         bigint      NOT NULL, -- grows with each claim; an outcome under an older one is refused
    worker        text,                 -- who holds it; null unless leased
    lease_ends_at timestamptz,          -- when it may be claimed by others; null unless leased
    failure_kind  text,                 -- for parked, gone, dead: the kind of failure
    failure       text,                 -- for parked, gone, dead: the reason in one sentence
    result        text,                 -- what the pipeline found, as JSON of its own shape
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (run_no, sequence)
) PARTITION BY RANGE (run_no);

-- A record is in a run once, however often its page is read.
CREATE UNIQUE INDEX work_items_by_record ON work_items (run_no, record_id, record_type, connection);

-- Every item is in exactly one of these three: claims look at short indexes only, and counting reads no table row.
CREATE INDEX work_items_ready ON work_items (run_no, sequence) WHERE state = 'ready';
CREATE INDEX work_items_leased ON work_items (run_no, lease_ends_at) WHERE state = 'leased';
CREATE INDEX work_items_ended ON work_items (run_no, state, sequence) WHERE state NOT IN ('ready', 'leased');

CREATE SEQUENCE run_numbers;

-- Makes a week's partition of items where there is none: it is dropped as one file when all its runs have ended long ago, where
-- deleting a million rows would leave a million dead ones. It is made apart and attached, since making it in place would stop every
-- worker that has a transaction open.
CREATE FUNCTION liaison_keep_week(week bigint) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    partition text := 'work_items_of_' || to_char(to_timestamp(week * 604800) AT TIME ZONE 'UTC', 'YYYY_MM_DD');
BEGIN
    IF to_regclass(partition) IS NULL THEN
        PERFORM pg_advisory_xact_lock(1281974633, 3);
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE work_items INCLUDING ALL)', partition);
            EXECUTE format(
                'ALTER TABLE work_items ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                partition, week * 1000000000, (week + 1) * 1000000000);
        END IF;
    END IF;
END
$$;

-- Gives a new run its number, and its week a partition.
CREATE FUNCTION liaison_next_run() RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
    week bigint := floor(extract(epoch FROM liaison_now()) / 604800);
BEGIN
    PERFORM liaison_keep_week(week);
    RETURN week * 1000000000 + nextval('run_numbers');
END
$$;
