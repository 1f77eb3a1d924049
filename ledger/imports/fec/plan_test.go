package fec

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

var today = ledger.Day(2026, 11, 21)

// taken takes books into a ledger.
func taken(t *testing.T, book *ledger.Book, b *Books, c Choices) (*ledger.Book, *Plan) {
	t.Helper()
	p := b.Plan(book, c)
	d := ledger.NewDraft(book)
	p.Stage(d, &ledger.Import{File: b.Name}, today)
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	next := d.Next()
	if again := b.Plan(next, c); !again.Empty() {
		t.Errorf("a second import changes something: %d new, %d payments, %d settled", again.New, again.NewPayments, again.Settled)
	}
	return next, p
}

// owed gives what is open in a ledger, by number.
func owed(book *ledger.Book) amounts {
	out := amounts{}
	s := book.Standings(ledger.EndOfTime)
	for i := range book.Invoices.All() {
		if o := s.Of(i.ID).Open; o != 0 {
			out[i.Number] = o
		}
	}
	return out
}

func same(t *testing.T, got, want amounts) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("open %v, not %v", got, want)
	}
}

func TestStage(t *testing.T) {
	s := filler().sale("X", "20250301", "FA1", 12000, "A").sale("X", "20250302", "AV1", -2400, "A").pay("X", "20250401", 9600, "A").
		sale("X", "20250601", "FA2", 7000, "b").pay("X", "20250701", 3000, "b").
		sale("Y", "20250301", "FA3", 12000, "C").entry("BQ", "20250310", "B", "VIR Y", on("512000", 11760), on("665000", 240), customer("Y", -12000, "C"))
	book, p := taken(t, &ledger.Book{}, s.read(t), Choices{})
	same(t, owed(book), amounts{"FA2": 4000})
	if p.NewCustomers != 3 || p.New != 8 || book.WriteOffs.Len() != 1 || book.Aliases.Len() == 0 || p.Open[ledger.EUR] != 4000 {
		t.Errorf("%+v", p)
	}
	i := book.Invoice(book.InvoicesByNumber("FA2")[0])
	if !i.DueEstimated || i.Issued != ledger.Day(2025, 6, 1) || book.Customer(i.Customer).Ref != "CX" {
		t.Errorf("%+v", i)
	}
}

func next(s *script) *script {
	for i := range s.lines {
		s.lines[i].date = "2026" + s.lines[i].date[4:]
		s.lines[i].num = "N" + s.lines[i].num
	}
	return s
}

// What last year left open is settled by this year's file, however its opening lines are written.
func TestNextYear(t *testing.T) {
	year := func() *ledger.Book {
		book, _ := taken(t, &ledger.Book{}, filler().sale("X", "20251101", "FA1", 12000, "").sale("X", "20251201", "FA2", 6000, "").sale("Y", "20251201", "FA3", 500, "").read(t), Choices{})
		return book
	}
	carried := func(number string, amount int64, let string) func(*script) {
		return func(s *script) {
			s.entry("AN", "20250101", number, "A nouveau "+number, customer("X", amount, let), on("110000", -amount))
		}
	}
	for name, c := range map[string]struct {
		opening []func(*script)
		paid    map[string]int64
		want    amounts
		check   int
	}{
		"one line for each, with its number": {[]func(*script){carried("FA1", 12000, "A"), carried("FA2", 6000, "")}, map[string]int64{"A": 12000}, amounts{"FA2": 6000, "FA3": 500}, 0},
		"one line for each, without":         {[]func(*script){carried("RAN", 12000, "A"), carried("RAN", 6000, "")}, map[string]int64{"A": 12000}, amounts{"FA2": 6000, "FA3": 500}, 0},
		"one line for all, paid":             {[]func(*script){carried("RAN", 18000, "A")}, map[string]int64{"A": 18000}, amounts{"FA3": 500}, 0},
		"one line for all, not paid":         {[]func(*script){carried("RAN", 18000, "")}, nil, amounts{"FA1": 12000, "FA2": 6000, "FA3": 500}, 0},
		"paid in part":                       {[]func(*script){carried("RAN", 18000, "a")}, map[string]int64{"a": 15000}, amounts{"FA2": 3000, "FA3": 500}, 0},
		"a line that nothing explains":       {[]func(*script){carried("RAN", 18100, "")}, nil, amounts{"FA1": 12000, "FA2": 6000, "FA3": 500}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := filler()
			for _, o := range c.opening {
				o(s)
			}
			for let, v := range c.paid {
				s.pay("X", "20250215", v, let)
			}
			book, p := taken(t, year(), next(s).read(t), Choices{})
			delete(c.want, "")
			got := owed(book)
			same(t, got, c.want)
			if len(p.Carried) != c.check {
				t.Errorf("%d lines to check", len(p.Carried))
			}
		})
	}
}

