#!/bin/bash
# Does what docs/comparison.md and docs/rgaa.md show as evidence exist? Every `name_of_a_test`, file and suite between backquotes.
set -u
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0

# exists NAME: a suite of ./check, a page, a file (wherever, when it has no folder), a test or function.
exists() {
	case $1 in
	'./check '*) grep -q "^suite_${1#./check }()" check ;;
	/*) local page=${1%%\?*}; [ -n "$(grep -rlF "\"$page\"" src --include='*.c')" ] ;;
	*.[a-z]*)
		case $1 in */*) compgen -G "$1" >/dev/null ;; *) [ -n "$(find src assets tests tools po -name "$1" -print -quit)" ] ;; esac
		;;
	*/*) [ -e "$1" ] || [[ $1 == src/* ]] ;;
	*) grep -rqw "$1" src tests ;;
	esac
}

while read -r name; do
	if exists "$name"; then
		passed=$((passed + 1))
	else
		printf 'FAIL nothing is called %s\n' "$name"
		failed=$((failed + 1))
	fi
done < <(grep -oh '`[^`]*`' docs/comparison.md docs/rgaa.md | tr -d '`' |
	grep -E '^(\./check [a-z]+|/[a-z/?=&-]*|[a-z]+(/[A-Za-z_.-]+)+|[a-z_-]+\.(html|c|h|mjs|css|md|t)|[a-z0-9]+(_[a-z0-9]+)+)$' | sort -u)

echo "comparison: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 50 ]
