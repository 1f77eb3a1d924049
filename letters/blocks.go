package letters

// items cuts the letter's body into strips for its pages.
func (l *Letter) items(st style) []*item {
	subject := l.subjectItems(st)
	items := subject
	for i, b := range l.Body {
		strips := b.items(st)
		if b.Paragraph != nil && i+1 < len(l.Body) && l.Body[i+1].Paragraph == nil {
			strips[len(strips)-1].keep = true // "as follows:" stays with what follows
		}
		items = append(items, strips...)
	}
	tieClosing(items[len(subject):])
	items = append(items, l.closing(st)...)
	if l.Statement != nil {
		items = append(items, l.Statement.items(st)...)
	}
	return items
}

func (l *Letter) subjectItems(st style) []*item {
	items := textItems([]Run{{l.Subject, true}}, st.size+0.5, st.pitch+0.3, left, textWidth)
	tie(items)
	items[len(items)-1].keep = true
	items[len(items)-1].height += 2
	return items
}

// closingLines is how much text at least stands on the page of the signature.
const closingLines = 3

// tieClosing keeps the last lines together with the signature that follows them.
func tieClosing(body []*item) {
	for i := len(body) - 1; i >= 0 && i >= len(body)-closingLines; i-- {
		body[i].keep = true
	}
}

// tie keeps strips together; the last one is free.
func tie(items []*item) {
	for _, it := range items[:len(items)-1] {
		it.keep = true
	}
}

func (b Block) items(st style) []*item {
	switch {
	case b.Heading != "":
		return headingItems(b.Heading, st)
	case b.Table != nil:
		return b.Table.items(st, st.size-0.5)
	case b.Sums != nil:
		return []*item{b.Sums.item(st)}
	case b.Bank != nil:
		return []*item{b.Bank.item(st)}
	case b.List != nil:
		return listItems(b.List, st)
	case b.Form != nil:
		return []*item{b.Form.item(st)}
	}
	items := textItems(b.Paragraph, st.size, st.pitch, left, textWidth)
	items[0].space = st.gap
	if n := len(items); n <= 3 {
		tie(items)
	} else {
		items[0].keep, items[n-2].keep = true, true // no single line at a page's foot or head
	}
	return items
}

// textItems gives one strip for each line of a paragraph; there is at least one.
func textItems(runs []Run, size, pitch, x, width float64) []*item {
	var items []*item
	for _, line := range wrap(runs, size, width) {
		items = append(items, &item{height: pitch, draw: func(s *sheet, y float64) {
			line.draw(s, x, y+pitch*0.74, size)
		}})
	}
	if len(items) == 0 {
		items = append(items, &item{draw: func(*sheet, float64) {}})
	}
	return items
}

// headingItems draws the title of a section, never parted from what follows.
func headingItems(title string, st style) []*item {
	items := textItems([]Run{{title, true}}, st.size+1.5, st.pitch+0.8, left, textWidth)
	items[0].space = 2 * st.gap
	for _, it := range items {
		it.keep = true
	}
	return items
}

// listItems draws sentences behind dashes.
func listItems(list []string, st style) []*item {
	const indent = 5.0
	var items []*item
	for _, t := range list {
		lines := textItems([]Run{{t, false}}, st.size, st.pitch, left+indent, textWidth-indent)
		first := lines[0].draw
		lines[0].draw = func(s *sheet, y float64) {
			s.text(left+1, y+st.pitch*0.74, "–", false, st.size, black)
			first(s, y)
		}
		lines[0].space = 1
		tie(lines)
		items = append(items, lines...)
	}
	items[0].space = st.gap * 0.6
	return items
}

// item draws a frame with room to write by hand on a dotted line after each text.
func (f *Form) item(st style) *item {
	const (
		inset, title = 4.0, 7.0
		line, sign   = 8.5, 14.0
	)
	size := st.size - 1
	height := title + line*float64(len(f.Lines)) + sign - 2
	return &item{height: height, space: st.gap + 0.4, draw: func(s *sheet, top float64) {
		s.frame(left, top, textWidth, height, 0.2, rule)
		s.text(left+inset, top+5, fit(printed(f.Title), true, size, textWidth-2*inset), true, size, black)
		y := top + title
		for i, t := range f.Lines {
			label := printed(t)
			s.text(left+inset, y+5.5, label, false, size, black)
			if i < len(f.Lines)-1 { // the last is the signature, below which is room
				s.line(left+inset+typeface().width(label, false, size)+2, y+6, right-inset, y+6, 0.12, rule)
			}
			y += line
		}
	}}
}

