-- The counts by day are read in two orders, each from its index alone (100,000 files are some 50,000 rows).
CREATE INDEX file_count_read ON file_count (campaign_id, wave_id, school_id, state, day, n);
CREATE INDEX file_count_days ON file_count (campaign_id, day, state, wave_id, n);
