-- Pages that are written (procedures, advice): what the city makes of the texts that come with the program, and pages of its own. A
-- version is never changed: whoever saves adds one.
CREATE TABLE written_page (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('demarche', 'conseil')),
  name TEXT NOT NULL,                           -- of its address: "impots"
  withdrawn_ms BIGINT,                          -- the public sees it no more
  UNIQUE (kind, name)
);
CREATE TABLE written_text (
  id BIGINT PRIMARY KEY,
  page_id BIGINT NOT NULL REFERENCES written_page (id),
  lang TEXT NOT NULL CHECK (lang IN ('fr', 'simple', 'en', 'ar')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'delivered')),  -- delivered: back to the text that came with the program
  title TEXT NOT NULL,
  text TEXT NOT NULL,                           -- Markdown, as in content/; '' when delivered
  saved_ms BIGINT NOT NULL,
  saved_by BIGINT NOT NULL                      -- account; 0: a command
);
CREATE INDEX written_text_of_page ON written_text (page_id, lang, id);
-- Which version counts now. No row, or no published one: the text that came with the program.
CREATE TABLE written_now (
  page_id BIGINT NOT NULL REFERENCES written_page (id),
  lang TEXT NOT NULL,
  published_id BIGINT REFERENCES written_text (id),
  draft_id BIGINT REFERENCES written_text (id),
  french_id BIGINT NOT NULL,                    -- the French version that it was compared with; 0: the one that came with the program
  PRIMARY KEY (page_id, lang)
);
