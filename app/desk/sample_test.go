package desk

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"quitus/assets/sample"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
	"quitus/ledger/imports"
)

var sampleDay = ledger.Day(2026, 11, 24)

// sampleDays is forty days of all kinds: every weekday, ends of months and years, leap days.
func sampleDays() []ledger.Date {
	days := []ledger.Date{
		ledger.Day(2024, 2, 28), ledger.Day(2024, 2, 29), ledger.Day(2024, 3, 1), ledger.Day(2028, 2, 29), ledger.Day(2025, 8, 30),
		ledger.Day(2026, 12, 31), ledger.Day(2027, 1, 1), ledger.Day(2096, 2, 29), ledger.Day(2100, 3, 1), ledger.Day(2027, 7, 31),
	}
	for k := range 30 {
		days = append(days, sampleDay.Add(k*37))
	}
	return days
}

// imported gives the book that the import of the sample workbook leaves.
func imported(today ledger.Date) *ledger.Book {
	c := sample.On(today)
	d := ledger.NewDraft(&ledger.Book{})
	ids := map[string]ledger.CustomerID{}
	for _, k := range c.Customers {
		x := &ledger.Customer{Ref: k.Ref, Name: k.Name, Type: ledger.CompanyCustomer, Country: "FR"}
		d.Put(x)
		ids[k.Ref] = x.ID
	}
	for _, i := range c.Invoices {
		x := i.Invoice
		x.Customer, x.RegisterPaid, x.RegisterDay = ids[i.CustomerRef], i.Paid, today
		d.Put(&x)
	}
	return d.Next()
}

func filled(t *testing.T, today ledger.Date) *ledger.Book {
	t.Helper()
	d := ledger.NewDraft(imported(today))
	if err := FillSample(d, today); err != nil {
		t.Fatal(err)
	}
	return d.Next()
}

