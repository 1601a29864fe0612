/* The registry says all: each sealed or hashed column of the schema has its line, each line its column, each job exists; and the document made
 * from it is the one that is printed. */
#include "people/registry.h"

#include "app/jobs.h"
#include "unit.h"

#include <glob.h>

static str file_text(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	if (!f)
		fail_msg("cannot read %s (tests run from the root)", path);
	char *p = arena_alloc(a, 1 << 20);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (str){ p, n };
}

static bool word_in(const char *words, str word)
{
	str rest = str_c(words), one;
	while (str_next(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* Sealed, and about nobody. */
static const char *const impersonal[] = { "allocation_draw.seed_enc" };

static bool listed(str table, str column)
{
	for (size_t i = 0; i < lengthof(impersonal); i++)
		if (str_eq(str_c(impersonal[i]), str_printf(unit_arena(1 << 8), "%.*s.%.*s", STR_ARG(table), STR_ARG(column))))
			return true;
	for (size_t i = 0; i < registry_count; i++)
		if (str_eq(str_c(registry[i].table), table) && word_in(registry[i].columns, column))
			return true;
	return false;
}

static str first_word(str line)
{
	size_t n = 0;
	while (n < line.n && ((line.p[n] >= 'a' && line.p[n] <= 'z') || (line.p[n] >= '0' && line.p[n] <= '9') || line.p[n] == '_'))
		n++;
	return str_slice(line, 0, n);
}

/* Column by column of a migration; how many are sealed or keyed hashes. */
static size_t check_migration(str text)
{
	str line, table = { 0 };
	size_t found = 0;
	while (str_next(&text, '\n', &line)) {
		line = str_trim(line);
		str create = S("CREATE TABLE "), alter = S("ALTER TABLE "), add = S(" ADD COLUMN ");
		if (str_starts(line, create)) {
			table = first_word(str_slice(line, create.n, line.n));
			continue;
		}
		str column = first_word(line), of = table;
		if (str_starts(line, alter) && str_find(line, add) > 0) {
			of = first_word(str_slice(line, alter.n, line.n));
			column = first_word(str_slice(line, (size_t)str_find(line, add) + add.n, line.n));
		}
		if (!str_ends(column, S("_enc")) && !(str_ends(column, S("_index")) && str_find(line, S("BYTEA")) > 0))
			continue;
		found++;
		if (!listed(of, column))
			fail_msg("%.*s.%.*s has no line in src/people/registry.c", STR_ARG(of), STR_ARG(column));
	}
	return found;
}

TEST(every_sealed_column_has_its_line_in_the_registry)
{
	struct arena *a = unit_arena((size_t)64 << 20);
	glob_t files;
	size_t found = 0;
	assert_int_equal(glob("migrations/*.sql", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		found += check_migration(file_text(a, files.gl_pathv[i]));
	globfree(&files);
	assert_true(found >= 25);                    /* they were read */
}

TEST(every_line_of_the_registry_is_whole_and_true)
{
	struct arena *a = unit_arena((size_t)64 << 20);
	struct buf all = buf_new(a, 4 << 20);
	glob_t files;
	assert_int_equal(glob("migrations/*.sql", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		buf_put(&all, file_text(a, files.gl_pathv[i]));
	globfree(&files);
	for (size_t i = 0; i < registry_count; i++) {
		const struct registry_line *l = &registry[i];
		str rest = str_c(l->columns), column;
		bool job = !*l->job;
		assert_true(*l->what && *l->why && *l->controller && *l->basis && *l->recipients && *l->kept && *l->until);
		if (str_find(buf_str(&all), str_printf(a, "TABLE %s ", l->table)) < 0)
			fail_msg("no table %s", l->table);
		while (str_next(&rest, ' ', &column))
			if (str_find(buf_str(&all), str_printf(a, " %.*s ", STR_ARG(column))) < 0)
				fail_msg("no column %.*s in %s", STR_ARG(column), l->table);
		for (size_t k = 0; k < job_kinds_count; k++)
			job |= !strcmp(l->job, job_kinds[k].kind);
		if (!job)
			fail_msg("no job %s", l->job);
	}
}

TEST(the_document_is_made_from_the_registry)
{
	struct arena *a = unit_arena((size_t)8 << 20);
	struct buf b = buf_new(a, 1 << 20);
	registry_markdown(&b);
	if (!str_eq(buf_str(&b), file_text(a, "docs/aipd.md")))
		fail_msg("docs/aipd.md is not what the registry says: build/gabare registry > docs/aipd.md");
}
