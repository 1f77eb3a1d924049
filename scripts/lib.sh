# Shared by the scripts: language, Go, system packages, builds. Sourced by bash, never run by itself.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# The real program is built with one set of flags everywhere, so that cgo compiles it once.
window_tags=migrated_fynedo
app_id=$(sed -n 's/^ID *= *"\(.*\)"/\1/p' FyneApp.toml)
version=$(sed -n 's/^Version *= *"\(.*\)"/\1/p' FyneApp.toml)
build_flags=(-trimpath -buildvcs=false)
link_flags="-X main.version=$version"

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
en*) speak=en ;;
*) speak=fr ;;
esac

# say FRENCH ENGLISH prints one of the two: French where the language is unknown, as the program does.
say() {
	if [ "$speak" = fr ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi
}

# die FRENCH ENGLISH ends with a sentence.
die() {
	say "$1" "$2" >&2
	exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

system() {
	case "$(uname -s)" in
	Linux) echo linux ;;
	Darwin) echo macos ;;
	MINGW* | MSYS* | CYGWIN*) echo windows ;;
	*) echo other ;;
	esac
}

# has_display says whether a window can be shown. A display named in the environment may be gone:
# its socket tells, where the display is on this machine.
has_display() {
	[ "$(system)" = linux ] || return 0
	case "${WAYLAND_DISPLAY:-}" in
	"") ;;
	/*) [ -S "$WAYLAND_DISPLAY" ] && return ;;
	*) [ -S "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/$WAYLAND_DISPLAY" ] && return ;;
	esac
	local number
	case "${DISPLAY:-}" in
	"") return 1 ;;
	:*)
		number=${DISPLAY#:}
		[ -S "/tmp/.X11-unix/X${number%%.*}" ]
		;;
	esac
}

# go_minor prints 26 for go1.26.8, and nothing when the answer is not a release. Inside the module Go
# 1.21 and later fetch the release that go.mod asks for, unless told not to.
go_minor() { go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p'; }

need_go() {
	local wanted found
	wanted=$(sed -n 's/^go 1\.\([0-9]*\).*/\1/p' go.mod)
	if ! have go && [ -x /usr/local/go/bin/go ]; then
		PATH=$PATH:/usr/local/go/bin
	fi
	have go || die "Go n’est pas installé. Il faut Go 1.$wanted ou plus récent : https://go.dev/dl/" \
		"Go is not installed. Go 1.$wanted or newer is needed: https://go.dev/dl/"
	found=$(go_minor || true)
	if [ "${found:-0}" -lt "$wanted" ] && [ -z "${GOTOOLCHAIN:-}" ]; then
		export GOTOOLCHAIN=auto
		found=$(go_minor || true)
	fi
	if [ "${found:-0}" -lt "$wanted" ]; then
		found=$(cd / && go version 2>/dev/null || true)
		die "Go est trop ancien ici (${found:-version inconnue}). Il faut Go 1.$wanted ou plus récent : https://go.dev/dl/" \
			"Go is too old here (${found:-unknown version}). Go 1.$wanted or newer is needed: https://go.dev/dl/"
	fi
}

# family prints the kind of distribution: debian, fedora, arch or unknown.
family() {
	local ids
	ids=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}") || ids=
	case " $ids " in
	*" debian "* | *" ubuntu "*) echo debian ;;
	*" fedora "* | *" rhel "*) echo fedora ;;
	*" arch "*) echo arch ;;
	*) echo unknown ;;
	esac
}

# packages NEED prints the packages of this distribution for build, display, windows or mail.
packages() {
	case "$(family):$1" in
	debian:build) echo gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev ;;
	fedora:build) echo gcc glibc-devel pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel ;;
	arch:build) echo gcc pkgconf libglvnd libx11 libxcursor libxrandr libxinerama libxi libxxf86vm wayland libxkbcommon ;;
	debian:display) echo xvfb xdotool libgl1 libgl1-mesa-dri ;;
	fedora:display) echo xorg-x11-server-Xvfb xdotool mesa-dri-drivers ;;
	arch:display) echo xorg-server-xvfb xdotool mesa ;;
	debian:windows) echo gcc-mingw-w64-x86-64 zip ;;
	fedora:windows) echo mingw64-gcc zip ;;
	arch:windows) echo mingw-w64-gcc zip ;;
	debian:mail) echo dovecot-imapd dovecot-lmtpd dovecot-submissiond ;;
	fedora:mail | arch:mail) echo dovecot ;;
	esac
}

