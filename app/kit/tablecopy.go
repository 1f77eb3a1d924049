package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// copyRows copies the ticked rows, or the one with the cursor, with their titles.
func (t *Table[T]) copyRows() {
	var b strings.Builder
	t.copyLine(&b, func(k int) string { return t.cols[k].title })
	some := len(t.ticks) > 0
	cells := make([]cell, len(t.columns))
	for i := range t.view {
		if (some && t.ticked(i)) || (!some && i == t.cursor) {
			t.fillRow(i, cells)
			t.copyLine(&b, func(k int) string { return cells[k].text })
		}
	}
	if t.OnCopy != nil {
		t.OnCopy(b.String())
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(b.String())
}

func (t *Table[T]) copyLine(b *strings.Builder, word func(int) string) {
	first := true
	for k, c := range t.columns {
		if c.Text == nil && c.Chip == nil {
			continue // mere space between two columns
		}
		if !first {
			b.WriteByte('\t')
		}
		first = false
		b.WriteString(strings.NewReplacer("\t", " ", "\n", " ").Replace(word(k)))
	}
	b.WriteByte('\n')
}
