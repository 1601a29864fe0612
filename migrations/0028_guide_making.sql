-- The paper guide, asked for on a page or by the command, made by the jobs process, kept until it is old; the last one that was published is
-- what /guide gives.
CREATE TABLE guide_making (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id BIGINT,                               -- NULL: the command line
  edition TEXT NOT NULL,                        -- of the census; '': the directory
  title TEXT NOT NULL,                          -- on the cover; '': "Guide", and the edition or the year
  code TEXT NOT NULL,                           -- of the only area, a district's or INSEE; '': the whole city, and a leaflet an area
  area TEXT NOT NULL,                           -- its name
  langs TEXT NOT NULL,                          -- "fr simple en ar"
  codes BIGINT NOT NULL CHECK (codes IN (0, 1)),         -- a QR code beside each place
  sheets BIGINT NOT NULL CHECK (sheets IN (0, 1)),       -- A4, two pages a side, to be folded
  state TEXT NOT NULL CHECK (state IN ('waiting', 'making', 'done', 'stopped', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  lease_until BIGINT NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '',               -- why it failed: a word of src/guide/making.c
  done BIGINT NOT NULL DEFAULT 0,               -- files, of `total`
  total BIGINT NOT NULL DEFAULT 0,
  places BIGINT NOT NULL DEFAULT 0,
  told TEXT NOT NULL DEFAULT '',                -- the day that it tells, ISO
  since BIGINT NOT NULL DEFAULT 0,              -- the moment of its data: what changed later is not in it
  published_at BIGINT                           -- the greatest one is on the site
);
CREATE INDEX guide_making_waiting ON guide_making (at) WHERE state IN ('waiting', 'making');
CREATE INDEX guide_making_published ON guide_making (published_at) WHERE published_at IS NOT NULL;

CREATE TABLE guide_made (
  id BIGINT PRIMARY KEY,
  making_id BIGINT NOT NULL REFERENCES guide_making (id),
  lang TEXT NOT NULL,                           -- "fr", "simple", "en", "ar"
  code TEXT NOT NULL,                           -- of a district, or INSEE; '' for the booklet itself
  name TEXT NOT NULL,                           -- of the area
  rank BIGINT NOT NULL,                         -- its order in the guide
  pages BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  pdf BYTEA NOT NULL,
  UNIQUE (making_id, lang, code)
);

-- What had been published by the command.
INSERT INTO guide_making (id, at, edition, title, code, area, langs, codes, sheets, state, done, total, told, since, published_at)
SELECT min(id), min(made_ms), '', '', '', '', 'fr simple en ar', 1, 0, 'done', count(*), count(*), '', min(made_ms), max(made_ms)
FROM guide_file HAVING count(*) > 0;
INSERT INTO guide_made (id, making_id, lang, code, name, rank, pages, bytes, pdf)
SELECT id, (SELECT min(id) FROM guide_file), lang, code, name, rank, pages, bytes, pdf FROM guide_file;
DROP TABLE guide_file;
