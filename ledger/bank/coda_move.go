package bank

import (
	"strings"

	"quitus/ledger"
)

// codaMove is one movement: an entry, if its detail number is 0000, or a part of one.
type codaMove struct {
	number, detail              string
	line                        int
	amount                      ledger.Money
	booked, value               ledger.Date
	bankRef                     string
	family, operation, category string
	structured                  bool
	text                        string // the communication, its three pieces at full width
	endToEnd, reason            string
	returned                    bool
	party                       Party
	mandate                     string
	references                  []string
	label                       string
	about                       string // what the bank adds, lines apart
	informs                     string // what the record of information at hand tells: a kind of three digits; empty for a text
}

// move takes a record of a movement, of information about one, or one that continues either.
func (r *codaReader) move(c codaRecord) {
	number, detail := c.get(2, 6), c.get(6, 10)
	if len(r.moves) > 0 && r.moves[0].number != number {
		r.closeMoves()
	}
	if c.get(0, 2) == "21" {
		r.begin(c, number, detail)
		return
	}
	if r.skipped {
		return
	}
	if len(r.moves) == 0 {
		r.note(Problem{Line: c.line, Field: "line", Value: c.get(0, codaWidth), Code: "detail_alone"})
		return
	}
	m := r.moves[len(r.moves)-1]
	if len(m.text)+len(m.about) > MaxText {
		return
	}
	switch c.get(0, 2) {
	case "22":
		m.text += c.get(10, 63)
		m.endToEnd = given(c.word(63, 98))
		m.party.BIC = asBIC(c.word(98, 109))
		m.returned = m.returned || strings.ContainsAny(c.get(112, 113), "12345")
		m.reason = c.word(113, 117)
	case "23":
		m.text += c.get(82, 125)
		r.counterparty(c, m)
	case "31":
		text := c.get(40, 113)
		if m.informs = ""; c.get(39, 40) == "1" {
			m.informs, text = c.get(40, 43), c.get(43, 113)
		}
		m.about += "\n"
		m.inform(text, true)
	case "32":
		m.inform(c.get(10, 115), false)
	case "33":
		m.inform(c.get(10, 100), false)
	}
}

// begin begins a movement. What belongs to one that is refused is passed over.
func (r *codaReader) begin(c codaRecord, number, detail string) {
	whole := detail == "0000"
	if whole {
		r.closeMoves()
		r.skipped = false
	} else if r.skipped {
		return
	}
	m, problem := r.movement(c)
	if problem.Code != "" {
		problem.Line, problem.Refused = c.line, true
		if whole {
			problem.Entry = r.rank()
		}
		r.note(problem)
		r.skipped = true
		return
	}
	m.number, m.detail = number, detail
	r.moves = append(r.moves, m)
	r.load++
}

// movement reads the first record of a movement; the problem has a code if it cannot be read.
func (r *codaReader) movement(c codaRecord) (*codaMove, Problem) {
	if r.statement == nil {
		return nil, Problem{Field: "line", Value: c.get(0, codaWidth), Code: "entry_unreadable"}
	}
	amount, ok := codaAmount(c, 31, r.statement.Currency)
	if !ok {
		return nil, Problem{Field: "amount", Value: c.get(31, 47), Code: "amount_invalid"}
	}
	booked, ok := r.day(c, 115)
	if !ok {
		return nil, Problem{Field: "date", Value: c.get(115, 121), Code: "date_invalid"}
	}
	value, _ := r.day(c, 47)
	return &codaMove{
		line: c.line, amount: ledger.Money{Minor: amount, Currency: r.statement.Currency}, booked: booked, value: value, bankRef: c.word(10, 31),
		family: c.get(54, 56), operation: c.get(56, 58), category: c.get(58, 61), structured: c.get(61, 62) == "1", text: c.get(62, 115),
	}, Problem{}
}

// counterparty reads the account and the name of the other side.
func (r *codaReader) counterparty(c codaRecord, m *codaMove) {
	if r.head.get(127, 128) == "1" {
		m.party.IBAN, m.party.Name = belgianIBAN(c.word(10, 22)), c.word(47, 73)
		return
	}
	number := c.word(10, 44)
	if first, _, parted := strings.Cut(number, " "); parted {
		number = first // a Belgian number, a blank and the currency
	}
	m.party.IBAN = firstOf(asIBAN(number), belgianIBAN(number))
	m.party.Name = c.word(47, 82)
}

