package claim

import (
	"testing"

	"quitus/ledger"
)

// TestLimit follows the periods of the law; the French ones run from the due date, or from completion when that is earlier.
func TestLimit(t *testing.T) {
	happened := func(what ledger.Interrupter, on string, confirmed bool) func(*Case) {
		return func(c *Case) { c.Events = append(c.Events, Event{day(on), what, confirmed}) }
	}
	noticed := func(on string) func(*Case) { return func(c *Case) { c.Noticed = day(on) } }
	for _, k := range []struct {
		name    string
		country string
		kind    ledger.CustomerKind
		due     string
		change  []func(*Case)
		last    string
		note    string
	}{
		{"companies: five years", "FR", ledger.CompanyCustomer, "2022-03-31", nil, "2027-03-31", ""},
		{"due on 29 February", "FR", ledger.CompanyCustomer, "2024-02-29", nil, "2029-02-28", ""},
		{"consumer: two years", "FR", ledger.Consumer, "2025-03-31", nil, "2027-03-31", ""},
		{"association: five years", "FR", ledger.NonProfessional, "2025-03-31", nil, "2030-03-31", ""},
		{"public body: four years from the next 1 January", "FR", ledger.PublicBody, "2022-03-31", nil, "2026-12-31", ""},
		{"works completed before the due date", "FR", ledger.Consumer, "2025-03-31", []func(*Case){func(c *Case) { c.Completed = day("2025-01-15") }}, "2027-01-15", ""},
		{"works completed after it", "FR", ledger.Consumer, "2025-03-31", []func(*Case){func(c *Case) { c.Completed = day("2025-06-15") }}, "2027-03-31", ""},
		{"public body: done in the year before", "FR", ledger.PublicBody, "2023-01-31", []func(*Case){func(c *Case) { c.Completed = day("2022-12-15") }}, "2026-12-31", ""},
		{"acknowledged", "FR", ledger.Consumer, "2025-03-31", []func(*Case){happened(ledger.Acknowledged, "2025-09-01", true)}, "2027-09-01", ""},
		{"acknowledged, not confirmed", "FR", ledger.Consumer, "2025-03-31", []func(*Case){happened(ledger.Acknowledged, "2025-09-01", false)}, "2027-03-31", "interruption_unconfirmed"},
		{"acknowledged too late", "FR", ledger.Consumer, "2023-03-31", []func(*Case){happened(ledger.Acknowledged, "2025-09-01", true)}, "2025-03-31", "interruption_late"},
		{"twice", "FR", ledger.CompanyCustomer, "2021-03-31", []func(*Case){happened(ledger.PaidInPart, "2023-05-02", true), happened(ledger.ClaimedInCourt, "2024-06-03", true)}, "2029-06-03", ""},
		{"never longer than twenty years", "FR", ledger.CompanyCustomer, "2007-03-31", []func(*Case){happened(ledger.Acknowledged, "2011-05-02", true), happened(ledger.Acknowledged, "2016-05-01", true),
			happened(ledger.Acknowledged, "2021-04-30", true), happened(ledger.Acknowledged, "2026-04-30", true)}, "2027-03-31", ""},
		{"a registered letter does not interrupt", "FR", ledger.CompanyCustomer, "2022-03-31", []func(*Case){noticed("2022-06-01")}, "2027-03-31", "letter_no_effect"},
		{"a demand recorded towards a company", "FR", ledger.CompanyCustomer, "2022-03-31", []func(*Case){happened(ledger.DemandedPublic, "2024-06-01", true)}, "2027-03-31", "demand_no_effect"},
		{"a demand to a public body, confirmed", "FR", ledger.PublicBody, "2022-03-31", []func(*Case){happened(ledger.DemandedPublic, "2024-06-01", true)}, "2028-12-31", ""},
		{"a notice to a public body is for the owner to confirm", "FR", ledger.PublicBody, "2022-03-31", []func(*Case){noticed("2024-06-01")}, "2026-12-31", "demand_to_confirm"},
		{"Belgian companies", "BE", ledger.CompanyCustomer, "2022-03-31", nil, "2032-03-31", ""},
		{"Belgian consumer, a lawyer's notice", "BE", ledger.Consumer, "2025-12-31", []func(*Case){happened(ledger.NoticeByLawyer, "2026-06-01", true), happened(ledger.NoticeByLawyer, "2026-07-01", true)}, "2027-06-01", "lawyer_no_effect"},
		{"a lawyer's notice in France", "FR", ledger.Consumer, "2025-03-31", []func(*Case){happened(ledger.NoticeByLawyer, "2025-09-01", true)}, "2027-03-31", "lawyer_no_effect"},
		{"Luxembourg", "LU", ledger.CompanyCustomer, "2022-03-31", nil, "2032-03-31", ""},
		{"Switzerland, the shorter period", "CH", ledger.Consumer, "2022-03-31", nil, "2027-03-31", ""},
		{"unknown country", "IT", ledger.Consumer, "2022-03-31", nil, "", ""},
	} {
		c := of(k.country, k.kind, "1000.00", k.due)
		for _, f := range k.change {
			f(&c)
		}
		got := c.Limit(day("2026-11-22"))
		if got.Last.String() != k.last {
			t.Errorf("%s: %s, want %s (%+v)", k.name, got.Last, k.last, got)
		}
		if found := k.note == ""; !found {
			for _, n := range got.Notes {
				found = found || n.Code == k.note
			}
			if !found {
				t.Errorf("%s: no %s in %+v", k.name, k.note, got.Notes)
			}
		} else if len(got.Notes) > 0 {
			t.Errorf("%s: %+v", k.name, got.Notes)
		}
	}
}

func TestLimitWarnings(t *testing.T) {
	l := of("FR", ledger.Consumer, "1000.00", "2025-03-31").Limit(day("2026-01-01"))
	for on, want := range map[string][2]bool{"2026-09-29": {false, false}, "2026-09-30": {true, false}, "2027-03-31": {true, false}, "2027-04-01": {true, true}} {
		if l.Near(day(on)) != want[0] || l.Past(day(on)) != want[1] {
			t.Errorf("%s: %v %v", on, l.Near(day(on)), l.Past(day(on)))
		}
	}
	if (Limit{}).Near(day("2026-01-01")) {
		t.Error("no period is near its end")
	}
	for on, note := range map[string]string{"2026-01-31": "limit", "2026-10-31": "limit_near", "2027-05-01": "limit_past"} {
		got, err := Compute(of("FR", ledger.Consumer, "1000.00", "2025-03-31"), tables(), day(on))
		if err != nil && ledger.CodeOf(err) != "rate_not_covered" {
			t.Fatal(err)
		}
		if err == nil && !hasNote(got, note) {
			t.Errorf("%s: %v", on, got.Notes)
		}
	}
}
