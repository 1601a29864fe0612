-- What an upload would change, place by place (src/intake/foreseen.c), until it is stopped or forgotten.
ALTER TABLE import_upload ADD COLUMN foreseen BYTEA;
