#!/usr/bin/env bash
# Builds the program as ./quitus: "build.sh window" with its window, "build.sh cli" without a window or cgo.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
program=./quitus
[ "$(system)" = windows ] && program=./quitus.exe
case "${1:-window}" in
cli) build_cli "$program" ;;
*)
	[ "$(system)" != linux ] || try_need build || exit 1
	build_window "$program"
	;;
esac
echo "$program"
