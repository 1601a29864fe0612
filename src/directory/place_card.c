/* A place as a vCard 4.0 (RFC 6350), for the contacts of a telephone: /lieux/ID.vcf. */
#include "base/timex.h"
#include "directory/open_pages.h"
#include "directory/place_card.h"
#include "directory/place_routes.h"

#define LINE_OCTETS 75                           /* without its end; what follows begins with a space (RFC 6350, 3.2) */

/* The value of a text: "\", ",", ";" and ends of lines escaped, other control characters left out. */
static void put_escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' || c == ',' || c == ';')
			buf_byte(b, '\\');
		if (c == '\n')
			buf_put(b, S("\\n"));
		else if ((unsigned char)c >= ' ' && c != 0x7F)
			buf_byte(b, c);
	}
}

str card_escaped(struct arena *a, str s)
{
	struct buf b = buf_new(a, 2 * s.n + 1);
	put_escaped(&b, s);
	return buf_str(&b);
}

void card_line(struct buf *out, str line)
{
	size_t room = LINE_OCTETS;
	while (line.n > room) {
		size_t n = room;
		while (n > 1 && ((unsigned char)line.p[n] & 0xC0) == 0x80)   /* never inside a character */
			n--;
		buf_put(out, str_slice(line, 0, n));
		buf_put(out, S("\r\n "));
		line = str_slice(line, n, line.n);
		room = LINE_OCTETS - 1;
	}
	buf_put(out, line);
	buf_put(out, S("\r\n"));
}

/* "NAME:value", when there is a value; `value` as it is written. */
static void put_raw(const struct view *v, const char *name, str value)
{
	if (value.n)
		card_line(v->out, str_printf(v->a, "%s:%.*s", name, STR_ARG(value)));
}

static void put_card_text(const struct view *v, const char *name, str value)
{
	put_raw(v, name, card_escaped(v->a, value));
}

/* Every value of a list, the first one preferred. */
static void put_each(const struct view *v, const char *name, const char *scheme, str list)
{
	const struct labels values = split_list(v, list);
	for (size_t i = 0; i < values.n; i++)
		put_raw(v, str_z(v->a, str_printf(v->a, "%s;PREF=%zu", name, i + 1)), str_printf(v->a, "%s%.*s", scheme, STR_ARG(values.v[i])));
}

/* The organization above, when there is one, then the place. */
static void put_org(const struct view *v, const struct place *p)
{
	str name = card_escaped(v->a, p->f[P_NOM]), above = card_escaped(v->a, p->f[P_STRUCTURE_PARENTE]);
	put_raw(v, "ORG", above.n ? str_printf(v->a, "%.*s;%.*s", STR_ARG(above), STR_ARG(name)) : name);
}

static void put_where(const struct view *v, const struct place *p)
{
	str street = card_escaped(v->a, p->f[P_ADRESSE]), more = card_escaped(v->a, p->f[P_COMPLEMENT_ADRESSE]);
	if (street.n && more.n)
		street = str_printf(v->a, "%.*s,%.*s", STR_ARG(street), STR_ARG(more));
	put_raw(v, "ADR;TYPE=work", str_printf(v->a, ";;%.*s;%.*s;;%.*s;France", STR_ARG(street), STR_ARG(card_escaped(v->a, p->f[P_COMMUNE])),
		STR_ARG(card_escaped(v->a, p->f[P_CODE_POSTAL]))));
	if (p->f[P_LATITUDE].n && p->f[P_LONGITUDE].n)
		put_raw(v, "GEO", str_printf(v->a, "geo:%.*s,%.*s", STR_ARG(p->f[P_LATITUDE]), STR_ARG(p->f[P_LONGITUDE])));
}

/* The hours in words, a line for the days that have the same; then when it is closed. A card is kept: weeks that differ are not told. */
static str hours_in_words(const struct view *v, const struct place *p)
{
	struct buf b = buf_new(v->a, 4096);
	const struct place_week *week = place_week(v, p->f[P_HORAIRES], today_paris(), false);
	if (week->dated || (!week->n && p->f[P_HORAIRES].n))
		buf_put(&b, _("Les horaires changent selon les semaines. Téléphonez avant de venir."));
	for (size_t i = 0; !week->dated && i < week->n; i++) {
		buf_put(&b, i ? S("\n") : S(""));
		buf_put(&b, _f("{1} : {2}", week->v[i].day, week->v[i].text));
	}
	if (week->holidays_off && !week->dated) {
		buf_put(&b, S("\n"));
		buf_put(&b, _("Fermé les jours fériés."));
	}
	if (p->f[P_FERMETURES].n) {
		buf_put(&b, b.n ? S("\n") : S(""));
		buf_put(&b, p->f[P_FERMETURES]);
	}
	return buf_str(&b);
}

static void put_revision(const struct view *v, const struct place *p)
{
	struct date d;
	if (date_parse(p->f[P_DATE_MAJ], &d))
		put_raw(v, "REV", str_printf(v->a, "%04d%02d%02dT000000Z", d.y, d.m, d.d));
}

void card_write(const struct view *v, const struct place *p)
{
	str base = v->city->public_url;
	put_raw(v, "BEGIN", S("VCARD"));
	put_raw(v, "VERSION", S("4.0"));
	put_raw(v, "KIND", S("org"));
	put_card_text(v, "FN", p->f[P_NOM]);
	put_org(v, p);
	put_each(v, "TEL;VALUE=uri;TYPE=work", "tel:", p->f[P_TELEPHONES].n ? p->f[P_TELEPHONES] : p->f[P_TELEPHONE]);
	put_each(v, "EMAIL;TYPE=work", "", p->f[P_COURRIELS]);
	put_where(v, p);
	if (base.n)
		put_raw(v, "URL", place_page_url(v, str_printf(v->a, "%.*s%s%s", STR_ARG(base), v->lang ? "/" : "", langs[v->lang].prefix), p->f[P_ID]));
	put_each(v, "URL;TYPE=work", "", p->f[P_SITE_WEB]);
	put_card_text(v, "NOTE", hours_in_words(v, p));
	put_revision(v, p);
	put_raw(v, "END", S("VCARD"));
}

/* A file name of letters, digits and hyphens. */
static str file_name(struct arena *a, str id)
{
	struct buf b = buf_new(a, id.n + 16);
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		buf_byte(&b, plain ? c : '-');
	}
	return buf_str(&b);
}

enum err place_card(struct req *req)
{
	struct place p;
	depends_on(req, GEN_CONFIG);
	try(place_of_path(req, &p));
	req->content_type = S("text/vcard; charset=utf-8");
	resp_header(req, "Content-Disposition", str_printf(req->a, "inline; filename=\"%.*s.vcf\"", STR_ARG(file_name(req->a, p.f[P_ID]))));
	card_write(&req->v, &p);
	return OK;
}
