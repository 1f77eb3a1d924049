#!/usr/bin/env bash
# Makes, into dist/, the packages that this machine can make: a Linux archive, and a Windows one through mingw.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
mkdir -p dist
work=$(mktemp -d)
resource=$root/quitus_windows_amd64.syso
trap 'rm -rf "$work" "$resource"' EXIT

# licences FILE gathers the licences of everything that is built in; what has none must not be shipped.
licences() {
	local module dir found file
	: >"$1"
	{
		printf 'Go\t%s\n' "$(go env GOROOT)"
		go list -tags "$window_tags" -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{"\t"}}{{.Dir}}{{end}}{{end}}' . | sort -u
	} >"$work/modules"
	while IFS=$'\t' read -r module dir; do
		[ -n "$module" ] || continue
		found=
		while IFS= read -r file; do
			found=yes
			printf '\n==== %s: %s\n\n' "$module" "${file#"$dir"/}" >>"$1"
			tr -d '\r' <"$file" >>"$1"
		done < <(find "$dir" -maxdepth 3 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'ofl*' \) \
			! -name '*.go' ! -path '*/testdata/*' ! -path "$(go env GOROOT)/*/*" | sort)
		[ -n "$found" ] || die "Le module $module n’a pas de fichier de licence." "The module $module has no licence file."
	done <"$work/modules"
}

linux_archive() {
	local name
	name=quitus-$version-linux-$(go env GOARCH)
	mkdir -p "$work/$name"
	build_window "$work/$name/quitus" "-s -w"
	cp LICENSE scripts/package/install.sh assets/icon/quitus.svg assets/icon/quitus-256.png assets/icon/quitus-512.png "$work/$name/"
	sed "s/@ID@/$app_id/g" scripts/package/quitus.desktop >"$work/$name/$app_id.desktop"
	sed -i "s/@ID@/$app_id/g" "$work/$name/install.sh"
	licences "$work/$name/THIRD-PARTY-LICENSES.txt"
	tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(date +%s)}" -czf "dist/$name.tar.gz" "$name"
	made "dist/$name.tar.gz"
}

# windows_archive makes the window's program, and quitus-cli.exe for consoles: a Windows program has
# either a window or a console.
windows_archive() {
	local name numbers
	name=quitus-$version-windows-amd64
	numbers=$(echo "$version.0.0.0" | cut -d. -f1-4 | tr . ,)
	mkdir -p "$work/$name"
	sed -e "s/@VERSION@/$version/g" -e "s/@NUMBERS@/$numbers/g" scripts/package/quitus.rc >"$work/quitus.rc"
	x86_64-w64-mingw32-windres --codepage=65001 -I assets/icon -I scripts/package -O coff -i "$work/quitus.rc" -o "$resource"
	GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc build_window "$work/$name/Quitus.exe" "-H=windowsgui -s -w -extldflags=-static"
	GOOS=windows GOARCH=amd64 build_cli "$work/$name/quitus-cli.exe" "-s -w"
	rm -f "$resource"
	cp LICENSE "$work/$name/LICENSE.txt"
	GOOS=windows GOARCH=amd64 CGO_ENABLED=1 licences "$work/$name/THIRD-PARTY-LICENSES.txt"
	rm -f "dist/$name.zip"
	(cd "$work" && zip -qr9 "$root/dist/$name.zip" "$name")
	made "dist/$name.zip"
}

made() { printf '%s  %s\n' "$1" "$(du -h "$1" | cut -f1)"; }

case "$(system)" in
linux)
	try_need build || exit 1
	linux_archive
	if try_need windows; then
		windows_archive
	else
		say "L’archive pour Windows n’est pas faite." "The Windows archive is not made."
	fi
	;;
*)
	say "Ici, l’outil de Fyne fait le paquet du système :" "Here Fyne’s own tool makes the system’s package:"
	exec go run fyne.io/tools/cmd/fyne@v1.7.2 package --release --tags "$window_tags"
	;;
esac
