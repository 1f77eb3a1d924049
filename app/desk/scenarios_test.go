package desk_test

import (
	"testing"

	"quitus/app/desk"
	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
)

func soft(name string) *ledger.Scenario {
	return &ledger.Scenario{Name: name, Calendar: ledger.BusinessDays, Country: "FR", LeastDays: 5, Steps: []ledger.ScenarioStep{
		{Level: 1, Step: "first_reminder", After: ledger.AfterDue, Days: 10, Channel: ledger.ChannelEmail, Model: "first_reminder"},
	}}
}

// Who follows a scenario goes with it when it gets another name, and back to the usual one when it is gone; each is one act to take back.
func TestScenarioNames(t *testing.T) {
	d, ctx := screentest.New(t, words.FR).Desk, t.Context()
	must := func(e ledger.Entry, err error) ledger.Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	must(d.SaveScenario(ctx, soft("Doux")))
	must(d.FollowScenario(ctx, "doux", []ledger.CustomerID{1, 2}, true))
	must(d.AssignInvoices(ctx, "DOUX", []ledger.InvoiceID{1}))
	if _, err := d.RenameScenario(ctx, "Doux", soft("préventif")); ledger.CodeOf(err) != "scenario_name_taken" {
		t.Errorf("a name that is taken: %v", err)
	}
	if _, err := d.RenameScenario(ctx, "Amiable", soft("Autre")); ledger.CodeOf(err) != "scenario_unknown" {
		t.Errorf("one that comes with the program: %v", err)
	}
	renamed := must(d.RenameScenario(ctx, "Doux", soft(" Très doux ")))
	all := d.State().Book.Customers.Len()
	if f := d.State().Followings()["Très doux"]; f != (desk.Following{Customers: all, Chosen: 2, Invoices: 1, Company: true}) {
		t.Errorf("%+v", f)
	}
	if _, _, err := d.Undo(ctx, renamed.Seq); err != nil || d.State().Followings()["Doux"].Customers != all {
		t.Errorf("taken back: %v %+v", err, d.State().Followings())
	}
	removed := must(d.RemoveScenario(ctx, "doux"))
	if f := d.State().Followings(); f["Doux"] != (desk.Following{}) || d.State().CompanyScenario() != "" || d.State().Book.Invoice(1).Scenario != "" {
		t.Errorf("%+v", f)
	}
	if _, _, err := d.Undo(ctx, removed.Seq); err != nil || d.State().Followings()["Doux"].Customers != all {
		t.Errorf("taken back: %v %+v", err, d.State().Followings())
	}
	// One of the program's that was changed keeps its name and who follows it.
	must(d.SaveScenario(ctx, soft("AMIABLE")))
	if !d.State().OwnScenario("Amiable") || len(d.State().Scenarios()) != 6 {
		t.Errorf("%d scenarios", len(d.State().Scenarios()))
	}
	must(d.AssignScenario(ctx, "Amiable", []ledger.CustomerID{3}))
	must(d.RemoveScenario(ctx, "Amiable"))
	if d.State().OwnScenario("Amiable") || d.State().Book.Customer(3).Scenario != "Amiable" {
		t.Error("not as it came")
	}
	if _, err := d.SetHouse(ctx, ledger.House{CallFrom: "19:00"}); ledger.CodeOf(err) != "house_hours" {
		t.Errorf("%v", err)
	}
}
