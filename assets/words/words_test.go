package words

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestText(t *testing.T) {
	fr, en := New(FR), New(EN)
	for _, c := range []struct{ got, want string }{
		{fr.T("common.cancel"), "Annuler"},
		{en.T("common.cancel"), "Cancel"},
		{fr.T("common.page_of", "page", 2, "pages", 1200), "page 2 sur 1\u202f200"},
		{fr.T("common.page_of", "page", 2), "page 2 sur [pages]"},
		{fr.T("no.such.key"), "[no.such.key]"},
		{fr.N("no.such.key", 2), "[no.such.key]"},
		{fr.N("common.n_invoices", 0), "0 facture"},
		{fr.N("common.n_invoices", 1), "1 facture"},
		{fr.N("common.n_invoices", 1500), "1\u202f500 factures"},
		{fr.N("common.n_invoices", 1000000), "1\u202f000\u202f000 factures"},
		{en.N("common.n_invoices", 0), "0 invoices"},
		{en.N("common.n_invoices", 1), "1 invoice"},
		{en.N("common.n_invoices", 1500), "1,500 invoices"},
		{fr.Country("be"), "Belgique"},
		{en.Country("ZZ"), "ZZ"},
		{fr.Means(ledger.OtherMeans), "Autre moyen"},
		{fr.CustomerKind(""), "Entreprise"},
		{string(New("it").Lang()), "fr"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestFactsAreWrittenForPeople(t *testing.T) {
	w := New(FR)
	sums := ledger.Sums{}
	sums.Add(ledger.Euros(-5))
	for _, c := range []struct {
		v    any
		want string
	}{
		{ledger.Euros(123456), w.Money(ledger.Euros(123456))}, {ledger.Day(2026, 3, 1), "01/03/2026"}, {1234, "1\u202f234"},
		{sums, "–0,05\u00a0€"}, {[]string{"a", "b"}, "a, b"}, {"x", "x"}, {int64(1234), "1234"}, {ledger.EUR, "EUR"},
	} {
		if got := w.value(c.v); got != c.want {
			t.Errorf("%v: %q, want %q", c.v, got, c.want)
		}
	}
}

func TestError(t *testing.T) {
	fr := New(FR)
	wrapped := fmt.Errorf("reading line 3: %w", ledger.Errorf("amount_invalid", "value", "douze"))
	want := "«\u00a0douze\u00a0» n’est pas un montant. Écrivez par exemple 1\u202f234,56."
	if got := fr.Error(wrapped); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := fr.Error(nil); got != "" {
		t.Errorf("nil gives %q", got)
	}
	if got := fr.Error(ledger.Errorf("no_such_code")); got != "[error.no_such_code]" {
		t.Errorf("%q", got)
	}
	for _, err := range []error{errors.New("unexpected EOF"), ledger.Errorf("internal")} {
		got := fr.WithLog("/home/anne/quitus.log").Error(err)
		if !strings.Contains(got, "/home/anne/quitus.log") || strings.Contains(got, "EOF") {
			t.Errorf("%q", got)
		}
		if got = fr.Error(err); strings.Contains(got, "[") {
			t.Errorf("%q", got)
		}
	}
}

// Every name that the ledger can hold has its word.
func TestNames(t *testing.T) {
	for _, l := range Langs {
		w := New(l)
		var all []string
		for _, k := range []ledger.CustomerKind{ledger.CompanyCustomer, ledger.PublicBody, ledger.Consumer, ledger.NonProfessional} {
			all = append(all, w.CustomerKind(k))
		}
		for _, s := range []ledger.Status{ledger.StatusOpen, ledger.StatusPartlyPaid, ledger.StatusSettled, ledger.StatusDisputed, ledger.StatusWrittenOff} {
			all = append(all, w.Status(s))
		}
		for s := ledger.Settled; s <= ledger.PromiseBroken; s++ {
			all = append(all, w.Situation(s))
		}
		for _, m := range []ledger.Means{ledger.Transfer, ledger.Cheque, ledger.Cash, ledger.Card, ledger.OtherMeans} {
			all = append(all, w.Means(m))
		}
		for _, r := range []ledger.DisputeReason{ledger.LateDelivery, ledger.FaultyGoods, ledger.WrongAmount, ledger.WrongAddressee, ledger.MissingOrder, ledger.OtherDispute} {
			all = append(all, w.DisputeReason(r))
		}
		for _, a := range []ledger.Act{ledger.ActImport, ledger.ActCompany, ledger.ActCustomer, ledger.ActContact, ledger.ActInvoice, ledger.ActPayment,
			ledger.ActPaymentTaken, ledger.ActWriteOff, ledger.ActNote, ledger.ActDocument, ledger.ActLetters, ledger.ActLettersSent, ledger.ActUndo, ledger.ActErase, ledger.ActSample} {
			all = append(all, w.Act(a))
		}
		for b := ledger.BucketNotDue; b <= ledger.BucketCredit; b++ {
			all = append(all, w.Bucket(b))
		}
		for _, name := range all {
			if strings.HasPrefix(name, "[") {
				t.Errorf("%s: %s", l, name)
			}
		}
		if got := w.Situation(ledger.VeryLate); got != w.T("common.situation.very_late") {
			t.Errorf("%s: the situations are out of order: %q", l, got)
		}
		if got := w.Bucket(ledger.BucketOlder); got != w.T("common.ageing.older") {
			t.Errorf("%s: the buckets are out of order: %q", l, got)
		}
	}
}

func TestLang(t *testing.T) {
	for s, want := range map[string]Lang{"fr": FR, "fr_FR.UTF-8": FR, "en-GB": EN, "EN": EN, "English": EN, "français": FR, "de_DE": "", "C": "", "": "", "frites": ""} {
		if got, ok := ParseLang(s); got != want || ok != (want != "") {
			t.Errorf("%q: %q", s, got)
		}
	}
	for _, c := range []struct {
		all, messages, lang string
		want                Lang
	}{
		{"", "", "", orFrench(systemLanguage())},
		{"", "", "en_US.UTF-8", EN}, {"", "fr_FR", "en_US", FR}, {"en_GB", "fr_FR", "", EN}, {"C", "", "en_US", FR}, {"", "", "de_DE", FR},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_MESSAGES", c.messages)
		t.Setenv("LANG", c.lang)
		if got := Detect(); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestCut(t *testing.T) {
	for s, want := range map[string]string{"": "", "a": "a", "a {{.b}} c": "a |.b| c", "{{.b}}": ".b", "{{ .b }}{{.c}}": ".b|.c"} {
		parts, err := cut(s)
		var got []string
		for _, p := range parts {
			if p.fact != "" {
				p.text = "." + p.fact
			}
			got = append(got, p.text)
		}
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"{{", "{{.}}", "{{b}}", "{{if .b}}x{{end}}", "{{.b.c}}", "{{.b"} {
		if parts, err := cut(s); err == nil {
			t.Errorf("%q: %v", s, parts)
		}
	}
}

// Words are asked for from many goroutines at once.
func TestConcurrent(t *testing.T) {
	done := make(chan string)
	for range 8 {
		go func() {
			w := New(FR)
			d, _ := w.ParseDate("15 mars 2026", ledger.Day(2026, 11, 21))
			done <- w.T("common.save") + w.Date(d)
		}()
	}
	var got []string
	for range 8 {
		got = append(got, <-done)
	}
	if len(slices.Compact(got)) != 1 {
		t.Error(got)
	}
}

func BenchmarkT(b *testing.B) {
	w := New(FR)
	for b.Loop() {
		w.T("common.cancel")
	}
}

func BenchmarkTWithFacts(b *testing.B) {
	w := New(FR)
	for b.Loop() {
		w.T("common.page_of", "page", 2, "pages", 1200)
	}
}

func BenchmarkMoney(b *testing.B) {
	w := New(FR)
	for b.Loop() {
		w.Money(ledger.Euros(123456))
	}
}
