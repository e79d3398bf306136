-- Whose database this is: the id lies beside the keys that open what is stored here, in the folder that all nodes share.
CREATE TABLE installation (
    one      boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (one), -- there is one row at the most
    id       text        NOT NULL, -- as in the file keys/installation
    bound_at timestamptz NOT NULL
);
