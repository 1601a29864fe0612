-- The gazetteer: what people call where they are (communes and their postal codes, streets, districts, priority areas), with a
-- point for each, and the outlines that say in which district a place stands.

CREATE TABLE gazetteer_entry (
  id BIGINT PRIMARY KEY,
  kind BIGINT NOT NULL,                         -- enum gazetteer_kind
  code TEXT NOT NULL,                           -- INSEE code; of a street, INSEE code and key; of an area, its key with hyphens
  name TEXT NOT NULL,
  detail TEXT NOT NULL,                         -- tells it from its namesakes: "44400 Rezé"; may be empty
  words TEXT NOT NULL,                          -- folded words of the name; parts that are a name by themselves end with '|'
  around TEXT NOT NULL,                         -- folded words that may be said with it: commune, postal codes
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  -- areas only
  valid_from BIGINT NOT NULL,                   -- days; the first
  valid_to BIGINT NOT NULL,                     -- days; the first on which it no longer is; 4611686018427387904: not known yet
  outline BYTEA,                                -- rings of points (src/gazetteer/outline.c)
  south DOUBLE PRECISION,
  north DOUBLE PRECISION,
  west DOUBLE PRECISION,
  east DOUBLE PRECISION
);
CREATE UNIQUE INDEX gazetteer_entry_code ON gazetteer_entry (kind, code, valid_from);

-- sqlite:
CREATE TABLE gazetteer_word (word TEXT NOT NULL, entry_id BIGINT NOT NULL, PRIMARY KEY (word, entry_id));
CREATE TABLE gazetteer_term (word TEXT PRIMARY KEY, reversed TEXT NOT NULL);
-- pg:
CREATE TABLE gazetteer_word (word TEXT COLLATE "C" NOT NULL, entry_id BIGINT NOT NULL, PRIMARY KEY (word, entry_id));
CREATE TABLE gazetteer_term (word TEXT COLLATE "C" PRIMARY KEY, reversed TEXT COLLATE "C" NOT NULL);
-- both:
CREATE INDEX gazetteer_word_entry ON gazetteer_word (entry_id);
CREATE INDEX gazetteer_term_reversed ON gazetteer_term (reversed);
