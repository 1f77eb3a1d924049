package letters

// Table geometry, in millimetres.
const (
	cellInset = 1.6
	columnGap = 2.2
	leastSize = 6.5 // points
	cellLines = 12
)

// columns are a table's columns measured for a size of type.
type columns struct {
	size  float64
	x, w  []float64
	lines [][][]string // per row and cell
}

// items gives a strip for the head, for each row and for the total. The head stands again on each page;
// it keeps two rows with it, and the total keeps the last two.
func (t *Table) items(st style, size float64) []*item {
	c := t.columns(size)
	head := &item{height: st.row, space: st.gap, keep: true, draw: func(s *sheet, y float64) {
		t.drawRow(s, c, y, st, t.head(), true)
		s.line(left, y+st.row, right, y+st.row, 0.3, black)
	}}
	items := []*item{head}
	for i := range t.Rows {
		cells := c.lines[i]
		height := rowHeight(st, cells)
		items = append(items, &item{height: height, head: head, draw: func(s *sheet, y float64) {
			t.drawRow(s, c, y, st, cells, false)
			s.line(left, y+height, right, y+height, 0.12, rule)
		}})
	}
	rows := items[1:]
	if len(rows) > 1 {
		rows[0].keep = true
	}
	if t.Total == nil {
		return items
	}
	for _, r := range rows[max(0, len(rows)-2):] {
		r.keep = true
	}
	return append(items, t.totalItem(st, size))
}

// totalItem draws the label and the sum, both from the last column leftwards.
func (t *Table) totalItem(st style, size float64) *item {
	height := st.row + 0.4
	return &item{height: height, draw: func(s *sheet, y float64) {
		s.fill(left, y, textWidth, height, tint)
		s.line(left, y, right, y, 0.3, black)
		label, sum := printed(t.Total[0]), printed(t.Total[1])
		w := typeface().width(sum, true, size+0.5)
		baseline := y + height*0.66
		s.text(left+cellInset, baseline, fit(label, true, size+0.5, textWidth-w-10), true, size+0.5, black)
		s.text(right-cellInset-w, baseline, sum, true, size+0.5, black)
	}}
}

func (t *Table) head() [][]string {
	cells := make([][]string, len(t.Head))
	for i, h := range t.Head {
		cells[i] = []string{printed(h)}
	}
	return cells
}

func rowHeight(st style, cells [][]string) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c))
	}
	return st.row + float64(most-1)*(st.row-2.2)
}

func (t *Table) drawRow(s *sheet, c columns, y float64, st style, cells [][]string, bold bool) {
	for k, cell := range cells {
		baseline := y + st.row*0.66
		for _, line := range cell {
			x := c.x[k]
			if t.Right[k] {
				x += c.w[k] - typeface().width(line, bold, c.size)
			}
			s.text(x, baseline, line, bold, c.size, black)
			baseline += st.row - 2.2
		}
	}
}

// The widest that columns of text are, in millimetres: the first, and the others.
const (
	firstMost = 62.0
	textMost  = 46.0
)

// columns gives each column the width of its longest cell, up to a limit where it is text, which is broken into lines. Where they do
// not fit side by side the type gets smaller. What is left over goes between the columns.
func (t *Table) columns(size float64) columns {
	c := columns{size: size, x: make([]float64, len(t.Head)), w: make([]float64, len(t.Head))}
	cells := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		cells[i] = make([]string, len(row))
		for k, s := range row {
			cells[i][k] = printed(s)
		}
	}
	for ; ; c.size -= 0.25 {
		sum := 0.0
		for k := range c.w {
			c.w[k] = t.widest(cells, k, c.size)
			switch {
			case k == 0:
				c.w[k] = min(c.w[k], firstMost)
			case !t.Right[k]:
				c.w[k] = min(c.w[k], textMost)
			}
			sum += c.w[k]
		}
		if sum+columnGap*float64(len(c.w)-1) <= textWidth-2*cellInset || c.size <= leastSize {
			c.spread(sum)
			break
		}
	}
	c.lines = make([][][]string, len(cells))
	for i, row := range cells {
		c.lines[i] = make([][]string, len(row))
		for k, s := range row {
			if k > 0 && t.Right[k] || typeface().width(s, false, c.size) <= c.w[k] {
				c.lines[i][k] = []string{s}
				continue
			}
			c.lines[i][k] = foldCell(s, c.size, c.w[k])
		}
	}
	return c
}

// foldCell breaks a cell into lines, the last of which says so when there would be more than cellLines.
func foldCell(s string, size, room float64) []string {
	var out []string
	for _, line := range wrap([]Run{{s, false}}, size, room) {
		if len(out) == cellLines {
			out[cellLines-1] = fit(out[cellLines-1]+"…", false, size, room)
			break
		}
		out = append(out, line.runs[0].Text)
	}
	return out
}

func (t *Table) widest(cells [][]string, k int, size float64) float64 {
	f := typeface()
	w := f.width(t.Head[k], true, size)
	for _, row := range cells {
		w = max(w, f.width(row[k], false, size))
	}
	return w
}

// spread places columns of a total width over the page.
func (c *columns) spread(sum float64) {
	room := textWidth - 2*cellInset - sum
	gap := room / float64(max(1, len(c.w)-1))
	x := left + cellInset
	for k := range c.w {
		c.x[k] = x
		x += c.w[k] + gap
	}
}
