#!/usr/bin/env bash
# Does the main job on the command line with the sample company and leaves everything in out/.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_go
say "Construction de Quitus sans fenêtre…" "Building Quitus without a window…"
build_cli ./quitus
mkdir -p out
rm -f out/exemple.quitus
quitus() { ./quitus --ledger out/exemple.quitus --lang "$speak" "$@"; }

quitus demo
quitus customers >out/customers.txt
quitus invoices --overdue >out/overdue.txt

# Due longest first: the formal notice goes to the first customer, the first reminder to the last.
refs=$(quitus invoices --overdue --json | tr -d '\n' | grep -o '"customer": *{ *"ref": *"[^"]*"' | sed 's/.*"\([^"]*\)"$/\1/' | awk '!seen[$0]++')
[ -n "$refs" ] || die "La société d’exemple n’a aucune facture en retard." "The sample company has no overdue invoice."
longest=$(echo "$refs" | head -n 1)
latest=$(echo "$refs" | tail -n 1)
quitus letter first_reminder "$latest" --out out
quitus letter formal_notice "$longest" --out out
quitus invoices --customer "$longest" >"out/customer-$longest.txt"
quitus interest "$longest" >"out/claim-$longest.txt"
quitus export out/open-items.xlsx
quitus verify

say "Images des écrans…" "Pictures of the screens…"
CGO_ENABLED=0 go run -tags ci ./app/shot/pictures out/
say "Tout est dans le dossier out :" "Everything is in the folder out:"
ls out
