-- How the files of a source are read, when their columns are not the national ones (src/directory/place_layout.h).
CREATE TABLE import_layout (
  source TEXT PRIMARY KEY,
  layout TEXT NOT NULL,                         -- JSON
  at BIGINT NOT NULL,
  author TEXT NOT NULL
);
