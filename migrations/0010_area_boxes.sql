-- In which areas a point lies, without reading every outline: areas by their southern edge, and the tallest of them, beyond which
-- no southern edge needs to be looked for.

CREATE INDEX gazetteer_entry_box ON gazetteer_entry (south, north, west, east, kind, valid_from, valid_to) WHERE kind IN (1, 2);
CREATE INDEX gazetteer_entry_height ON gazetteer_entry ((north - south)) WHERE kind IN (1, 2);
