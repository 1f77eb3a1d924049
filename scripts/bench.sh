#!/usr/bin/env bash
# Runs the benchmarks beside the code, one package after the other so that they do not disturb each other. Slow ones are tagged bench.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
CGO_ENABLED=0 go test -tags "ci bench" -vet=off -run '^$' -bench . -benchmem -timeout 60m -p 1 ./... | grep -vE 'no test files|^PASS$'

# The start of the real program, in turns with a bare window.
if [ "$(system)" = linux ] && try_need build && try_need display; then
	build_window ./quitus
	with_display go test -tags "ci driven" -vet=off -run '^$' -bench . -benchtime 1x -timeout 20m ./app/driven | grep -vE '^PASS$|^pictures'
fi
