package einvoice

import (
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

var day = ledger.Day(2026, 11, 21)

func mustRead(t *testing.T, name, content string) *Invoice {
	t.Helper()
	i, err := readBytes(name, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// bookOf gives a book with the company that issued the sample and whatever put puts in.
func bookOf(put func(*ledger.Draft)) *ledger.Book {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Atelier Vaubrun", SIREN: "303265045", Country: "FR"})
	if put != nil {
		put(d)
	}
	return d.Next()
}

// take stages a plan and gives the next book.
func take(t *testing.T, b *ledger.Book, p *Plan) *ledger.Book {
	t.Helper()
	d := ledger.NewDraft(b)
	p.Stage(d, day)
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	for _, i := range p.Items {
		for _, f := range i.Files() {
			if i.Refused == nil && slices.Contains(i.Changes, NewDocument) && string(d.Blobs()[f.Hash]) != string(f.content) {
				t.Errorf("%s is not kept", f.File)
			}
		}
	}
	return d.Next()
}

func TestTakeIn(t *testing.T) {
	b := bookOf(nil)
	i := mustRead(t, "f.xml", ublInvoice)
	same := mustRead(t, "f.pdf", ublInvoice+"\n") // the same invoice in another file
	p := NewPlan(b, []*Invoice{i, same, i})
	if p.New != 1 || len(p.Items) != 1 || len(p.Items[0].Also) != 1 || len(p.NewCustomers) != 1 || p.Customers != 1 || p.Totals["EUR"] != 120000 || len(p.Items[0].Doubts) != 0 {
		t.Fatalf("%+v", p)
	}
	b = take(t, b, p)
	c := b.CustomerByRef("CL-9")
	if c == nil || c.Name != "SARL Café du Port" || c.Names != "Le Grand Café" || c.SIREN != "732829320" || c.VAT != "FR44732829320" || c.Town != "Nantes" ||
		c.Email != "lenoir@cafe.example" || c.Country != "FR" || len(b.ContactsOf(c.ID)) != 1 {
		t.Fatalf("%+v", c)
	}
	id := b.InvoicesByNumber("2026/0118")[0]
	r, st := b.Invoice(id), b.Standings(day).Of(id)
	if r.Total.Decimal() != "1200.00" || st.Open != 100000 || r.RegisterDay.String() != "2026-02-01" || r.Due.String() != "2026-03-03" || r.DueEstimated || r.OrderRef != "BC-77" ||
		r.Subject != "Comptoir en chêne" || r.Net != 100000 || r.VAT != 20000 {
		t.Errorf("%+v %+v", r, st)
	}
	if b.Documents.Len() != 2 || b.Imports.Len() != 1 {
		t.Error(b.Documents.Len(), b.Imports.Len())
	}
	again := NewPlan(b, []*Invoice{same, i})
	if again.Same != 1 || again.New+again.Changed+len(again.Completed)+len(again.NewCustomers) != 0 {
		t.Errorf("%+v", again)
	}
	d := ledger.NewDraft(b)
	if again.Stage(d, day); !d.Empty() {
		t.Error("a second time changes something")
	}
}

// The invoice is in a register already: the file completes what is known and takes nothing away.
func TestKnownInvoice(t *testing.T) {
	b := bookOf(func(d *ledger.Draft) {
		d.Put(&ledger.Customer{Ref: "C7", Name: "Le Grand Café", Country: "FR", Town: "Rezé"})
		d.Put(&ledger.Invoice{Customer: 1, Number: "2026/0118", Issued: ledger.Day(2026, 2, 1), Due: ledger.Day(2026, 3, 3), Total: ledger.Euros(120000),
			RegisterPaid: 70000, RegisterDay: day, Subject: "Comptoir"})
	})
	i := mustRead(t, "f.xml", ublInvoice)
	p := NewPlan(b, []*Invoice{i})
	item := p.Items[0]
	if p.Changed != 1 || item.Customer != 1 || item.By != "name" || !slices.Equal(item.Changes, []Change{ChangedTax, ChangedOrderRef, NewDocument}) || len(p.Completed) != 1 ||
		!slices.Equal(p.Completed[0].Fields, []string{"siren", "vat", "email", "phone", "names", "contact"}) {
		t.Fatalf("%+v %+v", item, p.Completed)
	}
	b = take(t, b, p)
	r, c := b.Invoice(1), b.Customer(1)
	if r.RegisterPaid != 70000 || r.Subject != "Comptoir" || r.Net != 100000 || r.VAT != 20000 || r.OrderRef != "BC-77" || c.Name != "Le Grand Café" || c.Names != "SARL Café du Port" || c.Town != "Rezé" {
		t.Errorf("%+v %+v", r, c)
	}
	if p := NewPlan(b, []*Invoice{i}); p.Same != 1 || len(p.Completed) != 0 || p.Items[0].By != "siren" {
		t.Errorf("%+v", p)
	}
}

func TestWhoIsTheCustomer(t *testing.T) {
	i := mustRead(t, "f.xml", ublInvoice)
	for name, c := range map[string]struct {
		put   []ledger.Customer
		want  ledger.CustomerID
		by    string
		doubt string
	}{
		"by SIREN":                         {[]ledger.Customer{{Name: "A"}, {Name: "B", SIREN: "732 829 320"}}, 2, "siren", ""},
		"by SIRET":                         {[]ledger.Customer{{Name: "A", SIREN: "73282932000074"}}, 1, "siren", ""},
		"by VAT":                           {[]ledger.Customer{{Name: "A", VAT: "FR 44 732 829 320"}}, 1, "vat", ""},
		"by name":                          {[]ledger.Customer{{Name: "sarl cafe du port"}}, 1, "name", ""},
		"by trade name":                    {[]ledger.Customer{{Name: "LE GRAND CAFÉ"}}, 1, "name", ""},
		"another company of that name":     {[]ledger.Customer{{Name: "SARL Café du Port", SIREN: "552100554"}}, 0, "", ""},
		"two of that name":                 {[]ledger.Customer{{Name: "SARL Café du Port"}, {Name: "SARL Café du Port"}}, 0, "", ""},
		"two, one there":                   {[]ledger.Customer{{Name: "SARL Café du Port", Postcode: "75001"}, {Name: "SARL Café du Port", Postcode: "44000"}}, 2, "name", ""},
		"establishments, one of that name": {[]ledger.Customer{{Name: "A", SIREN: "732829320"}, {Name: "SARL Café du Port", SIREN: "732829320"}}, 2, "siren", ""},
		"establishments, one there":        {[]ledger.Customer{{Name: "A", SIREN: "732829320"}, {Name: "B", SIREN: "732829320", Postcode: "44000"}}, 2, "siren", ""},
		"establishments alike":             {[]ledger.Customer{{Name: "A", SIREN: "732829320"}, {Name: "B", SIREN: "732829320"}}, 1, "siren", "customer_ambiguous"},
	} {
		b := bookOf(func(d *ledger.Draft) {
			for n := range c.put {
				c.put[n].Ref, c.put[n].Country = "K"+string(rune('1'+n)), "FR"
				d.Put(&c.put[n])
			}
		})
		item := NewPlan(b, []*Invoice{i}).Items[0]
		doubt := ""
		if len(item.Doubts) > 0 {
			doubt = item.Doubts[0].Code
		}
		if item.Customer != c.want || item.By != c.by || doubt != c.doubt {
			t.Errorf("%s: %d by %q, %q", name, item.Customer, item.By, doubt)
		}
	}
}

func TestWhoseInvoice(t *testing.T) {
	i := mustRead(t, "f.xml", ublInvoice)
	for name, c := range map[string]struct {
		company        ledger.Company
		refused, doubt string
	}{
		"ours":        {ledger.Company{Name: "Vaubrun", SIREN: "303 265 045"}, "", ""},
		"ours by VAT": {ledger.Company{Name: "Vaubrun", VAT: "FR40303265045"}, "", ""},
		"not said":    {ledger.Company{}, "", ""},
		"by name":     {ledger.Company{Name: "atelier vaubrun"}, "", ""},
		"another's":   {ledger.Company{Name: "Menuiserie Blanc", SIREN: "552100554"}, "", "other_seller"},
		"to us":       {ledger.Company{Name: "Café", SIREN: "732829320"}, "einvoice_purchase", ""},
	} {
		d := ledger.NewDraft(&ledger.Book{})
		d.Put(&c.company)
		p := NewPlan(d.Next(), []*Invoice{i})
		item, refused, doubt := p.Items[0], "", ""
		if item.Refused != nil {
			refused = item.Refused.Code
		}
		if len(item.Doubts) > 0 {
			doubt = item.Doubts[0].Code
		}
		if refused != c.refused || doubt != c.doubt || p.Refused != strings.Count(refused, "einvoice") {
			t.Errorf("%s: %q %q", name, refused, doubt)
		}
		if refused != "" {
			x := ledger.NewDraft(d.Next())
			if p.Stage(x, day); !x.Empty() {
				t.Error("a refused invoice is staged")
			}
		}
	}
}

func TestConflicts(t *testing.T) {
	b := bookOf(nil)
	i := mustRead(t, "a.xml", ublInvoice)
	other := mustRead(t, "b.xml", strings.Replace(strings.Replace(ublInvoice, ">1200.00<", ">1300.00<", 1), ">1000.00</cbc:PayableAmount>", ">1100.00</cbc:PayableAmount>", 1))
	p := NewPlan(b, []*Invoice{i, other})
	if p.New != 1 || p.Refused != 1 || p.Items[1].Refused.Code != "einvoice_conflict" {
		t.Errorf("%+v", p.Items)
	}
	b = take(t, b, p)
	p = NewPlan(b, []*Invoice{other})
	if p.Changed != 1 || !slices.Contains(p.Items[0].Changes, ChangedTotal) {
		t.Errorf("%+v", p.Items)
	}
	b = take(t, b, p)
	if r := b.Invoice(1); r.Total.Decimal() != "1300.00" || b.Standings(day).Of(1).Open != 110000 || b.Documents.Len() != 2 {
		t.Errorf("%+v", r)
	}
	credit := mustRead(t, "c.xml", strings.Replace(ublInvoice, ">380<", ">381<", 1))
	if p = NewPlan(b, []*Invoice{credit}); p.Refused != 1 {
		t.Errorf("%+v", p.Items)
	}
}

// A file states one due date, the last of an invoice in parts: that contradicts nothing. Another one, or
// another total, does.
func TestKnownInstalments(t *testing.T) {
	for name, c := range map[string]struct {
		first, second ledger.Instalment
		changes       []Change
		due           string // after it, and the instalments' amounts
		parts         []int64
	}{
		"the last due date":   {ledger.Instalment{Due: ledger.Day(2026, 2, 15), Amount: 20000}, ledger.Instalment{Due: ledger.Day(2026, 3, 3), Amount: 100000}, nil, "2026-02-15", []int64{20000, 100000}},
		"another due date":    {ledger.Instalment{Due: ledger.Day(2026, 2, 15), Amount: 20000}, ledger.Instalment{Due: ledger.Day(2026, 4, 3), Amount: 100000}, []Change{ChangedDue}, "2026-03-03", nil},
		"another total":       {ledger.Instalment{Due: ledger.Day(2026, 3, 3), Amount: 20000}, ledger.Instalment{Due: ledger.Day(2026, 4, 3), Amount: 90000}, []Change{ChangedTotal, ChangedTax}, "2026-03-03", []int64{20000, 100000}},
		"another total later": {ledger.Instalment{Due: ledger.Day(2026, 2, 15), Amount: 20000}, ledger.Instalment{Due: ledger.Day(2026, 3, 3), Amount: 90000}, []Change{ChangedDue, ChangedTotal, ChangedTax}, "2026-03-03", nil},
	} {
		b := bookOf(func(d *ledger.Draft) {
			d.Put(&ledger.Customer{Ref: "C7", Name: "Le Grand Café", Country: "FR"})
			d.Put(&ledger.Invoice{Customer: 1, Number: "2026/0118", Issued: ledger.Day(2026, 2, 1), Due: c.first.Due, Instalments: []ledger.Instalment{c.first, c.second},
				Total: ledger.Euros(c.first.Amount + c.second.Amount), Net: 100000, VAT: c.first.Amount + c.second.Amount - 100000, RegisterPaid: 20000, RegisterDay: day, Subject: "Comptoir", OrderRef: "BC-77"})
		})
		i := mustRead(t, "f.xml", ublInvoice)
		p := NewPlan(b, []*Invoice{i})
		if want := append(slices.Clone(c.changes), NewDocument); !slices.Equal(p.Items[0].Changes, want) {
			t.Errorf("%s: %v, want %v", name, p.Items[0].Changes, want)
		}
		b = take(t, b, p)
		var parts []int64
		for _, x := range b.Invoice(1).Instalments {
			parts = append(parts, x.Amount)
		}
		if got := b.Invoice(1).Due.String(); got != c.due || !slices.Equal(parts, c.parts) {
			t.Errorf("%s: due %s, parts %v", name, got, parts)
		}
		if p := NewPlan(b, []*Invoice{i}); p.Same != 1 {
			t.Errorf("%s: once more it changes %v", name, p.Items[0].Changes)
		}
	}
}
