package desk

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
	"quitus/ledger/imports"
)

// awkward are texts that files of tables tend to lose: formulas, numbers, separators, quotes, lines, titles.
var awkward = []string{
	"=SUM(A1)", "-12", "+33 6", "@import", "'=1+1", "''x", "'t Hof", "=HYPERLINK(\"http://x.example\";\"ici\")", "007", "＝x",
	`DUPONT "LE CHAI" & FILS`, `"entre guillemets"`, "a;b,c|d", "deux\nlignes", "trois\r\net\nquatre", "tab\tulé", "Total", "Client", "Société générale du bois SARL",
	"Ébénisterie Noël", "SARL À LA BONNE HEURE", "100 %", "(à relancer)", "TRUE", "EUR", "x",
}

// randomBook makes a book in which everything happened that a closing date has to sort out. What is open of an invoice
// is never less than nothing.
func randomBook(r *rand.Rand, on ledger.Date) *ledger.Book {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Menuiserie Vallier", Country: "FR"})
	for c := range 1 + r.IntN(6) {
		k := &ledger.Customer{Ref: fmt.Sprintf("C%03d", c), Name: awkward[r.IntN(len(awkward))], Country: "FR"}
		if r.IntN(3) == 0 {
			k.Ref = strings.Join(strings.Fields(awkward[r.IntN(len(awkward))]), " ") + fmt.Sprint(c)
		}
		if r.IntN(2) == 0 {
			k.SIREN = "732829320"
		}
		d.Put(k)
		for n := range r.IntN(12) {
			randomInvoice(r, d, k, n, on)
		}
	}
	randomPayments(r, d, on)
	// Two that stay late, so that no sheet is empty and each shows its decimal sign.
	k := &ledger.Customer{Ref: "Z", Name: "Zinguerie"}
	d.Put(k)
	d.Put(&ledger.Invoice{Customer: k.ID, Number: "Z-1", Issued: on.Add(-90), Due: on.Add(-60), Total: ledger.Euros(123456)})
	d.Put(&ledger.Invoice{Customer: k.ID, Number: "Z-2", Issued: on.Add(-80), Due: on.Add(-50), Total: ledger.Money{Minor: 1234567, Currency: "TND"}})
	return d.Next()
}

func randomInvoice(r *rand.Rand, d *ledger.Draft, k *ledger.Customer, n int, on ledger.Date) {
	i := &ledger.Invoice{Customer: k.ID, Number: fmt.Sprintf("F-%d-%d", k.ID, n), Issued: on.Add(20 - r.IntN(200))}
	if r.IntN(4) == 0 {
		i.Number = strings.Join(strings.Fields(awkward[r.IntN(len(awkward))]), " ") + fmt.Sprint(" ", n)
	}
	if r.IntN(5) > 0 {
		i.Due = i.Issued.Add(r.IntN(90))
	}
	currency := []ledger.Currency{ledger.EUR, ledger.EUR, ledger.EUR, "JPY", "TND", ledger.CHF}[r.IntN(6)]
	i.Total = ledger.Money{Minor: 1 + r.Int64N(10_000_000), Currency: currency}
	if i.CreditNote = r.IntN(6) == 0; i.CreditNote {
		i.Total = i.Total.Neg()
	}
	if r.IntN(2) == 0 {
		i.VAT = ledger.MulDiv(i.Total.Minor, int64(r.IntN(3)*10), 120)
		i.Net = i.Total.Minor - i.VAT
	}
	if r.IntN(3) == 0 {
		i.Subject = "Lot " + awkward[r.IntN(len(awkward))]
		i.OrderRef = strings.Join(strings.Fields(awkward[r.IntN(len(awkward))]), " ")
	}
	if r.IntN(4) == 0 {
		i.RegisterPaid = ledger.MulDiv(i.Total.Minor, int64(r.IntN(11)), 10)
		i.RegisterDay = on.Add(10 - r.IntN(60))
	}
	d.Put(i)
}

