package kit

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/shot"
)

// tallBlocks opens a list of n rows, of which each tenth is a title that the cursor passes by. The row with the cursor is
// 40 higher than the others, and holds a button.
func tallBlocks(t testing.TB, n int) (*shot.Screen, *Blocks, *int) {
	t.Helper()
	var b *Blocks
	pressed := -1
	s := shot.Open(t, shot.Setup{Width: 600, Height: 400}, func() fyne.CanvasObject {
		b = NewBlocks(func(i int, current bool) fyne.CanvasObject {
			row := Stack(0, Fixed(0, 20+float32(i%3)*10, NewLabel("Ligne "+strconv.Itoa(i))))
			if current {
				row.Add(Fixed(0, 40, NewButton(Secondary, look.NoIcon, "Faire "+strconv.Itoa(i), func() { pressed = i })))
			}
			return row
		})
		return b
	})
	blocks := make([]Block, n)
	for i := range blocks {
		blocks[i] = Block{Height: 20 + float32(i%3)*10, Plain: i%10 == 0, First: i%10 == 1, Last: i%10 == 9}
	}
	b.Set(blocks, 0)
	b.Focus()
	s.Settle()
	return s, b, &pressed
}

// inView fails the test unless the whole row with the cursor is in view.
func inView(t *testing.T, b *Blocks) {
	t.Helper()
	top, off := b.top(b.cursor), b.scroll.Offset.Y
	if top < off || top+b.height(b.cursor) > off+b.scroll.Size().Height {
		t.Errorf("row %d at %g, %g high, is not in view at %g", b.cursor, top, b.height(b.cursor), off)
	}
}

func TestBlocksKeyboard(t *testing.T) {
	s, b, _ := tallBlocks(t, 20000)
	at := func(want int) {
		t.Helper()
		if b.Selected() != want {
			t.Errorf("at %d instead of %d", b.Selected(), want)
		}
		inView(t, b)
		if b.Built() > 25 {
			t.Errorf("%d rows are built", b.Built())
		}
	}
	at(1) // the title above is passed by
	s.Key(fyne.KeyUp)
	at(1)
	for range 8 {
		s.Key(fyne.KeyDown)
	}
	at(9)
	s.Key(fyne.KeyDown)
	at(11)
	s.Key(fyne.KeyUp)
	at(9)
	s.Key(fyne.KeyEnd)
	at(19999)
	if end := b.top(len(b.blocks)); end != b.total() || b.scroll.Offset.Y != end-b.scroll.Size().Height {
		t.Errorf("the last row ends at %g, scrolled to %g", end, b.scroll.Offset.Y)
	}
	s.Key(fyne.KeyPageUp, fyne.KeyPageDown)
	at(19999)
	s.Key(fyne.KeyHome)
	at(1)
	if b.scroll.Offset.Y != 0 {
		t.Error("the first title is out of view")
	}
}

// A row that is pressed stays under the pointer, though the row with the cursor above it gets lower.
func TestBlocksPointer(t *testing.T) {
	s, b, pressed := tallBlocks(t, 200)
	for range 30 {
		s.Key(fyne.KeyDown)
	}
	i := b.cursor
	for k := range b.rows {
		if k > i && !b.blocks[k].passed() && b.top(k)+b.blocks[k].Height < b.scroll.Offset.Y+b.scroll.Size().Height {
			i = k
		}
	}
	if i == b.cursor {
		b.scrollTo(b.scroll.Offset.Y + 100)
		i = b.near(b.cursor + 1)
	}
	before := b.top(i) - b.scroll.Offset.Y
	s.At(300, before+10)
	if b.Selected() != i {
		t.Fatalf("%d instead of %d is chosen", b.Selected(), i)
	}
	inView(t, b)
	s.Tap("Faire " + strconv.Itoa(i))
	if *pressed != i {
		t.Errorf("the button of %d was pressed", *pressed)
	}
}

// Where a button of a row had the keyboard and the row is built anew, the list has it.
func TestBlocksKeepTheKeyboard(t *testing.T) {
	s, b, _ := tallBlocks(t, 50)
	s.Key(fyne.KeyTab)
	if _, on := s.Canvas.Focused().(*Button); !on {
		t.Fatalf("Tab leads to %T", s.Canvas.Focused())
	}
	b.RebuildCurrent()
	if s.Canvas.Focused() != fyne.Focusable(b) {
		t.Errorf("the keyboard is at %T", s.Canvas.Focused())
	}
	b.Set(nil, 0)
	if b.Selected() != -1 || b.Built() != 0 {
		t.Errorf("an empty list has %d rows, the cursor at %d", b.Built(), b.Selected())
	}
	s.Key(fyne.KeyDown, fyne.KeyEnd, fyne.KeyPageUp)
}
