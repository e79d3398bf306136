CREATE TABLE alerts (
    alert_no     INTEGER PRIMARY KEY,  -- internal number, growing with age
    id           TEXT    NOT NULL,
    kind         TEXT    NOT NULL,     -- what it is about, as in dead-letters
    connection   TEXT    NOT NULL,     -- empty for the installation as a whole
    cause        TEXT    NOT NULL,     -- what sets it apart from others of its kind
    alert        TEXT    NOT NULL,     -- the whole of it as it was raised last, as JSON
    count        INTEGER NOT NULL,     -- how many times it was raised
    before       INTEGER NOT NULL,     -- how many were held back under the row before
    first_at     INTEGER NOT NULL,     -- when it was told
    last_at      INTEGER NOT NULL,     -- when it was raised last
    attempts     INTEGER NOT NULL,     -- how often it was sent in vain
    due_at       INTEGER,              -- when it is to be sent to the webhook; null when it is not
    delivered_at INTEGER               -- when the webhook took it
) STRICT;

CREATE UNIQUE INDEX alerts_by_id ON alerts (id);
CREATE INDEX alerts_by_group ON alerts (kind, connection, cause, first_at);
CREATE INDEX alerts_by_due ON alerts (due_at) WHERE due_at IS NOT NULL;
