# Who speaks to a computer says what they see: the name of a button or a link (aria-label) holds its visible text, in each language
# (WCAG 2.5.3). awk -f po/names.awk po/XX.po… SOURCES.html: pairs that templates write together, then their translations.
function unquote(s) { sub(/^[a-z]+ "/, "", s); sub(/"$/, "", s); return s }
FILENAME ~ /\.po$/ {
	if (!(FILENAME in seen)) { seen[FILENAME] = 1; files[++n] = FILENAME }
	if (/^msgid "/) id = unquote($0)
	else if (/^msgstr "/) said[FILENAME, id] = unquote($0)
	next
}
{
	rest = $0
	while (match(rest, /aria-label="{{ _f?\("[^"]*"[^}]*}}[^>]*>{{ _\("[^"]*"\) }}/)) {
		pair = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		name = text = pair
		sub(/^aria-label="{{ _f?\("/, "", name); sub(/".*/, "", name)
		sub(/.*>{{ _\("/, "", text); sub(/"\) }}$/, "", text)
		pairs++
		if (!index(name, text)) bad(FILENAME ":" FNR, name, text)
		for (i = 1; i <= n; i++) {
			a = said[files[i], name]; b = said[files[i], text]
			if ((a != "" || b != "") && !index(a == "" ? name : a, b == "" ? text : b)) bad(files[i], a == "" ? name : a, b == "" ? text : b)
		}
	}
}
function bad(where, name, text) { print where ": the name « " name " » does not hold what is seen, « " text " »"; faults++ }
END { print "names: " pairs + 0 " pairs, " faults + 0 " faults"; exit faults > 0 }
