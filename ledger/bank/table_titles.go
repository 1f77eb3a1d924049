package bank

import (
	"slices"
	"strings"

	"quitus/ledger/imports"
)

// tableRole is what a column of a statement holds.
type tableRole uint8

const (
	noRole         tableRole = iota
	bookedRole               // a day of the entry; several columns may be, the surest counts
	valueRole                // the value day
	labelRole                // what the bank and the payer wrote; several columns may be
	amountRole               // signed, unless another column has the sign
	debitRole                // money out, positive or negative
	creditRole               // money in
	sideRole                 // D or C, debit or credit, − or +
	currencyRole             //
	balanceRole              // of the account after the entry
	accountRole              // the owner's own
	holderRole               // its holder
	partyRole                // the name of the other side
	partyAccount             //
	partyBIC                 //
	referenceRole            // the bank's own reference, part of what it wrote
	identifierRole           // a number that programs give
	structuredRole           // a structured creditor reference
	kindRole                 // the kind of operation in words; several columns may be
	statusRole               // done, pending, refused
	feeRole                  // kept back by the bank
)

// titleRule gives a title that has some words and lacks others the roles that it may mean: the first that the column's contents
// go with. Of two columns that claim a role the heavier wins.
type titleRule struct {
	has, hasNot string
	weight      int
	roles       []tableRole
}

// titleRules are tried in order; the words are those of titleCanon.
var titleRules = []titleRule{
	{has: "heure"}, {has: "ajout"}, {has: "categorie"}, {has: "adresse"}, {has: "carte"}, {has: "refus"}, {has: "extrait"}, {has: "etranger"}, {has: "francs"},
	{has: "tva", hasNot: "incl ttc"}, {has: "ht"},
	{has: "local", hasNot: "date"}, {has: "original"},
	{"date valeur", "solde", 100, []tableRole{valueRole, currencyRole}},
	{"date comptable", "solde", 100, []tableRole{bookedRole}},
	{"date fin", "", 85, []tableRole{bookedRole}},
	{"date debut", "", 40, []tableRole{bookedRole}},
	{"date achat", "", 40, []tableRole{bookedRole}},
	{"date", "solde echeance facture", 90, []tableRole{bookedRole}},
	{has: "date"},
	{"valeur", "montant", 95, []tableRole{valueRole, amountRole}},
	{"debit credit", "solde", 80, []tableRole{amountRole, sideRole}},
	{"solde", "", 100, []tableRole{balanceRole}},
	{"contrepartie bic", "", 100, []tableRole{partyBIC}},
	{has: "contrepartie banque"}, {has: "contrepartie id"},
	{"contrepartie iban", "", 100, []tableRole{partyAccount}},
	{"contrepartie compte", "nom", 95, []tableRole{partyAccount}},
	{"contrepartie nom", "", 100, []tableRole{partyRole}},
	{"contrepartie", "reference", 80, []tableRole{partyAccount, partyRole}},
	{"bic", "", 60, []tableRole{partyBIC}},
	{"devise compte", "montant frais", 110, []tableRole{currencyRole}},
	{"devise", "montant frais debit credit", 100, []tableRole{currencyRole}},
	{"nom compte", "", 60, []tableRole{holderRole}},
	{has: "libelle compte"},
	{"iban", "", 105, []tableRole{accountRole, partyAccount}},
	{"compte", "montant debit credit", 100, []tableRole{accountRole, partyAccount}},
	{"frais", "devise libelle", 90, []tableRole{feeRole}},
	{"paid out", "", 90, []tableRole{debitRole}},
	{"paid in", "", 90, []tableRole{creditRole}},
	{"debit", "", 100, []tableRole{debitRole}},
	{"credit", "", 100, []tableRole{creditRole}},
	{has: "sous montant"},
	{"montant total", "", 105, []tableRole{amountRole}},
	{"montant", "", 100, []tableRole{amountRole}},
	{"statut", "", 90, []tableRole{statusRole}},
	{"sens", "", 100, []tableRole{sideRole}},
	{"communication structure", "", 100, []tableRole{structuredRole}},
	{"type", "", 90, []tableRole{sideRole, kindRole}},
	{"libelle court", "", 70, []tableRole{labelRole}},
	{"communication", "", 95, []tableRole{labelRole}},
	{"libelle detail", "", 100, []tableRole{labelRole}},
	{"detail", "", 90, []tableRole{labelRole}},
	{"libelle", "", 98, []tableRole{labelRole}},
	{"reference reglement", "", 95, []tableRole{labelRole}},
	{"operation id", "", 50, []tableRole{identifierRole}},
	{"operation no", "", 50, []tableRole{identifierRole}},
	{"reference", "", 60, []tableRole{referenceRole}},
	{"operation", "", 80, []tableRole{labelRole}},
	{"info", "", 40, []tableRole{labelRole}},
	{"nom", "", 50, []tableRole{holderRole}},
	{"id", "", 40, []tableRole{identifierRole}},
}

