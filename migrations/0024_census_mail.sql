-- To whom each ask goes by mail: a structure with several places is written to once, about all of them.
ALTER TABLE census_ask ADD COLUMN mail TEXT NOT NULL DEFAULT '';
CREATE INDEX census_ask_mail ON census_ask (edition_id, mail, id) WHERE write_asked = 1;
