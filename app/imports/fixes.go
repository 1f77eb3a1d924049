package imports

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/assets/words"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// fixRow is a line to be put right, with the field to do it in.
type fixRow struct {
	object   fyne.CanvasObject
	line     *kit.Label
	sentence *kit.Label
	second   *kit.Label
	field    *kit.Field
	given    string // what the field began with
}

// fixes keeps the rows of lines still refused, so that what is being typed stays.
type fixes struct {
	word  string // on the buttons
	rows  map[fixKey]*fixRow
	onFix func(registers.Cell, string)
}

type fixKey struct {
	sheet int
	cell  registers.Cell
}

func newFixes(word string, onFix func(registers.Cell, string)) *fixes {
	return &fixes{word: word, rows: map[fixKey]*fixRow{}, onFix: onFix}
}

// row gives the row of a line, made or brought up to date.
func (x *fixes) row(sheet int, f Fix) fyne.CanvasObject {
	key := fixKey{sheet, f.Cell}
	r := x.rows[key]
	if r == nil {
		r = x.build(f)
		x.rows[key] = r
	}
	r.line.SetText(f.Where)
	r.sentence.SetText(f.Sentence)
	r.second.SetText(f.Second)
	if r.field.Text() == r.given && f.Text != r.given {
		r.given = f.Text
		r.field.SetText(f.Text)
	}
	return r.object
}

func (x *fixes) build(f Fix) *fixRow {
	r := &fixRow{line: kit.NewTitle(f.Where), sentence: kit.NewLabel(f.Sentence), second: kit.NewNote(f.Second), given: f.Text}
	fix := func() {
		if strings.TrimSpace(r.field.Text()) != "" { // nothing is no correction
			x.onFix(f.Cell, r.field.Text())
		}
	}
	r.field = kit.NewField("", f.Text).Placeholder(f.Placeholder).Low().OnSubmitted(func(string) { fix() })
	left := kit.Row(look.Gap3, kit.NewIcon(look.IconVery, look.VeryLate.Text(), 20), kit.Fixed(72, 0, r.line))
	right := kit.Row(look.Gap3, kit.Fixed(132, 32, r.field), kit.NewButton(kit.Secondary, look.NoIcon, x.word, fix).Low())
	if !f.CanType {
		right.Hide()
	}
	words := container.NewVBox()
	words.Layout = twoLines{}
	words.Objects = []fyne.CanvasObject{r.sentence, r.second}
	r.object = kit.Fixed(0, 52, kit.Inset(0, look.Gap4, 0, look.Gap4,
		container.NewBorder(nil, nil, kit.Inset(0, look.Gap2, 0, 0, left), kit.Inset(0, 0, 0, look.Gap4, right), words)))
	return r
}

// twoLines centres a sentence and the small line below it, each cut to the width there is.
type twoLines struct{}

func (twoLines) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(120), look.Px(36))
}

func (twoLines) Layout(o []fyne.CanvasObject, s fyne.Size) {
	a, b := o[0].MinSize().Height, o[1].MinSize().Height
	y := (s.Height - a - b) / 2
	o[0].Move(fyne.NewPos(0, y))
	o[0].Resize(fyne.NewSize(s.Width, a))
	o[1].Move(fyne.NewPos(0, y+a))
	o[1].Resize(fyne.NewSize(s.Width, b))
}

// fixCard lists the lines to be put right.
func (v *view) fixCard(m *Model) fyne.CanvasObject {
	save := kit.NewLink(look.IconSave, v.c.T("preview.save_refused"), v.saveRefused)
	list := kit.Stack(0, kit.Fixed(0, 44, kit.Inset(0, look.Gap4, 0, look.Gap4,
		kit.Row(look.Gap3, kit.NewTitle(m.FixTitle), layout.NewSpacer(), kit.NewNote(v.c.T("preview.fixes_note")), save))))
	for _, f := range m.Fixes {
		list.Add(kit.Separator())
		list.Add(v.fixes.row(v.session.Sheet, f))
	}
	if m.MoreFixes != "" {
		list.Add(kit.Separator())
		list.Add(kit.Padded(look.Gap4, kit.NewLabel(m.MoreFixes).Ink(look.Ink2).Wrapped()))
	}
	return kit.NewBareCard(list)
}

