ALTER TABLE crm_calls ADD COLUMN host TEXT NOT NULL DEFAULT '';  -- the host that was asked
ALTER TABLE crm_calls ADD COLUMN actor TEXT NOT NULL DEFAULT ''; -- the agent or pipeline that it was made for
ALTER TABLE crm_calls ADD COLUMN trace_id TEXT;                  -- the request that it was made for, as the audit names it
ALTER TABLE crm_calls ADD COLUMN caller_id TEXT;                 -- the caller's own id of what the request is a part of
ALTER TABLE crm_calls ADD COLUMN record_ids TEXT;                -- the ids of the records in request and answer, parted by blanks
ALTER TABLE crm_calls ADD COLUMN told TEXT;                      -- what failed, in a sentence
ALTER TABLE crm_calls ADD COLUMN request_body TEXT;              -- masked; null where none is kept
ALTER TABLE crm_calls ADD COLUMN answer_body TEXT;               -- masked likewise

CREATE INDEX crm_calls_by_trace ON crm_calls (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX crm_calls_by_failure ON crm_calls (called_at) WHERE failure_kind IS NOT NULL;

ALTER TABLE change_sets ADD COLUMN trace_id TEXT;                -- the request that proposed it, as the audit and the call log name it
