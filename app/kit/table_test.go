package kit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/shot"
)

type numbered struct {
	n    int
	text string
}

func manyRows(n int) []numbered {
	rows := make([]numbered, n)
	for i := range rows {
		rows[i] = numbered{i, fmt.Sprintf("F-%06d", i)}
	}
	return rows
}

func numberTable(r run.Runner, multi bool) *Table[numbered] {
	t := NewTable(r,
		Column[numbered]{ID: "number", Title: "Facture", Width: 120, Text: func(r *numbered) string { return r.text }, Less: func(a, b *numbered) bool { return a.n < b.n }},
		Column[numbered]{ID: "name", Title: "Client", Width: 200, Flex: true, Text: func(r *numbered) string { return "Client du dossier " + r.text }},
		Column[numbered]{ID: "extra", Title: "Notes", Width: 120, Optional: true, Text: func(r *numbered) string { return "note" }},
		Column[numbered]{ID: "left", Title: "Reste", Width: 110, Align: Right, Text: func(r *numbered) string { return "1 234,56 €" }},
	)
	if multi {
		t.Multi()
	}
	return t
}

func openTable(t testing.TB, table func() *Table[numbered]) (*shot.Screen, *Table[numbered]) {
	var made *Table[numbered]
	s := shot.Open(t, shot.Setup{Width: 800, Height: 600}, func() fyne.CanvasObject { made = table(); return made })
	return s, made
}

func TestTableLastOf100000(t *testing.T) {
	for _, scale := range []look.Scale{look.Small, look.Normal, look.Large} {
		var table *Table[numbered]
		s := shot.Open(t, shot.Setup{Width: 800, Height: 600, Scale: scale}, func() fyne.CanvasObject {
			table = numberTable(nil, false)
			table.SetRows(manyRows(100_000))
			return table
		})
		s.Canvas.Focus(table)
		s.Key(fyne.KeyEnd)
		s.Has("F-099999", "F-099998")
		if got := table.Selected(); got == nil || got.n != 99_999 {
			t.Fatalf("%s: selected %+v", scale, got)
		}
		h := table.rowHeight()
		if bottom := table.list.scroll.Offset.Y + table.list.scroll.Size().Height; bottom != 100_000*h {
			t.Errorf("%s: the list ends at %v, the last row at %v", scale, bottom, 100_000*h)
		}
		s.Key(fyne.KeyUp, fyne.KeyUp)
		if got := table.Selected().n; got != 99_997 {
			t.Errorf("selected %d", got)
		}
		s.Key(fyne.KeyHome)
		s.Has("F-000000")
		s.HasNot("F-099999")
	}
}

func TestTableKeyboard(t *testing.T) {
	var opened, selected []int
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, true)
		tb.OnOpen = func(r *numbered) { opened = append(opened, r.n) }
		tb.OnSelect = func(r *numbered) { selected = append(selected, r.n) }
		tb.SetRows(manyRows(1000))
		return tb
	})
	s.Canvas.Focus(table)
	at := func(want int) {
		t.Helper()
		if got := table.Selected().n; got != want {
			t.Errorf("the cursor is on %d, want %d", got, want)
		}
	}
	s.Key(fyne.KeyDown, fyne.KeyDown)
	at(2)
	s.Key(fyne.KeyUp)
	at(1)
	page := table.list.page()
	s.Key(fyne.KeyPageDown)
	at(1 + page - 1)
	s.Key(fyne.KeyPageUp)
	at(1)
	s.Key(fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	at(0)
	s.Key(fyne.KeyEnd, fyne.KeyDown)
	at(999)
	s.Key(fyne.KeyHome, fyne.KeyReturn)
	if len(opened) != 1 || opened[0] != 0 {
		t.Errorf("opened %v", opened)
	}
	s.Key(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	if got := ticked(table); got != "0 2" {
		t.Errorf("ticked %s", got)
	}
	s.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShift})
	if got := ticked(table); got != "0 2 3" {
		t.Errorf("ticked %s", got)
	}
	s.Shortcut(&fyne.ShortcutSelectAll{})
	if got := len(table.Ticked()); got != 1000 {
		t.Errorf("%d ticked", got)
	}
	s.Shortcut(&fyne.ShortcutSelectAll{})
	if got := len(table.Ticked()); got != 0 {
		t.Errorf("%d ticked", got)
	}
	if len(selected) == 0 {
		t.Error("OnSelect was not told")
	}
}

