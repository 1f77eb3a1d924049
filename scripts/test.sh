#!/usr/bin/env bash
# Runs every test: the code headless and without cgo, then the real program in a virtual display. "test.sh headless" stops before the display.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
go version
summary=
failed=0

# step NAME COMMAND… runs one part and notes how it went; a failure does not keep the others from running.
step() {
	local name=$1 began=$SECONDS result
	shift
	printf '\n== %s\n' "$name"
	if "$@"; then
		result=$(say réussi passed)
	else
		result=$(say ÉCHEC FAILED)
		failed=1
	fi
	summary="$summary$(printf '%-8s %4d s  %s' "$result" $((SECONDS - began)) "$name")"$'\n'
}

not_run() {
	summary="$summary$(printf '%-8s %4s    %s' "$(say "non fait" "not run")" "" "$1")"$'\n'
}

formatted() {
	local files
	files=$(gofmt -l .)
	[ -z "$files" ] || { say "À passer par gofmt :" "To be put through gofmt:"; echo "$files"; return 1; }
}

headless() { CGO_ENABLED=0 go test -tags ci -vet=off -timeout 15m ./...; }

# driven lets the driven tests work the real program.
driven() { with_display go test -tags "ci driven" -vet=off -count=1 -timeout 10m ./app/driven/...; }

[ -n "${QUITUS_FIXTURES:-}" ] || say "QUITUS_FIXTURES n’est pas défini : les essais sur les fichiers d’exemple publics sont passés." \
	"QUITUS_FIXTURES is not set: the tests over the public sample files are skipped."

# A mail server is not installed on a machine unasked: it would start to listen there.
if [ "${QUITUS_MAIL_TESTS:-}" = required ]; then
	try_need mail || failed=1
elif [ -n "$(missing mail)" ]; then
	say "Dovecot n’est pas installé (scripts/setup.sh mail) : les essais avec de vrais serveurs de messagerie sont passés." \
		"Dovecot is not installed (scripts/setup.sh mail): the tests with real mail servers are skipped."
fi

step gofmt formatted
step "go vet" env CGO_ENABLED=0 go vet -tags ci ./...
step "$(say "essais sans écran" "headless tests")" headless

real=$(say "essais du vrai programme" "tests of the real program")
if [ "${1:-}" = headless ]; then
	not_run "$real"
elif [ "$(system)" != linux ]; then
	say "L’écran virtuel n’existe que sous Linux : le vrai programme n’est pas essayé ici." \
		"The virtual display exists on Linux only: the real program is not tested here."
	not_run "$real"
elif try_need build && try_need display; then
	step "$(say "construction du vrai programme" "build of the real program")" build_window ./quitus
	step "$real" driven
else
	say "Le vrai programme ne peut pas être essayé ici. Sans lui : make test-headless" \
		"The real program cannot be tested here. Without it: make test-headless"
	not_run "$real"
	failed=1
fi

printf '\n%s' "$summary"
exit "$failed"