// correctedCard lists what the owner typed over, to take it back.
func (v *view) correctedCard(m *Model) fyne.CanvasObject {
	list := kit.Stack(look.Gap2)
	for _, c := range m.Corrected {
		back := kit.NewLink(look.IconUndo, v.c.T("preview.take_back"), func() { v.takeBack(c.Cell) })
		list.Add(container.NewBorder(nil, nil, kit.NewIcon(look.IconTick, look.Paid.Text(), 16), back, kit.Inset(0, 0, 0, look.Gap2, kit.NewLabel(c.Text))))
	}
	return kit.NewTitledCard(v.c.Words.N("preview.corrected_title", len(m.Corrected)), nil, list)
}

// noteCard lists doubts and lines left out; a group opens to show its lines, and a line shows in the
// table.
func (v *view) noteCard(m *Model) fyne.CanvasObject {
	list := kit.Stack(look.Gap2)
	for _, g := range m.Notes {
		icon, ink := look.IconInfo, look.Soon.Text()
		if g.Doubt {
			icon, ink = look.IconLate, look.Late.Text()
		}
		open := v.open[g.Code]
		word := "preview.show"
		if open {
			word = "preview.hide"
		}
		toggle := kit.NewLink(look.NoIcon, v.c.T(word), func() {
			v.open[g.Code] = !open
			v.show()
		})
		list.Add(container.NewBorder(nil, nil, kit.NewIcon(icon, ink, 16), toggle, kit.Inset(0, look.Gap3, 0, look.Gap2, kit.NewLabel(g.Title))))
		if open {
			for _, n := range g.Lines {
				see := kit.NewLink(look.NoIcon, n.Where, func() { v.around(n.Line) })
				list.Add(kit.Inset(0, 0, 0, 24, container.NewBorder(nil, nil, kit.Fixed(92, 0, see), nil, kit.Inset(0, 0, 0, look.Gap3, kit.NewLabel(n.Text).Ink(look.Ink2)))))
			}
			if g.More != "" {
				list.Add(kit.Inset(0, 0, 0, 24, kit.NewNote(g.More)))
			}
		}
	}
	for _, a := range m.Aside {
		list.Add(container.NewBorder(nil, nil, kit.NewIcon(look.IconInfo, look.Soon.Text(), 16), nil, kit.Inset(0, 0, 0, look.Gap2, kit.NewLabel(a))))
	}
	return kit.NewTitledCard(v.c.T("preview.notes"), nil, list)
}

// saveRefused writes the refused lines as a workbook, to put right and import apart.
func (v *view) saveRefused() {
	c, p := v.c, v.session.Preview
	name := c.T("exports.refused_name", "name", strings.TrimSuffix(p.Name, filepath.Ext(p.Name))) + ".xlsx"
	c.SaveFile(c.T("preview.save_refused"), name, func(path string) {
		c.Run.Go(writing, func(context.Context, *run.Progress) error {
			return c.Desk.SaveRefused(path, p, c.Words, func(s *desk.SheetPreview, x registers.Problem) string { return reason(c.Words, s, x) })
		}, func(err error) {
			if err != nil {
				c.Error(err)
				return
			}
			c.Done(c.Words.N("preview.refused_saved", p.Refused()), ledger.Entry{})
		})
	})
}

// reason is all that is wrong with a line.
func reason(w *words.Words, s *desk.SheetPreview, x registers.Problem) string {
	text := w.T("imports.problem."+x.Code, facts(x, s.Currency)...)
	for _, also := range x.Also {
		if more := reason(w, s, also); !strings.Contains(text, more) {
			text += " " + more
		}
	}
	return text
}
