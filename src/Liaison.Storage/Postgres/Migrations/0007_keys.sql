CREATE TABLE api_keys (
    id           text        NOT NULL COLLATE "C" PRIMARY KEY,
    name         text        NOT NULL, -- what people call it
    subject_kind text        NOT NULL, -- user or principal
    subject      text        NOT NULL, -- whose rights it carries
    actor        text        NOT NULL, -- the agent or tool that holds it
    purposes     text        NOT NULL, -- parted by spaces, which no purpose has; the first is meant where a request states none
    connections  text,                 -- parted by spaces, which no connection's name has; null for all that grants open
    secret_hash  bytea       NOT NULL, -- SHA-256 of the secret, which has 256 random bits and is nowhere kept
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,          -- null while it is not revoked; never taken back
    last_used_at timestamptz           -- to the minute; null for never
);

CREATE INDEX api_keys_by_subject ON api_keys (subject, created_at);
