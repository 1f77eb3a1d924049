package imports

import (
	"context"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	registers "quitus/ledger/imports"
)

// pointing is the beginning of a file's sheets, in which the owner shows the line of the titles.
type pointing struct {
	sheets []registers.Glimpse
	sheet  int
	line   int // 0 until one is chosen
	tabs   *kit.FilterRow
	table  *kit.Table[registers.GlimpsedLine]
}

// point shows the lines of the file for the owner to choose that of the titles.
func (v *view) point() {
	var found []registers.Glimpse
	path := v.path
	v.c.Run.Go(looking, func(ctx context.Context, _ *run.Progress) (err error) {
		found, err = v.c.Desk.Peek(ctx, path)
		return err
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.pointing = &pointing{sheets: found}
		if v.session != nil {
			for i, g := range found {
				if g.Sheet == v.session.Shown().Name {
					v.pointing.sheet = i
				}
			}
		}
		v.showPointing()
	})
}

// showPointing lists the lines of one sheet.
func (v *view) showPointing() {
	c, p := v.c, v.pointing
	p.line = 0
	v.heading.Set(c.T("preview.point_title", "file", filepath.Base(v.path)), c.T("preview.point_facts"))
	v.setAct(c.T("preview.point_none"), false)
	g := p.sheets[p.sheet]
	p.table = kit.NewTable(c.Run, glimpsedColumns(c.T("preview.line_column"), g)...)
	p.table.OnSelect = func(l *registers.GlimpsedLine) {
		if l != nil {
			p.line = l.Line
			v.setAct(c.T("preview.point_act", "line", l.Line), true)
		}
	}
	p.table.OnOpen = func(l *registers.GlimpsedLine) {
		p.line = l.Line
		v.pointed()
	}
	p.table.SetRows(g.Lines)
	none := kit.NewLink(look.NoIcon, c.T("preview.no_titles"), func() {
		p.line = registers.NoTitles
		v.pointed()
	})
	top := kit.Row(look.Gap3, none)
	if len(p.sheets) > 1 {
		top = container.NewBorder(nil, nil, nil, none, v.pointingTabs())
	}
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, top), nil, nil, nil, p.table))}
	v.body.Refresh()
	c.Canvas().Focus(p.table)
}

func (v *view) pointingTabs() fyne.CanvasObject {
	p := v.pointing
	var options []kit.FilterOption
	for i, g := range p.sheets {
		options = append(options, kit.FilterOption{ID: strconv.Itoa(i), Word: g.Sheet, Count: -1})
	}
	return kit.NewFilterRow(strconv.Itoa(p.sheet), func(id string) {
		p.sheet, _ = strconv.Atoi(id)
		v.showPointing()
	}, options...)
}

// glimpsedColumns are as many as the lines fill, those at the right going first where there is too little room.
func glimpsedColumns(line string, g registers.Glimpse) []kit.Column[registers.GlimpsedLine] {
	out := []kit.Column[registers.GlimpsedLine]{{ID: "line", Title: line, Width: 64, Text: func(l *registers.GlimpsedLine) string { return strconv.Itoa(l.Line) },
		Ink: func(*registers.GlimpsedLine) fyne.ThemeColorName { return look.Ink3 }}}
	width := 0
	for _, l := range g.Lines {
		width = max(width, len(l.Cells))
	}
	for i := range width {
		out = append(out, kit.Column[registers.GlimpsedLine]{
			ID: strconv.Itoa(i), Title: registers.Letters(i), Width: 132, Optional: i > 2,
			Text: func(l *registers.GlimpsedLine) string {
				if i < len(l.Cells) {
					return l.Cells[i]
				}
				return ""
			},
		})
	}
	return out
}

// pointed reads the file anew with the titles where the owner showed them.
func (v *view) pointed() {
	p := v.pointing
	if p.line == 0 {
		return
	}
	v.read(v.path, desk.Hints{Kind: desk.Register, Sheet: p.sheets[p.sheet].Sheet, Header: p.line})
}

// unpoint goes back to what was shown before.
func (v *view) unpoint() {
	v.pointing = nil
	if v.session != nil {
		v.show()
		return
	}
	v.read(v.path, desk.Hints{})
}