// titleCanon lists the words of titles by the one that stands for them in the rules, in French, English, Dutch and German,
// and what Spanish banks that their neighbours use write. One word may stand for several.
var titleCanon = func() map[string][]string {
	m := map[string][]string{}
	for to, from := range map[string]string{
		"date":           "dates datum fecha dat dte",
		"date operation": "dateop abschlussdatum transaktionsdatum transactiedatum uitvoeringsdatum ausfuhrungsdatum",
		"date comptable": "booked buchungstag buchungsdatum boekingsdatum boekdatum gebucht",
		"date valeur":    "dateval valutadatum valuta wertstellung wertstellungstag",
		"valeur":         "value val settlement",
		"comptable":      "comptabilisation compta comptabilise booking buchung boeking posting posted accounting imputation ecriture",
		"operation":      "op operations execution transaction transactions transaktion transaktions transactie mouvement mouvements movement omzet",
		"fin":            "completed achevement",
		"debut":          "started start initiation creation",
		"achat":          "purchase",
		"heure":          "time uhrzeit zeit hour",
		"montant":        "montants mt mnt mtt amount amounts betrag bedrag importe somme",
		"total":          "totaal gesamt",
		"sous":           "sub einzel einzelbetrag",
		"debit":          "debits debet belastung belastungen soll sortie sorties depense depenses decaissement decaissements cargo",
		"credit":         "credits gutschrift gutschriften haben entree entrees recette recettes encaissement encaissements abono",
		"sens":           "signe sign dc cd richtung direction",
		"devise":         "devises monnaie currency ccy curr munt muntsoort wahrung moneda",
		"etranger":       "etrangere etrangers foreign exchange cours kurs taux rate",
		"original":       "originale originel orig origine ursprung",
		"francs":         "franc frf",
		"tva":            "vat mwst btw ust",
		"ht":             "htva",
		"incl":           "inclus incluse included",
		"solde":          "soldes saldo balance kontostand accountbalance",
		"compte":         "comptes cpte account acct konto kontonummer rekening rekeningnummer cuenta accountnum accountnumber",
		"libelle compte": "accountlabel",
		"contrepartie": "counterparty counterpart partner tegenpartij gegenpartei gegenkonto tiers beneficiaire beneficiary begunstigde payee payer payeur emetteur destinataire donneur " +
			"debiteur crediteur creancier auftraggeber empfanger zahlungsempfanger expediteur opdrachtgever recipient sender",
		"nom":       "noms name naam titulaire holder",
		"banque":    "bank bankier",
		"bic":       "swift",
		"libelle":   "libelles lib label labels description descriptions omschrijving buchungstext text texte verwendungszweck beschreibung concepto memo objet motif intitule nature narrative particulars zahlungszweck designation",
		"court":     "simplifie short abrege",
		"detail":    "details complet",
		"structure": "structuree structured gestructureerde gestructureerd",
		"communication": "communications mededeling mededelingen message mitteilung remittance " +
			"zahlungsmitteilung",
		"info":      "information informations infos complementaires complementaire complement note notes commentaire commentaires comment remarque",
		"reference": "references ref refs referencia referentie referenz",
		"reglement": "paiement payment betaling zahlung",
		"no":        "n num numero nummer number nr",
		"id":        "identifiant identifier identification",
		"extrait":   "extraits releve statement afschrift afschriftnummer auszug sequence folgenummer volgnummer",
		"type":      "types kind soort art typ mode moyen methode method means",
		"statut":    "status etat state",
		"frais":     "fee fees commission commissions kosten gebuhr gebuhren",
		"adresse":   "address adres rue street straat postal postcode localite pays country email equipe team",
		"categorie": "categories category categoryparent categorieparent tag tags rubrique rubrieknaam pointage produit product personnel personnelle",
		"carte":     "card cards kaart karte",
		"facture":   "factures invoice invoices factuur factuurnummer factuurdatum rechnung rechnungsnummer rechnungsnr rechnungsdatum fact",
		"piece":     "pieces beleg belegnummer belegnr stuknummer document documents",
		"echeance":  "echeances vervaldatum vervaldag falligkeit falligkeitsdatum faelligkeit due duedate",
		"client":    "clients customer customers klant klanten klantnr klantnummer klantnaam kunde kunden kundennummer kundennr",
		"lettrage":  "lettering let lettre",
		"journal":   "jal jnl journaux",
		"reste":     "restant restante impaye openstaand",
	} {
		for w := range strings.FieldsSeq(from) {
			m[w] = strings.Fields(to)
		}
	}
	return m
}()

