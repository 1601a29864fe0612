/* What other programs read of a place: its vCard (RFC 6350) and its JSON-LD. */
#include <jansson.h>
#include <regex.h>

#include "given.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "db/db.h"
#include "directory/place_card.h"
#include "look.h"

/* Lines end with CR LF, none is over 75 octets, none ends inside a character; folded ones are joined again. */
static str unfolded(struct arena *a, str card)
{
	str rest = card, line;
	assert_true(str_ends(card, S("\r\n")));
	while (str_next(&rest, '\n', &line) && rest.n) {
		assert_true(str_ends(line, S("\r")));
		assert_true(line.n <= 76);
		assert_true(utf8_valid(line));
	}
	return str_replace(a, card, S("\r\n "), S(""));
}

TEST(card_escapes_what_separates_values)
{
	struct arena *a = unit_arena(1 << 20);
	assert_str(card_escaped(a, S("a,b;c\\d\ne\r\tf")), "a\\,b\\;c\\\\d\\nef");
	assert_str(card_escaped(a, S("L’Écluse")), "L’Écluse");
}

TEST(card_folds_long_lines_between_characters)
{
	struct arena *a = unit_arena(1 << 20);
	for (size_t shift = 0; shift < 4; shift++) { /* every place a character may be cut at */
		struct buf line = buf_new(a, 4096), out = buf_new(a, 8192);
		buf_put(&line, str_slice(S("NOTE"), 0, shift));
		for (int i = 0; i < 60; i++)
			buf_put(&line, S("é€𝄞x"));
		card_line(&out, buf_str(&line));
		str back = unfolded(a, buf_str(&out));
		assert_true(str_eq(str_slice(back, 0, back.n - 2), buf_str(&line)));
	}
	struct buf out = buf_new(a, 4096);
	card_line(&out, S("123456789012345678901234567890123456789012345678901234567890123456789012345"));
	assert_int_equal(out.n, 77);                 /* 75 are one line */
	card_line(&out, S("1234567890123456789012345678901234567890123456789012345678901234567890123456"));
	assert_true(str_ends(buf_str(&out), S("12345\r\n 6\r\n")));
}

TEST(card_holds_what_a_place_is)
{
	struct arena *a = unit_arena(4 << 20);
	struct buf out = buf_new(a, 65536);
	struct view v = look_view(a, LANG_FR);
	v.out = &out;
	time_init();
	struct place p = {.place_id = 1};
	p.f[P_ID] = S("x/1");
	p.f[P_NOM] = S("Médiathèque; l’Écluse, quai \\ sud");
	p.f[P_STRUCTURE_PARENTE] = S("Ville, de Nantes");
	p.f[P_ADRESSE] = S("3 bis, rue des Lavoirs");
	p.f[P_COMPLEMENT_ADRESSE] = S("Bâtiment C; 2e étage");
	p.f[P_COMMUNE] = S("Nantes");
	p.f[P_CODE_POSTAL] = S("44100");
	p.f[P_LATITUDE] = S("47.22169");
	p.f[P_LONGITUDE] = S("-1.59651");
	p.f[P_TELEPHONES] = S("+33261914412|+33639980010");
	p.f[P_COURRIELS] = S("a@example.org");
	p.f[P_SITE_WEB] = S("https://un-nom-de-domaine-assez-long.example.org/une/page/encore/plus/longue/que/le/reste");
	p.f[P_HORAIRES] = S("Mo-Fr 09:00-12:30,14:00-17:00; PH off");
	p.f[P_FERMETURES] = S("Fermé du 3 au 23 août,\nsauf le 15");
	p.f[P_DATE_MAJ] = S("2025-06-24");
	card_write(&v, &p);
	str card = str_replace(a, unfolded(a, buf_str(&out)), S("\u00A0"), S(" "));
	static const char *const lines[] = {
		"BEGIN:VCARD\r\nVERSION:4.0\r\n", "\r\nFN:Médiathèque\\; l’Écluse\\, quai \\\\ sud\r\n",
		"\r\nORG:Ville\\, de Nantes;Médiathèque\\; l’Écluse\\, quai \\\\ sud\r\n",
		"\r\nTEL;VALUE=uri;TYPE=work;PREF=1:tel:+33261914412\r\nTEL;VALUE=uri;TYPE=work;PREF=2:tel:+33639980010\r\n",
		"\r\nEMAIL;TYPE=work;PREF=1:a@example.org\r\n",
		"\r\nADR;TYPE=work:;;3 bis\\, rue des Lavoirs,Bâtiment C\\; 2e étage;Nantes;;44100;France\r\n", "\r\nGEO:geo:47.22169,-1.59651\r\n",
		"\r\nURL:https://numerique.example.org/lieux/x%2F1\r\nURL;TYPE=work;PREF=1:https://un-nom-de-domaine",
		"\r\nNOTE:Lundi à Vendredi : 9 h à 12 h 30 et 14 h à 17 h\\nSamedi\\, Dimanche : Fermé\\nFermé les jours fériés.\\nFermé du 3 au 23 août\\,\\nsauf le 15\r\n",
		"\r\nREV:20250624T000000Z\r\nEND:VCARD\r\n",
	};
	for (size_t i = 0; i < lengthof(lines); i++)
		if (str_find(card, str_c(lines[i])) < 0)
			fail_msg("%s is not in\n%.*s", lines[i], STR_ARG(card));
}

