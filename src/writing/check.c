/* What is wrong with a text before the public reads it: its parts and questions (content/article.h), what Markdown leaves out, links that
 * lead nowhere; and, in the simple version, sentences that are long. */
#include "writing/writing.h"

#include <cmark.h>

#include "base/utf8.h"
#include "directory/directory.h"
#include "html/format.h"
#include "writing/plain.h"

#define TELLINGS_MOST 60
#define SHOWN 60                                 /* signs of what is quoted */

struct checking {
	struct db *db;
	const struct view *v;
	const struct written_change *c;
	const struct writing_coming *coming;
	struct writing_check *found;
	size_t before;                           /* lines above the piece of Markdown that is looked at */
	enum err e;
};

static void tell(struct tellings *all, size_t line, str words)
{
	if (all->n == TELLINGS_MOST)
		return;
	size_t at = all->n++;
	for (; at > 0 && all->v[at - 1].line > line; at--)
		all->v[at] = all->v[at - 1];
	all->v[at] = (struct tell){ line, words };
}

static str quoted(const struct view *v, str s)
{
	str start = utf8_prefix(str_trim(s), SHOWN);
	return start.n < str_trim(s).n ? str_printf(v->a, "%.*s…", STR_ARG(start)) : start;
}

/* ---- parts and questions ---- */

static const char *const wrongs[ARTICLE_WRONGS] = {
	[ARTICLE_NO_TITLE] = N_("il manque le titre : une ligne qui commence par « # »"),
	[ARTICLE_TWO_TITLES] = N_("un deuxième titre ; les parties commencent par « ## »"),
	[ARTICLE_NO_LEAD] = N_("il manque une phrase sous le titre, qui dit de quoi il s’agit"),
	[ARTICLE_EMPTY_HEADING] = N_("un titre sans mots"),
	[ARTICLE_NO_SPACE] = N_("mettez une espace après « # »"),
	[ARTICLE_TOO_MANY_PARTS] = N_("une partie de trop : une page en a 12 au plus"),
	[ARTICLE_EMPTY_PART] = N_("cette partie n’a pas de texte"),
	[QUIZ_TOO_MANY] = N_("une question de trop : un quiz en a 5 au plus"),
	[QUIZ_EMPTY] = N_("il manque des mots après le signe"),
	[QUIZ_FEW_REPLIES] = N_("cette question a besoin de 2 ou 3 réponses"),
	[QUIZ_TOO_MANY_REPLIES] = N_("une réponse de trop : une question en a 3 au plus"),
	[QUIZ_NO_RIGHT] = N_("aucune réponse n’est juste ; celle qui l’est commence par « + »"),
	[QUIZ_TWO_RIGHT] = N_("deux réponses sont justes ; une seule commence par « + »"),
	[QUIZ_NO_WHY] = N_("il manque pourquoi : une ligne qui commence par « > »"),
	[QUIZ_STRAY_LINE] = N_("dans le quiz, une ligne commence par « ? », « - », « + » ou « > » ; le reste de la page vient avant"),
};

/* ---- links ---- */

/* The route is open to everybody and what its address names is there. */
static bool is_there(struct checking *c, const struct route *route, const struct pair *params)
{
	struct pairs all = { (struct pair *)params, REQ_PATH_PARAMS };
	struct article article;
	struct place place;
	if (route->cap != CAP_PUBLIC || route->flags & (ROUTE_SECRET_PATH | ROUTE_AGENT))
		return false;
	enum err e = OK;
	for (enum written_kind k = 0; k < WRITTEN_KINDS; k++)
		if (str_starts(str_c(route->path), str_printf(c->v->a, "%s/:name", written_kinds[k].section)))
			e = article_find(c->db, c->v, k, pairs_get(&all, "name"), &article);
	if (str_starts(str_c(route->path), S("/lieux/:id")))
		e = directory_place(c->db, pairs_get(&all, "id"), &place);
	if (e == INTERNAL || e == BUSY)
		c->e = e;
	return e == OK;
}

