-- Free public wifi: the sites of the city's file. One that the file no longer has is ended, and comes back if the file does.
CREATE TABLE wifi_site (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,                    -- what the file calls it, else its folded name and address
  name TEXT NOT NULL,
  address TEXT NOT NULL,                        -- this and the three below may be empty
  commune TEXT NOT NULL,
  network TEXT NOT NULL,                        -- what telephones show: "WIFI-VILLE"
  hours TEXT NOT NULL,                          -- opening_hours when it could be read, else as written
  lat DOUBLE PRECISION,                         -- both, or neither
  lon DOUBLE PRECISION,
  ended_ms BIGINT                               -- since when the file no longer has it
);
