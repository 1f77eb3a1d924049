package bank

import (
	"testing"

	"quitus/ledger"
)

func TestFrenchIBAN(t *testing.T) {
	for _, c := range []struct{ bank, branch, number, want string }{
		{"20041", "01005", "0500013M026", "FR1420041010050500013M02606"}, // the example of the registry of IBANs
		{"30006", "00001", "12345678901", "FR7630006000011234567890189"},
		{"3000", "00085", "98118929990", ""},
		{"3000A", "00085", "98118929990", ""},
		{"30004", "00085", "9811892999", ""},
		{"30004", "00085", "9811892999é", ""},
		{"30004", "00085", "98118 29990", ""},
	} {
		got := frenchIBAN(c.bank, c.branch, c.number)
		if got != c.want {
			t.Errorf("%s %s %s: %s, want %s", c.bank, c.branch, c.number, got, c.want)
		}
		if got != "" && !ledger.ValidIBAN(got) {
			t.Errorf("%s is not valid", got)
		}
	}
}

func TestAccountOf(t *testing.T) {
	const iban = "FR7630006000011234567890189"
	for _, c := range []struct {
		bank, branch, number string
		want                 Account
	}{
		{"", "", "fr76 3000 6000 0112 3456 7890 189", Account{IBAN: iban}},
		{"30006", "00001", "12345678901", Account{IBAN: iban, Number: "12345678901"}},
		{"30006", "00001", " 12345678901-89", Account{IBAN: iban, Number: "12345678901-89"}},
		{"30006", "00001", "1234567890188", Account{Number: "1234567890188"}}, // another key
		{"", "", "30006 00001 12345678901 89", Account{IBAN: iban, Number: "30006 00001 12345678901 89"}},
		{"30006", "", "12345678901", Account{Number: "12345678901"}},
		{"5472369148", "", "1452687~7", Account{Number: "1452687~7"}},
		{"", "", "", Account{}},
	} {
		if got := accountOf(c.bank, c.branch, c.number); got != c.want {
			t.Errorf("%q %q %q: %+v, want %+v", c.bank, c.branch, c.number, got, c.want)
		}
	}
}

func TestSameAccount(t *testing.T) {
	stated := Account{IBAN: "FR7630006000011234567890189"}
	derived := Account{IBAN: "FR4030006000001234567890140", Number: "300060000012345678901"} // of a file without the branch
	for _, c := range []struct {
		a, b Account
		want bool
	}{
		{stated, stated, true},
		{stated, derived, true},
		{stated, Account{Number: "12345678901"}, true},
		{stated, Account{Number: "30006 00001 12345678901 89"}, true},
		{stated, Account{Number: "12345678902"}, false},
		{stated, Account{IBAN: "FR1420041010050500013M02606"}, false},
		{Account{IBAN: "BE68539007547034"}, Account{Number: "539-0075470-34"}, true},
		{Account{Number: "000123"}, Account{Number: "123"}, true},
		{Account{}, Account{}, false},
	} {
		if c.a.Same(c.b) != c.want || c.b.Same(c.a) != c.want {
			t.Errorf("%+v and %+v: want %v", c.a, c.b, c.want)
		}
	}
}

func TestDayOfShortYear(t *testing.T) {
	today := ledger.Day(2026, 6, 15)
	for _, c := range []struct {
		year, month, day int
		today            ledger.Date
		want             string
	}{
		{26, 6, 15, today, "2026-06-15"},
		{46, 12, 31, today, "2046-12-31"},
		{47, 1, 1, today, "1947-01-01"},
		{99, 2, 28, today, "1999-02-28"},
		{0, 2, 29, today, "2000-02-29"},
		{25, 2, 29, today, ""},
		{25, 13, 1, today, ""},
		{25, 0, 0, today, ""},
		{70, 1, 1, 0, "2070-01-01"},
		{71, 1, 1, 0, "1971-01-01"},
		{5, 1, 1, ledger.Day(1999, 1, 1), "2005-01-01"},
	} {
		if got, ok := dayOfShortYear(c.year, c.month, c.day, c.today); got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%02d-%02d-%02d: %s, want %s", c.year, c.month, c.day, got, c.want)
		}
	}
}
