/* gabare audit: is the audit log what was written? The chain is computed again, reading only. */
#include "app/cli.h"

#include <sodium.h>

#include "audit/audit.h"
#include "base/json_out.h"

/* "1200:9f…": a position of the chain and the hash there. */
static bool read_head(str s, struct audit_noted *ret)
{
	str position;
	size_t n = 0;
	return str_next(&s, ':', &position) && str_i64(position, &ret->position) && ret->position > 0 && s.n == 2 * AUDIT_HASH &&
	       sodium_hex2bin(ret->hash, AUDIT_HASH, s.p, s.n, NULL, &n, NULL) == 0 && n == AUDIT_HASH;
}

static str head_of(struct arena *a, const struct audit_report *r)
{
	char hex[2 * AUDIT_HASH + 1];
	sodium_bin2hex(hex, sizeof(hex), r->hash, AUDIT_HASH);
	return str_printf(a, "%lld:%s", (long long)r->position, hex);
}

static void print_json(struct invocation *in, const struct audit_report *r)
{
	struct buf b = buf_new(in->a, 4096);
	struct json j = json_new(&b);
	const struct count counts[] = { { "rows", r->rows }, { "sealed", r->sealed }, { "pending", r->pending }, { "forgotten", r->forgotten } };
	json_open(&j, '{');
	for (size_t i = 0; i < lengthof(counts); i++) {
		json_key(&j, str_c(counts[i].name));
		json_i64(&j, counts[i].n);
	}
	json_member(&j, S("head"), r->position ? head_of(in->a, r) : (str){ 0 });
	json_member(&j, S("fault"), r->fault ? str_c(audit_fault_name(r->fault)) : (str){ 0 });
	json_member(&j, S("row"), r->id ? str_printf(in->a, "%lld", (long long)r->id) : (str){ 0 });
	if (r->fault_position) {
		json_key(&j, S("position"));
		json_i64(&j, r->fault_position);
	}
	json_close(&j, '}');
	buf_byte(&b, '\n');
	cli_print(&b);
}

static void say_fault(const struct audit_report *r)
{
	if (r->id)
		cli_say("%s: row %lld, position %lld of the chain", audit_fault_name(r->fault), (long long)r->id, (long long)r->fault_position);
	else
		cli_say("%s: position %lld of the chain", audit_fault_name(r->fault), (long long)r->fault_position);
}

int cmd_audit(struct invocation *in)
{
	struct audit_report r;
	struct audit_noted noted;
	struct db *db = NULL;
	str head = cli_option(in, "head");
	if (sodium_init() < 0 || (head.p && !read_head(head, &noted))) {
		cli_say("%.*s: not a head as gabare audit prints it (position:hash)", STR_ARG(head));
		return EXIT_USAGE;
	}
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	enum err e = audit_verify(db, head.p ? &noted : NULL, &r);
	if (e != OK)
		cli_say("not verified: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	struct count counts[] = { { "rows", r.rows }, { "sealed", r.sealed }, { "not sealed yet", r.pending }, { "forgotten in time", r.forgotten } };
	if (in->json) {
		print_json(in, &r);
	} else {
		cli_report(in, counts, lengthof(counts));
		if (r.position && !r.fault)
			printf("%.*s\n", STR_ARG(head_of(in->a, &r)));
	}
	if (r.fault)
		say_fault(&r);
	return r.fault ? EXIT_NOTHING : EXIT_DONE;
}
