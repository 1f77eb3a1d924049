package dialogs

import (
	"context"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/letters"
)

// pageDPI is the fineness of pages shown: sharp on a screen of twice the pixels at the page's usual size.
const pageDPI = 144

// Pages shows a PDF document page by page.
type Pages struct {
	*kit.Preview
	c    *screen.Context
	key  string
	pdf  []byte
	page int
}

// NewPages makes an empty one; key names its work in the background.
func NewPages(c *screen.Context, key string) *Pages {
	p := &Pages{c: c, key: key}
	p.Preview = kit.NewPreview(c.Words, func(page int) { p.page = page; p.draw() })
	return p
}

// Open shows a document from a page of it, the first being 1.
func (p *Pages) Open(pdf []byte, page int) {
	p.pdf, p.page = pdf, page
	p.draw()
}

// draw renders the page in the background; the page before stays until it is there.
func (p *Pages) draw() {
	pdf, page := p.pdf, p.page
	var img image.Image
	pages := 0
	p.c.Run.Go(p.key, func(ctx context.Context, _ *run.Progress) (err error) {
		if pages, err = screen.Pages().Pages(ctx, pdf); err != nil {
			return err
		}
		img, err = screen.Pages().Page(ctx, pdf, page, pageDPI)
		return err
	}, func(err error) {
		if err != nil {
			p.Say(p.c.Words.Error(err))
			return
		}
		p.SetPage(img, page, pages)
	})
}

// besideWriting is the height of a dialog's title, warnings and buttons, in units before scaling.
const besideWriting = 184

// ShowWriting shows a letter as it will be printed, or an e-mail as it will leave, with what to look at before; act is called with
// the dialog when the owner approves.
func ShowWriting(c *screen.Context, title, verb string, x *desk.Doing, act func(f *kit.Form)) *kit.Form {
	body := kit.Stack(look.Gap3)
	for _, warning := range x.Warnings {
		mark := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconLate, look.Late.Text(), 16)))
		body.Add(container.NewBorder(nil, nil, mark, nil, kit.NewLabel(letters.WarningText(c.Words, warning)).Wrapped()))
	}
	room := func() float32 {
		return max(240, c.Canvas().Size().Height/look.Px(1)-besideWriting-float32(len(x.Warnings))*40)
	}
	var pages *Pages
	if x.Message != nil {
		text := kit.Stack(look.Gap2, kit.NewLabel(x.Message.To).Ink(look.Ink2), kit.NewLabel(x.Message.Subject).Bold(), kit.Separator())
		for _, p := range strings.Split(x.Message.Body, "\n") {
			text.Add(kit.NewLabel(p).Wrapped())
		}
		body.Add(scrolling(room, kit.Inset(0, look.Gap3, 0, 0, text)))
	} else {
		pages = NewPages(c, "dialogs.pages")
		body.Add(container.New(highLayout{room}, pages))
	}
	f := kit.NewWideForm(c.Canvas(), c.Words, 760, title, verb, body)
	f.OnAct = func() { act(f) }
	f.Show()
	if pages != nil {
		pages.Open(x.Letter.PDF, 1)
	}
	return f
}

// highLayout gives its object a height, in units before scaling.
type highLayout struct{ height func() float32 }

func (l highLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, look.Px(l.height()))
}

func (highLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
