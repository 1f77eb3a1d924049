#!/usr/bin/env bash
# Checks the form of the code: gofmt, go vet, staticcheck where it is installed, and the scripts themselves.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
status=0
files=$(gofmt -l .)
if [ -n "$files" ]; then
	say "À passer par gofmt :" "To be put through gofmt:"
	echo "$files"
	status=1
fi
CGO_ENABLED=0 go vet -tags ci ./... || status=1
if have staticcheck; then
	CGO_ENABLED=0 staticcheck -tags ci ./... || status=1
else
	say "staticcheck n’est pas installé : passé." "staticcheck is not installed: skipped."
fi
for script in scripts/*.sh scripts/package/*.sh .ci/run; do
	bash -n "$script" || status=1
done
exit "$status"
