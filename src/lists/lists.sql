-- Lists of families (migrations/: family_list).

-- name: list_put :exec
-- in: id i64, campaign_id i64, school_id i64?, user_id i64, at i64, source text, key_enc blob
INSERT INTO family_list (id, campaign_id, school_id, user_id, at, source, state, fault, fields, never, total, done, key_enc)
VALUES ($1, $2, $3, $4, $5, $6, 'look', '', '', '', 0, 0, $7);

-- name: list_get :one -> list_line
-- in: id i64
-- out: id i64, campaign_id i64, organisation_id i64, school_id i64?, school text?, uai text?, user_id i64, at i64, source text, state text, fault text
-- out: fields text, never text, total i64, done i64, key_enc blob?, head_enc blob?, schools_enc blob?, named text
SELECT l.id, l.campaign_id, c.organisation_id, l.school_id, s.name AS school, s.uai, l.user_id, l.at, l.source, l.state, l.fault, l.fields, l.never, l.total,
  l.done, l.key_enc, l.head_enc, l.schools_enc, c.named
FROM family_list l JOIN campaign c ON c.id = l.campaign_id LEFT JOIN school s ON s.id = l.school_id WHERE l.id = $1;

-- Of a campaign: a service's, and those of schools once they have confirmed them; of a school (its id): its own. The latest first.
-- name: lists_of :many -> list_summary
-- in: campaign_id i64, school_id i64, most i64
-- out: id i64, at i64, source text, school text?, state text, total i64, waiting i64
SELECT l.id, l.at, l.source, s.name AS school, l.state, l.total,
  (SELECT count(*) FROM family_list_row r WHERE r.list_id = l.id AND r.outcome = '' AND r.verdict = 'ask' AND r.choice = '' AND r.cells_enc IS NOT NULL) AS waiting
FROM family_list l LEFT JOIN school s ON s.id = l.school_id
WHERE ($1 <> 0 AND l.campaign_id = $1 AND (l.school_id IS NULL OR l.state IN ('apply', 'done', 'undo', 'undone'))) OR ($2 <> 0 AND l.school_id = $2)
ORDER BY l.at DESC, l.id LIMIT $3;

-- name: list_next :scalar
-- out: id i64
SELECT id FROM family_list WHERE state IN ('look', 'check', 'apply', 'undo') ORDER BY at, id LIMIT 1;

-- name: list_move :exec
-- in: id i64, before text, state text, user_id i64
UPDATE family_list SET state = $3, user_id = $4, done = 0 WHERE id = $1 AND state = $2;

-- name: list_moves :exec
-- in: id i64, done i64
UPDATE family_list SET done = $2 WHERE id = $1;

-- name: list_failed :exec
-- in: id i64, before text, state text, fault text
UPDATE family_list SET state = $3, fault = $4 WHERE id = $1 AND state = $2;

-- name: list_looked :exec
-- in: id i64, state text, fields text, never text, total i64, head_enc blob
UPDATE family_list SET state = $2, fields = $3, never = $4, total = $5, head_enc = $6 WHERE id = $1 AND state = 'look';

-- name: list_laid :exec
-- in: id i64, fields text, user_id i64
UPDATE family_list SET fields = $2, state = 'check', user_id = $3, done = 0 WHERE id = $1 AND state IN ('columns', 'schools', 'checked');

-- name: list_schools :exec
-- in: id i64, schools_enc blob
UPDATE family_list SET schools_enc = $2, state = 'schools' WHERE id = $1 AND state = 'check';

-- The key goes, and with it all that it sealed.
-- name: list_forget :exec
-- in: id i64
UPDATE family_list SET key_enc = NULL, head_enc = NULL, schools_enc = NULL,
  state = CASE WHEN state IN ('done', 'undone', 'failed', 'undo') THEN state WHEN state = 'apply' THEN 'done' ELSE 'stopped' END WHERE id = $1;

-- name: list_forget_rows :exec
-- in: id i64
UPDATE family_list_row SET cells_enc = NULL WHERE list_id = $1 AND cells_enc IS NOT NULL;

