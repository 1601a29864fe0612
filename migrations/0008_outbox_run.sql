-- Which start of which server has claimed a message: its next outbox process need not wait for the claim's end.
ALTER TABLE outbox ADD COLUMN claimed_by BIGINT;
