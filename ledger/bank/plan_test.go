package bank

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

const ownIBAN = "FR7630006000011234567890189"

// stream makes bookings of some days, many of them alike.
func stream(r *rand.Rand, n int) []Entry {
	var out []Entry
	day := ledger.Day(2026, 3, 1)
	for i := range n {
		if r.IntN(3) == 0 {
			day = day.Add(1 + r.IntN(2))
		}
		label := fmt.Sprintf("VIR SEPA CLIENT NUMERO %d MOTIF FACTURE %d", r.IntN(4), i)
		if r.IntN(4) == 0 {
			label = "COTISATION CARTE"
		}
		out = append(out, Entry{Booked: day, Amount: ledger.Euros(int64(100 * (1 + r.IntN(3)))), Label: label})
	}
	return out
}

// fileOf makes a file of some bookings; another format cuts labels.
func fileOf(format string, entries []Entry) *File {
	st := &Statement{Currency: ledger.EUR, Account: Account{IBAN: ownIBAN}}
	if format == "mt940" {
		st.Account = Account{Number: "12345678901"}
	}
	for i, e := range entries {
		if e.Rank = i + 1; format == "mt940" {
			e.Label = e.Label[:min(len(e.Label), 20)]
		}
		st.Entries = append(st.Entries, e)
	}
	return &File{Name: format, Format: format, Statements: []*Statement{st}}
}

func takenInto(b *ledger.Book, f *File) (*ledger.Book, *Plan) {
	d := ledger.NewDraft(b)
	p := NewPlan(b, f)
	p.Stage(d, &ledger.Import{File: f.Name, Format: f.Format}, ledger.Day(2026, 6, 1))
	return d.Next(), p
}

// Files of one format that overlap anywhere, even in the middle of a day, make the stream again, each booking once.
func TestOverlappingFiles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		all := stream(r, 5+r.IntN(40))
		b := &ledger.Book{}
		for from := 0; from < len(all); {
			to := min(len(all), from+1+r.IntN(12))
			start := max(0, from-r.IntN(10))
			b, _ = takenInto(b, fileOf("csv", all[start:to]))
			from = to
		}
		if b.BankEntries.Len() != len(all) && !alike(all) {
			t.Fatalf("round %d: %d of %d", round, b.BankEntries.Len(), len(all))
		}
		again, p := takenInto(b, fileOf("csv", all))
		if p.New != 0 && !alike(all) || again.BankAccounts.Len() != 1 {
			t.Fatalf("round %d: %d come twice", round, p.New)
		}
		// The whole stream in another format brings nothing, once it is known.
		if _, p := takenInto(again, fileOf("mt940", all)); p.New != 0 || p.Accounts != 1 || p.NewAccount {
			t.Fatalf("round %d: %d come twice in another format", round, p.New)
		}
	}
}

// alike says whether bookings are the same in day, amount and label: no file tells those apart.
func alike(entries []Entry) bool {
	seen := map[string]bool{}
	for _, e := range entries {
		k := fmt.Sprint(e.Booked, e.Amount, e.Label)
		if seen[k] {
			return true
		}
		seen[k] = true
	}
	return false
}

// Two bookings that are alike within one file are two.
func TestAlikeInOneFile(t *testing.T) {
	e := Entry{Booked: ledger.Day(2026, 3, 1), Amount: ledger.Euros(100), Label: "VIR DUPONT"}
	b, p := takenInto(&ledger.Book{}, fileOf("csv", []Entry{e, e}))
	if p.New != 2 {
		t.Errorf("%d new", p.New)
	}
	if _, p = takenInto(b, fileOf("csv", []Entry{e, e, e})); p.New != 1 || p.Known != 2 {
		t.Errorf("%d new, %d known", p.New, p.Known)
	}
}

func TestAccountsAreTold(t *testing.T) {
	eur, chf := ledger.EUR, ledger.CHF
	for name, c := range map[string]struct {
		a, b ledger.BankAccount
		same bool
	}{
		"the same IBAN":           {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, true},
		"another IBAN":            {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{IBAN: "FR7619999000859811892999009", Currency: eur}, false},
		"the number in the IBAN":  {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{Number: "12345678901", Currency: eur}, true},
		"another number":          {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{Number: "99345678901", Currency: eur}, false},
		"too few digits":          {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{Number: "0189", Currency: eur}, false},
		"another currency":        {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{IBAN: ownIBAN, Currency: chf}, false},
		"a file without a number": {ledger.BankAccount{IBAN: ownIBAN, Currency: eur}, ledger.BankAccount{Currency: eur}, true},
	} {
		if sameAccount(&c.a, &c.b) != c.same || sameAccount(&c.b, &c.a) != c.same {
			t.Error(name)
		}
	}
}
