package letters

import (
	"strings"
	"testing"
	"unicode/utf8"

	"quitus/ledger"
)

// room is how wide a line may be in the window of a French envelope, in millimetres.
var room = envelopes["fr_dl_right"].addressRoom()

func TestRecipient(t *testing.T) {
	long := "Société coopérative agricole des producteurs réunis de la vallée de la Drôme"
	for _, k := range []struct {
		name          string
		c             ledger.Customer
		contact       string
		want, dropped []string
	}{
		{"plain", ledger.Customer{Name: "Cabinet Dervaux", Address: "8 rue du Pressoir", Postcode: "38998", Town: "Valbrie", Country: "FR"}, "Mme Odile Pellin",
			[]string{"CABINET DERVAUX", "MME ODILE PELLIN", "8 RUE DU PRESSOIR", "38998 VALBRIE"}, nil},
		{"abroad", ledger.Customer{Name: "Brasserie", Address: "Rue des Minimes 21", Postcode: "1000", Town: "Bruxelles", Country: "BE"}, "",
			[]string{"BRASSERIE", "RUE DES MINIMES 21", "1000 BRUXELLES", "BELGIQUE"}, nil},
		{"no blank lines", ledger.Customer{Name: "A", Address: "\n 1  rue \n\n", Town: "Lyon"}, "", []string{"A", "1 RUE", "LYON"}, nil},
		{"name over two lines", ledger.Customer{Name: "Société coopérative agricole de la vallée de la Drôme", Address: "1 rue", Postcode: "26150", Town: "Die"}, "",
			[]string{"SOCIÉTÉ COOPÉRATIVE AGRICOLE DE LA", "VALLÉE DE LA DRÔME", "1 RUE", "26150 DIE"}, nil},
		{"nine lines", ledger.Customer{Name: "A", Address: "1\n2\n3\n4\n5\n6\n7", Postcode: "26150", Town: "Die"}, "",
			[]string{"A", "4", "5", "6", "7", "26150 DIE"}, []string{"1", "2", "3"}},
		{"long name, long street", ledger.Customer{Name: long, Address: "Bâtiment A\nZone d’activités\n12 avenue\nLieu-dit\nBP 9", Postcode: "26150", Town: "Die", Country: "BE"}, "M. X",
			[]string{"SOCIÉTÉ COOPÉRATIVE AGRICOLE DES", "12 AVENUE", "LIEU-DIT", "BP 9", "26150 DIE", "BELGIQUE"},
			[]string{"producteurs réunis de la vallée de la", "Drôme", "M. X", "Bâtiment A", "Zone d’activités"}},
		{"nothing known", ledger.Customer{Name: "A"}, "", []string{"A"}, nil},
	} {
		lines, dropped := recipient(&k.c, &ledger.Contact{Name: k.contact}, "FR", room)
		if strings.Join(lines, "|") != strings.Join(k.want, "|") || strings.Join(dropped, "|") != strings.Join(k.dropped, "|") {
			t.Errorf("%s:\n%q left out %q\nwant %q left out %q", k.name, lines, dropped, k.want, k.dropped)
		}
	}
}

func FuzzRecipient(f *testing.F) {
	f.Add("Dupont", "1 rue\n2", "75001", "Paris", "BE", "Mme X")
	f.Fuzz(func(t *testing.T, name, address, postcode, town, country, person string) {
		lines, _ := recipient(&ledger.Customer{Name: name, Address: address, Postcode: postcode, Town: town, Country: country}, &ledger.Contact{Name: person}, "FR", room)
		if len(lines) > addressLines {
			t.Fatalf("%q", lines)
		}
		for _, l := range lines {
			if strings.TrimSpace(l) == "" || strings.Contains(l, "\n") {
				t.Fatalf("%q", lines)
			}
		}
		for _, l := range foldLine(address, room) {
			if utf8.RuneCountInString(l) > addressChars {
				t.Fatalf("%q", l)
			}
		}
	})
}
