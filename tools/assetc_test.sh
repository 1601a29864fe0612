#!/bin/bash
# What tools/assetc.c promises: bodies that decode to the file, a URL that changes with it, types, no comments in style sheets.
# Usage: assetc_test.sh ASSETC SOURCE_ROOT
set -u
assetc=$(realpath "$1") src=$2/src
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
passed=0 failed=0

expect() { # NAME WANTED ACTUAL
	if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
		failed=$((failed + 1)); printf 'FAILED %s: wanted "%s", got "%s"\n' "$1" "$2" "$3"; fi
}

cat > main.c <<'C'
#include "html/assets.h"
#include <stdio.h>
extern const struct asset things[];
int main(int argc, char **argv)
{
	(void)argc;
	for (const struct asset *a = things; a->name; a++) {
		str body = argv[1][0] == 'i' ? a->identity : argv[1][0] == 'b' ? a->br : a->gzip;
		if (argv[1][0] == 'l')
			printf("%s %s %.*s\n", a->name, a->type, STR_ARG(a->url));
		else if (!argv[2] || !strcmp(argv[2], a->name))
			fwrite(body.p, 1, body.n, stdout);
	}
}
C
# build FILE…
build() {
	"$assetc" things out.c "$@" && gcc -std=gnu17 -Wall -Wextra -Wconversion -Werror -I"$src" out.c main.c -o serve
}

seq 1 2000 > numbers.csv
printf 'a{b:c}/* one */\n/* two\nlines */\nd{content:"/* kept */"}\n' > "look-1.css"
: > empty.txt
head -c 3000 /dev/urandom > noise.svg
build numbers.csv look-1.css empty.txt noise.svg
expect "identity" "$(md5sum < numbers.csv)" "$(./serve i numbers.csv | md5sum)"
expect "gzip decodes" "$(md5sum < numbers.csv)" "$(./serve g numbers.csv | gzip -d | md5sum)"
br=$(./serve b numbers.csv | wc -c) gz=$(./serve g numbers.csv | wc -c) plain=$(wc -c < numbers.csv)
expect "brotli is smaller than gzip, gzip than identity" yes \
	"$([ "$br" -gt 0 ] && [ "$br" -lt "$gz" ] && [ "$gz" -lt "$plain" ] && echo yes)"
expect "comments go, strings stay" 'a{b:c}d{content:"/* kept */"}' "$(./serve i look-1.css)"
expect "what does not shrink is not kept" "0 0 0" \
	"$(./serve b noise.svg | wc -c) $(./serve g noise.svg | wc -c) $(./serve i empty.txt | wc -c)"
sum=$(gzip -c numbers.csv | tail -c8 | od -An -tx4 -N4 | tr -d ' ')
expect "name, type, URL with the checksum" "numbers.csv text/csv; charset=utf-8 /a/numbers-$sum.csv" "$(./serve l | head -1)"
before=$(./serve l)
build numbers.csv look-1.css empty.txt noise.svg
expect "the same files give the same URLs" "$before" "$(./serve l)"
echo 2001 >> numbers.csv
build numbers.csv
expect "a changed file has another URL" no "$([ "$(./serve l)" = "${before%%$'\n'*}" ] && echo yes || echo no)"
cp numbers.csv 'Majuscule.csv'; cp numbers.csv sans.ext
"$assetc" things out.c Majuscule.csv 2>/dev/null; expect "a name that no URL can bear" 1 $?
"$assetc" things out.c sans.ext 2>/dev/null; expect "an unknown type" 1 $?
"$assetc" things out.c rien.csv 2>/dev/null; expect "no such file" 1 $?
"$assetc" things 2>/dev/null; expect "usage" 2 $?
"$assetc" --plain things out.c numbers.csv && gcc -std=gnu17 -Wall -Wextra -Wconversion -Werror -I"$src" out.c main.c -o serve
expect "plain: not compressed" "0 0" "$(./serve b | wc -c) $(./serve g | wc -c)"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
