-- Guides on paper (migrations/0029_print_run.sql).

-- ---- runs ----

-- name: print_run_put :exec
-- in: id i64, title text, lang text, quantity i64, printer text, printed_on text, at i64, user_id i64?
INSERT INTO print_run (id, title, lang, quantity, printer, printed_on, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- Nothing when more are delivered.
-- name: print_run_correct :exec
-- in: id i64, quantity i64, printer text, printed_on text
UPDATE print_run SET quantity = $2, printer = $3, printed_on = $4 WHERE id = $1 AND delivered <= $2;

-- name: print_run_get :one -> print_run_row
-- in: id i64
-- out: id i64, title text, lang text, quantity i64, printer text, printed_on text, delivered i64, left_over i64
SELECT r.id, r.title, r.lang, r.quantity, r.printer, r.printed_on, r.delivered,
  CAST(coalesce((SELECT sum(s.received - s.handed) FROM print_stock s WHERE s.run_id = r.id), 0) AS BIGINT) AS left_over
FROM print_run r WHERE r.id = $1;

-- name: print_runs :many -> print_run_row
-- in: offset i64, most i64
-- out: id i64, title text, lang text, quantity i64, printer text, printed_on text, delivered i64, left_over i64
SELECT r.id, r.title, r.lang, r.quantity, r.printer, r.printed_on, r.delivered,
  CAST(coalesce((SELECT sum(s.received - s.handed) FROM print_stock s WHERE s.run_id = r.id), 0) AS BIGINT) AS left_over
FROM print_run r ORDER BY r.printed_on DESC, r.id DESC LIMIT $2 OFFSET $1;

-- name: print_runs_n :scalar
-- out: n i64
SELECT count(*) AS n FROM print_run;

-- The youngest run in a language that has copies left to deliver.
-- name: print_run_for :scalar
-- in: lang text
-- out: id i64
SELECT id FROM print_run WHERE lang = $1 AND delivered < quantity ORDER BY printed_on DESC, id DESC LIMIT 1;

-- ---- deliveries ----

-- Nothing when fewer than that are left: two at once are one after the other here.
-- name: print_run_take :exec
-- in: id i64, quantity i64
UPDATE print_run SET delivered = delivered + $2 WHERE id = $1 AND delivered + $2 <= quantity;

-- name: print_run_give_back :exec
-- in: id i64, quantity i64
UPDATE print_run SET delivered = delivered - $2 WHERE id = $1;

-- name: print_stock_add :exec
-- in: run_id i64, organisation_id i64, quantity i64
INSERT INTO print_stock (run_id, organisation_id, received) VALUES ($1, $2, $3)
ON CONFLICT (run_id, organisation_id) DO UPDATE SET received = print_stock.received + excluded.received;

-- Nothing when fewer than that are left there.
-- name: print_stock_take :exec
-- in: run_id i64, organisation_id i64, quantity i64
UPDATE print_stock SET received = received - $3 WHERE run_id = $1 AND organisation_id = $2 AND received - $3 >= handed;

-- Nothing when it has had fewer than that.
-- name: print_stock_tell :exec
-- in: run_id i64, organisation_id i64, left_over i64, at i64
UPDATE print_stock SET handed = received - $3, told_at = $4 WHERE run_id = $1 AND organisation_id = $2 AND received >= $3;

-- name: print_delivery_put :exec
-- in: id i64, run_id i64, organisation_id i64, quantity i64, day text, dropped_at text, received_enc blob?, at i64, user_id i64?, request_id i64?
INSERT INTO print_delivery (id, run_id, organisation_id, quantity, day, dropped_at, received_enc, at, user_id, request_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: print_delivery_reverse :exec
-- in: id i64, reverses i64, day text, at i64, user_id i64
INSERT INTO print_delivery (id, run_id, organisation_id, quantity, day, dropped_at, at, user_id, reverses)
SELECT $1, run_id, organisation_id, -quantity, $3, dropped_at, $4, $5, id FROM print_delivery WHERE id = $2 AND quantity > 0
ON CONFLICT (reverses) DO NOTHING;

-- name: print_delivery_get :one -> print_delivery_row
-- in: id i64
-- out: id i64, run_id i64, organisation_id i64, quantity i64, day text, dropped_at text, received_enc blob?, request_id i64?, reverses i64?
-- out: organisation text, title text, lang text, taken_back i64
SELECT d.id, d.run_id, d.organisation_id, d.quantity, d.day, d.dropped_at, d.received_enc, d.request_id, d.reverses, o.name AS organisation, r.title, r.lang,
  (SELECT count(*) FROM print_delivery b WHERE b.reverses = d.id) AS taken_back
FROM print_delivery d JOIN organisation o ON o.id = d.organisation_id JOIN print_run r ON r.id = d.run_id WHERE d.id = $1;

-- name: print_deliveries :many -> print_delivery_line
-- in: run_id i64?, organisation_id i64?, before i64, most i64
-- out: id i64, organisation_id i64, quantity i64, day text, dropped_at text, reverses i64?, organisation text, title text, lang text, taken_back i64
SELECT d.id, d.organisation_id, d.quantity, d.day, d.dropped_at, d.reverses, o.name AS organisation, r.title, r.lang,
  (SELECT count(*) FROM print_delivery b WHERE b.reverses = d.id) AS taken_back
FROM print_delivery d JOIN organisation o ON o.id = d.organisation_id JOIN print_run r ON r.id = d.run_id
WHERE (CAST($1 AS BIGINT) IS NULL OR d.run_id = $1) AND (CAST($2 AS BIGINT) IS NULL OR d.organisation_id = $2) AND d.id < $3 ORDER BY d.id DESC LIMIT $4;

-- name: print_names_forget :exec
-- in: before i64, most i64
UPDATE print_delivery SET received_enc = NULL
WHERE id IN (SELECT id FROM print_delivery WHERE received_enc IS NOT NULL AND at < $1 ORDER BY at LIMIT $2);

-- ---- stocks ----

-- Of one structure, or all; those with the smallest part left first.
-- name: print_stocks :many -> print_stock_line
-- in: organisation_id i64?, scarce i64, most i64
-- out: run_id i64, organisation_id i64, organisation text, title text, lang text, received i64, handed i64, told_at i64?
SELECT s.run_id, s.organisation_id, o.name AS organisation, r.title, r.lang, s.received, s.handed, s.told_at
FROM print_stock s JOIN organisation o ON o.id = s.organisation_id JOIN print_run r ON r.id = s.run_id
WHERE (CAST($1 AS BIGINT) IS NULL OR s.organisation_id = $1) AND s.received > 0 AND ($2 = 0 OR (s.received - s.handed) * 5 <= s.received)
ORDER BY CASE WHEN $2 = 0 THEN 0 ELSE s.received - s.handed END, o.name COLLATE fr, r.printed_on DESC, s.run_id DESC LIMIT $3;

-- name: print_stock_of :one -> print_stock_row
-- in: run_id i64, organisation_id i64
-- out: received i64, handed i64
SELECT received, handed FROM print_stock WHERE run_id = $1 AND organisation_id = $2;

-- ---- requests ----

-- Asking again says another number.
-- name: print_request_put :exec
-- in: id i64, organisation_id i64, lang text, quantity i64, at i64, user_id i64
INSERT INTO print_request (id, organisation_id, lang, quantity, state, at, user_id) VALUES ($1, $2, $3, $4, 'open', $5, $6)
ON CONFLICT (organisation_id, lang) WHERE state = 'open' DO UPDATE SET quantity = excluded.quantity, at = excluded.at, user_id = excluded.user_id;

-- name: print_requests :many -> print_request_row
-- in: organisation_id i64?, most i64
-- out: id i64, organisation_id i64, organisation text, lang text, quantity i64, at i64
SELECT q.id, q.organisation_id, o.name AS organisation, q.lang, q.quantity, q.at FROM print_request q JOIN organisation o ON o.id = q.organisation_id
WHERE q.state = 'open' AND (CAST($1 AS BIGINT) IS NULL OR q.organisation_id = $1) ORDER BY q.at, q.id LIMIT $2;

-- name: print_request_open_of :scalar
-- in: organisation_id i64, lang text
-- out: id i64
SELECT id FROM print_request WHERE organisation_id = $1 AND lang = $2 AND state = 'open';

-- name: print_request_get :one -> print_request_row
-- in: id i64
-- out: id i64, organisation_id i64, organisation text, lang text, quantity i64, at i64
SELECT q.id, q.organisation_id, o.name AS organisation, q.lang, q.quantity, q.at FROM print_request q JOIN organisation o ON o.id = q.organisation_id
WHERE q.id = $1 AND q.state = 'open';

-- name: print_request_settle :exec
-- in: id i64, organisation_id i64?, state text, at i64
UPDATE print_request SET state = $3, settled_at = $4
WHERE id = $1 AND state = 'open' AND (CAST($2 AS BIGINT) IS NULL OR organisation_id = $2);

-- name: print_request_reopen :exec
-- in: id i64
UPDATE print_request SET state = 'open', settled_at = NULL WHERE id = $1 AND state = 'done' AND NOT EXISTS
  (SELECT 1 FROM print_request o WHERE o.organisation_id = print_request.organisation_id AND o.lang = print_request.lang AND o.state = 'open');

-- ---- structures ----

-- name: print_organisation :one -> print_organisation_row
-- in: id i64
-- out: id i64, name text
SELECT id, name FROM organisation WHERE id = $1;

-- name: print_organisations :many -> print_organisation_row
-- in: most i64
-- out: id i64, name text
SELECT id, name FROM organisation ORDER BY name COLLATE fr, id LIMIT $1;
