/* How far a campaign has come at the end of a day: by wave, by school, week after week. Counts are of files, and each level holds those that
 * have gone further: a device that came back was handed over. */
#ifndef GABARE_PROGRESS_COUNTS_H
#define GABARE_PROGRESS_COUNTS_H

#include "base/timex.h"
#include "equipment/equipment.h"
#include "files/files.h"

enum level { L_IDENTIFIED, L_ELIGIBLE, L_SIGNED, L_ALLOCATED, L_HANDED, L_ENDED /* returned, or lost */, L_COUNT };
struct tally { i64 v[L_COUNT]; };
/* Adds n files of a state. */
void tally_add(struct tally *t, enum file_state s, i64 n);

struct wave_tally { i64 id, number, target; str title, from, to, done; struct tally n; };         /* id 0: files of waves that were removed */
struct school_tally { i64 wave_id, number, school_id; str uai, name; struct tally n; };           /* school_id 0: no school was said */
/* At the end of that day. planned: what the waves' dates would have; -1 when a wave has none. */
struct trend_point { struct date day; i64 identified, signed_charters, handed, planned; };

#define TREND_MOST 9
struct progress {
	struct date day;
	i64 wave_id, target;                     /* wave_id 0: all; target: the campaign's, or the wave's */
	struct wave_tally *waves; size_t n_waves;
	struct school_tally *schools; size_t n_schools;
	struct trend_point *trend; size_t n_trend;       /* ends of weeks, or of every second… so that there are TREND_MOST at most; the last is `day` */
	i64 weeks;                               /* between two points */
	struct tally sum;
	i64 recent;                              /* handed over in the four weeks that end on `day` */
	struct date start, first, end;           /* where the trend begins; the first handover (d = 0: none); when it is to end (d = 0: nobody said) */
};
/* In db_arena. `wave_id` 0: the whole campaign. `weekly`: a point for each week, however many. */
must_use enum err progress_read(struct db *db, const struct campaign *c, i64 wave_id, struct date day, bool weekly, struct progress *ret);

/* What the dates of its waves would have handed over at the end of that day (date_days), evenly over each; -1: a wave has no dates. */
i64 planned_on(const struct progress *p, i64 day);

/* When the target would be reached if the days to come went as the last four weeks. */
enum pace { PACE_REACHED, PACE_FEW /* too few handovers, or since too short a time, to say */, PACE_FAR /* more than two years */, PACE_DAY };
enum pace pace_of(const struct progress *p, struct date *ret);

#endif
