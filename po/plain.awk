# Is the simple version simple? Reads a catalog (.po, its holes filled with the French that stands in for them) and the
# simple articles (.md), as people will read them, and says what a reader of plain French would stumble over:
#
#   awk -f po/plain.awk po/plain-words.txt FILE.po FILE.md …
#
# - a sentence of more than 12 words (a line's end, and a colon, end it: version simple has a sentence a line);
# - a sign that is not read aloud: ; ( ) & % / … and "etc.";
# - a word in capitals (abbreviation, roman number), unless the words explain it in the same text;
# - two sentences without a space between;
# - a word of plain-words.txt, with what to say instead.
#
# Lines of plain-words.txt: "WORD<tab>INSTEAD" (WORD* for its whole family), "=ABBREVIATION<tab>WORDS THAT EXPLAIN IT", or
# "~NAME", which people meet as it is.
# Ends with "plain: N texts, N faults"; exit 1 when there are faults. Works on bytes, so that any awk will do.

BEGIN { FS = "\t"; MOST = 12 }

function fault(what) { print where ": " what ": " shown; faults++ }

# ---- one text ----

# Only words, in small letters, one space around each: " le numéro du compte ".
function words_of(text) {
	gsub(/’|'/, " ", text)
	gsub(/\302\240|\342\200\257|«|»|…|–|[][.,:!?"*#<>(){}0-9;&%\/@_=+-]/, " ", text)
	gsub(/É/, "é", text); gsub(/À/, "à", text); gsub(/Ê/, "ê", text)
	gsub(/[ \n]+/, " ", text)
	return " " tolower(text) " "
}

function check_sentences(text,   n, sentences, i, w, words, count) {
	gsub(/\302\240|\342\200\257/, "", text)          # no-break spaces: "16 h", "qui ?"
	gsub(/[.!?:]+( |$)/, "\n", text)
	n = split(text, sentences, "\n")
	for (i = 1; i <= n; i++) {
		count = 0
		w = split(sentences[i], words, " ")
		while (w > 0)
			if (words[w--] ~ /[A-Za-z0-9\200-\377]/) count++
		if (count > MOST) fault("a sentence of " count " words (at most " MOST ")")
	}
}

function check_signs(text) {
	gsub(/[{][1-9n][}]/, "x", text)
	if (text ~ /[a-z][.][A-Z]/) fault("no space after a full stop")
	if (text ~ /[;()&%\/]|…|[Ee]tc[.]/) fault("a sign that is not read aloud: ; ( ) & % / … etc.")
}

function check_capitals(text, around,   n, parts, i) {
	gsub(/’|'/, " ", text)
	n = split(text, parts, /[^A-Z]+/)
	for (i = 1; i <= n; i++)
		if (length(parts[i]) > 1 && !((parts[i] in explained) && index(words_of(around), words_of(explained[parts[i]]))))
			fault("\"" parts[i] "\" is not explained")
}

function check_words(text,   plain, i) {
	plain = words_of(text)
	for (i = 1; i <= n_names; i++)
		gsub(names[i], " ", plain)
	for (i = 1; i <= n_hard; i++)
		if (index(plain, hard[i])) fault("\"" hard_word[i] "\": say " instead[i])
}

# text: what is read; around: the whole message or article, where an abbreviation may be explained.
function check(text, around) {
	if (text !~ /[A-Za-z]/) return
	texts++
	shown = text
	gsub(/\n/, " / ", shown)
	check_sentences(text)
	check_signs(text)
	check_capitals(text, around)
	check_words(text)
}

# ---- the files ----

FNR == 1 { finish(); kind = FILENAME ~ /[.]md$/ ? "md" : FILENAME ~ /[.]po$/ ? "po" : "words"; path = FILENAME }

function finish() {
	if (kind == "po") end_of_message()
	if (kind == "md") end_of_article()
}

kind == "words" && /^=/ { explained[substr($1, 2)] = $2; next }
kind == "words" && /^~/ { names[++n_names] = words_of(substr($1, 2)); next }
kind == "words" && NF == 2 && !/^#/ {
	hard_word[++n_hard] = $1
	hard[n_hard] = $1 ~ /[*]$/ ? " " substr($1, 1, length($1) - 1) : " " $1 " "
	instead[n_hard] = $2
	next
}

# Messages: msgstr, and each plural form, with the strings that continue it.
function quoted(line) {
	sub(/^[^"]*"/, "", line)
	sub(/"$/, "", line)
	gsub(/\\n/, "\n", line)
	gsub(/\\"/, "\"", line)
	return line
}
function end_of_message() {
	if (id != "" && message != "") check(message, message)
	message = ""
}
kind == "po" && /^msgid / { end_of_message(); id = quoted($0); field = "id"; where = path; next }
kind == "po" && /^msgid_plural / { field = "plural"; next }
kind == "po" && /^msgstr/ { end_of_message(); message = quoted($0); field = "str"; next }
kind == "po" && /^"/ { if (field == "str") message = message quoted($0); else if (field == "id") id = id quoted($0) }

# Articles: each line is read by itself; links read as their words, what is between stars is a name.
function end_of_article(   i) {
	for (i = 1; i <= n_lines; i++) {
		where = path ":" line_at[i]
		check(lines[i], article)
	}
	n_lines = 0
	article = ""
}
kind == "md" {
	line = $0
	sub(/^(#+|[-+>?]) /, "", line)
	gsub(/\]\([^)]*\)/, "", line)
	gsub(/\[/, "", line)
	gsub(/[*][^*]*[*]/, "x", line)
	lines[++n_lines] = line
	line_at[n_lines] = FNR
	article = article line "\n"
}

END {
	finish()
	printf "plain: %d texts, %d faults\n", texts, faults
	if (faults || !texts || !n_hard) exit 1
}
