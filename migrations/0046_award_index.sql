-- Files of a wave by how far they have come: an allocation counts them at each decision.
CREATE INDEX family_file_of_wave ON family_file (wave_id, state);
