package bank

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
)

// Split finds in a label the probable name of who is on the other side, and what was written with the payment. The name is empty
// where the label tells none: a deposit of cheques, the bank's own fees, a text that does not begin with the bank's
// words. Both are as written, on one line; words of the label that only say what kind of entry it is are in neither.
func Split(label string) (party, reference string) {
	clip(&label)
	head, parts := tagged(label)
	var motive, other []string
	for _, p := range parts {
		switch {
		case p.text == "" || strings.EqualFold(p.text, "NOTPROVIDED"):
		case p.kind == partyTag && party == "":
			party = p.text
		case p.kind == motiveTag:
			motive = append(motive, p.text)
		case p.kind == referenceTag:
			other = append(other, p.text)
		}
	}
	if party == "" {
		rest := ""
		if party, rest = splitPlain(head); rest != "" && len(motive) == 0 {
			motive = append(motive, rest)
		}
	}
	if len(motive) == 0 {
		motive = other
	}
	return party, strings.Join(motive, " ")
}

// tagKind says what follows a tag in a label.
type tagKind uint8

const (
	otherTag     tagKind = iota // days, identifiers, banks
	partyTag                    // who is on the other side
	motiveTag                   // what the payer wrote
	referenceTag                // a reference, where nothing was written
)

type taggedPart struct {
	kind tagKind
	text string
}

// labelTag finds "/DE NAME", "MOTIF: TEXT" and "LIB/TEXT".
var labelTag = regexp.MustCompile(`(?i)(?:^|\s)(?:/(de|frm|from|ben|name|motif|rnf|lib|inv|remi|ref|refdo|eid|eref|rum|mdt|id|ech)\b` +
	`|(de|from|van|naar|pour|vers|nom|exp[eé]diteur|donneur d['’]ordre|[eé]metteur|b[eé]n[eé]ficiaire|d[eé]biteur|cr[eé]ancier|opdrachtgever|begunstigde` +
	`|motif|libell[eé]|communications?|mededeling|objet|message|r[eé]f|notre r[eé]f\.?|r[eé]f[eé]rences?|r[eé]f[eé]rence banque|date|date valeur|id|mandat|chez|bic|iban|rum|ech) ?:` +
	`|(ech|id emetteur|mdt|ref|lib|rum)/)`)

var tagKinds = func() map[string]tagKind {
	m := map[string]tagKind{}
	for kind, names := range map[tagKind]string{
		partyTag:     "de|frm|from|ben|name|van|naar|pour|vers|nom|expediteur|donneur d'ordre|emetteur|beneficiaire|debiteur|creancier|opdrachtgever|begunstigde",
		motiveTag:    "motif|rnf|lib|inv|remi|libelle|communication|communications|mededeling|objet|message",
		referenceTag: "ref|refdo|eid|eref|reference|references",
	} {
		for name := range strings.SplitSeq(names, "|") {
			m[name] = kind
		}
	}
	return m
}()

// tagged cuts a label at its tags. head is what stands before the first.
func tagged(label string) (head string, parts []taggedPart) {
	if !strings.ContainsAny(label, "/:") {
		return label, nil
	}
	found := labelTag.FindAllStringSubmatchIndex(label, -1)
	if len(found) == 0 {
		return label, nil
	}
	for i, at := range found {
		name, written := "", false
		for g := 2; g < len(at); g += 2 {
			if at[g] >= 0 {
				name, written = label[at[g]:at[g+1]], g == 4
			}
		}
		end := len(label)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		p := taggedPart{tagKinds[ledger.Fold(name)], oneLine(strings.TrimLeft(label[at[1]:end], " :/"))}
		if p.kind == partyTag && written {
			p.text = withoutAddress(p.text)
		}
		parts = append(parts, p)
	}
	return label[:found[0][0]], parts
}

// withoutAddress cuts off the account and the address that some banks write behind a name.
func withoutAddress(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		folded := strings.Trim(ledger.Fold(w), ".,")
		if i > 0 && (streets[folded] || countDigits(w) >= 4) {
			return strings.TrimRight(strings.Join(words[:i], " "), " -,")
		}
	}
	return name
}

var streets = wordSet("rue avenue av boulevard bd chemin route place allee impasse quai cours straat laan strasse weg")

// splitPlain reads a label without tags: the bank's words, the name, and behind it what was written, on the same line
// or on the next.
func splitPlain(text string) (party, rest string) {
	var lines [][]string
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, words)
		}
	}
	if len(lines) == 0 {
		return "", ""
	}
	kind, words := cutKind(lines[0])
	switch t, _ := TypeOf(text, -1); {
	case len(words) == len(lines[0]):
		return "", oneLine(text)
	case t == ledger.EntryFee:
		return "", oneLine(text)
	case t == ledger.EntryCheques, t == ledger.EntryCash, t == ledger.EntryBill, isDeposit(lines[0]):
		lines[0] = words
		return "", joinLines(lines)
	}
	words = cutQualifiers(words, kind == ledger.EntryCards)
	if lines = lines[1:]; len(words) == 0 && len(lines) > 0 {
		words, lines = cutQualifiers(lines[0], false), lines[1:]
	}
	name, more := nameOf(words)
	return strings.Join(name, " "), joinLines(append([][]string{more}, lines...))
}

