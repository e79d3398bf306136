ALTER TABLE runs
    ADD COLUMN report      text,        -- what came of it, as JSON of the pipeline's own shape; null until noted, after the end
    ADD COLUMN reported_at timestamptz, -- when that was noted for the last time, so that items may be dropped; null before
    ADD COLUMN taken_in    bigint,      -- how many items came in; null while all of them are here
    ADD COLUMN dropped     text;        -- how many of them are here no more, by state, as JSON; null while all are

CREATE INDEX runs_unreported ON runs (finished_at) WHERE finished_at IS NOT NULL AND reported_at IS NULL;

CREATE FUNCTION liaison_partition_of(week bigint) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT 'work_items_of_' || to_char(to_timestamp(week * 604800) AT TIME ZONE 'UTC', 'YYYY_MM_DD') $$;

-- Drops a week's partition whose runs have all ended and been reported. Items with a dead letter are put into one made anew, and stay.
-- Counting is what takes long, and is done before anybody is kept out: of such items none changes that has no letter.
CREATE FUNCTION liaison_drop_week(week bigint) RETURNS TABLE (runs bigint, items bigint) LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
    partition text   := liaison_partition_of(week);
    first_no  bigint := week * 1000000000;
    next_no   bigint := (week + 1) * 1000000000;
    kept      work_items[];
BEGIN
    PERFORM pg_advisory_xact_lock(1281974633, 3);
    RETURN QUERY
        WITH gone AS (
            SELECT item.run_no, item.state, count(*) AS number FROM work_items AS item
            WHERE item.run_no >= first_no AND item.run_no < next_no
                AND NOT EXISTS (SELECT FROM dead_letters AS letter WHERE letter.run_no = item.run_no AND letter.sequence = item.sequence)
            GROUP BY item.run_no, item.state),
        summed AS (
            SELECT run_no, state, sum(number) AS number FROM (
                SELECT run_no, state, number FROM gone
                UNION ALL
                SELECT run.run_no, earlier.key, earlier.value::bigint
                FROM runs AS run, jsonb_each_text(run.dropped::jsonb) AS earlier
                WHERE run.run_no IN (SELECT run_no FROM gone)) AS both_times
            GROUP BY run_no, state),
        noted AS (
            UPDATE runs AS run SET
                taken_in = coalesce(run.taken_in, (SELECT max(item.sequence) FROM work_items AS item WHERE item.run_no = run.run_no)),
                dropped = (SELECT jsonb_object_agg(state, number)::text FROM summed WHERE summed.run_no = run.run_no)
            WHERE run.run_no IN (SELECT run_no FROM gone)
            RETURNING run.run_no)
        SELECT (SELECT count(*) FROM noted), (SELECT coalesce(sum(number), 0)::bigint FROM gone);

    -- In the order in which everybody takes them. Who cannot have them soon gives way, since others queue behind it.
    SET LOCAL lock_timeout = '2s';
    LOCK TABLE ONLY work_items IN ACCESS EXCLUSIVE MODE;
    SELECT array_agg(item) INTO kept FROM work_items AS item
    WHERE item.run_no >= first_no AND item.run_no < next_no
        AND EXISTS (SELECT FROM dead_letters AS letter WHERE letter.run_no = item.run_no AND letter.sequence = item.sequence);
    EXECUTE format('DROP TABLE %I', partition);
    IF kept IS NOT NULL THEN
        PERFORM liaison_keep_week(week);
        INSERT INTO work_items SELECT (one).* FROM unnest(kept) AS one;
    END IF;

    -- A letter that was thrown away since the counting would take its item along unseen: then all is taken back and done again.
    PERFORM FROM runs AS run
    WHERE run.run_no >= first_no AND run.run_no < next_no AND run.taken_in <>
        (SELECT sum(gone.value::bigint) FROM jsonb_each_text(run.dropped::jsonb) AS gone)
        + (SELECT count(*) FROM work_items AS item WHERE item.run_no = run.run_no);
    IF FOUND THEN
        RAISE EXCEPTION 'letters changed while a week was being dropped' USING ERRCODE = 'serialization_failure';
    END IF;
END
$$;
