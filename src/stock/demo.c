/* The demonstration's devices: three makes, three owners, at every state; their labels are always the same. All invented. */
#include "stock/label.h"
#include "stock/stock.h"
#include "stock/stock_sql.h"

#define DEVICES 14

static const struct { const char *kind, *model, *grade, *os, *owner; enum stock_owner by; i64 memory, disk, screen; } makes[] = {
	{ "laptop", "Caboteur 14", "B", "Linux Mint", "Ville de démonstration", OWNER_CITY, 8, 240, 140 },
	{ "laptop", "Caboteur 13", "A", "Linux Mint", "Entreprises donatrices (inventées)", OWNER_COMPANY, 16, 480, 133 },
	{ "laptop", "Péniche 15", "C", "Linux Mint", "Ville de démonstration", OWNER_CITY, 4, 120, 156 },
	{ "desktop", "Quai 200", "B", "Linux Mint", "Métropole de démonstration", OWNER_METROPOLE, 8, 240, 220 },
};

enum err stock_demo_load(struct db *db, i64 organisation_id)
{
	static const struct stock_doer who = { 0, 0 };
	struct device v[DEVICES];
	i64 had;
	try(devices_of_organisation(db, organisation_id, &had));
	if (had)
		return OK;
	for (size_t i = 0; i < DEVICES; i++) {
		size_t m = i % lengthof(makes);
		v[i] = (struct device){ .organisation_id = organisation_id, .label = label_of_bits(db_arena(db), (const u8[6]){ 2, 13, (u8)(i + 4), 23, 9, 30 }),
			.owner = str_c(makes[m].owner), .owner_kind = makes[m].by, .kind = str_c(makes[m].kind), .model = str_c(makes[m].model),
			.serial = str_printf(db_arena(db), "INV-%04zu", 7100 + i), .grade = str_c(makes[m].grade), .memory_gb = makes[m].memory,
			.disk_gb = makes[m].disk, .screen_tenths = makes[m].screen, .os = str_c(makes[m].os) };
	}
	try(stock_add(db, v, DEVICES, &who));
	struct device d;
	try(stock_get(db, v[DEVICES - 1].id, &d));
	try(stock_move(db, &d, SS_IN_REPAIR, S("fault"), &who));
	try(stock_get(db, v[DEVICES - 2].id, &d));
	return stock_move(db, &d, SS_GONE, S("parts"), &who);
}
