-- What a family says of itself for an allocation (src/awarding): the facts of the rule that nothing else in the house knows. An answer is never
-- written over: another one follows it. Nothing on health or nationality can be said here.

CREATE TABLE award_answer (
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  fact TEXT NOT NULL CHECK (fact IN ('appareils', 'connexion', 'distance', 'orientation', 'etudes')),      -- as src/allocation/params.h calls it
  version BIGINT NOT NULL,                      -- 1, 2…: the last is what is known
  value BIGINT,                                 -- as there; NULL: not known (any more)
  day TEXT NOT NULL,                            -- on which it was said
  user_id BIGINT NOT NULL,                      -- who wrote it down; 0: the demonstration
  at BIGINT NOT NULL,
  PRIMARY KEY (file_id, fact, version)
);
-- scoped: award_answer
-- sqlite:
CREATE TRIGGER award_answer_kept BEFORE UPDATE ON award_answer BEGIN
  SELECT RAISE(ABORT, 'an answer is never changed: another follows it');
END;
CREATE TRIGGER award_answer_kept_whole BEFORE DELETE ON award_answer BEGIN
  SELECT RAISE(ABORT, 'an answer is never cut out');
END;
-- pg:
CREATE FUNCTION award_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what an allocation was made from is never changed nor cut out';
END $$;
CREATE TRIGGER award_answer_kept BEFORE UPDATE OR DELETE ON award_answer FOR EACH ROW EXECUTE FUNCTION award_refuse();
-- both:
