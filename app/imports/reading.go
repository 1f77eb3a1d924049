package imports

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// read reads a file in the background, with what the owner said of it.
func (v *view) read(path string, hints desk.Hints) {
	v.session, v.listing, v.edits, v.pointing, v.reading = nil, nil, nil, nil, true
	v.path = path
	v.open = map[string]bool{}
	v.begin()
	if s := scrolling(v.scroll); s != nil {
		s.ScrollToTop()
	}
	name := filepath.Base(path)
	v.heading.Set(v.c.T("preview.title", "file", name), v.c.T("preview.reading"))
	v.setAct(v.c.T("preview.import"), false)
	v.body.Objects = nil
	v.body.Refresh()
	var s *Session
	var m *Model
	var list *desk.Preview
	v.c.Run.Go(looking, func(ctx context.Context, p *run.Progress) error {
		p.Start(v.c.T("preview.reading_file", "file", name), percent)
		preview, err := v.c.Desk.Look(ctx, path, hints, func(done, total int64) {
			if total > 0 {
				p.Set(done * percent / total)
			}
		})
		if err == nil && preview.Kind == desk.Register {
			s = NewSession(preview).Begin()
			m = NewModel(v.c.Words, v.c.Desk.State().Book, s)
		}
		list = preview
		return err
	}, func(err error) {
		v.reading = false
		switch {
		case errors.Is(err, context.Canceled):
			v.c.Back()
		case err != nil:
			v.refuse(name, err)
		case s == nil:
			v.list(list)
		default:
			v.session, v.model = s, m
			v.show()
			v.focus()
		}
	})
}

// focus lets Enter do what the primary button says, unless the owner is typing elsewhere.
func (v *view) focus() {
	c := v.c.Canvas()
	if _, typing := c.Focused().(interface{ SelectedText() string }); !typing && v.model.Verb != Off {
		c.Focus(v.act)
	}
}

// percent is how finely reading tells how far it is.
const percent = 100

// refuse says why a file cannot be taken in.
func (v *view) refuse(name string, err error) {
	v.heading.Set(v.c.T("preview.title", "file", name), v.c.T("preview.refused_facts"))
	v.act.Hide()
	other := kit.NewButton(kit.Primary, look.IconOpen, v.c.T("preview.other_file"), v.choose)
	empty := kit.NewEmpty(look.IconVery, v.c.T("preview.refused"), v.c.Words.Error(err), other)
	var card fyne.CanvasObject = empty
	switch ledger.CodeOf(err) {
	case "no_header", "no_invoice_lines", "not_a_register":
		point := kit.NewLink(look.IconEdit, v.c.T("preview.point"), v.point)
		card = container.NewCenter(kit.Stack(look.Gap3, empty, container.NewCenter(point)))
	}
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, kit.NewCard(card))}
	v.body.Refresh()
	v.heading.Refresh()
}

// ask is for coming here without a file.
func (v *view) ask() {
	v.heading.Set(v.c.T("preview.title_none"), "")
	v.act.Hide()
	open := kit.NewButton(kit.Primary, look.IconOpen, v.c.T("common.choose_file"), v.choose)
	empty := kit.NewEmpty(look.IconImport, v.c.T("preview.choose"), v.c.T("preview.choose_text"), open)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, kit.NewCard(empty))}
	v.body.Refresh()
	v.heading.Refresh()
}

func (v *view) choose() {
	v.c.OpenFile(v.c.T("preview.other_file"), screen.Registers, func(path string) {
		v.c.Go(screen.Place{Screen: screen.Import, File: path})
	})
}
