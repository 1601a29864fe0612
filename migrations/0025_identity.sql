-- Log-in by OpenID Connect: which account an identity at the provider opens.

-- The provider's name for somebody is personal: it is found again by a keyed hash, and stored nowhere.
CREATE TABLE user_identity (
  subject_index BYTEA PRIMARY KEY,              -- keyed hash of the issuer and of its name for the person
  user_id BIGINT NOT NULL REFERENCES user_account (id),
  issuer TEXT NOT NULL,
  linked_at BIGINT NOT NULL,
  seen_at BIGINT,                               -- last time somebody logged in by it
  UNIQUE (user_id, issuer)
);

-- Who has been sent to the provider and is to come back: once, within minutes, in the same browser. What protects it (state,
-- nonce, code verifier) is derived from that browser's cookie; here is only the cookie's hash.
CREATE TABLE identity_step (
  id_hash BYTEA PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('login', 'invitation', 'link')),
  user_id BIGINT REFERENCES user_account (id),  -- whose account is to be linked; NULL: a log-in
  invitation_id BIGINT REFERENCES invitation (id),
  suite TEXT NOT NULL,                          -- where one goes after
  lang TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX identity_step_expiring ON identity_step (expires_at);

-- What the provider wants back when a session that began there is left.
CREATE TABLE identity_session (
  id BIGINT PRIMARY KEY,
  session_hash BYTEA NOT NULL UNIQUE,           -- as in session; goes with it
  token_enc BYTEA NOT NULL,                     -- sealed
  created_at BIGINT NOT NULL
);
CREATE INDEX identity_session_created ON identity_session (created_at);
