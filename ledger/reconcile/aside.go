package reconcile

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// internalMotifs are what owners write on transfers between their own accounts.
var internalMotifs = []string{"compte a compte", "virement interne", "compte epargne", "compte courant", "equilibrage", "nivellement", "vers compte", "approvisionnement compte"}

// feeMotifs are what banks call their own charges.
var feeMotifs = []string{"frais ", "commission", "cotisation carte", "interets debiteurs", "agios", "tenue de compte"}

// cardMotifs begin the labels of what a card terminal collected.
var cardMotifs = []string{"remise cb", "remise carte", "rem cb", "rem carte", "remise tpe", "telecollecte", "encaissement cb", "encaissement carte"}

// aside tells entries that settle no invoice from receipts, and why; "" for a receipt or a returned payment.
func (x *index) aside(e *Entry, r *reading) string {
	label := plain(e.Label)
	switch {
	case e.Type == ledger.EntryInternal || e.IBAN != "" && x.account[e.IBAN] || x.isOwn(e, r) || tellsInternal(e.Label):
		return "own_account"
	case e.Type == ledger.EntryFee || begins(label, feeMotifs):
		return "bank_fee"
	case e.Type == ledger.EntryCards || begins(label, cardMotifs):
		return "card_batch"
	case e.Amount.Minor == 0:
		return "nothing"
	case e.Amount.Minor > 0 && (e.Returned || returning(r)) && !strings.Contains(label, "recu"):
		return "own_returned"
	case e.Amount.Minor < 0 && !e.Returned && !returning(r):
		return "outgoing"
	}
	return ""
}

// tellsInternal says whether a label speaks of money between the owner's accounts, be it with a word cut at the end of a
// full line.
func tellsInternal(label string) bool {
	if contains(plain(label), internalMotifs) {
		return true
	}
	for line := range strings.Lines(label) {
		words := letters(ledger.Fold(strings.TrimRight(line, "\r\n")))
		if last := len(words) - 1; last > 0 && len(words[last]) >= minOwn && mayBeCut(strings.TrimSpace(line)) {
			if slices.ContainsFunc(internalMotifs, func(m string) bool { return strings.HasPrefix(m, words[last]) && !strings.Contains(m, " ") }) {
				return true
			}
		}
	}
	return false
}

// minOwn is how many letters of a word or a name must be left of what was cut, to be told by them.
const minOwn = 6

// isOwn says whether the payer is the owner's company, be its name cut at the end of a full line. A name that is rather a
// customer's is not.
func (x *index) isOwn(e *Entry, r *reading) bool {
	key := ownKey(r.payer)
	if key == "" || x.own[key] {
		return key != ""
	}
	if len(r.payer) < 2 || len(key) < minOwn || !r.payer[len(r.payer)-1].cut || !fills(e, r.payer[len(r.payer)-1].text) {
		return false
	}
	for own := range x.own {
		if strings.HasPrefix(own, key) {
			f := x.names.find(r.payer)
			return len(f) == 0 || f[0].likeness < likely
		}
	}
	return false
}

// fills says whether the payer's name or a line of the label that ends with a word is as long as a field, so that the word may
// be cut.
func fills(e *Entry, word string) bool {
	for _, line := range append(strings.Split(e.Label, "\n"), e.Payer) {
		if line = strings.TrimSpace(line); mayBeCut(line) && strings.HasSuffix(ledger.Fold(line), word) {
			return true
		}
	}
	return false
}

// learnOwn takes the names of the owner from transfers that say they are between own accounts, so that those whose words
// were cut are known too; and names that are no customer's, to whom and from whom money goes time and again.
func (x *index) learnOwn(tasks []task) {
	ways := map[string]*[2]int{} // entries out and in
	for i := range tasks {
		t := &tasks[i]
		if len(t.says.payer) < 2 {
			continue
		}
		key := ownKey(t.says.payer)
		if tellsInternal(t.e.Label) {
			x.own[key] = true
		}
		n := ways[key]
		if n == nil {
			n = new([2]int)
			ways[key] = n
		}
		if t.e.Amount.Minor > 0 {
			n[1]++
		} else if !t.e.Returned && !returning(t.says) {
			n[0]++
		}
		if n[0] >= manyWays && n[1] >= manyWays {
			if f := x.names.find(t.says.payer); len(f) == 0 || f[0].likeness < same {
				x.own[key] = true
			}
		}
	}
}

// plain is a label's words of letters only.
func plain(label string) string { return strings.Join(letters(ledger.Fold(label)), " ") }

// manyWays is how often money goes each way between accounts that take it for the same owner's.
const manyWays = 2

var returnWords = setOf(strings.Fields("restitution rejet rejete rejetee impaye impayee impayes retour annul annulation"))

// returning says whether an entry's words say that a payment is taken back.
func returning(r *reading) bool {
	for w := range r.words {
		if returnWords[w] {
			return true
		}
	}
	return false
}

func contains(label string, motifs []string) bool {
	for _, m := range motifs {
		if strings.Contains(label, m) {
			return true
		}
	}
	return false
}

func begins(label string, motifs []string) bool {
	for _, m := range motifs {
		if strings.HasPrefix(label, m) {
			return true
		}
	}
	return false
}
