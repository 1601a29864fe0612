-- Accounts: who may log in, with which roles in which organisations, and how they prove who they are.
--
-- Personal data (name, e-mail) are sealed by the vault and found again by a keyed hash. Kept while the account serves; see
-- docs/security.md for what each column is for.

CREATE TABLE user_account (
  id BIGINT PRIMARY KEY,
  email_index BYTEA NOT NULL UNIQUE,            -- keyed hash of the address, lower case
  email_enc BYTEA NOT NULL,
  name_enc BYTEA NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  password_hash TEXT,                           -- argon2id; NULL until an invitation was accepted
  password_at BIGINT,
  totp_enc BYTEA,                               -- secret of the authenticator application; NULL: none
  totp_new_enc BYTEA,                           -- one that is being set up, not confirmed yet
  totp_step BIGINT NOT NULL DEFAULT 0,          -- the last half minute whose code was taken: a code is good once
  demo BIGINT NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),  -- its password is printed in the documentation: of no use outside a demonstration
  created_at BIGINT NOT NULL,
  seen_at BIGINT                                -- last time somebody logged in
);

-- Roles are held in an organisation. The codes are those of src/accounts/roles.c.
CREATE TABLE membership (
  user_id BIGINT NOT NULL REFERENCES user_account (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL CHECK (role IN ('mediator', 'structure_manager', 'desk_agent', 'school_referent', 'landlord', 'technician',
    'programme_officer', 'authorising_officer', 'public_accountant', 'cashier', 'coordinator', 'dpo', 'admin')),
  suspended_at BIGINT,                          -- set: the role gives nothing for now
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, organisation_id, role)
);
CREATE INDEX membership_organisation ON membership (organisation_id);
-- Who orders a payment, who pays it and who keeps a till are three people, in all organisations together.
CREATE UNIQUE INDEX membership_incompatible ON membership (user_id) WHERE role IN ('authorising_officer', 'public_accountant', 'cashier');

-- A link that lets somebody choose a password. The code is made again from the id by the vault; here is its hash.
CREATE TABLE invitation (
  id BIGINT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES user_account (id),
  organisation_id BIGINT REFERENCES organisation (id),   -- where it comes from; NULL: the command line
  code_hash BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT                               -- used, replaced by a newer one, or revoked
);
CREATE INDEX invitation_user ON invitation (user_id);
CREATE INDEX invitation_expiring ON invitation (expires_at);

-- Codes on paper for who has lost the telephone; a row goes when its code is used.
CREATE TABLE recovery_code (
  user_id BIGINT NOT NULL REFERENCES user_account (id),
  code_hash BYTEA NOT NULL,                     -- keyed hash
  PRIMARY KEY (user_id, code_hash)
);

-- Passwords that were wrong, by keyed hash of the account and the network they came from: see src/accounts/slow.h. Forgotten after a day.
CREATE TABLE login_failure (
  key BYTEA PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);

-- A session whose password was right and whose code is still awaited may do nothing else.
ALTER TABLE session ADD COLUMN pending BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
