-- The address by which a mail program takes its reader off a list in one gesture (RFC 8058), sealed like the rest of the message; NULL: it
-- has none.
ALTER TABLE outbox ADD COLUMN leave_enc BYTEA;
