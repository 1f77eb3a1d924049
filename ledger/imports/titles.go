package imports

import (
	"slices"
	"strings"
)

// canon lists the words of column titles, in French, English, Dutch and German, by the word that stands for
// them in the phrases below. A compound word may stand for several.
var canon = func() map[string][]string {
	m := map[string][]string{}
	for to, from := range map[string]string{
		"no":            "n num numero numeros nos nr nro nummer number numer",
		"facture":       "factures fact fac fct invoice invoices inv bill factuur rechnung rg",
		"piece":         "pieces pce document documents doc voucher beleg stuk justificatif",
		"client":        "clients customer customers tiers klant kunde kunden debiteur debiteurs debitor debitoren debtor acheteur buyer redevable redevables partenaire partner adherent locataire abonne contact",
		"nom":           "noms name naam intitule societe company entreprise firma bedrijf denomination enseigne titulaire",
		"code":          "codes id identifiant ref refs reference references referentie referenz matricule",
		"compte":        "comptes cpte account acct konto rekening auxiliaire aux",
		"date":          "datum dates dat dte",
		"echeance":      "ech echeances echu falligkeit faelligkeit fallig maturity",
		"montant":       "montants mt mtt mnt mont amount amt betrag bedrag somme valeur",
		"total":         "totaux totaal gesamt gross brut brutto",
		"ttc":           "tvac tvacomprise",
		"ht":            "htva hors excl exkl untaxed netto zzgl",
		"incl":          "inclus incluse inkl compris comprise included",
		"tva":           "vat tax taxes taxe btw mwst ust",
		"paye":          "payee payes payees paid regle reglee regles reglees encaisse encaissee encaissements encaissement recu recue recus received betaald bezahlt verse versee acompte acomptes acquitte percu",
		"reglement":     "reglements paiement paiements payment payments versement versements betaling zahlung",
		"reste":         "restant restante rest solde soldes saldo balance outstanding remaining openstaand ouvert open offen offener offene impaye impayes impayee creance creances encours",
		"du":            "dus due dues",
		"devise":        "devises monnaie currency curr munt wahrung valuta",
		"type":          "types nature soort art kind",
		"statut":        "status etat etats state situation stand",
		"debit":         "debits debet soll",
		"credit":        "credits haben",
		"lettrage":      "let lettre lettr letrage lettering",
		"journal":       "jal jnl jrn cj journaux",
		"objet":         "sujet libelle libelles lib designation description memo prestation prestations chantier subject omschrijving betreff affaire bezeichnung",
		"commande":      "commandes cde cmd po order bestelling bestellung bc",
		"conditions":    "condition terms term terme termes modalites zahlungsziel zahlungsbedingungen zahlungsbedingung betalingstermijn delai delais betalingsvoorwaarden",
		"mail":          "mails email emails courriel courriels",
		"telephone":     "tel telephones portable mobile phone gsm telefon telefoon",
		"adresse":       "address adresses adres rue strasse straat",
		"postal":        "cp zip postcode plz npa",
		"ville":         "town city localite commune ort plaats",
		"pays":          "country land",
		"siren":         "siret",
		"quantite":      "quantites qte qty quantity aantal menge pu unitaire unit article articles produit produits product item unite",
		"relance":       "relances rappel rappels reminder mahnung",
		"retard":        "retards late overdue",
		"livraison":     "delivery bl",
		"jours":         "jour days day j dagen tage",
		"de":            "of la le les l d des au aux a the to van von der den het et and en in pour for",
		"emission":      "emise emis emissions issued issue ausgestellt",
		"limite":        "deadline limit",
		"payer":         "regler zahlbar payable pay betalen",
		"mode":          "moyen method means",
		"sens":          "dc",
		"no facture":    "factuurnummer factuurnr rechnungsnummer rechnungsnr invoiceno invoicenumber nofacture numfacture numerofacture facturenr",
		"no piece":      "belegnummer belegnr documentnr docno stuknummer nopiece",
		"no client":     "klantnummer klantnr kundennummer kundennr debiteurnummer debiteurennummer debitorennummer debitornr customerid clientid customerno codeclient",
		"nom client":    "klantnaam kundenname customername clientname nomclient",
		"date facture":  "factuurdatum rechnungsdatum invoicedate facturatiedatum datefacture",
		"date piece":    "belegdatum documentdatum docdate",
		"date echeance": "vervaldatum vervaldag falligkeitsdatum faelligkeitsdatum duedate dateecheance",
		"montant total": "gesamtbetrag totaalbedrag rechnungsbetrag factuurbedrag bruttobetrag amounttotal totalamount",
		"montant ht":    "nettobetrag",
		"reste montant": "restbetrag amountdue openbedrag",
	} {
		for _, w := range strings.Fields(from) {
			m[w] = strings.Fields(to)
		}
		if !strings.Contains(to, " ") {
			m[to] = []string{to}
		}
	}
	return m
}()

