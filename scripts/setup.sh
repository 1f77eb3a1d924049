#!/usr/bin/env bash
# Installs what building and testing need and this machine lacks: setup.sh [build] [display] [windows] [mail]
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
case "$(system)" in
linux)
	for need in "${@:-build}"; do
		try_need "$need" || exit 1
	done
	;;
macos)
	xcode-select -p >/dev/null 2>&1 || die "Il manque les outils de développement d’Apple. Installez-les avec : xcode-select --install" \
		"Apple’s developer tools are missing. Install them with: xcode-select --install"
	;;
windows)
	have gcc || die "Il manque un compilateur C. Installez MSYS2 (https://www.msys2.org), puis le paquet mingw-w64-ucrt-x86_64-gcc." \
		"A C compiler is missing. Install MSYS2 (https://www.msys2.org), then the package mingw-w64-ucrt-x86_64-gcc."
	;;
*) die "Quitus ne connaît pas ce système : $(uname -s)." "Quitus does not know this system: $(uname -s)." ;;
esac
say "Tout est en place." "Everything is in place."