func ticked(t *Table[numbered]) string {
	var out []string
	for _, r := range t.Ticked() {
		out = append(out, fmt.Sprint(r.n))
	}
	return strings.Join(out, " ")
}

func TestTablePointer(t *testing.T) {
	opened := 0
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, true)
		tb.OnOpen = func(*numbered) { opened++ }
		tb.SetRows(manyRows(100))
		return tb
	})
	y := func(i int) float32 { return 34 + 36*float32(i) + 18 }
	s.At(20, y(3))
	if got := ticked(table); got != "3" {
		t.Errorf("a press on the box ticked %q", got)
	}
	s.At(200, y(5))
	if got := ticked(table); got != "3" || table.Selected().n != 5 || opened != 0 {
		t.Errorf("a press on a row: ticked %q, cursor %d, opened %d", got, table.Selected().n, opened)
	}
	s.At(200, y(5))
	if opened != 1 {
		t.Errorf("two presses opened %d", opened)
	}
	table.tapped(8, 200, fyne.KeyModifierShift)
	if got := ticked(table); got != "3 5 6 7 8" {
		t.Errorf("Shift ticked %q", got)
	}
	table.tapped(6, 200, fyne.KeyModifierShortcutDefault)
	if got := ticked(table); got != "3 5 7 8" {
		t.Errorf("Ctrl ticked %q", got)
	}
	s.At(20, 17)
	if got := len(table.Ticked()); got != 100 {
		t.Errorf("the box in the header ticked %d", got)
	}
}

func TestTableSortAndFilter(t *testing.T) {
	var sorted string
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(run.Sync{}, true)
		tb.OnSort = func(id string, down bool) { sorted = fmt.Sprintf("%s %v", id, down) }
		tb.Key = func(r *numbered) string { return r.text }
		tb.SetRows(manyRows(5000))
		return tb
	})
	first := func() int {
		n := -1
		table.Shown(func(r *numbered) {
			if n < 0 {
				n = r.n
			}
		})
		return n
	}
	s.At(100, 17)
	s.At(100, 17)
	if sorted != "number true" || first() != 4999 {
		t.Errorf("after two presses on the title: %s, first %d", sorted, first())
	}
	table.SetFilter(func(r *numbered) bool { return r.n%1000 == 7 })
	if table.Count() != 5 || first() != 4007 {
		t.Errorf("filtered: %d rows, first %d", table.Count(), first())
	}
	table.TickWhere(func(r *numbered) bool { return r.n == 7 || r.n == 8 })
	table.Select(func(r *numbered) bool { return r.n == 1007 })
	table.SetFilter(nil)
	if got := table.Selected().n; got != 1007 {
		t.Errorf("the filter moved the cursor to %d", got)
	}
	again := manyRows(5000)[5:]
	table.SetRows(again)
	if got := ticked(table); got != "7 8" || table.Selected().n != 1007 {
		t.Errorf("after new rows: ticked %q, cursor on %d", got, table.Selected().n)
	}
	table.SetFilter(func(*numbered) bool { return false })
	if table.Selected() != nil || table.Count() != 0 {
		t.Error("an empty table has a cursor")
	}
	s.Canvas.Focus(table)
	s.Key(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnd)
}

// held is a runner that ends tasks when told.
type held struct{ ends []func() }

func (h *held) Go(_ string, task run.Task, done func(error)) {
	h.ends = append(h.ends, func() {
		err := task(context.Background(), &run.Progress{})
		if done != nil {
			done(err)
		}
	})
}
func (h *held) Cancel(string) {}

func TestTableKeepsRowsWhileSorting(t *testing.T) {
	h := &held{}
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(h, false)
		tb.SetRows(manyRows(3))
		return tb
	})
	s.Has("F-000002")
	table.SetRows(manyRows(50_000))
	s.Key(fyne.KeyEnd)
	if table.Count() != 3 {
		t.Errorf("%d rows before the order is known", table.Count())
	}
	table.SetFilter(func(r *numbered) bool { return r.n%2 == 0 }) // supersedes, and must not lose the rows
	h.ends[len(h.ends)-1]()
	if table.Count() != 25_000 {
		t.Errorf("%d rows after", table.Count())
	}
}

