package people

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/xlsx"
)

// table makes a grid of lines whose cells are parted by "|"; a cell that begins with = is stored as a number.
func table(lines ...string) *grid.Grid {
	g := grid.New(nil)
	for n, line := range lines {
		g.StartRow(n+1, false)
		for col, text := range strings.Split(line, "|") {
			if number, ok := strings.CutPrefix(text, "="); ok {
				g.Add(col, grid.Number, 0, []byte(number))
			} else if text != "" {
				g.Add(col, grid.Text, 0, []byte(strings.ReplaceAll(text, "\\n", "\n")))
			}
		}
	}
	g.Finish()
	return g
}

func recognise(t *testing.T, lines ...string) *List {
	t.Helper()
	l, err := Recognise(table(lines...), "Clients", Options{Scenarios: []string{"Amiable", "Ferme"}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTitles(t *testing.T) {
	for titles, want := range map[string]string{
		"Code client|Raison sociale|Adresse 1|Adresse 2|Code postal|Ville|Pays|E-mail|Téléphone|SIRET|N° TVA intracommunautaire|IBAN|Type de client|Langue|Conditions de règlement|Taux de pénalités de retard (% par an)|Scénario": "ref name address address postcode town country email phone siren vat_number iban kind language terms rate scenario",
		"N° client|Nom|Prénom|Rue|CP|Ville|Tél. portable|Courriel":                                                                        "ref name first_name address postcode town phone email",
		"Société|Nom|Prénom|Fonction|Mail|Tél":                                                                                            "name contact contact_first_name contact_role email phone",
		"Société|Contact|Fonction|E-mail du contact|Tél. contact|E-mail":                                                                  "name contact contact_role contact_email contact_phone email",
		"CUSTOMER_ID|Customer name|Street address|Zip code|City|Country|Email address|Phone number|VAT number|Payment terms|Language":     "ref name address postcode town country email phone vat_number terms language",
		"Klantnummer|Bedrijfsnaam|Straat|Postcode|Plaats|Land|E-mailadres|Telefoonnummer|BTW-nummer|Contactpersoon|Taal|Betalingstermijn": "ref name address postcode town country email phone vat_number contact language terms",
		"Kundennummer|Firma|Ansprechpartner|Straße|PLZ|Ort|Land|E-Mail|Telefon|USt-IdNr.|Zahlungsbedingungen|Sprache":                     "ref name contact address postcode town country email phone vat_number terms language",
		"codeClient|nomClient|adresseLigne1|codePostal|ville|emailFacturation":                                                            "ref name address postcode town email",
		"Nom|Adresse de livraison|Ville de livraison|Adresse de facturation|Ville|Solde|CA 2025|Date de création":                         "name - - address town - - -",
		"Enseigne|Raison sociale|SIREN|Kbis|Genre de client|Délai de paiement (jours)|Relance":                                            "names name siren - kind terms scenario",
		"Code|Nom|Genre de client|Taux de retard|Indemnité convenue par facture|Scénario":                                                 "ref name kind rate indemnity scenario",
		"Code|Name|Kind|Late payment rate|Agreed indemnity per invoice":                                                                   "ref name kind rate indemnity",
		"Compte|Intitulé|Mode de règlement|Téléphone|Taux de TVA":                                                                         "ref name - phone -",
	} {
		g := table(titles)
		l, err := Recognise(g, "", Options{})
		if err != nil {
			t.Errorf("%s: %v", titles, err)
			continue
		}
		var got []string
		for _, f := range l.Mapping {
			got = append(got, strings.Replace(f.String(), "", "", 0))
			if f == None {
				got[len(got)-1] = "-"
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s:\n got %s\nwant %s", titles, strings.Join(got, " "), want)
		}
	}
}

func TestDraft(t *testing.T) {
	l := recognise(t, "Liste des clients au 21/11/2026", "", "Code|Raison sociale|Adresse|Complément d'adresse|CP|Ville|Pays|E-mail|Tél|Contact|Fonction|SIRET|TVA|IBAN|Type|Langue|Conditions|Taux de retard|Scénario",
		"C001|Garage Tessonnier|3 rue Basse|Bât. B|=1000|Bourg-en-Bresse||compta@tessonnier.example|=474000000|Mme Roy|Comptable|732 829 320 00074|FR 44 732 829 320|FR14 2004 1010 0505 0001 3M02 606|entreprise|Français|45 jours fin de mois|12,5 %|Ferme",
		"C002|Mairie de Lussac|||75001|Paris|France|||||=35600000000048|||Collectivité||=30|=0.12|",
		"C003|Jean Petit|||L-1234|Luxembourg|||||||LU15027442||Particulier|English|comptant||",
		"Total : 3 clients")
	if l.HeaderLine != 3 || l.Confidence < 80 {
		t.Errorf("%+v", l)
	}
	r := l.Drafts(l.Mapping, nil)
	if len(r.Customers) != 3 || len(r.Rejected)+len(r.Skipped)+len(r.Warnings) != 0 || r.Read != 3 {
		t.Fatalf("%+v", r)
	}
	a, b, c := r.Customers[0], r.Customers[1], r.Customers[2]
	if a.Line != 4 || a.Ref != "C001" || a.Address != "3 rue Basse\nBât. B" || a.Postcode != "01000" || a.SIREN != "732829320" || a.SIRET != "73282932000074" || a.VAT != "FR44732829320" ||
		a.IBAN != "FR1420041010050500013M02606" || a.Type != ledger.CompanyCustomer || a.Language != "fr" || a.Terms != (ledger.Terms{Given: true, Days: 45, EndOfMonth: true}) || a.Rate != "12.5" ||
		a.Scenario != "Ferme" || a.Phone != "0474000000" || len(a.Contacts) != 1 || a.Contacts[0] != (Contact{Name: "Mme Roy", Role: "Comptable"}) || a.Country != "FR" {
		t.Errorf("%+v", a)
	}
	if b.Type != ledger.PublicBody || b.Country != "FR" || b.SIREN != "356000000" || b.Terms.Days != 30 || b.Rate != "12" {
		t.Errorf("%+v", b)
	}
	if c.Type != ledger.Consumer || c.Country != "LU" || c.Postcode != "1234" || c.Language != "en" || !c.Terms.Given || c.VAT != "LU15027442" || c.SIREN != "" {
		t.Errorf("%+v", c)
	}
	// What is typed over a cell is read in its place.
	r = l.Drafts(l.Mapping, Corrections{imports.Cell{Line: 4, Col: 14}: "association"})
	if r.Customers[0].Type != ledger.NonProfessional {
		t.Errorf("%+v", r.Customers[0])
	}
}

func TestDoubtsAndRefusals(t *testing.T) {
	for cell, want := range map[string]string{
		"Email=pas d'adresse":                      "email_invalid",
		"Email=a@b.example; c@d.example":           "email_several",
		"Email=Mme Roy <roy@b.example>":            "",
		"Email=voir site a@b.example":              "email_partly",
		"SIREN=732829321":                          "siren_invalid",
		"SIREN=73282932000075":                     "siret_invalid",
		"TVA=FR41303265045":                        "vat_invalid",
		"TVA=be 0428.759.497":                      "",
		"IBAN=FR14 2004 1010 0505 0001 3M02 607":   "iban_invalid",
		"Scénario=Souple":                          "scenario_unknown",
		"Scénario=ferme":                           "",
		"Scénario=Aucun":                           "",
		"Scénario=oui":                             "",
		"Type=Prospect":                            "kind_unknown",
		"Langue=Italien":                           "language_unknown",
		"Pays=Syldavie":                            "country_unknown",
		"Pays=RE":                                  "",
		"Conditions=à voir":                        "terms_unknown",
		"Taux de retard=1,5 % par mois":            "rate_invalid",
		"Taux de retard=3 fois le taux légal":      "rate_invalid",
		"Taux de retard=10 % par an":               "",
		"Nom=" + strings.Repeat("x", mostText+1):   "!text_too_long",
		"Ville=" + strings.Repeat("x", mostText+1): "!text_too_long",
	} {
		title, value, _ := strings.Cut(cell, "=")
		other := "Ville"
		if title == other {
			other = "CP"
		}
		head, line := "Nom|"+other+"|"+title, "Dupont|Lyon|"+value
		if title == "Nom" {
			head, line = "Nom|"+other, value+"|Lyon"
		}
		l := recognise(t, head, line)
		r := l.Drafts(l.Mapping, nil)
		got := ""
		for _, p := range r.Warnings {
			got += p.Code
		}
		for _, p := range r.Rejected {
			got += "!" + p.Code
		}
		if got != want {
			t.Errorf("%.60s: %q, want %q", cell, got, want)
		}
	}
	l := recognise(t, "Code|Nom|SIREN|TVA|Ville", "||732829320||Lyon", "C1|A|732829320|FR40303265045|Lyon", "C1|B|||", "C2|A2|732829320||Nice")
	r := l.Drafts(l.Mapping, nil)
	if len(r.Rejected) != 2 || r.Rejected[0].Code != "name_missing" || r.Rejected[1].Code != "ref_twice" || r.Rejected[1].Column != "A" || len(r.Warnings) != 2 ||
		r.Warnings[0].Code != "vat_siren_differ" || r.Warnings[1].Code != "maybe_duplicate" || r.Warnings[1].Args["other"] != 3 {
		t.Errorf("%+v", r)
	}
}

func TestContactsOnLinesOfTheirOwn(t *testing.T) {
	l := recognise(t, "Société|Ville|Nom|Prénom|Fonction|Tél. contact", "Hôtel Belloré|Nantes|Lepage|Anne|Gérante|02 99 00 41 27", "Hôtel Belloré|Nantes|Roux|Paul|Comptable|", "HOTEL BELLORE|Nantes|Roux|Paul||")
	r := l.Drafts(l.Mapping, nil)
	if len(r.Customers) != 1 || len(r.Customers[0].Contacts) != 2 || r.Customers[0].Contacts[0] != (Contact{"Anne Lepage", "Gérante", "", "02 99 00 41 27"}) || len(r.Skipped) != 2 ||
		r.Skipped[0].Code != "contact_added" || r.Skipped[1].Code != "duplicate" || r.Read != 3 {
		t.Errorf("%+v", r)
	}
}

func TestNotACustomerList(t *testing.T) {
	register := table("N° facture|Client|Ville|Date|Échéance|Montant TTC", "F1|A|Lyon|01/02/2026|01/03/2026|120,00", "F2|A|Lyon|01/02/2026|01/03/2026|130,00", "F3|B|Nice|01/02/2026|01/03/2026|140,00",
		"F4|A|Lyon|01/02/2026|01/03/2026|150,00")
	if _, err := Recognise(register, "X", Options{}); ledger.CodeOf(err) != "people_register" {
		t.Error(err)
	}
	for _, g := range []*grid.Grid{table("Bonjour"), table("a|b|c", "1|2|3"), table("Date|Libellé|Débit|Crédit", "01/02/2026|VIR|10|"), table("Nom"), table(), table("N°|Client|à rappeler", "1|A|oui")} {
		if _, err := Recognise(g, "X", Options{}); ledger.CodeOf(err) != "people_no_header" {
			t.Error(err)
		}
	}
	// A list of customers may tell what they owe.
	if _, err := Recognise(table("Code|Client|E-mail|Ville|Solde", "C1|A|a@b.example|Lyon|120,00", "C2|B|b@b.example|Nice|0,00"), "X", Options{}); err != nil {
		t.Error(err)
	}
}

// Contents decide where titles say nothing.
func TestContents(t *testing.T) {
	l := recognise(t, "Code|Nom|Info|Divers|Autre|Compte", "C1|A|a@a.example|FR1420041010050500013M02606|732829320|x", "C2|B|b@b.example|DE89370400440532013000|303265045|y", "C3|C|c@c.example||552100554|z")
	if got := l.Mapping[2:5]; !slices.Equal(got, Mapping{Email, IBAN, SIREN}) {
		t.Error(got)
	}
}

// file is an open file of those tables.
type file []*grid.Grid

func (f file) Tables() []grid.Table {
	names := []string{"Un", "Deux", "Trois"}
	out := make([]grid.Table, len(f))
	for i := range f {
		out[i].Name = names[i]
	}
	return out
}

func (f file) Read(ctx context.Context, i, _ int) (*grid.Grid, error) {
	if f[i] == nil {
		return nil, ledger.Errorf("damaged")
	}
	return f[i], ctx.Err()
}

func TestRead(t *testing.T) {
	note, list, longer := table("Mode d'emploi", "Remplir la feuille 2"), table("Nom|Ville", "A|Lyon"), table("Code|Nom|Ville|E-mail", "C1|A|Lyon|a@b.example")
	register := table("N° facture|Client|Date|Échéance|Montant TTC", "F1|A|01/02/2026|01/03/2026|120,00")
	for name, c := range map[string]struct {
		file        file
		opts        Options
		sheet, code string
	}{
		"the list that tells most": {file{list, note, longer}, Options{}, "Trois", ""},
		"the one asked for":        {file{list, note, longer}, Options{Sheet: "Un"}, "Un", ""},
		"beside a damaged one":     {file{nil, list}, Options{}, "Deux", ""},
		"damaged":                  {file{nil}, Options{}, "", "damaged"},
		"a register":               {file{note, register}, Options{}, "", "people_register"},
		"neither":                  {file{note}, Options{}, "", "people_no_header"},
		"nothing":                  {file{table(), table()}, Options{}, "", "empty"},
		"titles as told":           {file{table("A|B", "Nom|Ville", "X|Lyon")}, Options{Header: 2}, "Un", ""},
	} {
		l, err := Read(context.Background(), c.file, c.opts)
		if ledger.CodeOf(err) != c.code || err == nil && (l.Name != c.sheet || len(l.Drafts(l.Mapping, nil).Customers) != 1) {
			t.Errorf("%s: %v %+v", name, err, l)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, file{list}, Options{}); err != context.Canceled {
		t.Error(err)
	}
}

// The registers among the samples are no lists of customers, and the lists beside them are.
func TestSamples(t *testing.T) {
	root := os.Getenv("QUITUS_FIXTURES")
	if root == "" {
		t.Skip("QUITUS_FIXTURES names no folder of samples")
	}
	files, _ := filepath.Glob(filepath.Join(root, "registers", "*.xlsx"))
	registers, lists := 0, 0
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, _ := f.Stat()
		ctx := context.Background()
		taken := map[string]bool{}
		aside := map[string]string{}
		if file, err := imports.Read(ctx, "f", f, info.Size(), imports.Options{}); err == nil {
			for _, s := range file.Sheets {
				taken[s.Name] = true
			}
			for _, a := range file.Aside {
				aside[a.Sheet] = a.Why
			}
		}
		book, err := xlsx.Open(ctx, f, info.Size(), xlsx.Limits{})
		if err != nil {
			continue
		}
		for i, s := range book.Tables() {
			g, err := book.Read(ctx, i, 0)
			if err != nil {
				continue
			}
			l, err := Recognise(g, s.Name, Options{})
			switch {
			case taken[s.Name]:
				registers++
				if err == nil {
					t.Errorf("%s, %s is taken for a list of customers: %v", filepath.Base(path), s.Name, l.Mapping)
				}
			case strings.HasPrefix(aside[s.Name], "customers"):
				lists++
				if err != nil {
					t.Errorf("%s, %s is no list of customers: %v", filepath.Base(path), s.Name, err)
				} else if r := l.Drafts(l.Mapping, nil); len(r.Customers) == 0 || len(r.Rejected) > 0 {
					t.Errorf("%s, %s: %+v", filepath.Base(path), s.Name, r)
				}
			case err == nil:
				t.Logf("%s, %s (%s) is taken for a list of customers: %v %v %d", filepath.Base(path), s.Name, aside[s.Name], l.Mapping, l.Columns, l.HeaderLine)
			}
		}
	}
	t.Log(registers, "registers,", lists, "lists of customers")
	if registers < 5 || lists == 0 {
		t.Error("few registers: ", registers)
	}
}

func TestLanguagesOfLetters(t *testing.T) {
	for text, want := range map[string]string{"FR": "fr", "Anglais": "en", "Néerlandais": "nl", "vlaams": "nl", "nl-BE": "nl", "Deutsch": "de", "de-CH": "de", "italien": ""} {
		if got, ok := parseLanguage(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
}
