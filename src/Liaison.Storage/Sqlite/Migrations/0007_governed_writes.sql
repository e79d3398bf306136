ALTER TABLE change_sets ADD COLUMN request_hash TEXT; -- SHA-256 over the request as asked; null where no door was passed
ALTER TABLE change_sets ADD COLUMN approval     TEXT; -- who said yes to what, as JSON; null when nobody has or it is void
ALTER TABLE change_sets ADD COLUMN made_id      TEXT; -- the id of the record that it made

CREATE INDEX change_sets_by_made ON change_sets (made_id) WHERE made_id IS NOT NULL;
CREATE INDEX change_moves_by_time ON change_moves (to_state, moved_at);

-- The agents that may do nothing until a person lets them go on; the actor * is all of them.
CREATE TABLE stopped_agents (
    actor      TEXT    NOT NULL PRIMARY KEY,
    stopped_by TEXT    NOT NULL,        -- a subject's id, or the engine's own name
    reason     TEXT    NOT NULL,        -- why, in one sentence
    stopped_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The runs that may change more records than their agent's limits allow.
CREATE TABLE approved_volumes (
    run_id      TEXT    NOT NULL PRIMARY KEY,
    approved_by TEXT    NOT NULL,       -- the subject who said yes
    approved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
