package people

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

const (
	peekRows    = 120 // lines looked at to find the titles
	headerLines = 40  // lines that may stand above them
	sampleRows  = 300 // lines looked at to judge what a column contains
)

// canon gives the words of titles in French, English, Dutch and German by the one that stands for them below.
var canon = func() map[string]string {
	m := map[string]string{}
	for to, from := range map[string]string{
		"client":     "clients customer customers klant klanten kunde kunden debiteur debiteurs debitor debitoren debiteuren debtor tiers acheteur buyer abonne adherent locataire",
		"nom":        "noms name names naam intitule denomination libelle bezeichnung last surname nachname achternaam",
		"societe":    "societes company entreprise entreprises firma bedrijf bedrijfsnaam organisation organisatie unternehmen etablissement firmenname firm business",
		"code":       "codes ref refs reference id identifiant matricule kennung no nr num numero nummer number",
		"codeclient": "klantnummer klantnr kundennummer kundennr debiteurnummer debitorennummer debitorennr customerid clientid customerno codeclient klantcode kundencode",
		"nomclient":  "klantnaam kundenname customername clientname nomclient",
		"compte":     "cpte account konto rekening auxiliaire",
		"adresse":    "adresses address addresses adres anschrift rue strasse straße str straat street voie",
		"ligne":      "line zeile regel",
		"postal":     "cp zip zipcode postcode plz npa postleitzahl codepostal",
		"ville":      "villes city town commune localite ort stadt plaats gemeente woonplaats wohnort",
		"pays":       "country land landcode countrycode",
		"mail":       "mails email emails courriel mel emailadresse mailadresse emailadres mailadres emailaddress",
		"tel":        "telephone telephones phone telefon telefoon portable mobile gsm handy natel telefonnummer telefoonnummer phonenumber mobil fixe",
		"contact":    "contacts contactpersoon ansprechpartner interlocuteur correspondant kontakt kontaktperson contactperson attention attn responsable dirigeant gerant",
		"role":       "fonction titre function title funktion functie poste position",
		"prenom":     "firstname voornaam vorname first",
		"siren":      "siret bce kbo ide uid kvk ondernemingsnummer handelsregisternummer",
		"tva":        "vat btw mwst ust ustid ustidnr ustidnummer btwnummer mwstnr vatnumber vatno numtva intracom",
		"iban":       "rib bankrekening bankverbindung",
		"type":       "types genre categorie category kind art soort nature kundenart klantsoort kundengruppe groupe",
		"langue":     "language taal sprache lang languagecode",
		"conditions": "condition reglement reglements paiement paiements payment terms echeance delai delais zahlungsziel zahlungsbedingungen zahlungsbedingung betalingstermijn betalingsvoorwaarden betalingsconditie modalite modalites",
		"taux":       "rate rentevoet zinssatz verzugszins verzugszinsen nalatigheidsinterest penalites penalite interets interet retard late interest verwijlinterest",
		"convenue":   "convenu agreed",
		"indemnite":  "indemnites indemnity compensation schadevergoeding schadebeding entschadigung",
		"scenario":   "scenarios relance relances mahnverfahren followup dunning",
		"enseigne":   "handelsnaam handelsname alias commercial trade trading sign",
		"livraison":  "delivery shipping lieferadresse levering leveradres lieferanschrift chantier expedition ship",
		"facture":    "factures invoice invoices rechnung rechnungen factuur facturen piece belegnummer factuurnummer rechnungsnummer invoicenumber nofacture",
	} {
		m[to] = to
		for _, w := range strings.Fields(from) {
			m[w] = to
		}
	}
	return m
}()

