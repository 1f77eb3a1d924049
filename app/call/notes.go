package call

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
)

// notesColumn is the right of a call: what was noted, quick phrases, who speaks, and the field that has the keyboard.
type notesColumn struct {
	v      *view
	object *fyne.Container

	saved   *fyne.Container
	lines   *fyne.Container
	scroll  fyne.CanvasObject
	phrases *fyne.Container
	who     *kit.FilterRow
	entry   *kit.Field
	rest    []string // lines of a template still to be written
}

func newNotesColumn(v *view) *notesColumn {
	n := &notesColumn{v: v, saved: kit.Row(look.Gap1), lines: kit.Stack(look.Gap2), phrases: kit.Stack(0)}
	w := v.c.Words
	n.entry = kit.NewArea("", v.m.Draft, 3).Placeholder(w.T("call.notes.placeholder")).OnKey(n.key).Expands(v.m.phrase)
	n.entry.OnChanged = n.typed
	n.who = kit.NewFilterRow("", func(id string) { v.m.Own = id == "own"; n.focus() })
	n.scroll = kit.NewScroll(kit.Inset(4, 0, 4, 0, n.lines))
	head := kit.Stack(look.Gap2, kit.Row(look.Gap2, kit.NewLabel(w.T("call.notes")).Bold(), layout.NewSpacer(), n.saved), kit.Separator())
	speaks := kit.Row(look.Gap2, kit.NewNote(w.T("call.notes.who")), layout.NewSpacer(), kit.NewNote("Ctrl+M"))
	foot := kit.Stack(look.Gap2, kit.Row(look.Gap2, kit.NewNote(w.T("call.notes.phrases")).Bold(), layout.NewSpacer(), kit.NewNote(w.T("call.notes.tab"))),
		n.phrases, speaks, n.who, kit.Fixed(0, 88, n.entry))
	n.object = container.NewStack(kit.Ground(look.Surface), kit.Inset(16, 16, 14, 16, container.NewBorder(head, foot, nil, nil, n.scroll)))
	return n
}

// show brings the column up to date.
func (n *notesColumn) show() {
	m := n.v.m
	n.lines.Objects = nil
	for i, l := range m.Lines {
		if i > 0 {
			n.lines.Add(kit.Separator())
		}
		text := l.Text
		if l.Who != "" {
			text = "**" + l.Who + "** " + strings.ReplaceAll(text, "**", "")
		}
		n.lines.Add(container.New(noteLayout{}, kit.NewNote(l.At), kit.NewLabel(text).Wrapped()))
	}
	var list []fyne.CanvasObject
	for _, p := range m.phrases() {
		list = append(list, kit.NewKeyButton(p.Code, p.Label, func() { n.entry.Insert(p.Text); n.focus() }).Small())
	}
	n.phrases.Objects = []fyne.CanvasObject{kit.NewTiles(2, 110, list...)}
	n.showWho()
	n.showSaved()
	n.object.Refresh()
	kit.ScrollToBottom(n.scroll)
}

func (n *notesColumn) showWho() {
	m := n.v.m
	n.who.SetOptions(kit.FilterOption{ID: "customer", Word: m.customerName(), Count: -1}, kit.FilterOption{ID: "own", Word: m.w.T("call.notes.me"), Count: -1})
	chosen := "customer"
	if m.Own {
		chosen = "own"
	}
	n.who.Choose(chosen)
}

// showSaved says until when the notes are kept.
func (n *notesColumn) showSaved() {
	m := n.v.m
	n.saved.Objects = nil
	switch {
	case m.SavedAt != "":
		n.saved.Objects = []fyne.CanvasObject{kit.NewIcon(look.IconTick, look.Ink2, 14), kit.NewNote(m.w.T("call.notes.saved", "time", m.SavedAt))}
	case m.Resumed:
		n.saved.Objects = []fyne.CanvasObject{kit.NewIcon(look.IconTick, look.Ink2, 14), kit.NewNote(m.w.T("call.notes.resumed", "time", m.Call.At))}
	}
	n.saved.Refresh()
	n.object.Refresh()
}

// focus puts the keyboard into the notes.
func (n *notesColumn) focus() {
	if c := n.v.c.Canvas(); c != nil && n.v.ending == nil {
		c.Focus(n.entry.Entry())
	}
}

func (n *notesColumn) focused() bool {
	c := n.v.c.Canvas()
	return c != nil && c.Focused() == n.entry.Entry()
}

// typed takes what is written; writing begins the call.
func (n *notesColumn) typed(text string) {
	v := n.v
	if text == v.m.Draft {
		return
	}
	v.m.write(text)
	if strings.TrimSpace(text) != "" && !v.m.running() && !v.m.needsWhy() {
		v.start(nil)
		return
	}
	v.save(false)
}

// key ends a line with Enter, and takes the last one back with the arrow up.
func (n *notesColumn) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		n.enter()
	case fyne.KeyUp:
		if n.entry.Text() != "" || !n.v.m.unwrite() {
			return false
		}
		n.entry.SetText("")
		n.entry.Insert(n.v.m.Draft)
		n.show()
	default:
		return false
	}
	return true
}

func (n *notesColumn) enter() {
	v := n.v
	if !v.m.commit() {
		return
	}
	n.clear()
	n.show()
	v.start(func() { v.save(true) })
	if len(n.rest) > 0 {
		next := n.rest[0]
		n.rest = n.rest[1:]
		n.entry.Insert(next)
	}
}

// clear empties the field.
func (n *notesColumn) clear() { n.entry.SetText("") }

// template writes the lines of a form for notes one after the other: Enter goes to the next.
func (n *notesColumn) template(text string) {
	n.v.m.Open = openNothing
	n.v.guide.show()
	n.rest = strings.Split(strings.TrimSpace(text), "\n")
	first := n.rest[0]
	n.rest = n.rest[1:]
	n.clear()
	n.entry.Insert(first)
	n.focus()
}

// turn says that the other one speaks.
func (n *notesColumn) turn() {
	n.v.m.Own = !n.v.m.Own
	n.showWho()
	n.v.save(false)
}

// noteLayout has a time, and at its right what was noted.
type noteLayout struct{}

func (noteLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(160), max(look.Px(20), o[1].MinSize().Height))
}

func (noteLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := look.Px(48)
	put(o[0], 0, look.Px(2), x, o[0].MinSize().Height)
	put(o[1], x, 0, s.Width-x, s.Height)
}