// Opening lines are shown apart, and recorded when the owner confirms them.
func TestConfirmCarried(t *testing.T) {
	b := filler().open("X", "20250101", 7000, "").open("Y", "20250101", 800, "").read(t)
	book, p := taken(t, &ledger.Book{}, b, Choices{})
	same(t, owed(book), amounts{})
	if len(p.Carried) != 2 {
		t.Fatal(p.Carried)
	}
	book, p = taken(t, book, b, Choices{Carried: []int{b.Invoices[p.Carried[0]].Line}})
	if got := owed(book); len(got) != 1 || len(p.Carried) != 1 {
		t.Error(got, p.Carried)
	}
}

func TestKnownFromElsewhere(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	x := &ledger.Customer{Ref: "CLI-7", Name: "X", Type: ledger.CompanyCustomer, Country: "FR"}
	d.Put(x)
	i := &ledger.Invoice{Customer: x.ID, Number: "FA1", Issued: ledger.Day(2025, 3, 1), Due: ledger.Day(2025, 3, 31), Total: ledger.Euros(12000)}
	d.Put(i)
	book := d.Next()
	d = ledger.NewDraft(book)
	if _, err := ledger.Pay(d, i.ID, ledger.Day(2025, 4, 3), ledger.Euros(12000), ledger.Transfer, ""); err != nil {
		t.Fatal(err)
	}
	b := filler().sale("X", "20250301", "FA1", 12000, "A").pay("X", "20250401", 12000, "A").sale("X", "20250501", "FA2", 100, "").read(t)
	book, p := taken(t, d.Next(), b, Choices{})
	same(t, owed(book), amounts{"FA2": 100})
	if got := book.Invoice(i.ID); got.Due != i.Due || p.Known != 1 || book.PaymentsOf(x.ID)[0].Amount.Minor != 12000 || len(book.PaymentsOf(x.ID)) != 1 {
		t.Errorf("%+v", p)
	}
}

// Half a year first, then the whole: receipts that were not lettered yet now are.
func TestOverlap(t *testing.T) {
	half := func() *script {
		return filler().sale("X", "20250301", "FA1", 12000, "").sale("X", "20250315", "FA2", 9000, "")
	}
	book, _ := taken(t, &ledger.Book{}, half().pay("X", "20250401", 15000, "").read(t), Choices{})
	same(t, owed(book), amounts{"FA1": 12000, "FA2": 9000})
	s := half()
	for i := range s.lines {
		if s.lines[i].aux == "CX" {
			s.lines[i].let = "k"
		}
	}
	s.pay("X", "20250401", 15000, "k").sale("X", "20250901", "FA3", 100, "")
	book, p := taken(t, book, s.read(t), Choices{})
	same(t, owed(book), amounts{"FA2": 6000, "FA3": 100})
	if p.New != 1 || p.NewPayments != 0 || p.Settled != 2 {
		t.Errorf("%d new, %d payments, %d settled", p.New, p.NewPayments, p.Settled)
	}
}

func TestLetteredLater(t *testing.T) {
	s := filler().sale("X", "20251201", "FA1", 12000, "AB")
	s.lines[len(s.lines)-3].letDate = "20260115"
	book, _ := taken(t, &ledger.Book{}, s.read(t), Choices{})
	same(t, owed(book), amounts{})
	n := filler().entry("AN", "20250101", "FA1", "A nouveau", customer("X", 12000, "B"), on("110000", -12000)).pay("X", "20250110", 12000, "B")
	book, _ = taken(t, book, next(n).read(t), Choices{})
	same(t, owed(book), amounts{})
	if y := book.PaymentsOf(book.CustomerByRef("CX").ID); len(y) != 1 {
		t.Error(y)
	}
}

func TestOtherCompany(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Autre", SIREN: "732 829 320", Country: "FR"})
	if p := filler().read(t).Plan(d.Next(), Choices{}); !p.OtherCompany {
		t.Error("another company's books pass")
	}
}

// Books made at random: the balance of every customer is its open items and its gap (in read), and the ledger that
// takes them in owes what the books say.
func TestRandomBooks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 300 {
		s := randomBooks(r, 10+r.IntN(200))
		b := s.read(t)
		want := map[string]int64{}
		for _, l := range s.lines {
			if l.aux != "" {
				want[l.aux] += l.amount
			}
		}
		for _, c := range b.Customers {
			if c.Balance != want[c.Ref] {
				t.Fatalf("round %d: %s: balance %d, not %d", round, c.Ref, c.Balance, want[c.Ref])
			}
		}
		book, p := taken(t, &ledger.Book{}, b, Choices{AllCarried: true})
		st := book.Standings(ledger.EndOfTime)
		for d, v := range b.Invoices {
			if p.Invoices[d].State != ToCreate {
				continue
			}
			id := numberIn(book, v.Number, book.CustomerByRef(b.Customers[v.Customer].Ref).ID)
			if got := st.Of(id).Open; got != v.Open {
				t.Fatalf("round %d: %s: open %d in the ledger, %d in the books", round, v.Number, got, v.Open)
			}
		}
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
}

