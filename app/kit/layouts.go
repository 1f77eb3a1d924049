package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// wrapRow is a row of objects 8 apart that goes on below when it is too wide.
type wrapRow struct {
	widget.BaseWidget
	items []fyne.CanvasObject
	wide  float32
}

// NewWrapRow makes a row of objects, 8 apart, that wraps.
func NewWrapRow(items ...fyne.CanvasObject) fyne.CanvasObject {
	r := &wrapRow{items: items}
	r.ExtendBaseWidget(r)
	return r
}

// Resize keeps the width to wrap at.
func (r *wrapRow) Resize(s fyne.Size) {
	r.wide = s.Width
	r.BaseWidget.Resize(s)
}

// CreateRenderer implements fyne.Widget.
func (r *wrapRow) CreateRenderer() fyne.WidgetRenderer { return r.renderer(r) }

func (r *wrapRow) renderer(self fyne.CanvasObject) fyne.WidgetRenderer {
	p := &parts{self: self}
	p.paint = func() { p.objects = r.items }
	walk := func(width float32, put func(o fyne.CanvasObject, x, y float32, s fyne.Size)) float32 {
		x, y, line := float32(0), float32(0), float32(0)
		gap := look.Px(look.Gap2)
		for _, o := range r.items {
			if !o.Visible() {
				continue
			}
			s := o.MinSize()
			if x > 0 && width > 0 && x+s.Width > width {
				x, y, line = 0, y+line+gap, 0
			}
			put(o, x, y, s)
			x += s.Width + gap
			line = max(line, s.Height)
		}
		return y + line
	}
	p.min = func() fyne.Size {
		widest := float32(0)
		h := walk(r.wide, func(o fyne.CanvasObject, _, _ float32, s fyne.Size) { widest = max(widest, s.Width) })
		return fyne.NewSize(widest, h)
	}
	p.layout = func(s fyne.Size) {
		walk(s.Width, func(o fyne.CanvasObject, x, y float32, m fyne.Size) { bounds(o, x, y, m.Width, m.Height) })
	}
	return render(p)
}

// stackLayout puts visible objects one after the other with a gap, at their own size along the line and
// filling across.
type stackLayout struct {
	gap      float32
	vertical bool
}

func (l stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if l.vertical {
			s.Width, s.Height = max(s.Width, m.Width), s.Height+m.Height
		} else {
			s.Width, s.Height = s.Width+m.Width, max(s.Height, m.Height)
		}
		n++
	}
	if extra := look.Px(l.gap) * float32(max(0, n-1)); l.vertical {
		s.Height += extra
	} else {
		s.Width += extra
	}
	return s
}

func (l stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	total := l.MinSize(objects)
	spare, springs := size.Height-total.Height, float32(0)
	if !l.vertical {
		spare = size.Width - total.Width
	}
	for _, o := range objects {
		if isSpring(o) {
			springs++
		}
	}
	at := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if isSpring(o) && spare > 0 {
			m = m.AddWidthHeight(round(spare/springs), round(spare/springs))
		}
		if l.vertical {
			bounds(o, 0, at, size.Width, m.Height)
			at += m.Height + look.Px(l.gap)
		} else {
			bounds(o, at, round((size.Height-m.Height)/2), m.Width, m.Height)
			at += m.Width + look.Px(l.gap)
		}
	}
}

func isSpring(o fyne.CanvasObject) bool {
	s, ok := o.(layout.SpacerObject)
	return ok && (s.ExpandHorizontal() || s.ExpandVertical())
}

// Row puts objects side by side, gap apart, each at its own size and centred in height; a
// layout.NewSpacer pushes what follows to the right.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{gap: gap}, objects...)
}

// Stack puts objects below each other, gap apart, each as wide as the stack.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stackLayout{gap: gap, vertical: true}, objects...)
}

// sizeLayout keeps a fixed width or height; 0 leaves it to the content.
type sizeLayout struct{ width, height float32 }

func (l sizeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	if l.width > 0 {
		s.Width = look.Px(l.width)
	}
	if l.height > 0 {
		s.Height = look.Px(l.height)
	}
	return s
}

func (l sizeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		bounds(o, 0, 0, size.Width, size.Height)
	}
}

// Fixed gives an object a least width and height, exact where the place allows; 0 leaves it free.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(sizeLayout{width, height}, o)
}

// padLayout keeps space around.
type padLayout struct{ top, right, bottom, left float32 }

func (l padLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(0, 0)
	for _, o := range objects {
		s = s.Max(o.MinSize())
	}
	return s.AddWidthHeight(look.Px(l.left)+look.Px(l.right), look.Px(l.top)+look.Px(l.bottom))
}

func (l padLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		bounds(o, look.Px(l.left), look.Px(l.top), size.Width-look.Px(l.left)-look.Px(l.right), size.Height-look.Px(l.top)-look.Px(l.bottom))
	}
}

// Padded keeps the same space on all sides.
func Padded(space float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(padLayout{space, space, space, space}, o)
}

// Inset keeps space at top, right, bottom and left.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(padLayout{top, right, bottom, left}, o)
}

// sharesLayout gives visible objects equal or weighted shares of the width, gap apart.
type sharesLayout struct {
	gap     float32
	weights []float32
}

func (l sharesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return stackLayout{gap: l.gap}.MinSize(objects)
}

func (l sharesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n, sum := 0, float32(0)
	for i, o := range objects {
		if o.Visible() {
			n++
			sum += l.weight(i)
		}
	}
	free := size.Width - look.Px(l.gap)*float32(n-1)
	at, given := float32(0), float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		given += l.weight(i)
		end := round(free * given / sum)
		x := at
		w := end - round(free*(given-l.weight(i))/sum)
		bounds(o, x, 0, w, size.Height)
		at += w + look.Px(l.gap)
	}
}

func (l sharesLayout) weight(i int) float32 {
	if i < len(l.weights) {
		return l.weights[i]
	}
	return 1
}

// Shares puts objects side by side, gap apart, all of the same width.
func Shares(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(sharesLayout{gap: gap}, objects...)
}

// SharesOf is Shares where each object has the share of the width that its weight says.
func SharesOf(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(sharesLayout{gap: gap, weights: weights}, objects...)
}

// frameLayout has a rail at the left, a bar on top, and the page in the rest, without gaps.
type frameLayout struct{}

func (frameLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	rail, bar, page := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	return fyne.NewSize(rail.Width+max(bar.Width, page.Width), max(rail.Height, bar.Height+page.Height))
}

func (frameLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x, y := o[0].MinSize().Width, o[1].MinSize().Height
	bounds(o[0], 0, 0, x, s.Height)
	bounds(o[1], x, 0, s.Width-x, y)
	bounds(o[2], x, y, s.Width-x, s.Height-y)
}

// Frame is the window's own layout: the rail at the left, the top bar, and the page.
func Frame(rail, bar, page fyne.CanvasObject) *fyne.Container {
	return container.NewStack(Ground(look.Ground), container.New(frameLayout{}, rail, bar, page))
}
