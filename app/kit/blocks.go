package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Block is what a list of [Blocks] knows of a row that it has not built.
type Block struct {
	// Height is the row's while the cursor is elsewhere, on the screen and whole.
	Height float32
	// Plain rows stand on the page's own ground, and the cursor passes them by: titles between cards.
	Plain bool
	// Head is a card's first row with the titles of its columns, which the cursor passes by too.
	Head bool
	// First and Last say where a card begins and ends.
	First, Last bool
}

func (b Block) passed() bool { return b.Plain || b.Head }

// Blocks is a list of rows of differing heights, of which only those in view are built. The row with the cursor is as
// high as what is built for it and the others as high as their [Block] says, so that thousands of rows cost no more than a page.
// Rows are made of ordinary widgets: buttons in them are reached with Tab.
//
//	list := kit.NewBlocks(func(i int, current bool) fyne.CanvasObject { return v.row(i, current) })
//	list.OnKey = func(ev *fyne.KeyEvent) bool { … } // sees the keys first
//	list.Set(blocks, 0)
type Blocks struct {
	widget.BaseWidget
	// OnSelect is told on which row the cursor is now.
	OnSelect func(i int)
	// OnKey sees the keys first and says whether it used them.
	OnKey func(*fyne.KeyEvent) bool
	// OnRune is told what is typed.
	OnRune func(rune)

	build   func(i int, current bool) fyne.CanvasObject
	blocks  []Block
	tops    []float32 // of each row, were the cursor nowhere; and the end of the last
	tall    float32   // height of the row with the cursor, 0 while not measured
	cursor  int       // -1 for none
	focused bool
	scroll  *scroller
	content *fyne.Container
	rows    map[int]*blockRow
	changed bool // rows came or went since the toolkit was told
}

// NewBlocks makes an empty list; build makes a row.
func NewBlocks(build func(i int, current bool) fyne.CanvasObject) *Blocks {
	b := &Blocks{build: build, cursor: -1, rows: map[int]*blockRow{}, tops: []float32{0}}
	b.content = container.New(blocksLayout{b})
	b.scroll = newScroller(b.content)
	b.scroll.OnScrolled = func(fyne.Position) { b.update() }
	b.ExtendBaseWidget(b)
	return b
}

// Set shows other rows with the cursor on one of them, or on the nearest that it does not pass by.
func (b *Blocks) Set(blocks []Block, cursor int) {
	b.blocks = blocks
	b.tops = make([]float32, len(blocks)+1)
	for i, x := range blocks {
		b.tops[i+1] = b.tops[i] + x.Height
	}
	b.cursor = b.near(cursor)
	b.Rebuild()
	b.reveal()
}

// Rebuild builds the rows in view anew.
func (b *Blocks) Rebuild() {
	b.tall = 0
	for i := range b.rows {
		b.drop(i)
	}
	b.scrollTo(b.scroll.Offset.Y)
}

// RebuildCurrent builds the row with the cursor anew.
func (b *Blocks) RebuildCurrent() {
	b.tall = 0
	b.drop(b.cursor)
	b.update()
	b.reveal()
}

// Count is how many rows there are.
func (b *Blocks) Count() int { return len(b.blocks) }

// Built is how many rows exist: those in view.
func (b *Blocks) Built() int { return len(b.rows) }

// Selected gives the row with the cursor, -1 for none.
func (b *Blocks) Selected() int { return b.cursor }

// Select puts the cursor on a row, or on the nearest that it does not pass by, and brings it into view.
func (b *Blocks) Select(i int) {
	b.move(b.near(i))
	b.reveal()
}

// Next puts the cursor n rows further, or on the last one there.
func (b *Blocks) Next(n int) {
	step := 1
	if n < 0 {
		step = -1
	}
	to := b.cursor
	for i := b.cursor + step; n != 0 && i >= 0 && i < len(b.blocks); i += step {
		if !b.blocks[i].passed() {
			to, n = i, n-step
		}
	}
	b.Select(to)
}

// near gives the nearest row that the cursor may stand on, looking down first; -1 where there is none.
func (b *Blocks) near(i int) int {
	i = max(0, i)
	for k := i; k < len(b.blocks); k++ {
		if !b.blocks[k].passed() {
			return k
		}
	}
	for k := min(i, len(b.blocks)) - 1; k >= 0; k-- {
		if !b.blocks[k].passed() {
			return k
		}
	}
	return -1
}

func (b *Blocks) move(i int) {
	if i == b.cursor {
		return
	}
	old := b.cursor
	b.cursor, b.tall = i, 0
	b.drop(old)
	b.drop(i)
	b.update()
	if b.OnSelect != nil {
		b.OnSelect(i)
	}
}

// tapped puts the cursor on a row that was pressed, which stays where it is on the screen.
func (b *Blocks) tapped(i int) {
	b.Focus()
	if i == b.cursor || b.blocks[i].passed() {
		return
	}
	at := b.top(i) - b.scroll.Offset.Y
	b.move(i)
	b.scrollTo(b.top(i) - at)
	b.reveal()
}

// Focus gives the list the keyboard.
func (b *Blocks) Focus() {
	if c := canvasOf(b); c != nil {
		c.Focus(b)
	}
}

// top is where a row begins.
func (b *Blocks) top(i int) float32 {
	y := b.tops[i]
	if b.cursor >= 0 && i > b.cursor {
		y += b.height(b.cursor) - b.blocks[b.cursor].Height
	}
	return y
}

func (b *Blocks) total() float32 { return b.top(len(b.blocks)) }