static bool is_coming(const struct checking *c, str path)
{
	for (size_t i = 0; c->coming && i < c->coming->n; i++)
		if (str_eq(c->coming->v[i], path))
			return true;
	return false;
}

static bool leads_here(struct checking *c, str path)
{
	const struct route *route;
	struct pair params[REQ_PATH_PARAMS] = { 0 };
	str allow, rest = path;
	if (!str_next(&rest, '#', &path))
		return false;
	rest = path;
	if (!str_next(&rest, '?', &path))
		return false;
	return is_coming(c, path) || (route_find(c->v->a, GET, path, &route, params, &allow) == OK && is_there(c, route, params));
}

/* What is wrong with an address; absent when nothing is. */
static str address_fault(struct checking *c, str url)
{
	static const char *const elsewhere[] = { "https://", "http://", "mailto:", "tel:", "sms:" };
	const struct view *v = c->v;
	str home = v->city->public_url;
	if (home.n && str_starts(url, home) && (url.n == home.n || url.p[home.n] == '/'))
		url = url.n == home.n ? S("/") : str_slice(url, home.n, url.n);
	for (size_t i = 0; i < lengthof(elsewhere); i++)
		if (str_starts(url, str_c(elsewhere[i])) && url.n > strlen(elsewhere[i]))
			return (str){ 0 };
	if (!str_starts(url, S("/")) || str_starts(url, S("//")))
		return _f("le lien « {1} » : écrivez l’adresse entière, https://…, ou celle d’une page d’ici, comme /lieux", quoted(v, url));
	return leads_here(c, url) ? (str){ 0 } : _f("le lien « {1} » ne mène à aucune page de ce site", quoted(v, url));
}

/* ---- Markdown ---- */

static str literal(cmark_node *node)
{
	const char *s = cmark_node_get_literal(node);
	return s ? str_c(s) : S("");
}

/* Inline nodes have no line of their own in some versions of the library: that of what holds them, then. */
static size_t line_of(const struct checking *c, cmark_node *node)
{
	while (node && cmark_node_get_start_line(node) <= 0)
		node = cmark_node_parent(node);
	return c->before + (size_t)(node ? cmark_node_get_start_line(node) : 1);
}

static str image_fault(struct checking *c, cmark_node *node)
{
	const struct view *v = c->v;
	str url = str_c(cmark_node_get_url(node));
	if (!cmark_node_first_child(node))
		return _f("l’image « {1} » n’a pas de texte, pour qui ne la voit pas : écrivez-le entre les crochets", quoted(v, url));
	if (!str_starts(url, S("/")) || !leads_here(c, url))
		return _f("l’image « {1} » n’est pas de ce site, elle ne sera pas montrée", quoted(v, url));
	return (str){ 0 };
}

static str node_fault(struct checking *c, cmark_node *node)
{
	const struct view *v = c->v;
	switch ((int)cmark_node_get_type(node)) {
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		if (str_starts(literal(node), S("</")))
			return (str){ 0 };       /* what it closes was told */
		return _f("« {1} » est du HTML, qui n’est pas repris : servez-vous des signes de l’aide", quoted(v, str_copy(v->a, literal(node))));
	case CMARK_NODE_HEADING:
		return cmark_node_get_heading_level(node) < 3 ? _("une ligne de « = » ou de « - » sous un texte en fait un titre : laissez une ligne vide entre les deux") :
			(str){ 0 };
	case CMARK_NODE_LINK:
		return address_fault(c, str_copy(v->a, str_c(cmark_node_get_url(node))));
	case CMARK_NODE_IMAGE:
		return image_fault(c, node);
	default:
		return (str){ 0 };
	}
}

