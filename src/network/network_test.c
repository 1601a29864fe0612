/* The network as people meet it: groups, contacts who are asked before anything is sent to them, mail that reaches each of them once, and
 * the link by which one leaves. */
#include "network/network.h"

#include "accounts/accounts_sql.h"
#include "app/jobs.h"
#include "base/code.h"
#include "base/timex.h"
#include "given.h"
#include "msg/desk.h"
#include "network/pages.h"

static const struct city ville = { .name = S_INIT("Exemple"), .public_url = S_INIT("https://exemple.example") };
static i64 ville_id, asso_id, sacha, noor;

/* Somebody who runs the network, and somebody of an association. */
static void given_people(void)
{
	ville_id = given_organisation("Ville");
	asso_id = given_organisation("Association du Quai");
	sacha = given_account("sacha@ville.example", "Sacha", ville_id, ROLE_COORDINATOR);
	noor = given_account("noor@quai.example", "Noor", asso_id, ROLE_STRUCTURE_MANAGER);
	ask_public_url("https://exemple.example");
	ask_as(sacha);
}

/* What the outbox process writes, until nothing is left. */
static void write_all(void)
{
	struct vault_asker vault = ask_vault();
	i64 n = 1;
	for (int i = 0; n && i < 50; i++)
		assert_ok(network_write_some(ask_db(), &vault, &ville, &n));
	assert_int_equal(n, 0);
}