// randomPayments settles invoices whole and in part, several at once, by credit notes and by giving up; some payments
// leave something over and some go back.
func randomPayments(r *rand.Rand, d *ledger.Draft, on ledger.Date) {
	book := d.Next()
	left := map[ledger.InvoiceID]int64{}
	for i := range book.Invoices.All() {
		left[i.ID] = i.Total.Minor - i.RegisterPaid
	}
	for range r.IntN(2*book.Invoices.Len() + 1) {
		first := book.Invoice(ledger.InvoiceID(1 + r.IntN(book.Invoices.Len())))
		p := &ledger.Payment{Customer: first.Customer, On: on.Add(10 - r.IntN(120)), Amount: ledger.Money{Currency: first.Total.Currency},
			Means: append(ledger.MeansList, ledger.OtherMeans)[r.IntN(5)]}
		if r.IntN(2) == 0 {
			p.Reference = awkward[r.IntN(len(awkward))]
		}
		for _, id := range book.InvoicesOf(first.Customer) {
			i := book.Invoice(id)
			if i.Total.Currency != first.Total.Currency || left[id] == 0 || id != first.ID && r.IntN(3) > 0 {
				continue
			}
			part := left[id]
			if r.IntN(3) == 0 {
				part = ledger.MulDiv(part, int64(1+r.IntN(9)), 10)
			}
			left[id] -= part
			p.Amount.Minor += part
			p.Allocations = append(p.Allocations, ledger.Allocation{Invoice: id, Amount: part})
		}
		if r.IntN(8) == 0 {
			p.Amount.Minor += r.Int64N(1000)
		}
		if len(p.Allocations) == 0 && p.Amount.IsZero() {
			continue
		}
		d.Put(p)
		if back := ledger.Clone(p); r.IntN(8) == 0 {
			back.ID, back.On, back.Amount, back.Allocations = 0, p.On.Add(r.IntN(9)), p.Amount.Neg(), nil
			for _, a := range p.Allocations {
				back.Allocations = append(back.Allocations, ledger.Allocation{Invoice: a.Invoice, Amount: -a.Amount})
			}
			d.Put(back) // it is not paid again: on some days both payments would count, and the way back not yet
		}
	}
	for i := range book.Invoices.All() {
		if left[i.ID] > 0 && r.IntN(8) == 0 {
			d.Put(&ledger.WriteOff{Invoice: i.ID, On: on.Add(5 - r.IntN(30)), Amount: ledger.Money{Minor: left[i.ID], Currency: i.Total.Currency}, Reason: awkward[r.IntN(len(awkward))]})
		}
	}
}

// readBack imports a file into an empty ledger and gives its book, and the recognised sheet.
func readBack(t *testing.T, name string, data []byte, on ledger.Date) (*ledger.Book, *imports.Sheet) {
	t.Helper()
	f, err := imports.Read(t.Context(), name, bytes.NewReader(data), int64(len(data)), imports.Options{Today: on})
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, data)
	}
	s := f.Sheets[0]
	r := s.Drafts(s.Mapping, nil, nil)
	if len(f.Sheets) != 1 || len(s.Missing())+len(r.Rejected) > 0 {
		t.Fatalf("%s: %d sheets, missing %v, rejected %+v\n%v\n%s", name, len(f.Sheets), s.Missing(), r.Rejected, s.Mapping, data)
	}
	p := imports.NewPlan(&ledger.Book{}, r.Invoices, on, nil)
	d := ledger.NewDraft(&ledger.Book{})
	p.Stage(d, &ledger.Import{File: name}, on)
	return d.Next(), s
}

// plain is a text as files of tables give it back: white space is one blank.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// sameInvoice says what differs between an invoice and what came back of it.
func sameInvoice(b *ledger.Book, i *ledger.Invoice, open int64, back *ledger.Book, on ledger.Date, what exports.What) string {
	ids := slices.DeleteFunc(slices.Clone(back.InvoicesByNumber(plain(i.Number))), func(id ledger.InvoiceID) bool {
		return back.Customer(back.Invoice(id).Customer).Ref != plain(b.Customer(i.Customer).Ref)
	})
	if len(ids) != 1 {
		return fmt.Sprintf("%d came back", len(ids))
	}
	g := back.Invoice(ids[0])
	k, c := b.Customer(i.Customer), back.Customer(g.Customer)
	switch {
	case g.Number != plain(i.Number), c.Name != plain(k.Name):
		return fmt.Sprintf("is %q of %q", g.Number, c.Name)
	case g.Issued != i.Issued, i.Due != 0 && g.Due != i.Due, i.Due == 0 && !g.DueEstimated:
		return fmt.Sprintf("is of %v, due %v", g.Issued, g.Due)
	case g.Total != i.Total, g.CreditNote != i.CreditNote:
		return fmt.Sprintf("comes to %v", g.Total)
	case back.Standings(on).Of(g.ID).Open != open:
		return fmt.Sprintf("has %d open, want %d", back.Standings(on).Of(g.ID).Open, open)
	case what != exports.Payments && (g.Net != i.Net || g.VAT != i.VAT):
		return fmt.Sprintf("is %d and %d of tax, want %d and %d", g.Net, g.VAT, i.Net, i.VAT)
	case what == exports.OpenItems && (g.OrderRef != i.OrderRef || g.Subject != plain(i.Subject)):
		return fmt.Sprintf("is about %q, order %q", g.Subject, g.OrderRef)
	case what == exports.Doubtful && c.SIREN != k.SIREN:
		return fmt.Sprintf("is of the company %q", c.SIREN)
	}
	return ""
}

// shownIn says whether a sheet has an invoice.
func shownIn(what exports.What, i *ledger.Invoice, st ledger.Standing, on ledger.Date) bool {
	switch {
	case i.Issued > on:
		return false
	case what == exports.Doubtful:
		return st.DaysLate > 0
	case what == exports.Payments:
		return true
	}
	return st.Open != 0
}

