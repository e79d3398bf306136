CREATE TABLE alerts (
    alert_no     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- internal number, growing with age
    id           text        NOT NULL COLLATE "C",
    kind         text        NOT NULL,  -- what it is about, as in dead-letters
    connection   text        NOT NULL,  -- empty for the installation as a whole
    cause        text        NOT NULL,  -- what sets it apart from others of its kind
    alert        text        NOT NULL,  -- the whole of it as it was raised last, as JSON
    count        bigint      NOT NULL,  -- how many times it was raised
    before       bigint      NOT NULL,  -- how many were held back under the row before
    first_at     timestamptz NOT NULL,  -- when it was told
    last_at      timestamptz NOT NULL,  -- when it was raised last
    attempts     bigint      NOT NULL,  -- how often it was sent in vain
    due_at       timestamptz,           -- when it is to be sent to the webhook; null when it is not
    delivered_at timestamptz            -- when the webhook took it
);

CREATE UNIQUE INDEX alerts_by_id ON alerts (id);
CREATE INDEX alerts_by_group ON alerts (kind, connection, cause, first_at);
CREATE INDEX alerts_by_due ON alerts (due_at) WHERE due_at IS NOT NULL;
