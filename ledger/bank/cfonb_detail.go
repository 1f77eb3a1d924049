package bank

import (
	"slices"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
)

// cfonbEntry is a booking with its details, as far as they were read.
type cfonbEntry struct {
	Entry
	label    string   // of the 04
	amount   string   // as its record has it
	number   string   // the bank's of the booking, which is not unique
	client   []string // LCC and LC2: what the payer wrote
	texts    []string // further texts
	size     int      // bytes of the texts
	payer    Party
	payee    Party
	ultimate [2]string // on whose behalf: of the payer, of the payee
	refs     []string  // the bank's
	purpose  string
	back     bool // a RET says why it came back
}

// newCFONBEntry reads what a 04 tells besides days.
func newCFONBEntry(r cfonbRecord, amount ledger.Money) *cfonbEntry {
	m := &cfonbEntry{label: tidy(r.at(49, 79)), amount: r.at(91, 104), number: strings.TrimLeft(r.at(82, 88), "0")}
	m.Amount = amount
	m.Code = r.at(33, 34)
	if s := r.at(41, 42); strings.Trim(s, "0") != "" {
		m.Reason = s
	}
	m.ref(r.at(105, 120))
	return m
}

// cfonbDetails say what the qualifiers of details tell. Each is given the zone of 70 characters, and its two halves.
var cfonbDetails = map[string]func(m *cfonbEntry, whole, first, second string){
	"LIB": func(m *cfonbEntry, whole, _, _ string) { m.text(whole) },
	"NPY": func(m *cfonbEntry, whole, _, _ string) { m.name(&m.payer, whole) },
	"NBE": func(m *cfonbEntry, whole, _, _ string) { m.name(&m.payee, whole) },
	"IPY": func(m *cfonbEntry, _, id, _ string) { m.payer.ID = id },
	"IBE": func(m *cfonbEntry, _, id, _ string) { m.payee.ID = id },
	"CPY": func(m *cfonbEntry, _, account, _ string) { m.payer.IBAN = ibanOr(account, m.payer.IBAN) },
	"CBE": func(m *cfonbEntry, _, account, _ string) { m.payee.IBAN = ibanOr(account, m.payee.IBAN) },
	"NPO": func(m *cfonbEntry, whole, _, _ string) { m.ultimate[0] = tidy(whole) },
	"NBU": func(m *cfonbEntry, whole, _, _ string) { m.ultimate[1] = tidy(whole) },
	"IPO": func(m *cfonbEntry, _, id, _ string) { m.text(id) },
	"IBU": func(m *cfonbEntry, _, id, _ string) { m.text(id) },
	"LCC": func(m *cfonbEntry, whole, _, _ string) { m.written(whole) },
	"LC2": func(m *cfonbEntry, whole, _, _ string) { m.written(whole) },
	"LCS": func(m *cfonbEntry, _, reference, _ string) { m.structured(reference) },
	"RCN": func(m *cfonbEntry, _, reference, purpose string) {
		m.EndToEnd, m.purpose = provided(reference), purpose
	},
	"REF": func(m *cfonbEntry, _, batch, transaction string) { m.ref(batch); m.ref(transaction) },
	"RUM": func(m *cfonbEntry, _, mandate, _ string) { m.Mandate = mandate },
	"RET": func(m *cfonbEntry, whole, _, _ string) { m.sentBack(whole) },
	"FEE": func(m *cfonbEntry, whole, _, _ string) {
		if fee, ok := foreignAmount(whole); ok && fee.Currency == m.Amount.Currency {
			m.Charges = fee.Abs().Minor
		}
	},
	"MMO": func(m *cfonbEntry, whole, _, _ string) {
		if original, ok := foreignAmount(whole); ok && original.Currency != m.Amount.Currency {
			m.text(string(original.Currency) + " " + original.Decimal())
		}
	},
}

// detail takes a 05 in. A qualifier says what it tells; what banks added on their own is text. In the older form there
// is a free text, with the number and the amount of the 04 behind it.
func (m *cfonbEntry) detail(r cfonbRecord) {
	take, known := cfonbDetails[strings.ToUpper(r.at(46, 48))]
	switch {
	case m.amount != "" && r.at(91, 104) == m.amount, r.at(41, 45) != "" && !known:
		m.text(r.raw(41, 81))
	case known:
		take(m, r.raw(49, 118), tidy(r.raw(49, 83)), tidy(r.raw(84, 118)))
	default:
		m.text(r.raw(49, 118))
	}
}

// text adds a further text, as long as there is room.
func (m *cfonbEntry) text(s string) {
	if s = tidy(s); s != "" && m.size < MaxText {
		m.texts = append(m.texts, s)
		m.size += len(s)
	}
}

// written adds a line of what the payer wrote. A line that is full goes on in the next, in the middle of a word maybe.
func (m *cfonbEntry) written(whole string) {
	if m.size >= MaxText || strings.TrimSpace(whole) == "" {
		return
	}
	m.size += len(whole)
	if n := len(m.client); n > 0 {
		if before := m.client[n-1]; utf8.RuneCountInString(before) == 70 && !strings.HasSuffix(before, " ") && !strings.HasPrefix(whole, " ") {
			m.client[n-1] += whole
			return
		}
	}
	m.client = append(m.client, whole)
}

// name takes a party's name; what else stands under the same qualifier is text.
func (m *cfonbEntry) name(p *Party, whole string) {
	if p.Name == "" {
		p.Name = tidy(whole)
	} else {
		m.text(whole)
	}
}

// structured takes a structured reference of the payer, which is part of the label too.
func (m *cfonbEntry) structured(s string) {
	if s != "" && m.size < MaxText {
		m.References = append(m.References, strings.ReplaceAll(s, " ", ""))
	}
	m.text(s)
}