// What we write of a closing date, in any form, reads back as what was open on it.
func TestExportsComeBack(t *testing.T) {
	on := ledger.Day(2026, 6, 30)
	for seed := range 40 {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		b := randomBook(r, on)
		standings := b.Standings(on)
		for _, lang := range words.Langs {
			report := exports.Report{Book: b, Standings: standings, Texts: words.New(lang)}
			check := func(name string, what exports.What, write func(*bytes.Buffer) error) {
				var out bytes.Buffer
				if err := write(&out); err != nil {
					t.Fatal(err)
				}
				back, _ := readBack(t, name, out.Bytes(), on)
				n := 0
				for i := range b.Invoices.All() {
					st := standings.Of(i.ID)
					if !shownIn(what, i, st, on) {
						continue
					}
					n++
					if differs := sameInvoice(b, i, st.Open, back, on, what); differs != "" {
						t.Errorf("%s %s %s, book %d: %q of %q %s", lang, name, what, seed, i.Number, b.Customer(i.Customer).Name, differs)
					}
				}
				if back.Invoices.Len() != n {
					t.Errorf("%s %s %s, book %d: %d invoices came back, want %d", lang, name, what, seed, back.Invoices.Len(), n)
				}
			}
			for _, what := range []exports.What{exports.OpenItems, exports.Doubtful, exports.Payments} {
				check("french.csv", what, func(out *bytes.Buffer) error { return exports.CSV(out, report, what, exports.FrenchCSV) })
				check("english.csv", what, func(out *bytes.Buffer) error { return exports.CSV(out, report, what, exports.EnglishCSV) })
				check("one.xlsx", what, func(out *bytes.Buffer) error { return exports.WorkbookOf(out, report, what) })
			}
			check("all.xlsx", exports.OpenItems, func(out *bytes.Buffer) error { return exports.Workbook(out, report, nil) })
			if t.Failed() {
				return
			}
		}
	}
}

// Every column of our own that a register may have is understood, and no other.
func TestExportsAreUnderstood(t *testing.T) {
	b := filled(t, sampleDay)
	for i := range b.Invoices.All() {
		if _, _, known := i.Tax(i.Total.Minor); !known {
			t.Fatalf("the sample does not tell the tax in %s", i.Number)
		}
	}
	want := map[exports.What]string{
		exports.OpenItems: "[number customer_ref customer issue_date due_date net vat total paid open currency  status order_ref subject]",
		exports.Doubtful:  "[customer_ref customer siren number issue_date due_date  net vat total open   currency    status ]",
		exports.Payments:  "[customer_ref customer issue_date kind number due_date subject debit credit lettering  currency]",
	}
	for _, lang := range words.Langs {
		report := exports.Report{Book: b, Standings: b.Standings(sampleDay), Texts: words.New(lang)}
		for what, mapping := range want {
			var book, csv bytes.Buffer
			if err := exports.WorkbookOf(&book, report, what); err != nil {
				t.Fatal(err)
			}
			if err := exports.CSV(&csv, report, what, exports.FrenchCSV); err != nil {
				t.Fatal(err)
			}
			for name, data := range map[string][]byte{"x.xlsx": book.Bytes(), "x.csv": csv.Bytes()} {
				if _, s := readBack(t, name, data, sampleDay); fmt.Sprint(s.Mapping) != mapping {
					t.Errorf("%s %s %s: %v", lang, name, what, s.Mapping)
				}
			}
		}
	}
}

// Of a whole workbook the open items are taken, however few they are beside the customers' ledger.
func TestWorkbookIsReadForItsOpenItems(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Customer{Ref: "C1", Name: "Garage Tessonnier"})
	for n := range 300 {
		d.Put(&ledger.Invoice{Customer: 1, Number: fmt.Sprint("F-", n), Issued: sampleDay.Add(-90), Due: sampleDay.Add(-60), Total: ledger.Euros(1000), RegisterPaid: 1000, RegisterDay: sampleDay})
	}
	d.Put(&ledger.Invoice{Customer: 1, Number: "F-300", Issued: sampleDay.Add(-9), Total: ledger.Euros(1000)})
	b := d.Next()
	for _, lang := range words.Langs {
		w := words.New(lang)
		var out bytes.Buffer
		if err := exports.Workbook(&out, exports.Report{Book: b, Standings: b.Standings(sampleDay), Texts: w}, nil); err != nil {
			t.Fatal(err)
		}
		if back, s := readBack(t, "all.xlsx", out.Bytes(), sampleDay); s.Name != w.T("exports.sheet.open_items") || back.Invoices.Len() != 1 {
			t.Errorf("%s: %d invoices of %q", lang, back.Invoices.Len(), s.Name)
		}
	}
}
