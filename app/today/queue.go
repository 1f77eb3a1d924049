package today

import (
	"context"

	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// invoicesOpen are the open invoices.
var invoicesOpen = screen.Place{Screen: screen.Invoices, Filter: "open"}

// item is a line of the list: a row, the head of a section, or a reason why nothing is done.
type item struct {
	line kit.Line
	row  *Row
	open func()
}

// fill puts into the list what is to be done after the task in hand, then what is not for today, in sections that unfold.
func (v *view) fill(m *Model, hand *Row) {
	v.items = nil
	add := func(rows []Row) {
		for i := range rows {
			if r := &rows[i]; hand == nil || r.Tasks[0].Name != hand.Tasks[0].Name {
				v.items = append(v.items, item{v.line(r), r, func() { v.take(r) }})
			}
		}
	}
	add(m.Rows)
	movable := len(v.items)
	if v.section("today.later", "today.later.note", look.IconCalendar, len(m.Later)) {
		add(m.Later)
	}
	if v.section("today.postponed", "today.postponed.note", look.IconClock, len(m.Put)) {
		add(m.Put)
	}
	n := 0
	for _, w := range m.Waits {
		n += len(w.Lines)
	}
	if v.section("today.waiting", "today.waiting.note", look.IconWait, n) {
		for i := range m.Waits {
			w := &m.Waits[i]
			line := kit.Line{Title: w.Title, Second: w.Second, Right: w.Amount, Plain: true, Arrow: true}
			v.items = append(v.items, item{line, nil, func() { v.showWait(w) }})
		}
	}
	lines := make([]kit.Line, len(v.items))
	for i := range v.items {
		lines[i] = v.items[i].line
	}
	v.list.Movable(movable).Set(lines)
}

// section adds the head of a section that holds something, and says whether it is unfolded.
func (v *view) section(key, note string, icon look.Icon, n int) bool {
	if n == 0 {
		return false
	}
	end := look.IconDown
	if v.unfolded[key] {
		end = look.IconUp
	}
	line := kit.Line{Icon: icon, Title: v.c.Words.N(key, n), Second: v.c.T(note), Plain: true, End: end}
	v.items = append(v.items, item{line, nil, func() {
		v.unfolded[key] = !v.unfolded[key]
		v.show(v.model)
	}})
	return v.unfolded[key]
}

func (v *view) line(r *Row) kit.Line {
	l := kit.Line{
		Icon: iconOf(&r.Tasks[0]), Title: r.Title, Second: r.Second, Status: look.StatusOf(r.Chip.Situation), ChipWord: r.Chip.Word,
		Right: r.Amount, Arrow: true,
	}
	if r.Warn {
		l.Warn = look.Soon
	}
	return l
}

// take makes a row the task in hand, with the keyboard on its verb.
func (v *view) take(r *Row) {
	v.hand = r.Tasks[0].Name
	v.show(v.model)
	v.list.Select(0)
	if len(v.verbs) > 0 {
		v.c.Canvas().Focus(v.verbs[0])
	}
}

// move gives a line the place of another.
func (v *view) move(from, to int) {
	place := v.model.Place(v.items[from].row, v.items[to].row, to > from)
	names := v.items[from].row.Names()
	v.c.Act("today.move", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.MoveTasks(ctx, names, place)
	}, v.told("today.moved", v.items[from].row))
}

// told gives the sentence that something was done with a row, after the screen shows it.
func (v *view) told(key string, r *Row) func() string {
	return func() string {
		v.Refresh()
		return title(v.c.Words, key, r)
	}
}

// showWait lists the invoices that wait for one reason; opening one leads to its customer.
func (v *view) showWait(w *Wait) {
	lines := make([]kit.Line, len(w.Lines))
	for i, l := range w.Lines {
		lines[i] = kit.Line{Title: l.Title, Second: l.Second, Right: l.Amount, Arrow: true}
	}
	list := kit.NewLines(lines)
	var d *kit.Dialog
	list.OnOpen = func(i int) {
		d.Hide()
		v.customer(w.Lines[i].Customer)
	}
	shown := min(float32(len(lines)), waitsShown)
	closing := kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("common.close"), func() { d.Hide() })
	body := kit.Stack(14, kit.NewSection(w.Title).Wrapped(),
		kit.Fixed(0, shown*look.TwoLineHeight+2, kit.NewBareCard(kit.Padded(1, list.Joined()))),
		container.NewBorder(nil, nil, nil, closing))
	d = kit.NewDialog(v.c.Canvas(), 640, body, nil)
	d.Open(list)
}

// waitsShown is how many invoices are in view before the list scrolls; half a line tells that there are more.
const waitsShown = 6.5