// cutKind takes off the words at the beginning of a label that tell its kind. Where none does, it takes nothing.
func cutKind(words []string) (kind ledger.EntryType, rest []string) {
	for i, word := range words {
		// Abbreviations are written with dots: "VIR.PERMANENT".
		for k, w := range labelWords(word) {
			t := typeWords[w]
			if i == 0 && k == 0 && (w == "versement" || w == "credit" && len(words) > 1 && !lenders[ledger.Fold(words[1])]) {
				t = ledger.EntryTransfer
			}
			switch {
			case t != ledger.EntryOther:
				if kind == ledger.EntryOther {
					kind = t
				}
			case kind != ledger.EntryOther && k > 0 && afterKind[w]:
			case kind != ledger.EntryOther:
				return kind, words[i:]
			case headWords[w], linkingWords[w], returnWords[w], fees[w], maybeFees[w], isNumber(w):
			default:
				return kind, words
			}
		}
	}
	if kind == ledger.EntryOther {
		return kind, words
	}
	return kind, nil
}

// cutQualifiers takes off what qualifies a kind of entry, the bank's numbers, and the word that introduces a name.
func cutQualifiers(words []string, card bool) []string {
	linked := false
	for i, word := range words {
		for _, w := range labelWords(word) {
			switch {
			case card && countDigits(word) > 0:
			case linked:
				return words[i:]
			case afterKind[w], isNumber(w) && len(w) >= 5:
			case (linkingWords[w] || w == "vers") && i+1 < len(words):
				linked = true
			default:
				return words[i:]
			}
		}
	}
	return nil
}

// afterKind are the words that stand behind a kind of entry and qualify it.
var afterKind = wordSet("sepa inst instantane instantanee re recu recue emis emise europeen europeenne en votre faveur permanent perm web core b2b euro euros salaire salaires rejete impaye retourne retour collectif")

// isDeposit says whether a label is of cheques, cards or cash brought to the bank: nobody is named.
func isDeposit(words []string) bool {
	for _, w := range words[:min(len(words), 2)] {
		switch strings.Trim(ledger.Fold(w), ".") {
		case "remise", "remises", "rem", "tpe":
			return true
		}
	}
	return false
}

// mostNameWords is how many words a name may have that is looked for a second time.
const mostNameWords = 12

// nameOf cuts a name off the beginning of a line: it ends before a word with digits or one that begins a motive, and where it
// is written a second time.
func nameOf(words []string) (name, rest []string) {
	end := len(words)
	for i, w := range words {
		folded := strings.Trim(ledger.Fold(w), ".,:;-/")
		cut := i == len(words)-1 && len(folded) >= 4 && slices.ContainsFunc(motiveWords, func(m string) bool { return strings.HasPrefix(m, folded) })
		if slices.Contains(motiveWords, folded) || i > 0 && (countDigits(w) > 0 || cut) || countDigits(w) > 3 {
			end = i
			break
		}
	}
	if end == 0 {
		return nil, words
	}
	name, rest = words[:end], words[end:]
	for k := 1; k < min(len(name), mostNameWords); k++ {
		if n := repeated(name, k); n > 0 {
			return name[:k], append(slices.Clone(name[k+n:]), rest...)
		}
	}
	return name, rest
}

// motiveWords begin what was written with a payment.
var motiveWords = strings.Fields("facture factures fact fac fa ref reference reglement regl reglt rglt rgt paiement montant loyer loyers echeance ech solde acompte cotisation salaire votre vos notre pour motif merci contrat " +
	"abonnement mensualite mensualites prestation prestations remboursement remb rembt subvention commande cde devis note cpta virement vir compte vers versement indemnite avoir prime payout equilibrage")

// repeated counts the words from the k-th on that repeat those from the first; the last may be cut short by the bank. It is
// 0 unless all up to the k-th come again, or the label ends.
func repeated(name []string, k int) int {
	n := min(k, len(name)-k)
	for i := range n {
		again, last := name[k+i], k+i == len(name)-1
		if again != name[i] && !(last && i > 0 && strings.HasPrefix(name[i], again)) {
			return 0
		}
	}
	if k == 1 && len(name) > 2 {
		return 0 // a name may double a word
	}
	return n
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func joinLines(lines [][]string) string {
	var out []string
	for _, words := range lines {
		out = append(out, words...)
	}
	return strings.Join(out, " ")
}

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
