/* The demonstration's campaign: the plan's own figures (160, 150 and 350 of 660), in schools that are invented. */
#include "equipment/edit.h"

#include "base/timex.h"

#define WITH(uai, who) uai "|" who "|"

static const struct campaign plan = {
	.f = {
		[C_NAME] = S_INIT("Un ordinateur pour chaque famille"), [C_YEAR] = S_INIT("2027"), [C_TARGET] = S_INIT("660"), [C_STATE] = S_INIT("open"),
		[C_PURPOSE] = S_INIT("Prêter un ordinateur reconditionné à chaque famille qui n’en a pas, et l’accompagner. Inventé pour la démonstration."),
		[C_BUDGET] = S_INIT("Plan contre la fracture numérique"), [C_FROM] = S_INIT("2027-02-01"), [C_TO] = S_INIT("2027-06-30"),
		[C_FUNDERS] = S_INIT("Ville de démonstration : 400\nMétropole de démonstration : 200\nEntreprises donatrices : 60"),
		[C_RULES] = S_INIT("2027-01-01|public|families\n2027-01-01|network|rep\n2027-01-01|network|rep+\n2027-01-01|need|no-device\n"
			"2027-09-01|public|families\n2027-09-01|grade|cm1\n2027-09-01|grade|cm2\n2027-09-01|network|rep\n2027-09-01|network|rep+\n"
			"2027-09-01|need|no-device\n2027-09-01|need|new-family\n2027-09-01|school|9990017P\n2027-09-01|school|9990019S"),
	},
};
static const struct wave waves[] = {
	{ .f = { [W_TITLE] = S_INIT("Bellevue"), [W_QUANTITY] = S_INIT("160"), [W_FROM] = S_INIT("2027-02-01"), [W_TO] = S_INIT("2027-02-28"),
		[W_DISTRICTS] = S_INIT("bellevue-chantenay-sainte-anne"),
		[W_SCHOOLS] = S_INIT(WITH("9990001X", "ID Numérique") "\n" WITH("9990003Z", "ID Numérique") "\n" WITH("9990004A", "ALIS 44")) } },
	{ .f = { [W_TITLE] = S_INIT("Bottière, Nantes Nord"), [W_QUANTITY] = S_INIT("150"), [W_FROM] = S_INIT("2027-03-01"), [W_TO] = S_INIT("2027-03-31"),
		[W_DISTRICTS] = S_INIT("doulon-bottiere nantes-nord"),
		[W_SCHOOLS] = S_INIT(WITH("9990005B", "Nâga") "\n" WITH("9990007D", "Nâga") "\n" WITH("9990008E", "PiNG") "\n" WITH("9990009F",
			"PiNG") "\n" WITH("9990011H", "PiNG") "\n"
			WITH("9990012J", "")) } },
	{ .f = { [W_TITLE] = S_INIT("Autres écoles REP et REP+"), [W_QUANTITY] = S_INIT("350"), [W_FROM] = S_INIT("2027-04-01"), [W_TO] = S_INIT("2027-05-31"),
		[W_DISTRICTS] = S_INIT(""),
		[W_SCHOOLS] = S_INIT(WITH("9990013K", "") "\n" WITH("9990015M", "") "\n" WITH("9990017P", "") "\n" WITH("9990019S", "") "\n" WITH("9990020T", "") "\n"
			WITH("9990022V", "")) } },
};

enum err equipment_demo_load(struct db *db, str organisation)
{
	struct equipment_organisation_row_list named;
	struct campaign c = plan;
	i64 had;
	try(equipment_organisation_named(db, organisation, &named));
	if (!named.n)
		return NOT_FOUND;
	c.organisation_id = named.v[0].id;
	try(campaigns_of_organisation(db, c.organisation_id, &had));
	if (had)
		return OK;
	try(campaign_save(db, &c, 0));
	for (size_t i = 0; i < lengthof(waves); i++) {
		struct wave w = waves[i];
		w.campaign_id = c.id;
		w.f[W_DONE] = w.f[W_REMOVED] = S("");
		try(wave_save(db, &w, c.organisation_id, 0));
	}
	return OK;
}
