package invoices

import (
	"strings"
	"sync"

	"quitus/ledger"
)

// texts is what a search looks into, row by row. It is made at the first search, beside the window.
type texts struct {
	book *ledger.Book
	once sync.Once
	hay  []string // by the row's place
}

// matcher gives what says whether a row has every word of a query, or the amount that it may be; nil
// for an empty query.
func (t *texts) matcher(query string, rows []Row) func(*Row) bool {
	words := strings.Fields(ledger.Fold(query))
	if len(words) == 0 {
		return nil
	}
	amount := amountOf(query)
	return func(r *Row) bool {
		t.once.Do(func() { t.build(rows) })
		hay := t.hay[r.n]
		if amount != "" && strings.Contains(hay, amount) {
			return true
		}
		for _, w := range words {
			if !strings.Contains(hay, w) {
				return false
			}
		}
		return true
	}
}

// build writes number, customer, what was delivered, order number and amounts of each row. Names are
// folded once a customer.
func (t *texts) build(rows []Row) {
	names := make([]string, t.book.Customers.Cap()+1)
	for c := range t.book.Customers.All() {
		names[c.ID] = ledger.Fold(c.Name) + "\n" + ledger.Fold(c.Ref)
	}
	t.hay = make([]string, len(rows))
	var b strings.Builder
	for k := range rows {
		r := &rows[k]
		b.Reset()
		b.WriteString(strings.ToLower(r.Number))
		b.WriteByte('\n')
		if int(r.Customer) < len(names) {
			b.WriteString(names[r.Customer])
		}
		for _, s := range []string{r.Subject, r.OrderRef} {
			if s != "" {
				b.WriteByte('\n')
				b.WriteString(ledger.Fold(s))
			}
		}
		writeAmount(&b, ledger.Money{Minor: r.Total.Minor, Currency: r.Total.Currency})
		if r.Open != 0 && r.Open != r.Total.Minor {
			writeAmount(&b, ledger.Money{Minor: r.Open, Currency: r.Total.Currency})
		}
		t.hay[k] = b.String()
	}
}

// amountMark stands before each amount, so that one is found by its first digits only.
const amountMark = "\n="

func writeAmount(b *strings.Builder, m ledger.Money) {
	b.WriteString(amountMark)
	b.WriteString(m.Abs().Decimal())
}

// amountOf reads a query as the beginning of an amount as [writeAmount] writes it, or gives nothing. The
// last comma or dot before at most two digits separates the cents.
func amountOf(query string) string {
	var digits strings.Builder
	seps := 0
	for _, r := range query {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r == ',' || r == '.':
			seps++
		case r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || r == '€':
		default:
			return ""
		}
	}
	d := digits.String()
	if d == "" {
		return ""
	}
	if seps == 0 {
		return amountMark + d
	}
	after := 0
	for _, r := range query[strings.LastIndexAny(query, ",.")+1:] {
		if r >= '0' && r <= '9' {
			after++
		}
	}
	if after > 2 || after == len(d) {
		return amountMark + d
	}
	return amountMark + d[:len(d)-after] + "." + d[len(d)-after:]
}
