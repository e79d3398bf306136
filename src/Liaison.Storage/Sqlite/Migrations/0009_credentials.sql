CREATE TABLE credentials (
    connection          TEXT    NOT NULL,
    owner               TEXT    NOT NULL,           -- the subject's id, or (account)
    tokens              BLOB,                       -- ciphertext; the keys that open it lie outside this file; null where none are held
    expires_at          INTEGER,                    -- when the access token ends
    version             INTEGER NOT NULL DEFAULT 0, -- rises with every new set of tokens
    connected_at        INTEGER,                    -- when somebody signed in last
    renewed_at          INTEGER,                    -- null while the tokens are those of the sign-in
    failed_at           INTEGER,
    failure             TEXT,                       -- the last one, which stays when the credential works again
    needs_authorization INTEGER NOT NULL DEFAULT 0,
    lease               INTEGER NOT NULL DEFAULT 0, -- the newest lease to renew; an older one stores nothing
    leased_until        INTEGER,                    -- null while nobody renews
    PRIMARY KEY (connection, owner)
) STRICT, WITHOUT ROWID;
