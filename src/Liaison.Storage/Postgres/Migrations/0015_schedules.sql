-- Which time of each schedule comes next: the one place where all nodes look.
CREATE TABLE schedules (
    name       text        NOT NULL COLLATE "C" PRIMARY KEY, -- as in the configuration
    definition text        NOT NULL,  -- what it was when its next time was reckoned
    due_at     timestamptz,           -- its next time; null when there is none
    taken_at   timestamptz,           -- its last time that was dealt with; null before the first
    run_id     text,                  -- the run that was started then; null where none was
    note       text                   -- what became of it where it was not simply started
);
