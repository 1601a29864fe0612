#!/bin/bash
# What tools/po2c promises: catalogs become C that compiles and finds every form; whatever is wrong in one is named.
# Usage: po2c_test.sh PO2C SOURCE_ROOT
set -u
po2c=$(realpath "$1") src=$2/src
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
passed=0 failed=0

# expect NAME WANTED ACTUAL: ACTUAL must contain WANTED.
expect() {
	case $3 in
	*"$2"*) passed=$((passed + 1)) ;;
	*) failed=$((failed + 1)); printf 'FAILED %s: wanted "%s" in "%s"\n' "$1" "$2" "$3" ;;
	esac
}

header() { printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: %s\\n"\n\n' "$1"; }
two='nplurals=2; plural=(n != 1);'
six='nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);'

pot() { header "$two"; cat <<'PO'
msgid "Bonjour"
msgstr ""

msgid "{1} lieu à {2}"
msgid_plural "{1} lieux à {2}, {n} en tout"
msgstr[0] ""
msgstr[1] ""

msgid ""
"Deux\n"
"lignes, \"dites\""
msgstr ""
PO
}
pot > t.pot

good() { header "$two"; cat <<'PO'
# comment
#: src/x.c:3
msgid "Bonjour"
msgstr "Hello"

msgid "{1} lieu à {2}"
msgid_plural "{1} lieux à {2}, {n} en tout"
msgstr[0] "{1} place in {2}"
msgstr[1] "{1} places in {2}, {n} in all"

msgid ""
"Deux\n"
"lignes, \"dites\""
msgstr "Two\nlines, \"say\"\\"

#~ msgid "Ancien"
#~ msgstr "Old"
PO
}
good > en.po

arabic() { header "$six"; cat <<'PO'
msgid "{1} lieu à {2}"
msgid_plural "{1} lieux à {2}, {n} en tout"
msgstr[0] "صفر {1}{2}"
msgstr[1] "واحد {1}{2}"
msgstr[2] "اثنان {1}{2}"
msgstr[3] "قليل {1}{2}"
msgstr[4] "كثير {1}{2}"
msgstr[5] "آخر {1}{2}"

#, fuzzy
msgid "Bonjour"
msgstr "نحو"
PO
}
arabic > ar.po

# compile: the C is compiled with a small program that walks it.
"$po2c" compile out.c LANG_EN=en.po LANG_AR=ar.po
expect "compile succeeds" 0 $?
cat > main.c <<'C'
#include "html/catalog.h"
#include <stdio.h>
int main(void)
{
	const struct catalog *en = &catalogs[LANG_EN], *ar = &catalogs[LANG_AR];
	for (size_t i = 0; i < en->n; i++)
		printf("[%s=%s/%u]", en->messages[i].id, en->forms[en->messages[i].first].p, en->messages[i].n);
	for (u64 n = 0; n < 200; n++)
		if (ar->plural(n) >= ar->n_plurals)
			puts("out of range");
	printf(" ar=%zu %u%u%u%u%u%u%u fr=%zu %s", ar->n, ar->plural(0), ar->plural(1), ar->plural(2), ar->plural(3), ar->plural(10),
		ar->plural(11), ar->plural(100), catalogs[LANG_FR].n, ar->forms[ar->messages[0].first + ar->plural(100)].p);
}
C
gcc -std=gnu17 -Wall -Wextra -Wconversion -Werror -I"$src" out.c main.c -o walk
expect "the C compiles" 0 $?
out=$(./walk)
expect "sorted, with forms" '[Bonjour=Hello/1][Deux
lignes, "dites"=Two
lines, "say"\/1][{1} lieu à {2}={1} place in {2}/2]' "$out"
expect "fuzzy left out, six forms, French empty" 'ar=1 0123345 fr=0 آخر' "$out"

# check: a sound catalog, then one fault at a time.
out=$("$po2c" check t.pot en.po 2>&1); expect "sound: exit" 0 $?
expect "sound: summary" "po: 3 messages, 1 languages, 0 faults" "$out"

faulty() { # NAME WANTED SED-SCRIPT
	good | sed "$3" > bad.po
	out=$("$po2c" check t.pot bad.po 2>&1)
	expect "$1: exit" 1 $?
	expect "$1" "$2" "$out"
}
faulty "untranslated" 'bad.po:8: not translated: Bonjour' 's/"Hello"/""/'
faulty "fuzzy" 'fuzzy: Bonjour' 's/^# comment/#, fuzzy/'
faulty "placeholder lost" 'placeholders differ from the source: {1} place' 's/place in {2}/place/'
faulty "placeholder mistyped" 'placeholders differ' 's/places in {2}/places in {two}/'
faulty "form missing" '2 forms wanted' '/^msgstr\[1\]/d'
faulty "message missing" 'message missing (run po/update): Bonjour' 's/"Bonjour"/"Bonsoir"/'
faulty "twice" 'message there twice: Bonjour' 's/^msgid "{1} lieu à {2}"/msgid "Bonjour"/'
faulty "bad escape" 'unknown escape' 's/Hello/He\\qllo/'
faulty "open string" 'a string does not end' 's/Hello"/Hello/'
faulty "msgctxt" 'not understood: msgctxt' 's/^# comment/msgctxt "menu"/'
faulty "no header" 'no Plural-Forms' '/Plural-Forms/d'
faulty "plural is no code" 'not a plain expression' 's/(n != 1)/(system(n))/'
good | sed 's/"Hello"/""/' > plain.po
out=$("$po2c" check t.pot --plain plain.po 2>&1); expect "plain may leave out" 0 $?
sed 's/Bonjour/Bon{jour/' t.pot > brace.pot
out=$("$po2c" check brace.pot en.po 2>&1); expect "brace in the source" 'a brace that is no placeholder: Bon{jour' "$out"
good | sed 's/Hello"/Hello/' > bad.po
"$po2c" compile bad.c LANG_EN=bad.po 2>/dev/null; expect "compile stops at faults" 1 $?
[ ! -e bad.c ]; expect "nothing is left of a failed compile" 0 $?
"$po2c" 2>/dev/null; expect "usage" 2 $?

echo "$passed passed, $failed failed"
[ $failed = 0 ]
