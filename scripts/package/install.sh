#!/bin/sh
# Installs Quitus for the current user, in ~/.local; "install.sh --uninstall" takes it away again and leaves the ledgers.
set -eu
cd "$(dirname "$0")"

id=@ID@
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/bin/quitus
entry=$data/applications/$id.desktop
icons=$data/icons/hicolor

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
en*) french= ;;
*) french=yes ;;
esac
say() { if [ -n "$french" ]; then echo "$1"; else echo "$2"; fi; }

if [ "${1:-}" = --uninstall ]; then
	rm -f "$program" "$entry" "$icons/scalable/apps/$id.svg" "$icons/256x256/apps/$id.png" "$icons/512x512/apps/$id.png"
	say "Quitus est retiré. Vos dossiers sont restés en place." "Quitus is removed. Your ledgers were left in place."
	exit
fi

mkdir -p "$HOME/.local/bin" "$data/applications" "$icons/scalable/apps" "$icons/256x256/apps" "$icons/512x512/apps"
# A running program cannot be written over, but another can take its name.
cp quitus "$program.new"
chmod 755 "$program.new"
mv -f "$program.new" "$program"
cp quitus.svg "$icons/scalable/apps/$id.svg"
cp quitus-256.png "$icons/256x256/apps/$id.png"
cp quitus-512.png "$icons/512x512/apps/$id.png"
# Quoted, for a home folder may have a space in its name.
awk -v program="$program" '/^Exec=/ { print "Exec=\"" program "\""; next } { print }' "$id.desktop" >"$entry"
if command -v update-desktop-database >/dev/null 2>&1; then
	update-desktop-database "$data/applications" 2>/dev/null || true
fi
say "Quitus est installé : cherchez-le dans le menu des applications, ou lancez $program" \
	"Quitus is installed: look for it in the applications menu, or run $program"
