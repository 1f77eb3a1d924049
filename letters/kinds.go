package letters

import (
	"strings"

	"quitus/ledger"
	"quitus/ledger/claim"
)

// The models that come with the program, mildest first.
const (
	PreDue              = "pre_due"
	FirstReminder       = "first_reminder"
	SecondReminder      = "second_reminder"
	LastReminder        = "last_reminder"
	FormalNotice        = "formal_notice"
	BelgianReminder     = "be_first_reminder"
	CallSummary         = "call_summary"
	PromiseConfirmation = "promise_confirmation"
	PlanProposal        = "plan_proposal"
	PlanAgreement       = "plan_agreement"
	PlanLapse           = "plan_lapse"
	DisputeReply        = "dispute_reply"
	StatementOfAccount  = "statement"
	VisitNotice         = "visit_notice"
	HandoverNotice      = "handover_notice"
	InsolvencyClaim     = "insolvency_claim"
	Receipt             = "receipt"
	Quitus              = "quitus"
)

// about says which invoices a letter is about, and what of them.
type about int

const (
	aboutOverdue  about = iota // what is past due
	aboutTalked                // what is past due or, where nothing is, all that is open
	aboutComing                // what falls due soon
	aboutOpen                  // all that is open
	aboutDisputed              // the contested invoice
	aboutSettled               // what is settled
	aboutReceived              // what a payment settled
	aboutDeclared              // what arose before insolvency proceedings
)

// kind is how the program treats a model.
type kind struct {
	code  string // in references
	level int    // see Level
	about about
	days  int // from the letter to its deadline; 0 for none, or one of its own
}

var kinds = map[string]kind{
	PreDue:              {"AE", 1, aboutComing, 0},
	FirstReminder:       {"R1", 2, aboutOverdue, 8},
	BelgianReminder:     {"RB", 2, aboutOverdue, 14},
	SecondReminder:      {"R2", 3, aboutOverdue, 8},
	LastReminder:        {"R3", 4, aboutOverdue, 8},
	FormalNotice:        {"MD", 5, aboutOverdue, 15},
	HandoverNotice:      {"TR", 6, aboutOverdue, 8},
	VisitNotice:         {"VI", 0, aboutOverdue, 0},
	CallSummary:         {"CR", 0, aboutTalked, 5},
	PromiseConfirmation: {"PR", 0, aboutTalked, 0},
	PlanProposal:        {"PE", 0, aboutTalked, 8},
	PlanAgreement:       {"AC", 0, aboutTalked, 8},
	PlanLapse:           {"EC", 0, aboutTalked, 8},
	DisputeReply:        {"LI", 0, aboutDisputed, 15},
	StatementOfAccount:  {"RC", 0, aboutOpen, 8},
	InsolvencyClaim:     {"DC", 0, aboutDeclared, 0},
	Receipt:             {"RG", 0, aboutReceived, 0},
	Quitus:              {"QU", 0, aboutSettled, 0},
}

// Level orders the letters that ask for payment ever more firmly: 1 before the due date, 2 for a first
// reminder, up to 5 for the formal notice and 6 for the notice of hand-over; 0 for all other models.
func Level(model string) int { return kinds[model].level }

// FirstFor gives the model of the first reminder to a customer: Belgian consumers have one of their own.
func FirstFor(c *ledger.Customer) string {
	if c.Country == "BE" && c.Type == ledger.Consumer {
		return BelgianReminder
	}
	return FirstReminder
}

// reminds says whether a letter of a model counts as a reminder of what is past due.
func reminds(model string) bool { return Level(model) >= Level(FirstReminder) }

// DefaultDeadline gives the day until which a letter of a day asks for payment or for an answer: 8 days later for
// most, 15 for a formal notice (usage; no statute sets them), and Monday when that is a weekend; zero for a model
// without a deadline, or whose facts give it. For the first reminder to a Belgian consumer see belgianDeadline.
func DefaultDeadline(model string, on ledger.Date) ledger.Date {
	days := kinds[model].days
	switch {
	case days == 0:
		return 0
	case model == BelgianReminder:
		return belgianDeadline(on)
	}
	return Workday(on.Add(days))
}

// belgianDeadline gives the end of the time that the first reminder leaves by post, and Monday when that is a weekend.
func belgianDeadline(on ledger.Date) ledger.Date {
	return Workday(claim.BelgianGrace(on, claim.ByPost))
}

// Workday gives the day itself or, on a weekend, the Monday after.
func Workday(d ledger.Date) ledger.Date {
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.Add(1)
	}
	return d
}

// DefaultReference names a letter: kind, day and customer ("R1-20261124-C0117").
func DefaultReference(model string, on ledger.Date, customer string) string {
	return kinds[model].code + "-" + strings.ReplaceAll(on.String(), "-", "") + "-" + customer
}
