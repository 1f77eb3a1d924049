package bank

import (
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// mostAside is how many lines that are no entries are kept at once.
const mostAside = 200

// setAside keeps a row that is no entry, for what it may tell of the account.
func (t *tableReader) setAside() {
	if len(t.aside) == mostAside {
		t.aside = t.aside[:copy(t.aside, t.aside[mostAside/2:])]
	}
	t.aside, t.last = append(t.aside, t.row), nil
}

// goesOn reads a row that has a label only as more of the entry above, as the payments within a collective order are
// listed. The label must not stand in the first column, where notes below a table do.
func (t *tableReader) goesOn(label string) bool {
	if t.last == nil || label == "" || t.cell(0).Kind != grid.Empty || tellsTotal(label) {
		return false
	}
	if len(t.last.Label) < MaxText {
		t.last.Label += "\n" + label
	}
	return true
}

// totalBeginnings begin what stands in lines of sums and balances. "Solde" alone may be what a customer wrote.
var totalBeginnings = regexp.MustCompile(`^(solde (au|du|de depart|en|initial|final|crediteur|debiteur|precedent|reporte|comptable|ancien|nouveau|anterieur|d'ouverture|de cloture|intermediaire)\b` +
	`|(ancien|nouveau|dernier) solde\b|report (de|du) solde\b|totaux\b|sous.?total|subtotal|total (des?|du|general|operations|mouvements?|debits?|credits?|eur|chf)\b|(opening|closing|previous) balance\b|(begin|eind|anfangs|schluss|end)saldo\b` +
	`|(solde|total|saldo|balance)\W*$)`)

func tellsTotal(text string) bool {
	return text != "" && totalBeginnings.MatchString(ledger.Fold(text))
}

// Words by which statements tell operations that are not booked yet, or never will be.
var (
	pendingWords = regexp.MustCompile(`^(operations? )?(en attente|a venir|pending|processing|en cours|prevue?s?|planned|scheduled|a traiter|vorgemerkt|in behandeling|non comptabilisee?s?|authorised|authorized)\b`)
	refusedWords = regexp.MustCompile(`^(operations? )?(refus|rejet|annul|declined|reverted|failed|cancel|echou|echec|geweigerd|abgelehnt|rejected)`)
	doneWords    = regexp.MustCompile(`comptabilise|passees|effectuees|enregistrees|realisees|dernieres operations|historique`)
)

// isPending leaves out a row of an operation that is not booked, and says so.
func (t *tableReader) isPending() bool {
	status := t.text(statusRole)
	folded := ledger.Fold(status)
	switch {
	case refusedWords.MatchString(folded):
		t.problem(Problem{Refused: true, Field: "status", Value: status, Code: "refused_left_out"})
		return true
	case pendingWords.MatchString(folded):
	case t.pending:
	default:
		i := slices.IndexFunc(t.line, func(c grid.Cell) bool {
			return c.Kind == grid.Text && len(t.grid.Bytes(c)) < 40 && tellsPending(t.grid.String(c))
		})
		if i < 0 {
			return false
		}
		status = oneLine(t.grid.String(t.line[i]))
	}
	t.problem(Problem{Refused: true, Field: "status", Value: status, Code: "pending_left_out"})
	return true
}

// tellsPending says whether a text says nothing but that something is still to come.
func tellsPending(text string) bool {
	folded := ledger.Fold(text)
	at := pendingWords.FindStringIndex(folded)
	return at != nil && strings.Trim(folded[at[1]:], " .:*)") == ""
}

// sectionBegins reads a row of one cell that says that the lines below are still to come, or that they are booked.
func (t *tableReader) sectionBegins() bool {
	cells := t.grid.Cells(t.row)
	if len(cells) != 1 || cells[0].Kind != grid.Text || len(t.grid.Bytes(cells[0])) > 80 {
		return false
	}
	switch text := ledger.Fold(t.grid.String(cells[0])); {
	case pendingWords.MatchString(text):
		t.pending = true
	case doneWords.MatchString(text):
		t.pending = false
	default:
		return false
	}
	t.last = nil
	return true
}
