package reconcile

import "strings"

// wordKind says how much a word tells of who pays.
type wordKind uint8

const (
	telling wordKind = iota
	trade            // what a business does: many share it
	given            // first names
	hollow           // legal forms, titles, articles: nothing at all
	group            // heads of chains, factors: the payer is not the customer itself
	motif            // why and how money came
)

var kinds = func() map[string]wordKind {
	m := map[string]wordKind{}
	for _, list := range []struct {
		kind  wordKind
		words string
	}{
		{hollow, "sarl sas sasu eurl sa sci snc ei eirl selarl selas selafa scp scm scea earl gaec gie asbl srl sprl bv nv ag gmbh ltd inc llc ste societe " +
			"ets etablissements etablissement entreprise cie et fils filles freres compagnie associes micro auto entrepreneur association asso " +
			"m mr mme mlle monsieur madame me maitre dr docteur ou de du des d la le les l en a au aux sur sous"},
		{trade, "atelier ateliers boulangerie patisserie boucherie charcuterie epicerie fromagerie poissonnerie primeurs traiteur restaurant brasserie bar cafe hotel auberge " +
			"pharmacie optique clinique veterinaire cabinet dentaire medical laboratoire salon coiffure beaute institut fleuriste librairie papeterie tabac " +
			"garage carrosserie autos automobiles ecole transports transport taxi ambulances demenagement plomberie chauffage electricite menuiserie " +
			"charpente couverture maconnerie peinture platrerie carrelage serrurerie metallerie terrassement travaux batiment construction constructions renovation " +
			"jardins paysages pepinieres domaine chateau cave caves ferme imprimerie informatique services service conseil conseils gestion immobilier immobiliere " +
			"agence distribution negoce commerce industrie industries mairie commune ville college lycee syndicat camping residence nettoyage securite energie equipement"},
		{given, "adam adele agathe agnes alain albert alex alexandre alexis ali alice aline amandine amelie anais andre anne annie anthony antoine arnaud arthur audrey " +
			"aurelie axel baptiste beatrice benjamin benoit bernard bertrand brigitte bruno camille carole caroline catherine cecile celine chantal charles charlotte " +
			"chloe christelle christian christiane christine christophe claire claude clement colette corinne cyril damien daniel david denis denise didier dominique " +
			"eliane elise elisabeth elodie emilie emma emmanuel eric estelle etienne eva evelyne fabien fabienne fabrice fatima florence florian francis franck francois " +
			"francoise frederic gabriel genevieve georges gerald gerard gilbert gilles ginette gregory guillaume guy helene henri herve hugo ines isabelle jacqueline " +
			"jacques jade jean jeanne jeannine jennifer jeremy jerome joel jose joseph josette julie julien juliette karim karine kevin laetitia laura laure laurence " +
			"laurent lea leo liliane lina lionel louis louise luc lucas lucie ludovic madeleine manon marc marcel margaux marguerite maria marie marion martine mathieu " +
			"mathilde maurice maxime melanie melissa michel michele mickael mireille mohamed monique morgane myriam nadia nadine nathalie nathan nicolas nicole nina noah " +
			"noel odette odile olivier omar oceane pascal pascale patrice patricia patrick paul paulette pauline philippe pierre quentin rachid raphael raymond regis remi " +
			"remy rene renee richard robert roger roland romain rose samuel sandra sandrine sarah sebastien serge severine simon simone solene sonia sophie stephane " +
			"stephanie suzanne sylvain sylvie theo therese thierry thomas tom valentin valerie vanessa veronique victor vincent virginie xavier yann yannick yves yvette yvonne zoe"},
		{group, "centrale groupe holding group affacturage factoring factor siege france national nationale tresorerie plateforme"},
		{motif, "remboursement remboursements rembt remb indemnite sinistre subvention apport vers compte epargne courant equilibrage interne " +
			"restitution retrocession rejet rejete rejetee impaye impayee retour annul annulation " +
			"vir virement virements vrt recu recus emis emise instantane inst sepa sct perm permanent faveur votre vos notre nos nr " +
			"chq chqs cheque cheques remise remises rem bordereau reglement reglements regl reglt rglt rgt regt paiement paiements paie encaissement encaisse versement prlv prelevement prelevements " +
			"cb carte cartes tpe especes lcr effet effets traite ech echeance echeances acompte avance solde devis facture factures fact fac fa fc fs inv ref reference num numero no nb " +
			"commande cmd client clients motif libelle date eur euro euros ttc montant fournisseur merci mensualite abonnement contrat cpta compta avoir av net " +
			"pour pr par suite selon payment transfer credit from received invoice notprovided mois jour " +
			"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"},
	} {
		for w := range strings.FieldsSeq(list.words) {
			m[w] = list.kind
		}
	}
	return m
}()

// Weights of words that are shared by many, against 1 for a word that tells.
const (
	tradeWeight = 0.3
	givenWeight = 0.2
)

func (k wordKind) weight() float64 {
	switch k {
	case telling:
		return 1
	case trade:
		return tradeWeight
	case given:
		return givenWeight
	}
	return 0
}

// kindOf classes a word. One at the end of a line that was cut there may be the beginning of a motif, and banks run the
// lines of a label together.
func kindOf(word string, cut bool) wordKind {
	if k, ok := kinds[word]; ok {
		return k
	}
	if len(word) == 1 {
		return hollow
	}
	for i := 3; i+3 <= len(word); i++ { // two lines run together
		if kinds[word[:i]] == motif && kinds[word[i:]] == motif {
			return motif
		}
	}
	if cut {
		for _, m := range longMotifs {
			if len(word) >= 3 && strings.HasPrefix(m, word) {
				return motif
			}
		}
	}
	return telling
}

// longMotifs are the motifs that lines are often cut in.
var longMotifs = strings.Fields("virement reglement paiement facture factures fournisseur echeance abonnement mensualite contrat montant acompte commande client merci equilibrage")

// otherIncome are words of money that comes from elsewhere than customers.
var otherIncome = strings.Fields("remboursement rembt remb indemnite sinistre subvention apport garantie percu payout ijss prestations dgfip urssaf cpam caf dividende pret emprunt")

var otherIncomeSet = setOf(otherIncome)

func setOf(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

var months = func() map[string]int {
	m := map[string]int{}
	for i, w := range strings.Fields("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre") {
		m[w] = i + 1
	}
	return m
}()