// phrases are the titles of each field, in those words, by how surely they mean it.
var phrases = func() map[Field]map[string]int {
	out := map[Field]map[string]int{}
	for f, lines := range map[Field]map[int]string{
		Name:         {100: "raison sociale|nom client|client nom|nom societe|societe nom|nomclient|nom raison sociale|nom ou raison sociale", 92: "societe", 90: "nom", 86: "client"},
		FirstName:    {90: "prenom|prenom client|prenom nom"},
		Ref:          {100: "code client|client code|codeclient|compte client|code compte client|code compte", 82: "code|compte|code societe"},
		Names:        {100: "enseigne|nom enseigne|enseigne nom|autre nom|autres nom|alias"},
		Address:      {95: "adresse|adresse facturation|adresse ligne|ligne adresse|adresse client|adresse societe|complement adresse|adresse complement|adresse postal|adresse siege|adresse code"},
		Postcode:     {100: "code postal|postal code|postal", 90: "postal ville|code postal ville"},
		Town:         {100: "ville|ville facturation"},
		Country:      {100: "pays|code pays|pays code"},
		Email:        {100: "mail|adresse mail|mail adresse|e mail|adresse e mail|e mail adresse|mail facturation|mail comptabilite|mail client|client mail|mail societe"},
		Phone:        {100: "tel|code tel|tel code|tel client|tel societe|tel standard"},
		ContactName:  {100: "contact|nom contact|contact nom|contact principal|contact comptable|contact client|client contact"},
		ContactFirst: {100: "prenom contact|contact prenom"},
		ContactRole:  {100: "role|role contact|contact role"},
		ContactEmail: {100: "mail contact|contact mail|e mail contact|contact e mail"},
		ContactPhone: {100: "tel contact|contact tel"},
		SIREN:        {100: "siren|code siren|siren siren|siren code"},
		VAT:          {100: "tva|code tva|tva code|tva intracommunautaire|code tva intracommunautaire|ust idnr|tva tva"},
		IBAN:         {100: "iban|code iban|compte bancaire"},
		Kind:         {100: "type client|client type|type societe", 90: "type"},
		Language:     {100: "langue|langue client"},
		Terms:        {100: "conditions|conditions conditions|conditions client|conditions defaut|code conditions"},
		Rate:         {100: "taux|taux taux|taux taux taux|taux annuel|taux taux annuel|taux contractuel|taux taux contractuel|taux conditions"},
		Indemnity:    {100: "indemnite|convenue indemnite|indemnite convenue|indemnite conditions|indemnite taux|indemnite clause|clause indemnite|clause penale|indemnite par facture|indemnite forfaitaire"},
		Scenario:     {100: "scenario|scenario scenario|nom scenario"},
	} {
		out[f] = map[string]int{}
		for weight, line := range lines {
			for p := range strings.SplitSeq(line, "|") {
				out[f][p] = weight
			}
		}
	}
	return out
}()

// little are words that change nothing about a title.
var little = strings.Fields("de du des la le les l d of the a au van der den het von und et and en pour in principal principale general generale pct percent par an pa per jour jours day days tage dagen annuel annuelle annual contractuel contractuelle contractual 1 2 3 4")

