package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// mailState is what is known of the mailbox that is set up, how its test ended, and what stands beside.
type mailState struct {
	s *mailSection

	title, intro         *kit.Label
	facts                *fyne.Container
	change, edit, forget *kit.Button
	state                *fyne.Container

	button  *kit.Button
	testing *fyne.Container
	ended   *fyne.Container
	test    *fyne.Container

	beside string // what side shows
	side   *fyne.Container
}

func newMailState(s *mailSection) *mailState {
	c := s.c
	st := &mailState{s: s, facts: kit.Stack(look.Gap2), ended: kit.Stack(look.Gap2), side: kit.Stack(look.Gap4)}
	st.change = kit.NewButton(kit.Secondary, look.NoIcon, "", func() {
		s.m.Changing = true
		s.show()
		s.form.secret.Focus()
	})
	st.edit = kit.NewButton(kit.Secondary, look.IconEdit, c.T("mailaccount.edit"), func() {
		s.m.Editing = true
		s.show()
		s.form.fields["address"].Focus()
	})
	st.forget = kit.NewButton(kit.Quiet, look.IconDelete, c.T("mailaccount.forget"), s.forget)
	st.title, st.intro = kit.NewSection(c.T("mailaccount.title")), kit.NewLabel(c.T("mailaccount.intro")).Wrapped()
	st.state = kit.Stack(look.Gap3, st.facts, kit.NewWrapRow(st.change, st.edit, st.forget))
	st.button = kit.NewButton(kit.Secondary, look.NoIcon, "", s.tryOut)
	st.testing = s.running("test", kit.NewLabel(c.T("mailaccount.testing")))
	st.test = kit.Stack(look.Gap3, kit.Row(0, st.button, layout.NewSpacer()), st.testing, st.ended)
	return st
}

func (st *mailState) show() {
	s, m := st.s, st.s.m
	r := m.Recorded()
	st.title.Hidden, st.intro.Hidden = r != nil && !m.Editing, m.Ready()
	st.state.Hidden = r == nil || m.Editing
	if !st.state.Hidden {
		lines := []fyne.CanvasObject{kit.Row(look.Gap3, kit.NewSection(r.Address), st.chip(), layout.NewSpacer())}
		for _, text := range append(m.Servers(), m.Facts()...) {
			lines = append(lines, kit.NewLabel(text).Wrapped())
		}
		set(st.facts, lines...)
	}
	switch {
	case m.Auth() != ledger.AuthPassword:
		st.change.SetText(s.c.T("mailaccount.login_anew"))
	case m.Lacks():
		st.change.SetText(s.c.T("mailaccount.give"))
	default:
		st.change.SetText(s.c.T("mailaccount.change"))
	}
	st.change.Hidden = m.Changing
	for _, b := range []*kit.Button{st.change, st.edit, st.forget, st.button} {
		b.Off(s.doing != "")
	}
	st.showTest()
	st.showSide()
	st.state.Refresh()
}

// chip says whether the mailbox can be used as it is.
func (st *mailState) chip() fyne.CanvasObject {
	switch {
	case st.s.m.Lacks() && st.s.m.Auth() != ledger.AuthPassword:
		return kit.NewChip(look.Late, st.s.c.T("mailaccount.lacks_login"))
	case st.s.m.Lacks():
		return kit.NewChip(look.Late, st.s.c.T("mailaccount.lacks"))
	}
	return kit.NewChip(look.Paid, st.s.c.T("mailaccount.set"))
}

// showTest shows how the test of what is typed now ended, and what to do.
func (st *mailState) showTest() {
	s, m := st.s, st.s.m
	st.test.Hidden = !m.Ready()
	st.testing.Hidden = s.doing != "test"
	_, done := m.Test()
	st.button.SetText(s.c.T("mailaccount.test"))
	if done {
		st.button.SetText(s.c.T("mailaccount.test_again"))
	}
	var lines []fyne.CanvasObject
	sides, todo := m.Sides()
	for _, x := range sides {
		if x.OK {
			lines = append(lines, told(look.IconTick, look.Paid.Text(), x.Text))
		} else {
			lines = append(lines, told(look.IconVery, look.VeryLate.Text(), x.Text))
		}
	}
	if len(sides) > 0 && len(todo) > 0 {
		lines = append(lines, kit.NewTitle(s.c.T("mailaccount.todo")))
	}
	for _, text := range todo {
		lines = append(lines, told(look.IconNext, look.Ink2, text))
	}
	if note := m.Untested(); note != "" && s.doing != "test" {
		lines = append(lines, kit.NewNote(note).Wrapped())
	}
	if s.doing == "test" {
		lines = nil
	}
	set(st.ended, lines...)
	st.test.Refresh()
}

// showSide shows the provider's help while something is to be typed, and what leaves this computer.
func (st *mailState) showSide() {
	s, m, c := st.s, st.s.m, st.s.c
	help := m.Help()
	helps := m.Ready() && (m.Recorded() == nil || m.Editing || m.Changing)
	beside := ""
	if helps {
		beside = help.Name + "/"
	}
	if beside == st.beside && len(st.side.Objects) > 0 {
		return
	}
	st.beside = beside
	var cards []fyne.CanvasObject
	if helps {
		title := c.T("mailaccount.help_any")
		if help.Name != "" {
			title = c.T("mailaccount.help", "name", help.Name)
		}
		var steps []fyne.CanvasObject
		for i, text := range help.Steps {
			steps = append(steps, step(i+1, text))
		}
		if help.Page != "" {
			open := kit.NewButton(kit.Secondary, look.NoIcon, c.T("mailaccount.open_page"), func() { s.browse(help.Page) })
			steps = append(steps, kit.Row(0, open, layout.NewSpacer()))
		}
		cards = append(cards, kit.NewTitledCard(title, nil, kit.Stack(look.Gap3, steps...)))
	}
	var leaves []fyne.CanvasObject
	for _, key := range []string{"mail", "login", "reads", "not"} {
		leaves = append(leaves, kit.NewLabel(c.T("mailaccount.leaves."+key)).Wrapped())
	}
	cards = append(cards, kit.NewTitledCard(c.T("mailaccount.leaves"), nil, kit.Stack(look.Gap3, leaves...)))
	set(st.side, cards...)
}