-- name: list_old :many -> list_old_row
-- in: before i64, most i64
-- out: id i64
SELECT id FROM family_list WHERE key_enc IS NOT NULL AND at < $1 ORDER BY at LIMIT $2;

-- A school's families that the city has not looked at in time are taken in as others: nothing is lost, and agents see that they are alike.
-- name: list_release :exec
-- in: before i64
UPDATE family_list_row SET choice = 'other' WHERE choice = '' AND verdict = 'ask' AND outcome = '' AND by_city = 1 AND list_id IN (
  SELECT id FROM family_list WHERE state = 'done' AND key_enc IS NOT NULL AND at < $1);

-- name: list_release_move :exec
-- in: before i64
UPDATE family_list SET state = 'apply', done = 0 WHERE state = 'done' AND key_enc IS NOT NULL AND at < $1 AND EXISTS (
  SELECT 1 FROM family_list_row r WHERE r.list_id = family_list.id AND r.by_city = 1 AND r.choice = 'other' AND r.outcome = '' AND r.cells_enc IS NOT NULL);

-- ---- the file ----

-- name: list_piece_put :exec
-- in: list_id i64, number i64, piece_enc blob
INSERT INTO family_list_piece (list_id, number, piece_enc) VALUES ($1, $2, $3);

-- name: list_pieces :many -> list_piece
-- in: list_id i64
-- out: number i64, piece_enc blob
SELECT number, piece_enc FROM family_list_piece WHERE list_id = $1 ORDER BY number;

-- name: list_pieces_drop :exec
-- in: list_id i64
DELETE FROM family_list_piece WHERE list_id = $1;

-- ---- rows ----

-- name: list_row_put :exec
-- in: list_id i64, number i64, line i64, cells_enc blob
INSERT INTO family_list_row (list_id, number, line, cells_enc, verdict, reason, position, choice, by_city, outcome)
VALUES ($1, $2, $3, $4, '', '', 0, '', 0, '');

-- name: list_rows_drop :exec
-- in: list_id i64
DELETE FROM family_list_row WHERE list_id = $1;

-- name: list_rows :many -> list_row_line
-- in: list_id i64, after i64, most i64
-- out: number i64, line i64, cells_enc blob?, verdict text, reason text, position i64, choice text, by_city i64, outcome text, household_id i64?, file_id i64?
SELECT number, line, cells_enc, verdict, reason, position, choice, by_city, outcome, household_id, file_id FROM family_list_row
WHERE list_id = $1 AND number > $2 ORDER BY number LIMIT $3;

-- name: list_row_get :one -> list_row_line
-- in: list_id i64, number i64
-- out: number i64, line i64, cells_enc blob?, verdict text, reason text, position i64, choice text, by_city i64, outcome text, household_id i64?, file_id i64?
SELECT number, line, cells_enc, verdict, reason, position, choice, by_city, outcome, household_id, file_id FROM family_list_row
WHERE list_id = $1 AND number = $2;

-- Of a verdict, those that one may look at: the city all of them (`hidden` 1), a school what is not for the city.
-- name: list_rows_of :many -> list_row_line
-- in: list_id i64, verdict text, hidden i64, most i64, skip i64
-- out: number i64, line i64, cells_enc blob?, verdict text, reason text, position i64, choice text, by_city i64, outcome text, household_id i64?, file_id i64?
SELECT number, line, cells_enc, verdict, reason, position, choice, by_city, outcome, household_id, file_id FROM family_list_row
WHERE list_id = $1 AND verdict = $2 AND (by_city = 0 OR $3 = 1) AND outcome = '' AND cells_enc IS NOT NULL ORDER BY number LIMIT $4 OFFSET $5;

-- name: list_row_judge :exec
-- in: list_id i64, number i64, verdict text, reason text, position i64, choice text, by_city i64
UPDATE family_list_row SET verdict = $3, reason = $4, position = $5, choice = $6, by_city = $7 WHERE list_id = $1 AND number = $2 AND outcome = '';

