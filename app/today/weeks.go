package today

import (
	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
)

// weeks is the card of what is expected by week, in the currency of the ages; the key figures have the others.
func (v *view) weeks(m *Model) fyne.CanvasObject {
	if m.Weeks == nil {
		return kit.Stack(0)
	}
	note := kit.NewNote(m.Weeks.Rest)
	return kit.NewTitledCard(v.c.T("today.weeks"), v.legend(), kit.Stack(look.Gap1, v.weekBars(58, m.Weeks, m.Weeks.Rest, note.SetText), note))
}

// legend says what the two colours stand for.
func (v *view) legend() fyne.CanvasObject {
	return kit.Row(look.Gap2, kit.NewLegend(look.Promised.Solid(), v.c.T("today.weeks.promised")), kit.NewLegend(look.Accent, v.c.T("today.weeks.habit")))
}

// weekBars are the bars of the weeks; say is told the exact amounts of the week pointed at, or rest where it is none.
func (v *view) weekBars(height float32, m *Weeks, rest string, say func(string)) *kit.Bars {
	columns := make([]kit.BarColumn, len(m.Weeks))
	for k, x := range m.Weeks {
		columns[k] = kit.BarColumn{
			Parts: []kit.BarPart{{Part: x.Habit, Token: look.Accent}, {Part: x.Promised, Token: look.Promised.Solid()}},
			Top:   x.Amount, Foot: x.Day, Bold: k == 0,
		}
	}
	bars := kit.NewBars(height, columns...)
	bars.OnPoint = func(i int) {
		if i < 0 {
			say(rest)
			return
		}
		say(m.Weeks[i].Words)
	}
	return bars
}
