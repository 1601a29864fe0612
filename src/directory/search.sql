-- Words that occur in the directory, for correcting what was typed.

-- name: search_word_known :scalar
-- in: word text
-- out: n i64
SELECT count(*) FROM place_word WHERE word = $1;

-- name: search_words_by_start :many -> place_word_row
-- in: start text, past text
-- out: word text
SELECT word FROM place_word WHERE word >= $1 AND word < $2 ORDER BY word LIMIT 2000;

-- name: search_words_by_end :many -> place_word_row
-- in: start text, past text
-- out: word text
SELECT word FROM place_word WHERE reversed >= $1 AND reversed < $2 ORDER BY reversed LIMIT 2000;
