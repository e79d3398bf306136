ALTER TABLE change_sets ADD COLUMN natural_key TEXT; -- of a record that is yet to be made: the hash of what makes it the same as another
CREATE INDEX change_sets_by_natural_key ON change_sets (natural_key) WHERE natural_key IS NOT NULL;
