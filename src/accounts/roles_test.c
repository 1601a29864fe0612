/* The matrix of roles (tests/roles.txt): every route of the program, asked by nobody, and by each role about an object of its own
 * organisation and about another's (a household: also one shared with it, and one shared until a moment ago), must answer as its line says.
 * A route without a line fails, and so does a line without a route. Asking needs no stamp: a POST that is allowed is refused for it
 * afterwards (403), one that is not never gets so far. */
#include "accounts/roles.h"

#include "accounts/accounts.h"
#include "base/timex.h"
#include "directory/directory.h"
#include "given_care.h"
#include "given_charter.h"
#include "given_stock.h"
#include "people/people.h"

#define MATRIX "tests/roles.txt"
#define LINES_MAX 800

struct line { str method, path, allowed; bool used; };

static struct line lines[LINES_MAX];
static size_t n_lines;

static void read_matrix(void)
{
	static char text[65536];
	str rest, line, method;
	FILE *f = fopen(MATRIX, "re");
	if (!f)
		fail_msg("cannot read %s (tests run from the root)", MATRIX);
	rest = (str){ text, fread(text, 1, sizeof text, f) };
	fclose(f);
	while (str_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		assert_true(n_lines < LINES_MAX && str_next(&line, ' ', &method));
		struct line *l = &lines[n_lines++];
		l->method = method;
		line = str_trim(line);
		assert_true(str_next(&line, ' ', &l->path));
		l->allowed = str_trim(line);
	}
}

static struct line *line_of(const struct route *r)
{
	str method = r->method == POST ? S("POST") : S("GET");
	for (size_t i = 0; i < n_lines; i++)
		if (str_eq(lines[i].method, method) && str_eq(lines[i].path, str_c(r->path)))
			return &lines[i];
	return NULL;
}

/* "own", "any" or nothing, of "admin=own coordinator=any"; "public" and "session" speak for all. */
static str allowed_to(const struct line *l, const char *role)
{
	str rest = l->allowed, one, name;
	while (str_next(&rest, ' ', &one)) {
		if (str_eq(one, S("public")) || str_eq(one, S("session")))
			return S("any");
		if (str_next(&one, '=', &name) && str_eq(name, str_c(role)))
			return one;
	}
	return S("");
}

/* ---- the world: two organisations, and in each somebody of every role and somebody to act upon ---- */

struct side { str place, pair, household, person; i64 organisation, colleague, delivery, run, group, contact, mail, holder[ROLES_COUNT]; };

/* "12-34", by the ids of two places. */
static str pair_with(str first, str second)
{
	struct place_owned one, two;
	assert_ok(place_owned(ask_db(), first, &one));
	assert_ok(place_owned(ask_db(), second, &two));
	return str_printf(unit_arena(1 << 10), "%lld-%lld", (long long)one.place.place_id, (long long)two.place.place_id);
}

static str first_person(str household)
{
	struct household h;
	assert_ok(household_named(ask_db(), household, &h));
	return str_copy(unit_arena(1 << 8), h.persons[0].public_id);
}

static struct side side(const char *name)
{
	struct arena *a = unit_arena(1 << 16);
	struct side s = { .organisation = given_organisation(name) };
	for (enum account_role r = 0; r < ROLES_COUNT; r++)
		s.holder[r] = given_account(str_printf(a, "%s@%s.example", role_code(r), name).p, role_code(r), s.organisation, r);
	s.colleague = given_account(str_printf(a, "colleague@%s.example", name).p, "Colleague", s.organisation, ROLE_MEDIATOR);
	s.place = given_place(name, name);
	s.household = given_household(s.organisation, "Leïla", name, "+33199001200");
	s.person = first_person(s.household);
	s.pair = pair_with(s.place, given_place(name, str_printf(a, "%s-again", name).p));
	s.delivery = given_delivery(s.organisation, &s.run);
	given_invitation(s.colleague, s.organisation);
	s.group = given_group(s.organisation);
	s.contact = given_contact(s.organisation, str_printf(a, "contact@%s.example", name).p);
	s.mail = given_network_mail();
	return s;
}

/* A device by its label, a handover day. */
static str stock_path(struct arena *a, str path, const struct side *s)
{
	if (str_find(path, S(":poste")) >= 0 || str_find(path, S(":etiquette")) >= 0)
		path = str_replace(a, str_replace(a, path, S(":poste"), given_device_label(s->organisation)), S(":etiquette"), given_device_label(s->organisation));
	if (str_find(path, S(":remise")) >= 0)
		path = str_replace(a, path, S(":remise"), str_printf(a, "%lld", (long long)given_handover_day(s->organisation)));
	return path;
}

/* A breakdown of a family's computer: made when it is asked for. */
static str ticket_path(struct arena *a, str path, i64 organisation)
{
	return str_find(path, S(":ticket")) < 0 ? path : str_replace(a, path, S(":ticket"), str_printf(a, "%lld", (long long)given_ticket(organisation)));
}

static str meeting_of_path(struct arena *a, str path, i64 organisation)
{
	return str_find(path, S(":reunion")) < 0 ? path : str_replace(a, path, S(":reunion"), str_printf(a, "%lld", (long long)given_meeting(organisation)));
}

/* The route's path with an object of that side in each parameter. */
static const char *path_for(const struct route *r, const struct side *s)
{
	static struct arena *a;                  /* one for all: a test may have 8,192 */
	a = a ? a : unit_arena((size_t)64 << 20);
	str path = str_c(r->path);
	path = str_replace(a, path, S(":edition"), given_closed_edition());
	path = str_replace(a, path, S(":organisation"), str_printf(a, "%lld", (long long)s->organisation));
	path = str_replace(a, path, S(":compte"), str_printf(a, "%lld", (long long)s->colleague));
	path = str_replace(a, path, S(":lieu"), s->place);
	path = ticket_path(a, path, s->organisation);
	path = str_replace(a, path, S(":foyer"), s->household);
	path = str_replace(a, path, S(":personne"), s->person);
	path = str_replace(a, path, S(":session"), S("0123456789abcdef"));
	path = str_replace(a, path, S(":paire"), s->pair);
	path = str_replace(a, path, S(":demande"), str_printf(a, "%lld", (long long)given_census_ask(str_z(a, s->place))));
	path = str_replace(a, path, S(":import"), str_printf(a, "%lld", (long long)given_upload()));
	path = str_replace(a, path, S(":genre/:ecrit"), S("conseil/arnaques"));
	path = str_replace(a, path, S(":guide"), str_printf(a, "%lld", (long long)given_guide_made()));
	path = str_replace(a, path, S(":langue"), S("fr"));
	if (str_find(path, S(":tirage")) >= 0)   /* a draw, or a print run */
		path = str_replace(a, path, S(":tirage"), str_printf(a, "%lld", (long long)(str_starts(path, S("/algorithmes")) ? given_draw(s->organisation) : s->run)));
	path = str_replace(a, path, S(":livraison"), str_printf(a, "%lld", (long long)s->delivery));
	path = str_replace(a, path, S(":groupe"), str_printf(a, "%lld", (long long)s->group));
	path = str_replace(a, path, S(":contact"), str_printf(a, "%lld", (long long)s->contact));
	path = str_replace(a, path, S(":message"), str_printf(a, "%lld", (long long)s->mail));
	if (str_find(path, S(":regle")) >= 0)
		path = str_replace(a, path, S(":regle"), str_printf(a, "%lld", (long long)given_allocation_set(s->organisation, s->colleague)));
	path = str_replace(a, path, S(":uai"), given_school("9990001X"));
	if (str_find(path, S(":orthographe")) >= 0)
		path = str_replace(a, path, S(":orthographe"), str_printf(a, "%lld", (long long)given_spelling("LA CALE ELEM")));
	if (str_find(path, S(":ecole")) >= 0) {
		str uai = str_printf(a, "U%lld", (long long)s->organisation);
		given_school_in_wave(str_z(a, uai), s->organisation, 0);
		path = str_replace(a, path, S(":ecole"), uai);
	}
	if (str_find(path, S(":liste")) >= 0)
		path = str_replace(a, path, S(":liste"), str_printf(a, "%lld", (long long)given_family_list(s->organisation, str_starts(path, S("/agent/ecole")))));
	if (str_find(path, S("/charte")) >= 0) {
		struct given_charter c = given_charter_of(s->organisation);
		path = str_replace(a, path, S(":texte"), str_printf(a, "%lld", (long long)c.draft_id));
		path = str_replace(a, path, S(":copie"), str_printf(a, "%lld", (long long)c.copy_id));
		path = str_replace(a, path, S(":pile"), str_printf(a, "%lld", (long long)c.bundle_id));
		path = str_replace(a, path, S(":lot"), str_printf(a, "%lld", (long long)c.batch_id));
	}
	if (str_find(path, S(":dossier")) >= 0)
		path = str_replace(a, path, S(":dossier"), given_file(s->organisation));
	path = stock_path(a, path, s);
	path = meeting_of_path(a, path, s->organisation);
	if (str_find(path, S(":campagne")) >= 0) {
		struct given_wave w = given_wave_of(s->organisation);
		path = str_replace(a, path, S(":campagne"), str_printf(a, "%lld", (long long)w.campaign_id));
		path = str_replace(a, path, S(":vague"), str_printf(a, "%lld", (long long)w.wave_id));
	}
	if (str_find(path, S("/:")) >= 0)
		fail_msg("%s: say here what its parameter stands for", r->path);
	return str_z(a, path);
}

