/* The route tables of all domains; a new domain adds its line here. */
#include "accounts/accounts.h"
#include "aftersales/aftersales.h"
#include "allocation/allocation.h"
#include "app/pages.h"
#include "awarding/awarding.h"
#include "census/census.h"
#include "charter/charter.h"
#include "content/content.h"
#include "directory/place_routes.h"
#include "distribution/distribution.h"
#include "duplicates/duplicates.h"
#include "editing/editing.h"
#include "equipment/equipment.h"
#include "files/files.h"
#include "guide/routes.h"
#include "handover/handover.h"
#include "intake/intake.h"
#include "lists/lists.h"
#include "matching/matching.h"
#include "meetings/meetings.h"
#include "network/network.h"
#include "orientation/orientation.h"
#include "oversight/oversight.h"
#include "pages/pages.h"
#include "schools/schools.h"
#include "triage/triage.h"
#include "stock/stock.h"
#include "writing/writing.h"
#include "people/people.h"
#include "progress/progress.h"

const struct route *const route_tables[] = {
	app_routes,
	pages_routes,
	directory_routes,
	orientation_routes,
	content_routes,
	accounts_routes,
	oversight_routes,
	editing_routes,
	census_routes,
	duplicates_routes,
	intake_routes,
	writing_routes,
	network_routes,
	allocation_routes,
	people_routes,
	guide_routes,
	distribution_routes,
	schools_routes,
	equipment_routes,
	files_routes,
	aftersales_routes,
	triage_routes,
	lists_routes,
	progress_routes,
	awarding_routes,
	charter_routes,
	stock_routes,
	matching_routes,
	handover_routes,
	meetings_routes,
#ifdef GABARE_TESTING
	doors_routes,
#endif
	NULL,
};

wave_counts_fn *wave_counts_source = files_wave_counts;
held_fn *const held_elsewhere[] = {
	files_held, aftersales_held, triage_held, charter_held, award_held, matching_held, handover_held, handover_held_now, meetings_held, NULL,
};
file_panel_fn *const file_panels[] = {
	charter_panel, award_situation_panel, award_rank_panel, matching_panel, handover_panel, aftersales_panel, meetings_panel, NULL,
};
family_panel_fn *const family_panels[] = { files_family, meetings_family, charter_family, award_family, handover_family, aftersales_family, NULL };
file_moved_fn *const file_moves_told[] = { matching_moved, NULL };
recipients_fn *const schools_told = files_told;
const struct school_knower *known_schools = &files_schools;
stock_panel_fn *const stock_panels[] = { handover_deeds, aftersales_deeds, NULL };
own_school_fn *const own_school_lines[] = { meetings_at_school, NULL };
