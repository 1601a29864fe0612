-- Other publics than the families of pupils, through the same campaign: who is named (a child's family, or a person of age), where (a school, or
-- any body that refers people), what is asked for the rule, who signs the charter: each is said by the campaign.

ALTER TABLE campaign ADD COLUMN named TEXT NOT NULL DEFAULT 'child' CHECK (named IN ('child', 'adult'));
-- Facts of the rule that are asked (src/allocation/params.c), separated by spaces.
ALTER TABLE campaign ADD COLUMN asks TEXT NOT NULL DEFAULT 'appareils connexion distance etudes orientation';

-- Roles that sign (src/charter/act.c), separated by spaces.
ALTER TABLE charter_version ADD COLUMN signers TEXT NOT NULL DEFAULT 'family city education association';

-- 'superieur': a university, a school of higher education; 'structure': an association, a service. The latter have a code of ours instead of a UAI.
ALTER TABLE school RENAME COLUMN kind TO old_kind;
ALTER TABLE school ADD COLUMN kind TEXT NOT NULL DEFAULT 'structure' CHECK (kind IN ('maternelle', 'elementaire', 'primaire', 'superieur', 'structure'));
UPDATE school SET kind = old_kind;
ALTER TABLE school DROP COLUMN old_kind;

-- 'establishment': who answers for a university or a school of higher education.
DROP INDEX charter_signature_live;
ALTER TABLE charter_signature RENAME COLUMN role TO old_role;
ALTER TABLE charter_signature ADD COLUMN role TEXT NOT NULL DEFAULT 'family'
  CHECK (role IN ('family', 'city', 'education', 'establishment', 'association'));
UPDATE charter_signature SET role = old_role;
ALTER TABLE charter_signature DROP COLUMN old_role;
CREATE UNIQUE INDEX charter_signature_live ON charter_signature (act_id, role) WHERE withdrawn_at IS NULL;

-- 'bourse': a grant on social grounds; the proof is seen, never kept.
-- sqlite:
CREATE TABLE award_answer_next (
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  fact TEXT NOT NULL CHECK (fact IN ('appareils', 'connexion', 'distance', 'orientation', 'etudes', 'bourse')),
  version BIGINT NOT NULL,
  value BIGINT,
  day TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (file_id, fact, version)
);
INSERT INTO award_answer_next (file_id, fact, version, value, day, user_id, at) SELECT file_id, fact, version, value, day, user_id, at FROM award_answer;
DROP TABLE award_answer;
ALTER TABLE award_answer_next RENAME TO award_answer;
CREATE TRIGGER award_answer_kept BEFORE UPDATE ON award_answer BEGIN
  SELECT RAISE(ABORT, 'an answer is never changed: another follows it');
END;
CREATE TRIGGER award_answer_kept_whole BEFORE DELETE ON award_answer BEGIN
  SELECT RAISE(ABORT, 'an answer is never cut out');
END;
-- pg:
ALTER TABLE award_answer DROP CONSTRAINT award_answer_fact_check;
ALTER TABLE award_answer ADD CONSTRAINT award_answer_fact_check CHECK (fact IN ('appareils', 'connexion', 'distance', 'orientation', 'etudes', 'bourse'));
-- both:
