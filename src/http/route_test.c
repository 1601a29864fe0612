/* Which row answers which request, and what the tables are refused for. */
#include "http/route.h"

#include "unit.h"

static enum err nothing(struct req *req)
{
	(void)req;
	return OK;
}

static enum err within(struct req *req)
{
	(void)req;
	return OK;
}

ROUTES(first,
	ROUTE(GET, "/", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/lieux/:id", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/lieux/:id.vcf", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/lieux", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(POST, "/lieux/:id/note/:note", nothing, CAP_OPERATE, SCOPE(within), FORM_NONE),
);
ROUTES(second,
	ROUTE(GET, "/lieux/carte", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(POST, "/lieux", nothing, CAP_OPERATE, SCOPE(within), FORM_NONE),
	ROUTE_WITH(GET, "/api/v1/lieux.json", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
);
static const struct route *const tables[] = { first_routes, second_routes, NULL };

static struct pair params[REQ_PATH_PARAMS];
static const struct route *found;
static str allow;

static enum err find(enum method m, const char *path)
{
	static struct arena *a;

	if (!a)
		a = arena_new(1 << 20);
	memset(params, 0, sizeof params);
	allow = (str){ 0 };
	return route_find_in(tables, a, m, str_c(path), &found, params, &allow);
}

TEST(route_prefers_literal_segments)
{
	assert_ok(find(GET, "/lieux/carte"));
	assert_string_equal(found->path, "/lieux/carte");
	assert_ok(find(GET, "/lieux/12"));
	assert_string_equal(found->path, "/lieux/:id");
	assert_str(params[0].name, "id");
	assert_str(params[0].value, "12");
	assert_ok(find(GET, "/"));
	assert_string_equal(found->path, "/");
}

TEST(route_knows_a_parameter_by_its_ending)
{
	assert_ok(find(GET, "/lieux/12.vcf"));
	assert_string_equal(found->path, "/lieux/:id.vcf");
	assert_str(params[0].name, "id");
	assert_str(params[0].value, "12");
	assert_ok(find(GET, "/lieux/a.b.vcf"));
	assert_str(params[0].value, "a.b");
	assert_ok(find(GET, "/lieux/12.vcfx"));
	assert_string_equal(found->path, "/lieux/:id");
	assert_str(params[0].value, "12.vcfx");
	assert_ok(find(GET, "/lieux/.vcf"));         /* nothing before the ending: a name like any other */
	assert_string_equal(found->path, "/lieux/:id");
}

TEST(route_gives_all_parameters_with_their_slashes)
{
	assert_ok(find(POST, "/lieux/a\x01" "b/note/7"));
	assert_str(params[0].value, "a/b");
	assert_str(params[1].name, "note");
	assert_str(params[1].value, "7");
	assert_null(params[2].name.p);
}

TEST(route_says_which_methods_are_allowed)
{
	assert_ok(find(HEAD, "/lieux"));
	assert_err(find(OTHER_METHOD, "/lieux"), FORBIDDEN);
	assert_str(allow, "GET, HEAD, POST");
	assert_err(find(POST, "/lieux/12"), FORBIDDEN);
	assert_str(allow, "GET, HEAD");
	assert_err(find(GET, "/lieux/12/note/7"), FORBIDDEN);
	assert_str(allow, "POST");
	assert_err(find(OPTIONS, "/api/v1/lieux.json"), FORBIDDEN);
	assert_str(allow, "GET, HEAD, OPTIONS");
	assert_true(found->flags & ROUTE_API);
}

TEST(route_finds_nothing_elsewhere)
{
	assert_err(find(GET, "/autre"), NOT_FOUND);
	assert_err(find(GET, "/lieux/12/autre"), NOT_FOUND);
	assert_err(find(GET, "/lieux/12/note"), NOT_FOUND);
	assert_err(find(OPTIONS, "*"), NOT_FOUND);
	assert_err(find(GET, "/lieu"), NOT_FOUND);
	assert_null(found);
}

static void faulty(const struct route *rows, const char *says)
{
	struct arena *a = arena_new(1 << 16);
	const struct route *const t[] = { rows, NULL };
	str fault = route_fault(t, a);

	if (str_find(fault, str_c(says)) < 0)
		fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(fault), says);
	arena_free(a);
}

TEST(route_tables_with_faults_are_refused)
{
	struct arena *a = arena_new(1 << 16);
	ROUTES(no_handler, ROUTE(GET, "/a", NULL, CAP_PUBLIC, SCOPE_NONE, FORM_NONE), );
	ROUTES(no_cap, ROUTE(GET, "/a", nothing, CAP_NONE_, SCOPE_NONE, FORM_NONE), );
	ROUTES(no_scope, ROUTE(GET, "/a", nothing, CAP_OPERATE, SCOPE_NONE, FORM_NONE), );
	ROUTES(slash, ROUTE(GET, "/a/", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE), );
	ROUTES(method, ROUTE(HEAD, "/a", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE), );
	ROUTES(params, ROUTE(GET, "/:a/:b/:c/:d/:e", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE), );
	ROUTES(same, ROUTE(GET, "/a/:id", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	       ROUTE(GET, "/a/:name", nothing, CAP_PUBLIC, SCOPE_NONE, FORM_NONE), );

	assert_null(route_fault(tables, a).p);
	faulty(no_handler_routes, "handler");
	faulty(no_cap_routes, "capability");
	faulty(no_scope_routes, "SCOPE_NONE");
	faulty(slash_routes, "slash");
	faulty(method_routes, "method");
	faulty(params_routes, "too many");
	faulty(same_routes, "twice");
	arena_free(a);
}

TEST(route_tables_of_the_program_are_whole)
{
	struct arena *a = arena_new(1 << 16);
	str fault = route_fault(route_tables, a);

	if (fault.p)
		fail_msg("%.*s", STR_ARG(fault));
	assert_non_null(route_tables[0]);
	arena_free(a);
}
