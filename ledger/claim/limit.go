package claim

import (
	"slices"
	"strings"

	"quitus/ledger"
)

// Interrupters lists what may interrupt the time to claim under a regime's law, in the order in which forms offer it.
func Interrupters(r Regime) []ledger.Interrupter {
	return slices.DeleteFunc(slices.Clone(ledger.Interrupters), func(k ledger.Interrupter) bool {
		switch k {
		case ledger.DemandedPublic:
			return r != FrPublic
		case ledger.NoticeByLawyer:
			return !strings.HasPrefix(string(r), "be_")
		}
		return false
	})
}

// Event is something that may interrupt the time to claim; only what the owner confirmed counts.
type Event struct {
	On        ledger.Date
	What      ledger.Interrupter
	Confirmed bool
}

// Limit is the time to claim an invoice in court, counted cautiously: where several ends are possible it gives the
// earliest. It is shown to the owner as something to verify.
type Limit struct {
	Code  string      // of the period: its sentence is in the translations under "claim.limit." + Code
	From  ledger.Date // the period runs from the day after
	Last  ledger.Date // the last day; zero where no period is known
	Years int
	Notes []Note
}

// period is a limitation period.
type period struct {
	code       string
	years      int
	fromYear   bool // counted from the 1 January that follows (loi 68-1250, art. 1)
	unlessLate int  // most years in all, interruptions or not; 0 for no such limit (C. civ. 2232)
}

// periods by regime: C. com. L110-4 and C. civ. 2224 and 2232, C. conso. L218-2, loi 68-1250 of 31 December 1968; Belgium:
// former C. civ. 2262bis and 2272 (goods sold to consumers; ten years for other debts); Luxembourg: C. com. 189;
// Switzerland: CO 127 and 128 (five years for retail, crafts and professions; ten for other debts).
var periods = map[Regime]period{
	FrB2B:             {code: "fr_trader", years: 5, unlessLate: 20},
	FrNonProfessional: {code: "fr_civil", years: 5, unlessLate: 20},
	FrConsumer:        {code: "fr_consumer", years: 2, unlessLate: 20},
	FrPublic:          {code: "fr_public", years: 4, fromYear: true},
	BeB2B:             {code: "be_general", years: 10},
	bePublic:          {code: "be_general", years: 10},
	beNonProfessional: {code: "be_general", years: 10},
	BeB2C:             {code: "be_consumer", years: 1},
	LuB2B:             {code: "lu_general", years: 10},
	luPublic:          {code: "lu_general", years: 10},
	luNonProfessional: {code: "lu_general", years: 10},
	LuB2C:             {code: "lu_general", years: 10},
	Ch:                {code: "ch_short", years: 5},
}

// LimitCodes lists the periods.
var LimitCodes = []string{"fr_trader", "fr_civil", "fr_consumer", "fr_public", "be_general", "be_consumer", "lu_general", "ch_short"}

// LimitNear is how many months before its end a limit is warned of.
const LimitNear = 6

// Limit gives the time to claim the invoice, with what happened up to a day. It runs from the due date or, where work was
// completed before that, from its completion (Cass. com. 26 February 2020, 18-25.036). A registered letter does not
// interrupt it in France (Cass. com. 18 May 2022, 20-23.204), except towards public bodies (loi 68-1250, art. 2).
func (c Case) Limit(asOf ledger.Date) Limit {
	regime := RegimeOf(c.Creditor, c.Debtor, c.Kind)
	p, known := periods[regime]
	if !known || c.Due.IsZero() {
		return Limit{}
	}
	from := c.Due
	if !c.Completed.IsZero() {
		from = min(from, c.Completed)
	}
	l := Limit{Code: p.code, Years: p.years, From: from, Last: p.last(from)}
	longer := false // by a lawyer's notice, once
	for _, e := range c.Events {
		switch {
		case e.On > asOf:
		case !e.Confirmed:
			l.note("interruption_unconfirmed", e.On)
		case e.On > l.Last:
			l.note("interruption_late", e.On)
		case e.What == ledger.DemandedPublic && regime != FrPublic:
			l.note("demand_no_effect", e.On)
		case e.What == ledger.NoticeByLawyer && country(c.Creditor) != "be", e.What == ledger.NoticeByLawyer && longer:
			l.note("lawyer_no_effect", e.On)
		case e.What == ledger.NoticeByLawyer:
			longer, l.Last = true, max(l.Last, e.On.AddMonths(12))
		default:
			l.From, l.Last = e.On, max(l.Last, p.last(e.On))
		}
	}
	if p.unlessLate > 0 {
		l.Last = min(l.Last, from.AddMonths(12*p.unlessLate))
	}
	switch {
	case c.Noticed.IsZero() || c.Noticed > asOf || country(c.Creditor) != "fr":
	case regime == FrPublic:
		l.note("demand_to_confirm", c.Noticed)
	default:
		l.note("letter_no_effect", c.Noticed)
	}
	return l
}

// EndAlone gives the last day to claim an invoice as it is without any event, zero where no period is known. Events never bring it
// forward.
func EndAlone(r Regime, due, completed ledger.Date) ledger.Date {
	p, known := periods[r]
	if !known || due.IsZero() {
		return 0
	}
	if !completed.IsZero() {
		due = min(due, completed)
	}
	return p.last(due)
}

// last gives the last day of a period that runs from a day (C. civ. 2229: it ends with its last day).
func (p period) last(from ledger.Date) ledger.Date {
	if p.fromYear {
		y, _, _ := from.Civil()
		return ledger.Day(y+p.years, 12, 31)
	}
	return from.AddMonths(12 * p.years)
}

func (l *Limit) note(code string, on ledger.Date) {
	l.Notes = append(l.Notes, Note{code, []any{"day", on}})
}

// Near says whether the end is at most six months away on a day, or past.
func (l Limit) Near(on ledger.Date) bool {
	return !l.Last.IsZero() && l.Last.AddMonths(-LimitNear) <= on
}

// Past says whether the end is past on a day.
func (l Limit) Past(on ledger.Date) bool { return !l.Last.IsZero() && l.Last < on }

// remark gives the note about the limit that goes with a claim.
func (l Limit) remark(on ledger.Date) Note {
	code := "limit"
	switch {
	case l.Past(on):
		code = "limit_past"
	case l.Near(on):
		code = "limit_near"
	}
	return Note{code, []any{"day", l.Last, "period", ledger.Term("claim.limit." + l.Code)}}
}