func TestTableSortByKeyboard(t *testing.T) {
	var orders []string
	s, table := openTable(t, func() *Table[numbered] {
		less := func(a, b *numbered) bool { return a.n < b.n }
		text := func(r *numbered) string { return r.text }
		tb := NewTable(nil, Column[numbered]{ID: "a", Width: 100, Text: text, Less: less}, Column[numbered]{ID: "b", Width: 100, Text: text},
			Column[numbered]{ID: "c", Width: 100, Text: text, Less: less})
		tb.OnSort = func(id string, down bool) { orders = append(orders, fmt.Sprintf("%s%v", id, down)) }
		tb.SetRows(manyRows(3))
		return tb
	})
	s.Canvas.Focus(table)
	s.Key(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if got := strings.Join(orders, " "); got != "afalse atrue cfalse ctrue cfalse atrue afalse" {
		t.Errorf("orders: %s", got)
	}
}

func TestTableRowAt(t *testing.T) {
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, false)
		tb.SetRows(manyRows(100))
		return tb
	})
	if r := table.RowAt(fyne.NewPos(100, 34+36*2+5)); r == nil || r.n != 2 {
		t.Errorf("row %+v", r)
	}
	table.ScrollTo(360)
	if r := table.RowAt(fyne.NewPos(100, 34+36*2+5)); r == nil || r.n != 12 || table.Scrolled() != 360 {
		t.Errorf("row %+v, scrolled %v", r, table.Scrolled())
	}
	if r := table.RowAt(fyne.NewPos(100, 10)); r != nil {
		t.Errorf("the header is row %+v", r)
	}
	s.Has("F-000012")
}

func TestTableBelowTitles(t *testing.T) {
	var table *Table[numbered]
	s := shot.Open(t, shot.Setup{Width: 640, Height: 260}, func() fyne.CanvasObject {
		text := func(r *numbered) string { return r.text }
		wrong := func(r *numbered) bool { return r.n == 1 }
		table = NewTable(nil,
			Column[numbered]{ID: "a", Title: "A · « N° pièce »", Width: 160, Text: text},
			Column[numbered]{ID: "b", Title: "D · « Date fact. »", Width: 160, Text: func(*numbered) string { return "31/09/2026" }, Bold: wrong,
				Ink: func(r *numbered) fyne.ThemeColorName {
					if wrong(r) {
						return look.VeryLate.Text()
					}
					return look.Ink
				},
				Icon: func(r *numbered) look.Icon {
					if wrong(r) {
						return look.IconVery
					}
					return look.NoIcon
				}},
			Column[numbered]{ID: "c", Title: "F · « TTC »", Width: 180, Align: Right, Text: text})
		table.WithBelow(NewChoice("", "n", nil, Option{"n", "N° de facture"}).Low(), NewChoice("", "d", nil, Option{"d", "Date"}).Low(), NewChoice("", "m", nil, Option{"m", "Montant TTC"}).Low())
		table.SetRows(manyRows(4))
		return Padded(16, table)
	})
	s.Golden("table_below")
}

func TestTableColumns(t *testing.T) {
	kept := map[string]float32{}
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, false)
		tb.OnWidth = func(id string, w float32) { kept[id] = w }
		tb.SetRows(manyRows(3))
		return tb
	})
	s.Has("Notes")
	if last := table.spans[3]; last.x+last.w+12 != 798 {
		t.Errorf("the columns end at %v of 798", last.x+last.w+12)
	}
	table.head.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(150, 10)}, Dragged: fyne.NewDelta(24, 0)})
	table.head.DragEnd()
	if kept["number"] != 144 {
		t.Errorf("kept %v", kept)
	}
	table.SetWidths(map[string]float32{"number": 180, "gone": 50, "name": 3})
	if table.spans[0].w != 168 {
		t.Errorf("the first column is %v wide", table.spans[0].w)
	}
	s.Resize(520, 400)
	s.HasNot("Notes")
	s.Has("Reste")
	s.Resize(420, 400)
	if last := table.spans[table.lastShown()]; last.x+last.w > 418 {
		t.Errorf("the columns end at %v of 418", last.x+last.w)
	}
}

