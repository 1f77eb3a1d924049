package people

import (
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

var day = ledger.Day(2026, 11, 21)

func bookOf(customers ...ledger.Customer) *ledger.Book {
	d := ledger.NewDraft(&ledger.Book{})
	for i := range customers {
		c := &customers[i]
		if c.Ref == "" {
			c.Ref, c.RefGiven = d.NewRef(), true
		}
		c.Country = "FR"
		d.Put(c)
	}
	return d.Next()
}

func drafts(t *testing.T, lines ...string) []Draft {
	t.Helper()
	l := recognise(t, lines...)
	r := l.Drafts(l.Mapping, nil)
	if len(r.Rejected) > 0 {
		t.Fatalf("%+v", r.Rejected)
	}
	return r.Customers
}

func take(t *testing.T, b *ledger.Book, p *Plan) *ledger.Book {
	t.Helper()
	d := ledger.NewDraft(b)
	p.Stage(d, &ledger.Import{File: "clients.xlsx"}, day)
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d.Next()
}

func TestSecondImportChangesNothing(t *testing.T) {
	lines := []string{"Code|Nom|Enseigne|CP|Ville|E-mail|SIREN|TVA|Contact|Fonction|Type|Langue|Conditions|Taux",
		"C1|Garage Tessonnier|Garage du Lac|01000|Bourg|g@t.example|732829320|FR44732829320|Mme Roy|Comptable|entreprise|fr|30 jours|12",
		"C2|Hôtel Belloré||44000|Nantes|||||||en||",
		"|Sans Code||75001|Paris|s@c.example|||M. Luc||particulier|||",
		"|Sans Code||69001|Lyon|||||||||"}
	b := bookOf()
	p := NewPlan(b, drafts(t, lines...))
	if p.New != 4 || p.Proposed+p.Changed+p.Same+p.Left != 0 {
		t.Fatalf("%+v", p)
	}
	b = take(t, b, p)
	c := b.CustomerByRef("c1")
	if b.Customers.Len() != 4 || c.Names != "Garage du Lac" || c.Rate != "12" || c.Terms.Days != 30 || c.SIREN != "732829320" || c.Language != "fr" || b.Contacts.Len() != 2 ||
		b.ContactsOf(c.ID)[0].Role != "Comptable" || !b.Customer(3).RefGiven || b.Customer(3).Type != ledger.Consumer {
		t.Errorf("%+v", c)
	}
	p = NewPlan(b, drafts(t, lines...))
	if p.Same != 4 || p.New+p.Changed+p.Left+p.Proposed != 0 {
		t.Errorf("%+v", p)
	}
	next := take(t, b, p)
	if next.Last(ledger.KindCustomer) != b.Last(ledger.KindCustomer) || next.Last(ledger.KindContact) != b.Last(ledger.KindContact) {
		t.Error("a second import adds something")
	}
	for k := range next.Customers.All() {
		if *k != *b.Customer(k.ID) {
			t.Errorf("%+v", k)
		}
	}
}

// The same code is an update: what the list tells is taken, what it leaves blank stays.
func TestUpdate(t *testing.T) {
	b := bookOf(ledger.Customer{Ref: "C1", Name: "Garage Tessonnier", Email: "old@t.example", Phone: "01", Town: "Bourg", Type: ledger.CompanyCustomer})
	p := NewPlan(b, drafts(t, "Code|Nom|Ville|E-mail|Téléphone|Conditions|Contact", "c1|SARL Tessonnier|Bourg|new@t.example||45 jours|M. Bey"))
	var fields []Field
	for _, c := range p.Items[0].Changes {
		fields = append(fields, c.Field)
	}
	if p.Changed != 1 || p.Proposed != 0 || !slices.Equal(fields, []Field{Name, Email, Terms}) || p.Items[0].Contacts != 1 || p.Items[0].Changes[2].To != "45" {
		t.Fatalf("%+v", p)
	}
	b = take(t, b, p)
	if c := b.Customer(1); c.Name != "SARL Tessonnier" || c.Names != "Garage Tessonnier" || c.Email != "new@t.example" || c.Phone != "01" || c.Terms.Days != 45 || c.Ref != "C1" {
		t.Errorf("%+v", c)
	}
}

func TestProposals(t *testing.T) {
	head := "Code|Nom|CP|E-mail|SIREN"
	for name, c := range map[string]struct {
		known    []ledger.Customer
		line     string
		decision Decision
		into     ledger.CustomerID
		why      []Field
		counts   string // new, changed, same, left, proposed
	}{
		"a name from a register, now with its code": {[]ledger.Customer{{Name: "Garage Tessonnier"}}, "C9|GARAGE TESSONNIER|01000|a@b.example|732829320", Merge, 1, []Field{Name}, "01001"},
		"no code in the list":                       {[]ledger.Customer{{Ref: "K1", Name: "Garage Tessonnier", Postcode: "01000"}}, "|Garage Tessonnier|01000|a@b.example|", Merge, 1, []Field{Name}, "01001"},
		"nothing new":                               {[]ledger.Customer{{Ref: "K1", Name: "Garage Tessonnier", Postcode: "01000"}}, "|Garage Tessonnier|01000||", Merge, 1, []Field{Name}, "00100"},
		"a SIREN under another name":                {[]ledger.Customer{{Name: "Tess Auto", SIREN: "732 829 320"}}, "|Garage Tessonnier|01000||732829320", Leave, 0, []Field{SIREN}, "00011"},
		"an establishment with its own code":        {[]ledger.Customer{{Ref: "K1", Name: "Tess Auto", SIREN: "732829320"}}, "C9|Garage Tessonnier|01000||732829320", Create, 0, []Field{SIREN}, "10001"},
		"one name, two codes of the owner's":        {[]ledger.Customer{{Ref: "K1", Name: "Garage Tessonnier"}}, "C9|Garage Tessonnier|01000||", Create, 0, []Field{Name}, "10001"},
		"one name, two places":                      {[]ledger.Customer{{Name: "Garage Tessonnier", Postcode: "69001"}}, "|Garage Tessonnier|01000||", Create, 0, nil, "10000"},
		"one name, two companies":                   {[]ledger.Customer{{Name: "Garage Tessonnier", SIREN: "303265045"}}, "|Garage Tessonnier|||732829320", Create, 0, nil, "10000"},
		"two possible":                              {[]ledger.Customer{{Name: "Garage Tessonnier"}, {Name: "garage tessonnier"}}, "|Garage Tessonnier|01000|a@b.example|", Leave, 0, []Field{Name, Name}, "00011"},
		"a code that nobody has, and no name":       {nil, "C9||01000||", Leave, 0, nil, "00010"},
	} {
		b := bookOf(c.known...)
		p := NewPlan(b, drafts(t, head, c.line))
		item := p.Items[0]
		var why []Field
		for _, x := range item.Proposals {
			why = append(why, x.Why)
		}
		counts := ""
		for _, n := range []int{p.New, p.Changed, p.Same, p.Left, p.Proposed} {
			counts += string(rune('0' + n))
		}
		if item.Decision != c.decision || item.Customer != c.into || !slices.Equal(why, c.why) || counts != c.counts {
			t.Errorf("%s: %+v %s", name, item, counts)
		}
		take(t, b, p)
	}
}

func TestDecide(t *testing.T) {
	b := bookOf(ledger.Customer{Name: "Tess Auto", SIREN: "732829320"})
	p := NewPlan(b, drafts(t, "Code|Nom|CP|E-mail|SIREN", "C9|Garage Tessonnier|01000|a@b.example|732829320"))
	p.Decide(0, Create, 0)
	if p.New != 1 || p.Left != 0 {
		t.Errorf("%+v", p)
	}
	p.Decide(0, Merge, 1)
	if p.New != 0 || p.Changed != 1 || len(p.Items[0].Changes) == 0 {
		t.Errorf("%+v", p)
	}
	b = take(t, b, p)
	if c := b.Customer(1); b.Customers.Len() != 1 || c.Ref != "C9" || c.RefGiven || c.Name != "Tess Auto" || c.Names != "Garage Tessonnier" || c.Email != "a@b.example" {
		t.Errorf("%+v", c)
	}
	p.Decide(0, Leave, 0)
	if p.Left != 1 {
		t.Errorf("%+v", p)
	}
}

// Two lines never end up in one customer by themselves.
func TestTwoLinesOneCustomer(t *testing.T) {
	b := bookOf(ledger.Customer{Name: "Garage Tessonnier"})
	p := NewPlan(b, drafts(t, "Code|Nom|CP", "C8|Garage Tessonnier|01000", "C9|Garage Tessonnier|69001"))
	if p.Changed != 1 || p.Left != 1 || p.Items[1].Decision != Leave {
		t.Errorf("%+v", p)
	}
}

func FuzzList(f *testing.F) {
	f.Add("Code|Nom|CP|E-mail|SIREN|TVA|IBAN|Taux|Conditions|Type\nC1|A|=1000|a@b.example|=73282932000074|FR44732829320|FR1420041010050500013M02606|=0.12|30 j FDM|public\n|A|1000|||||12,5 %|\n")
	f.Add("Société|Nom|Prénom|Fonction|Mail|Tél\nX|Roy|Anne|Gérante|x@y.example|=612345678\nX|Roy|Paul|||\nTotal 2")
	f.Add("Client|CP Ville|Contact\n||\nA|75001 Paris|B\nA|L-1234 Lux|C")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		l, err := Recognise(table(lines...), "", Options{})
		if err != nil {
			return
		}
		r := l.Drafts(l.Mapping, nil)
		if r.Read != len(r.Customers)+len(r.Rejected)+len(r.Skipped) || r.Read > len(lines) {
			t.Fatalf("%+v", r)
		}
		b := bookOf()
		p := NewPlan(b, r.Customers)
		if p.New+p.Changed+p.Same+p.Left != len(r.Customers) {
			t.Fatalf("%+v", p)
		}
		b = take(t, b, p)
		again := NewPlan(b, r.Customers)
		if again.New+again.Changed > 0 {
			t.Fatalf("%q: a second import creates %d and changes %d: %+v", text, again.New, again.Changed, again.Items)
		}
	})
}

func BenchmarkList(b *testing.B) {
	lines := []string{"Code|Nom|CP|Ville|E-mail|SIREN|Conditions"}
	for n := range 10_000 {
		s := strings.Repeat(string(rune('a'+n%26)), 1+n%7)
		lines = append(lines, "C"+strings.Repeat("0", n%3)+s+string(rune('0'+n%10))+strings.Repeat("x", n/1000)+string(rune('A'+n/10%26))+"|Société "+s+"|75001|Paris|a@b.example|732829320|30 jours")
	}
	g := table(lines...)
	b.ReportAllocs()
	for b.Loop() {
		l, err := Recognise(g, "", Options{})
		if err != nil {
			b.Fatal(err)
		}
		r := l.Drafts(l.Mapping, nil)
		NewPlan(&ledger.Book{}, r.Customers)
	}
}
