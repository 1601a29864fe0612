-- Allocation joined to files (migrations/0043_awarding_facts.sql and after).

-- ---- facts ----

-- name: award_answers :many -> award_answer_row
-- in: scope i64
-- out: file_id i64, fact text, version i64, value i64?, day text, user_id i64, at i64
SELECT a.file_id, a.fact, a.version, a.value, a.day, a.user_id, a.at FROM award_answer a
WHERE a.file_id = $1 AND NOT EXISTS (SELECT 1 FROM award_answer n WHERE n.file_id = a.file_id AND n.fact = a.fact AND n.version = a.version + 1)
ORDER BY a.fact;

-- name: award_answers_ever :many -> award_answer_row
-- in: scope i64
-- out: file_id i64, fact text, version i64, value i64?, day text, user_id i64, at i64
SELECT a.file_id, a.fact, a.version, a.value, a.day, a.user_id, a.at FROM award_answer a WHERE a.file_id = $1 ORDER BY a.at, a.fact, a.version LIMIT 100;

-- name: award_answer_put :exec
-- in: file_id i64, fact text, version i64, value i64?, day text, user_id i64, at i64
INSERT INTO award_answer (file_id, fact, version, value, day, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (file_id, fact, version) DO NOTHING;

-- What other modules know: children at school, of the household or named in the file; whether one is in CM1 or CM2; the priority area, when the
-- address is known. A household that was read as part of another counts with it.
-- name: award_known :one -> award_known_row
-- in: file_id i64
-- out: children i64, cm i64, area i64?
SELECT
  (SELECT count(*) FROM person p WHERE p.kind = 'child' AND p.erased_at IS NULL AND p.household_id IN (SELECT g.id FROM household g WHERE g.id = r.id OR g.merged_into = r.id)
    AND (p.class NOT IN ('', 'autre') OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.person_id = p.id))) AS children,
  CASE WHEN EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.class IN ('CM1', 'CM2'))
    OR EXISTS (SELECT 1 FROM person p WHERE p.kind = 'child' AND p.erased_at IS NULL AND p.class IN ('CM1', 'CM2')
      AND p.household_id IN (SELECT g.id FROM household g WHERE g.id = r.id OR g.merged_into = r.id)) THEN 1 ELSE 0 END AS cm,
  CASE WHEN r.areas_on = '' THEN NULL WHEN r.priority_area_code <> '' THEN 1 ELSE 0 END AS area
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id) WHERE f.id = $1;

-- For the file that a family is handed over.
-- name: award_file_named :scalar
-- in: public_id text, campaign_id i64
-- out: id i64
SELECT id FROM family_file WHERE public_id = $1 AND campaign_id = $2;