func numberIn(book *ledger.Book, number string, c ledger.CustomerID) ledger.InvoiceID {
	for _, id := range book.InvoicesByNumber(number) {
		if book.Invoice(id).Customer == c {
			return id
		}
	}
	return 0
}

func randomBooks(r *rand.Rand, n int) *script {
	s := &script{}
	letters := []string{"", "", "A", "B", "C", "a", "AA"}
	for i := range n {
		who := string(rune('A' + r.IntN(4)))
		date := fmt.Sprintf("2025%02d%02d", 1+i*12/n, 1+r.IntN(28))
		let := letters[r.IntN(len(letters))]
		v := int64(1+r.IntN(20)) * 600
		switch r.IntN(12) {
		case 0, 1, 2, 3:
			s.sale(who, date, fmt.Sprintf("FA%04d", i), v, let)
		case 4:
			s.sale(who, date, fmt.Sprintf("AV%04d", i), -v, let)
		case 5, 6, 7:
			s.pay(who, date, v, let)
		case 8:
			s.entry("BQ", date, "R", "Rejet", customer(who, v, let), on("512000", -v))
		case 9:
			s.entry("BQ", date, "B", "VIR "+who, on("512000", v-60), on("665000", 60), customer(who, -v, let))
		case 10:
			doubtful := customer(who, v, letters[r.IntN(len(letters))])
			doubtful.account = "416000"
			s.entry("OD", date, "OD", "Douteux", doubtful, customer(who, -v, let))
		case 11:
			s.open(who, "20250101", v*int64(1-2*r.IntN(2)), let)
		}
	}
	return s
}

// A namesake under another code is left apart until the owner says that it is the same.
func TestNamesakes(t *testing.T) {
	d := ledger.NewDraft(&ledger.Book{})
	x := &ledger.Customer{Ref: "CLI-7", Name: "X", Type: ledger.CompanyCustomer, Country: "FR"}
	d.Put(x)
	b := filler().sale("X", "20250501", "FA2", 100, "").read(t)
	_, p := taken(t, d.Next(), b, Choices{})
	if p.NewCustomers != 2 || p.Customers[1].Like != x.ID {
		t.Errorf("%+v", p.Customers)
	}
	book, p := taken(t, d.Next(), b, Choices{Same: map[string]ledger.CustomerID{"CX": x.ID}})
	if p.NewCustomers != 1 || len(book.InvoicesOf(x.ID)) != 1 {
		t.Errorf("%+v", p.Customers)
	}
}

// An import is taken back as a whole.
func TestUndo(t *testing.T) {
	b := filler().sale("X", "20250301", "FA1", 12000, "A").entry("BQ", "20250310", "B", "VIR X", on("512000", 11760), on("665000", 240), customer("X", -12000, "A")).read(t)
	d := ledger.NewDraft(&ledger.Book{})
	b.Plan(d.Book(), Choices{}).Stage(d, &ledger.Import{File: b.Name}, today)
	e := &ledger.Entry{Seq: 1, Spans: ledger.SpansOf(d.Changes())}
	u := ledger.NewDraft(d.Next())
	done, err := ledger.Undo(u, e, func(ledger.Kind, uint32) (ledger.Record, bool, error) { return nil, false, nil })
	if err != nil || len(done.Kept) != 0 {
		t.Fatal(done, err)
	}
	if left := u.Next(); left.Invoices.Len()+left.Customers.Len()+left.Payments.Len()+left.WriteOffs.Len()+left.Aliases.Len() != 0 {
		t.Error("something is left")
	}
}

// An advance on an account 419, and its use in a later file: the money came once.
func TestAdvances(t *testing.T) {
	paid := customer("X", -3000, "")
	paid.account = "419100"
	used := customer("X", 3000, "")
	used.account = "419100"
	b := filler().entry("BQ", "20250301", "B", "VIR X", on("512000", 3000), paid).read(t)
	book, _ := taken(t, &ledger.Book{}, b, Choices{})
	x := book.CustomerByRef("CX").ID
	if y := book.PaymentsOf(x); len(y) != 1 || y[0].Amount.Minor != 3000 || len(y[0].Allocations) != 0 || b.Customers[1].Advances != 3000 {
		t.Fatalf("%+v", y)
	}
	s := filler().entry("BQ", "20250301", "B", "VIR X", on("512000", 3000), paid).sale("X", "20250401", "FA1", 12000, "a").entry("OD", "20250402", "OD", "Acompte", used, customer("X", -3000, "a"))
	book, _ = taken(t, book, s.read(t), Choices{})
	same(t, owed(book), amounts{"FA1": 9000})
	if y := book.PaymentsOf(x); len(y) != 1 || y[0].On != ledger.Day(2025, 3, 1) {
		t.Errorf("%+v", y)
	}
}
