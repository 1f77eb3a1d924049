#!/usr/bin/env bash
# Runs the long tests: those tagged soak, then every fuzz target for a while (FUZZTIME each, one minute if unset).
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
status=0
QUITUS_SOAK=1 CGO_ENABLED=0 go test -tags "ci soak" -vet=off -count=1 -timeout 4h ./... || status=1
for package in $(CGO_ENABLED=0 go list -tags ci ./...); do
	for target in $(CGO_ENABLED=0 go test -tags ci -vet=off -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "== $package $target"
		CGO_ENABLED=0 go test -tags ci -vet=off -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-1m}" "$package" || status=1
	done
done
exit "$status"
