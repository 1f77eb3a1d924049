package customers

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// planCards shows the payment plans of a customer that run or wait for its answer; it is hidden where there are none.
type planCards struct {
	v      *pageView
	object *fyne.Container
}

func newPlanCards(v *pageView) *planCards {
	k := &planCards{v: v, object: kit.Stack(look.Gap4)}
	k.object.Hide()
	return k
}

func (k *planCards) show(m *page) {
	k.object.Objects = nil
	for _, p := range m.Plans {
		k.object.Add(k.card(p))
	}
	k.object.Hidden = len(m.Plans) == 0
	k.object.Refresh()
}

func (k *planCards) card(p plan) fyne.CanvasObject {
	rows := kit.Stack(look.Gap2, kit.NewNote(p.Second).Wrapped())
	for n, part := range p.Parts {
		number := kit.Fixed(28, 0, kit.NewLabel(strconv.Itoa(n+1)).Ink(look.Ink2))
		amount := kit.NewLabel(part.Amount).Aligned(kit.Right)
		chip := kit.Fixed(228, 0, kit.Inset(0, 0, 0, look.Gap4, kit.Row(0, kit.NewChip(look.StatusOf(part.Situation), part.Word))))
		rows.Add(container.NewBorder(nil, nil, number, chip, kit.Shares(look.Gap2, kit.NewLabel(part.Day).Ink(look.Ink2), amount)))
	}
	return kit.NewTitledCard(p.Title, k.acts(p), rows)
}

// acts are what can be done with a plan.
func (k *planCards) acts(p plan) fyne.CanvasObject {
	c, r := k.v.c, p.Record
	link := func(key string, do func()) fyne.CanvasObject { return kit.NewLink(look.NoIcon, c.T(key), do) }
	if r.Proposed {
		return kit.Row(look.Gap3, link("plans.card.withdraw", func() { dialogs.WithdrawPlan(c, r, k.v.Refresh) }),
			link("plans.card.agree", func() { dialogs.AgreePlan(c, r, k.v.Refresh) }))
	}
	row := kit.Row(look.Gap3)
	if p.Missed {
		row.Add(link("plans.end.remind", func() {
			c.Go(screen.Place{Screen: screen.Letters, Customer: k.v.id, Customers: []ledger.CustomerID{k.v.id}, Filter: letters.PlanLapse})
		}))
	}
	row.Add(link("plans.card.end", func() { dialogs.EndPlan(c, r, k.v.Refresh) }))
	return row
}
