-- How long a file is kept is said in months, and told as a day of the calendar: three months from 30 November are over on 28 February, and two years
-- on 30 November. months 0: it is counted in days.
ALTER TABLE people_rule ADD COLUMN months BIGINT NOT NULL DEFAULT 0;
UPDATE people_rule SET months = 3 WHERE rule = 'no_contact_days' AND days = 92;
UPDATE people_rule SET months = 24 WHERE rule = 'file_days' AND days = 730;
