CREATE TABLE audit_entries (
    sequence      bigint      NOT NULL PRIMARY KEY, -- the place in the chain, from 1, without gaps
    canonical     text        NOT NULL,  -- the entry as the JSON that was hashed; all columns behind hash can be made from it
    previous_hash text        NOT NULL,  -- the hash of the entry before, in lower-case hex
    hash          text        NOT NULL,  -- SHA-256 over previous hash, sequence and canonical
    trace_id      text        NOT NULL COLLATE "C", -- joins the opened entry with its closed one
    run_id        text,                  -- the run on whose behalf it was; null outside runs
    at            timestamptz NOT NULL,
    subject       text        NOT NULL,  -- whose rights bound the request
    actor         text        NOT NULL,  -- the agent or tool that asked
    action        text        NOT NULL,  -- what was asked
    connection    text        NOT NULL,  -- where
    denied        boolean     NOT NULL   -- whether rights refused it or a part of it
);

-- Actor, action and connection have few values each: an index on them would cost every append and spare no reading.
CREATE INDEX audit_entries_by_trace ON audit_entries (trace_id);
CREATE INDEX audit_entries_by_run ON audit_entries (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject);
CREATE INDEX audit_entries_of_denials ON audit_entries (sequence) WHERE denied;

-- For look-up: which entries are about a record.
CREATE TABLE audit_records (
    record_id text   NOT NULL COLLATE "C", -- the CRM's id
    sequence  bigint NOT NULL,             -- of the entry
    PRIMARY KEY (record_id, sequence)
);

-- The opened entries that have no outcome yet: what a start must tell of, without reading the whole chain.
CREATE TABLE audit_unclosed (
    trace_id text   NOT NULL COLLATE "C" PRIMARY KEY,
    sequence bigint NOT NULL               -- of the opened entry, for oldest first
);

-- Signed statements about the chain; the key lies outside the database.
CREATE TABLE audit_checkpoints (
    sequence      bigint      NOT NULL PRIMARY KEY, -- the entry up to which the statement reaches
    entry_hash    text        NOT NULL,    -- that entry's hash
    at            timestamptz NOT NULL,    -- when it was signed
    key_id        text        NOT NULL,    -- the fingerprint of the key that signed
    previous_hash text        NOT NULL,    -- the hash of the checkpoint before, in lower-case hex
    signature     text        NOT NULL     -- ECDSA P-256 over all of the above, Base64
);

-- Against slips, not against the owner of the database: against that stands the chain.
CREATE FUNCTION liaison_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '% is never changed and never deleted', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER audit_entries_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION liaison_refuse();
CREATE TRIGGER audit_checkpoints_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION liaison_refuse();
