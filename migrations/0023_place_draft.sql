-- What somebody has begun to write of a place and keeps for later: one a person and place, seen by nobody else.
CREATE TABLE place_draft (
  place_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  version TEXT NOT NULL,                        -- the place as it was when the form was opened
  fields BYTEA NOT NULL,                        -- packed names and what was typed
  PRIMARY KEY (place_id, user_id)
);
CREATE INDEX place_draft_user ON place_draft (user_id, at);
CREATE INDEX place_draft_at ON place_draft (at);
