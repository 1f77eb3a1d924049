package letters

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// flatIndemnity is the indemnity for recovery costs of one late invoice (C. com. D441-5).
var flatIndemnity = ledger.Euros(claim.IndemnityCents)

// interestOf adds up the interest of claims, as it stands beside the open amounts of the ledger: a part
// of it that receipts settled was taken off the principal there.
func interestOf(list []claim.Claim) ledger.Money {
	sum := ledger.Money{Currency: currencyOf(list)}
	for _, c := range list {
		sum = sum.Add(c.Accrued.Sub(c.Waived))
	}
	return sum
}

// currencyOf is the currency of claims, which a letter never mixes; the euro where there are none.
func currencyOf(list []claim.Claim) ledger.Currency {
	if len(list) == 0 {
		return ledger.EUR
	}
	return list[0].Total.Currency
}

func indemnityOf(list []claim.Claim) ledger.Money {
	sum := ledger.Money{Currency: currencyOf(list)}
	for _, c := range list {
		sum = sum.Add(c.Indemnity)
	}
	return sum
}

func hasUnconfirmed(c claim.Claim) bool {
	return slices.ContainsFunc(c.Segments, func(s claim.Segment) bool { return s.Rule.Unconfirmed })
}

func (c *composer) contractual() bool {
	return slices.ContainsFunc(c.claims, func(k claim.Claim) bool {
		return slices.ContainsFunc(k.Segments, func(s claim.Segment) bool {
			return s.Rule.Code == claim.RuleContract || s.Rule.Code == claim.RuleFloor
		})
	})
}

// rates lists the rates by half-year: "12,15 % au 1er semestre 2026, 12,40 % au 2e semestre 2026".
func (c *composer) rates() string {
	rules := map[ledger.Date]claim.Segment{}
	var days []ledger.Date
	for _, k := range c.claims {
		for _, s := range k.Segments {
			if _, known := rules[s.Rule.Day]; !known {
				days = append(days, s.Rule.Day)
			}
			rules[s.Rule.Day] = s
		}
	}
	slices.Sort(days)
	var out []string
	for _, d := range days {
		y, m, _ := d.Civil()
		key := "letters.rate.first_half"
		switch {
		case d.IsZero():
			key = "letters.rate.always"
		case rules[d].Rule.Yearly:
			key = "letters.rate.year"
		case m > 6:
			key = "letters.rate.second_half"
		}
		out = append(out, c.w.T(key, "rate", c.w.Percent(rules[d].Rate.String()), "year", strconv.Itoa(y)))
	}
	return strings.Join(out, ", ")
}

// claimedTo is the last day that bears interest in the letter: the eve of the judgment in a declared claim (C. com.
// L622-28).
func (c *composer) claimedTo() ledger.Date {
	if c.kind.about == aboutDeclared {
		return min(c.On, c.Facts.Insolvency.Opened.Add(-1))
	}
	return c.On
}

// sums splits what is asked for; nil where there is nothing to split.
func (c *composer) sums() *Sums {
	if len(c.claims) == 0 && c.kind.about != aboutDeclared && c.kind.about != aboutOpen {
		return nil
	}
	late := 0
	for _, k := range c.claims {
		if k.Indemnity.Positive() {
			late++
		}
	}
	s := &Sums{}
	add := func(label string, m ledger.Money) { s.Lines = append(s.Lines, [2]string{label, c.w.Money(m)}) }
	total := "letters.sums.total"
	switch c.kind.about {
	case aboutOpen:
		overdue, coming, credit := c.account()
		add(c.w.T("letters.sums.overdue"), overdue)
		add(c.w.T("letters.sums.not_due"), coming)
		if !credit.IsZero() {
			add(c.w.T("letters.sums.credit"), credit.Neg())
		}
		add(c.w.T("letters.table.balance"), c.principal)
		return s
	case aboutDeclared:
		total = "letters.sums.declared"
		add(c.w.T("letters.sums.fallen", "day", c.Facts.Insolvency.Opened), c.principal.Sub(c.later()))
		add(c.w.T("letters.sums.to_come"), c.later())
	default:
		add(c.w.T("letters.sums.principal"), c.principal)
	}
	if len(c.claims) > 0 {
		add(c.w.T(c.lawful("letters.sums.interest"), "day", c.claimedTo()), interestOf(c.claims))
		if late > 0 {
			flat := ledger.Money{Minor: indemnityOf(c.claims).Minor / int64(late), Currency: currencyOf(c.claims)}
			add(c.w.N("letters.sums.indemnity", late, "flat", flat), indemnityOf(c.claims))
		}
	}
	add(c.w.T(total), c.total)
	return s
}

// lawful gives the key of a text about interest: French law between companies calls it by a name of its own.
func (c *composer) lawful(key string) string {
	if len(c.claims) > 0 && c.claims[0].Regime != claim.FrB2B {
		return key + "_other"
	}
	return key
}

