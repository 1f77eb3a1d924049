package imports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const customersList = `Code;Nom;Adresse;Code postal;Ville;E-mail;Type de client;SIREN
;Garage Tessonnier;27 route de Valbrie;38999;Saint-Orvain;compta@tessonnier.example;entreprise;
N12;Mairie de Vif;1 place de la Libération;38450;Vif;mairie@vif.example;public;
N13;Scierie des Combes;Zone artisanale;38650;Monestier;bonjour@combes.example;entreprise;732829320
`

func TestAListOfCustomers(t *testing.T) {
	b := screentest.New(t, words.FR)
	file := write(t, "clients.csv", customersList)
	s := open(t, b, file, shot.Setup{})
	s.Has("Mairie de Vif", "Scierie des Combes", "Importer 3 clients")
	s.Golden("customers_fr")
	s.Tap("Importer 3 clients")
	if len(b.Errors) > 0 || len(b.Went) != 1 || b.Went[0].Screen != screen.Customers {
		t.Fatalf("errors %v, went %v", b.Errors, b.Went)
	}
	if n := b.Desk.State().Book.Customers.Len(); n != 44 {
		t.Errorf("%d customers: the known garage is not a second one", n)
	}
	open(t, b, file, shot.Setup{}).HasNot("Importer 3 clients")
}

// entries is a small file of accounting entries: a settled invoice, an open one, and a balance brought
// forward.
func entries() string {
	lines := []string{
		"JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise",
		"AN|A nouveau|AN1|20260101|411000|Clients|CVIEUX|VIEUX CLIENT|RAN|20260101|Report|500,00|0,00|||20260101||",
		"AN|A nouveau|AN1|20260101|120000|Résultat|||RAN|20260101|Report|0,00|500,00|||20260101||",
	}
	sale := func(entry, number, day, total, net, vat, let string) {
		for _, l := range [][2]string{{"411000|Clients|CDUPONT|DUPONT SARL", total + "|0,00|" + let}, {"706000|Prestations||", "0,00|" + net + "|"}, {"445710|TVA||", "0,00|" + vat + "|"}} {
			lines = append(lines, "VE|Ventes|"+entry+"|"+day+"|"+l[0]+"|"+number+"|"+day+"|Facture "+number+"|"+l[1]+"||"+day+"||")
		}
	}
	sale("V1", "FA-1", "20260105", "1200,00", "1000,00", "200,00", "A")
	sale("V2", "FA-2", "20260205", "600,00", "500,00", "100,00", "")
	lines = append(lines,
		"BQ|Banque|B1|20260210|512000|Banque|||REL|20260210|VIR DUPONT SARL|1200,00|0,00|||20260210||",
		"BQ|Banque|B1|20260210|411000|Clients|CDUPONT|DUPONT SARL|REL|20260210|VIR DUPONT SARL|0,00|1200,00|A|20260210|20260210||")
	return strings.Join(lines, "\r\n") + "\r\n"
}

func TestAccountingEntries(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, write(t, "732829320FEC20261231.txt", entries()), shot.Setup{})
	s.Has("FA-2", "DUPONT SARL", "1 report à vérifier.", "À vérifier")
	s.Golden("entries_fr")
	s.Tap("Les reprendre aussi")
	s.HasNot("Les reprendre aussi")
	s.Tap("Importer 3 factures")
	if len(b.Errors) > 0 {
		t.Fatal(b.Errors)
	}
	book := b.Desk.State().Book
	if book.Invoices.Len() != 3 || book.Payments.Len() != 1 {
		t.Errorf("%d invoices, %d payments", book.Invoices.Len(), book.Payments.Len())
	}
}

// Each sum that an earlier year left open is confirmed by itself, and can be left aside again.
func TestCarriedSumsOneByOne(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := open(t, b, write(t, "732829320FEC20261231.txt", entries()), shot.Setup{})
	s.Tap("VIEUX CLIENT")
	s.Golden("carried_fr")
	s.Tap("Il reste dû\u00a0: le reprendre")
	s.Has("Importer 3 factures")
	s.HasNot("Les reprendre aussi")
	s.Tap("VIEUX CLIENT")
	s.Tap("Le laisser de côté")
	s.Has("Importer 2 factures", "Les reprendre aussi")
}

// A bank's file is listed, taken in, and what is sure is recorded at once.
func TestStatement(t *testing.T) {
	b := screentest.New(t, words.FR)
	text := "Date;Libellé;Débit euros;Crédit euros\n" +
		"23/11/2026;VIR SEPA GARAGE TESSONNIER FACTURE F-2026-0306;;4120,00\n22/11/2026;COTISATION CARTE;-4,50;\n20/11/2026;VIR INST M LERICHE;;12,34\n"
	file := write(t, "releve.csv", text)
	s := open(t, b, file, shot.Setup{})
	s.Has("Importer 3 lignes et rapprocher")
	s.Golden("statement_fr")
	s.Tap("Importer 3 lignes et rapprocher")
	if len(b.Errors) > 0 || len(b.Went) != 1 || b.Went[0].Screen != screen.Bank || len(b.Dones) != 1 || spaced(b.Dones[0]) != "3 lignes importées ; 1 encaissement sûr enregistré" {
		t.Errorf("errors %v, went %v, done %q", b.Errors, b.Went, b.Dones)
	}
	if n := len(b.Desk.State().Undecided()); n != 1 {
		t.Errorf("%d lines wait", n)
	}
	open(t, b, file, shot.Setup{}).HasNot("Importer 3 lignes")
}
