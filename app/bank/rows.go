package bank

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
)

// row builds an item of the list.
func (v *view) row(i int, current bool) fyne.CanvasObject {
	switch it := v.items[i]; it.Kind {
	case Titles:
		titles := container.New(halves{}, kit.NewNote(v.c.T("bank.label")).Bold(), kit.NewLabel(""), kit.NewNote(v.c.T("bank.proposal")).Bold())
		return kit.Inset(8, look.Gap4, 8, look.Gap4, titles)
	case Section:
		return kit.Inset(look.Gap4, 0, look.Gap2, 0, kit.Row(look.Gap2, kit.NewTitle(it.Title), kit.NewNote(it.Note)))
	case AllDone:
		return kit.Fixed(0, 160, kit.NewEmpty(look.IconTick, v.c.T("bank.none_left"), v.c.T("bank.none_left_text"), nil))
	default:
		r := &v.m.Rows[it.Row]
		if r.Waits() {
			return v.waiting(r, current)
		}
		return v.compact(r, current)
	}
}

// shape is what the height of a row without the cursor depends on.
type shape struct {
	kind    Kind
	waits   bool
	rest    bool // the label has a second line
	answers int  // to choose from
}

func (v *view) shapeOf(it Item) shape {
	s := shape{kind: it.Kind}
	if it.Kind == Entry {
		r := &v.m.Rows[it.Row]
		if s.waits = r.Waits(); s.waits {
			s.rest = len(r.Lines) > 1
		}
		if r.State == Ambiguous {
			s.answers = len(r.Answers)
		}
	}
	return s
}

// blocks tells the list how high its rows are; of each shape one is built to see.
func (v *view) blocks() []kit.Block {
	heights := map[shape]float32{}
	out := make([]kit.Block, len(v.items))
	for i, it := range v.items {
		s := v.shapeOf(it)
		h, known := heights[s]
		if !known {
			h = v.row(i, false).MinSize().Height
			heights[s] = h
		}
		out[i] = kit.Block{Height: h, Plain: it.Kind == Section || it.Kind == AllDone, Head: it.Kind == Titles, First: it.First, Last: it.Last}
	}
	return out
}

// waiting is an entry that wants a decision: what the bank says, and what is proposed.
func (v *view) waiting(r *Row, current bool) fyne.CanvasObject {
	arrow := container.NewVBox(kit.NewIcon(look.IconNext, look.Ink2, 20))
	return kit.Inset(look.Gap3, look.Gap4, look.Gap3, look.Gap4, container.New(halves{}, v.said(r, current), arrow, v.proposed(r, current)))
}

// said is what the bank says; where the cursor is, all of it.
func (v *view) said(r *Row, current bool) fyne.CanvasObject {
	out := kit.Stack(0, container.NewBorder(nil, nil, nil, kit.NewSection(r.Amount), kit.NewLabel(r.Day).Ink(look.Ink2)))
	if !current {
		out.Add(kit.NewLabel(r.Lines[0]))
		if len(r.Lines) > 1 {
			out.Add(kit.NewNote(strings.Join(r.Lines[1:], " ")))
		}
		return out
	}
	out.Add(kit.NewLabel(r.Lines[0]).Wrapped())
	for _, l := range r.Lines[1:] {
		out.Add(kit.NewNote(l).Wrapped())
	}
	return out
}

// proposed is what Quitus makes of an entry, and why; where the cursor is, with all that can be done.
func (v *view) proposed(r *Row, current bool) fyne.CanvasObject {
	out := kit.Stack(look.Gap1, v.verdict(r, current))
	reason := r.Why
	if r.State == Ambiguous {
		for n := range r.Answers {
			out.Add(kit.Inset(2, 0, 0, 0, v.choice(r, n, current)))
		}
		reason = v.c.T("bank.keys")
	}
	switch {
	case current:
		aside := kit.NewLink(look.NoIcon, v.c.T("bank.leave_aside"), func() { v.aside(r, true) })
		out.Add(container.NewBorder(nil, nil, nil, container.NewVBox(aside), kit.Inset(2, look.Gap3, 0, 0, note(reason, true))))
	case r.State != Ambiguous:
		out.Add(note(reason, false))
	}
	if !current {
		return out
	}
	if r.State <= Sure && r.Answers[0].Left != "" {
		out.Add(note(r.Answers[0].Left, true))
	}
	out.Add(kit.Inset(look.Gap1, 0, 0, 0, kit.NewWrapRow(v.acts(r)...)))
	return out
}

