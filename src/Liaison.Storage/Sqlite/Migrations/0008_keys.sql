CREATE TABLE api_keys (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL, -- what people call it
    subject_kind TEXT    NOT NULL, -- user or principal
    subject      TEXT    NOT NULL, -- whose rights it carries
    actor        TEXT    NOT NULL, -- the agent or tool that holds it
    purposes     TEXT    NOT NULL, -- parted by spaces, which no purpose has; the first is meant where a request states none
    connections  TEXT,             -- parted by spaces, which no connection's name has; null for all that grants open
    secret_hash  BLOB    NOT NULL, -- SHA-256 of the secret, which has 256 random bits and is nowhere kept
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,          -- null while it is not revoked; never taken back
    last_used_at INTEGER           -- to the minute; null for never
) STRICT, WITHOUT ROWID;

CREATE INDEX api_keys_by_subject ON api_keys (subject, created_at);
