-- What the state of a campaign is read from (src/progress): how many files entered and left each state on each day, by wave and school. Kept by
-- triggers, so that no module that moves a file can forget it, and a page over 100,000 files reads some thousand rows. A file is counted in the
-- school that named it first. The day of a step never goes back behind the one before it: a file that was moved back counts back on that day.

ALTER TABLE family_file ADD COLUMN school_id BIGINT REFERENCES school (id);   -- of the child that was named first; NULL: none yet

CREATE TABLE file_count (
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  school_id BIGINT NOT NULL,                    -- 0: no school yet
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,                            -- those that entered, less those that left
  PRIMARY KEY (campaign_id, wave_id, school_id, state, day)
);

UPDATE family_file SET school_id = (SELECT c.school_id FROM family_file_child c WHERE c.file_id = family_file.id ORDER BY c.id LIMIT 1);

INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
SELECT m.campaign_id, m.wave_id, m.school_id, m.state, m.day, CAST(sum(m.n) AS BIGINT) FROM (
  SELECT f.campaign_id, f.wave_id, COALESCE(f.school_id, 0) AS school_id, 'identified' AS state,
    COALESCE((SELECT min(e.day) FROM family_file_event e WHERE e.file_id = f.id AND e.kind = 'named'), f.since_day) AS day, 1 AS n
  FROM family_file f
  UNION ALL
  SELECT f.campaign_id, f.wave_id, COALESCE(f.school_id, 0), CASE s.side WHEN 1 THEN e.after ELSE e.before END,
    (SELECT max(p.day) FROM family_file_event p WHERE p.file_id = e.file_id AND p.id <= e.id AND p.kind <> 'call'), s.side
  FROM family_file_event e JOIN family_file f ON f.id = e.file_id CROSS JOIN (SELECT 1 AS side UNION ALL SELECT -1) s
  WHERE e.before <> '' AND e.before <> e.after
) m GROUP BY m.campaign_id, m.wave_id, m.school_id, m.state, m.day;

-- sqlite:
CREATE TRIGGER file_count_new AFTER INSERT ON family_file BEGIN
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  VALUES (NEW.campaign_id, NEW.wave_id, COALESCE(NEW.school_id, 0), NEW.state, NEW.since_day, 1)
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER file_count_step AFTER INSERT ON family_file_event WHEN NEW.before <> '' AND NEW.before <> NEW.after BEGIN
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  SELECT f.campaign_id, f.wave_id, COALESCE(f.school_id, 0), NEW.before,
    (SELECT max(p.day) FROM family_file_event p WHERE p.file_id = NEW.file_id AND p.kind <> 'call'), -1 FROM family_file f WHERE f.id = NEW.file_id
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = n - 1;
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  SELECT f.campaign_id, f.wave_id, COALESCE(f.school_id, 0), NEW.after,
    (SELECT max(p.day) FROM family_file_event p WHERE p.file_id = NEW.file_id AND p.kind <> 'call'), 1 FROM family_file f WHERE f.id = NEW.file_id
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER file_count_school AFTER INSERT ON family_file_child
WHEN (SELECT f.school_id FROM family_file f WHERE f.id = NEW.file_id) IS NULL BEGIN
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  SELECT f.campaign_id, f.wave_id, 0, f.state,
    COALESCE((SELECT max(p.day) FROM family_file_event p WHERE p.file_id = f.id AND p.kind <> 'call'), f.since_day), -1
  FROM family_file f WHERE f.id = NEW.file_id
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = n - 1;
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  SELECT f.campaign_id, f.wave_id, NEW.school_id, f.state,
    COALESCE((SELECT max(p.day) FROM family_file_event p WHERE p.file_id = f.id AND p.kind <> 'call'), f.since_day), 1
  FROM family_file f WHERE f.id = NEW.file_id
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = n + 1;
  UPDATE family_file SET school_id = NEW.school_id WHERE id = NEW.file_id;
END;
-- pg:
CREATE FUNCTION file_count_add(file BIGINT, school BIGINT, of_state TEXT, by BIGINT) RETURNS void LANGUAGE sql AS $$
  INSERT INTO file_count (campaign_id, wave_id, school_id, state, day, n)
  SELECT f.campaign_id, f.wave_id, school, of_state,
    COALESCE((SELECT max(p.day) FROM family_file_event p WHERE p.file_id = f.id AND p.kind <> 'call'), f.since_day), by
  FROM family_file f WHERE f.id = file
  ON CONFLICT (campaign_id, wave_id, school_id, state, day) DO UPDATE SET n = file_count.n + EXCLUDED.n;
$$;
CREATE FUNCTION file_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM file_count_add(NEW.id, COALESCE(NEW.school_id, 0), NEW.state, 1);
  RETURN NULL;
END $$;
CREATE FUNCTION file_count_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE school BIGINT;
BEGIN
  SELECT COALESCE(f.school_id, 0) INTO school FROM family_file f WHERE f.id = NEW.file_id;
  PERFORM file_count_add(NEW.file_id, school, NEW.before, -1);
  PERFORM file_count_add(NEW.file_id, school, NEW.after, 1);
  RETURN NULL;
END $$;
CREATE FUNCTION file_count_school() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE f family_file%ROWTYPE;
BEGIN
  SELECT * INTO f FROM family_file WHERE id = NEW.file_id;
  IF f.school_id IS NULL THEN
    PERFORM file_count_add(f.id, 0, f.state, -1);
    PERFORM file_count_add(f.id, NEW.school_id, f.state, 1);
    UPDATE family_file SET school_id = NEW.school_id WHERE id = f.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER file_count_new AFTER INSERT ON family_file FOR EACH ROW EXECUTE FUNCTION file_count_new();
CREATE TRIGGER file_count_step AFTER INSERT ON family_file_event FOR EACH ROW WHEN (NEW.before <> '' AND NEW.before <> NEW.after)
  EXECUTE FUNCTION file_count_step();
CREATE TRIGGER file_count_school AFTER INSERT ON family_file_child FOR EACH ROW EXECUTE FUNCTION file_count_school();
-- both:

-- What waits, by step: counted from the index alone.
CREATE INDEX family_file_waiting ON family_file (campaign_id, state, since_day, wave_id, household_id);
CREATE INDEX household_erased ON household (id) WHERE erased_at IS NOT NULL;

-- Whether the campaign's figures are public: the latest row says; none: they are not. Only ever added to.
CREATE TABLE campaign_publication (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  published BIGINT NOT NULL CHECK (published IN (0, 1)),
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL
);
CREATE INDEX campaign_publication_of ON campaign_publication (campaign_id, id);

-- What was published for the end of each month: devices handed over by wave; 0: fewer than 11. Written once, never computed again (figures.h).
CREATE TABLE campaign_figure (
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  month TEXT NOT NULL,                          -- "2027-03"
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  n BIGINT NOT NULL CHECK (n = 0 OR n >= 11),
  PRIMARY KEY (campaign_id, month, wave_id)
);
