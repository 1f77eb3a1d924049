package bank

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"quitus/ledger"
)

func FuzzTable(f *testing.F) {
	for _, b := range banks {
		// Titles and lines apart, so that one can be changed while the other stays right.
		n := len(b.text) / 2
		n += strings.IndexByte(b.text[n:], '\n') + 1
		f.Add([]byte(b.text[:n]), []byte(b.text[n:]))
	}
	h, s := habit{sides: true, balances: true, days: "DD/MM/YYYY"}, drawn(rand.New(rand.NewPCG(1, 2)), 5)
	f.Add(h.xlsx(f, s), []byte{})
	f.Add(h.xls(s), []byte{})
	f.Add([]byte(h.html(s)), []byte{})
	f.Fuzz(func(t *testing.T, head, tail []byte) {
		data := append(slices.Clone(head), tail...)
		file, err := Read(context.Background(), "x", bytes.NewReader(data), int64(len(data)), Options{Today: today})
		if err != nil {
			if codes := []string{"encrypted", "damaged", "empty", "too_large", "not_a_statement", "unsupported_format"}; !slices.Contains(codes, ledger.CodeOf(err)) {
				t.Fatal(err)
			}
			return
		}
		var ranks []int
		for _, s := range file.Statements {
			if len(s.Entries) == 0 || s.Currency == "" || s.Account.IBAN != "" && !ledger.ValidIBAN(s.Account.IBAN) {
				t.Fatalf("statement %+v", s)
			}
			for _, e := range s.Entries {
				if e.Booked == 0 || e.Amount.Currency != s.Currency || e.Line == 0 || e.Charges < 0 || len(e.Label)+len(e.Party.Name) > MaxText || len(ranks) > 0 && e.Rank == 0 {
					t.Fatalf("entry %+v", e)
				}
				ranks = append(ranks, e.Rank)
			}
			if !slices.IsSortedFunc(s.Entries, func(a, b Entry) int { return a.Rank - b.Rank }) {
				t.Fatal("the entries of a statement are not in the order of the file")
			}
		}
		slices.Sort(ranks)
		for i, r := range ranks {
			if r != i+1 {
				t.Fatalf("ranks %v", ranks)
			}
		}
		for _, p := range file.Problems {
			if p.Code == "" || p.Field == "" || p.Refused != (p.Line > 0) {
				t.Fatalf("problem %+v", p)
			}
		}
	})
}

func FuzzLabel(f *testing.F) {
	for _, b := range banks {
		for line := range strings.Lines(b.text) {
			f.Add(line, int64(100))
		}
	}
	f.Add("CRÉDIT DONNEUR D'ORDRE: JEAN\n/DE X /MOTIF  : Y LIB/", int64(-1))
	f.Fuzz(func(t *testing.T, label string, amount int64) {
		kind, returned := TypeOf(label, amount)
		same := utf8.ValidString(label) && len(label) < MaxText/4 && strings.ToLower(strings.ToUpper(label)) == strings.ToLower(label)
		if again, r := TypeOf(strings.ToLower(label), amount); same && (again != kind || r != returned) {
			t.Errorf("%q: %q %v, in small letters %q %v", label, kind, returned, again, r)
		}
		party, reference := Split(label)
		for _, s := range []string{party, reference} {
			if s != oneLine(s) || len(s) > len(label) {
				t.Errorf("%q: %q", label, s)
			}
			for w := range strings.FieldsSeq(s) {
				if !strings.Contains(label, w) {
					t.Errorf("%q: %q is not of the label", label, w)
				}
			}
		}
	})
}