// phrase is a way to title a column, in canonical words.
type phrase struct {
	words  []string
	weight int
}

// phrases gives the titles of each field and how surely they mean it.
var phrases = func() (out [fieldCount][]phrase) {
	for f, lines := range map[Field]map[int]string{
		Number: {100: "no facture|facture no", 94: "facture code|code facture", 88: "no piece|piece no|code piece|piece code", 75: "facture|piece", 60: "no",
			30: "code"},
		Customer:    {100: "nom client|client nom|raison sociale|objet client|objet compte|nom compte|compte nom", 90: "client|facture de client|nom de client", 72: "nom|payeur|facture de|bill de", 25: "compte"},
		CustomerRef: {100: "code client|client code|no client|client no|no compte client|client compte|compte client|code compte client", 92: "no compte|compte no|code compte|compte code|compte compte", 70: "compte", 50: "client", 40: "code"},
		Issued: {100: "date facture|facture date|date emission|date facturation|emission de|date de emission", 92: "date piece|piece date|facture de|facturee de|etabli de|etablie de",
			85: "date comptable|date ecriture|date journal", 80: "date|emission|date vente", 60: "facturation|date creation"},
		Due: {100: "date echeance|echeance date|date limite|date limite reglement|payer avant|limite reglement|du date|date du|reglement avant", 95: "echeance|payer de|exigible|exigibilite|date exigibilite", 85: "payer|du de",
			60: "du"},
		Terms: {100: "conditions reglement|reglement conditions|conditions de reglement", 90: "conditions", 60: "echeance jours", 40: "echeance", 30: "mode reglement|reglement"},
		Total: {115: "total devise|montant total devise|total ttc devise", 110: "total ttc|montant ttc|montant incl tva|total incl tva|montant total ttc|ttc facture|ttc devise|total montant ttc", 105: "ttc|incl tva|tva incl", 98: "net payer|net de payer",
			95: "montant facture|montant total|total facture|total montant|montant devise|montant piece|total piece", 86: "total|montant initial|montant origine|montant echeance", 80: "montant", 55: "facture"},
		Net: {100: "montant ht|total ht|ht|net ht|ht tva|montant ht tva|base ht|total ht tva", 60: "net"},
		VAT: {100: "tva|montant tva|total tva"},
		Paid: {100: "montant paye|deja paye|paye|total paye|montant deja paye|paye de jour|paye de ce jour|montant reglement", 70: "reglement",
			60: "montant reglement"},
		Open: {118: "montant du devise|reste devise|du devise|reste du devise", 110: "reste payer|reste de payer|reste du|montant du|du montant|reste paye|reste de recouvrer|reste montant|montant reste|montant reste du", 100: "non paye|montant non paye|total du|total reste", 92: "reste",
			84: "payer|encaisser|recouvrer|recevoir", 62: "du"},
		Debit:         {100: "debit|montant debit|debit euro"},
		Credit:        {100: "credit|montant credit|credit euro"},
		Side:          {100: "sens|debit credit"},
		Currency:      {100: "devise|code devise|devise code|devise facture"},
		Kind:          {100: "type|type piece|type facture|piece type|type ecriture|type de piece"},
		Status:        {100: "statut|statut facture|facture statut|statut piece", 60: "avancement"},
		PaymentStatus: {105: "statut reglement|reglement statut|statut de reglement|statut paye|statut de paye", 50: "paye"},
		PaidOn:        {100: "date reglement|date de reglement|date paye|paye de|date de paye|reglement de|date valeur reglement", 45: "reglement"},
		Lettering:     {100: "lettrage|code lettrage|rapprochement"},
		Journal:       {100: "journal|code journal"},
		Subject:       {100: "objet|objet ecriture|objet facture|objet piece|facture objet"},
		OrderRef:      {100: "no commande|commande no|code commande|commande|bon commande|votre code", 60: "code client", 50: "code|code piece|code externe"},
		Email:         {100: "mail|adresse mail|e mail|adresse e mail|client mail"},
		Phone:         {100: "telephone|no telephone|client telephone"},
		Address:       {100: "adresse|client adresse|adresse facturation"},
		Postcode:      {100: "postal|code postal"},
		Town:          {100: "ville"},
		Country:       {100: "pays|code pays"},
		SIREN:         {100: "siren|no siren"},
		VATNumber:     {100: "no tva|tva no|tva intracommunautaire|no tva intracommunautaire|tva intracom|code tva client"},
		Completed: {100: "date livraison|livraison date|date objet|objet date|date fin travaux|fin travaux|date achevement|achevement date|date realisation|date execution|date reception travaux|date service fait|" +
			"date completion|completion date|completed de|date service|service date|date intervention|leverdatum|leistungsdatum|lieferdatum|liefertermin"},
		Demanded:   {100: "date chorus|chorus date|chorus pro|date depot chorus|depot chorus|date reception demande|date demande reglement|demande reglement paye|reglement demand paye|reglement demand date|date reglement demand"},
		Service:    {100: "code service|service code|service executant|no service|service no"},
		Commitment: {100: "no engagement|engagement no|code engagement|engagement code|engagement juridique|engagement|commitment|no commitment|commitment no|legal commitment|no ej|ej"},
		Quantity:   {100: "quantite|prix quantite|objet quantite|code quantite|prix"},
	} {
		for weight, line := range lines {
			for _, p := range strings.Split(line, "|") {
				out[f] = append(out[f], phrase{strings.Fields(p), weight})
			}
		}
	}
	return out
}()

