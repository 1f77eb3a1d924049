package reconcile

// Threshold is the least confidence of an answer that is recorded. It is measured: of the answers to the labelled worlds
// and to what perturbations make of them, right were
//
//	from 0.99 on  3813 of 3813
//	0.98 to 0.99    88 of   91
//	0.95 to 0.98   123 of  125
//	0.90 to 0.95   135 of  137
//	0.50 to 0.90   364 of  384
//	below 0.50     159 of  364
//
// and either world alone gives the same threshold (TestThresholdHoldsElsewhere).
const Threshold = 0.99

// maxRest is the greatest chance that an unknown payer made an entry that is recorded.
const maxRest = 0.7

// leastProposed is the least confidence of an answer that is proposed.
const leastProposed = 0.02

// leastShown is the least confidence of an answer that is shown along with a proposal.
const leastShown = 0.001

// rounds are the confidences that entries are decided at, one round after the other: what is more certain takes its
// invoices first.
var rounds = []float64{0.9999, 0.998, Threshold}

// Shares of the ways in which customers pay. They need not be exact: what decides is how many combinations of a kind
// could have given the amount. With every one of them varied at random between half and twice, 25 times, nothing wrong
// was recorded in the labelled worlds, and at least 89 % of the decidable receipts were.
const (
	shareSingle    = 0.55
	shareRun       = 0.2   // invoices that follow each other
	shareAll       = 0.05  // everything that is open
	shareCredit    = 0.06  // with credit notes deducted
	shareSubset    = 0.02  // invoices that do not follow each other
	shareDiscount  = 0.02  // 2 or 3 % kept for paying early
	shareHabit     = 0.3   // what the customer is known to do
	shareCents     = 0.012 // a few cents more or less
	shareFees      = 0.03  // bank charges kept back
	shareRetention = 0.003 // 5 % kept as a guarantee
	sharePart      = 0.005 // an instalment, or a half, a third of an invoice
	sharePartial   = 0.06  // any part
	shareExcess    = 0.03  // more than is open
	shareLater     = 0.01  // an invoice issued after the payment
	shareAdvance   = 0.03  // nothing issued yet
	shareOldest    = 0.02  // any sum, for the oldest invoices
	shareTwice     = 0.01  // paid a second time
	shareTold      = 0.05  // an invoice that the register shows as paid, where nothing open fits
	shareNew       = 0.1   // times: none that the register tells, where it seems to know the payments of these days
	shareGroup     = 0.05  // customers of one name are paid for together
	shareHead      = 0.5   // those whom the payer is known to pay for are, or the payer calls itself a group
	shareWhole     = 0.5   // each cheque of a deposit is of one invoice, in full
	shareSameTwice = 0.2   // two cheques of a deposit are of one customer
	shareOther     = 0.15  // none of these
	shareUnnamed   = 0.3   // none of these, of entries that name nobody
	shareStranger  = 0.08  // somebody who is not known pays for a customer
	shareBatch     = 0.6   // of cheque entries that do not tell: several cheques
	sharePlural    = 0.02  // of deposits of several cheques: all of one customer
	afterNamed     = 0.9   // an entry that names invoices is about these
	namedByOthers  = 0.5   // an invoice is named by a payer whose name says nothing
	misnamed       = 0.2   // a number that nothing has was written by mistake
	misplaced      = 0.03  // the number of another invoice was written by mistake
	misdated       = 0.15  // a day or month that fits another invoice was written by mistake
	aheadOfInvoice = 0.1   // words of an advance with a payment that is none
	clearly        = 4     // times likelier: no doubt which of two is meant
	elsewhere      = 300   // times likelier: money from elsewhere, where words say so
)

// Bounds of small differences.
const (
	maxCents       = 5    // minor units
	maxFees        = 3000 // minor units: what banks keep back of a transfer
	retentionShare = 500  // hundredths of a percent
	maxShorts      = 40   // open invoices of a customer: one of more being paid in part proves nothing
	advanceDays    = 90   // between a payment and an invoice that it was ahead of
	twiceDays      = 120  // between a payment and the same once more
)

// discounts are the usual rates for paying early, in hundredths of a percent.
var discounts = []int{200, 300}

// density is the chance that a payment of which nothing is known comes to exactly this amount: small where there are
// many amounts of its size, larger for round ones.
func density(amount int64) float64 {
	round := 1.0
	switch {
	case amount%10000 == 0:
		round = 40
	case amount%1000 == 0:
		round = 20
	case amount%500 == 0:
		round = 10
	case amount%100 == 0:
		round = 5
	}
	return round / float64(max(amount, 1000))
}

// recordable says whether a way may be recorded without asking: it comes to the amount exactly, or but a few cents off,
// or a discount exactly. Whatever else an invoice is paid with is the owner's to judge.
func (w *way) recordable() bool {
	switch w.form {
	case formFraction:
		return w.named
	case formCounted:
		return w.named || w.known
	case formSingle, formRun, formAll, formSubset, formCredit:
		return w.customer != several
	case formPartial, formFees, formRetention, formExcess, formAdvance, formTwice, formOldest, formCheques:
		return false
	}
	return true
}

// vouched says whether something but the amount speaks for a way: invoices that are named, a payer who is known. Only an
// entry that names nobody at all may go by its amount, never one with a name that nobody has.
func (q *question) vouched(w *way) bool {
	if w.named {
		return true
	}
	if q.says.advance || q.says.income && q.rest > 0.1 {
		return false
	}
	nameless := len(q.says.payer)+len(q.says.debtor) == 0 && q.e.IBAN == ""
	return q.rest < maxRest || nameless && w.alike == 1
}
