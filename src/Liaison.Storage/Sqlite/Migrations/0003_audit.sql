CREATE TABLE audit_entries (
    sequence      INTEGER PRIMARY KEY, -- the place in the chain, from 1, without gaps
    canonical     TEXT    NOT NULL,    -- the entry as the JSON that was hashed; all other columns can be made from it
    previous_hash TEXT    NOT NULL,    -- the hash of the entry before, in lower-case hex
    hash          TEXT    NOT NULL,    -- SHA-256 over previous hash, sequence and canonical
    trace_id      TEXT    NOT NULL,    -- for look-up: joins the opened entry with its closed one
    run_id        TEXT                 -- for look-up: the run on whose behalf it was; null outside runs
) STRICT;

CREATE INDEX audit_entries_by_trace ON audit_entries (trace_id);
CREATE INDEX audit_entries_by_run ON audit_entries (run_id) WHERE run_id IS NOT NULL;

-- Against slips, not against the owner of the file: against that stands the chain.
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed');
END;

-- For look-up: which entries are about a record.
CREATE TABLE audit_records (
    record_id TEXT    NOT NULL,        -- the CRM's id
    sequence  INTEGER NOT NULL REFERENCES audit_entries (sequence),
    PRIMARY KEY (record_id, sequence)
) STRICT, WITHOUT ROWID;

-- The opened entries that have no outcome yet: what a start must tell of, without reading the whole chain.
CREATE TABLE audit_unclosed (
    trace_id TEXT    NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL          -- of the opened entry, for oldest first
) STRICT, WITHOUT ROWID;
