package claim

import "quitus/ledger"

// rules are what a regime gives, and from when.
type rules struct {
	start  start
	table  TableName // the reference rate; empty where the law itself says the rate
	points Rate      // that the law adds to the reference, or the rate where there is no table
	code   string    // of the rule, where no clause counts
	source string    // of a rate that is in no table
	clause clause
	locked bool // the rate of the half-year in which interest began stays
	flat   int64
	// currencies other than the euro for which the rules hold
	francs bool
	first  ledger.Date // the first day that can be claimed for
}

// start says after which day interest runs.
type start int

const (
	sinceDue    start = iota // the due date: no reminder is needed
	sinceDemand              // a public body has thirty days from the payment demand (CCP R2192-10)
	sinceNotice              // the formal notice (C. civ. 1231-6, 1344-1)
	sinceGrace               // the end of the time that the free first reminder leaves (CDE XIX.2)
	sinceThird               // the third month after delivery (LU, loi du 18 avril 2004, consumers)
)

// clause says what an agreed rate is worth.
type clause int

const (
	clauseFloored clause = iota // applied, but never below three times the legal rate (C. com. L441-10 II)
	clauseFree                  // applied as agreed
	clauseCapped                // applied up to the rate between companies (CDE XIX.4)
	clauseAside                 // not applied: the law's rate counts
)

// Rules that give a rate. Their sentences are in the translations under "claim.rule.".
const (
	RuleDefault   = "fr_mro_plus_10"    // reference: ECB rate; C. com. L441-10 II
	RuleContract  = "fr_contract"       // reference: legal rate; clause at or above the floor
	RuleFloor     = "fr_contract_floor" // reference: legal rate; clause below three times it
	RulePublic    = "fr_public_mro_plus_8"
	RuleFrLegal   = "fr_legal"
	RuleBe        = "be_commercial"
	RuleBeLegal   = "be_legal"
	RuleBeClause  = "be_clause" // reference: rate between companies; clause at or below it
	RuleBeCap     = "be_clause_cap"
	RuleLu        = "lu_mro_plus_8"
	RuleLuLegal   = "lu_consumer"
	RuleCh        = "ch_legal"
	RuleAnyClause = "contract" // where the law leaves the rate to the parties
)

// RuleCodes lists every rule that gives a rate.
var RuleCodes = []string{RuleDefault, RuleContract, RuleFloor, RulePublic, RuleFrLegal, RuleBe, RuleBeLegal, RuleBeClause, RuleBeCap,
	RuleLu, RuleLuLegal, RuleCh, RuleAnyClause}

// frFloorFactor times the legal rate is the least that a French clause may set (C. com. L441-10 II).
const frFloorFactor = 3

// IndemnityCents is the flat indemnity for recovery costs, once per late invoice, in euro cents: in France C. com.
// L441-10 II and D441-5 (public bodies: CCP D2192-35), in Belgium article 6 of the law of 2 August 2002, in Luxembourg
// that of 18 April 2004, after directive 2011/7/EU, article 6.
const IndemnityCents = 40_00

// Where the rates are read that no table holds.
const (
	sourceBe = "loi belge du 2 août 2002, art. 5"
	sourceLu = "loi luxembourgeoise du 18 avril 2004"
	sourceCh = "CO art. 104"
)

var (
	// frFirst is the first day of the penalties' table: before it the rules were others.
	frFirst = ledger.Day(2013, 1, 1)
	// luFirst is the first half-year of the eight points in Luxembourg's table.
	luFirst = ledger.Day(2014, 1, 1)
)

var rulebook = map[Regime]rules{
	FrB2B:             {table: TableMRO, points: 10_000, code: RuleDefault, flat: IndemnityCents, first: frFirst},
	FrPublic:          {start: sinceDemand, table: TableMRO, points: 8_000, code: RulePublic, clause: clauseAside, locked: true, flat: IndemnityCents, first: frFirst},
	FrConsumer:        {start: sinceNotice, table: TableFrLegal, code: RuleFrLegal, clause: clauseAside, first: frFirst},
	FrNonProfessional: {start: sinceNotice, table: TableFrLegal, code: RuleFrLegal, clause: clauseAside, first: frFirst},
	BeB2B:             {table: TableBeCommercial, code: RuleBe, source: sourceBe, clause: clauseFree, flat: IndemnityCents, first: frFirst},
	BeB2C:             {start: sinceGrace, table: TableBeLegal, code: RuleBeLegal, clause: clauseCapped, first: frFirst},
	LuB2B:             {table: TableMRO, points: 8_000, code: RuleLu, source: sourceLu, clause: clauseFree, flat: IndemnityCents, first: luFirst},
	LuB2C:             {start: sinceThird, table: TableLuConsumer, code: RuleLuLegal, clause: clauseAside},
	Ch:                {points: 5_000, code: RuleCh, source: sourceCh, clause: clauseFree, francs: true},
}

// BelgianCap is the highest indemnity that a clause may set for a balance in euros owed by a Belgian consumer (CDE
// XIX.4): €20 up to €150, €30 and 10 % of what is above up to €500, €65 and 5 % of what is above €500, €2,000 at most.
// It is rounded down to the cent.
func BelgianCap(balance ledger.Money) ledger.Money {
	most := int64(20_00)
	switch m := balance.Minor; {
	case m > 500_00:
		most = min(65_00+(m-500_00)/20, 2000_00)
	case m > 150_00:
		most = 30_00 + (m-150_00)/10
	}
	return ledger.Money{Minor: most, Currency: balance.Currency}
}

// runsAfter gives the day after which interest runs at the earliest, and what is missing for it to run at all: the
// code of a note, nothing where it does.
func (c Case) runsAfter(k rules, asOf ledger.Date) (ledger.Date, string) {
	switch k.start {
	case sinceDemand:
		if !c.Demanded.IsZero() {
			return max(c.Due, max(c.Demanded, c.Completed).Add(publicDays)), ""
		}
	case sinceNotice:
		if c.Noticed.IsZero() || c.Noticed > asOf {
			return 0, "notice_needed"
		}
		return max(c.Due, c.Noticed), ""
	case sinceGrace:
		if c.Grace.IsZero() || c.Reminded > asOf {
			return 0, "be_reminder_needed"
		}
		return max(c.Due, c.Grace), ""
	case sinceThird:
		delivered := max(c.Issued, c.Completed)
		if delivered.IsZero() {
			delivered = c.Due
		}
		return max(c.Due, delivered.AddMonths(3)), ""
	}
	return c.Due, ""
}

// publicDays is the time to pay of a French public body, from the receipt of the payment demand or, where that came first, from
// the day the work was done (CCP R2192-10, R2192-12, R2192-13). Health establishments have fifty days, which the due date tells.
const publicDays = 30

// Delivery is how a reminder went out.
type Delivery int

// Ways of delivery.
const (
	ByPost Delivery = iota
	ByMail          // electronic
)

// BelgianGrace gives the last of the fourteen calendar days that the free first reminder to a Belgian consumer leaves:
// they begin on the third working day after posting, or on the day after e-mailing (CDE XIX.2). The fifth weekday stands
// for the third working day, since up to two public holidays may lie in between.
func BelgianGrace(sent ledger.Date, how Delivery) ledger.Date {
	const days = 14
	if how == ByMail {
		return sent.Add(1 + days)
	}
	d := sent
	for range 5 {
		for d = d.Add(1); d.Weekday() == 0 || d.Weekday() == 6; {
			d = d.Add(1)
		}
	}
	return d.Add(days)
}
