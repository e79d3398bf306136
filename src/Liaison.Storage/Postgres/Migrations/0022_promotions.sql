-- Which writes may be sent to a production connection, and on what ground.
CREATE TABLE promotions (
    connection  text NOT NULL,
    record_type text NOT NULL,
    name        text NOT NULL,    -- the field's canonical name, or the action
    native_name text NOT NULL,    -- the CRM's name of the field; empty for an action; * for wherever the name leads to
    promoted_by text NOT NULL,
    promoted_at timestamptz NOT NULL,
    sandbox     text,             -- the connection that was seen to take it; null for an override
    change_id   text,             -- the change set by which it was seen; null for an override
    reason      text,             -- why it is promoted without a sandbox; null where one took it
    PRIMARY KEY (connection, record_type, name, native_name)
);
