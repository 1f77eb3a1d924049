package fec

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/importstest"
)

// line is a line of a made-up FEC; amounts are cents, positive in debit.
type line struct {
	journal, num, date, account, name, aux, auxName, piece, pieceDate, label, let, letDate string
	amount                                                                                 int64
}

// script writes entries; its methods return the script so that they can be chained.
type script struct {
	lines []line
	num   int
}

func (l line) fields() []string {
	d, c := l.amount, int64(0)
	if d < 0 {
		d, c = 0, -d
	}
	if l.pieceDate == "" {
		l.pieceDate = l.date
	}
	return []string{l.journal, "Journal " + l.journal, l.num, l.date, l.account, l.name, l.aux, l.auxName, l.piece, l.pieceDate, l.label, importstest.Cents(d), importstest.Cents(c), l.let, l.letDate, l.date, "", ""}
}

// entry adds one entry; each line takes what it leaves out from the first.
func (s *script) entry(journal, date, piece, label string, lines ...line) *script {
	s.num++
	for _, l := range lines {
		l.journal, l.date, l.num = journal, date, fmt.Sprint(s.num)
		if l.piece == "" {
			l.piece = piece
		}
		if l.label == "" {
			l.label = label
		}
		s.lines = append(s.lines, l)
	}
	return s
}

func customer(who string, amount int64, let string) line {
	return line{account: "411000", name: "Clients", aux: "C" + who, auxName: who, amount: amount, let: let}
}

func on(account string, amount int64) line {
	return line{account: account, name: "Compte " + account, amount: amount}
}

// sale invoices an amount, with 20 % VAT in it; a credit note where it is negative.
func (s *script) sale(who, date, number string, amount int64, let string) *script {
	vat := amount / 6
	return s.entry("VE", date, number, "Facture "+number+" "+who, customer(who, amount, let), on("706000", vat-amount), on("445710", -vat))
}

func (s *script) pay(who, date string, amount int64, let string) *script {
	return s.entry("BQ", date, "BQ1", "VIR SEPA "+who, on("512000", amount), customer(who, -amount, let))
}

// open carries a balance over from the year before.
func (s *script) open(who, date string, amount int64, let string) *script {
	return s.entry("AN", date, "AN", "A nouveau", customer(who, amount, let), on("110000", -amount))
}

// form says how a file is written.
type form struct {
	sep, end string
	encode   func(string) []byte
	header   func([]string) []string
	row      func([]string) []string
}

func (s *script) bytes(f form) []byte {
	if f.sep == "" {
		f.sep = "\t"
	}
	if f.end == "" {
		f.end = "\r\n"
	}
	rows := [][]string{titles[1:19]}
	if f.header != nil {
		rows[0] = f.header(rows[0])
	}
	for _, l := range s.lines {
		row := l.fields()
		if f.row != nil {
			row = f.row(row)
		}
		rows = append(rows, row)
	}
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, f.sep) + f.end)
	}
	if f.encode != nil {
		return f.encode(b.String())
	}
	return []byte(b.String())
}

func (s *script) read(t testing.TB, f ...form) *Books {
	t.Helper()
	return readBytes(t, s.bytes(append(f, form{})[0]))
}

func readBytes(t testing.TB, data []byte) *Books {
	t.Helper()
	b, err := Read(context.Background(), "123456782FEC20251231.txt", bytes.NewReader(data), int64(len(data)), Options{Today: ledger.Day(2026, 2, 1)})
	if err != nil {
		t.Fatal(err)
	}
	checkBooks(t, b)
	return b
}

// openOf gives the open amounts of a customer's invoices by number.
func (b *Books) openOf(who string) map[string]int64 {
	out := map[string]int64{}
	for _, v := range b.Invoices {
		if v.Open != 0 && (b.Customers[v.Customer].Name == who || b.Customers[v.Customer].Ref == "C"+who) {
			out[v.Number] = v.Open
		}
	}
	return out
}

// checkBooks checks what must always hold.
func checkBooks(t testing.TB, b *Books) {
	t.Helper()
	open := make([]int64, len(b.Invoices))
	for i, v := range b.Invoices {
		open[i] = v.Total
		if v.CreditNote != (v.Total < 0) || v.Total == 0 {
			t.Errorf("%s: total %d", v.Number, v.Total)
		}
	}
	items := make([]int64, len(b.Customers))
	for _, p := range b.Payments {
		sum := int64(0)
		for _, a := range p.Allocations {
			if b.Invoices[a.Invoice].Customer != p.Customer {
				t.Errorf("a payment of another customer settles %s", b.Invoices[a.Invoice].Number)
			}
			open[a.Invoice] -= a.Amount
			sum += a.Amount
		}
		if p.Amount >= 0 && sum > p.Amount || p.Amount < 0 && sum < p.Amount {
			t.Errorf("line %d: %d of %d allocated", p.Line, sum, p.Amount)
		}
		if p.Kind != Advance && p.Left > 0 {
			items[p.Customer] -= p.Left
		}
	}
	for _, w := range b.WriteOffs {
		open[w.Invoice] -= w.Amount
	}
	for i, v := range b.Invoices {
		if v.Later == 0 && open[i] != v.Open {
			t.Errorf("%s: open %d, but %d less what is allocated is %d", v.Number, v.Open, v.Total, open[i])
		}
		if v.Total > 0 && (v.Open < 0 || v.Open > v.Total) || v.Total < 0 && (v.Open > 0 || v.Open < v.Total) {
			t.Errorf("%s: open %d of %d", v.Number, v.Open, v.Total)
		}
		items[v.Customer] += v.Open
	}
	gaps := map[int]int64{}
	for _, g := range b.Gaps {
		gaps[g.Customer] = g.Amount
		sum := int64(0)
		for _, c := range g.Causes {
			sum += c.Amount
		}
		if sum != g.Amount && len(g.Causes) < 100 {
			t.Errorf("%s: gap %d, causes %d", b.Customers[g.Customer].Name, g.Amount, sum)
		}
	}
	for k, c := range b.Customers {
		if items[k]+gaps[k] != c.Balance {
			t.Errorf("%s: items %d + gap %d, balance %d", c.Name, items[k], gaps[k], c.Balance)
		}
	}
}
