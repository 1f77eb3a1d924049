package words

import (
	"math"
	"math/rand/v2"
	"testing"

	"quitus/ledger"
)

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		m      ledger.Money
		fr, en string
	}{
		{ledger.Euros(123456), "1\u202f234,56\u00a0€", "€1,234.56"},
		{ledger.Euros(-12000), "–120,00\u00a0€", "–€120.00"},
		{ledger.Euros(0), "0,00\u00a0€", "€0.00"},
		{ledger.Euros(5), "0,05\u00a0€", "€0.05"},
		{ledger.Euros(99999), "999,99\u00a0€", "€999.99"},
		{ledger.Money{Minor: 123456, Currency: ledger.CHF}, "1\u202f234,56\u00a0CHF", "CHF\u00a01,234.56"},
		{ledger.Money{Minor: -123456789, Currency: "XPF"}, "–123\u202f456\u202f789\u00a0XPF", "–XPF\u00a0123,456,789"},
		{ledger.Money{Minor: 1234567, Currency: "TND"}, "1\u202f234,567\u00a0TND", "TND\u00a01,234.567"},
		{ledger.Money{Minor: 100, Currency: "USD"}, "1,00\u00a0USD", "$1.00"},
		{ledger.Money{}, "0,00", "0.00"},
		{ledger.Euros(math.MinInt64), "–92\u202f233\u202f720\u202f368\u202f547\u202f758,08\u00a0€", "–€92,233,720,368,547,758.08"},
	} {
		if got := New(FR).Money(c.m); got != c.fr {
			t.Errorf("French %v: %q, want %q", c.m, got, c.fr)
		}
		if got := New(EN).Money(c.m); got != c.en {
			t.Errorf("English %v: %q, want %q", c.m, got, c.en)
		}
	}
}

