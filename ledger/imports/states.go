package imports

import "strings"

// state is what a status or kind says about a line.
type state uint8

const (
	stateUnknown state = iota
	stateOpen
	stateDraft
	stateCancelled
	stateAbandoned
	statePaid
	statePartlyPaid
	stateInvoice
	stateCreditNote
	stateReceipt
	stateOpening
	stateOther // a document that is no invoice: quote, order, delivery note
)

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// statusOf reads a status. The order of the cases matters: "non payée" holds "payée".
func statusOf(folded string) state {
	s := folded
	switch {
	case s == "":
		return stateUnknown
	case containsAny(s, "brouillon", "draft", "provisoire", "prov)", "entwurf", "concept", "en preparation", "non valide", "a valider", "pas envoyee (brouillon)"):
		return stateDraft
	case containsAny(s, "annul", "cancel", "void", "storn", "geannul", "supprim", "deleted"):
		return stateCancelled
	case containsAny(s, "abandon", "irrecouvrable", "written off", "passee en perte", "sans suite", "irrecoverable"):
		return stateAbandoned
	case containsAny(s, "devis", "proforma", "pro forma", "pro-forma", "quote", "offerte", "angebot"):
		return stateOther
	case containsAny(s, "partiel", "en partie", "partly", "partial", "commence", "teilweise", "deels", "acompte"):
		return statePartlyPaid
	case containsAny(s, "non ", "pas ", "impay", "not ", "nicht", "niet", "unpaid", "unbezahlt", "a payer", "a regler", "en attente", "attente", "en cours", "retard", "due", "open", "offen", "ouvert", "echu", "relance", "envoye", "sent", "partiellement"):
		return stateOpen
	case containsAny(s, "paye", "regle", "solde", "encaisse", "acquitte", "paid", "settled", "closed", "cloture", "betaald", "bezahlt", "lettre", "recu", "termine"):
		return statePaid
	}
	switch s {
	case "oui", "o", "x", "yes", "y", "vrai", "true", "1", "ok":
		return statePaid
	}
	return stateOpen
}

// kindOf reads a kind of document.
func kindOf(folded string) state {
	s := folded
	switch {
	case s == "":
		return stateUnknown
	case containsAny(s, "devis", "proforma", "pro forma", "pro-forma", "quote", "quotation", "offerte", "angebot", "commande", "order", "livraison", "delivery", "lieferschein", "bestelling"):
		return stateOther
	case containsAny(s, "avoir", "credit note", "credit memo", "creditnota", "gutschrift", "note de credit", "note credit", "refund", "remboursement", "creditfactuur", "retour") || s == "av" || s == "cn" || s == "nc" || s == "credit" || s == "a":
		return stateCreditNote
	case containsAny(s, "a nouveau", "a-nouveau", "report", "opening", "solde initial"):
		return stateOpening
	case containsAny(s, "facture", "invoice", "factuur", "rechnung", "vente", "sale"):
		return stateInvoice
	case containsAny(s, "reglement", "encaissement", "paiement", "payment", "virement", "cheque", "versement", "remise", "prelevement", "zahlung", "betaling", "receipt", "acompte recu", "especes", "carte bancaire") || s == "r" || s == "rg" || s == "reg" || s == "vir" || s == "chq" || s == "rglt":
		return stateReceipt
	case containsAny(s, "perte", "abandon", "irrecouvrable", "write-off", "write off", "written off"):
		return stateReceipt // it settles as money does
	}
	return stateInvoice
}

// journalOf reads an accounting journal's code.
func journalOf(folded string) state {
	s := folded
	switch {
	case s == "":
		return stateUnknown
	case strings.HasPrefix(s, "v"), strings.HasPrefix(s, "fa"), strings.HasPrefix(s, "fc"), strings.HasPrefix(s, "sal"), strings.HasPrefix(s, "70"), containsAny(s, "vente", "factur"):
		return stateInvoice
	case s == "an" || s == "ran" || s == "anx" || s == "anv" || containsAny(s, "nouveau"):
		return stateOpening
	case strings.HasPrefix(s, "b"), strings.HasPrefix(s, "ca"), strings.HasPrefix(s, "cs"), strings.HasPrefix(s, "51"), strings.HasPrefix(s, "53"), strings.HasPrefix(s, "en"), strings.HasPrefix(s, "re"), strings.HasPrefix(s, "rg"), strings.HasPrefix(s, "tr"), strings.HasPrefix(s, "ch"), strings.HasPrefix(s, "pr"), strings.HasPrefix(s, "ccp"), strings.HasPrefix(s, "cb"):
		return stateReceipt
	}
	return stateUnknown
}

// receiptLabel says whether a label is that of money received: "VIR SEPA …", "Règlement facture", "CHQ 123".
func receiptLabel(folded string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(folded, "*- "), " ")
	switch strings.Trim(first, ".:") {
	case "vir", "virement", "virt", "vrt", "chq", "cheque", "chq.", "reglement", "regl", "rglt", "rgt", "paiement", "encaissement", "remise", "prlv", "prelevement", "cb", "carte", "especes", "versement", "payment", "lcr", "traite", "effet", "betaling", "zahlung":
		return true
	}
	return strings.HasPrefix(folded, "acompte recu") || strings.HasPrefix(folded, "votre reglement") || strings.HasPrefix(folded, "votre virement")
}

// creditLabel says whether a label is that of a credit note.
func creditLabel(folded string) bool {
	return strings.HasPrefix(folded, "avoir") || strings.HasPrefix(folded, "note de credit") || strings.HasPrefix(folded, "credit note") || strings.HasPrefix(folded, "creditnota") || strings.HasPrefix(folded, "gutschrift") || strings.HasPrefix(folded, "facture d'avoir")
}

// creditNumber says whether a document number's prefix marks credit notes: AV…, NC…, RFAC….
func creditNumber(number string) bool {
	s := strings.ToUpper(number)
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		i++
	}
	switch s[:i] {
	case "AV", "AVO", "AVOIR", "AVC", "AVR", "NC", "CN", "NCR", "RFAC", "RINV", "CRN", "AVF", "FAV", "GS":
		return i < len(s)
	}
	return false
}

// totalLine says whether a label begins like that of a total, a subtotal or a carried-over balance.
func totalLine(folded string) bool {
	s := strings.TrimLeft(folded, "*-=> ")
	first := s
	if i := strings.IndexAny(s, " :-/"); i >= 0 {
		first = s[:i]
	}
	switch first {
	case "total", "totaux", "sous", "soustotal", "subtotal", "grand", "cumul", "totaal", "subtotaal", "summe", "gesamt", "zwischensumme", "gesamtsumme", "somme", "report", "moyenne", "totals", "solde", "s", "st", "ensemble", "recapitulatif", "recap", "saldo", "balance", "a", "montant", "nombre", "nb", "dont", "eindtotaal", "ttl", "%", "pourcentage", "repartition":
	default:
		return strings.HasSuffix(s, " total") || strings.HasSuffix(s, " total :")
	}
	switch first {
	case "sous":
		return strings.HasPrefix(s, "sous total") || strings.HasPrefix(s, "sous-total")
	case "grand":
		return strings.HasPrefix(s, "grand total")
	case "s":
		return strings.HasPrefix(s, "s/total") || strings.HasPrefix(s, "s/s total")
	case "a":
		return strings.HasPrefix(s, "a reporter")
	case "montant":
		return strings.HasPrefix(s, "montant total")
	}
	return true
}
