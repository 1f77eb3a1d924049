package imports

import (
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// TestTitles reads the title lines of many programs and owners. A title is followed by the field that it means, after an
// equals sign; nothing after it means that the column is not taken.
func TestTitles(t *testing.T) {
	for _, line := range []string{
		"N° facture=number|Client=customer|Date=issue_date|Échéance=due_date|Montant TTC=total|Reste à payer=open",
		"Num. Fact.=number|Nom client=customer|Date fact.=issue_date|Date éch.=due_date|Mt TTC=total|Réglé=paid|Solde=open",
		"Numéro=number|Raison sociale=customer|Émise le=issue_date|À régler avant le=due_date|Total HT=net|Total TVA=vat|Total TTC=total|Déjà payé=paid|Reste dû=open|Statut=status",
		"Code tiers=customer_ref|Nom du tiers=customer|N° de pièce=number|Date de pièce=issue_date|Date d'échéance=due_date|Débit=debit|Crédit=credit|Lettrage=lettering|Solde cumulé=",
		"Compte=customer_ref|Intitulé=customer|Journal=journal|Date=issue_date|N° pièce=number|Libellé=subject|Échéance=due_date|Débit=debit|Crédit=credit|Let.=lettering",
		"Facture=number|Client=customer|Date de facturation=issue_date|Date limite de paiement=due_date|Montant=total|Payé=paid|Date de paiement=paid_on|Mode de paiement=",
		"Réf.=number|Tiers=customer|Date facture=issue_date|Date limite de règlement=due_date|Montant HT=net|Montant TTC=total|Règlement reçu=paid|Reste à percevoir=open|État=status",
		"Invoice Number=number|Contact Name=customer|Invoice Date=issue_date|Due Date=due_date|Total=total|Amount Paid=paid|Amount Due=open|Currency=currency|Status=status",
		"Date=issue_date|Transaction type=kind|Num=number|Customer=customer|Due date=due_date|Amount=total|Open balance=open",
		"Invoice #=number|Bill to=customer|P.O. #=order_ref|Issue date=issue_date|Terms=terms|Gross amount=total|Outstanding=open",
		"Factuurnummer=number|Klantnr.=customer_ref|Klant=customer|Factuurdatum=issue_date|Vervaldatum=due_date|Bedrag excl. btw=net|Btw=vat|Bedrag incl. btw=total|Openstaand saldo=open",
		"Rechnungsnr.=number|Kundennr.=customer_ref|Kunde=customer|Rechnungsdatum=issue_date|Fälligkeit=due_date|Netto=net|MwSt=vat|Brutto=total|Offener Betrag=open|Währung=currency",
		"N° débiteur=customer_ref|Débiteur=customer|Facture n°=number|Date facture=issue_date|Conditions=terms|Monnaie=currency|Montant=total|Acomptes=paid|Solde=open",
		"Nature=kind|N° doc=number|Client=customer|Chantier=subject|Date émission=issue_date|Délai de paiement=terms|Net à payer=total|Acompte versé=paid|Restant dû TTC=open",
		"Client=customer|Facture n°=number|Du=issue_date|Échéance le=due_date|TTC=total|Encaissé=paid|À encaisser=open|Relance 1=|Relance 2=|Observations=",
		"N°=number|Date=issue_date|Client=customer|Objet=subject|Montant HT=net|TVA=vat|Montant TTC=total|Payée=payment_status|Date paiement=paid_on",
		"Référence facture=number|Référence client=customer_ref|Société=customer|Date d'émission=issue_date|Exigible le=due_date|Montant facturé TTC=total|Montant réglé=paid|Montant restant dû=open|Jours de retard=",
		"Numéro=number|Nom du partenaire=customer|Date de facturation=issue_date|Date d'échéance=due_date|Total signé=|Montant dû signé=|Devise=currency|Total en devise signé=total|Montant dû en devise signé=open|Statut du paiement=payment_status|Statut=status",
		"Numéro=number|Date=issue_date|Client=customer|Sujet=subject|Montant HT=net|Montant TTC=total|Statut=status|Date d'échéance=due_date|Montant dû=open",
		"N° facture=number|Date=issue_date|Code client=customer_ref|Nom / Raison sociale=customer|Date échéance=due_date|Total TTC=total|Acompte=paid|Net à payer=open",
		"N° de facture=number|Date d'émission=issue_date|Client=customer|Total HT=net|Total TVA=vat|Total TTC=total|Payé=paid|Reste à payer=open|État=status",
		"Réf. pièce=number|Date pièce=issue_date|Échéance=due_date|Mode=|Montant=total|Solde=open|Tiers=customer_ref|Libellé tiers=customer",
		"Compte auxiliaire=customer_ref|Nom du client=customer|Date comptable=issue_date|N° de pièce=number|Date d'échéance=due_date|Montant débit=debit|Montant crédit=credit|Code lettrage=lettering",
		"Client (code)=customer_ref|Client (nom)=customer|Fact. n°=number|En date du=issue_date|À échéance du=due_date|Somme TTC=total|Versements=paid|Restant=open",
		"Doc. No.=number|Customer No.=customer_ref|Customer Name=customer|Posting Date=issue_date|Due Date=due_date|Document Type=kind|Original Amount=total|Remaining Amount=open|Currency Code=currency",
		"Beleg-Nr.=number|Debitor=customer|Belegdatum=issue_date|Fällig am=due_date|Betrag=total|Bezahlt=paid|Offen=open|Mahnstufe=",
		"N° fact=number|Nom=customer|Prénom=|Date fact=issue_date|Total=total|Réglé le=paid_on|Relance=",
		"Pièce=number|Client=customer|Date=issue_date|Échéance=due_date|Total TTC (€)=total|Solde TTC (€)=open|Retard (j)=|Commercial=",
		"Facture=number|Date=issue_date|Nom du locataire=customer|Loyer=|Montant total=total|Montant versé=paid|Impayé=open",
		"Numero facture=number|Societe=customer|Date de la facture=issue_date|Date limite=due_date|Montant total TTC=total|Montant restant a payer=open|Email=email|Telephone=phone",
		"Exercice=|N° de titre=number|Redevable=customer|Date d'émission=issue_date|Montant TTC=total|Encaissements=paid|Reste à recouvrer=open",
		"Adhérent=customer|Facture=number|Date=issue_date|Somme due=open|E-mail=email|Tél.=phone|Adresse=address|CP=postcode|Ville=town",
		"N° facture=number|Client=customer|Date facture=issue_date|Échéance=due_date|Montant TTC=total|N° de commande=order_ref|Date de livraison=completed|Code service=service|N° d'engagement=commitment|Date de dépôt Chorus Pro=demanded",
		"Facture=number|Client=customer|Date=issue_date|Total TTC=total|Date de fin de travaux=completed|Service exécutant=service|Engagement juridique=commitment|Date de réception de la demande de paiement=demanded",
		"Facture=number|Client=customer|Date=issue_date|Total TTC=total|Date de la prestation=completed|N° EJ=commitment|Date de paiement=paid_on|N° Chorus=",
		"Invoice No.=number|Customer=customer|Invoice date=issue_date|Due date=due_date|Total=total|Delivery date=completed|Service code=service|Commitment number=commitment|Payment demand received=demanded",
		"Invoice=number|Customer=customer|Date=issue_date|Amount=total|Completion date=completed|Legal commitment=commitment|Chorus Pro date=demanded|PO number=order_ref",
		"Factuurnr.=number|Klant=customer|Factuurdatum=issue_date|Bedrag incl. btw=total|Leverdatum=completed",
		"Rechnungsnr.=number|Kunde=customer|Rechnungsdatum=issue_date|Brutto=total|Leistungsdatum=completed",
	} {
		var titles []any
		var want []string
		for _, part := range strings.Split(line, "|") {
			title, field, _ := strings.Cut(part, "=")
			titles, want = append(titles, title), append(want, field)
		}
		rows := [][]any{titles}
		for i := range 6 {
			var row []any
			for _, f := range want {
				row = append(row, sampleOf(f, i))
			}
			rows = append(rows, row)
		}
		g := gridOf(rows)
		h := findHeader(g, 0, nil)
		if !h.register() || h.last != 1 {
			t.Errorf("%s: no register, titles in line %d", line, h.last)
			continue
		}
		s := recognise(g, h, "", Options{Today: today, Currency: ledger.EUR})
		for i, f := range s.Mapping {
			if f.String() != want[i] {
				t.Errorf("%s: %q is %q, want %q", line[:40], s.Columns[i].Title, f, want[i])
			}
		}
	}
}

type dated int64 // a day as a workbook stores it

// sampleOf makes a value such as a column of that field has.
func sampleOf(field string, i int) any {
	names := []string{"DUPONT SARL", "Menuiserie du Port", "SCI LES TILLEULS", "M. Jean Martin", "Garage Leroy", "Hôtel Belle Vue"}
	switch field {
	case "number":
		return "FA-" + string(rune('A'+i)) + "12"
	case "customer":
		return names[i]
	case "customer_ref":
		return "C00" + string(rune('1'+i))
	case "issue_date", "due_date", "paid_on", "completed", "demanded":
		return dated(46_000 + i*7)
	case "terms":
		return "30 jours"
	case "total", "net", "vat", "paid":
		return 100.5 + float64(i)
	case "open":
		return 20.5 + float64(i)
	case "debit", "credit":
		if (i%3 == 0) == (field == "credit") {
			return 75.25
		}
		return nil
	case "currency":
		return "EUR"
	case "kind":
		return "Facture"
	case "status":
		return "Envoyée"
	case "payment_status":
		return []string{"oui", "non"}[i%2]
	case "lettering":
		return nil
	case "journal":
		return "VE"
	case "subject":
		return "travaux divers " + names[i]
	case "email":
		return "a@example.org"
	case "":
		return nil
	}
	return "texte " + field
}

// gridOf makes a grid of rows of texts, numbers and days; nil leaves a cell out.
func gridOf(rows [][]any) *grid.Grid {
	g := grid.New(nil)
	g.Formats = append(g.Formats, grid.Format{Date: true})
	for i, row := range rows {
		g.StartRow(i+1, false)
		for c, v := range row {
			switch v := v.(type) {
			case string:
				if v != "" {
					g.Add(c, grid.Text, 0, []byte(v))
				}
			case float64:
				g.Add(c, grid.Number, 0, strconvFloat(v))
			case int:
				g.Add(c, grid.Number, 0, strconvFloat(float64(v)))
			case dated:
				g.Add(c, grid.Number, 1, strconvFloat(float64(v)))
			case error:
				g.Add(c, grid.Error, 0, []byte(v.Error()))
			case formulaText:
				g.Add(c, grid.Uncached, 0, []byte(v))
			}
		}
	}
	g.Finish()
	return g
}

type formulaText string
