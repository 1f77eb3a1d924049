package bank

import (
	"context"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// codaWidth is the number of characters of a record.
const codaWidth = 128

// likelyCODA says whether a file that begins with head may be CODA: a header record with its date, the bank's code and the
// code of the application, 05.
func likelyCODA(head []byte) bool {
	s := strings.TrimLeft(plainHead(head), "\r\n ")
	return len(s) >= 16 && strings.HasPrefix(s, "00000") && allDigits(s[5:11]) && s[14:16] == "05"
}

// readCODA reads Belgian CODA statements, versions 1 and 2, as many as the file holds.
func readCODA(ctx context.Context, data []byte, opts Options) (*File, error) {
	in, err := newIntake("coda", data, opts)
	if err != nil {
		return nil, err
	}
	text, err := decode(ctx, data, charset.Unknown)
	if err != nil {
		return nil, err
	}
	r := &codaReader{intake: in}
	lines := codaLines(text)
	for i, line := range lines {
		if err := r.step(ctx, int64(len(data))*int64(i)/int64(len(lines)), int64(len(data))); err != nil {
			return nil, err
		}
		if strings.TrimSpace(line) != "" {
			r.take(codaRecord{line: i + 1, text: []rune(line)})
		}
	}
	r.closeStatement()
	if len(r.file.Statements) == 0 {
		return nil, ledger.Errorf("not_a_statement")
	}
	return r.file, r.step(ctx, int64(len(data)), int64(len(data)))
}

// codaLines cuts a text into records, which some banks do not end.
func codaLines(text string) []string {
	lines := splitLines(text)
	if len(lines[0]) < 2*codaWidth || len(lines) > 2 {
		return lines
	}
	var out []string
	for rs := []rune(lines[0]); len(rs) > 0; rs = rs[min(len(rs), codaWidth):] {
		out = append(out, string(rs[:min(len(rs), codaWidth)]))
	}
	return out
}

// codaRecord is one record. Its places are counted from 0 and in characters; what is missing at its end is blank.
type codaRecord struct {
	line int // from 1
	text []rune
}

// get gives the characters from one place up to another, the second not included, as they are, filled up with blanks.
func (c codaRecord) get(from, to int) string {
	s := ""
	if from < len(c.text) {
		s = string(c.text[from:min(to, len(c.text))])
	}
	return s + strings.Repeat(" ", to-max(from, min(to, len(c.text))))
}

// word gives the characters of a place without the blanks around them.
func (c codaRecord) word(from, to int) string { return flat(c.get(from, to)) }

// codaReader reads the records of a file.
type codaReader struct {
	*intake
	head      codaRecord // of the statement at hand
	statement *Statement
	moves     []*codaMove // of one number: the entry and what it is made of
	skipped   bool        // the records that follow belong to one that could not be read
}

func (r *codaReader) take(c codaRecord) {
	switch c.get(0, 1) {
	case "0":
		r.closeStatement()
		r.head = c
	case "1":
		r.closeStatement()
		r.open(c)
	case "2", "3":
		r.move(c)
	case "8":
		r.closeMoves()
		if r.statement != nil {
			r.statement.Closing = r.balance(c, 41)
		}
	case "4", "9": // messages of the bank to all, and sums
	default:
		r.note(Problem{Line: c.line, Field: "line", Value: c.get(0, codaWidth), Code: "record_unknown"})
	}
}

// open begins a statement with the record of its opening balance.
func (r *codaReader) open(c codaRecord) {
	s := &Statement{Number: c.word(2, 5), Currency: r.opts.Currency}
	s.Account.Holder = firstOf(c.word(64, 90), r.head.word(34, 60))
	s.Account.BIC = asBIC(r.head.word(60, 71))
	kind := c.get(1, 2)
	if r.head.get(127, 128) == "1" {
		kind = "0" // the first version knows Belgian accounts only
	}
	var number, currency string
	switch kind {
	case "2", "3":
		number, currency = c.word(5, 39), c.word(39, 42)
		if kind == "2" {
			number = c.word(5, 36)
		}
		s.Account.IBAN = asIBAN(number)
	case "1":
		number, currency = c.word(5, 39), c.word(39, 42)
	default:
		number, currency = c.word(5, 17), c.word(18, 21)
		s.Account.IBAN = belgianIBAN(number)
	}
	if s.Account.IBAN == "" || kind == "0" || kind == " " {
		s.Account.Number = number
	}
	if x, ok := ledger.ParseCurrency(currency); ok {
		s.Currency = x
	}
	r.statement = s
	r.file.Statements = append(r.file.Statements, s)
	s.Opening = r.balance(c, 42)
}

// belgianIBAN derives the IBAN of a Belgian account number, whose last two digits check the others.
func belgianIBAN(number string) string {
	if _, ok := ledger.StructuredOGM(number); !ok || !allDigits(number) {
		return ""
	}
	return nationalIBAN("BE", number)
}

// balance reads a balance: its sign, 15 digits of which three are decimals, and its day.
func (r *codaReader) balance(c codaRecord, at int) *Balance {
	n, ok := codaAmount(c, at, r.statement.Currency)
	on, dated := r.day(c, at+16)
	if !ok || !dated {
		r.note(Problem{Line: c.line, Field: "balance", Value: c.get(at, at+22), Code: "balance_invalid"})
		return nil
	}
	return &Balance{On: on, Amount: n}
}

// codaAmount reads a sign, 0 for credit and 1 for debit, and the amount after it.
func codaAmount(c codaRecord, at int, currency ledger.Currency) (int64, bool) {
	digits := c.get(at+1, at+16)
	n, ok := amountOf(digits[:max(0, len(digits)-3)]+"."+digits[max(0, len(digits)-3):], '.', currency)
	switch c.get(at, at+1) {
	case "0":
		return n, ok
	case "1":
		return -n, ok
	}
	return 0, false
}

// day reads a day written DDMMYY.
func (r *codaReader) day(c codaRecord, at int) (ledger.Date, bool) {
	return r.date(c.get(at+4, at+6), c.get(at+2, at+4), c.get(at, at+2))
}

// closeStatement ends the statement at hand.
func (r *codaReader) closeStatement() {
	r.closeMoves()
	r.statement = nil
}
