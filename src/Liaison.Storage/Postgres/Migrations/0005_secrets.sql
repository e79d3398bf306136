CREATE TABLE secrets (
    name             text        NOT NULL COLLATE "C" PRIMARY KEY, -- what the secret is referred to by
    protected_secret bytea       NOT NULL, -- ciphertext; the keys that open it lie outside this database
    updated_at       timestamptz NOT NULL
);