func TestTableCopy(t *testing.T) {
	var copied string
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, true)
		tb.OnCopy = func(text string) { copied = text }
		tb.SetRows(manyRows(9))
		return tb
	})
	s.Canvas.Focus(table)
	s.Shortcut(&fyne.ShortcutCopy{})
	if want := "Facture\tClient\tNotes\tReste\nF-000000\tClient du dossier F-000000\tnote\t1 234,56 €\n"; copied != want {
		t.Errorf("copied %q", copied)
	}
	table.TickWhere(func(r *numbered) bool { return r.n > 6 })
	s.Shortcut(&fyne.ShortcutCopy{})
	if strings.Count(copied, "\n") != 3 {
		t.Errorf("copied %q", copied)
	}
}

func TestTableFootAndEmpty(t *testing.T) {
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, true).WithEmpty(NewEmpty(look.IconInvoice, "Aucune facture", "Importez un fichier.", nil)).WithBar(NewSelectionBar(NewButton(Primary, look.NoIcon, "Écrire", nil)))
		tb.SetStatus("3 factures", Total{"Dû", "12,00 €"})
		tb.SetRows(manyRows(3))
		return tb
	})
	s.Has("3 factures", "Dû", "12,00 €")
	s.HasNot("Écrire", "Aucune facture")
	table.TickWhere(func(r *numbered) bool { return r.n == 1 })
	s.Settle()
	s.Has("Écrire")
	s.HasNot("3 factures")
	table.TickWhere(nil)
	table.SetRows(nil)
	s.Settle()
	s.Has("Aucune facture")
}

func TestTwoColumnsOfOneName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	NewTable(nil, Column[numbered]{ID: "a"}, Column[numbered]{ID: "a"})
}

// longTable is a table of 100,000 rows on a canvas.
func longTable(b *testing.B) *Table[invoiceRow] {
	var table *Table[invoiceRow]
	shot.Open(b, shot.Setup{}, func() fyne.CanvasObject {
		table = invoiceTable()
		var rows []invoiceRow
		for len(rows) < 100_000 {
			rows = append(rows, invoiceRows()...)
		}
		table.SetRows(rows)
		return table
	})
	return table
}

func BenchmarkTableRefresh(b *testing.B) {
	table := longTable(b)
	for b.Loop() {
		table.list.Refresh()
	}
}

func BenchmarkTablePage(b *testing.B) {
	table := longTable(b)
	for i := 0; b.Loop(); i++ {
		table.list.scrollTo(float32((i % 4000) * 20 * 36))
	}
}

func BenchmarkTableSort(b *testing.B) {
	rows := manyRows(100_000)
	for b.Loop() {
		order(context.Background(), rows, nil, func(a, c *numbered) bool { return a.text < c.text }, true)
	}
}

func BenchmarkTableFilter(b *testing.B) {
	rows := manyRows(100_000)
	for b.Loop() {
		order(context.Background(), rows, func(r *numbered) bool { return strings.Contains(r.text, "77") }, nil, false)
	}
}

// A page of a table must cost far less than a frame of the screen (16 ms), however many rows there are.
func TestTableIsQuick(t *testing.T) {
	var table *Table[invoiceRow]
	shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		table = invoiceTable()
		var rows []invoiceRow
		for len(rows) < 100_000 {
			rows = append(rows, invoiceRows()...)
		}
		table.SetRows(rows)
		return table
	})
	for name, do := range map[string]func(i int){
		"refresh":      func(int) { table.list.Refresh() },
		"another page": func(i int) { table.list.scrollTo(float32(i * 20 * 36)) },
	} {
		best := time.Hour // the machine may be busy with other things: the best of many tells
		for i := range 30 {
			from := time.Now()
			do(i)
			best = min(best, time.Since(from))
		}
		if best > 5*time.Millisecond {
			t.Errorf("%s takes %v", name, best)
		}
	}
}

func TestTableHoverAndFocus(t *testing.T) {
	s, table := openTable(t, func() *Table[numbered] {
		tb := numberTable(nil, false).Plain()
		tb.SetRows(manyRows(6))
		return tb
	})
	s.Canvas.Focus(table)
	s.Key(fyne.KeyDown)
	s.Hover(200, 34+36*3+18)
	s.Resize(640, 320)
	s.Golden("table_hover")
	s.Hover(200, 34+36*4+18)
	over := 0
	for _, o := range table.list.rows {
		if o.(*tableRow).over {
			over++
		}
	}
	if over != 1 {
		t.Errorf("the pointer is over %d rows", over)
	}
}
