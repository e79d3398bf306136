-- The agents that may do nothing until a person lets them go on; the actor * is all of them.
CREATE TABLE stopped_agents (
    actor      text        NOT NULL COLLATE "C" PRIMARY KEY,
    stopped_by text        NOT NULL,     -- a subject's id, or the engine's own name
    reason     text        NOT NULL,     -- why, in one sentence
    stopped_at timestamptz NOT NULL
);

-- The runs that may change more records than their agent's limits allow.
CREATE TABLE approved_volumes (
    run_id      text        NOT NULL COLLATE "C" PRIMARY KEY,
    approved_by text        NOT NULL,    -- the subject who said yes
    approved_at timestamptz NOT NULL
);
