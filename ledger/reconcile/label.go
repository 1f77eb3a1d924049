package reconcile

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
)

// word is a word of letters in a label.
type word struct {
	text string
	cut  bool // the last of its line, where banks cut
}

// number is a text with digits in a label that may name an invoice, an order or a customer.
type number struct {
	text string // folded letters and digits only
	raw  string // folded, as written
	cue  cue    // what the word before says of it
	cut  bool   // it ends a line as long as those that banks cut
	next bool   // it follows another number
}

type cue uint8

const (
	noCue cue = iota
	invoiceCue
	orderCue
	customerCue
	otherCue // it is no invoice: a cheque, a transfer, an accounting number
)

var cues = map[string]cue{
	"facture": invoiceCue, "factures": invoiceCue, "fact": invoiceCue, "fac": invoiceCue, "fa": invoiceCue, "f": invoiceCue,
	"fc": invoiceCue, "invoice": invoiceCue, "inv": invoiceCue, "no": invoiceCue, "n": invoiceCue, "num": invoiceCue, "numero": invoiceCue,
	"ref": invoiceCue, "reference": invoiceCue, "avoir": invoiceCue, "av": invoiceCue,
	"commande": orderCue, "cmd": orderCue, "bc": orderCue,
	"client": customerCue, "clt": customerCue, "cli": customerCue,
	"cpta": otherCue, "compta": otherCue, "chq": otherCue, "cheque": otherCue, "cheques": otherCue, "nb": otherCue, "devis": otherCue, "tel": otherCue,
	"sinistre": otherCue, "payout": otherCue,
}

// maxLabel is how much of a label is read, in bytes: as much as readers of statements give.
const maxLabel = 4_000

// widths are the lengths of the fields in which formats hold a line of a label.
var widths = []int{31, 32, 35, 65, 70, 140}

// mayBeCut says whether a line is as long as a field, or one shorter where the last character was a blank.
func mayBeCut(line string) bool {
	n := utf8.RuneCountInString(line)
	return slices.ContainsFunc(widths, func(w int) bool { return n == w || n == w-1 })
}

// hints are the days and months that a label names.
type hints struct {
	due    []ledger.Date
	issued []ledger.Date
	months []int
}

// reading is what an entry's texts say.
type reading struct {
	heads   [][]word // what may be the payer's name: the name given or, without one, the first words of each line
	payer   []word   // of these, who pays: the first unless another is a customer's name
	debtor  []word   // for whom, where the payer says so
	groups  bool     // the payer is the head of a group, a factor
	numbers []number
	said    []string // texts that structured fields give as numbers of invoices
	hints   hints
	income  bool // words of money from elsewhere
	advance bool // words of a payment ahead of the invoice
	words   map[string]bool
}

// read takes an entry's texts apart.
func read(e *Entry) *reading {
	r := &reading{words: map[string]bool{}}
	for line := range strings.SplitSeq(e.Label[:min(len(e.Label), maxLabel)], "\n") {
		if h := r.line(line, e); len(h) > 0 {
			r.heads = append(r.heads, h)
		}
	}
	if h := nameWords(e.Payer); len(h) > 0 {
		h[len(h)-1].cut = true
		r.heads = [][]word{h}
	}
	if len(r.heads) > 0 {
		r.payer = r.heads[0]
	}
	for _, t := range []string{e.EndToEnd, e.Mandate} {
		if t != "" {
			r.number(ledger.Fold(t), noCue)
		}
	}
	for _, d := range e.Documents {
		r.number(ledger.Fold(d.Number), invoiceCue)
	}
	for _, ref := range e.References {
		if s := referred(ref); s != "" {
			r.said = append(r.said, s)
		}
	}
	for w := range r.words {
		r.income = r.income || otherIncomeSet[w]
		r.advance = r.advance || w == "acompte" || w == "avance" || w == "devis" || w == "arrhes"
		r.groups = r.groups || kinds[w] == group
	}
	return r
}

