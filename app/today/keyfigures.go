package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// keyWidth is the dialog's width, in units before scaling: all that the smallest window has.
const keyWidth = 976

// showKeyFigures opens the key figures on one page: how long customers take to pay, what came in, how old what is owed is, and what
// is expected.
func (v *view) showKeyFigures() {
	screen.Load(v.c, "today.key", func(s *desk.State) []keyFigures { return newKeyFigures(v.c.Words, s) }, func(all []keyFigures) {
		(&keyDialog{view: v, all: all}).open()
	})
}

// keyDialog shows the key figures of one currency at a time.
type keyDialog struct {
	*view
	all    []keyFigures
	dialog *kit.Dialog
	body   *fyne.Container
}

func (d *keyDialog) open() {
	close := kit.NewIconButton(look.IconClose, func() { d.dialog.Hide() })
	head := kit.Row(look.Gap3, kit.NewSection(d.c.T("today.key")), kit.Inset(4, 0, 0, 0, kit.NewNote(d.c.T("today.key.method"))), layout.NewSpacer())
	if len(d.all) > 1 {
		options := make([]kit.Option, len(d.all))
		for i, k := range d.all {
			options[i] = kit.Option{ID: string(k.Currency), Word: string(k.Currency)}
		}
		head.Add(kit.NewChoice("", options[0].ID, d.choose, options...).Flat())
	}
	head.Add(close)
	d.body = container.New(tall{})
	d.show(d.all[0])
	d.dialog = kit.NewDialog(d.c.Canvas(), keyWidth, container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, head), nil, nil, nil, d.body), nil)
	d.dialog.Open(close)
}

func (d *keyDialog) choose(currency string) {
	for _, k := range d.all {
		if string(k.Currency) == currency {
			d.show(k)
			d.dialog.Refresh()
		}
	}
}

func (d *keyDialog) show(k keyFigures) {
	ageing := kit.NewAgeing(ageingRows(k.Ageing), d.c.T("today.total"), k.Total, func(i int) {
		d.dialog.Hide()
		d.bucket(k.Ageing[i].Bucket)
	})
	expected, rest := d.headline(k.Expected), kit.NewNote(k.Weeks.All)
	page := kit.Stack(look.Gap3,
		kit.Shares(look.Gap4, d.months("today.key.dso", k.DSO), d.months("today.key.received", k.Received)),
		kit.Shares(look.Gap4, kit.NewTitledCard(d.c.T("today.ageing"), kit.NewNote(k.Late), ageing),
			kit.NewTitledCard(d.c.T("today.weeks"), d.legend(), kit.Stack(look.Gap2, expected, d.weekBars(60, k.Weeks, k.Weeks.All, rest.SetText), rest))))
	d.body.Objects = []fyne.CanvasObject{kit.NewScroll(page)}
	d.body.Layout = tall{page}
	d.body.Refresh()
}

// headline is a large figure with what to know beside it.
func (d *keyDialog) headline(s series) fyne.CanvasObject {
	return kit.Row(look.Gap2, kit.NewLabel(s.Figure).Role(look.Title).Bold(), kit.Inset(6, 0, 0, 0, kit.NewNote(s.Note)))
}

// months is a card of a figure and its course over months; the month pointed at is told in the place of the note.
func (d *keyDialog) months(key string, s series) fyne.CanvasObject {
	columns := make([]kit.BarColumn, len(s.Points))
	for i, p := range s.Points {
		columns[i] = kit.BarColumn{Parts: []kit.BarPart{{Part: p.Part, Token: look.Accent}}, Top: p.Top, Foot: p.Name, Bold: i == len(s.Points)-1}
	}
	note := kit.NewNote(s.Note)
	bars := kit.NewBars(52, columns...)
	bars.OnPoint = func(i int) {
		if i < 0 {
			note.SetText(s.Note)
			return
		}
		note.SetText(s.Points[i].Words)
	}
	figure := kit.NewLabel(s.Figure).Role(look.Title).Bold()
	line := container.NewBorder(nil, nil, kit.Inset(0, look.Gap2, 0, 0, figure), nil, kit.Inset(6, 0, 0, 0, kit.Fixed(40, 0, note)))
	return kit.NewTitledCard(d.c.T(key), nil, kit.Stack(look.Gap2, line, bars))
}

// bucket opens the invoices of an age.
func (v *view) bucket(b ledger.Bucket) {
	v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "bucket:" + string('0'+rune(b))})
}

// tall asks for the size of content that scrolls where it gets less.
type tall struct{ content fyne.CanvasObject }

func (t tall) MinSize([]fyne.CanvasObject) fyne.Size {
	if t.content == nil {
		return fyne.Size{}
	}
	return t.content.MinSize()
}

func (t tall) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
