package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
)

// turnoverCard shows what the customer was invoiced by month; the month pointed at is told below the bars.
type turnoverCard struct {
	total  *kit.Label
	note   *kit.Label
	bars   *fyne.Container
	object fyne.CanvasObject
}

func newTurnoverCard(v *pageView) *turnoverCard {
	k := &turnoverCard{total: kit.NewTitle(""), note: kit.NewNote(""), bars: container.NewStack()}
	k.object = kit.NewTitledCard(v.c.T("customers.turnover"), k.total, kit.Stack(look.Gap1, k.bars, k.note))
	return k
}

func (k *turnoverCard) show(m *page) {
	t := m.Turnover
	k.total.SetText(t.Total)
	k.note.SetText(t.Note)
	columns := make([]kit.BarColumn, len(t.Months))
	for i, x := range t.Months {
		columns[i] = kit.BarColumn{Parts: []kit.BarPart{{Part: x.Part, Token: look.Accent}}, Foot: x.Name, Bold: i == len(t.Months)-1}
	}
	bars := kit.NewBars(60, columns...)
	bars.OnPoint = func(i int) {
		if i < 0 {
			k.note.SetText(t.Note)
			return
		}
		k.note.SetText(t.Months[i].Words)
	}
	k.bars.Objects = []fyne.CanvasObject{bars}
	k.bars.Refresh()
}
