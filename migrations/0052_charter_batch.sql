-- What was noted of many charters at once (src/charter): signatures of a pile of paper, or scans of it. Each line says what was noted and what
-- was not, with the reason; a batch is taken back whole.

CREATE TABLE charter_batch (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  kind TEXT NOT NULL CHECK (kind IN ('signatures', 'scans')),
  day TEXT NOT NULL,                            -- of the signatures; '' for scans
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by BIGINT
);
CREATE INDEX charter_batch_of ON charter_batch (campaign_id, id);

CREATE TABLE charter_batch_line (
  id BIGINT PRIMARY KEY,
  batch_id BIGINT NOT NULL REFERENCES charter_batch (id),
  act_id BIGINT REFERENCES charter_act (id),    -- NULL: a scan that no charter was found for
  position BIGINT NOT NULL,
  saved TEXT NOT NULL,                          -- roles, with spaces; 'copy'; '' nothing
  why TEXT NOT NULL,                            -- a code: what was not noted, because of what; '' all was
  undone TEXT NOT NULL                          -- '', 'yes', or why it could not be
);
CREATE INDEX charter_batch_line_of ON charter_batch_line (batch_id, position);

ALTER TABLE charter_signature ADD COLUMN batch_id BIGINT;
CREATE INDEX charter_signature_batch ON charter_signature (batch_id) WHERE batch_id IS NOT NULL;
ALTER TABLE charter_file ADD COLUMN batch_id BIGINT;
CREATE INDEX charter_file_batch ON charter_file (batch_id) WHERE batch_id IS NOT NULL;