/* Refused: sent to log in, or told that there is no such page. */
static bool refused(const struct route *r, const struct side *s)
{
	const char *path = path_for(r, s);
	struct answer a = r->method == POST ? post(path, "x=1") : get(path);
	return a.status == 404 || (a.status == 303 && str_starts(header_of(a, "Location"), S("/connexion")));
}

static void check(const struct route *r, const struct side *s, const char *who, const char *what, bool allowed)
{
	if (refused(r, s) == allowed)
		fail_msg("%s %s, asked by %s about an object of %s: %s, and %s says otherwise", r->method == POST ? "POST" : "GET", r->path, who, what,
		         allowed ? "refused" : "allowed", MATRIX);
}

/* Another organisation's household, which it shares with mine; which it has shared until a moment ago. */
static struct side lent(const struct side *theirs, i64 to, i64 until)
{
	struct side s = *theirs;
	s.household = given_household(theirs->organisation, "Prêtée", "Ailleurs", "+33199001299");
	s.person = first_person(s.household);
	given_share(s.household, to, until);
	return s;
}

/* What is another organisation's, by whether it shares it. */
struct others { struct side plain, shared, expired; };

static void check_route(const struct route *r, const struct line *l, const struct side *mine, const struct others *theirs)
{
	bool household = str_find(str_c(r->path), S("/:foyer")) >= 0;
	ask_as(0);
	check(r, mine, "nobody", "anybody", false);
	for (enum account_role role = 0; role < ROLES_COUNT; role++) {
		str allowed = allowed_to(l, role_code(role));
		ask_as(mine->holder[role]);
		check(r, mine, role_code(role), "the same organisation", allowed.n > 0);
		check(r, &theirs->plain, role_code(role), "another organisation", str_eq(allowed, S("any")));
		if (household) {
			check(r, &theirs->shared, role_code(role), "another organisation that shares it", str_eq(allowed, S("shared")));
			check(r, &theirs->expired, role_code(role), "another organisation that shared it", false);
		}
	}
}

TEST(every_route_answers_each_role_as_the_matrix_says)
{
	struct side mine = side("ville");
	struct others theirs = { .plain = side("ccas") };
	theirs.shared = lent(&theirs.plain, mine.organisation, now_ms() + 3600000);
	theirs.expired = lent(&theirs.plain, mine.organisation, now_ms() - 1);
	read_matrix();
	ask_without_limits();
	for (const struct route *const *t = route_tables; *t; t++)
		for (const struct route *r = *t; r->path; r++) {
			if (str_find(str_c(r->path), S("/essai/")) >= 0)
				continue;        /* doors of tests, not in a release */
			struct line *l = line_of(r);
			if (!l)
				fail_msg("%s %s has no line in %s: who may?", r->method == POST ? "POST" : "GET", r->path, MATRIX);
			l->used = true;
			if (str_eq(l->allowed, S("public")) != (r->cap == CAP_PUBLIC))
				fail_msg("%s: %s and the route disagree on whether it is for everybody", r->path, MATRIX);
			if (r->cap != CAP_PUBLIC)
				check_route(r, l, &mine, &theirs);
		}
	for (size_t i = 0; i < n_lines; i++)
		if (!lines[i].used)
			fail_msg("%.*s %.*s: no such route any more", STR_ARG(lines[i].method), STR_ARG(lines[i].path));
}