func TestSampleFigures(t *testing.T) {
	b := filled(t, sampleDay)
	s := b.Standings(sampleDay)
	f := b.Figures(s)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"customers", b.Customers.Len(), 42},
		{"invoices", b.Invoices.Len(), 250},
		{"owed", fmt.Sprint(f.Owed.List()), "[84316.50 EUR 2140.00 CHF]"},
		{"overdue", fmt.Sprint(f.Overdue.List()), "[41208.30 EUR]"},
		{"due within a week", fmt.Sprint(f.DueSoon.List()), "[12640.00 EUR]"},
		{"open", f.OpenCount, 61},
		{"overdue invoices", f.OverdueCount, 27},
		{"overdue customers", f.OverdueCustomers, 18},
		{"ageing", fmt.Sprint(b.Ageings(s)[0].Amounts), "[4328820 2144710 1027000 481260 467860 0 -18000]"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestSampleHasEverySituation(t *testing.T) {
	b := filled(t, sampleDay)
	s := b.Standings(sampleDay)
	situations, statuses, kinds, countries := map[ledger.Situation]int{}, map[ledger.Status]int{}, map[ledger.CustomerKind]int{}, map[string]int{}
	early, onTime, late, veryLate, usedCredit, partContested := 0, 0, 0, 0, 0, 0
	for i := range b.Invoices.All() {
		st := s.Of(i.ID)
		situations[st.Situation]++
		statuses[st.Status()]++
		if st.Contested != 0 && st.Contested < st.Open {
			partContested++
		}
		if i.CreditNote && st.Open == 0 {
			usedCredit++
		}
		if st.SettledOn == 0 || i.Due == 0 {
			continue
		}
		switch days := st.SettledOn - i.Due; {
		case days < -3:
			early++
		case days <= 0:
			onTime++
		case days <= ledger.VeryLateDays:
			late++
		default:
			veryLate++
		}
	}
	for k := ledger.Settled; k <= ledger.PromiseBroken; k++ {
		if situations[k] == 0 && k != ledger.NoDueDate {
			t.Errorf("no invoice has situation %s", words.New(words.FR).Situation(k))
		}
	}
	for _, k := range []ledger.Status{ledger.StatusOpen, ledger.StatusPartlyPaid, ledger.StatusSettled, ledger.StatusDisputed, ledger.StatusWrittenOff} {
		if statuses[k] == 0 {
			t.Errorf("no invoice has status %s", k)
		}
	}
	for name, n := range map[string]int{"early": early, "on time": onTime, "late": late, "very late": veryLate, "used credit notes": usedCredit, "contested in part": partContested} {
		if n == 0 {
			t.Errorf("nothing is %s", name)
		}
	}
	states := map[ledger.PromiseState]int{}
	for p := range b.Promises.All() {
		states[b.Judge(p, sampleDay)]++
	}
	for _, k := range []ledger.PromiseState{ledger.PromiseRunning, ledger.PromiseKept, ledger.PromiseKeptInPart, ledger.PromiseNotKept} {
		if states[k] == 0 {
			t.Errorf("no promise has state %d", k)
		}
	}
	for c := range b.Customers.All() {
		kinds[c.Type]++
		countries[c.Country]++
	}
	for _, k := range ledger.CustomerKinds {
		if kinds[k] == 0 {
			t.Errorf("no customer is a %s", k)
		}
	}
	if countries["BE"] != 2 || countries["CH"] != 2 || countries["LU"] != 1 {
		t.Errorf("countries: %v", countries)
	}
}

// picture is what must not depend on the day on which the sample is opened.
func picture(t *testing.T, today ledger.Date) map[string]string {
	b := filled(t, today)
	s := b.Standings(today)
	f := b.Figures(s)
	out := map[string]string{
		"figures": fmt.Sprint(f.Owed.List(), f.OpenCount, f.OwingCustomers, f.Overdue.List(), f.OverdueCount, f.OverdueCustomers, f.DueSoon.List(), f.DueSoonCount),
		"ageing":  fmt.Sprint(b.Ageings(s)),
	}
	for k, i := range sample.On(today).Invoices {
		st := s.Of(ledger.InvoiceID(k + 1))
		out[i.Key] = fmt.Sprint(st.Situation, st.Open, st.Paid, st.Contested, st.DaysLate, st.BrokenPart)
	}
	for p := range b.Promises.All() {
		out[fmt.Sprint("promise ", p.ID)] = fmt.Sprint(b.Judge(p, today))
	}
	return out
}

func TestSampleIsTheSameEveryDay(t *testing.T) {
	want := picture(t, sampleDay)
	for _, today := range sampleDays() {
		if got := picture(t, today); !maps.Equal(got, want) {
			for k := range want {
				if got[k] != want[k] {
					t.Errorf("%s: %s is %s, want %s", today, k, got[k], want[k])
				}
			}
		}
	}
}

func TestSampleAddsUp(t *testing.T) {
	for _, today := range sampleDays() {
		b := filled(t, today)
		settled := map[ledger.InvoiceID]int64{}
		for p := range b.Payments.All() {
			sum := int64(0)
			for _, a := range p.Allocations {
				i := b.Invoice(a.Invoice)
				switch {
				case i == nil:
					t.Fatalf("%s: a payment of %s settles an unknown invoice", today, p.On)
				case i.Customer != p.Customer || i.Total.Currency != p.Amount.Currency:
					t.Errorf("%s: %s is settled by another customer or in another currency", today, i.Number)
				case p.On < i.Issued:
					t.Errorf("%s: %s of %s is paid on %s", today, i.Number, i.Issued, p.On)
				case i.CreditNote != (a.Amount < 0):
					t.Errorf("%s: %s has the wrong sign", today, i.Number)
				}
				sum += a.Amount
				settled[a.Invoice] += a.Amount
			}
			if sum != p.Amount.Minor || sum <= 0 || p.On >= today || weekend(p.On) {
				t.Errorf("%s: payment of %s on %s settles %d", today, p.Amount, p.On, sum)
			}
		}
		last := map[bool]ledger.Date{}
		for i := range b.Invoices.All() {
			if n := settled[i.ID]; n != i.RegisterPaid || (i.Total.Minor-n)*i.Total.Minor < 0 {
				t.Errorf("%s: %s of %s is settled by %d, register says %d", today, i.Number, i.Total, n, i.RegisterPaid)
			}
			if i.Issued >= today || i.Issued < today.Add(-551) || weekend(i.Issued) || (i.Due != 0 && i.Due < i.Issued) || i.Issued < last[i.CreditNote] {
				t.Errorf("%s: %s is issued on %s and due on %s", today, i.Number, i.Issued, i.Due)
			}
			last[i.CreditNote] = i.Issued
			if i.Subject == "" {
				t.Errorf("%s says nothing of what was delivered", i.Number)
			}
		}
	}
}

func weekend(d ledger.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// The register's paid column and the payments tell of the same money.
func TestSamplePaymentsCountOnce(t *testing.T) {
	before, after := imported(sampleDay), filled(t, sampleDay)
	s, u := before.Standings(sampleDay), after.Standings(sampleDay)
	for i := range before.Invoices.All() {
		if x, y := s.Of(i.ID), u.Of(i.ID); x.Paid != y.Paid || x.Open != y.Open+y.WrittenOff {
			t.Errorf("%s: register alone %+v, with payments %+v", i.Number, x, y)
		}
	}
}

var (
	fictionPhone = regexp.MustCompile(`^(01 99 00|06 39 98) \d\d \d\d$`)
	fictionMail  = regexp.MustCompile(`^[a-z.-]+@[a-z.-]+\.example$`)
)

func TestSampleIsInvented(t *testing.T) {
	b := filled(t, sampleDay)
	c := b.Company()
	if errs := ledger.CheckCompany(c); len(errs) > 0 || !strings.HasPrefix(c.SIREN, "999") || !strings.HasPrefix(c.IBAN, "FR7699999999") || !fictionPhone.MatchString(c.Phone) || !fictionMail.MatchString(c.Email) {
		t.Error("the company: ", errs, c)
	}
	d := ledger.NewDraft(b)
	for k := range b.Customers.All() {
		if errs := ledger.CheckCustomer(d, k); len(errs) > 0 {
			t.Error(k.Name, errs)
		}
		if !fictionPhone.MatchString(k.Phone) || !fictionMail.MatchString(k.Email) || k.Address == "" || k.Postcode == "" || k.Town == "" || !k.Terms.Given {
			t.Errorf("%s: %+v", k.Name, k)
		}
		if k.Country == "FR" && (k.Type == ledger.CompanyCustomer || k.Type == ledger.PublicBody) && !strings.HasPrefix(k.SIREN, "999") {
			t.Errorf("%s has SIREN %s", k.Name, k.SIREN)
		}
		if k.Type == ledger.Consumer && k.SIREN != "" {
			t.Errorf("%s is a consumer with a company number", k.Name)
		}
	}
	for p := range b.Contacts.All() {
		if errs := ledger.CheckContact(p); len(errs) > 0 || p.Role == "" || !fictionPhone.MatchString(p.Phone) || !fictionMail.MatchString(p.Email) {
			t.Error(p.Name, errs, p)
		}
	}
	for _, l := range sample.On(sampleDay).Letters {
		if b.CustomerByRef(l.CustomerRef) == nil || l.On >= sampleDay || (l.Model != "first_reminder" && l.Model != "formal_notice") {
			t.Errorf("letter %+v", l)
		}
	}
}

func TestFillSampleNeedsTheWorkbook(t *testing.T) {
	if err := FillSample(ledger.NewDraft(&ledger.Book{}), sampleDay); ledger.CodeOf(err) != "sample_not_imported" {
		t.Error(err)
	}
}

func TestSampleWorkbook(t *testing.T) {
	data, err := SampleWorkbook(sampleDay, words.New(words.FR))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Factures", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 4+250+2 {
		t.Fatal(len(rows), err)
	}
	if got := strings.Join(rows[3], "|"); got != "N° facture|Code client|Client|Date|Échéance|Montant TTC|Réglé|Reste dû|Devise|Commande|Objet" {
		t.Error(got)
	}
	if got := rows[254]; got[0] != "TOTAL" || got[7] != "84354.9" { // 38.40 of it was written off since
		t.Error(got)
	}
	shown, err := f.GetRows("Factures")
	if err != nil || !regexp.MustCompile(`^\d\d/\d\d/\d{4}$`).MatchString(shown[4][3]) || !strings.HasSuffix(shown[4][5], " €") {
		t.Error(shown[4], err)
	}
	if rows, err = f.GetRows("Adresses clients"); err != nil || len(rows) != 43 {
		t.Error(len(rows), err)
	}
	again, _ := SampleWorkbook(sampleDay, words.New(words.FR))
	if !bytes.Equal(data, again) {
		t.Error("the same day gives another file")
	}
}

func TestSampleStatement(t *testing.T) {
	for _, today := range sampleDays() {
		data, err := SampleStatement(today)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n")
		sum, entries, receipts := int64(0), 0, 0
		for _, l := range lines {
			if len(l) != 120 || strings.IndexFunc(l, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
				t.Fatalf("%s: %q has %d characters", today, l, len(l))
			}
			if l[:2] == "05" {
				continue
			}
			m := minor(t, l[90:104])
			switch l[:2] {
			case "01", "04":
				sum += m
				if l[:2] == "04" {
					entries++
				}
				if l[:2] == "04" && m > 0 {
					receipts++
				}
			case "07":
				sum -= m
			}
		}
		if sum != 0 || entries != 57 || receipts != 33 || lines[0][:2] != "01" || lines[len(lines)-1][:2] != "07" {
			t.Errorf("%s: %d entries, %d receipts, off by %d", today, entries, receipts, sum)
		}
	}
}

// minor reads a statement's amount: the last character is a digit with a sign.
func minor(t *testing.T, s string) int64 {
	var n int64
	if _, err := fmt.Sscanf(s[:13], "%d", &n); err != nil {
		t.Fatal(s, err)
	}
	if k := strings.IndexByte("{ABCDEFGHI", s[13]); k >= 0 {
		return n*10 + int64(k)
	}
	k := strings.IndexByte("}JKLMNOPQR", s[13])
	if k < 0 {
		t.Fatal("no sign: ", s)
	}
	return -(n*10 + int64(k))
}

// recognised reads a workbook as any other file and gives the book with it imported.
func recognised(t *testing.T, name string, data []byte, b *ledger.Book) (*ledger.Book, *imports.Plan) {
	t.Helper()
	f, err := imports.Read(t.Context(), name, bytes.NewReader(data), int64(len(data)), imports.Options{Today: sampleDay})
	if err != nil {
		t.Fatal(name, err)
	}
	if len(f.Sheets) != 1 {
		t.Fatalf("%s: %d sheets are taken for registers", name, len(f.Sheets))
	}
	r := f.Sheets[0].Drafts(f.Sheets[0].Mapping, nil, nil)
	if len(r.Rejected)+len(r.Warnings) > 0 {
		t.Errorf("%s: rejected %v, warnings %v", name, r.Rejected, r.Warnings)
	}
	p := imports.NewPlan(b, r.Invoices, sampleDay, nil)
	d := ledger.NewDraft(b)
	p.Stage(d, &ledger.Import{File: name}, sampleDay)
	return d.Next(), p
}

func TestSampleWorkbookIsImportedWhole(t *testing.T) {
	for _, lang := range words.Langs {
		data, err := SampleWorkbook(sampleDay, words.New(lang))
		if err != nil {
			t.Fatal(err)
		}
		got, plan := recognised(t, "sample.xlsx", data, &ledger.Book{})
		if plan.New != 250 {
			t.Errorf("%s: %d invoices are new", lang, plan.New)
		}
		want := imported(sampleDay)
		for i := range want.Invoices.All() {
			g := got.Invoice(got.InvoicesByNumber(i.Number)[0])
			if g.Issued != i.Issued || g.Due != i.Due && !i.CreditNote || g.Total != i.Total || g.RegisterPaid != i.RegisterPaid || g.CreditNote != i.CreditNote ||
				strings.Join(strings.Fields(g.Subject), " ") != strings.Join(strings.Fields(i.Subject), " ") || g.OrderRef != i.OrderRef || got.Customer(g.Customer).Name != want.Customer(i.Customer).Name || got.Customer(g.Customer).Ref != want.Customer(i.Customer).Ref {
				t.Errorf("%s: %s comes back as %+v, want %+v", lang, i.Number, g, i)
			}
		}
		d := ledger.NewDraft(got)
		if err := FillSample(d, sampleDay); err != nil {
			t.Fatal(err)
		}
		_, again := recognised(t, "sample.xlsx", data, d.Next())
		if again.New+again.Changed != 0 {
			t.Errorf("%s: a second import makes %d new and changes %d", lang, again.New, again.Changed)
		}
	}
}

// The open items that we write are a register that we read.
func TestOpenItemsComeBack(t *testing.T) {
	b := filled(t, sampleDay)
	s := b.Standings(sampleDay)
	for _, lang := range words.Langs {
		r := exports.Report{Book: b, Standings: s, Texts: words.New(lang)}
		var book bytes.Buffer
		if err := exports.Workbook(&book, r, nil); err != nil {
			t.Fatal(err)
		}
		got, _ := recognised(t, "open.xlsx", book.Bytes(), &ledger.Book{})
		f, g := b.Figures(s), got.Figures(got.Standings(sampleDay))
		if fmt.Sprint(f.Owed.List(), f.OpenCount, f.Overdue.List(), f.OwingCustomers) != fmt.Sprint(g.Owed.List(), g.OpenCount, g.Overdue.List(), g.OwingCustomers) {
			t.Errorf("%s: %+v, want %+v", lang, g, f)
		}
	}
}
