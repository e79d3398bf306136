-- Unlogged: what is in these is out of date within a window, and a call must not wait for a disk.
CREATE UNLOGGED TABLE slots (
    connection      text   NOT NULL,     -- the CRM account
    kind            text   NOT NULL,     -- the limit's name, as in burst
    next_us         bigint NOT NULL,     -- the first instant that is not given out; all times in microseconds since 1970
    node            text,                -- who asked last
    switched_us     bigint NOT NULL,     -- when last another asked than the time before
    slow_beat_us    bigint NOT NULL,     -- the longest beat learnt lately
    slow_until_us   bigint NOT NULL,     -- until when it holds
    silent_until_us bigint NOT NULL,     -- until when the CRM wants no call
    PRIMARY KEY (connection, kind)
);

CREATE UNLOGGED TABLE places (
    connection    text    NOT NULL,
    kind          text    NOT NULL,
    node          text    NOT NULL,
    people        bigint  NOT NULL,      -- how many it wants for people
    batch         bigint  NOT NULL,      -- how many it wants for runs
    held          bigint  NOT NULL,      -- how many it may be using
    served_us     bigint  NOT NULL,      -- when it was last given any
    held_until_us bigint  NOT NULL,      -- from when on they are free unless it asks before
    PRIMARY KEY (connection, kind, node)
);