// spoilers are words that, outside of the phrase, say that a title means something else.
var spoilers = func() (out [fieldCount]map[string]bool) {
	for f, line := range map[Field]string{
		Number:      "engagement commitment ej service chorus client compte commande devis telephone tva siren iban contrat dossier date montant lot quantite relance total ligne mail nb nombre commande postal livraison statut type reglement ecriture nom objet echeance paye reste",
		Customer:    "code no telephone mail adresse type pays ville siren tva reste montant commande relance statut postal date contact commercial groupe categorie famille total",
		CustomerRef: "commande nom telephone mail adresse postal devise facture piece montant reste total tva date journal journaux pays statut interne",
		Issued:      "echeance reglement paye relance livraison limite modification import commande du retard payer debut fin rapprochement lettrage maj valeur cloture prochaine derniere dernier promesse",
		Due:         "montant reste solde jours statut mode relance retard non payer total nb nombre reglement net",
		Terms:       "statut date montant generales",
		Total:       "ht paye reste du date encaisse retard nb nombre tva net payer credit debit jours quantite reglement lignes remise statut mode relance penalites interets frais no code client avant avoir taux",
		Net:         "ttc payer incl commercial date reste jours",
		VAT:         "no ttc ht taux intracom intracommunautaire incl code regime date exigibilite type",
		Paid:        "reste non date mode statut jours dernier avant limite moyen ht delai conditions reste banque",
		Open:        "date jours progressif cumule initial anterieur precedent running avant statut retard client mode limite non relance depart taux facture",
		Currency:    "montant total signe taux reste cours ttc ht du",
		Kind:        "client reglement tva telephone mail quantite",
		PaidOn:      "limite prevu prevue promesse mode relance echeance avant montant reste total jours statut delai conditions",
		Status:      "reglement client relance paye",
		Completed:   "montant total non statut prevue prevu facture echeance chorus emission",
		Demanded:    "no statut numero code montant",
		Service:     "date montant objet",
		Commitment:  "date montant statut solde reste",
		Subject:     "date client compte no code journal",
		OrderRef:    "date montant interne mode",
		Address:     "mail livraison",
		Debit:       "credit reste solde note cumul",
		Credit:      "debit reste solde note carte cumul limite",
	} {
		out[f] = map[string]bool{}
		for _, w := range strings.Fields(line) {
			out[f][w] = true
		}
	}
	return out
}()