// verdict is the chip with what is proposed, and the amount of it.
func (v *view) verdict(r *Row, current bool) fyne.CanvasObject {
	chip := kit.NewChip(statusOf(r), r.Word)
	if r.State != Sure && !r.Returned {
		chip.SetIcon(look.IconHelp)
	}
	words := kit.NewLabel(r.Headline)
	if r.State == Ambiguous {
		words.Ink(look.Ink2)
	} else {
		words.Bold()
	}
	var right fyne.CanvasObject
	switch {
	case r.State <= Sure:
		right = container.NewVBox(kit.Inset(2, 0, 0, look.Gap2, kit.NewTitle(r.Amount)))
	case r.State == Unknown && !current:
		right = kit.NewLink(look.NoIcon, v.c.T("bank.split_short"), func() { v.split(r, "") })
	}
	middle := fyne.CanvasObject(words)
	if current {
		middle = kit.Inset(2, 0, 0, 0, words.Wrapped())
	}
	return container.NewBorder(nil, nil, container.NewVBox(kit.Inset(0, look.Gap1, 0, 0, chip)), right, middle)
}

// choice is one of several answers, with its reason and its button.
func (v *view) choice(r *Row, n int, current bool) fyne.CanvasObject {
	a := &r.Answers[n]
	words := kit.Stack(0, title(a.Headline, current), note(a.Why, current))
	if current && a.Left != "" {
		words.Add(note(a.Left, true))
	}
	if current && a.GiveUp != "" {
		words.Add(kit.Row(0, kit.NewLink(look.NoIcon, a.GiveUp, func() { v.settle(r, a, a.Reason) })))
	}
	choose := kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("bank.choose"), func() { v.settle(r, a, "") }).Low()
	card := kit.NewBareCard(kit.Inset(look.Gap2, look.Gap2, look.Gap2, look.Gap3, container.NewBorder(nil, nil, nil, container.NewVBox(choose), words)))
	if current && v.answer == n {
		card.Framed(look.Accent)
	}
	return card
}

// acts are what can be done with the entry on which the cursor is; the first one is what Enter does.
func (v *view) acts(r *Row) []fyne.CanvasObject {
	t := v.c.T
	var out []fyne.CanvasObject
	split := kit.NewButton(kit.Secondary, look.NoIcon, t("bank.split"), func() { v.split(r, "") })
	if r.State == Unknown {
		split.WithHint(t("bank.enter")).SetKind(kit.Primary)
	}
	if r.State <= Sure {
		a := &r.Answers[0]
		out = append(out, kit.NewButton(kit.Primary, look.IconTick, t("bank.confirm"), func() { v.settle(r, a, "") }).WithHint(t("bank.enter")))
		if a.GiveUp != "" {
			out = append(out, kit.NewButton(kit.Secondary, look.NoIcon, a.GiveUp, func() { v.settle(r, a, a.Reason) }))
		}
	}
	return append(out, split, kit.NewButton(kit.Quiet, look.IconSearch, t("bank.search"), func() { v.search(r, "") }))
}

