-- Schools, as the State numbers them (UAI), what the city says of them, and how others spell their names. No personal data.

CREATE TABLE school (
  id BIGINT PRIMARY KEY,
  uai TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('maternelle', 'elementaire', 'primaire')),
  sector TEXT NOT NULL CHECK (sector IN ('public', 'private')),
  address TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  commune TEXT NOT NULL,
  insee TEXT NOT NULL,
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  district_code TEXT NOT NULL,                  -- the gazetteer's, of the day of the last import; '' when it lies in none
  district TEXT NOT NULL,
  area TEXT NOT NULL,                           -- the priority area it lies in
  ips BIGINT,                                   -- social index, in tenths; NULL: not published
  ips_year TEXT NOT NULL,                       -- "2024-2025"
  state TEXT NOT NULL CHECK (state IN ('open', 'opening', 'closed')),
  rep TEXT NOT NULL CHECK (rep IN ('', 'none', 'rep', 'rep+')),    -- '': nobody has said it yet
  rep_source TEXT NOT NULL,                     -- who says so: a file, or an agent's reason
  rep_day TEXT NOT NULL
);
CREATE INDEX school_insee ON school (insee);

-- Which organisation a school is: its school referents see what concerns these schools, and no others.
CREATE TABLE school_organisation (
  school_id BIGINT PRIMARY KEY REFERENCES school (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id)
);
CREATE INDEX school_organisation_of ON school_organisation (organisation_id);

-- A name that a list gives to a school. Decided once by somebody, it is known from then on.
CREATE TABLE school_spelling (
  id BIGINT PRIMARY KEY,
  insee TEXT NOT NULL,                          -- the commune of the list
  key TEXT NOT NULL,                            -- the name folded, as it is compared
  text TEXT NOT NULL,                           -- as written
  pupils BIGINT,                                -- what the list counts, in its latest year
  pupils_year TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'none')),
  school_id BIGINT REFERENCES school (id),
  at BIGINT NOT NULL,
  user_id BIGINT,                               -- who decided; NULL: nobody yet
  UNIQUE (insee, key)
);
CREATE INDEX school_spelling_school ON school_spelling (school_id);

-- What was said of a school's network and of its organisation, with the reason.
CREATE TABLE school_past (
  id BIGINT PRIMARY KEY,
  school_id BIGINT NOT NULL REFERENCES school (id),
  field TEXT NOT NULL CHECK (field IN ('rep', 'organisation')),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT                                -- NULL: a file
);
CREATE INDEX school_past_school ON school_past (school_id, id);