TEST(card_is_a_link_of_the_page_in_each_language)
{
	given_demo();
	struct answer a = get("/lieux/demo-002.vcf");
	expect_status(a, 200);
	assert_str(header_of(a, "Content-Type"), "text/vcard; charset=utf-8");
	assert_str(header_of(a, "Content-Disposition"), "inline; filename=\"demo-002.vcf\"");
	expect_text(a, "FN:Le Ponton");
	expect_text(get("/en/lieux/demo-002.vcf"), "NOTE:Monday");
	expect_text(get("/lieux/demo-002"), "href=\"/lieux/demo-002.vcf\"");
	expect_text(get("/en/lieux/demo-002"), "href=\"/en/lieux/demo-002.vcf\"");
	expect_status(get("/lieux/rien.vcf"), 404);
	expect_text(get("/lieux/demo-013.vcf"), "Les horaires changent selon les semaines");     /* kept: not this very week */
}

/* ---- JSON-LD ---- */

static json_t *linked(const char *target)
{
	json_error_t fault;
	struct answer a = get(target);
	expect_status(a, 200);
	assert_str(header_of(a, "Content-Type"), "application/ld+json; charset=utf-8");
	json_t *j = json_loadb(a.body.p, a.body.n, JSON_REJECT_DUPLICATES, &fault);
	if (!j)
		fail_msg("%s: %s", target, fault.text);
	return j;
}

static const char *text_of(json_t *j, const char *key) { return json_string_value(json_object_get(j, key)); }

TEST(linked_data_say_what_the_place_is_and_when_it_opens)
{
	given_demo();
	expect_text(get("/lieux/demo-002"), "<link rel=\"alternate\" type=\"application/ld+json\" href=\"/lieux/demo-002.jsonld\">");
	expect_text(get("/ar/lieux/demo-002"), "href=\"/lieux/demo-002.jsonld\"");
	json_t *j = linked("/lieux/demo-002.jsonld"), *hours = json_object_get(j, "openingHoursSpecification"), *tuesday = json_array_get(hours, 2);
	assert_string_equal(text_of(j, "@context"), "https://schema.org");
	assert_string_equal(text_of(j, "@type"), "LocalBusiness");
	assert_string_equal(text_of(j, "name"), "Le Ponton");
	assert_string_equal(text_of(json_object_get(j, "address"), "postalCode"), "44100");
	assert_true(json_real_value(json_object_get(json_object_get(j, "geo"), "longitude")) < -1.5);
	assert_int_equal(json_array_size(hours), 6);
	assert_string_equal(text_of(tuesday, "dayOfWeek"), "https://schema.org/Tuesday");
	assert_string_equal(text_of(tuesday, "opens"), "14:00");
	assert_string_equal(text_of(tuesday, "closes"), "17:00");
	assert_true(json_is_true(json_object_get(j, "isAccessibleForFree")));
	assert_int_equal(json_array_size(json_object_get(json_object_get(j, "contactPoint"), "availableLanguage")), 3);
	json_decref(j);
}

TEST(linked_data_tell_the_days_that_are_not_like_the_week)
{
	given_demo();
	clock_set(1797940800000);                            /* Tuesday 22 December 2026, 13:00 at Nantes */
	json_t *j = linked("/lieux/demo-002.jsonld"), *days = json_object_get(j, "specialOpeningHoursSpecification");
	assert_int_equal(json_array_size(days), 2);          /* Christmas and New Year's Day are Fridays */
	assert_string_equal(text_of(json_array_get(days, 0), "validFrom"), "2026-12-25");
	assert_string_equal(text_of(json_array_get(days, 0), "validThrough"), "2026-12-25");
	assert_string_equal(text_of(json_array_get(days, 0), "opens"), "00:00");
	assert_string_equal(text_of(json_array_get(days, 0), "closes"), "00:00");
	assert_string_equal(text_of(json_array_get(days, 1), "validFrom"), "2027-01-01");
	json_decref(j);
	clock_set(1798800000000);                            /* 1 January */
	j = linked("/lieux/demo-002.jsonld");
	assert_int_equal(json_array_size(json_object_get(j, "specialOpeningHoursSpecification")), 1);
	json_decref(j);
	clock_set(1799500000000);
	j = linked("/lieux/demo-002.jsonld");
	assert_null(json_object_get(j, "specialOpeningHoursSpecification"));
	json_decref(j);
	clock_set(0);
}

/* What schema.org says of the words that are ours: which type has which property, and of what it is made. "place" stands for the
 * kinds of LocalBusiness that we name. */
