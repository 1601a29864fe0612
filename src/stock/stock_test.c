/* Devices in stock: never in two hands, never two for one file by mistake, and who comes second is told. */
#include "stock/stock.h"

#include "files/files.h"
#include "files/files_sql.h"
#include "given_files.h"

static struct arena *mem;
static i64 city;
static struct stock_doer who;

static struct device ours(const char *serial)
{
	return (struct device){ .organisation_id = city, .owner = S("Ville de test"), .owner_kind = OWNER_CITY, .kind = S("laptop"), .model = S("Essai 400"),
		.serial = str_c(serial), .grade = S("B"), .memory_gb = 8, .disk_gb = 240, .screen_tenths = 133, .os = S("Linux Mint") };
}

static enum err add_tx(struct db *db, void *arg) { return stock_add(db, arg, 1, &who); }

static i64 given_device(const char *serial)
{
	struct device d = ours(serial);
	assert_ok(db_tx(ask_db(), add_tx, &d));
	return d.id;
}

static struct device now_of(i64 id)
{
	struct device d;
	assert_ok(stock_get(ask_db(), id, &d));
	return d;
}

static void given_stock(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	who = (struct stock_doer){ given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER), city };
}

static i64 a_file(i64 organisation)
{
	struct family_file_row row;
	str id = given_file(organisation);
	assert_ok(file_by_public(ask_db(), id, given_wave_of(organisation).campaign_id, &row));
	return row.id;
}

enum doing { RESERVE, RELEASE, LEND, SPARE, GIVE, UNDO, BACK, MOVE };
struct doing_it { enum doing what; struct device d; i64 file; enum stock_state to; str reason; };

static enum err do_tx(struct db *db, void *arg)
{
	const struct doing_it *i = arg;
	struct stock_loan l = { .file_id = i->file, .gift = i->what == GIVE, .spare = i->what == SPARE, .from_day = S("2027-02-03") };
	switch (i->what) {
	case RESERVE: return stock_reserve(db, &i->d, i->file, &who);
	case RELEASE: return stock_release(db, &i->d, &who);
	case UNDO: return stock_lend_undo(db, &i->d, &who);
	case BACK: return stock_back(db, &i->d, i->to, S("2027-03-04"), i->reason, &who);
	case MOVE: return stock_move(db, &i->d, i->to, i->reason, &who);
	default: return stock_lend(db, &i->d, &l, &who);
	}
}

static enum err with(enum doing what, struct device d, i64 file)
{
	return db_tx(ask_db(), do_tx, &(struct doing_it){ .what = what, .d = d, .file = file, .reason = S("") });
}

static enum err to(enum doing what, struct device d, enum stock_state state, const char *reason)
{
	return db_tx(ask_db(), do_tx, &(struct doing_it){ .what = what, .d = d, .to = state, .reason = str_c(reason) });
}

TEST(a_device_is_found_by_its_label_and_free_until_it_is_taken)
{
	given_stock();
	i64 id = given_device("S1"), file = a_file(city);
	struct device d = now_of(id), found;
	struct devices free;
	assert_ok(stock_by_label(ask_db(), stock_label(mem, d.label), &found));
	assert_int_equal(found.id, id);
	assert_err(stock_by_label(ask_db(), S("P222-2222"), &found), INVALID);
	assert_ok(stock_free_list(ask_db(), city, 10, &free));
	assert_int_equal(free.n, 1);
	assert_ok(with(RESERVE, d, file));
	assert_ok(stock_free_list(ask_db(), city, 10, &free));
	assert_int_equal(free.n, 0);
	assert_ok(stock_of_file(ask_db(), file, &free));
	assert_true(free.n == 1 && free.v[0].state == SS_RESERVED && free.v[0].version == d.version + 1);
	assert_ok(with(RELEASE, now_of(id), 0));
	assert_int_equal(now_of(id).state, SS_IN_STOCK);
}

TEST(never_two_live_loans_of_one_device_and_who_comes_second_is_told)
{
	given_stock();
	i64 id = given_device(""), other = given_organisation("Autre ville"), file = a_file(city), theirs = a_file(other);
	struct device seen = now_of(id);
	assert_ok(with(LEND, seen, file));
	assert_err(with(LEND, seen, theirs), CONFLICT);         /* read before: the unique index and the version both refuse */
	assert_err(with(LEND, now_of(id), theirs), INVALID);
	assert_err(with(RESERVE, now_of(id), theirs), INVALID);
	struct stock_loan l;
	assert_ok(stock_loan_now(ask_db(), id, &l));
	assert_true(l.file_id == file && !l.gift && !l.spare);
	struct device lie = now_of(id);
	lie.state = SS_IN_STOCK;                                 /* a caller that is wrong is refused by the table itself */
	lie.file_id = 0;
	assert_err(with(LEND, lie, theirs), CONFLICT);
	assert_int_equal(now_of(id).file_id, file);
}

