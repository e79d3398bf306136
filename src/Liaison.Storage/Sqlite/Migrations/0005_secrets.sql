CREATE TABLE secrets (
    name             TEXT    NOT NULL PRIMARY KEY, -- what the secret is referred to by
    protected_secret BLOB    NOT NULL,             -- ciphertext; the keys that open it lie outside this file
    updated_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
