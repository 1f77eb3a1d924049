package letters

import (
	"slices"
	"strings"
	"testing"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// inParts records an invoice payable in parts: days before today and amounts, the earliest first.
func (s *sample) inParts(c ledger.CustomerID, number string, parts ...[2]int64) ledger.InvoiceID {
	i := &ledger.Invoice{Customer: c, Number: number, Issued: today.Add(-int(parts[0][0]) - 30), Due: today.Add(-int(parts[0][0])), Total: ledger.Euros(0)}
	for _, p := range parts {
		i.Instalments = append(i.Instalments, ledger.Instalment{Due: today.Add(-int(p[0])), Amount: p[1]})
		i.Total = i.Total.Add(ledger.Euros(p[1]))
	}
	s.d.Put(i)
	return i.ID
}

// What is not due yet is shown and not asked for.
func TestPartsInLetters(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	inv := s.inParts(c, "PARTS", [2]int64{90, 30000}, [2]int64{60, 50000}, [2]int64{0, 40000}, [2]int64{-30, 10000})
	s.pay(c, inv, 45000, 90)
	l, warnings := s.compose(Request{Customer: c})
	if l.Amount != ledger.Euros(35000) || len(l.Lines) != 1 || l.Lines[0].Open != 35000 || len(warnings) > 0 {
		t.Errorf("%s %+v %v", l.Amount, l.Lines, warnings)
	}
	text := bodyText(l)
	contains(t, text, "PARTS, échéance 2 sur 4 27/07/2026 25/09/2026 500,00 € 150,00 € 350,00 €", "PARTS, échéance 3 sur 4 27/07/2026 24/11/2026 400,00 € 0,00 € à échoir",
		"PARTS, échéance 4 sur 4 27/07/2026 24/12/2026 100,00 € 0,00 € à échoir", "Total à régler 350,00 €", "échue le 25 septembre 2026", "régler 350,00 €")
	if strings.Contains(text, "échéance 1") {
		t.Errorf("a settled part is listed: %s", text)
	}
	en, _ := s.compose(Request{Customer: c, Lang: words.EN})
	contains(t, bodyText(en), "PARTS, instalment 2 of 4", "not due yet")
	notice, _ := s.compose(Request{Customer: c, Model: FormalNotice})
	// 60 days on 350,00 € at 12,40 %, and the indemnity once.
	contains(t, bodyText(notice), "Principal 350,00 €", "Pénalités de retard arrêtées au 24/11/2026 7,13 €", "(1 facture × 40,00 €) 40,00 €")
	s.pdf(notice)
}

// On the day after the first due date only the first part is asked for, and before none.
func TestPartsFallDueOneByOne(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.inParts(c, "PARTS", [2]int64{0, 30000}, [2]int64{-30, 50000})
	if _, _, err := Compose(Request{Book: s.d.Next(), Customer: c, Model: FirstReminder, On: today}); ledger.CodeOf(err) != "letter_nothing_due" {
		t.Errorf("on the due day: %v", err)
	}
	for days, want := range map[int]int64{1: 30000, 30: 30000, 31: 80000} {
		if l, _ := s.compose(Request{Customer: c, On: today.Add(days)}); l.Amount != ledger.Euros(want) {
			t.Errorf("%d days later: %s", days, l.Amount)
		}
	}
	asked, w := s.compose(Request{Customer: c, Invoices: []ledger.InvoiceID{1}})
	if asked.Amount != ledger.Euros(80000) || !slices.Equal(codes(w), []string{"not_overdue"}) || strings.Contains(bodyText(asked), "à échoir") {
		t.Errorf("the owner insists: %s %v %s", asked.Amount, w, bodyText(asked))
	}
}

// What is contested comes off what is overdue first.
func TestContestedParts(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	inv := s.inParts(c, "PARTS", [2]int64{60, 50000}, [2]int64{-30, 50000})
	d := &ledger.Dispute{Invoice: inv, Opened: today.Add(-5), Reason: ledger.WrongAmount, Amount: 20000}
	s.d.Put(d)
	s.invoice(c, "OTHER", 10000, 10)
	l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
	contains(t, bodyText(l), "Part contestée de PARTS, à l’examen –200,00 €", "Principal 400,00 €")
	if base := l.Statement.Table.Rows[0][4]; flat(base) != "300,00 €" {
		t.Errorf("interest on %s", base)
	}
	more := ledger.Clone(d)
	more.Amount = 60000
	s.d.Put(more)
	l, w := s.compose(Request{Customer: c})
	if l.Amount != ledger.Euros(10000) || !slices.Contains(codes(w), "left_out") {
		t.Errorf("%s %v", l.Amount, w)
	}
}

// TestPartsAreTheSumOfTheClaims, whatever was paid and credited.
func TestPartsAreTheSumOfTheClaims(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	a := s.inParts(c, "F-1", [2]int64{160, 200000}, [2]int64{100, 200000}, [2]int64{-20, 120000})
	b := s.inParts(c, "F-2", [2]int64{80, 89950}, [2]int64{-5, 1})
	s.pay(c, a, 150000, 60)
	s.pay(c, a, 10001, 20)
	note := s.invoice(c, "A-1", -30000, 50)
	l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
	book := s.d.Next()
	cases, err := claim.CasesOf(book, book.Standings(today), []ledger.InvoiceID{a, b}, []ledger.InvoiceID{note})
	if err != nil {
		t.Fatal(err)
	}
	sum := ledger.Euros(0)
	for _, k := range cases {
		one, err := claim.Compute(k, rates.BuiltIn(), today)
		if err != nil {
			t.Fatal(err)
		}
		sum = sum.Add(one.Total)
	}
	if l.Amount != sum {
		t.Errorf("the letter asks for %s, the claims are %s", l.Amount, sum)
	}
	contains(t, bodyText(l), "Principal 2 999,49 €") // 4 000,00 + 899,50 overdue less 1 600,01 paid and 300,00 of credit
}
