package kit

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"quitus/app/look"
)

// Filter is one of a row of ways to narrow a list, with how many it would leave. The same shape is a
// choice in a form, where the chosen one has a tick.
type Filter struct {
	control
	// OnTapped is what pressing does.
	OnTapped func()

	word   string
	count  string
	chosen bool
	tick   bool
}

func newFilter(word, count string, tick bool, tapped func()) *Filter {
	f := &Filter{OnTapped: tapped, word: word, count: count, tick: tick}
	f.ExtendBaseWidget(f)
	return f
}

// Tapped chooses the filter.
func (f *Filter) Tapped(*fyne.PointEvent) {
	if !f.off && f.OnTapped != nil {
		f.OnTapped()
	}
}

// TypedKey chooses the filter with Space or Enter.
func (f *Filter) TypedKey(ev *fyne.KeyEvent) {
	if pressed(ev) {
		f.Tapped(nil)
		return
	}
	passKey(f, ev)
}

// CreateRenderer implements fyne.Widget.
func (f *Filter) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	g, word, count := newGlyph(), newText(look.Body, false), newText(look.Fine, false)
	p := &parts{self: f, objects: []fyne.CanvasObject{ground, g.object(), word, count}}
	p.paint = func() {
		fill, ink, small := look.ButtonFill, look.Ink, look.Ink
		switch {
		case f.off:
			fill, ink, small = look.Sunken, look.Off, look.Off
		case f.chosen:
			fill, ink, small = look.AccentSoft, look.AccentInk, look.AccentInk
		case f.hovered:
			fill = look.ButtonOver
		}
		ground.FillColor = look.Color(fill)
		ground.CornerRadius = look.Px(look.FilterHeight) / 2
		setStroke(ground, 0, look.Accent)
		if f.focused {
			setStroke(ground, 2, look.Accent)
		}
		icon := look.NoIcon
		if f.tick && f.chosen {
			icon = look.IconTick
		}
		g.set(icon, ink)
		word.Text, word.Color, word.TextSize, word.TextStyle.Bold = f.word, look.Color(ink), look.TextSize(look.Body), f.chosen
		count.Text, count.Color, count.TextSize = f.count, look.Color(small), look.TextSize(look.Fine)
	}
	pad := float32(12)
	p.min = func() fyne.Size {
		w := 2*look.Px(pad) + width(f.word, look.Body, f.chosen)
		if f.tick && f.chosen {
			w += look.Px(16) + look.Px(6)
		}
		if f.count != "" {
			w += look.Px(6) + width(f.count, look.Fine, false)
		}
		return fyne.NewSize(w, look.Px(look.FilterHeight))
	}
	p.layout = func(s fyne.Size) {
		ground.Resize(s)
		x := round((s.Width-p.min().Width)/2) + look.Px(pad)
		if f.tick && f.chosen {
			px := look.Px(16)
			bounds(g.object(), x, round((s.Height-px)/2), px, px)
			x += px + look.Px(6)
		}
		x = placeMid(word, x, 0, s.Height)
		placeOn(count, word.TextSize, x+look.Px(6), 0, s.Height)
	}
	return render(p)
}

// FilterOption is one filter of a row: a name for the program, a word for people, and how many; a
// negative Count shows none.
type FilterOption struct {
	ID    string
	Word  string
	Count int
}

// FilterRow is a row of filters of which one is chosen. It wraps when it is too long for its place.
//
//	row := kit.NewFilterRow("late", v.filter, kit.FilterOption{"all", "Toutes", 250}, kit.FilterOption{"late", "En retard", 27})
type FilterRow struct {
	wrapRow
	// OnChosen is told the ID that the owner chose.
	OnChosen func(id string)
	// Format writes a count; strconv.Itoa when it is nil.
	Format func(int) string

	chosen string
	tick   bool
	many   map[string]bool // ticked ones where several may be; nil where one is chosen
	ids    []string
}

// NewFilterRow makes the row with one filter chosen.
func NewFilterRow(chosen string, onChosen func(string), options ...FilterOption) *FilterRow {
	r := &FilterRow{OnChosen: onChosen, chosen: chosen}
	r.ExtendBaseWidget(r)
	r.SetOptions(options...)
	return r
}

// NewFilterChoice makes a choice for a form in the same shape: the chosen one is ticked.
func NewFilterChoice(chosen string, onChosen func(string), options ...FilterOption) *FilterRow {
	return newChoices(&FilterRow{OnChosen: onChosen, chosen: chosen, tick: true}, options)
}

// NewFilterTicks makes a choice for a form in the same shape of which any number is ticked. onChosen is told which one was
// ticked or unticked.
func NewFilterTicks(onChosen func(string), options ...FilterOption) *FilterRow {
	return newChoices(&FilterRow{OnChosen: onChosen, tick: true, many: map[string]bool{}}, options)
}

func newChoices(r *FilterRow, options []FilterOption) *FilterRow {
	r.ExtendBaseWidget(r)
	for i := range options {
		if options[i].Count == 0 {
			options[i].Count = -1
		}
	}
	r.SetOptions(options...)
	return r
}

// SetOptions replaces the filters, or only their counts when they are the same as before.
func (r *FilterRow) SetOptions(options ...FilterOption) {
	same := len(options) == len(r.ids)
	for i := range options {
		same = same && r.ids[i] == options[i].ID
	}
	if !same {
		r.ids, r.items = nil, nil
		for _, o := range options {
			r.ids = append(r.ids, o.ID)
			r.items = append(r.items, newFilter("", "", r.tick, func() { r.choose(o.ID) }))
		}
	}
	for i, o := range options {
		f := r.items[i].(*Filter)
		f.word, f.count = o.Word, ""
		if o.Count >= 0 {
			f.count = r.format(o.Count)
		}
	}
	r.update()
}

func (r *FilterRow) format(n int) string {
	if r.Format != nil {
		return r.Format(n)
	}
	return strconv.Itoa(n)
}

// Choose marks a filter as chosen without telling OnChosen; where several may be, it ticks or unticks it.
func (r *FilterRow) Choose(id string) {
	if r.chosen = id; r.many != nil {
		r.many[id] = !r.many[id]
	}
	r.update()
}

// Ticked gives the IDs that are ticked, in the order of the row.
func (r *FilterRow) Ticked() []string {
	return slices.DeleteFunc(slices.Clone(r.ids), func(id string) bool { return !r.many[id] })
}

// Chosen gives the ID of the chosen filter.
func (r *FilterRow) Chosen() string { return r.chosen }

func (r *FilterRow) choose(id string) {
	r.Choose(id)
	if r.OnChosen != nil {
		r.OnChosen(id)
	}
}

func (r *FilterRow) update() {
	for i, id := range r.ids {
		f := r.items[i].(*Filter)
		f.chosen = r.many[id] || r.many == nil && id == r.chosen
		f.Refresh()
	}
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *FilterRow) CreateRenderer() fyne.WidgetRenderer { return r.renderer(r) }