// line reads one line of a label and gives the words of the payer's name in it: the first that are no motif, up to the
// next motif or number.
func (r *reading) line(line string, e *Entry) []word {
	var head, debtor []word
	tokens := strings.Fields(ledger.Fold(line))
	last, before := "", ""
	inHead, done, inDebtor := false, false, false
	for i, t := range tokens {
		final := i == len(tokens)-1
		if strings.ContainsAny(t, "0123456789") {
			done, inDebtor = done || inHead, false
			follows := i > 0 && last == ""
			if n := r.digits(t, last, before, follows, e); n != nil {
				n.cut, n.next = final && mayBeCut(line), follows
			}
			before, last = last, ""
			continue
		}
		for _, w := range letters(t) {
			r.words[w] = true
			k := kindOf(w, final)
			switch {
			case (w == "pour" || w == "pr") && !final:
				done, inDebtor = true, true
			case k == motif:
				done, inDebtor = done || inHead, false
			case inDebtor:
				debtor = append(debtor, word{w, final})
			case !done:
				inHead = inHead || k != hollow
				head = append(head, word{w, final})
			}
			if m := months[w]; m != 0 {
				r.hints.months = append(r.hints.months, m)
			}
			before, last = last, w
		}
	}
	if len(debtor) > 0 && len(r.debtor) == 0 {
		r.debtor = distinct(debtor)
	}
	return distinct(head)
}

// digits takes in a token with digits: a day, an amount, or a number. last and before are the words ahead of it, none
// where it follows another such token.
func (r *reading) digits(t, last, before string, follows bool, e *Entry) *number {
	c := cues[last]
	if d, ok := day(t, e.On, last == "du" || last == "ech" || last == "echeance" || last == "le"); ok {
		switch {
		case last == "ech" || last == "echeance" || before == "echeance" || before == "ech":
			r.hints.due = append(r.hints.due, d)
		case last == "du" && cues[before] == invoiceCue:
			r.hints.issued = append(r.hints.issued, d)
		}
		return nil
	}
	if money(t) || last == "montant" {
		return nil
	}
	if follows && len(r.numbers) > 0 { // one of a list
		c = r.numbers[len(r.numbers)-1].cue
	}
	return r.number(t, c)
}

func (r *reading) number(t string, c cue) *number {
	if s := referred(t); s != "" && len(t) >= 12 {
		r.said = append(r.said, s)
	}
	r.numbers = append(r.numbers, number{text: alnum(t), raw: t, cue: c})
	return &r.numbers[len(r.numbers)-1]
}

// day reads a date with separators, or six or eight digits where a word announces one. It lies within two years of the
// entry.
func day(t string, on ledger.Date, announced bool) (ledger.Date, bool) {
	t = strings.Trim(t, ".,;:()")
	parts := strings.FieldsFunc(t, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) == 1 && announced && (len(t) == 6 || len(t) == 8) && allDigits(t) {
		parts = []string{t[:2], t[2:4], t[4:]}
	}
	if len(parts) != 3 {
		return 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return 0, false
		}
		n[i] = v
	}
	if len(parts[0]) == 4 {
		n[0], n[2] = n[2], n[0]
	} else if n[2] < 100 {
		n[2] += 2000
	}
	d, ok := ledger.MakeDate(n[2], n[1], n[0])
	return d, ok && d > on-730 && d < on+730
}

// money says whether a token is an amount: with decimals after a comma or a point.
func money(t string) bool {
	t = strings.TrimRight(t, "€.;")
	i := strings.LastIndexAny(t, ",.")
	return i > 0 && i >= len(t)-3 && strings.Trim(t, "0123456789.,+-") == "" && (t[i] == ',' || allDigits(t[i+1:]) && len(t)-i == 3)
}

// letters splits a folded token into its words.
func letters(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r > 0x7f) })
}

// alnum keeps the letters and digits of a folded text.
func alnum(t string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, t)
}

// nameWords gives the words of a name that is known to be one.
func nameWords(name string) []word {
	var out []word
	for _, w := range letters(ledger.Fold(name)) {
		out = append(out, word{text: w})
	}
	return distinct(out)
}

// distinct leaves out titles, legal forms, and what comes twice. Banks repeat the payer's name, and cut the second.
func distinct(words []word) []word {
	var out []word
next:
	for _, w := range words {
		if kinds[w.text] == hollow || len(w.text) < 2 || kinds[w.text] == group {
			continue
		}
		for _, o := range out {
			if o.text == w.text || w.cut && strings.HasPrefix(o.text, w.text) {
				continue next
			}
		}
		out = append(out, w)
	}
	return out
}
