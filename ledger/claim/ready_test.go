package claim

import (
	"slices"
	"testing"

	"quitus/ledger"
)

func findings(b *ledger.Book, on string) []string {
	var out []string
	for _, f := range Ready(b, b.Standings(day(on)), 1, tables()) {
		out = append(out, f.Code)
	}
	return out
}

// complete makes the customer, the invoice and the company such that nothing is found.
func complete(d *ledger.Draft, inv, note *ledger.Invoice) {
	d.Put(&ledger.Company{Name: "Menuiserie Valdoré", LegalForm: "SARL", SIREN: "999000117", Address: []string{"14 chemin des Tanneurs"}, Town: "Saint-Orvain", Country: "FR"})
	c := ledger.Clone(d.Customer(inv.Customer))
	c.Name, c.SIREN, c.Address, c.Postcode, c.Town = "Dervaux S.A.R.L.", "732829320", "3 rue Haute", "38000", "Grenoble"
	d.Put(c)
	i := ledger.Clone(inv)
	i.OrderRef = "CDE-7"
	d.Put(i)
	n := ledger.Clone(note)
	d.Put(n)
	d.Put(&ledger.Payment{Customer: c.ID, On: day("2026-03-12"), Allocations: []ledger.Allocation{{Invoice: note.ID, Amount: -20000}, {Invoice: inv.ID, Amount: 20000}}, Amount: eur("0.00")})
	d.Put(&ledger.Document{Customer: c.ID, Invoice: inv.ID, On: day("2026-03-01"), Hash: "aa", Name: "bon.pdf"})
}

func TestReadyNothingToAdd(t *testing.T) {
	b, _ := bookWith(complete)
	if got := findings(b, "2026-06-30"); len(got) > 0 {
		t.Error(got)
	}
}

