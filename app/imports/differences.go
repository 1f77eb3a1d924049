package imports

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
)

// differences is the list of one part, with a box before each line that says whether it is taken.
type differences struct {
	part  Part
	table *kit.Table[Difference]
	about *kit.Label
	list  []Difference
	set   bool // while ticks are brought up to date, which is no decision
}

// partsRow lets one turn from the lines of the file to what it changes.
func (v *view) partsRow(m *Model) fyne.CanvasObject {
	options := make([]kit.FilterOption, len(m.Parts))
	for i, t := range m.Parts {
		options[i] = kit.FilterOption{ID: strconv.Itoa(int(t.Part)), Word: t.Name, Count: t.Count}
	}
	if v.parts == nil {
		v.parts = kit.NewFilterRow("0", func(id string) {
			i, _ := strconv.Atoi(id)
			v.turn(Part(i))
		})
		v.parts.Format = v.c.Words.Number
	}
	v.parts.SetOptions(options...)
	v.parts.Choose(strconv.Itoa(int(v.session.Part)))
	return v.parts
}

func (v *view) turn(p Part) {
	if v.session == nil || len(v.model.Parts) == 0 || v.session.Part == p {
		return
	}
	v.change(func(s *Session) *Session { return s.Turn(p) })
}

// showDifferences shows a part's list below what all parts share.
func (v *view) showDifferences(m *Model, top []fyne.CanvasObject) {
	if v.diff == nil || v.diff.part != v.session.Part {
		v.diff = v.newDifferences(v.session.Part)
	}
	d := v.diff
	d.list = m.Differences
	d.about.SetText(m.About)
	d.set = true
	d.table.SetRows(m.Differences)
	d.table.TickWhere(func(x *Difference) bool { return x.Taken })
	d.set = false
	taken := 0
	for i := range m.Differences {
		if m.Differences[i].Taken {
			taken++
		}
	}
	d.table.SetStatus(v.c.Words.N("preview.diff.taken", taken, "all", v.c.Words.Number(len(m.Differences))))
	head := kit.Stack(look.Gap4, append(top, d.about)...)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0,
		container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, head), nil, nil, nil, d.table))}
	v.body.Refresh()
}

func (v *view) newDifferences(p Part) *differences {
	c := v.c
	text := func(id, key string, width float32, of func(*Difference) string) kit.Column[Difference] {
		return kit.Column[Difference]{ID: id, Title: c.T(key), Width: width, Text: of}
	}
	money := func(id, key string, of func(*Difference) string) kit.Column[Difference] {
		col := text(id, key, 100, of)
		col.Align = kit.Right
		return col
	}
	columns := []kit.Column[Difference]{
		text("number", "common.invoice", 112, func(x *Difference) string { return x.Number }),
		text("customer", "common.customer", 152, func(x *Difference) string { return x.Customer }),
	}
	was := money("was", "preview.diff.was", func(x *Difference) string { return x.Was })
	is := money("is", "preview.diff.is", func(x *Difference) string { return x.Is })
	is.Bold = func(*Difference) bool { return true }
	if p == PartChanged {
		what := text("what", "preview.diff.what", 220, func(x *Difference) string { return x.What })
		what.Flex = true
		columns = append(columns, what, was, is)
	} else {
		columns[1].Flex = true
		open := was
		if p == PartNew {
			open = is
			open.Title = was.Title
		}
		columns = append(columns,
			text("issued", "common.date", 96, func(x *Difference) string { return x.Issued }),
			text("due", "common.due_date", 96, func(x *Difference) string { return x.Due }),
			money("total", "common.amount", func(x *Difference) string { return x.Total }), open)
	}
	columns = append(columns, kit.Column[Difference]{ID: "state", Width: 192, Chip: func(x *Difference) (look.Status, string) { return status(x.State), x.Word }})
	d := &differences{part: p, about: kit.NewLabel("").Wrapped()}
	d.table = kit.NewTable(c.Run, columns...).Multi().Plain().WithEmpty(kit.NewLabel(c.T("preview.diff.none")).Ink(look.Ink2))
	d.table.Key = func(x *Difference) string {
		return strconv.Itoa(x.Sheet) + "/" + strconv.Itoa(x.Line) + "/" + x.Number + "/" + x.Customer
	}
	d.table.OnTick = func() {
		if !d.set {
			v.tick(d)
		}
	}
	return d
}

// tick decides what the boxes say.
func (v *view) tick(d *differences) {
	taken := map[*Difference]bool{}
	for _, x := range d.table.Ticked() {
		taken[x] = true
	}
	said := make(map[string]bool, len(taken))
	for x := range taken {
		said[d.table.Key(x)] = true
	}
	list := d.list
	v.change(func(s *Session) *Session {
		return s.Tick(v.c.Desk, func(x *Difference) bool { return said[d.table.Key(x)] }, list)
	})
}