TEST(never_two_devices_for_one_file_but_for_a_spare_one)
{
	given_stock();
	i64 one = given_device("S1"), two = given_device("S2"), file = a_file(city);
	assert_ok(with(LEND, now_of(one), file));
	assert_err(with(LEND, now_of(two), file), CONFLICT);
	assert_err(with(GIVE, now_of(two), file), CONFLICT);
	assert_int_equal(now_of(two).state, SS_IN_STOCK);
	assert_ok(with(SPARE, now_of(two), file));
	assert_ok(to(BACK, now_of(two), SS_IN_STOCK, "checked"));
	assert_ok(to(BACK, now_of(one), SS_RETURNED, "finished"));
	assert_ok(with(LEND, now_of(two), file));
	i64 three = given_device("S3"), four = given_device("S4");
	assert_ok(with(RESERVE, now_of(three), file));
	assert_err(with(RESERVE, now_of(four), file), CONFLICT);
}

TEST(what_is_reserved_goes_to_nobody_else_and_undoing_leads_back_there)
{
	given_stock();
	i64 id = given_device(""), other = given_organisation("Autre ville"), file = a_file(city), theirs = a_file(other);
	assert_ok(with(RESERVE, now_of(id), file));
	assert_err(with(LEND, now_of(id), theirs), INVALID);
	assert_ok(with(LEND, now_of(id), file));
	assert_ok(with(UNDO, now_of(id), 0));
	assert_true(now_of(id).state == SS_RESERVED && now_of(id).file_id == file);
	assert_ok(with(RELEASE, now_of(id), 0));
	assert_ok(with(LEND, now_of(id), theirs));
	assert_ok(with(UNDO, now_of(id), 0));
	assert_int_equal(now_of(id).state, SS_IN_STOCK);
	assert_err(with(UNDO, now_of(id), 0), INVALID);
}

TEST(what_was_given_is_gone_and_comes_back_only_by_undoing)
{
	given_stock();
	i64 id = given_device(""), file = a_file(city);
	struct devices of;
	assert_ok(with(GIVE, now_of(id), file));
	assert_int_equal(now_of(id).state, SS_GONE);
	assert_ok(stock_of_file(ask_db(), file, &of));
	assert_int_equal(of.n, 1);
	assert_err(to(MOVE, now_of(id), SS_IN_STOCK, "mistake"), INVALID);
	assert_err(to(BACK, now_of(id), SS_IN_STOCK, ""), INVALID);
	assert_ok(with(UNDO, now_of(id), 0));
	assert_int_equal(now_of(id).state, SS_IN_STOCK);
}

TEST(a_device_leaves_the_stock_with_a_reason_and_two_who_move_it_do_not_write_over_each_other)
{
	given_stock();
	i64 id = given_device("");
	struct device seen = now_of(id);
	assert_err(to(MOVE, seen, SS_GONE, ""), INVALID);
	assert_err(to(MOVE, seen, SS_GONE, "stolen"), INVALID);
	assert_err(to(MOVE, seen, SS_LENT, ""), INVALID);
	assert_err(to(MOVE, seen, SS_IN_STOCK, ""), INVALID);
	assert_ok(to(MOVE, seen, SS_IN_REPAIR, "fault"));
	assert_err(to(MOVE, seen, SS_GONE, "recycled"), CONFLICT);
	assert_ok(to(MOVE, now_of(id), SS_GONE, "parts"));
	assert_ok(to(MOVE, now_of(id), SS_IN_STOCK, "mistake"));
}

TEST(a_serial_number_is_entered_once_while_the_device_is_there)
{
	given_stock();
	i64 id = given_device("S1");
	struct device again = ours("S1");
	assert_err(db_tx(ask_db(), add_tx, &again), CONFLICT);
	assert_ok(to(MOVE, now_of(id), SS_GONE, "handed-back"));
	assert_ok(db_tx(ask_db(), add_tx, &again));
}