// statement shows how the interest was computed, segment by segment.
func (c *composer) statement() *Statement {
	t := Table{Right: []bool{false, false, false, true, true, true, true}}
	for _, k := range []string{"invoice", "from", "to", "days", "base", "rate", "amount"} {
		t.Head = append(t.Head, c.w.T("letters.statement."+k))
	}
	t.Head[6] = c.w.T(c.lawful("letters.statement.amount"))
	st := &Statement{
		Title: c.w.T(c.lawful("letters.statement.title"), "day", c.day(c.claimedTo())),
		Intro: []Run{{c.w.T(c.lawful("letters.statement.intro")), false}},
	}
	var rules []string
	for _, k := range c.claims {
		for _, s := range k.Segments {
			t.Rows = append(t.Rows, []string{k.Invoice, c.w.Date(s.From), c.w.Date(s.To), c.w.Number(s.Days),
				c.w.Money(s.Base), c.w.Percent(s.Rate.String()), c.w.Money(s.Amount)})
			if rule := RuleText(c.w, s.Rule); !slices.Contains(rules, rule) {
				rules = append(rules, rule)
			}
		}
	}
	t.Total = []string{c.w.T(c.lawful("letters.statement.total")), c.w.Money(interestOf(c.claims))}
	for _, k := range c.claims {
		if k.Waived.Positive() {
			t.Rows = append(t.Rows, []string{k.Invoice, c.w.T("letters.statement.waived"), "", "", "", "", c.w.Money(k.Waived.Neg())})
		}
	}
	st.Table = t
	st.Notes = rules
	if indemnityOf(c.claims).Positive() {
		st.Notes = append(st.Notes, IndemnityText(c.w, c.claims[0].Regime))
	}
	for _, k := range c.claims {
		for _, n := range k.Notes {
			if slices.Contains(stated, n.Code) {
				if text := NoteText(c.w, n); !slices.Contains(st.Notes, text) {
					st.Notes = append(st.Notes, text)
				}
			}
		}
	}
	return st
}

// stated are the notes of a claim that its statement shows.
var stated = []string{"payments_on_interest_first", "payments_on_interest_first_abroad", "payments_on_principal_first", "payment_day_unknown",
	"contract_rate_below_floor", "runs_from"}

// IndemnityText cites what the flat indemnity of a regime rests on.
func IndemnityText(w *words.Words, r claim.Regime) string {
	if r == claim.FrB2B {
		return w.T("claim.rule.indemnity")
	}
	return w.T("claim.rule.indemnity." + string(r))
}

// SourceText says where a rate was read: an address or a citation as it is, or the sentence that a code of the tables stands for.
func SourceText(w *words.Words, source string) string {
	if key := "claim.rule.source." + source; w.Has(key) {
		return w.T(key)
	}
	return source
}

// RuleText cites the rule of a segment.
func RuleText(w *words.Words, r claim.Rule) string {
	return w.T("claim.rule."+r.Code, "day", r.Day, "reference", w.Percent(r.Reference.String()))
}

// NoteText is the sentence of a claim's note.
func NoteText(w *words.Words, n claim.Note) string {
	args := slices.Clone(n.Args)
	for i, a := range args {
		switch a := a.(type) {
		case claim.Rate:
			args[i] = w.Percent(a.String())
		case []ledger.Date:
			var days []string
			for _, d := range a {
				days = append(days, w.Date(d))
			}
			args[i] = strings.Join(days, ", ")
		}
	}
	return w.T("claim.note."+n.Code, args...)
}

// FindingText is the sentence of a finding of the check before a formal notice or a hand-over.
func FindingText(w *words.Words, f claim.Finding) string {
	args := slices.Clone(f.Args)
	for i, a := range args {
		if err, is := a.(error); is {
			args[i] = w.Error(err)
		}
	}
	return w.T("claim.ready."+f.Code, args...)
}

// FindingTexts are the sentences of findings, in their order; one that several invoices share is said once, with all their numbers.
func FindingTexts(w *words.Words, list []claim.Finding) []string {
	var out []string
	told := map[string]bool{}
	for i, f := range list {
		if key := findingKey(f); !told[key] {
			told[key] = true
			var numbers []string
			for _, x := range list[i:] {
				if findingKey(x) == key {
					numbers = append(numbers, fmt.Sprint(findingNumber(x)))
				}
			}
			if len(numbers) > 1 {
				f.Args = slices.Clone(f.Args)
				f.Args[1] = strings.Join(numbers, ", ")
			}
			out = append(out, FindingText(w, f))
		}
	}
	return out
}

// findingNumber is the invoice's number of a finding; nil where it is about none.
func findingNumber(f claim.Finding) any {
	if len(f.Args) > 1 && f.Args[0] == "number" {
		return f.Args[1]
	}
	return nil
}

// findingKey is the same for findings that differ by the invoice alone.
func findingKey(f claim.Finding) string {
	if findingNumber(f) == nil {
		return fmt.Sprint(f.Code, f.Args)
	}
	return fmt.Sprint(f.Code, "number", f.Args[2:])
}

// WarningText is the sentence of a warning.
func WarningText(w *words.Words, x Warning) string {
	args := slices.Clone(x.Args)
	for i, a := range args {
		if needs, is := a.([]Need); is {
			var names []string
			for _, n := range needs {
				names = append(names, n.Text(w))
			}
			args[i] = strings.Join(names, ", ")
		}
	}
	return w.T("letters.warning."+x.Code, args...)
}
