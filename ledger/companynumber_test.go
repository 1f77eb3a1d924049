package ledger

import (
	"fmt"
	"testing"
)

func TestCompanyNumber(t *testing.T) {
	for _, c := range []struct {
		country, written, want string
		right                  bool
	}{
		{"FR", "732829320", "732829320", true}, {"FR", " 732 829 320 ", "732829320", true}, {"FR", "732\u00a0829\u202f320", "732829320", true},
		{"FR", "732.829.320", "732829320", true}, {"RE", "732 829 320", "732829320", true},
		{"FR", "732 829 320 00074", "732829320", true},    // a SIRET
		{"FR", "35600000000048", "356000000", true},       // La Poste, her head office
		{"FR", "356 000 000 49837", "356000000", true},    // one of her branches
		{"FR", " 732829321 ", "732829321", false},         // the last digit
		{"FR", "73282932000075", "73282932000075", false}, // the SIREN in it is right, but who tells which digit is wrong
		{"FR", "35600000049838", "35600000049838", false}, {"FR", "73282932", "73282932", false}, {"FR", "sur demande", "sur demande", false}, {"FR", "", "", true},
		{"BE", "0428759497", "0428.759.497", true}, {"BE", "BE 0428.759.497", "0428.759.497", true}, {"BE", "428.759.497", "0428.759.497", true},
		{"BE", "0428.759.498", "0428.759.498", false}, {"BE", "732829320", "732829320", false},
		{"CH", "CHE-107.787.577", "CHE-107.787.577", true}, {"CH", "che 107787577 tva", "CHE-107.787.577", true}, {"CH", "107.787.577", "CHE-107.787.577", true},
		{"CH", "CHE-107.787.578", "CHE-107.787.578", false}, {"CH", "CHE-107.787", "CHE-107.787", false},
		{"LU", " B 123456 ", "B 123456", true}, {"MC", "99 S 04567", "99 S 04567", true}, {"DE", "HRB 1234", "HRB 1234", true}, {"", "x", "x", true},
	} {
		if got, right := CompanyNumber(c.country, c.written); got != c.want || right != c.right {
			t.Errorf("%s %q: %q %v, want %q %v", c.country, c.written, got, right, c.want, c.right)
		}
	}
}

func TestVATNumber(t *testing.T) {
	for _, c := range []struct {
		country, written, want string
		right                  bool
	}{
		{"FR", "fr 40 303.265.045", "FR40303265045", true}, {"FR", "40 303265045", "FR40303265045", true}, {"FR", "K7399859412", "FRK7399859412", true}, {"GP", "40303265045", "FR40303265045", true},
		{"FR", " FR41303265045 ", "FR41303265045", false}, {"FR", "303265045", "303265045", false}, {"FR", "non assujetti", "non assujetti", false}, {"FR", "", "", true},
		{"FR", "DE 136695976", "DE136695976", true}, {"FR", "DE 13669597", "DE 13669597", false}, // registered elsewhere
		{"MC", "FR40303265045", "FR40303265045", true},
		{"BE", "0428.759.497", "BE0428759497", true}, {"BE", "BE 0428.759.498", "BE 0428.759.498", false},
		{"CH", "CHE-107.787.577 TVA", "CHE-107.787.577", true}, {"CH", "107 787 577", "CHE-107.787.577", true}, {"CH", "CHE-107.787.578", "CHE-107.787.578", false},
		{"LU", "LU 15027442", "LU15027442", true}, {"LU", "15027442", "LU15027442", true}, {"LU", "15027443", "15027443", false},
		{"GR", "EL094259216", "EL094259216", true}, {"GR", "094259216", "EL094259216", true},
		{"MA", "001234567000089", "001234567000089", true}, {"MA", "12-345", "12-345", true}, {"US", "FR41303265045", "FR41303265045", false}, {"", "1", "1", true}, {"F", "é", "é", true},
	} {
		if got, right := VATNumber(c.country, c.written); got != c.want || right != c.right {
			t.Errorf("%s %q: %q %v, want %q %v", c.country, c.written, got, right, c.want, c.right)
		}
	}
}

// What is kept reads the same again.
func TestNumbersAreKeptOnceAndForAll(t *testing.T) {
	for _, c := range []Customer{
		{Country: "FR", SIREN: "732 829 320 00074", VAT: "44 732 829 320"}, {Country: "BE", SIREN: "428759497", VAT: "0428759497"},
		{Country: "CH", SIREN: "107787577", VAT: "CHE107787577 MWST"}, {Country: "LU", SIREN: "B1", VAT: "15027442"}, {Country: "US", SIREN: "1-2", VAT: "3-4"},
		{Country: "FR", SIREN: "wrong", VAT: "wrong too"},
	} {
		once := c
		once.Tidy()
		twice := once
		if twice.Tidy(); twice != once {
			t.Errorf("%+v, then %+v", once, twice)
		}
	}
}

func TestNumberDoubt(t *testing.T) {
	for _, c := range []struct {
		country, number, vat string
		doubt                bool
	}{
		{"FR", "303 265 045", "FR40303265045", false}, {"FR", "30326504500017", "40303265045", false}, {"FR", "732829320", "FR40303265045", true},
		{"FR", "732829320", "", false}, {"FR", "", "FR40303265045", false},
		{"FR", "732829321", "FR40303265045", false}, // wrong: said as such
		{"FR", "732829320", "DE136695976", false}, {"MC", "99 S 04567", "FR40303265045", false},
		{"BE", "0428.759.497", "BE0428759497", false}, {"BE", "0403.170.701", "BE0428759497", true},
		{"CH", "CHE-107.787.577", "CHE-107.787.577 TVA", false}, {"CH", "CHE-116.281.710", "CHE-107.787.577", true},
		{"LU", "B 12345", "LU15027442", false},
	} {
		err := NumberDoubt(c.country, c.number, c.vat)
		if (err != nil) != c.doubt || err != nil && (err.Code != "vat_number_differs" || err.Args["field"] != "vat") {
			t.Errorf("%s %s %s: %v", c.country, c.number, c.vat, err)
		}
	}
}

// The key of a French VAT number follows from the SIREN.
func TestVATNumberOfASIREN(t *testing.T) {
	for _, siren := range []int{732829320, 303265045, 356000000, 999000110} {
		vat := fmt.Sprintf("FR%02d%09d", (12+3*(siren%97))%97, siren)
		if _, right := VATNumber("FR", vat); !right || NumberDoubt("FR", fmt.Sprint(siren), vat) != nil {
			t.Error(vat)
		}
	}
}

func TestChecksOfNumbers(t *testing.T) {
	for _, c := range []struct{ country, number, vat, want string }{
		{"FR", "732829320", "FR44732829320", ""}, {"FR", "732829321", "FR1", "siren_invalid vat_invalid"}, {"FR", "73282932000075", "", "siret_invalid"},
		{"BE", "0428.759.498", "BE0428759498", "bce_invalid vat_invalid"}, {"CH", "CHE-1", "", "ide_invalid"}, {"LU", "B1", "LU1", "vat_invalid"},
	} {
		got := ""
		for _, e := range CheckCompany(Company{Name: "A", Country: c.country, SIREN: c.number, VAT: c.vat}) {
			got += " " + e.Code
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.country, c.number, c.vat, got, c.want)
		}
	}
}
