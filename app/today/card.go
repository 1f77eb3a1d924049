package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
	"quitus/ledger/followup"
)

// card is the task in hand, with all that is to be known before it is done.
func (v *view) card(c Card) fyne.CanvasObject {
	left := kit.Stack(0, kit.Fixed(40, 0, kit.NewSection(c.Title).Wrapped()))
	if c.Who != "" {
		left.Add(kit.Fixed(40, 0, kit.NewLabel(c.Who).Ink(look.Ink2)))
	}
	right := kit.Stack(0, kit.NewLabel(c.Amount).Role(look.Title).Bold().Aligned(kit.Right), kit.NewNote(c.Count).Aligned(kit.Right))
	text := kit.Stack(look.Gap2, container.NewBorder(nil, nil, nil, kit.Inset(0, 0, 0, look.Gap3, kit.Stack(0, right)), kit.Stack(0, left)), v.why(c))
	for _, n := range c.Notes {
		text.Add(v.note(c, n))
	}
	text.Add(kit.Inset(look.Gap1, 0, 0, 0, kit.NewWrapRow(v.buttons(c)...)))
	dot := kit.Stack(0, kit.NewDot(iconOf(&c.Tasks[0]), look.AccentSoft, look.AccentInk, 36))
	return kit.NewCard(container.NewBorder(nil, nil, kit.Inset(0, look.Gap3, 0, 0, dot), nil, text))
}

// why is the chip with the reasons at its right.
func (v *view) why(c Card) fyne.CanvasObject {
	words := kit.NewLabel(c.Why).Wrapped()
	if c.Chip.Word == "" {
		return words
	}
	chip := kit.NewChip(look.StatusOf(c.Chip.Situation), c.Chip.Word)
	return container.NewBorder(nil, nil, kit.Inset(0, 10, 0, 0, kit.Stack(0, chip)), nil, kit.Inset(2, 0, 0, 0, words))
}

// note is one warning, and a link to where more is to be seen.
func (v *view) note(c Card, n Note) fyne.CanvasObject {
	icon, ink := look.IconLate, look.Late.Text()
	switch {
	case n.Good:
		icon, ink = look.IconTick, look.Ink2
	case n.Leads == toBank:
		icon, ink = look.IconBank, look.Soon.Text()
	}
	top := float32(0)
	if n.Leads != "" {
		top = 4 // a link is higher than a line of small words
	}
	left := kit.Inset(top, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(icon, ink, 16)))
	words := kit.Inset(top, 0, 0, 0, kit.NewNote(n.Text).Ink(ink).Wrapped())
	switch n.Leads {
	case toBank:
		return container.NewBorder(nil, nil, left, v.link("today.bank_see", v.toBank), words)
	case toFindings:
		return container.NewBorder(nil, nil, left, v.link("today.limits.see", func() { dialogs.Findings(v.c, c.Tasks[0].Customer) }), words)
	case toCustomer:
		return container.NewBorder(nil, nil, left, v.link("today.see", func() { v.customer(c.Tasks[0].Customer) }), words)
	}
	return container.NewBorder(nil, nil, left, nil, words)
}

// link is a verb at the end of a line, no higher than the line.
func (v *view) link(key string, do func()) fyne.CanvasObject {
	return kit.Inset(0, 0, 0, look.Gap2, kit.Stack(0, kit.NewLink(look.NoIcon, v.c.T(key), do)))
}

// buttons are what can be done with the task in hand.
func (v *view) buttons(c Card) []fyne.CanvasObject {
	row := &c.Row
	t := &row.Tasks[0]
	v.verbs = []*kit.Button{kit.NewButton(kit.Primary, iconOf(t), c.Act, func() { v.do(row) })}
	if t.Mark != nil && t.Mark.Until > v.model.state.On {
		v.verbs = append(v.verbs, kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("today.resume"), func() { v.resume(row) }))
	} else {
		v.verbs = append(v.verbs, kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("today.put"), func() { v.putOff(row) }))
	}
	v.verbs = append(v.verbs,
		kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("today.hand"), func() { v.handTo(row) }),
		kit.NewButton(kit.Quiet, look.NoIcon, v.c.T("today.skip"), func() { v.skip(row) }))
	out := make([]fyne.CanvasObject, len(v.verbs))
	for i, b := range v.verbs {
		out[i] = b
	}
	if !row.Group() {
		out = append(out, kit.NewButton(kit.Quiet, look.NoIcon, v.c.T("today.file"), func() { v.customer(t.Customer) }))
	}
	return out
}

// iconOf is the icon of a task.
func iconOf(t *followup.Task) look.Icon {
	switch t.Step {
	case followup.StepDispute:
		return look.IconFlag
	case followup.StepInsolvency, followup.StepHandover:
		return look.IconInvoice
	}
	switch t.Channel {
	case ledger.ChannelPhone:
		return look.IconPhone
	case ledger.ChannelEmail:
		return look.IconSend
	case ledger.ChannelLetter, ledger.ChannelRegistered:
		return look.IconLetter
	case ledger.ChannelVisit:
		return look.IconAccount
	}
	return look.IconTick
}

// done is the card of a day on which nothing is left to do, with what it brought.
func (v *view) done(m *Model) fyne.CanvasObject {
	button := kit.NewButton(kit.Secondary, look.IconInvoice, v.c.T("today.done.button"), func() { v.c.Go(invoicesOpen) })
	if !m.Done.Work {
		return kit.NewCard(container.NewCenter(kit.NewEmpty(look.IconTick, m.Done.Title, m.Done.Text, button)))
	}
	text := kit.Stack(look.Gap3,
		kit.Stack(0, kit.NewSection(m.Done.Title), kit.NewLabel(m.Done.Text).Ink(look.Ink2).Wrapped()),
		v.news(m.Done.Brought),
		kit.Inset(look.Gap1, 0, 0, 0, kit.Row(0, button)))
	dot := kit.Stack(0, kit.NewDot(look.IconTick, look.Paid.Tint(), look.Paid.Text(), 36))
	return kit.NewCard(container.NewBorder(nil, nil, kit.Inset(0, look.Gap3, 0, 0, dot), nil, text))
}
