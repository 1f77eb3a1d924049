package ledger

import "testing"

func TestValidSIREN(t *testing.T) {
	for s, want := range map[string]bool{
		"732829320": true, "732 829 320": true, "732829321": false, "73282932": false, "73282932a": false, "": false,
	} {
		if ValidSIREN(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}

func TestValidIBAN(t *testing.T) {
	for s, want := range map[string]bool{
		"FR14 2004 1010 0505 0001 3M02 606": true, "de89370400440532013000": true, "BE68539007547034": true,
		"FR14 2004 1010 0505 0001 3M02 607": false, "FR14": false, "": false, "FR14-2004-1010-0505-0001-3M02-606": false,
	} {
		if ValidIBAN(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"Pépinières du Val d’Armoise": "pepinieres du val d'armoise", "  A  B ": "a b", "ŒUVRE": "oeuvre",
		"É": "e", "abc 12": "abc 12", "": "", "A b": "a b", "Straße": "straße",
	} {
		if got := Fold(s); got != want {
			t.Errorf("%q folds to %q, want %q", s, got, want)
		}
		if Fold(Fold(s)) != Fold(s) {
			t.Errorf("%q does not fold once and for all", s)
		}
	}
}

func TestSearch(t *testing.T) {
	b := bookWith(t, func(d *Draft, i *Invoice) {
		d.Put(&Customer{Ref: "C002", Name: "Hôtel Belloré", Town: "Saint-Orvain", Country: "FR"})
		d.Put(&Contact{Customer: 2, Name: "Mme Lepage", Phone: "01 99 00 41 27"})
		d.Put(&Invoice{Customer: 2, Number: "F-2026-0358", Issued: day, Total: Euros(198600)})
	})
	s := b.Standings(day)
	for q, want := range map[string]string{
		"bellore": "Hôtel Belloré", "HOTEL": "Hôtel Belloré", "lepage": "Hôtel Belloré", "99004127": "Hôtel Belloré",
		"0358": "F-2026-0358", "f-2026-0358": "F-2026-0358", "1 986,00": "F-2026-0358", "1986": "F-2026-0358",
		"c001": "Garage Tessonnier", "orvain": "Hôtel Belloré", "fa-1": "FA-1",
	} {
		found := b.Search(q, s, 5)
		if len(found) == 0 {
			t.Errorf("%q finds nothing", q)
			continue
		}
		got := found[0].Customer.Name
		if found[0].Invoice != nil {
			got = found[0].Invoice.Number
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	if found := b.Search("introuvable", s, 5); len(found) != 0 {
		t.Errorf("%v", found)
	}
}
