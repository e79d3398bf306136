-- Which time of each schedule comes next.
CREATE TABLE schedules (
    name       TEXT NOT NULL PRIMARY KEY, -- as in the configuration
    definition TEXT NOT NULL,         -- what it was when its next time was reckoned
    due_at     INTEGER,               -- its next time; null when there is none
    taken_at   INTEGER,               -- its last time that was dealt with; null before the first
    run_id     TEXT,                  -- the run that was started then; null where none was
    note       TEXT                   -- what became of it where it was not simply started
) STRICT;
