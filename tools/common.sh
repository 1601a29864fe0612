# What ./start and ./check share: words for people, and the packages of tools/packages. Sourced by bash, at the project's root.

set -o pipefail

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# packages GROUP…: those groups' packages that are missing here, one a line.
packages_missing() {
	local group package command why
	while IFS='|' read -r group package command why; do
		group=${group// } package=${package// } command=${command// }
		case " $* " in *" $group "*) ;; *) continue ;; esac
		if [ -n "$command" ]; then
			command -v "$command" >/dev/null && continue
		elif [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ]; then
			continue
		fi
		say "$package"
	done < <(grep -v '^#' tools/packages)
}

# packages_install GROUP…: installs what is missing, as root or with sudo; without either, names it and stops with exit 2.
packages_install() {
	local missing as_root=()
	mapfile -t missing < <(packages_missing "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	if ! command -v apt-get >/dev/null; then
		say "Gabare needs these Debian packages, or their like here: ${missing[*]}" >&2
		exit 2
	fi
	if [ "$(id -u)" != 0 ]; then
		if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
			as_root=(sudo)
		else
			say "Some packages are missing, and installing them takes root or sudo. Ask for:" >&2
			say "  apt-get install --no-install-recommends ${missing[*]}" >&2
			exit 2
		fi
	fi
	say "Installing ${#missing[@]} packages: ${missing[*]}"
	# Installing PostgreSQL's programs is to start no server on this machine.
	local conf=/etc/postgresql-common/createcluster.conf
	if [[ " ${missing[*]} " == *" postgresql-15 "* && ! -e $conf ]]; then
		"${as_root[@]}" sh -c "mkdir -p ${conf%/*} && echo 'create_main_cluster = false' >$conf"
	fi
	# Nor is an identity provider with a known password.
	local unit=/etc/systemd/system/glewlwyd.service
	if [[ " ${missing[*]} " == *" glewlwyd "* && -d ${unit%/*} && ! -e $unit ]]; then
		"${as_root[@]}" ln -s /dev/null "$unit"
	fi
	local log
	log=$(mktemp)
	if ! { "${as_root[@]}" apt-get -q update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y install --no-install-recommends "${missing[@]}"; } 2>&1 | progress "$log"; then
		tail -n 20 "$log" >&2
		fail "The packages could not be installed (above, what apt-get said). Is the network there? Then run this again."
	fi
	rm -f "$log"
}

# progress LOG: keeps what comes in LOG; on a terminal shows its last line, over the one before.
progress() {
	local line
	while IFS= read -r line; do
		say "$line" >>"$1"
		[ ! -t 1 ] || printf '\r\033[K%.75s' "$line"
	done
	[ ! -t 1 ] || printf '\r\033[K'
}

# build_tree DIR TARGETS OPTION…: sets DIR up for these options if it is not, and builds TARGETS; shows why only when it fails.
build_tree() {
	local dir=$1 targets=$2 log=$1/build.log
	shift 2
	{ mkdir -p "$dir" && : >"$log"; } 2>/dev/null || { say "$dir/ cannot be written to" >&2; return 1; }
	{
		if [ "$(cat "$dir/options" 2>/dev/null)" != "options: $*" ]; then
			rm -rf "$dir"/meson-* "$dir"/build.ninja
			meson setup "$dir" "$@" && say "options: $*" >"$dir/options"
		fi && ninja -C "$dir" $targets
	} 2>&1 | progress "$log" && return
	grep -E 'error:|warning:|FAILED|ERROR' "$log" | head -n 40 >&2
	tail -n 20 "$log" >&2
	return 1
}
