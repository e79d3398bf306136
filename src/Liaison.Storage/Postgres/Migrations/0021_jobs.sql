ALTER TABLE change_sets ADD COLUMN job text; -- the CRM's id of the job in which it was last handed over; null where it went by a call
CREATE INDEX change_sets_by_job ON change_sets (job) WHERE job IS NOT NULL AND state = 'applying';
