-- How far the sealing again under the next master key has come: one row a rotation, gone on with after any end (src/app/rotate.c).
CREATE TABLE key_rotation (
  to_id TEXT PRIMARY KEY,                       -- identifiers of the keys: not secret
  from_id TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  column_name TEXT NOT NULL,                    -- where it is: "person:key"
  after_id BIGINT NOT NULL,                     -- the rows up to this one are done
  pass BIGINT NOT NULL,                         -- again until one moves nothing: what was sealed meanwhile is found
  moved_in_pass BIGINT NOT NULL,
  moved BIGINT NOT NULL,                        -- values sealed again
  lost BIGINT NOT NULL,                         -- values of this pass that neither key opens
  ended_at BIGINT
);