static void check_markdown(struct checking *c, str text)
{
	if (!text.n)
		return;
	for (const char *p = c->c->text.p; p < text.p; p++)
		c->before += *p == '\n';
	cmark_node *root = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	assert(root);
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		str fault = event == CMARK_EVENT_ENTER ? node_fault(c, node) : (str){ 0 };
		if (fault.p)
			tell(&c->found->faults, line_of(c, node), fault);
	}
	cmark_iter_free(it);
	cmark_node_free(root);
	c->before = 0;
}

/* ---- what may be so ---- */

static void check_plain(struct checking *c)
{
	const struct view *v = c->v;
	struct long_sentences all = plain_long_sentences(v->a, c->c->text);
	for (size_t i = 0; i < all.n; i++)
		tell(&c->found->doubts, all.v[i].line, _f("une phrase de {1} mots, 12 au plus se lisent facilement : « {2} »",
			str_printf(v->a, "%zu", all.v[i].words), quoted(v, all.v[i].text)));
}

static str count(const struct view *v, size_t n) { return number_shown(v->a, v->lang, (i64)n); }

static void compare(struct checking *c, const struct article *article, str french)
{
	const struct view *v = c->v;
	struct article source = { .lang = LANG_FR };
	article_parse(v->a, french, &source, NULL);
	if (source.parts.n != article->parts.n)
		tell(&c->found->doubts, 0, _f("Parties du français : {1} ; de ce texte : {2}.", count(v, source.parts.n), count(v, article->parts.n)));
	if (source.quiz.n != article->quiz.n)
		tell(&c->found->doubts, 0, _f("Questions du français : {1} ; de ce texte : {2}.", count(v, source.quiz.n), count(v, article->quiz.n)));
}

str writing_told(const struct view *v, const struct tell *t)
{
	return t->line ? _f("Ligne {1} : {2}.", str_printf(v->a, "%zu", t->line), t->words) : t->words;
}

enum err writing_check(struct db *db, const struct view *v, const struct written_change *c, str french, const struct writing_coming *coming,
                       struct writing_check *ret)
{
	struct checking k = { .db = db, .v = v, .c = c, .coming = coming, .found = ret };
	struct article article = { .name = c->name, .lang = c->lang };
	struct article_faults *faults = arena_one(v->a, struct article_faults);
	*ret = (struct writing_check){ { arena_many(v->a, struct tell, TELLINGS_MOST), 0 }, { arena_many(v->a, struct tell, TELLINGS_MOST), 0 } };
	article_parse(v->a, c->text, &article, faults);
	for (size_t i = 0; i < faults->n; i++)
		tell(&ret->faults, faults->v[i].line, tr(v->lang, wrongs[faults->v[i].what]));
	if (utf8_length(c->text) > WRITTEN_MAX)
		tell(&ret->faults, 1, _f("ce texte est trop long : {1} signes au plus", str_printf(v->a, "%d", WRITTEN_MAX)));
	if (article.quiz.n && !written_kinds[c->kind].quiz)
		tell(&ret->faults, 1, _("une démarche n’a pas de quiz ; les conseils en ont un"));
	check_markdown(&k, article.lead);
	for (size_t i = 0; i < article.parts.n; i++)
		check_markdown(&k, article.parts.v[i].text);
	if (c->lang == LANG_SIMPLE)
		check_plain(&k);
	if (c->lang != LANG_FR && french.p)
		compare(&k, &article, french);
	return k.e;
}

/* ---- the name of a page ---- */

str writing_name(struct arena *a, str title)
{
	str folded = utf8_fold(a, title);
	struct buf b = buf_new(a, WRITTEN_NAME_MAX);
	bool gap = false;
	for (size_t i = 0; i < folded.n && b.n + 2 < WRITTEN_NAME_MAX; i++) {
		char c = folded.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			if (gap && b.n)
				buf_byte(&b, '-');
			buf_byte(&b, c);
			gap = false;
		} else {
			gap = true;
		}
	}
	return b.n ? buf_str(&b) : S("");
}
