-- Signed statements about the chain; the key lies outside the database.
CREATE TABLE audit_checkpoints (
    sequence      INTEGER PRIMARY KEY, -- the entry up to which the statement reaches
    entry_hash    TEXT    NOT NULL,    -- that entry's hash
    at            INTEGER NOT NULL,    -- when it was signed, UTC milliseconds since 1970
    key_id        TEXT    NOT NULL,    -- the fingerprint of the key that signed
    previous_hash TEXT    NOT NULL,    -- the hash of the checkpoint before, in lower-case hex
    signature     TEXT    NOT NULL     -- ECDSA P-256 over all of the above, Base64
) STRICT;

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'audit checkpoints are never deleted');
END;

CREATE TRIGGER audit_checkpoints_stand BEFORE UPDATE ON audit_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'audit checkpoints are never changed');
END;

-- For look-up, all made from the canonical text: who, by what, what, where, when, and whether rights refused it.
DROP TRIGGER audit_entries_stand;

ALTER TABLE audit_entries ADD COLUMN at INTEGER;         -- UTC milliseconds since 1970
ALTER TABLE audit_entries ADD COLUMN subject TEXT;       -- whose rights bound the request
ALTER TABLE audit_entries ADD COLUMN actor TEXT;         -- the agent or tool that asked
ALTER TABLE audit_entries ADD COLUMN action TEXT;        -- what was asked
ALTER TABLE audit_entries ADD COLUMN connection TEXT;    -- where
ALTER TABLE audit_entries ADD COLUMN denied INTEGER;     -- 1 where rights refused it or a part of it

UPDATE audit_entries SET
    at = CAST(round(unixepoch(json_extract(canonical, '$.at'), 'subsec') * 1000) AS INTEGER),
    subject = json_extract(canonical, '$.caller.subject.id'),
    actor = json_extract(canonical, '$.caller.actor.id'),
    action = json_extract(canonical, '$.action'),
    connection = json_extract(canonical, '$.connection.value'),
    denied = coalesce(
        json_extract(canonical, '$.outcome') GLOB 'Denied: *'
        OR json_extract(canonical, '$.outcome') GLOB 'Forbidden: *'
        OR json_extract(canonical, '$.outcome') GLOB 'ok: * Denied*'
        OR json_extract(canonical, '$.outcome') GLOB 'ok: * Forbidden*', 0);

CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed');
END;

-- Actor, action and connection have few values each: an index on them would cost every append and spare no reading.
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject);
CREATE INDEX audit_entries_of_denials ON audit_entries (sequence) WHERE denied = 1;
