package bank

import (
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
)

// TypeOf says what kind of entry a label tells of, from the words that French, Belgian, Luxembourg and Swiss banks begin
// labels with, and whether it takes an earlier payment back. amount is that of the entry, money in positive.
// Where no such word stands, it is [ledger.EntryOther]. It is for formats without a code of operation.
func TypeOf(label string, amount int64) (t ledger.EntryType, returned bool) {
	clip(&label)
	words := labelWords(label)
	if tellsInternal(words) {
		return ledger.EntryInternal, false
	}
	for i, w := range words {
		found := typeOfWord(words, i, amount)
		switch {
		case returnWords[w]:
			if t == ledger.EntryTransfer && !sentBack[w] {
				return t, returned // a payer may write of an unpaid invoice: transfers are sent back, and never unpaid
			}
			returned = true
		case t == ledger.EntryOther && w == "f" && i+1 < len(words) && tellsFee(words[i+1], amount):
			return ledger.EntryFee, false // "F COMMISSION"
		case t == ledger.EntryOther && tellsFee(w, amount):
			return ledger.EntryFee, false
		case t == ledger.EntryOther && found != ledger.EntryOther:
			if t = found; t == ledger.EntryTransfer && amount > 0 && fromPaymentService(words) {
				t = ledger.EntryCards
			}
		case found != ledger.EntryOther, headWords[w], isNumber(w):
		case t == ledger.EntryOther && linkingWords[w]: // "REJET DE PRELEVEMENT"
		default:
			return t, returned // the bank has spoken: names and motives follow
		}
	}
	return t, returned && (t != ledger.EntryOther || amount < 0)
}

// typeWords tell a kind of entry by themselves; the first in a label counts.
var typeWords = func() map[string]ledger.EntryType {
	m := map[string]ledger.EntryType{}
	for t, words := range map[ledger.EntryType]string{
		ledger.EntryTransfer: "vir virt vrt virement virements transfert transfer evi wero paylib ordre bonification " +
			"overschrijving instantoverschrijving overboeking uberweisung gutschrift zahlungseingang dauerauftrag",
		ledger.EntryDirectDebit: "prlv prlvm prlvt prelevement prelevements prelvt prelev prel sdd domiciliation domiciliations domiciliering lastschrift lsv incasso",
		ledger.EntryCheques:     "cheque cheques chq chqs cheq",
		ledger.EntryCards:       "cb carte cartes card cards tpe bancontact maestro mastercard visa payconiq twint kartenzahlung",
		ledger.EntryCash:        "especes espece retrait retraits dab gab cash geldautomat geldopname bargeld barbezug bancomat",
		ledger.EntryBill:        "lcr bor effet effets traite traites billet",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = t
		}
	}
	return m
}()

var (
	returnWords = wordSet("rejet rejets rejete rejetee rejetes impaye impayee impayes impayees retour retourne retournee retournes annul annulation annule restitution restitue refus refuse " +
		"contrepassation contrepasse teruggave geweigerd ruckbuchung rucklastschrift")
	// sentBack are those that say of a transfer that it came back.
	sentBack = wordSet("rejete rejetee rejetes retourne retournee retournes annule teruggave geweigerd")
	// fees are the bank's own business whoever pays; money in under one of the others may be a customer's.
	fees      = wordSet("frais commission commissions agio agios interet interets")
	maybeFees = wordSet("com comm cotisation cotisations cotis arrete facturation abonnement forfait tenue minimum prix decompte kosten bijdrage spesen gebuhr gebuhren zins zinsen")
	// headWords are the other words that banks put before names; linkingWords introduce one, behind a kind of entry.
	headWords = wordSet("sepa inst instantane instantanee re recu recue recus emis emise emises europeen europeenne euro euros eur en votre faveur permanent perm " +
		"web internet international core b2b remise remises rem paiement paiements achat prestation facture avis encaissement releve echeance ech " +
		"remboursement remb rembt retrocession extourne regularisation debit direct e banking europese instant in versement depot no n num")
	linkingWords = wordSet("de d du des par sur a van von")
	// lenders stand behind "crédit" in names.
	lenders = wordSet("agricole mutuel lyonnais cooperatif suisse foncier logement municipal impot du industriel commercial immobilier")
	// paymentServices collect for shops: what they transfer is the takings of many customers.
	paymentServices = wordSet("stripe sumup payplug mollie paypal adyen worldline ingenico zettle izettle hipay payzen systempay monetico")
)

// typeOfWord tells the kind of entry by one word and what stands behind it.
func typeOfWord(words []string, i int, amount int64) ledger.EntryType {
	next := ""
	if i+1 < len(words) {
		next = words[i+1]
	}
	switch w := words[i]; w {
	case "remise", "remises", "rem":
		for _, w := range words[i+1 : min(len(words), i+4)] {
			if t := typeWords[w]; t != ledger.EntryTransfer && t != ledger.EntryOther {
				return t
			}
		}
	case "versement", "depot", "verst":
		if cashWords[next] {
			return ledger.EntryCash
		}
		if w == "versement" {
			return ledger.EntryTransfer // as Belgian banks call one
		}
	case "credit":
		if amount > 0 && !lenders[next] {
			return ledger.EntryTransfer // as the Swiss post calls one
		}
	case "debit":
		if next == "direct" {
			return ledger.EntryDirectDebit
		}
	default:
		return typeWords[w]
	}
	return ledger.EntryOther
}

var cashWords = wordSet("espece especes d en gab dab liquide liquides guichet automate cash")

// tellsFee says whether a word is of the bank's charges or interest.
func tellsFee(word string, amount int64) bool {
	return fees[word] || amount <= 0 && maybeFees[word]
}

func fromPaymentService(words []string) bool {
	return slices.ContainsFunc(words[:min(len(words), 6)], func(w string) bool { return paymentServices[w] })
}

// tellsInternal says whether a label speaks of money that stays with its owner.
func tellsInternal(words []string) bool {
	text := " " + strings.Join(words, " ") + " "
	return slices.ContainsFunc(internalPhrases, func(s string) bool { return strings.Contains(text, s) })
}

var internalPhrases = []string{
	" compte a compte ", " cpte a cpte ", " vir interne ", " virement interne ", " virements internes ", " transfert interne ", " vers compte ", " vers mon compte ",
	" vers votre compte ", " vers livret ", " vers epargne ", " depuis compte ", " depuis livret ", " entre comptes ", " entre vos comptes ", " entre mes comptes ",
	" equilibrage tresorerie ", " equilibrage de tresorerie ", " virement de tresorerie ", " vir tresorerie ", " interne overschrijving ", " eigen rekening ", " kontoubertrag ",
}

// labelWords cuts a label into its folded words.
func labelWords(label string) []string {
	return strings.FieldsFunc(ledger.Fold(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
