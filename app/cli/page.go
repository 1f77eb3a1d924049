package cli

import (
	"strings"
	"unicode/utf8"

	"quitus/assets/words"
)

// page is an answer for people.
type page struct {
	w *words.Words
	b strings.Builder
}

// line adds a line of text.
func (p *page) line(text string) { p.b.WriteString(text + "\n") }

// say adds a line with the text of a key.
func (p *page) say(key string, pairs ...any) { p.line(p.w.T(key, pairs...)) }

// column is a column of a table: the key of its title, and whether figures are set to the right.
type column struct {
	key   string
	right bool
}

// table adds rows under titles, aligned; indent stands before each line.
func (p *page) table(indent string, columns []column, rows [][]string) {
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = p.w.T(c.key)
	}
	rows = append([][]string{titles}, rows...)
	widths := make([]int, len(columns))
	for _, r := range rows {
		for i, cell := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, r := range rows {
		var b strings.Builder
		for i, cell := range r {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if columns[i].right {
				b.WriteString(pad + cell)
			} else {
				b.WriteString(cell + pad)
			}
			b.WriteString("  ")
		}
		p.line(indent + strings.TrimRight(b.String(), " "))
	}
}