# have_llvmpipe finds the driver through which Mesa draws without a graphics card.
have_llvmpipe() {
	local file
	for file in /usr/lib*/dri/swrast_dri.so /usr/lib/*/dri/swrast_dri.so /usr/lib*/libgallium*.so /usr/lib/*/libgallium*.so; do
		[ -e "$file" ] && return
	done
	return 1
}

# missing NEED prints what this machine lacks; nothing when it is ready.
missing() {
	local lib
	case "$1" in
	build)
		have "${CC:-gcc}" || echo "${CC:-gcc}"
		if have pkg-config; then
			for lib in gl x11 xcursor xrandr xinerama xi xxf86vm wayland-client wayland-cursor wayland-egl xkbcommon; do
				pkg-config --exists "$lib" || echo "$lib"
			done
		else
			echo pkg-config
		fi
		if have "${CC:-gcc}" && ! echo '#include <stdlib.h>' | "${CC:-gcc}" -E - >/dev/null 2>&1; then
			echo stdlib.h
		fi
		;;
	display)
		have Xvfb || echo Xvfb
		have xdotool || echo xdotool
		have_llvmpipe || echo llvmpipe
		;;
	windows)
		have x86_64-w64-mingw32-gcc || echo x86_64-w64-mingw32-gcc
		have zip || echo zip
		;;
	mail)
		local part
		for part in imap lmtp submission; do
			[ -x "/usr/lib/dovecot/$part" ] || [ -x "/usr/libexec/dovecot/$part" ] || echo "dovecot-$part"
		done
		;;
	esac
}

# can_root says whether commands can be run as root: being root, or sudo without a password or with
# somebody there to type it.
can_root() {
	[ "$(id -u)" = 0 ] && return
	have sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ]; }; }
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_command NEED prints the command line that installs a need.
install_command() {
	case "$(family)" in
	debian) echo "apt-get install -y --no-install-recommends $(packages "$1")" ;;
	fedora) echo "dnf install -y $(packages "$1")" ;;
	arch) echo "pacman -S --needed --noconfirm $(packages "$1")" ;;
	esac
}

# try_need NEED installs what a need lacks. It fails with a sentence where that is not possible.
try_need() {
	local lacking command
	lacking=$(missing "$1" | tr '\n' ' ')
	[ -z "$lacking" ] && return
	command=$(install_command "$1")
	if [ -z "$command" ]; then
		say "Il manque : ${lacking% }. Cette distribution n’est pas de celles que Quitus connaît ; installez les paquets de développement correspondants, puis recommencez." \
			"Missing: ${lacking% }. This distribution is not one that Quitus knows; install the matching development packages, then try again." >&2
		return 1
	fi
	if ! can_root; then
		say "Il manque : ${lacking% }. Les installer demande les droits d’administrateur, que ce compte n’a pas. Faites exécuter par l’administrateur :" \
			"Missing: ${lacking% }. Installing needs administrator rights, which this account lacks. Ask the administrator to run:" >&2
		printf '  %s\n' "$command" >&2
		return 1
	fi
	say "Installation de ce qui manque (${lacking% })…" "Installing what is missing (${lacking% })…"
	local installed=yes
	refresh_and_install "$command" || installed=
	# Where Mesa keeps its driver changes; the other things are found or are not there.
	lacking=$(missing "$1" | grep -v "^${installed:+llvmpipe}\$" | tr '\n' ' ' || true)
	if [ -n "$lacking" ]; then
		say "L’installation n’a pas abouti ; il manque encore : ${lacking% }. La commande était :" \
			"The installation did not succeed; still missing: ${lacking% }. The command was:" >&2
		printf '  %s\n' "$command" >&2
		return 1
	fi
}

# refresh_and_install runs an install command, with a fresh list of packages where the first try fails.
# What the package manager says is shown only when it fails.
refresh_and_install() {
	local log
	log=$(mktemp)
	# The command has no quoted words: it is cut at its spaces.
	# shellcheck disable=SC2086
	if as_root env DEBIAN_FRONTEND=noninteractive $1 >"$log" 2>&1 ||
		{ refresh_packages >>"$log" 2>&1 && as_root env DEBIAN_FRONTEND=noninteractive $1 >>"$log" 2>&1; }; then
		rm -f "$log"
		return
	fi
	tail -n 15 "$log" >&2
	rm -f "$log"
	return 1
}

refresh_packages() {
	case "$(family)" in
	debian) as_root apt-get update ;;
	fedora) as_root dnf makecache ;;
	arch) as_root pacman -Sy --noconfirm ;;
	esac
}

# build_window FILE builds the program with its window, build_cli FILE without one and without cgo.
build_window() {
	CGO_ENABLED=1 go build "${build_flags[@]}" -tags "$window_tags" -ldflags "$link_flags ${2:-}" -o "$1" .
}

build_cli() {
	CGO_ENABLED=0 go build "${build_flags[@]}" -tags ci -ldflags "$link_flags ${2:-}" -o "$1" .
}

# with_display COMMAND… runs a command without cgo in a virtual display of its own. It gets the path of the program in
# QUITUS_BINARY, the screen as it is drawn (an XWD file) in QUITUS_SCREEN, and a configuration folder that is not the owner's.
with_display() {
	local dir display status=0
	dir=$(mktemp -d)
	Xvfb -displayfd 3 -screen 0 1280x1024x24 -fbdir "$dir" -noreset -nolisten tcp 3>"$dir/display" >"$dir/log" 2>&1 &
	local server=$!
	for _ in $(seq 100); do
		[ -s "$dir/display" ] && break
		sleep 0.1
	done
	display=$(cat "$dir/display")
	if [ -z "$display" ]; then
		cat "$dir/log" >&2
		status=1
	else
		mkdir -m 700 "$dir/run" "$dir/config"
		env -u WAYLAND_DISPLAY GOENV="$(go env GOENV)" XDG_RUNTIME_DIR="$dir/run" XDG_CONFIG_HOME="$dir/config" DISPLAY=":$display" \
			LIBGL_ALWAYS_SOFTWARE=1 QUITUS_BINARY="$root/quitus" QUITUS_SCREEN="$dir/Xvfb_screen0" CGO_ENABLED=0 "$@" || status=$?
	fi
	kill "$server" 2>/dev/null || true
	wait "$server" 2>/dev/null || true
	rm -rf "$dir"
	return "$status"
}