// inform takes what the bank adds to a movement: texts, its own communications (002), the name of the other side (001), of who is
// behind the creditor (008) and the debtor (009). A name is in the first record only, addresses and numbers follow.
func (m *codaMove) inform(text string, begins bool) {
	switch m.informs {
	case "", "002":
		m.about += text
	case "001":
		if begins {
			m.party.Name = firstOf(m.party.Name, flat(text))
		}
	case "008", "009":
		if begins {
			m.about += text
		}
	}
}

// read understands the communication, now that it is whole.
func (m *codaMove) read() {
	if !m.structured {
		m.label = label(m.text, m.about)
		return
	}
	c := codaRecord{text: []rune(m.text)}
	said := ""
	switch kind := c.get(0, 3); kind {
	case "101", "102":
		m.references = addReference(nil, c.get(3, 15))
	case "127": // direct debit of SEPA
		if m.amount.Negative() {
			m.party.ID = c.word(12, 47)
		}
		m.mandate, said = given(c.get(47, 82)), c.get(82, 144)
		m.returned = m.returned || strings.ContainsAny(c.get(11, 12), "1234") || strings.ContainsAny(c.get(144, 145), "12345")
		m.reason = firstOf(m.reason, c.word(145, 149))
	default:
		said = c.get(3, len(c.text))
	}
	m.label = label(said, m.about)
}

// closeMoves makes an entry of the movements of one number: the first is the entry, the others are its parts.
func (r *codaReader) closeMoves() {
	moves := r.moves
	r.moves = nil
	r.load -= len(moves)
	if len(moves) == 0 {
		return
	}
	whole := moves[0]
	if whole.detail != "0000" {
		r.note(Problem{Line: whole.line, Field: "line", Value: whole.number + whole.detail, Code: "detail_alone"})
		return
	}
	texts := make([]string, len(moves))
	for i, m := range moves {
		m.read()
		texts[i] = m.label
	}
	e := Entry{Rank: r.rank(), Line: whole.line, Booked: whole.booked, Value: whole.value, Amount: whole.amount, BankRef: whole.bankRef}
	e.Code = strings.Trim(whole.family+"/"+whole.operation+"/"+whole.category, "/ ")
	e.Type, e.Returned = codaOperation(whole.family, whole.operation)
	e.Returned = e.Returned || whole.returned

	payments, charges := whole.parts(moves[1:])
	e.Charges = charges
	tell := whole
	if len(payments) == 1 {
		tell = payments[0].over(whole)
	} else if len(payments) > 1 {
		for _, m := range payments {
			e.Batch = append(e.Batch, m.payment(e.Returned))
		}
	}
	e.Party, e.EndToEnd, e.Mandate, e.References = tell.party, tell.endToEnd, tell.mandate, tell.references
	if e.Returned {
		e.Reason = tell.reason
	}
	if e.Label = label(texts...); e.Label == "" {
		e.Label = firstOf(named(&e), e.Mandate, e.BankRef, e.Code)
	}
	e.explain()
	r.add(r.statement, e)
}

// parts tells what a movement is made of: payments and, of money in, what the bank kept back. Parts that do not add up to the
// whole have parts themselves, and count for neither.
func (m *codaMove) parts(moves []*codaMove) (payments []*codaMove, charges int64) {
	sum := int64(0)
	for _, x := range moves {
		sum += x.amount.Minor
		if x.amount.Negative() && m.amount.Positive() {
			charges -= x.amount.Minor
		} else {
			payments = append(payments, x)
		}
	}
	if sum != m.amount.Minor {
		return nil, 0
	}
	return payments, charges
}

// over gives what a movement tells, and where it is silent what another does.
func (m *codaMove) over(o *codaMove) *codaMove {
	x := *m
	if x.party == (Party{}) {
		x.party = o.party
	}
	x.endToEnd, x.mandate, x.reason = firstOf(x.endToEnd, o.endToEnd), firstOf(x.mandate, o.mandate), firstOf(x.reason, o.reason)
	if len(x.references) == 0 {
		x.references = o.references
	}
	return &x
}

// payment gives a movement as one of several in an entry.
func (m *codaMove) payment(returned bool) Detail {
	d := Detail{Amount: m.amount, Label: m.label, Party: m.party, EndToEnd: m.endToEnd, Mandate: m.mandate, References: m.references}
	if _, back := codaOperation(m.family, m.operation); back || m.returned || returned {
		d.Returned, d.Reason = true, m.reason
	}
	if d.Label == "" {
		d.Label = named(&Entry{Party: d.Party, EndToEnd: d.EndToEnd, References: d.References})
	}
	return d
}
