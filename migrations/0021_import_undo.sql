-- Imports that were taken back, and the runs that did it.
ALTER TABLE place_import ADD COLUMN undone_at BIGINT;
ALTER TABLE place_import ADD COLUMN undoes BIGINT;
CREATE INDEX place_change_import ON place_change (import_id, place_id) WHERE import_id IS NOT NULL;