func TestOtherFigures(t *testing.T) {
	fr, en := New(FR), New(EN)
	sums := ledger.Sums{}
	sums.Add(ledger.Money{Minor: 12000, Currency: ledger.CHF})
	sums.Add(ledger.Euros(123456))
	for _, c := range []struct{ got, want string }{
		{fr.Sums(sums), "1\u202f234,56\u00a0€ + 120,00\u00a0CHF"},
		{en.Sums(ledger.Sums{}), "0.00"},
		{fr.Amount(ledger.Euros(-123456)), "–1\u202f234,56"},
		{fr.Whole(ledger.Euros(1264050)), "12\u202f641"},
		{fr.Whole(ledger.Euros(-1264050)), "–12\u202f641"},
		{en.Whole(ledger.Money{Minor: 1264050, Currency: "XPF"}), "1,264,050"},
		{fr.Number(0), "0"},
		{fr.Number(999), "999"},
		{fr.Number(-1000), "–1\u202f000"},
		{en.Number(100000), "100,000"},
		{fr.Percent("12.15"), "12,15\u00a0%"},
		{en.Percent("-0.5"), "–0.5%"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	fr, en := New(FR), New(EN)
	nov, first := ledger.Day(2026, 11, 26), ledger.Day(2026, 12, 1)
	for _, c := range []struct{ got, want string }{
		{fr.Date(nov), "26/11/2026"}, {en.Date(nov), "26/11/2026"}, {fr.Date(0), "–"},
		{fr.DateShort(nov), "26\u00a0nov."}, {en.DateShort(nov), "26\u00a0Nov"},
		{fr.DateShort(first), "1er\u00a0déc."}, {en.DateShort(first), "1\u00a0Dec"}, {fr.DateShort(0), "–"},
		{fr.DateLong(nov), "jeudi 26 novembre 2026"}, {en.DateLong(nov), "Thursday 26 November 2026"},
		{fr.DateLong(first), "mardi 1er décembre 2026"}, {fr.DateLong(0), "–"},
		{fr.DateField(nov), "jeu. 26/11/2026"}, {en.DateField(nov), "Thu 26/11/2026"}, {fr.DateField(0), ""},
		{fr.Month(nov), "novembre 2026"}, {fr.MonthShort(nov), "nov."}, {en.MonthShort(first), "Dec"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestParseMoney(t *testing.T) {
	const invalid, ambiguous, other = "amount_invalid", "amount_ambiguous", "amount_other_currency"
	for _, c := range []struct {
		typed    string
		currency ledger.Currency
		minor    int64
		code     string
	}{
		{"1 234,56", "EUR", 123456, ""},
		{"1\u00a0234,56\u00a0€", "EUR", 123456, ""},
		{"1\u202f234,56\u00a0€", "EUR", 123456, ""},
		{"1234.56", "EUR", 123456, ""},
		{"1.234,56", "EUR", 123456, ""},
		{"1,234.56", "EUR", 123456, ""},
		{"1'234.50", "CHF", 123450, ""},
		{"1’234.50 CHF", "CHF", 123450, ""},
		{"CHF 12", "CHF", 1200, ""},
		{"Fr. 12.-", "CHF", 0, invalid},
		{"1234", "EUR", 123400, ""},
		{"12 EUR", "EUR", 1200, ""},
		{"12 euros", "EUR", 1200, ""},
		{"12eur", "EUR", 1200, ""},
		{"€12.5", "EUR", 1250, ""},
		{"-12", "EUR", -1200, ""},
		{"–12,50 €", "EUR", -1250, ""},
		{"−12,50", "EUR", -1250, ""},
		{"-€12.50", "EUR", -1250, ""},
		{"€-12.50", "EUR", -1250, ""},
		{"12,50-", "EUR", -1250, ""},
		{"12,50- €", "EUR", -1250, ""},
		{"12,50 €-", "EUR", -1250, ""},
		{"+12", "EUR", 1200, ""},
		{"(120,00)", "EUR", -12000, ""},
		{"(120,00 €)", "EUR", -12000, ""},
		{"(120,00) €", "EUR", 0, invalid},
		{",50", "EUR", 50, ""},
		{"0,5", "EUR", 50, ""},
		{"0", "EUR", 0, ""},
		{"-0", "EUR", 0, ""},
		{"007", "EUR", 700, ""},
		{"1.234.567", "EUR", 123456700, ""},
		{"1 234 567,8", "EUR", 123456780, ""},
		{"12 345", "EUR", 1234500, ""},
		{"1500 XPF", "XPF", 1500, ""},
		{"1.500", "XPF", 1500, ""},
		{"1,5", "XPF", 0, invalid},
		{"1,234", "TND", 1234, ""},
		{"1.234", "TND", 0, ambiguous},
		{"92233720368547758,07", "EUR", math.MaxInt64, ""},
		{"-92233720368547758,08", "EUR", math.MinInt64, ""},
		{"92233720368547758,08", "EUR", 0, invalid},

		{"1.234", "EUR", 0, ambiguous},
		{"1,234", "EUR", 0, ambiguous},
		{"123,456 €", "EUR", 0, ambiguous},
		{"2 1500,00", "EUR", 0, ambiguous},
		{"12 34,50", "EUR", 0, ambiguous},
		{"1234 567", "EUR", 0, ambiguous},
		{"1 234.567,89", "EUR", 0, ambiguous},
		{"12.34,50", "EUR", 0, ambiguous},
		{"0.234", "EUR", 0, invalid},
		{"1234,567", "EUR", 0, invalid},
		{"1 234,567", "EUR", 0, invalid},
		{"1.23.4", "EUR", 0, invalid},
		{"12,", "EUR", 0, invalid},
		{"12,5 0", "EUR", 0, invalid},
		{"", "EUR", 0, invalid},
		{"€", "EUR", 0, invalid},
		{"-", "EUR", 0, invalid},
		{"--5", "EUR", 0, invalid},
		{"-5-", "EUR", 0, invalid},
		{"(-5)", "EUR", 0, invalid},
		{"1e3", "EUR", 0, invalid},
		{"douze", "EUR", 0, invalid},
		{"١٢", "EUR", 0, invalid},
		{"12 CHF", "EUR", 0, other},
		{"$12", "EUR", 0, other},
		{"12 € €", "EUR", 0, invalid},
	} {
		got, err := New(FR).ParseMoney(c.typed, c.currency)
		if ledger.CodeOf(err) != c.code || got.Minor != c.minor {
			t.Errorf("%q in %s: %v %v, want %d %q", c.typed, c.currency, got, err, c.minor, c.code)
		}
	}
	if got, err := New(EN).ParseMoney("1.234", "TND"); err != nil || got.Minor != 1234 {
		t.Errorf("English dinars: %v %v", got, err)
	}
}

func TestParseDate(t *testing.T) {
	const invalid, missing = "date_invalid", "date_not_existing"
	today := ledger.Day(2026, 11, 21) // a Saturday
	for _, c := range []struct{ typed, want string }{
		{"15/3/2026", "2026-03-15"}, {"15/03/26", "2026-03-15"}, {"15.03.2026", "2026-03-15"}, {"15-03-2026", "2026-03-15"},
		{"15 03 2026", "2026-03-15"}, {"2026-03-15", "2026-03-15"}, {"2026/3/15", "2026-03-15"}, {" 15/03/2026 ", "2026-03-15"},
		{"15/3", "2027-03-15"}, {"15/12", "2026-12-15"}, {"1/11", "2026-11-01"}, {"15/01", "2027-01-15"}, {"22/5", "2027-05-22"}, {"23/5", "2026-05-23"},
		{"15/03/99", "1999-03-15"}, {"15/03/46", "2046-03-15"}, {"15/03/47", "1947-03-15"},
		{"15 mars", "2027-03-15"}, {"15 mar", "2027-03-15"}, {"1er déc.", "2026-12-01"}, {"1ER DEC", "2026-12-01"}, {"3 fevrier 2026", "2026-02-03"},
		{"4 juil. 2026", "2026-07-04"}, {"4 Juillet 26", "2026-07-04"}, {"4 juin 2026", "2026-06-04"}, {"5 août 2026", "2026-08-05"}, {"5 aou 2026", "2026-08-05"},
		{"jeu. 26/11/2026", "2026-11-26"}, {"lun. 26/11/2026", "2026-11-26"}, {"jeudi 26 novembre 2026", "2026-11-26"}, {"jeudi 26 novembre", "2026-11-26"},
		{"Thursday 26 November 2026", "2026-11-26"}, {"Nov 26, 2026", "2026-11-26"}, {"26th nov", "2026-11-26"}, {"Dec 1st", "2026-12-01"},
		{"29/2/2028", "2028-02-29"},
		{"+30", "2026-12-21"}, {"-5", "2026-11-16"}, {"–5", "2026-11-16"}, {"+30 j", "2026-12-21"}, {"+ 30 jours", "2026-12-21"}, {"+1 day", "2026-11-22"}, {"+0", "2026-11-21"},
		{"auj", "2026-11-21"}, {"Aujourd'hui", "2026-11-21"}, {"aujourd’hui", "2026-11-21"}, {"today", "2026-11-21"},
		{"demain", "2026-11-22"}, {"tomorrow", "2026-11-22"}, {"après-demain", "2026-11-23"}, {"hier", "2026-11-20"}, {"yesterday", "2026-11-20"},
		{"ven", "2026-11-27"}, {"ven.", "2026-11-27"}, {"Vendredi", "2026-11-27"}, {"fri", "2026-11-27"}, {"friday", "2026-11-27"},
		{"sam", "2026-11-28"}, {"dim", "2026-11-22"}, {"mar", "2026-11-24"}, {"mon", "2026-11-23"},

		{"31/02/2026", missing}, {"29/2/2026", missing}, {"31 avril", missing}, {"45/10/2026", missing}, {"2026-02-30", missing}, {"29/2", missing},
		{"", invalid}, {"15", invalid}, {"15/13/2026", invalid}, {"0/3/2026", invalid}, {"15/3/202", invalid}, {"15/3/0000", invalid},
		{"15/3/2026/1", invalid}, {"15//", invalid}, {"mars", invalid}, {"15 15", invalid}, {"jui", invalid}, {"4 jui 2026", invalid},
		{"+", invalid}, {"+12345", invalid}, {"+x", invalid}, {"+ -3", invalid}, {"1.5", "2027-05-01"}, {"demain matin", invalid}, {"２０/１/2026", invalid},
	} {
		got, err := New(FR).ParseDate(c.typed, today)
		if s := got.String() + ledger.CodeOf(err); s != c.want {
			t.Errorf("%q: %s, want %s", c.typed, s, c.want)
		}
	}
}

// What the program writes it reads back, in either language.
func TestRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	currencies := []ledger.Currency{"EUR", "CHF", "XPF", "TND", "USD", "GBP", "MAD"}
	for range 20000 {
		m := ledger.Money{Minor: int64(rnd.Uint64()) >> rnd.IntN(64), Currency: currencies[rnd.IntN(len(currencies))]}
		d := ledger.Date(1 + rnd.IntN(int(ledger.Day(9999, 12, 31))))
		for _, l := range Langs {
			w := New(l)
			for _, s := range []string{w.Money(m), w.Amount(m), m.String()} {
				if l == FR && m.Currency == "TND" && s == m.String() {
					continue // "1.234" with a dot is ambiguous where there are three decimals
				}
				if got, err := w.ParseMoney(s, m.Currency); err != nil || got != m {
					t.Fatalf("%s: %q of %v reads %v, %v", l, s, m, got, err)
				}
			}
			for _, s := range []string{w.Date(d), w.DateLong(d), w.DateField(d), d.String()} {
				if got, err := w.ParseDate(s, ledger.Day(2026, 11, 21)); err != nil || got != d {
					t.Fatalf("%s: %q reads %v, %v", l, s, got, err)
				}
			}
		}
		near := ledger.Day(2026, 11, 21).Add(rnd.IntN(360) - 180)
		for _, l := range Langs {
			if got, err := New(l).ParseDate(New(l).DateShort(near), ledger.Day(2026, 11, 21)); err != nil || got != near {
				t.Fatalf("%s: %q reads %v, %v", l, New(l).DateShort(near), got, err)
			}
		}
	}
}

// Whatever is typed, there is an amount that is written and read back the same, or an error with a sentence.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"1 234,56", "1.234", "(120,00)", "–5 €", "2 1500,00", "CHF 1'234.50", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range Langs {
			for _, c := range []ledger.Currency{"EUR", "XPF", "TND"} {
				w := New(l)
				m, err := w.ParseMoney(s, c)
				if err != nil {
					wantSentence(t, w, err)
				} else if again, err := w.ParseMoney(w.Money(m), c); err != nil || again != m {
					t.Fatalf("%q gives %v, which reads %v, %v", s, m, again, err)
				}
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"15/3", "jeu. 26/11/2026", "+30", "ven", "1er déc.", "31/02/2026", "Nov 26, 2026"} {
		f.Add(s, int32(739941))
	}
	f.Fuzz(func(t *testing.T, s string, today int32) {
		now := ledger.Date(today)
		if now < ledger.Day(1, 1, 1) || now > ledger.Day(9999, 12, 31) {
			return
		}
		for _, l := range Langs {
			w := New(l)
			d, err := w.ParseDate(s, now)
			if err != nil {
				wantSentence(t, w, err)
			} else if again, err := w.ParseDate(w.DateField(d), now); err != nil || again != d {
				t.Fatalf("%q gives %v, which reads %v, %v", s, d, again, err)
			}
		}
	})
}

func wantSentence(t *testing.T, w *Words, err error) {
	t.Helper()
	if code := ledger.CodeOf(err); code == "internal" || !w.Has("error."+code) {
		t.Fatalf("no sentence for %v", err)
	}
}

// TestLetterFigures: figures and dates of the languages of letters.
func TestLetterFigures(t *testing.T) {
	nl, de, ch := New(NL), New(DE), New(SwissDE)
	francs, day := ledger.Money{Minor: -123456789, Currency: ledger.CHF}, ledger.Day(2026, 3, 1)
	for _, c := range []struct{ got, want string }{
		{nl.Money(ledger.Euros(123456)), "€\u00a01.234,56"},
		{nl.Money(ledger.Euros(-12000)), "€\u00a0–120,00"},
		{de.Money(ledger.Euros(-123456)), "–1.234,56\u00a0€"},
		{de.Money(francs), "–1.234.567,89\u00a0CHF"},
		{ch.Money(francs), "CHF\u00a0–1’234’567.89"},
		{nl.Percent("12.15"), "12,15%"},
		{de.Percent("12.15"), "12,15\u00a0%"},
		{ch.Percent("5"), "5\u00a0%"},
		{nl.Date(day), "01/03/2026"},
		{de.Date(day), "01.03.2026"},
		{nl.DateLong(day), "zondag 1 maart 2026"},
		{de.DateLong(day), "Sonntag, 1. März 2026"},
		{ch.T("letters.means.cheque"), "per Scheck"},
		{de.Country("CH"), "Schweiz"},
		{string(LetterLang("de", "LI")), "de-CH"},
		{string(LetterLang("de", "BE")), "de"},
		{string(LetterLang("nl", "BE")), "nl"},
		{string(LetterLang("it", "CH")), "fr"},
		{string(LetterLang("English", "")), "en"},
		{SwissDE.Spelt("Mit freundlichen Grüßen"), "Mit freundlichen Grüssen"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
