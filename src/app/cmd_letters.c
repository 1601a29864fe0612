/* gabare outbox letters: the letters that wait, in one PDF for the printer and window envelopes. */
#include "app/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "app/vault.h"
#include "audit/audit.h"
#include "base/phone.h"
#include "base/timex.h"
#include "msg/msg.h"
#include "msg/msg_sql.h"
#include "pdf/letter.h"

#define BATCH_MOST 500

struct batch { struct msg_letter_list rows; struct pdf_letter *letters; const char **ends; size_t n; };

/* Who writes, at the top left. */
static str sender_of(struct arena *a, const struct city *city)
{
	return str_printf(a, "%.*s\nPlan numérique\n%.*s", STR_ARG(city->name), STR_ARG(phone_grouped(a, city->help_phone)));
}

static enum err open_letter(const struct vault_asker *vault, const struct msg_letter *row, struct pdf_letter *ret)
{
	const struct vault_item items[] = {
		{ str_printf(vault->a, "outbox:recipient:%lld", (long long)row->id), row->recipient_enc },
		{ str_printf(vault->a, "outbox:subject:%lld", (long long)row->id), row->subject_enc },
		{ str_printf(vault->a, "outbox:body:%lld", (long long)row->id), row->body_enc },
	};
	str clear[lengthof(items)];
	try(vault_open_as(vault, S("letters"), items, lengthof(items), clear));
	*ret = (struct pdf_letter){ .to = clear[0], .subject = clear[1], .body = clear[2] };
	return OK;
}

/* Those that can be printed, in order; how each of the others ends. */
static enum err gather(struct arena *a, const struct vault_asker *vault, const struct city *city, struct batch *b)
{
	str one;
	size_t bad;
	b->letters = arena_many(a, struct pdf_letter, b->rows.n + 1);
	b->ends = arena_many(a, const char *, b->rows.n + 1);
	for (size_t i = 0; i < b->rows.n; i++) {
		struct pdf_letter *l = &b->letters[b->n];
		b->ends[i] = b->rows.v[i].stopped ? "stopped" : "failed";
		if (b->rows.v[i].stopped || open_letter(vault, &b->rows.v[i], l) != OK)
			continue;
		l->sender = sender_of(a, city);
		enum err e = pdf_letters(a, l, 1, &one, &bad);
		if (e == INTERNAL)
			return e;
		b->ends[i] = e == OK ? "sent" : "failed";
		b->n += e == OK;
	}
	return OK;
}

static bool write_file(const char *path, str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok = fd >= 0;
	for (size_t done = 0; ok && done < bytes.n;) {
		ssize_t n = write(fd, bytes.p + done, bytes.n - done);
		ok = n > 0;
		done += ok ? (size_t)n : 0;
	}
	ok = ok && fsync(fd) == 0;
	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	if (!ok)
		cli_say("cannot write %s: %s", path, strerror(errno));
	return ok;
}

static enum err done_tx(struct db *db, void *arg)
{
	struct batch *b = arg;
	struct audit line = { .action = "outbox.letters", .object = "message" };
	for (size_t i = 0; i < b->rows.n; i++)
		try(msg_letter_done(db, b->rows.v[i].id, str_c(b->ends[i]), strcmp(b->ends[i], "failed") == 0 ? S("long") : S(""), now_ms()));
	return audit_write(db, &line);
}

static enum err print(struct invocation *in, struct db *db, const struct vault_asker *vault, const struct city *city, const char *path, struct batch *b)
{
	str pdf;
	size_t bad;
	try(msg_letters(db, now_ms(), BATCH_MOST, &b->rows));
	if (!b->rows.n)
		return NOT_FOUND;
	try(gather(in->a, vault, city, b));
	if (b->n) {
		try(pdf_letters(in->a, b->letters, b->n, &pdf, &bad));
		if (!write_file(path, pdf))
			return INVALID;
	}
	return db_tx(db, done_tx, b);
}

int cmd_outbox_letters(struct invocation *in)
{
	struct config c;
	struct batch b = { 0 };
	struct db *db = NULL;
	str path = cli_option(in, "output");
	if (!path.n) {
		cli_say("say where the PDF goes: gabare outbox letters -o FILE");
		return EXIT_USAGE;
	}
	if (cli_config(in, &c) != OK)
		return EXIT_USAGE;
	struct keys *k = cli_keys(in, &c);
	if (!k || cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	struct vault_asker vault = vault_of_keys(k, in->a, S("letters"));
	enum err e = print(in, db, &vault, &c.city, str_z(in->a, path), &b);
	if (e == NOT_FOUND)
		cli_say("no letter waits");
	else if (e != OK && e != INVALID)
		cli_say("not printed: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	struct count counts[] = { { "printed", (i64)b.n }, { "not printed", (i64)(b.rows.n - b.n) } };
	cli_report(in, counts, lengthof(counts));
	return b.n < b.rows.n ? EXIT_PARTLY : EXIT_DONE;
}
