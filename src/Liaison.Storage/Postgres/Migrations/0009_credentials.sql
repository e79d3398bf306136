CREATE TABLE credentials (
    connection          text        NOT NULL COLLATE "C",
    owner               text        NOT NULL COLLATE "C", -- the subject's id, or (account)
    tokens              bytea,                      -- ciphertext; the keys that open it lie outside this database; null where none are held
    expires_at          timestamptz,                -- when the access token ends
    version             bigint      NOT NULL DEFAULT 0, -- rises with every new set of tokens
    connected_at        timestamptz,                -- when somebody signed in last
    renewed_at          timestamptz,                -- null while the tokens are those of the sign-in
    failed_at           timestamptz,
    failure             text,                       -- the last one, which stays when the credential works again
    needs_authorization boolean     NOT NULL DEFAULT false,
    lease               bigint      NOT NULL DEFAULT 0, -- the newest lease to renew; an older one stores nothing
    leased_until        timestamptz,                -- null while nobody renews
    PRIMARY KEY (connection, owner)
);