// afterArticle are canonical words before which "du" is an article and not what is owed.
var afterArticle = []string{"client", "facture", "piece", "reglement", "compte", "jours", "no", "commande", "debit", "credit", "journal"}

// canonical gives the canonical words of a title. Words that say nothing about the field are kept; "du"
// before a word is the article, elsewhere what is owed.
func canonical(title string) []string {
	var out []string
	owed := strings.Contains(strings.ToLower(title), "dû")
	all := words(title)
	if len(all) == 1 && all[0] == "du" && !owed {
		return []string{"date"} // "Facture n°", then "du"
	}
	if lower := strings.ToLower(title); len(all) == 1 && strings.Contains(lower, "facturé") {
		return []string{"montant", "facture"}
	}
	for i, w := range all {
		if w == "du" && !owed && i > 0 && i+1 == len(all) && (all[i-1] == "date" || all[i-1] == "echeance") {
			out = append(out, "de")
		} else if w == "du" && !owed && i+1 < len(all) && slices.Contains(afterArticle, strings.Join(canon[all[i+1]], " ")) {
			out = append(out, "de")
		} else if to, ok := canon[w]; ok {
			out = append(out, to...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// titleScore says how surely canonical words title the field, from 0 to about 120.
func titleScore(words []string, f Field) int {
	best := 0
	for _, p := range phrases[f] {
		if s := p.score(words, spoilers[f]); s > best {
			best = s
		}
	}
	return best
}

func (p phrase) score(words []string, spoiled map[string]bool) int {
	best := 0
	for start := 0; start+len(p.words) <= len(words); start++ {
		end, ok := p.at(words, start)
		if !ok {
			continue
		}
		s := p.weight + 3*len(p.words)
		for i, w := range words {
			switch {
			case i >= start && i < end, w == "de", w == "euro", w == "eur", w == "chf":
			case spoiled[w]:
				s = 0
			default:
				s -= 8
			}
			if s <= 0 {
				break
			}
		}
		best = max(best, s)
	}
	return best
}

// at matches the phrase at a place, letting little words (de, la, of) stand between its words.
func (p phrase) at(words []string, start int) (end int, ok bool) {
	i := start
	for k, w := range p.words {
		for k > 0 && w != "de" && i < len(words) && words[i] == "de" {
			i++
		}
		if i >= len(words) || words[i] != w {
			return 0, false
		}
		i++
	}
	return i, true
}

// isBucket says whether a title names a span of days late: "Non échu", "31 à 60 j", "+ de 90 jours", "0-30".
func isBucket(title string) bool {
	w := words(title)
	numbers, other := 0, 0
	for _, x := range w {
		switch {
		case x[0] >= '0' && x[0] <= '9':
			if len(x) > 3 {
				return false
			}
			numbers++
		case slices.Contains([]string{"a", "j", "jours", "jour", "de", "plus", "moins", "days", "day", "to", "and", "over", "past", "due", "tot", "bis", "tage", "dagen", "et", "entre", "echu", "depuis", "retard", "older", "ja"}, x):
		default:
			other++
		}
	}
	if numbers > 0 {
		if numbers == len(w) && strings.ContainsAny(title, ".,") {
			return false // an amount
		}
		return other == 0 && (numbers == 2 || numbers == 1 && (len(w) > 1 || strings.ContainsAny(title, "+<>")))
	}
	switch strings.Join(w, " ") {
	case "non echu", "non echus", "a echoir", "a echeoir", "current", "not due", "echu", "nicht fallig", "niet vervallen":
		return true
	}
	return false
}
