ALTER TABLE crm_calls
    ADD COLUMN host         text NOT NULL DEFAULT '', -- the host that was asked
    ADD COLUMN actor        text NOT NULL DEFAULT '', -- the agent or pipeline that it was made for
    ADD COLUMN trace_id     text,                     -- the request that it was made for, as the audit names it
    ADD COLUMN caller_id    text,                     -- the caller's own id of what the request is a part of
    ADD COLUMN record_ids   text,                     -- the ids of the records in request and answer, parted by blanks
    ADD COLUMN told         text,                     -- what failed, in a sentence
    ADD COLUMN request_body text,                     -- masked; null where none is kept
    ADD COLUMN answer_body  text;                     -- masked likewise

CREATE INDEX crm_calls_by_trace ON crm_calls (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX crm_calls_by_failure ON crm_calls (called_at) WHERE failure_kind IS NOT NULL;
CREATE INDEX crm_calls_by_record ON crm_calls USING gin (string_to_array(record_ids, ' '));

ALTER TABLE change_sets ADD COLUMN trace_id text; -- the request that proposed it, as the audit and the call log name it
