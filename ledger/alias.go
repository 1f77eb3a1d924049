package ledger

import "strings"

// aliasNoise are words of bank labels that say how money came, and not from whom.
var aliasNoise = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("vir virt virement virements vrt recu recus emis instantane inst sepa sct ct fr de du des la le les " +
		"en faveur votre notre nos vos a au aux et pour par sur chq chqs cheque cheques remise remises bordereau reglement reglements regl rglt rgt " +
		"paiement paiements encaissement encaissements versement versements prlv prelevement prelevements cb carte tpe especes esp lcr effet effets traite " +
		"acompte avance solde facture factures fact fac fa fc ref reference no num numero client clients motif libelle date eur euro euros ttc " +
		"bnp ca cic lcl sg bp ce ccp banque bancaire compte janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre " +
		"notprovided payment transfer credit from received invoice") {
		m[w] = true
	}
	return m
}()

// PayerLabel normalises a bank label for recognising the payer by it: folded words, without those that say how the
// money came or what for and without all that holds digits. It is empty where nothing is left that tells
// payers apart.
func PayerLabel(label string) string {
	var out []string
	letters := 0
	for _, w := range strings.FieldsFunc(Fold(label), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f) }) {
		if strings.ContainsAny(w, "0123456789") || aliasNoise[w] || len(w) < 2 || len(out) > 0 && out[len(out)-1] == w {
			continue
		}
		out = append(out, w)
		letters = max(letters, len(w))
	}
	if letters < 3 {
		return ""
	}
	return strings.Join(out, " ")
}

// AliasesFor finds the customers for whom a bank label is known to stand, by their aliases.
func (b *Book) AliasesFor(label string) []*Alias {
	return b.index.aliases.get(func() map[string][]*Alias {
		x := make(map[string][]*Alias, b.Aliases.Len())
		for a := range b.Aliases.All() {
			if a.Label != "" {
				x[a.Label] = append(x[a.Label], a)
			}
		}
		return x
	})[PayerLabel(label)]
}
