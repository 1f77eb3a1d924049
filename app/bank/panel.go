package bank

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// explain shows the chosen entry as the bank wrote it, and what is proposed for it.
func (v *view) explain(r *Row) {
	v.panel.Objects = nil
	if r == nil || r.Filter != v.filter {
		v.panel.Refresh()
		return
	}
	v.panel.Add(v.said(r))
	switch r.State {
	case Proposed, Ambiguous, Sure:
		for i := range r.Answers {
			v.panel.Add(v.answer(r, &r.Answers[i]))
		}
	case Settled:
		v.panel.Add(v.done(r))
	default:
		if r.Why != "" {
			v.panel.Add(kit.NewLabel(r.Why).Wrapped().Ink(look.Ink2))
		}
	}
	v.panel.Add(v.others(r))
	v.panel.Refresh()
}

// said is what the bank says.
func (v *view) said(r *Row) fyne.CanvasObject {
	lines := kit.Stack(look.Gap1)
	for i, l := range r.Lines {
		label := kit.NewLabel(l).Wrapped()
		if i > 0 {
			label = kit.NewNote(l).Wrapped()
		}
		lines.Add(label)
	}
	head := container.NewBorder(nil, nil, kit.NewLabel(r.Day).Ink(look.Ink2), kit.NewSection(r.Amount))
	return kit.NewCard(kit.Stack(look.Gap2, head, lines))
}

// answer is one way to settle the entry, with its reason and its button.
func (v *view) answer(r *Row, a *Answer) fyne.CanvasObject {
	parts := kit.Stack(look.Gap2, kit.NewTitle(a.Headline).Wrapped(), kit.NewNote(a.Why).Wrapped())
	if a.Left != "" {
		parts.Add(kit.NewNote(a.Left).Wrapped())
	}
	word, kind := v.c.T("bank.confirm"), kit.Primary
	if r.State == Ambiguous || a.Answer.Confidence < r.Answers[0].Answer.Confidence {
		word, kind = v.c.T("bank.choose"), kit.Secondary
	}
	parts.Add(kit.Row(0, kit.NewButton(kind, look.NoIcon, word, func() { v.settle(r, a.Answer, "") })))
	if a.GiveUp != "" {
		parts.Add(kit.Row(0, kit.NewButton(kit.Secondary, look.NoIcon, a.GiveUp, func() { v.settle(r, a.Answer, a.Reason) })))
	}
	return kit.NewCard(parts)
}

// done tells what was recorded, and lets it be taken back.
func (v *view) done(r *Row) fyne.CanvasObject {
	parts := kit.Stack(look.Gap2, kit.NewTitle(r.Headline).Wrapped())
	if r.Why != "" {
		parts.Add(kit.NewNote(r.Why).Wrapped())
	}
	back := kit.NewButton(kit.Secondary, look.IconUndo, v.c.T("bank.take_back"), func() {
		v.act(v.c.T("bank.taken_back"), func(ctx context.Context) (ledger.Entry, error) { return v.c.Desk.Unsettle(ctx, r.ID) })
	})
	parts.Add(kit.Row(0, back))
	return kit.NewCard(parts)
}

// others are what else can be done with the entry.
func (v *view) others(r *Row) fyne.CanvasObject {
	out := kit.Stack(look.Gap2)
	if r.State == Settled {
		return out
	}
	if r.State != LeftAside {
		out.Add(kit.Row(0, kit.NewButton(kit.Secondary, look.IconEdit, v.c.T("bank.split"), func() { v.split(r) })))
	}
	aside := r.State != LeftAside
	word := "bank.leave_aside"
	if !aside {
		word = "bank.look_again"
	}
	if r.State != NoReceipt {
		out.Add(kit.Row(0, kit.NewLink(look.NoIcon, v.c.T(word), func() {
			v.act(v.c.T(word+"_done"), func(ctx context.Context) (ledger.Entry, error) {
				return v.c.Desk.LeaveAside(ctx, []ledger.BankEntryID{r.ID}, aside)
			})
		})))
	}
	return out
}
