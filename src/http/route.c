/* Finding the row of a request (route.h). The tables are short and compared segment by segment; no index is worth its code. */
#include "http/route.h"

#include "http/parse.h"

#define ALLOW_MAX 64

/* What ends a parameter's segment: ".vcf" of ":id.vcf"; empty of ":id". */
static str ending_of(str segment)
{
	ptrdiff_t dot = str_find_byte(segment, '.');
	return dot < 0 ? S("") : str_slice(segment, (size_t)dot, segment.n);
}

/* Whether `part` may be the parameter `wanted`: something, then its ending. */
static bool fits_param(str wanted, str part)
{
	str ending = ending_of(wanted);
	return part.n > ending.n && str_ends(part, ending);
}

/* Whether `pattern` fits `path`. *ret_literal has two bits per segment, the first one highest: the first is set where the segment
 * is literal, the second where it is a parameter with an ending. The greater, the better the fit. */
static bool fits(const char *pattern, str path, u32 *ret_literal)
{
	str p = str_c(pattern), rest = str_slice(path, 1, path.n), part, wanted;

	*ret_literal = 0;
	if (path.n == 0 || path.p[0] != '/')
		return false;
	p = str_slice(p, 1, p.n);
	for (u32 bit = 1u << 31; str_next(&p, '/', &wanted); bit >>= 2) {
		if (!str_next(&rest, '/', &part))
			return false;
		if (wanted.n > 0 && wanted.p[0] == ':') {
			if (!fits_param(wanted, part))
				return false;
			*ret_literal |= ending_of(wanted).n ? bit >> 1 : 0;
			continue;
		}
		if (!str_eq(wanted, part))
			return false;
		*ret_literal |= bit;
	}
	return !rest.p;
}

static void read_params(struct arena *a, const char *pattern, str path, struct pair *ret)
{
	str p = str_c(pattern), rest = path, part, wanted;

	for (size_t n = 0; str_next(&p, '/', &wanted) && str_next(&rest, '/', &part);) {
		if (wanted.n == 0 || wanted.p[0] != ':')
			continue;
		assert(n < REQ_PATH_PARAMS);
		static const char slash[] = { PATH_SLASH };
		size_t ending = ending_of(wanted).n;
		str value = str_slice(part, 0, part.n - ending);
		ret[n++] = (struct pair){ str_slice(wanted, 1, wanted.n - ending), str_replace(a, value, (str){ slash, 1 }, S("/")) };
	}
}

static bool answers(const struct route *r, enum method m)
{
	return r->method == m || (r->method == GET && m == HEAD);
}

/* The methods of a path, as the Allow header wants them. `methods` has a bit per enum method. */
static str allowed(struct arena *a, u32 methods)
{
	static const char *const names[] = { [GET] = "GET", [HEAD] = "HEAD", [POST] = "POST", [OPTIONS] = "OPTIONS" };
	struct buf b = buf_new(a, ALLOW_MAX);

	for (u32 m = 0; m < lengthof(names); m++)
		if (methods & 1u << m) {
			buf_put(&b, b.n ? S(", ") : S(""));
			buf_put(&b, str_c(names[m]));
		}
	return buf_str(&b);
}

static u32 methods_of(const struct route *r)
{
	u32 bits = 1u << r->method;

	if (r->method == GET)
		bits |= 1u << HEAD;
	if (r->flags & ROUTE_API)
		bits |= 1u << OPTIONS;
	return bits;
}

enum err route_find_in(const struct route *const *tables, struct arena *a, enum method m, str path, const struct route **ret,
                       struct pair *ret_params, str *ret_allow)
{
	const struct route *best = NULL, *other = NULL;
	u32 best_literal = 0, literal, methods = 0;

	for (; *tables; tables++)
		for (const struct route *r = *tables; r->path; r++) {
			if (!fits(r->path, path, &literal))
				continue;
			methods |= methods_of(r);
			if (!answers(r, m))
				other = r;
			else if (!best || literal > best_literal)
				best = r, best_literal = literal;
		}
	*ret = best ? best : other;
	if (best) {
		read_params(a, best->path, path, ret_params);
		return OK;
	}
	if (!other)
		return NOT_FOUND;
	*ret_allow = allowed(a, methods);
	return FORBIDDEN;
}

enum err route_find(struct arena *a, enum method m, str path, const struct route **ret, struct pair *ret_params, str *ret_allow)
{
	return route_find_in(route_tables, a, m, path, ret, ret_params, ret_allow);
}

static const char *path_fault(const char *path)
{
	size_t n_params = 0;

	if (path[0] != '/' || (path[1] && path[strlen(path) - 1] == '/'))
		return "its path must start with a slash and not end with one";
	for (const char *c = path; *c; c++) {
		if (c[0] == '/' && c[1] == '/')
			return "its path has an empty segment";
		n_params += c[0] == ':' && c > path && c[-1] == '/';
	}
	return n_params > REQ_PATH_PARAMS ? "its path has too many parameters" : NULL;
}

static const char *row_fault(const struct route *r)
{
	if (!r->handler)
		return "it has no handler";
	if (r->cap <= CAP_NONE_ || r->cap >= CAP_COUNT)
		return "it has no capability";
	if (!r->scope != (r->cap == CAP_PUBLIC))
		return "SCOPE_NONE goes with CAP_PUBLIC, and only with it";
	if (r->method != GET && r->method != POST)
		return "its method is neither GET nor POST";
	return path_fault(r->path);
}

/* True when two patterns fit the same paths equally well ("/a/:id" and "/a/:name"). */
static bool same_path(const char *x, const char *y)
{
	str a = str_c(x), b = str_c(y), in_a, in_b;

	while (str_next(&a, '/', &in_a)) {
		if (!str_next(&b, '/', &in_b))
			return false;
		bool param_a = in_a.n > 0 && in_a.p[0] == ':', param_b = in_b.n > 0 && in_b.p[0] == ':';
		if (param_a != param_b || !(param_a ? str_eq(ending_of(in_a), ending_of(in_b)) : str_eq(in_a, in_b)))
			return false;
	}
	return !b.p;
}

static bool twice(const struct route *const *tables, const struct route *row)
{
	for (; *tables; tables++)
		for (const struct route *r = *tables; r->path && r != row; r++)
			if (r->method == row->method && same_path(r->path, row->path))
				return true;
	return false;
}

str route_fault(const struct route *const *tables, struct arena *a)
{
	for (const struct route *const *t = tables; *t; t++)
		for (const struct route *r = *t; r->path; r++) {
			const char *fault = row_fault(r);
			if (!fault && twice(tables, r))
				fault = "its method and path are given twice";
			if (fault)
				return str_printf(a, "route %s: %s", r->path, fault);
		}
	return (str){ 0 };
}