// ref adds a reference of the bank, each once.
func (m *cfonbEntry) ref(s string) {
	if s = provided(s); strings.Trim(s, "0") == "" || m.size >= MaxText || slices.Contains(m.refs, s) {
		return
	}
	m.refs = append(m.refs, s)
	m.size += len(s)
}

// sentBack reads why a payment came back: a code of ISO 20022, a code of two or three digits, then words.
func (m *cfonbEntry) sentBack(whole string) {
	m.back = true
	s := strings.TrimSpace(whole)
	if len(s) >= 4 && isReason(s[:4]) {
		m.Reason, s = s[:4], strings.TrimSpace(s[4:])
	}
	rest := strings.TrimLeft(s, "0123456789")
	if digits := s[:len(s)-len(rest)]; m.Reason == "" && len(digits) > 0 && len(digits) <= 3 {
		m.Reason = digits
	}
	m.text(rest)
}

// isReason says whether four characters are a reason code of ISO 20022: two capitals and two digits, or one of those
// that are all letters.
func isReason(s string) bool {
	switch s {
	case "AGNT", "CURR", "CUST", "DNOR", "CNOR", "DUPL", "ERIN", "FOCR", "FRAD", "FRTR", "NARR", "NOAS", "NOOR", "SVNR", "TECH", "UPAY", "UCRD":
		return true
	}
	return s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}

// provided is a reference, or nothing where the bank says that none was given.
func provided(s string) string {
	switch strings.ToUpper(strings.ReplaceAll(s, " ", "")) {
	case "NOTPROVIDED", "NONREF":
		return ""
	}
	return s
}

// ibanOr gives an IBAN without blanks, or the other text where it is none.
func ibanOr(s, other string) string {
	if s = plain(s); ledger.ValidIBAN(s) {
		return s
	}
	return other
}

// foreignAmount reads currency, number of decimals and an amount of 14 digits.
func foreignAmount(s string) (ledger.Money, bool) {
	r := cfonbRecord([]rune(s))
	cur, ok := ledger.ParseCurrency(r.at(1, 3))
	if !ok {
		return ledger.Money{}, false
	}
	v, ok := cfonbAmount(r.at(5, 18), r.at(4, 4), cur)
	return ledger.Money{Minor: v, Currency: cur}, ok
}

// finish makes the entry of all that was read.
func (m *cfonbEntry) finish() Entry {
	kind, named := cfonbTypes[m.Code]
	byLabel, back := TypeOf(m.label, m.Amount.Minor)
	if !named || kind.Type == ledger.EntryOther || m.Code == "41" && byLabel == ledger.EntryBill {
		kind.Type = byLabel
	}
	m.Type = kind.Type
	m.Returned = kind.Returned || m.back || m.Reason != "" || back && m.Type != ledger.EntryFee
	if m.BankRef = strings.Join(m.refs, " "); m.BankRef == "" {
		m.BankRef = m.number
	}
	m.Party = m.other()
	lines := append([]string{m.label, m.Party.Name}, m.client...)
	lines = append(append(lines, m.ultimate[0], m.ultimate[1]), m.texts...)
	m.Label = labelOf(append(lines, m.purpose))
	return m.Entry
}

// other is who is on the other side: of money in the payer and of money out the payee, or the reverse where it is
// taken back. Of money out, and of what is taken back, banks do not agree on who is who, so that the only name is taken; of
// money in, a payee without payer is the account's own holder.
func (m *cfonbEntry) other() Party {
	side, own, ultimate := m.payer, m.payee, m.ultimate[0]
	if m.Amount.Negative() != m.Returned {
		side, own, ultimate = m.payee, m.payer, m.ultimate[1]
	}
	if side == (Party{}) && (m.Amount.Negative() || m.Returned) {
		side = own
	}
	if side.Name == "" {
		side.Name = ultimate
	}
	return side
}

// cfonbType is what an interbank code of operation means.
type cfonbType struct {
	Type     ledger.EntryType
	Returned bool
}

// cfonbTypes are the interbank codes of operations ("Codes opérations interbancaires", CFONB) that say what kind of
// payment it is. Code 41, transfers from and to abroad, is also seen on bills of exchange.
var cfonbTypes = func() map[string]cfonbType {
	m := map[string]cfonbType{}
	for _, x := range []struct {
		codes string
		t     cfonbType
	}{
		{"01 02 15", cfonbType{ledger.EntryCheques, false}},
		{"03", cfonbType{ledger.EntryCheques, true}},
		{"04 29", cfonbType{ledger.EntryCash, false}},
		{"05 06 13 14 18 21 39 41 44 45 90 C1 C2", cfonbType{ledger.EntryTransfer, false}},
		{"12 C3 C4 C5", cfonbType{ledger.EntryTransfer, true}},
		{"07 31 32 35 37", cfonbType{ledger.EntryBill, false}},
		{"33 34", cfonbType{ledger.EntryBill, true}},
		{"08 09 22 24 96 97 A1 A2 B1 B2", cfonbType{ledger.EntryDirectDebit, false}},
		{"10 26 27 98 A3 A4 A5 A6 B3 B4 B5 B6", cfonbType{ledger.EntryDirectDebit, true}},
		{"11 30 36", cfonbType{ledger.EntryCards, false}},
		{"38", cfonbType{ledger.EntryCards, true}},
		{"61 62 63 64 65 66 70 88", cfonbType{ledger.EntryFee, false}},
		{"92 93 94 95", cfonbType{ledger.EntryInternal, false}},
	} {
		for _, code := range strings.Fields(x.codes) {
			m[code] = x.t
		}
	}
	return m
}()
