-- A report that something on a page is wrong is closed by somebody, with a note of what was found.

ALTER TABLE place_report ADD COLUMN closed_at BIGINT;
ALTER TABLE place_report ADD COLUMN closed_by BIGINT;         -- an account
ALTER TABLE place_report ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX place_report_open ON place_report (id) WHERE state = 'open';