// height is a row's height; that of the row with the cursor is measured on what is built.
func (b *Blocks) height(i int) float32 {
	if i != b.cursor {
		return b.blocks[i].Height
	}
	if b.tall == 0 && b.wide() > 0 {
		r := b.row(i)
		r.content.Resize(fyne.NewSize(b.wide(), r.content.MinSize().Height)) // wrapped texts learn their width
		b.tall = max(b.blocks[i].Height, ceil(r.content.MinSize().Height))
	}
	return max(b.tall, b.blocks[i].Height)
}

func (b *Blocks) wide() float32 { return b.scroll.Size().Width - look.Px(barSpace) }

// row gives a row, built if need be.
func (b *Blocks) row(i int) *blockRow {
	r := b.rows[i]
	if r == nil {
		r = newBlockRow(b, i, b.build(i, i == b.cursor))
		b.rows[i] = r
		b.content.Objects = append(b.content.Objects, r)
		b.changed = true
	}
	return r
}

// drop forgets a row; where something in it had the keyboard, the list has it.
func (b *Blocks) drop(i int) {
	r := b.rows[i]
	if r == nil {
		return
	}
	c := canvasOf(b)
	held := false
	if c != nil {
		o, ok := c.Focused().(fyne.CanvasObject)
		held = ok && within(r.content, o)
	}
	delete(b.rows, i)
	b.changed = true
	for k, o := range b.content.Objects {
		if o == fyne.CanvasObject(r) {
			b.content.Objects = append(b.content.Objects[:k:k], b.content.Objects[k+1:]...)
			break
		}
	}
	if held {
		c.Focus(b)
	}
}

// update builds the rows in view, and drops the others but for that with the cursor.
func (b *Blocks) update() {
	size := b.scroll.Size()
	if size.Height <= 0 || b.wide() <= 0 {
		return
	}
	from, to := b.scroll.Offset.Y, b.scroll.Offset.Y+size.Height
	first := max(0, sort.Search(len(b.blocks), func(i int) bool { return b.top(i) > from })-1)
	shown := map[int]bool{}
	for i := first; i < len(b.blocks) && b.top(i) < to; i++ {
		shown[i] = true
		r := b.row(i)
		y, h := b.top(i), b.height(i)
		if !b.blocks[i].Plain && !b.blocks[i].First {
			y, h = y-1, h+1 // over the line at the end of the row before
		}
		bounds(r, 0, y, b.wide(), h)
	}
	for i := range b.rows {
		if !shown[i] && i != b.cursor {
			b.drop(i)
		} else if !shown[i] {
			bounds(b.rows[i], 0, b.top(i), b.wide(), b.height(i))
		}
	}
	if b.changed {
		b.changed = false
		b.scroll.Refresh()
		b.content.Refresh()
	}
}

// reveal scrolls as little as needed to show the whole row with the cursor, and with the first what stands above it.
func (b *Blocks) reveal() {
	page := b.scroll.Size().Height
	if b.cursor < 0 || page <= 0 {
		return
	}
	top, h := b.top(b.cursor), b.height(b.cursor)
	if b.near(0) == b.cursor && top+h <= page {
		top, h = 0, top+h
	}
	switch off := b.scroll.Offset.Y; {
	case top < off || h > page:
		b.scrollTo(top)
	case top+h > off+page:
		b.scrollTo(top + h - page)
	}
}

func (b *Blocks) scrollTo(y float32) {
	y = max(0, min(y, b.total()-b.scroll.Size().Height))
	if y != b.scroll.Offset.Y {
		b.scroll.ScrollToOffset(fyne.NewPos(0, y))
	}
	b.update()
}

// FocusGained shows the cursor.
func (b *Blocks) FocusGained() { b.focused = true; b.repaint() }

// FocusLost hides it.
func (b *Blocks) FocusLost() { b.focused = false; b.repaint() }

func (b *Blocks) repaint() {
	if r := b.rows[b.cursor]; r != nil {
		r.Refresh()
	}
}

// TypedRune tells OnRune.
func (b *Blocks) TypedRune(r rune) {
	if b.OnRune != nil {
		b.OnRune(r)
	}
}

// TypedKey moves the cursor with arrows, PgUp, PgDn, Home and End.
func (b *Blocks) TypedKey(ev *fyne.KeyEvent) {
	if b.OnKey != nil && b.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyDown:
		b.Next(1)
	case fyne.KeyUp:
		b.Next(-1)
	case fyne.KeyPageDown:
		b.Next(max(1, len(b.rows)-2))
	case fyne.KeyPageUp:
		b.Next(-max(1, len(b.rows)-2))
	case fyne.KeyHome:
		b.Select(0)
	case fyne.KeyEnd:
		b.Select(len(b.blocks) - 1)
	default:
		passKey(b, ev)
	}
}

// TypedShortcut has none of its own.
func (b *Blocks) TypedShortcut(s fyne.Shortcut) { passShortcut(b, s) }

// MinSize is small: the list scrolls.
func (b *Blocks) MinSize() fyne.Size { return fyne.NewSize(look.Px(320), look.Px(120)) }

// CreateRenderer implements fyne.Widget.
func (b *Blocks) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: b, objects: []fyne.CanvasObject{b.scroll}, paint: func() {}}
	p.min = b.MinSize
	p.layout = func(s fyne.Size) {
		wide := s.Width + look.Px(barSpace) // the bar stands in the window's margin
		changed := b.scroll.Size() != fyne.NewSize(wide, s.Height)
		bounds(b.scroll, 0, 0, wide, s.Height)
		if changed {
			b.tall = 0
			b.scrollTo(b.scroll.Offset.Y)
			b.reveal()
			b.scroll.Refresh()
		}
	}
	return render(p)
}

// blocksLayout only says how tall all rows are; update moves those in view.
type blocksLayout struct{ b *Blocks }

func (y blocksLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, y.b.total()) }

func (y blocksLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
