-- The paper guide as it was last published: whole (code '') and one leaflet an area, in each language. Publishing replaces it.
CREATE TABLE guide_file (
  id BIGINT PRIMARY KEY,
  lang TEXT NOT NULL,                           -- "fr", "simple", "en", "ar"
  code TEXT NOT NULL,                           -- of a district, or INSEE; '' for the whole city
  name TEXT NOT NULL,                           -- of the area
  rank BIGINT NOT NULL,                         -- its order in the guide
  pages BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  made_ms BIGINT NOT NULL,
  pdf BYTEA NOT NULL,
  UNIQUE (lang, code)
);