static const struct { const char *type, *property, *range; } vocabulary[] = {
	{ "place", "url", "URL" }, { "place", "name", "Text" }, { "place", "description", "Text" }, { "place", "address", "PostalAddress" },
	{ "place", "geo", "GeoCoordinates" }, { "place", "telephone", "Text" }, { "place", "email", "Text" }, { "place", "sameAs", "URL" },
	{ "place", "contactPoint", "ContactPoint" }, { "place", "openingHoursSpecification", "OpeningHoursSpecification" },
	{ "place", "specialOpeningHoursSpecification", "OpeningHoursSpecification" }, { "place", "isAccessibleForFree", "Boolean" },
	{ "place", "amenityFeature", "LocationFeatureSpecification" }, { "place", "parentOrganization", "Organization" },
	{ "PostalAddress", "streetAddress", "Text" }, { "PostalAddress", "postalCode", "Text" }, { "PostalAddress", "addressLocality", "Text" },
	{ "PostalAddress", "addressCountry", "Text" }, { "GeoCoordinates", "latitude", "Number" }, { "GeoCoordinates", "longitude", "Number" },
	{ "ContactPoint", "telephone", "Text" }, { "ContactPoint", "availableLanguage", "Text" },
	{ "OpeningHoursSpecification", "dayOfWeek", "DayOfWeek" }, { "OpeningHoursSpecification", "opens", "Time" },
	{ "OpeningHoursSpecification", "closes", "Time" }, { "OpeningHoursSpecification", "validFrom", "Date" },
	{ "OpeningHoursSpecification", "validThrough", "Date" }, { "LocationFeatureSpecification", "name", "Text" },
	{ "LocationFeatureSpecification", "value", "Boolean" }, { "Organization", "name", "Text" },
};

static bool matches(const char *pattern, const char *text)
{
	regex_t re;
	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
	bool found = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return found;
}

static void check_thing(json_t *thing, const char *type);

static bool is_of(json_t *value, const char *range)
{
	static const struct { const char *range, *pattern; } texts[] = {
		{ "Text", "." }, { "URL", "^(https?:/)?/[^ ]+$" }, { "Time", "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
		{ "Date", "^20[0-9][0-9]-[01][0-9]-[0-3][0-9]$" }, { "DayOfWeek", "^https://schema[.]org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$" },
	};
	for (size_t i = 0; i < lengthof(texts); i++)
		if (strcmp(range, texts[i].range) == 0)
			return json_is_string(value) && matches(texts[i].pattern, json_string_value(value));
	if (strcmp(range, "Number") == 0 || strcmp(range, "Boolean") == 0)
		return *range == 'N' ? json_is_number(value) : json_is_boolean(value);
	if (!json_is_object(value) || strcmp(text_of(value, "@type"), range) != 0)
		return false;
	check_thing(value, range);
	return true;
}

static const char *range_of(const char *type, const char *property)
{
	for (size_t i = 0; i < lengthof(vocabulary); i++)
		if (strcmp(vocabulary[i].type, type) == 0 && strcmp(vocabulary[i].property, property) == 0)
			return vocabulary[i].range;
	fail_msg("schema.org has no %s in %s", property, type);
	return NULL;
}

static void check_thing(json_t *thing, const char *type)
{
	const char *key;
	json_t *value;
	json_object_foreach(thing, key, value) {
		if (*key == '@')
			continue;
		const char *range = range_of(type, key);
		for (size_t i = 0; i < (json_is_array(value) ? json_array_size(value) : 1); i++)
			if (!is_of(json_is_array(value) ? json_array_get(value, i) : value, range))
				fail_msg("%s of %s is no %s", key, type, range);
	}
}

TEST(linked_data_are_in_the_words_of_schema_org)
{
	static const char *const kinds[] = { "LocalBusiness", "Library", "GovernmentOffice", "EmploymentAgency" };
	given_demo();
	clock_set(1797940800000);
	size_t seen = 0;
	for (int n = 1; n <= 40; n++) {
		char target[40];
		snprintf(target, sizeof target, "/lieux/demo-%03d.jsonld", n);
		if (get(target).status == 404)
			continue;
		json_t *j = linked(target);
		bool known = false;
		for (size_t i = 0; i < lengthof(kinds); i++)
			known |= strcmp(text_of(j, "@type"), kinds[i]) == 0;
		assert_true(known);
		check_thing(j, "place");
		json_decref(j);
		seen++;
	}
	assert_true(seen > 30);
	clock_set(0);
}

TEST(linked_data_leave_out_what_is_not_certain)
{
	given_demo();
	json_t *j = linked("/lieux/demo-013.jsonld");        /* closed in August: weeks differ; one pays */
	assert_null(json_object_get(j, "openingHoursSpecification"));
	assert_true(json_is_false(json_object_get(j, "isAccessibleForFree")));
	json_decref(j);
	j = linked("/lieux/demo-009.jsonld");                /* free under conditions */
	assert_null(json_object_get(j, "isAccessibleForFree"));
	json_decref(j);
	j = linked("/lieux/demo-003.jsonld");
	assert_string_equal(text_of(j, "@type"), "Library");
	json_decref(j);
	expect_status(get("/en/lieux/demo-002.jsonld"), 404);
	expect_status(get("/lieux/rien.jsonld"), 404);
}