func TestReadyFinds(t *testing.T) {
	b, _ := bookWith(func(*ledger.Draft, *ledger.Invoice, *ledger.Invoice) {})
	want := []string{"no_order", "no_proof", "credit_open", "address_incomplete", "form_missing", "number_missing", "own_details"}
	if got := findings(b, "2026-06-30"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for name, k := range map[string]struct {
		change func(d *ledger.Draft, inv *ledger.Invoice)
		on     string
		code   string
	}{
		"disputed": {func(d *ledger.Draft, inv *ledger.Invoice) {
			d.Put(&ledger.Dispute{Invoice: inv.ID, Opened: day("2026-03-05"), Reason: ledger.OtherDispute})
		}, "2026-06-30", "disputed"},
		"unallocated": {func(d *ledger.Draft, inv *ledger.Invoice) {
			d.Put(&ledger.Payment{Customer: inv.Customer, On: day("2026-03-05"), Amount: eur("50.00")})
		}, "2026-06-30", "unallocated"},
		"promised": {func(d *ledger.Draft, inv *ledger.Invoice) {
			d.Put(&ledger.Promise{Customer: inv.Customer, Made: day("2026-06-20"), Due: day("2026-07-05"), Amount: eur("800.00")})
		}, "2026-06-30", "promised"},
		"insolvent": {func(d *ledger.Draft, inv *ledger.Invoice) {
			c := ledger.Clone(d.Customer(inv.Customer))
			c.Insolvent = day("2026-05-01")
			d.Put(c)
		}, "2026-06-30", "insolvent"},
		"consumer with a number": {func(d *ledger.Draft, inv *ledger.Invoice) {
			c := ledger.Clone(d.Customer(inv.Customer))
			c.Type = ledger.Consumer
			d.Put(c)
		}, "2026-06-30", "kind_unlikely"},
		"abroad": {func(d *ledger.Draft, inv *ledger.Invoice) {
			c := ledger.Clone(d.Customer(inv.Customer))
			c.Country = "IT"
			d.Put(c)
		}, "2026-06-30", "regime_unknown"},
		"limit near":  {func(*ledger.Draft, *ledger.Invoice) {}, "2030-12-01", "limit_near"},
		"limit past":  {func(*ledger.Draft, *ledger.Invoice) {}, "2031-03-01", "limit_past"},
		"rates":       {func(*ledger.Draft, *ledger.Invoice) {}, "2027-06-30", "not_computed"},
		"unconfirmed": {func(*ledger.Draft, *ledger.Invoice) {}, "2026-07-31", "rate_unconfirmed"},
		"not due":     {func(*ledger.Draft, *ledger.Invoice) {}, "2026-02-20", "nothing_due"},
		"due computed": {func(d *ledger.Draft, inv *ledger.Invoice) {
			i := ledger.Clone(d.Invoice(inv.ID))
			i.DueEstimated = true
			d.Put(i)
		}, "2026-06-30", "due_estimated"},
		"public body": {func(d *ledger.Draft, inv *ledger.Invoice) {
			c := ledger.Clone(d.Customer(inv.Customer))
			c.Type = ledger.PublicBody
			d.Put(c)
		}, "2026-06-30", "demand_missing"},
	} {
		b, _ := bookWith(func(d *ledger.Draft, inv, note *ledger.Invoice) {
			complete(d, inv, note)
			k.change(d, inv)
		})
		if got := findings(b, k.on); !slices.Contains(got, k.code) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestCaseOfNotices: what was sent and recorded sets when interest begins; what was not sent does not.
func TestCaseOfNotices(t *testing.T) {
	lines := func(inv *ledger.Invoice) []ledger.LetterLine { return []ledger.LetterLine{{Invoice: inv.ID}} }
	b, id := bookWith(func(d *ledger.Draft, inv, _ *ledger.Invoice) {
		d.Put(&ledger.Letter{Customer: inv.Customer, Model: "formal_notice", On: day("2026-03-01"), Lines: lines(inv)})
		d.Put(&ledger.Letter{Customer: inv.Customer, Model: "formal_notice", On: day("2026-04-01"), Sent: day("2026-04-02"), Lines: lines(inv)})
		d.Put(&ledger.Step{Customer: inv.Customer, Done: ledger.StepFormalNotice, On: day("2026-05-01"), Invoices: []ledger.InvoiceID{inv.ID}})
		d.Put(&ledger.Letter{Customer: inv.Customer, Model: "be_first_reminder", On: day("2026-03-02"), Sent: day("2026-03-02"), Deadline: day("2026-03-09"), Lines: lines(inv)})
		d.Put(&ledger.Message{Customer: inv.Customer, Model: "be_first_reminder", State: ledger.MessageSent, Sent: day("2026-03-03"), Deadline: day("2026-03-18"), Lines: lines(inv)})
		d.Put(&ledger.Waiver{Invoice: inv.ID, On: day("2026-05-02"), Interest: 500})
		d.Put(&ledger.Interruption{Invoice: inv.ID, On: day("2026-05-03"), What: ledger.Acknowledged, Confirmed: day("2026-05-04")})
	})
	c := caseOf(t, b, id)
	if c.Noticed != day("2026-04-02") || c.Grace != day("2026-03-18") || c.Reminded != day("2026-03-03") {
		t.Errorf("%+v", c)
	}
	if len(c.Waivers) != 1 || c.Waivers[0].Interest != eur("5.00") || len(c.Events) != 1 || !c.Events[0].Confirmed {
		t.Errorf("%+v %+v", c.Waivers, c.Events)
	}
}

func TestRecordRate(t *testing.T) {
	on := day("2026-11-22")
	for _, k := range []struct {
		row  ledger.RateRow
		code string
	}{
		{ledger.RateRow{Table: "ecb_mro", Day: day("2027-01-15"), Percent: "2.65", Source: "BCE"}, ""},
		{ledger.RateRow{Table: "mro", Day: day("2027-01-15"), Percent: "2.65", Source: "BCE"}, "rate_table_unknown"},
		{ledger.RateRow{Table: "ecb_mro", Percent: "2.65", Source: "BCE"}, "field_required"},
		{ledger.RateRow{Table: "ecb_mro", Day: day("2027-01-15"), Percent: "2.65", Source: " "}, "field_required"},
		{ledger.RateRow{Table: "ecb_mro", Day: day("2027-01-15"), Percent: "2,65", Source: "BCE"}, "rate_invalid"},
		{ledger.RateRow{Table: "ecb_mro", Day: day("2027-01-15"), Percent: "1001", Source: "BCE"}, "rate_invalid"},
		{ledger.RateRow{Table: "ecb_mro", Day: day("2031-01-15"), Percent: "2.65", Source: "BCE"}, "rate_far"},
	} {
		d := ledger.NewDraft(&ledger.Book{})
		err := RecordRate(d, &k.row, on)
		if got := ledger.CodeOf(err); err == nil && k.code != "" || err != nil && got != k.code {
			t.Errorf("%+v: %v, want %s", k.row, err, k.code)
		}
		if err == nil {
			p, ok := RatesOf(d.Next(), tables()).MRO.At(day("2027-01-01"))
			if !ok || p.Rate != rate("2.65") || p.Source != "BCE" || p.Unconfirmed {
				t.Errorf("%+v", p)
			}
		}
	}
}