/* My campaign or my school in front, another organisation's object behind: "/agent/ecole/MINE/listes/THEIRS". Absent: the path has not both. */
static const char *mixed_path(const struct route *r, const struct side *mine, const struct side *theirs)
{
	static const char *const inner[] = { "/:dossier", "/:liste", "/:reunion", "/:vague", "/:texte", "/:pile", "/:ticket", "/:remise" };
	bool both = false;
	for (size_t i = 0; i < lengthof(inner); i++)
		both |= str_find(str_c(r->path), str_c(inner[i])) > 0;
	if (!both || (str_find(str_c(r->path), S("/:campagne")) < 0 && str_find(str_c(r->path), S("/:ecole")) < 0))
		return NULL;
	struct arena *a = unit_arena((size_t)1 << 16);
	str pattern = str_c(r->path), own = str_c(path_for(r, mine)), other = str_c(path_for(r, theirs)), one, kept, taken;
	struct buf b = buf_new(a, 1000);
	for (bool first = true; str_next(&pattern, '/', &one); first = false) {
		assert_true(str_next(&own, '/', &kept) && str_next(&other, '/', &taken));
		if (!first)
			buf_put(&b, S("/"));
		buf_put(&b, str_eq(one, S(":campagne")) || str_eq(one, S(":ecole")) ? kept : taken);
	}
	return str_z(a, buf_str(&b));
}

TEST(an_object_of_another_organisation_is_not_reached_through_one_of_mine)
{
	struct side mine = side("ville"), theirs = side("ccas");
	size_t asked = 0, unstamped = 0;
	read_matrix();
	ask_without_limits();
	for (const struct route *const *t = route_tables; *t; t++)
		for (const struct route *r = *t; r->path; r++) {
			const char *path = mixed_path(r, &mine, &theirs);
			for (enum account_role role = 0; path && role < ROLES_COUNT; role++) {
				if (!str_eq(allowed_to(line_of(r), role_code(role)), S("own")))
					continue;
				ask_as(mine.holder[role]);
				/* with the stamp of my own page: what is refused is the object, not the form */
				struct answer a = r->method == POST ? post_from(get(path_for(r, &mine)), path, "x=1") : get(path);
				if (a.status == 403 && r->method == POST)
					unstamped++;
				else if (a.status != 404)
					fail_msg("%s, asked by %s: status %d", path, role_code(role), a.status);
				asked++;
			}
		}
	assert_true(asked - unstamped > 60);         /* they were asked */
	assert_true(unstamped < 12);                 /* pages without a form, or forms of another page */
}

TEST(a_role_hands_out_no_more_than_it_has)
{
	u32 admin = 1u << ROLE_ADMIN, coordinator = 1u << ROLE_COORDINATOR;
	assert_int_equal(roles_grantable(admin), (1u << ROLES_COUNT) - 1);
	assert_false(roles_grantable(coordinator) & (admin | coordinator | 1u << ROLE_CASHIER | 1u << ROLE_DPO));
	assert_true(roles_grantable(coordinator) & 1u << ROLE_MEDIATOR);
	assert_int_equal(roles_grantable(1u << ROLE_MEDIATOR), 0);
	for (enum account_role r = 0; r < ROLES_COUNT; r++)
		for (enum account_role given = 0; given < ROLES_COUNT; given++)
			if (roles_grantable(1u << r) & 1u << given)
				assert_int_equal(role_caps(given) & ~role_caps(r) & ~(1u << CAP_PEOPLE | 1u << CAP_DEVICES), 0);
}
