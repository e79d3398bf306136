ALTER TABLE runs ADD COLUMN resume_at INTEGER; -- when a parked run goes on by itself; null when it does not
