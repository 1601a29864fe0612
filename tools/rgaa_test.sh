#!/bin/bash
# What tools/rgaa.awk refuses. Usage: rgaa_test.sh, from the root of the sources.
set -u
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0

# faulty WANTED SED-SCRIPT: the audit, changed so, is refused with these words.
faulty() {
	local out
	if out=$(sed "$2" docs/rgaa.md | awk -f tools/rgaa.awk - 2>&1) || [[ $out != *"$1"* ]]; then
		printf 'FAIL wanted "%s" in "%s"\n' "$1" "$out"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

faulty 'criterion 8.3 is missing' '/^| 8\.3 /d'
faulty 'criterion 8.3 is there twice' 's/^| 8\.4 /| 8.3 /'
faulty 'there is no criterion 8.11' 's/^| 8\.4 /| 8.11 /'
faulty 'criterion 8.3 has the verdict "peut-être"' 's/^\(| 8\.3 |[^|]*|\) conforme/\1 peut-être/'
faulty 'the count of "non applicable"' 's/^\(| 4\.1 |[^|]*|\) non applicable/\1 conforme/'
faulty 'criterion 8.3 says too little' 's/^\(| 8\.3 |[^|]*| conforme |\).*/\1 |/'
faulty 'no line' '/^Date de/d'
awk -f tools/rgaa.awk docs/rgaa.md >/dev/null && passed=$((passed + 1)) || failed=$((failed + 1))

echo "rgaa: $passed passed, $failed failed"
[ $failed = 0 ]