// compact is an entry that is settled or no customer's, in one line; where the cursor is, with all its words and the way back.
func (v *view) compact(r *Row, current bool) fyne.CanvasObject {
	words, remark := kit.NewLabel(r.Headline), r.Why
	if r.Headline == "" {
		words, remark = kit.NewLabel(r.Why).Ink(look.Ink2), ""
	}
	line := container.New(oneLine{},
		kit.NewLabel(r.Day).Ink(look.Ink2), kit.NewLabel(r.Label), kit.NewIcon(look.IconNext, look.Ink2, 16), words, kit.NewNote(remark),
		kit.NewLabel(r.Amount).Aligned(kit.Right), kit.NewChip(statusOf(r), r.Word))
	if !current {
		return line
	}
	out, lines := kit.Stack(look.Gap1), r.Lines
	if len(lines[0]) <= fitsLabel {
		lines = lines[1:]
	}
	for _, l := range lines {
		out.Add(note(l, true))
	}
	if len(r.Headline) > fitsWords {
		out.Add(title(r.Headline, true))
	}
	if r.Why != "" {
		out.Add(note(r.Why, true))
	}
	out.Add(kit.Inset(look.Gap1, 0, 0, 0, kit.NewWrapRow(v.back(r)...)))
	return kit.Stack(0, line, kit.Inset(0, look.Gap4, look.Gap3, look.Gap3, out))
}

// What is sure to fit into the line of a settled entry, in bytes; longer texts are written again below.
const (
	fitsLabel = 16
	fitsWords = 34
)

// back are the ways back from what was decided about an entry.
func (v *view) back(r *Row) []fyne.CanvasObject {
	t := v.c.T
	switch r.State {
	case Settled:
		return []fyne.CanvasObject{kit.NewButton(kit.Secondary, look.IconUndo, t("bank.take_back"), func() { v.takeBack(r) })}
	case LeftAside:
		return []fyne.CanvasObject{kit.NewButton(kit.Secondary, look.IconUndo, t("bank.look_again"), func() { v.aside(r, false) })}
	}
	return []fyne.CanvasObject{kit.NewButton(kit.Secondary, look.NoIcon, t("bank.split"), func() { v.split(r, "") })}
}

func note(text string, whole bool) *kit.Label { return wrapped(kit.NewNote(text), whole) }

func title(text string, whole bool) *kit.Label { return wrapped(kit.NewTitle(text), whole) }

func wrapped(l *kit.Label, whole bool) *kit.Label {
	if whole {
		return l.Wrapped()
	}
	return l
}

func statusOf(r *Row) look.Status {
	switch {
	case r.Returned && r.State != Ambiguous:
		return look.VeryLate
	case r.State == Proposed:
		return look.Soon
	case r.State == Sure, r.State == Settled:
		return look.Paid
	case r.State == Ambiguous:
		return look.Late
	}
	return look.None
}

// halves lays out what the bank says, an arrow, and what is proposed.
type halves struct{}

// Measures of a row, in units.
const (
	leftWidth  = 352
	leftShare  = 0.38 // at most, where the window is narrow
	arrowSpace = 44
	arrowInset = 14
)

func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(look.Px(leftWidth), h)
}

func (halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left := min(look.Px(leftWidth), float32(int(s.Width*leftShare)))
	put(o[0], 0, 0, left, s.Height)
	put(o[1], left+look.Px(arrowInset), 0, look.Px(20), o[1].MinSize().Height)
	right := left + look.Px(arrowSpace)
	put(o[2], right, 0, s.Width-right, s.Height)
}

// oneLine lays out a settled entry: day, label, arrow, what it settled, a remark, amount and chip.
type oneLine struct{}

func (oneLine) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(leftWidth), look.Px(look.RowHeight))
}

func (oneLine) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap, h := look.Px(look.Gap3), s.Height
	mid := func(x fyne.CanvasObject, at, width float32) {
		m := x.MinSize().Height
		put(x, at, float32(int((h-m)/2)), width, m)
	}
	chip := o[6].MinSize().Width
	right := s.Width - look.Px(look.Gap4) - chip
	mid(o[6], right, chip)
	amount := look.Px(96)
	right -= gap + amount
	mid(o[5], right, amount)
	x, day := gap, look.Px(82)
	mid(o[0], x, day)
	x += day + gap
	free := right - gap - x - look.Px(16) - 3*gap
	label, words := float32(int(free*0.31)), float32(int(free*0.41))
	mid(o[1], x, label)
	x += label + gap
	mid(o[2], x, look.Px(16))
	x += look.Px(16) + gap
	if o[4].(*kit.Label).Text() == "" {
		words = free - label + gap
	}
	mid(o[3], x, words)
	x += words + gap
	mid(o[4], x, max(0, right-gap-x))
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
