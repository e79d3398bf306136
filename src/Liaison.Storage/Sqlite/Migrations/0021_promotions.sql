-- Which writes may be sent to a production connection, and on what ground.
CREATE TABLE promotions (
    connection  TEXT NOT NULL,
    record_type TEXT NOT NULL,
    name        TEXT NOT NULL,    -- the field's canonical name, or the action
    native_name TEXT NOT NULL,    -- the CRM's name of the field; empty for an action; * for wherever the name leads to
    promoted_by TEXT NOT NULL,
    promoted_at INTEGER NOT NULL,
    sandbox     TEXT,             -- the connection that was seen to take it; null for an override
    change_id   TEXT,             -- the change set by which it was seen; null for an override
    reason      TEXT,             -- why it is promoted without a sandbox; null where one took it
    PRIMARY KEY (connection, record_type, name, native_name)
) WITHOUT ROWID;