-- name: list_row_choose :exec
-- in: list_id i64, number i64, choice text
UPDATE family_list_row SET choice = $3 WHERE list_id = $1 AND number = $2 AND outcome = '' AND verdict IN ('same', 'ask');

-- name: list_row_take :exec
-- in: list_id i64, number i64, outcome text, household_id i64?, household_version i64?, file_id i64?, file_version i64?, person_id i64?, child_row_id i64?
UPDATE family_list_row SET outcome = $3, household_id = $4, household_version = $5, file_id = $6, file_version = $7, person_id = $8, child_row_id = $9,
  cells_enc = NULL WHERE list_id = $1 AND number = $2 AND outcome = '';

-- name: list_likes_drop :exec
-- in: list_id i64
DELETE FROM family_list_like WHERE list_id = $1;

-- name: list_like_put :exec
-- in: list_id i64, number i64, rank i64, like_number i64, household_id i64, certain i64, why text, hidden i64
INSERT INTO family_list_like (list_id, number, rank, like_number, household_id, certain, why, hidden) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: list_likes :many -> list_like_line
-- in: list_id i64, number i64
-- out: rank i64, like_number i64, household_id i64, certain i64, why text, hidden i64
SELECT rank, like_number, household_id, certain, why, hidden FROM family_list_like WHERE list_id = $1 AND number = $2 ORDER BY rank;

-- name: list_counts :many -> list_count
-- in: list_id i64
-- out: verdict text, outcome text, chosen i64, reason text, by_city i64, n i64
SELECT verdict, outcome, CASE WHEN choice = '' THEN 0 ELSE 1 END AS chosen, reason, by_city, count(*) AS n FROM family_list_row WHERE list_id = $1
GROUP BY verdict, outcome, CASE WHEN choice = '' THEN 0 ELSE 1 END, reason, by_city;

-- ---- taking back ----

-- name: list_files :many -> list_file
-- in: list_id i64, most i64
-- out: file_id i64, version i64, household_id i64
SELECT file_id, max(file_version) AS version, max(household_id) AS household_id FROM family_list_row
WHERE list_id = $1 AND file_id IS NOT NULL AND outcome IN ('new', 'joined', 'known') GROUP BY file_id ORDER BY file_id LIMIT $2;

-- name: list_rows_of_file :many -> list_taken
-- in: scope i64, list_id i64
-- out: number i64, outcome text, household_id i64?, household_version i64?, file_version i64?, person_id i64?, child_row_id i64?
SELECT number, outcome, household_id, household_version, file_version, person_id, child_row_id FROM family_list_row
WHERE file_id = $1 AND list_id = $2 AND outcome IN ('new', 'joined', 'known') ORDER BY number DESC;

-- name: list_file_end :exec
-- in: file_id i64, list_id i64, outcome text
UPDATE family_list_row SET outcome = $3 WHERE file_id = $1 AND list_id = $2 AND outcome IN ('new', 'joined', 'known');

-- ---- presets ----

-- name: list_preset :one -> list_preset_row
-- in: organisation_id i64, source text
-- out: columns text
SELECT columns FROM family_list_preset WHERE organisation_id = $1 AND source = $2;

-- name: list_preset_put :exec
-- in: organisation_id i64, source text, columns text
INSERT INTO family_list_preset (organisation_id, source, columns) VALUES ($1, $2, $3)
ON CONFLICT (organisation_id, source) DO UPDATE SET columns = excluded.columns;

-- name: list_sources :many -> list_source
-- in: organisation_id i64, most i64
-- out: source text
SELECT source FROM family_list_preset WHERE organisation_id = $1 ORDER BY source LIMIT $2;

-- Whether this school named that household itself.
-- name: list_named_by :scalar
-- in: scope i64, school_id i64
-- out: n i64
SELECT count(*) FROM family_file_child c JOIN household h ON h.id = c.household_id
WHERE (h.id = $1 OR h.merged_into = $1) AND c.school_id = $2 AND c.by_school = 1;