// titleWords gives the canonical words of a title; others stay as they are, folded.
func titleWords(title string) []string {
	var out []string
	for _, w := range imports.TitleWords(title) {
		if to, ok := titleCanon[w]; ok {
			out = append(out, to...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

func hasAll(words []string, all string) bool {
	for w := range strings.FieldsSeq(all) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}

func hasAny(words []string, any string) bool {
	for w := range strings.FieldsSeq(any) {
		if slices.Contains(words, w) {
			return true
		}
	}
	return false
}

// rolesOf says what a title may mean, and how surely.
func rolesOf(title string) (roles []tableRole, weight int) {
	words := titleWords(title)
	for _, r := range titleRules {
		if len(words) > 0 && hasAll(words, r.has) && !hasAny(words, r.hasNot) {
			if slices.Contains(words, "local") {
				return r.roles, r.weight + 2 // the day where the account is, beside that of Greenwich
			}
			return r.roles, r.weight
		}
	}
	return nil, 0
}

// tellRegister says whether titles are those of a register of invoices or of a ledger of accounts: they tell what no statement
// of a bank does, or a number of something and somebody's name.
func tellRegister(titles []string) bool {
	number, name := false, false
	for _, title := range titles {
		words := titleWords(title)
		number = number || len(words) == 1 && words[0] == "no"
		name = name || hasAny(words, "nom") && !hasAny(words, "compte contrepartie")
		if tellsRegister(words, imports.TitleWords(title)) {
			return true
		}
	}
	return number && name
}

// tellsRegister says whether a title, in canonical words and as written, tells the number of an invoice, when it is due, what remains
// to be paid, whose it is, how it is lettered, or how many of what.
func tellsRegister(words, written []string) bool {
	switch {
	case hasAll(words, "communication"), hasAll(words, "libelle"):
		return false
	case hasAny(words, "facture echeance lettrage journal reste quantite"), hasAll(words, "piece no"), slices.Equal(written, []string{"piece"}):
		return true
	case hasAll(words, "ttc"):
		return !hasAll(words, "montant total") // as one bank titles its sums
	}
	return hasAll(words, "client") && !hasAll(words, "reference")
}
