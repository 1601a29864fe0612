-- Guides on paper, from the printer to the structures. What was printed is delivered, what was delivered is handed out or left; each number is
-- held below the one above it by the database, so that two people who deliver the last copies cannot both. What it cost is not here.
CREATE TABLE print_run (
  id BIGINT PRIMARY KEY,
  title TEXT NOT NULL,                          -- "Guide 2026"
  lang TEXT NOT NULL CHECK (lang IN ('fr', 'simple', 'en', 'ar')),
  quantity BIGINT NOT NULL,
  printer TEXT NOT NULL,
  printed_on TEXT NOT NULL,                     -- a day
  delivered BIGINT NOT NULL DEFAULT 0,          -- the sum of its deliveries
  at BIGINT NOT NULL,
  user_id BIGINT,                               -- NULL: the demonstration
  CHECK (delivered >= 0 AND delivered <= quantity)
);

-- What a structure has had of a run, and what of that is gone.
CREATE TABLE print_stock (
  run_id BIGINT NOT NULL REFERENCES print_run (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  received BIGINT NOT NULL,                     -- the sum of its deliveries
  handed BIGINT NOT NULL DEFAULT 0,             -- handed out, by what the structure says is left
  told_at BIGINT,                               -- when it said so last
  PRIMARY KEY (run_id, organisation_id),
  CHECK (handed >= 0 AND handed <= received)
);
CREATE INDEX print_stock_organisation ON print_stock (organisation_id);

CREATE TABLE print_request (
  id BIGINT PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  lang TEXT NOT NULL CHECK (lang IN ('fr', 'simple', 'en', 'ar')),
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'dropped')),
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  settled_at BIGINT
);
CREATE UNIQUE INDEX print_request_open ON print_request (organisation_id, lang) WHERE state = 'open';

-- A line is never erased: a mistake is taken back by a line that says the opposite.
CREATE TABLE print_delivery (
  id BIGINT PRIMARY KEY,
  run_id BIGINT NOT NULL REFERENCES print_run (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  quantity BIGINT NOT NULL CHECK (quantity <> 0),
  day TEXT NOT NULL,
  dropped_at TEXT NOT NULL,                     -- where: "accueil, rez-de-chaussée"; may be empty
  received_enc BYTEA,                           -- who took it in (sealed: print_delivery:received_enc); a year
  at BIGINT NOT NULL,
  user_id BIGINT,
  request_id BIGINT REFERENCES print_request (id),       -- that it answers
  reverses BIGINT UNIQUE REFERENCES print_delivery (id),
  CHECK ((quantity < 0) = (reverses IS NOT NULL))
);
CREATE INDEX print_delivery_run ON print_delivery (run_id, id);
CREATE INDEX print_delivery_organisation ON print_delivery (organisation_id, id);
CREATE INDEX print_delivery_named ON print_delivery (at) WHERE received_enc IS NOT NULL;

-- sqlite:
CREATE TRIGGER print_delivery_kept BEFORE UPDATE OF run_id, organisation_id, quantity, day, at, reverses ON print_delivery BEGIN
  SELECT RAISE(ABORT, 'a delivery is never changed');
END;
CREATE TRIGGER print_delivery_kept_whole BEFORE DELETE ON print_delivery BEGIN
  SELECT RAISE(ABORT, 'a delivery is never erased');
END;
-- pg:
CREATE FUNCTION print_delivery_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a delivery is never changed';
END $$;
CREATE TRIGGER print_delivery_kept BEFORE UPDATE OF run_id, organisation_id, quantity, day, at, reverses ON print_delivery
  FOR EACH ROW EXECUTE FUNCTION print_delivery_refuse();
CREATE TRIGGER print_delivery_kept_whole BEFORE DELETE ON print_delivery FOR EACH ROW EXECUTE FUNCTION print_delivery_refuse();
-- both:
