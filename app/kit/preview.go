package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
	"quitus/assets/words"
)

// Preview shows a page of a letter as it will be printed: a bar with the page's number and the size to see
// it in, the page on a darker ground below. Paper stays white in the dark.
//
//	p := kit.NewPreview(w, func(page int) { runner.Go("preview", …, p.SetPage(img, page, pages)) })
type Preview struct {
	widget.BaseWidget
	// OnTurn is told which page (from 1) is to be shown.
	OnTurn func(page int)

	words       *words.Words
	page, pages int
	fitting     string
	label       *Label
	prev, next  *IconButton
	choice      *Choice
	image       *canvas.Image
	sheet       *fyne.Container
	scroll      *container.Scroll
	wait        *Label
}

// The sizes to see a page in.
const (
	fitPage  = "page"
	fitWidth = "width"
	fitTrue  = "true"
)

// pageWidth is an A4 page's 210 mm at the screen's 96 units an inch.
const pageWidth = 794

// NewPreview makes an empty preview.
func NewPreview(w *words.Words, onTurn func(page int)) *Preview {
	p := &Preview{OnTurn: onTurn, words: w, fitting: fitPage}
	p.label = NewLabel("")
	p.prev = NewIconButton(look.IconBack, func() { p.turn(p.page - 1) }).Low()
	p.next = NewIconButton(look.IconNext, func() { p.turn(p.page + 1) }).Low()
	p.choice = NewChoice("", fitPage, func(id string) { p.fitting = id; p.Refresh() },
		Option{fitPage, w.T("kit.preview.page")}, Option{fitWidth, w.T("kit.preview.width")}, Option{fitTrue, w.T("kit.preview.true")}).Flat()
	p.image = &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}
	p.sheet = container.New(sheetLayout{p}, p.image)
	p.scroll = container.NewScroll(p.sheet)
	p.wait = NewLabel("").Ink(look.Ink2).Aligned(Centre).Wrapped()
	p.ExtendBaseWidget(p)
	return p
}

// SetPage shows a page (from 1) of a number of pages.
func (p *Preview) SetPage(img image.Image, page, pages int) {
	if page != p.page {
		p.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	}
	p.image.Image, p.page, p.pages = img, page, pages
	p.wait.SetText("")
	p.image.Refresh()
	p.Refresh()
}

// Say shows a sentence in the place of a page: that there is none, or why.
func (p *Preview) Say(sentence string) {
	p.image.Image, p.page, p.pages = nil, 0, 0
	p.wait.SetText(sentence)
	p.Refresh()
}

func (p *Preview) turn(page int) {
	if page >= 1 && page <= p.pages && p.OnTurn != nil {
		p.OnTurn(page)
	}
}

// size is how large the page is drawn in a place.
func (p *Preview) size(room fyne.Size) fyne.Size {
	if p.image.Image == nil {
		return fyne.NewSize(0, 0)
	}
	b := p.image.Image.Bounds()
	tall := float32(b.Dy()) / float32(b.Dx())
	w := room.Width - 2*look.Px(12)
	switch p.fitting {
	case fitPage:
		w = min(w, (room.Height-2*look.Px(6))/tall)
	case fitTrue:
		w = pageWidth
	}
	return fyne.NewSize(round(w), round(w*tall))
}

// CreateRenderer implements fyne.Widget.
func (p *Preview) CreateRenderer() fyne.WidgetRenderer {
	frame, bar, ground := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r := &parts{self: p, objects: []fyne.CanvasObject{ground, bar, frame, p.label, p.prev, p.next, p.choice, p.scroll, p.wait}}
	r.paint = func() {
		ground.FillColor, ground.CornerRadius = look.Color(look.Line), look.Px(look.CardRadius)
		bar.FillColor = look.Color(look.Sunken)
		bar.TopLeftCornerRadius, bar.TopRightCornerRadius = look.Px(look.InnerRadius), look.Px(look.InnerRadius)
		frame.CornerRadius = look.Px(look.CardRadius)
		setStroke(frame, 1, look.Line)
		text := ""
		if p.pages > 0 {
			text = p.words.T("kit.preview.of", "page", p.page, "pages", p.pages)
		}
		p.label.SetText(text)
		many := p.pages > 1
		p.prev.Hidden, p.next.Hidden = !many, !many
		p.prev.off, p.next.off = p.page <= 1, p.page >= p.pages
		p.prev.Refresh()
		p.next.Refresh()
		p.choice.Hidden = p.pages == 0
		if p.pages == 0 {
			p.scroll.Hide()
		} else {
			p.scroll.Show()
		}
	}
	r.min = func() fyne.Size { return fyne.NewSize(look.Px(280), look.Px(240)) }
	r.layout = func(s fyne.Size) {
		h := look.Px(44)
		ground.Resize(s)
		frame.Resize(s)
		bounds(bar, 1, 1, s.Width-2, h-1)
		m := p.label.MinSize()
		bounds(p.label, look.Px(15), round((h-m.Height)/2), m.Width, m.Height)
		side := p.prev.MinSize()
		x := look.Px(15) + m.Width + look.Px(8)
		bounds(p.prev, x, round((h-side.Height)/2), side.Width, side.Height)
		bounds(p.next, x+side.Width, round((h-side.Height)/2), side.Width, side.Height)
		c := p.choice.MinSize()
		bounds(p.choice, s.Width-c.Width-look.Px(6), round((h-c.Height)/2), c.Width, c.Height)
		bounds(p.scroll, 1, h, s.Width-2, s.Height-h-look.Px(6))
		p.scroll.Refresh()
		w := s.Width - 2*look.Px(look.Gap6)
		p.wait.Resize(fyne.NewSize(w, p.wait.MinSize().Height))
		bounds(p.wait, look.Px(look.Gap6), round((s.Height-p.wait.MinSize().Height)/2), w, p.wait.MinSize().Height)
	}
	return render(r)
}

// sheetLayout centres the page in its place.
type sheetLayout struct{ p *Preview }

func (l sheetLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	s := l.p.size(l.p.scroll.Size())
	return fyne.NewSize(s.Width+2*look.Px(6), s.Height+2*look.Px(6))
}

func (l sheetLayout) Layout(o []fyne.CanvasObject, room fyne.Size) {
	s := l.p.size(l.p.scroll.Size())
	bounds(o[0], round((room.Width-s.Width)/2), look.Px(6), s.Width, s.Height)
}
