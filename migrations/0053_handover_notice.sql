-- What families know of their handover day (src/handover/notice.c): what they were told last, by which channel. What they have to be told follows
-- from that and from their booking. No name: what was written is in the outbox, sealed.

CREATE TABLE handover_notice (
  file_id BIGINT PRIMARY KEY REFERENCES family_file (id),
  told TEXT NOT NULL CHECK (told IN ('', 'coming', 'off')),     -- '': nothing yet
  told_day_id BIGINT REFERENCES handover_day (id),              -- and which day and slot that was
  told_slot BIGINT,
  channel TEXT NOT NULL CHECK (channel IN ('', 'sms', 'mail', 'letter', 'phone', 'none')), -- how; 'none': it is to be called
  message_id BIGINT,                            -- of the outbox, the last one
  told_at BIGINT,
  reminded_at BIGINT,
  due_at BIGINT,                                -- when what has changed is written; NULL: nothing is to be said
  turn BIGINT NOT NULL,                         -- grows with each message: none is sent twice
  user_id BIGINT NOT NULL,                      -- who asked for it; 0: the demonstration
  at BIGINT NOT NULL
);
CREATE INDEX handover_notice_due ON handover_notice (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX handover_notice_day ON handover_notice (told_day_id);
