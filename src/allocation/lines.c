/* Lines as people paste them: CSV without line feeds in its cells, separated by semicolons, commas or tabs; see lines.h. */
#include "allocation/lines.h"

#include "html/i18n.h"

enum err lines_fault(struct lines *l, const char *msgid, str what)
{
	*l->fault = (struct alloc_fault){ msgid, what, l->number };
	return INVALID;
}

static str cell_of(str s)
{
	s = str_trim(s);
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_trim(str_slice(s, 1, s.n - 1)) : s;
}

enum err lines_next(struct lines *l, str cells[COLUMNS_MAX], size_t *ret_n)
{
	str line = { 0 }, cell;
	while (!str_trim(line).n) {
		if (!str_next(&l->rest, '\n', &line))
			return NOT_FOUND;
		l->number++;
	}
	if (!l->separator)
		l->separator = str_find_byte(line, ';') >= 0 ? ';' : str_find_byte(line, '\t') >= 0 ? '\t' : ',';
	for (*ret_n = 0; str_next(&line, l->separator, &cell); ++*ret_n) {
		if (*ret_n == COLUMNS_MAX)
			return lines_fault(l, N_("Il y a trop de colonnes."), S(""));
		cells[*ret_n] = cell_of(cell);
	}
	return OK;
}

bool lines_is_id(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return s.n > 0 && s.n <= ALLOC_ID_MAX;
}

enum err lines_header(struct lines *l, const char *const *names, size_t n_names, size_t needed, size_t columns[COLUMNS_MAX], size_t *ret_n)
{
	str cells[COLUMNS_MAX];
	u64 seen = 0;
	if (lines_next(l, cells, ret_n) != OK)
		return lines_fault(l, N_("Il n’y a rien à lire."), S(""));
	for (size_t i = 0; i < *ret_n; i++) {
		size_t k = 0;
		str name = cells[i];
		if (l->number == 1 && !i && str_starts(name, S("\xEF\xBB\xBF")))
			name = cell_of(str_slice(name, 3, name.n));
		while (k < n_names && !str_ieq(name, str_c(names[k])))
			k++;
		if (k == n_names || seen & 1u << k)
			return lines_fault(l, N_("La colonne « {1} » est inconnue, ou là deux fois."), name);
		seen |= 1u << k;
		columns[i] = k;
	}
	for (size_t k = 0; k < needed; k++)
		if (!(seen & 1u << k))
			return lines_fault(l, N_("La colonne « {1} » manque."), str_c(names[k]));
	return OK;
}

size_t lines_count(str s)
{
	size_t n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}