// closing is the space to sign in, or the signature, who signs, the code to pay with, and the enclosures.
func (l *Letter) closing(st style) []*item {
	height := signatureSpace + float64(len(l.Signature))*st.pitch
	if l.PayCode != nil {
		height = max(height, l.PayCode.height())
	}
	sign := &item{height: height, space: 0, draw: func(s *sheet, y float64) {
		if l.PayCode != nil {
			l.PayCode.draw(s, y)
		}
		if g := l.SignedBy; g != nil {
			scale := min(signatureWidth/float64(g.width), (signatureSpace-4.5)/float64(g.height))
			s.logo(g, secondColumn, y+1, float64(g.width)*scale, float64(g.height)*scale)
		}
		y += signatureSpace
		for i, t := range l.Signature {
			t = fit(printed(t), i == 0, st.size, right-secondColumn)
			s.text(secondColumn, y, t, i == 0, st.size, black)
			y += st.pitch
		}
	}}
	if l.Enclosures == "" {
		return []*item{sign}
	}
	sign.keep = true
	enclosures := textItems([]Run{{l.Enclosures, false}}, 8.5, 4, left, textWidth)
	tie(enclosures)
	enclosures[0].space = 3
	return append([]*item{sign}, enclosures...)
}

// item draws a frame with labels above values, side by side as far as they fit; a value wider than the frame takes several lines.
func (b *Bank) item(st style) *item {
	const (
		inset, between = 4.0, 6.0
		label, line    = 4.2, 4.6
		rowGap         = 2.6
	)
	type cell struct {
		label string
		value []textLine
		x, y  float64
	}
	var cells []cell
	x, y, lines := left+inset, 2.6, 1 // lines of the highest value of the row
	size := st.size - 1
	for _, f := range b.Fields {
		c := cell{label: printed(f[0]), value: wrap([]Run{{f[1], true}}, size, textWidth-2*inset)}
		width := typeface().width(c.label, false, 7.5)
		for _, l := range c.value {
			width = max(width, l.width)
		}
		if x > left+inset && x+width > right-inset {
			x, y, lines = left+inset, y+label+line*float64(lines)+rowGap, 1
		}
		c.x, c.y = x, y
		cells = append(cells, c)
		x, lines = x+width+between, max(lines, len(c.value))
	}
	height := y + label + line*float64(lines) + 3
	return &item{height: height, space: st.gap + 0.4, draw: func(s *sheet, top float64) {
		s.frame(left, top, textWidth, height, 0.2, rule)
		for _, c := range cells {
			s.text(c.x, top+c.y+3, c.label, false, 7.5, grey)
			for i, l := range c.value {
				l.draw(s, c.x, top+c.y+3+line*float64(i+1), size)
			}
		}
	}}
}

// item draws amounts under each other at the right, the total under a rule.
func (m *Sums) item(st style) *item {
	const x = 85.0
	size := st.size - 0.5
	height := st.row*float64(len(m.Lines)) + 1
	return &item{height: height, space: st.gap, draw: func(s *sheet, top float64) {
		y := top
		for i, l := range m.Lines {
			last := i == len(m.Lines)-1
			if last {
				s.fill(x, y+0.4, right-x, st.row, tint)
				s.line(x, y+0.4, right, y+0.4, 0.3, black)
				y += 0.4
			}
			baseline := y + st.row*0.66
			label, amount := printed(l[0]), printed(l[1])
			w := typeface().width(amount, last, size)
			s.text(x+2, baseline, fit(label, last, size, right-x-w-8), last, size, black)
			s.text(right-2-w, baseline, amount, last, size, black)
			y += st.row
		}
	}}
}

func (t *Statement) items(st style) []*item {
	items := textItems([]Run{{t.Title, true}}, 12, 6.5, left, textWidth)
	items[0].annex, items[0].space = true, 18
	tie(items)
	items[len(items)-1].keep = true
	intro := textItems(t.Intro, st.size-0.5, st.pitch, left, textWidth)
	intro[0].space = 1
	intro[len(intro)-1].keep = true
	items = append(append(items, intro...), t.Table.items(st, 8.5)...)
	for i, n := range t.Notes {
		note := textItems([]Run{{n, false}}, 8.5, 4.1, left, textWidth)
		note[0].space = 1.2
		if i == 0 {
			note[0].space = 5
		}
		tie(note)
		items = append(items, note...)
	}
	return items
}
