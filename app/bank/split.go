package bank

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// Measures of the form, in units.
const (
	splitWidth  = 920
	splitHeight = 320
	splitLines  = 340 // width of what is ticked
	splitAmount = 132
)

// split lets the owner share an entry out by hand, beginning with what is proposed.
func (v *view) split(r *Row, typed string) {
	s := newSplit(v, r)
	if r.State <= Sure {
		s.m.propose(&r.Answers[0])
	}
	s.open(typed)
}

// search lets the owner look for the invoices of an entry, beginning with what was typed.
func (v *view) search(r *Row, typed string) { newSplit(v, r).open(typed) }

// splitForm is the form in which an entry is shared out.
type splitForm struct {
	v       *view
	r       *Row
	m       *splitModel
	table   *kit.Table[openItem]
	find    *kit.Field
	lines   *fyne.Container
	amounts []*kit.MoneyEntry
	left    *kit.Label
	form    *kit.Form
	last    *kit.MoneyEntry // in which was written last
}

func newSplit(v *view, r *Row) *splitForm {
	return &splitForm{v: v, r: r, m: newSplitModel(v.c.Words, v.c.Desk.State(), r.entry.Amount, r.Minor < 0 && r.Returned)}
}

func (s *splitForm) open(typed string) {
	c, end, amount := s.v.c, "", "dialogs.receive.open"
	if s.m.returned {
		end, amount = ".returned", "bank.split_paid"
	}
	s.table = kit.NewTable(c.Run, dialogs.ItemColumns(c, c.T(amount))...).Multi()
	s.table.SetRows(s.m.Items)
	s.table.SetEmpty(kit.NewEmpty(look.IconSearch, c.T("dialogs.receive.not_found"), "", nil))
	s.table.TickWhere(func(x *openItem) bool { return s.line(x.ID) >= 0 })
	s.table.OnTick = s.ticked
	s.table.OnOpen = func(x *openItem) { s.take(x) }
	s.find = kit.NewField("", "").Searching("").Low().Placeholder(c.T("bank.split_search"))
	s.find.OnChanged = func(text string) { s.table.SetFilter(dialogs.Matching(text)) }
	s.find.OnKey(s.key)
	s.lines, s.left = kit.Stack(look.Gap3), kit.NewLabel("").Bold().Wrapped()
	s.list()
	chosen := container.NewBorder(kit.NewTitle(c.T("bank.split_chosen"+end)), s.left, nil, nil,
		kit.Inset(look.Gap2, 0, look.Gap2, 0, kit.NewScroll(kit.Inset(0, look.Gap3, 0, 0, s.lines))))
	both := container.NewBorder(nil, nil, nil, kit.Inset(0, 0, 0, look.Gap4, kit.Fixed(splitLines, splitHeight, chosen)), kit.Fixed(0, splitHeight, s.table))
	bank := kit.NewLabel(s.r.Label).Wrapped().Ink(look.Ink2)
	s.form = kit.NewWideForm(c.Canvas(), c.Words, splitWidth, c.T("bank.split_title"+end), c.T("bank.split_act"), bank, s.find, both)
	s.form.OnAct = s.act
	s.form.Show()
	for _, char := range typed {
		s.find.Entry().TypedRune(char)
	}
}

// key takes the keyboard from the search to the list; Enter takes the only invoice found.
func (s *splitForm) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		if s.find.Text() == "" {
			return false
		}
		s.find.SetText("")
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.table.Count() == 1 {
			x := *s.table.Selected()
			s.find.SetText("") // the next one is searched among all
			s.take(&x)
			return true
		}
		s.v.c.Canvas().Focus(s.table)
	case fyne.KeyDown:
		s.v.c.Canvas().Focus(s.table)
	default:
		return false
	}
	return true
}

// take ticks an invoice and goes to its amount.
func (s *splitForm) take(x *openItem) {
	id := x.ID
	if s.line(id) < 0 {
		s.table.TickWhere(func(o *openItem) bool { return o.ID == id || s.line(o.ID) >= 0 })
	}
	if k := s.line(id); k >= 0 {
		first := s.amounts[k].Entry()
		s.v.c.Canvas().Focus(first)
		if e, ok := first.(fyne.Shortcutable); ok {
			e.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed replaces what is proposed
		}
	}
}

// line gives the place of an item among what is ticked, -1 where it is not.
func (s *splitForm) line(id ledger.InvoiceID) int {
	for k, l := range s.m.Lines {
		if l.ID == id {
			return k
		}
	}
	return -1
}

func (s *splitForm) ticked() {
	var chosen []openItem
	for _, x := range s.table.Ticked() {
		chosen = append(chosen, *x)
	}
	s.m.tick(chosen)
	s.list()
	s.form.Refresh()
}

// list shows what is ticked with its amounts.
func (s *splitForm) list() {
	s.amounts, s.last = nil, nil
	s.lines.Objects = nil
	if len(s.m.Lines) == 0 {
		s.lines.Add(kit.NewNote(s.v.c.T("bank.split_none")).Wrapped())
	}
	for k := range s.m.Lines {
		s.lines.Add(s.entry(k))
	}
	s.lines.Refresh()
	s.tell()
}

// entry is the field of a ticked invoice.
func (s *splitForm) entry(k int) fyne.CanvasObject {
	l, currency := s.m.Lines[k], s.m.amount.Currency
	e := kit.NewMoneyEntry(s.v.c.Words, "", currency)
	e.Limit = func(v ledger.Money) string { return s.m.check(k, v) }
	e.Needed = s.m.check(k, ledger.Money{Currency: currency})
	if l.Amount != 0 {
		e.SetMoney(ledger.Money{Minor: l.Amount, Currency: currency})
	}
	e.OnChanged = func(string) {
		v, _ := e.Money()
		s.m.write(k, v.Minor)
		s.last = e
		s.tell()
	}
	s.amounts = append(s.amounts, e)
	words := kit.Stack(0, kit.NewLabel(l.Number).Bold(), kit.NewNote(l.Customer))
	return container.NewBorder(nil, nil, nil, kit.Fixed(splitAmount, 0, e), words)
}

// tell says what is left to share out.
func (s *splitForm) tell() {
	text, well := s.m.remainder()
	ink := look.Ink
	if !well {
		ink = look.Danger
	}
	s.left.SetText(text)
	s.left.SetInk(ink)
}

// act records the shares when all of them are right; what is wrong is said at its field.
func (s *splitForm) act() {
	fields := make([]kit.Checked, len(s.amounts))
	for k, e := range s.amounts {
		fields[k] = e
	}
	switch {
	case kit.Wrong(fields...) > 0:
		s.form.Refresh()
		return
	case len(s.amounts) == 0:
		s.left.SetText(s.v.c.T("bank.split_none"))
		s.left.SetInk(look.Danger)
		s.form.Refresh()
		return
	case s.m.over():
		at := s.last
		if at == nil {
			at = s.amounts[len(s.amounts)-1]
		}
		text, _ := s.m.remainder()
		at.SetMessage(text)
		at.Focus()
		s.form.Refresh()
		return
	}
	s.form.Close()
	s.v.settleByHand(s.r, s.m.allocations())
}