// words cuts a title into folded words; letters and digits part.
func words(title string) []string {
	title = strings.NewReplacer("n°", " no ", "N°", " no ", "nº", " no ", "№", " no ", "#", " no ").Replace(title)
	// camelCase and snake_case are words too
	var spaced strings.Builder
	before := ' '
	for _, r := range title {
		if unicode.IsUpper(r) && unicode.IsLower(before) || unicode.IsDigit(r) != unicode.IsDigit(before) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		before = r
	}
	return strings.FieldsFunc(ledger.Fold(spaced.String()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isDocumentWord(w string) bool {
	return canon[w] == "facture" || slices.Contains([]string{"echeance", "vervaldatum", "falligkeit", "falligkeitsdatum", "duedate", "datefacture"}, w)
}

func isAmountWord(w string) bool {
	return slices.Contains(strings.Fields("montant montants amount betrag bedrag ttc ht total totaal gesamtbetrag solde reste balance debit credit paye regle du open offen openstaand rest saldo"), w)
}

// titleScore says how surely a title means a field, from 0 to 100.
func titleScore(title string) (Field, int) {
	var full []string
	invoice := false
	for _, w := range words(title) {
		c := cmp.Or(canon[w], w)
		switch {
		case c == "livraison":
			return None, 0 // where goods go is not where letters go
		case c == "facture":
			invoice = true
			continue
		case slices.Contains(little, w):
			continue
		}
		full = append(full, c)
	}
	if invoice && (len(full) == 0 || len(full) == 1 && (full[0] == "code" || full[0] == "date")) {
		return None, 0
	}
	best, score := None, 0
	for f, of := range phrases {
		for s, w := range map[string]int{strings.Join(full, " "): 0, strings.Join(slices.Compact(slices.Clone(full)), " "): -1} {
			if weight := of[s] + w; of[s] > 0 && weight > score {
				best, score = f, weight
			}
		}
	}
	if best == None && len(full) > 1 {
		return looser(full)
	}
	return best, score
}

// looser takes a title with words too many by the one that cannot mean anything else.
func looser(full []string) (Field, int) {
	has := func(w string) bool { return slices.Contains(full, w) }
	switch {
	case has("date"), has("montant"), has("solde"):
	case has("iban"):
		return IBAN, 70
	case has("siren"):
		return SIREN, 70
	case has("mail") && has("contact"):
		return ContactEmail, 70
	case has("tel") && has("contact"):
		return ContactPhone, 70
	case has("mail"):
		return Email, 70
	case has("tel"):
		return Phone, 70
	case has("postal"):
		return Postcode, 70
	case has("taux") && !has("tva") && !has("remise") && !has("commission") && !has("change") && !has("marge"):
		return Rate, 60
	case has("conditions") && !has("mode"):
		return Terms, 60
	case has("tva") && !has("taux") && !has("regime"):
		return VAT, 60
	}
	return None, 0
}

// header is where the titles were found.
type header struct {
	first, last int
	titles      []string
	score       int
}

// findHeader finds the line, or two, whose texts title the most columns. With a line given, that one is taken.
func findHeader(g *grid.Grid, line int) (header, bool) {
	var best header
	from, to := 0, min(g.Len(), headerLines)
	if line > 0 {
		i, ok := g.Index(line)
		if !ok {
			return best, false
		}
		return headerAt(g, i, i), true
	}
	for i := from; i < to; i++ {
		if h := headerAt(g, i, i); h.score > best.score {
			best = h
		}
		if i > 0 && g.Row(i).Line == g.Row(i-1).Line+1 {
			if h := headerAt(g, i-1, i); h.score-20 > best.score {
				best = h
			}
		}
	}
	return best, best.score >= 150
}

// headerAt reads one or two rows as titles; the upper one's carry to the right until another begins.
func headerAt(g *grid.Grid, i, j int) header {
	h := header{first: int(g.Row(i).Line), last: int(g.Row(j).Line)}
	width, digits := 0, 0
	for k := i; k <= j; k++ {
		for _, c := range g.Cells(g.Row(k)) {
			width = max(width, int(c.Col)+1)
			if c.Kind != grid.Text || len(g.Bytes(c)) > 80 {
				digits++
			}
		}
	}
	h.titles = make([]string, width)
	for k := i; k <= j; k++ {
		own := make([]string, width)
		for _, c := range g.Cells(g.Row(k)) {
			own[c.Col] = tidy(g.String(c))
		}
		carried := ""
		for col := range own {
			carried = cmp.Or(own[col], carried)
			switch {
			case k < j:
				h.titles[col] = carried
			case own[col] != "":
				h.titles[col] = strings.TrimSpace(h.titles[col] + " " + own[col])
			}
		}
	}
	seen := map[Field]bool{}
	for _, t := range h.titles {
		if f, s := titleScore(t); f != None && (f.Repeats() || !seen[f]) {
			seen[f] = true
			h.score += s
		}
	}
	if digits*2 > width {
		h.score = 0
	}
	return h
}

// propose gives each column the field that its title and contents say most surely.
func propose(titles []string, profiles []profile) (Mapping, int) {
	type claim struct {
		score, col int
		field      Field
	}
	var claims []claim
	for col, t := range titles {
		f, s := titleScore(t)
		if f != None {
			s = s * profiles[col].fits(f) / 100
		}
		if g, sure := profiles[col].says(); sure > s {
			f, s = g, sure
		}
		if f != None && s >= 45 {
			claims = append(claims, claim{s, col, f})
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Or(b.score-a.score, a.col-b.col) })
	m := make(Mapping, len(titles))
	sum, n, second := 0, 0, -1
	for _, c := range claims {
		if m[c.col] == None && (c.field.Repeats() || !m.Has(c.field)) {
			m[c.col] = c.field
			sum, n = sum+c.score, n+1
		} else if m[c.col] == None && c.field == Name {
			second = c.col
		}
	}
	settle(m, second)
	if n == 0 {
		return m, 0
	}
	return m, min(100, sum/n)
}

// settle corrects what titles alone get wrong: beside a company's name, a first name and the name next to it are
// those of the contact. second is another column that could be the name, or −1.
func settle(m Mapping, second int) {
	c := m.Column(FirstName)
	if c < 0 {
		return
	}
	if second >= 0 && !m.Has(ContactName) {
		m[second] = ContactName
	}
	if m.Has(ContactName) && !m.Has(ContactFirst) {
		m[c] = ContactFirst
	}
}
