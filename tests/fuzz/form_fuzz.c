/* Urlencoded bodies and queries: what is accepted is text, and written out again it reads the same. Read as a form with a
 * field of every kind: what is given is within the field's bounds, the rest is told in words. */
#include "fuzz.h"

#include "base/timex.h"
#include "base/utf8.h"
#include "html/escape.h"
#include "http/form.h"
#include "http/parse.h"

#include <math.h>

static const struct choice some[] = { { "x", "X" }, { "yy", "Y" }, { NULL, NULL } };

FORM_FIELDS(all,
	{ "a", F_TEXT, "A", .required = true, .max = 10 },
	{ "b", F_LINES, "B" },
	{ "c", F_INT, "C", .min = 1, .max = 120 },
	{ "d", F_REAL, "D" },
	{ "e", F_DATE, "E" },
	{ "f", F_BOOL, "F" },
	{ "g", F_CHOICE, "G", .choices = some },
	{ "h", F_CHOICES, "H", .choices = some },
	{ "i", F_PHONE, "I" },
	{ "j", F_EMAIL, "J" },
	{ "k", F_PASSWORD, "K", .min = 8 },
);

static void check_numbers(const struct req *req)
{
	double d;
	i64 c = form_int(req, "c", 1);
	must_hold(c >= 1 && c <= 120);
	must_hold(!form_real(req, "d", &d) || isfinite(d));
}

static void check_date(const struct req *req)
{
	const struct form_value *e = &req->form->values[4];
	struct date date;
	must_hold(e->date.set == form_given(req, "e"));
	if (e->date.set)
		must_hold(date_parse(form_text(req, "e"), &date) && date.y == e->date.y && date.m == e->date.m && date.d == e->date.d);
}

static void check_texts(const struct req *req)
{
	str phone = form_text(req, "i"), mail = form_text(req, "j"), choice = form_text(req, "g");
	if (form_given(req, "a"))
		must_hold(utf8_length(form_text(req, "a")) <= 10);
	if (form_given(req, "g"))
		must_hold(str_eq(choice, S("x")) || str_eq(choice, S("yy")));
	if (form_given(req, "i"))
		must_hold(phone.p[0] == '+' && phone.n >= 9 && phone.n <= 13);
	if (form_given(req, "j"))
		must_hold(str_find_byte(mail, '@') > 0 && str_find_byte(mail, ' ') < 0 && str_find_byte(mail, '\n') < 0);
}

static void check_form(struct arena *a, const struct pairs *in)
{
	struct req req = { .a = a, .v = { .a = a, .lang = LANG_FR } };
	req.form = form_read(&req, FORM(all), in);
	must_hold(req.form->n_errors <= lengthof(all_fields));
	for (size_t i = 0; i < req.form->n_errors; i++)
		must_hold(req.form->errors[i].message.n && utf8_valid(req.form->errors[i].message));
	for (size_t i = 0; i < lengthof(all_fields); i++) {
		const char *name = all_fields[i].name;
		must_hold(utf8_valid(form_text(&req, name)));
		must_hold(!form_given(&req, name) || !form_error_of(&req, name).p);
	}
	must_hold(!form_ok(&req) || form_given(&req, "a"));
	check_numbers(&req);
	check_date(&req);
	check_texts(&req);
}

FUZZ(a, in)
{
	struct pairs once, twice;
	struct buf b = buf_new(a, 1 << 24);
	if (pairs_parse(a, in, &once) != OK)
		return;
	must_hold(once.n <= PARAMS_MAX);
	check_form(a, &once);
	for (size_t i = 0; i < once.n; i++) {
		must_hold(utf8_valid(once.v[i].name) && utf8_valid(once.v[i].value));
		if (i)
			buf_byte(&b, '&');
		esc_url_part(&b, once.v[i].name);
		buf_byte(&b, '=');
		esc_url_part(&b, once.v[i].value);
	}
	must_hold(pairs_parse(a, buf_str(&b), &twice) == OK && twice.n == once.n);
	for (size_t i = 0; i < once.n; i++)
		must_hold(str_eq(once.v[i].name, twice.v[i].name) && str_eq(once.v[i].value, twice.v[i].value));
}
