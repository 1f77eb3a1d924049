package customers

import (
	"strings"
	"testing"

	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// late gives a company of the sample that pays late as a habit.
func late(t *testing.T, b *screentest.Bench) *ledger.Customer {
	t.Helper()
	s := b.Desk.State()
	for c := range s.Book.Customers.All() {
		if preventiveFor(s, c, s.Summaries()[c.ID]) != "" {
			return c
		}
	}
	t.Fatal("the sample has no company that usually pays late")
	return nil
}

// A habitual late payer is proposed for the preventive scenario, in one line with a button, until it follows it.
func TestPreventiveIsProposed(t *testing.T) {
	b := screentest.New(t, words.FR)
	c := late(t, b)
	s, _ := openPage(t, b, shot.Setup{}, c.Name)
	s.Has("relances\u00a0: Amiable", "paie d’habitude en retard")
	s.Golden("page_offer_fr")
	s.Tap("Suivre Préventif")
	if got := b.Desk.State().ScenarioOf(b.Desk.State().Book.Customer(c.ID)); got != "Préventif" || len(b.Errors) > 0 {
		t.Errorf("%q, errors %v", got, b.Errors)
	}
	s.Has("relances\u00a0: Préventif")
	s.HasNot("paie d’habitude en retard")
}

func TestPreventiveIsNotProposed(t *testing.T) {
	b := screentest.New(t, words.FR)
	c := late(t, b)
	s := b.Desk.State()
	sum := s.Summaries()[c.ID]
	for what, change := range map[string]func(*ledger.Customer){
		"a consumer":      func(c *ledger.Customer) { c.Type = ledger.Consumer },
		"a public body":   func(c *ledger.Customer) { c.Type = ledger.PublicBody },
		"a choice":        func(c *ledger.Customer) { c.Scenario = "Grand compte" },
		"no follow-up":    func(c *ledger.Customer) { c.Scenario = ledger.NoScenario },
		"not to be asked": func(c *ledger.Customer) { c.DoNotContact = true },
	} {
		k := ledger.Clone(c)
		if change(k); preventiveFor(s, k, sum) != "" {
			t.Errorf("%s: proposed", what)
		}
	}
	if preventiveFor(s, c, ledger.CustomerSummary{HabitCount: ledger.HabitInvoices, HabitDays: ledger.HabitDaysLate}) != "" {
		t.Error("one who is not late: proposed")
	}
	k := ledger.Clone(c)
	k.Scenario, k.DoNotContact, k.Manager = "none", true, 1
	if got := strings.Join(followFacts(b.Words, s, k), ", "); !strings.Contains(got, "relances arrêtées, à ne pas contacter, géré par ") {
		t.Error(got)
	}
}

// Several customers are ticked and follow another scenario at once.
func TestTickedCustomersFollow(t *testing.T) {
	b := screentest.New(t, words.FR)
	var v *listView
	s := openList(t, b, shot.Setup{Appearance: look.Dark})
	_ = s
	v = New(b.Context).(*listView)
	s.Window.SetContent(frame(v))
	v.Show(screen.Place{Screen: screen.Customers, Filter: filterAll})
	s.Settle()
	v.table.TickWhere(func(r *row) bool { return r.ID <= 3 })
	s.Settle()
	s.Golden("list_ticked_dark")
	s.Tap("Relances…")
	s.Has("Relances de 3 clients")
	s.Golden("follow_dark")
	s.Tap("Habituelles")
	s.Tap("Aucune relance")
	s.Tap("Appliquer")
	if n := b.Desk.State().Followings()[ledger.NoScenario].Customers; n != 3 || len(b.Errors) > 0 {
		t.Errorf("%d follow none, errors %v", n, b.Errors)
	}
	if len(v.table.Ticked()) != 0 {
		t.Error("still ticked")
	}
}
