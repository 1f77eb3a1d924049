package fec

import (
	"strings"

	"quitus/ledger"
)

// class says what an account is for, as far as customers are concerned (plan comptable général).
type class uint8

const (
	classOther class = iota
	classCustomer
	classBills    // 413 effets à recevoir
	classDoubtful // 416
	classAdvance  // 419
	classSale     // 7, 487 and 418
	classRebate   // 709
	classIncome   // 758, 768, 778: rounding, or an income
	classVAT      // 445
	classBank     // 5
	classDiscount // 665
	classLoss     // 654
	classDiff     // 658, 668, 678, 666
	classFees     // 627
	classCapital  // 10 to 12
	classCost     // the rest of 6
	classOpening  // 890 bilan d'ouverture
	classClosing  // 891 bilan de clôture
)

// classOf is ordered: the first prefix that fits decides.
var classOf = []struct {
	prefix string
	class  class
}{
	{"411", classCustomer}, {"413", classBills}, {"416", classDoubtful}, {"419", classAdvance}, {"418", classSale}, {"487", classSale}, {"445", classVAT},
	{"59", classOther}, {"5", classBank}, {"709", classRebate}, {"758", classIncome}, {"768", classIncome}, {"766", classIncome}, {"778", classIncome},
	{"78", classOther}, {"79", classOther}, {"7", classSale}, {"665", classDiscount}, {"654", classLoss}, {"6714", classLoss},
	{"658", classDiff}, {"668", classDiff}, {"678", classDiff}, {"666", classDiff}, {"627", classFees}, {"6", classCost},
	{"10", classCapital}, {"11", classCapital}, {"12", classCapital}, {"890", classOpening}, {"891", classClosing},
}

func classify(account string) class {
	for _, x := range classOf {
		if strings.HasPrefix(account, x.prefix) {
			return x.class
		}
	}
	return classOther
}

// family says whether an account holds what customers owe.
func (c class) family() bool { return c == classCustomer || c == classBills || c == classDoubtful }

// flags say which kinds of accounts an entry moves, and on which side.
type flags uint32

const (
	saleDebit flags = 1 << iota
	saleCredit
	incomeCredit
	vatDebit
	vatCredit
	bankDebit
	bankCredit
	advanceDebit
	advanceCredit
	givenUp // 665, 654 or 658 in debit
	isDiscount
	isLoss
	isOpening
	isClosing
	hasCapital
	hasResult // classes 6 and 7
	hasOther
	manyAccounts // of customers
	crossesNumbers

	// counterparts are what tells the role of a line on a customer's account.
	counterparts = saleDebit | saleCredit | incomeCredit | vatDebit | vatCredit | bankDebit | bankCredit | advanceDebit | advanceCredit | givenUp | isOpening | isClosing | hasOther | hasResult | hasCapital
)

// flagsOf gives the flags of a line of an amount, positive in debit.
func flagsOf(c class, amount int64) flags {
	either := func(debit, credit flags) flags {
		if amount > 0 {
			return debit
		}
		return credit
	}
	switch c {
	case classSale:
		return hasResult | either(saleDebit, saleCredit)
	case classRebate:
		return hasResult | either(saleDebit, saleCredit)
	case classIncome:
		return hasResult | either(saleDebit, incomeCredit)
	case classVAT:
		return either(vatDebit, vatCredit)
	case classBank:
		return either(bankDebit, bankCredit)
	case classAdvance:
		return either(advanceDebit, advanceCredit)
	case classDiscount:
		return hasResult | either(givenUp|isDiscount, hasOther)
	case classLoss:
		return hasResult | either(givenUp|isLoss, hasOther)
	case classDiff:
		return hasResult | either(givenUp, hasOther)
	case classCapital:
		return hasCapital | hasOther
	case classFees, classCost:
		return hasResult | hasOther
	case classOpening:
		return isOpening
	case classClosing:
		return isClosing
	case classOther:
		return hasOther
	}
	return 0
}

// openingJournal says whether a journal is that of opening balances.
func openingJournal(code, name string) bool {
	switch strings.Trim(strings.ToUpper(code), "0123456789 .-_") {
	case "AN", "RAN", "A-N", "A.N", "ANO", "ANV", "ANX", "ANOUV", "NOUV", "OUV", "AND", "RANO":
		return true
	}
	n := ledger.Fold(name)
	return strings.Contains(n, "nouveau") || strings.Contains(n, "ouverture") || strings.HasPrefix(n, "report a n")
}

// openingLabel says whether a label is that of an opening line.
func openingLabel(label string) bool {
	n := ledger.Fold(label)
	for _, p := range []string{"a nouveau", "a-nouveau", "a.nouveau", "report a nouveau", "report a-nouveau", "reprise a nouveau", "reprise solde", "reprise des soldes",
		"solde d'ouverture", "solde ouverture", "ouverture exercice", "ouverture de l'exercice", "solde initial", "solde anterieur", "ran "} {
		if strings.HasPrefix(n, p) {
			return true
		}
	}
	return n == "ran" || n == "an"
}

// collectiveName says whether a name is that of all customers together.
func collectiveName(name string) bool {
	n := strings.Trim(ledger.Fold(name), " .-*")
	for _, p := range []string{"client", "clients", "creances clients", "creances client", "divers", "client divers", "collectif", "comptes clients", "usagers"} {
		if n == p {
			return true
		}
	}
	return strings.HasPrefix(n, "clients ") || strings.HasPrefix(n, "clients-") || strings.HasPrefix(n, "client divers") || strings.HasPrefix(n, "client comptoir") || strings.HasPrefix(n, "clients/")
}