static i64 queued(const char *template, const char *state)
{
	struct msg_row_list rows;
	i64 n = 0;
	db_use_arena(ask_db(), unit_arena(1 << 20));
	assert_ok(msg_rows(ask_db(), (str){ 0 }, INT64_MAX, 1000, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.v[i].template, str_c(template)) && (!state || str_eq(rows.v[i].state, str_c(state)));
	return n;
}

static struct network_contact_head_list contacts(void)
{
	struct network_contact_head_list heads;
	db_use_arena(ask_db(), unit_arena(1 << 20));
	assert_ok(network_contact_heads(ask_db(), (struct opt_i64){ 0 }, &heads));
	return heads;
}

static i64 contact_of(const char *email)
{
	struct network_contact_head_list heads = contacts();
	struct vault_asker vault = ask_vault();
	str index;
	assert_ok(msg_index(&vault, MSG_MAIL, str_c(email), &index));
	for (size_t i = 0; i < heads.n; i++)
		if (str_eq(heads.v[i].email_index, index))
			return heads.v[i].id;
	return 0;
}

static const char *link_of(i64 contact, const char *rest)
{
	struct vault_asker vault = ask_vault();
	str code;
	assert_ok(contact_codes(&vault, &contact, 1, &code, NULL));
	return str_printf(unit_arena(1 << 10), "/reseau/%.*s%s", STR_ARG(code_plain(vault.a, code)), rest).p;
}

static void add(const char *structure, const char *email, const char *more)
{
	const char *fields = str_printf(unit_arena(1 << 12), "structure=%s&nom=Une+personne&courriel=%s&langue=fr&geste=garder%s", structure, email, more).p;
	expect_status(fill("/agent/reseau/nouveau-contact", fields), 303);
}

static i64 group_with(const char *name, const char *const *structures, size_t n)
{
	struct arena *a = unit_arena(1 << 14);
	struct answer made = fill("/agent/reseau/nouveau-groupe", str_printf(a, "nom=%s&themes=quartier", name).p);
	expect_status(made, 303);
	str at = header_of(made, "Location");
	i64 id = 0;
	at = str_slice(at, sizeof("/agent/reseau/groupes/") - 1, at.n);
	str digits = at;
	assert_true(str_next(&at, '?', &digits) && str_i64(digits, &id));
	const char *page = str_printf(a, "/agent/reseau/groupes/%lld", (long long)id).p;
	for (size_t i = 0; i < n; i++)
		expect_status(fill(page, str_printf(a, "nouvelle=%s", structures[i]).p), 303);
	return id;
}

static i64 mail_to(const char *targets)
{
	struct answer made = fill("/agent/reseau/messages/nouveau", str_printf(unit_arena(1 << 12), "sujet=Rencontre&texte=Jeudi+14+h&geste=relire&%s", targets).p);
	expect_status(made, 303);
	str at = header_of(made, "Location"), digits;
	i64 id = 0;
	at = str_slice(at, sizeof("/agent/reseau/messages/") - 1, at.n);
	assert_true(str_next(&at, '/', &digits) && str_i64(digits, &id));
	return id;
}

static const char *mail_path(i64 id, const char *rest)
{
	return str_printf(unit_arena(1 << 10), "/agent/reseau/messages/%lld%s", (long long)id, rest).p;
}

/* ---- groups ---- */

TEST(network_groups_are_made_filled_and_a_removal_is_taken_back)
{
	given_people();
	expect_text(get("/agent/reseau"), "Aucun groupe pour l’instant");
	expect_status(fill("/agent/reseau/nouveau-groupe", "nom="), 422);
	static const char *const one[] = { "Nouvelle+Asso" };
	i64 id = group_with("Groupe+Bellevue", one, 1);
	const char *page = str_printf(unit_arena(1 << 10), "/agent/reseau/groupes/%lld", (long long)id).p;
	struct answer found = get(str_printf(unit_arena(1 << 10), "%s?q=assoc+quai", page).p);
	expect_order(found, "Association du Quai", "Ajouter « assoc quai »");
	expect_status(fill(page, "nouvelle=association+du+QUAI"), 303);        /* the one that is known */
	expect_order(get(page), "Association du Quai", "Nouvelle Asso");
	struct answer gone = fill(page, str_printf(unit_arena(1 << 10), "retirer=%lld", (long long)asso_id).p);
	expect_status(gone, 303);
	const char *after = str_printf(unit_arena(1 << 10), "%s?retire=%lld", page, (long long)asso_id).p;
	expect_text(get(after), "La remettre");
	expect_status(fill(after, str_printf(unit_arena(1 << 10), "ajouter=%lld", (long long)asso_id).p), 303);
	expect_absent(get(after), "La remettre");
	expect_text(get(page), "2 structures");
	expect_status(fill(page, "etat=fermer"), 303);
	expect_text(get(page), "Ce groupe est fermé");
	expect_text(get(str_printf(unit_arena(1 << 10), "%s.csv", page).p), "\nNouvelle Asso\n");
}

TEST(network_a_structure_sees_its_groups_and_its_own_contacts_only)
{
	static const char *const quay[] = { "Association+du+Quai" }, *const other[] = { "Autre+structure" };
	given_people();
	group_with("Groupe+Bellevue", quay, 1);
	i64 far = group_with("Groupe+Lointain", other, 1);
	add("Autre+structure", "loin@example.org", "");
	ask_as(noor);
	struct answer groups = get("/agent/reseau");
	expect_text(groups, "Groupe Bellevue");
	expect_absent(groups, "Groupe Lointain");
	expect_absent(groups, "Messages au réseau");
	expect_status(get(str_printf(unit_arena(1 << 10), "/agent/reseau/groupes/%lld", (long long)far).p), 404);
	expect_text(get("/agent/reseau/contacts"), "Aucun contact ici");
	expect_status(fill("/agent/reseau/nouveau-contact", "nom=Lila&courriel=lila@example.org&langue=fr"), 303);
	expect_order(get("/agent/reseau/contacts"), "Lila", "Association du Quai");
	expect_status(get(str_printf(unit_arena(1 << 10), "/agent/reseau/contacts/%lld", (long long)contact_of("loin@example.org")).p), 404);
	expect_status(get("/agent/reseau/contacts.csv"), 404);
}

/* ---- consent ---- */

TEST(network_a_contact_is_asked_once_and_says_yes_by_the_link)
{
	given_people();
	expect_status(fill("/agent/reseau/nouveau-contact", "structure=Association&nom=&courriel=lila"), 422);
	add("Association+du+Quai", "Lila@example.org", "&fonction=accueil");
	expect_status(fill("/agent/reseau/nouveau-contact", "structure=Association+du+Quai&nom=Encore&courriel=lila@example.org&langue=fr"), 422);
	write_all();
	write_all();
	assert_int_equal(queued("network-consent", NULL), 1);
	i64 id = contact_of("lila@example.org");
	ask_as(0);
	struct answer a = get(link_of(id, ""));
	expect_order(a, "Ville a donné votre adresse", "Association du Quai", "Oui, je suis d’accord");
	assert_true(str_find(header_of(a, "Referrer-Policy"), S("no-referrer")) >= 0);
	expect_absent(a, "lila");
	assert_false(contacts().v[0].given_at.set);                             /* looking does nothing */
	expect_status(fill(link_of(id, ""), "geste=oui"), 303);
	expect_text(get(link_of(id, "?merci=1")), "Merci");
	assert_true(contacts().v[0].given_at.set);
	expect_status(get("/reseau/ABCDEFGHJKLMNPQR"), 404);
	expect_text(get("/ar/reseau/oubli"), "لن");
}

TEST(network_who_refuses_is_forgotten_and_cannot_be_added_again_without_a_paper)
{
	given_people();
	add("Association+du+Quai", "lila@example.org", "");
	write_all();
	i64 id = contact_of("lila@example.org");
	const char *link = link_of(id, "");
	ask_as(0);
	struct answer opened = get(link);
	expect_status(post_from(opened, link, "geste=non"), 303);
	assert_int_equal(contacts().n, 0);
	assert_int_equal(queued("network-consent", "stopped"), 1);
	expect_status(post_from(opened, link, "geste=non"), 303);               /* a second click */
	expect_status(get(link), 404);
	const char *again = "structure=Association+du+Quai&nom=Lila&courriel=LILA@example.org&langue=fr";
	ask_as(noor);
	expect_text(fill("/agent/reseau/nouveau-contact", again), "Parlez-en à la coordination");
	ask_as(sacha);
	expect_text(fill("/agent/reseau/nouveau-contact", again), "faites-lui signer un papier");
	add("Association+du+Quai", "lila@example.org", "&papier=1");
	assert_true(contacts().v[0].given_at.set);
}

TEST(network_one_gesture_of_a_mail_program_withdraws)
{
	given_people();
	add("Association+du+Quai", "lila@example.org", "&papier=1");
	i64 id = contact_of("lila@example.org");
	const char *stop = link_of(id, "/stop");
	ask_as(0);
	expect_status(get(stop), 303);
	expect_status(post(stop, "x=1"), 400);
	assert_int_equal(contacts().n, 1);
	expect_status(post(stop, "List-Unsubscribe=One-Click"), 200);
	assert_int_equal(contacts().n, 0);
	expect_status(post(stop, "List-Unsubscribe=One-Click"), 200);
}

/* ---- mail ---- */

TEST(network_mail_reaches_each_consenting_contact_once_and_nobody_else)
{
	static const char *const both[] = { "Association+du+Quai", "Autre+structure" }, *const quay[] = { "Association+du+Quai" };
	given_people();
	i64 one = group_with("Un", both, 2), two = group_with("Deux", quay, 1);
	given_organisation("Ailleurs");
	add("Association+du+Quai", "oui@example.org", "&papier=1");
	add("Autre+structure", "aussi@example.org", "&papier=1");
	add("Association+du+Quai", "pas-encore@example.org", "");
	add("Ailleurs", "ailleurs@example.org", "&papier=1");
	add("Autre+structure", "plus-rien@example.org", "&papier=1");
	expect_status(fill("/agent/envois", "adresse=plus-rien@example.org"), 303);
	expect_status(fill("/agent/reseau/messages/nouveau", "sujet=Rencontre&texte=&geste=relire"), 422);
	i64 mail = mail_to(str_printf(unit_arena(1 << 10), "a=groupes&groupe=%lld&groupe=%lld", (long long)one, (long long)two).p);
	struct answer check = get(mail_path(mail, "/envoi"));
	expect_order(check, "2 personnes recevront ce message", "2 contacts ne le recevront pas", "ne veut plus recevoir aucun message", "Jeudi 14 h");
	expect_text(check, "la question n’est pas encore partie");
	assert_int_equal(queued("network-mail", NULL), 0);
	expect_status(post_from(check, mail_path(mail, "/envoi"), "geste=envoyer"), 303);
	expect_status(post_from(check, mail_path(mail, "/envoi"), "geste=envoyer"), 303);       /* two clicks */
	expect_text(get(mail_path(mail, "")), "il reste 2 personnes");
	write_all();
	assert_int_equal(queued("network-mail", NULL), 2);
	struct answer after = get(mail_path(mail, ""));
	expect_text(after, "Envoyé le");
	expect_text(after, "en attente d’envoi : 2");
	expect_text(get("/agent/reseau/messages"), "2 personnes");
}

TEST(network_mail_goes_to_nobody_who_withdrew_meanwhile)
{
	given_people();
	add("Association+du+Quai", "oui@example.org", "&papier=1");
	add("Association+du+Quai", "part@example.org", "&papier=1");
	i64 first = mail_to("a=tous"), leaving = contact_of("part@example.org");
	const char *link = link_of(leaving, "");
	expect_status(fill(mail_path(first, "/envoi"), "geste=envoyer"), 303);
	expect_status(fill(link, "geste=non"), 303);
	write_all();
	assert_int_equal(queued("network-mail", NULL), 1);
	expect_text(get(mail_path(first, "")), "plus dans la liste au moment d’écrire : 1");
	i64 second = mail_to("a=tous");
	expect_text(get(mail_path(second, "/envoi")), "1 personne recevra ce message");
}

TEST(network_mail_is_stopped_and_goes_on)
{
	given_people();
	add("Association+du+Quai", "oui@example.org", "&papier=1");
	i64 mail = mail_to("a=tous");
	expect_status(fill(mail_path(mail, "/envoi"), "geste=envoyer"), 303);
	expect_status(fill(mail_path(mail, ""), "geste=arreter"), 303);
	write_all();
	assert_int_equal(queued("network-mail", NULL), 0);
	expect_text(get(mail_path(mail, "")), "1 personne n’a rien reçu");
	expect_status(fill(mail_path(mail, ""), "geste=continuer"), 303);
	write_all();
	assert_int_equal(queued("network-mail", NULL), 1);
}

TEST(network_what_was_read_again_is_what_is_sent)
{
	given_people();
	add("Association+du+Quai", "oui@example.org", "&papier=1");
	i64 mail = mail_to("a=tous");
	struct answer read = get(mail_path(mail, "/envoi"));
	expect_status(fill(mail_path(mail, ""), "sujet=Autre&texte=Autre+jour&a=tous&geste=garder"), 303);
	struct answer late = fill_late(mail_path(mail, "/envoi"), read, "geste=envoyer");
	expect_status(late, 409);
	expect_text(late, "Autre jour");
	write_all();
	assert_int_equal(queued("network-mail", NULL), 0);
	expect_status(fill(mail_path(mail, "/envoi"), "geste=essai"), 303);
	assert_int_equal(queued("network-mail", NULL), 1);
	expect_status(fill(mail_path(mail, ""), "geste=jeter"), 303);
	expect_status(fill(mail_path(mail, ""), "geste=reprendre"), 303);
	expect_text(get(mail_path(mail, "")), "Autre jour");
}

/* ---- what is forgotten ---- */

static enum err purge_tx(struct db *db, void *arg) { return network_purge(db, 500, arg); }

TEST(network_who_does_not_answer_is_forgotten_and_who_agreed_is_asked_again)
{
	const i64 noon = 1795600800000, day = (i64)24 * 3600 * 1000;
	i64 n = 0;
	clock_set(noon);
	given_people();
	add("Association+du+Quai", "muette@example.org", "");
	add("Association+du+Quai", "fidele@example.org", "&papier=1");
	write_all();
	clock_set(noon + 89 * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(contacts().n, 2);
	clock_set(noon + 91 * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(contacts().n, 1);
	clock_set(noon + 1096 * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	write_all();
	assert_int_equal(queued("network-again", NULL), 1);
	assert_int_equal(contacts().n, 1);
	clock_set(noon + (1096 + 60) * day);
	ask_as(0);
	expect_text(get(link_of(contact_of("fidele@example.org"), "")), "Oui, je continue");
	expect_status(fill(link_of(contact_of("fidele@example.org"), ""), "geste=oui"), 303);
	clock_set(noon + (1096 + 91) * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(contacts().n, 1);
	clock_set(noon + (1096 + 60 + 1096) * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	write_all();
	clock_set(noon + (1096 + 60 + 1096 + 91) * day);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(contacts().n, 0);
}
