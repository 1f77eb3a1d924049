#!/usr/bin/env bash
# Builds Quitus and opens its window on the sample company; without a display, does the same job on the command line.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
program=./quitus
if ! has_display; then
	say "Il n’y a pas d’écran ici : Quitus fait le même travail en ligne de commande." \
		"There is no display here: Quitus does the same job on the command line."
	exec "$root/scripts/demo.sh"
fi
if [ "$(system)" = linux ] && ! try_need build; then
	die "Sans ces paquets la fenêtre ne peut pas être construite. La ligne de commande n’en a pas besoin : make demo" \
		"Without these packages the window cannot be built. The command line does not need them: make demo"
fi
if [ "$(system)" != linux ]; then
	"$root/scripts/setup.sh" build
	[ "$(system)" = windows ] && program=./quitus.exe
fi
say "Construction de Quitus (quelques minutes la première fois)…" "Building Quitus (some minutes the first time)…"
build_window "$program"
status=0
"$program" --sample "$@" || status=$?
if [ "$status" != 0 ]; then
	say "La fenêtre s’est fermée sur une erreur ($status). Le même travail en ligne de commande : make demo" \
		"The window closed with an error ($status). The same job on the command line: make demo" >&2
fi
exit "$status"
