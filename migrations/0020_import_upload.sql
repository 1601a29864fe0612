-- Files of places that somebody uploads: looked through, read with a layout, checked, taken in; each step by the jobs process.
CREATE TABLE import_upload (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  day TEXT NOT NULL,                            -- ISO: of the records that have none
  state TEXT NOT NULL CHECK (state IN ('look', 'columns', 'check', 'checked', 'apply', 'done', 'undo', 'undone', 'failed', 'stopped')),
  fault TEXT NOT NULL,                          -- why it failed, in French
  layout TEXT NOT NULL,                         -- JSON; '' until it was looked through
  import_id BIGINT,                             -- the run that took it in
  counts TEXT NOT NULL,                         -- of the check or of the import, separated by spaces
  done BIGINT NOT NULL,                         -- rows read of the step under way
  told BIGINT NOT NULL,                         -- lines of `rejects`
  survey BYTEA,                                 -- what it holds (src/directory/place_survey.h)
  rejects BYTEA,                                -- CSV
  content BYTEA                                 -- the file; taken away once it is in
);
CREATE INDEX import_upload_at ON import_upload (at);
CREATE INDEX import_upload_waiting ON import_upload (at) WHERE state IN ('look', 'check', 'apply', 'undo');
