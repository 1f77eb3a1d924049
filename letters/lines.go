package letters

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// textLine is a line of a paragraph: pieces in one weight each.
type textLine struct {
	runs  []Run
	width float64
}

func (l textLine) draw(s *sheet, x, y, size float64) {
	for _, r := range l.runs {
		s.text(x, y, r.Text, r.Bold, size, black)
		x += typeface().width(r.Text, r.Bold, size)
	}
}

// word is what stands between two plain spaces; it may change weight inside.
type word struct {
	runs  []Run
	width float64
}

// wrap breaks a paragraph at plain spaces into lines of at most room millimetres. A word longer than a
// line is cut.
func wrap(runs []Run, size, room float64) []textLine {
	var lines []textLine
	var line textLine
	f := typeface()
	for _, w := range splitWords(runs, size, room) {
		space := 0.0
		if len(line.runs) > 0 {
			space = f.width(" ", spaceWeight(line, w), size)
		}
		if len(line.runs) > 0 && line.width+space+w.width > room {
			lines, line, space = append(lines, line), textLine{}, 0
		}
		line.add(w, space)
	}
	if len(line.runs) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// spaceWeight is bold only between two bold words.
func spaceWeight(l textLine, w word) bool {
	return l.runs[len(l.runs)-1].Bold && w.runs[0].Bold
}

func (l *textLine) add(w word, space float64) {
	if len(l.runs) > 0 {
		last := &l.runs[len(l.runs)-1]
		if last.Bold && !w.runs[0].Bold {
			l.runs = append(l.runs, Run{" ", false})
		} else {
			last.Text += " "
		}
	}
	l.width += space + w.width
	for _, r := range w.runs {
		if n := len(l.runs); n > 0 && l.runs[n-1].Bold == r.Bold {
			l.runs[n-1].Text += r.Text
		} else {
			l.runs = append(l.runs, r)
		}
	}
}

func splitWords(runs []Run, size, room float64) []word {
	var words []word
	f := typeface()
	open := false // the last word goes on
	for _, r := range runs {
		for i, part := range strings.Split(printed(r.Text), " ") {
			if i > 0 {
				open = false
			}
			if part == "" {
				continue
			}
			width := f.width(part, r.Bold, size)
			if open {
				last := &words[len(words)-1]
				last.runs = append(last.runs, Run{part, r.Bold})
				last.width += width
			} else {
				words = append(words, word{[]Run{{part, r.Bold}}, width})
			}
			open = true
		}
	}
	if !slices.ContainsFunc(words, func(w word) bool { return w.width > room }) {
		return words
	}
	var out []word
	for _, w := range words {
		out = append(out, w.cut(size, room)...)
	}
	return out
}

// breakAfter are the signs after which a word too long for its line is rather broken.
const breakAfter = "-/_.,"

// cut breaks a word that is wider than a line: after a sign where there is one in the line's second half,
// else anywhere.
func (w word) cut(size, room float64) []word {
	if w.width <= room {
		return []word{w}
	}
	var out []word
	for _, r := range w.runs {
		for text := r.Text; text != ""; {
			n := prefix(text, r.Bold, size, room)
			piece := text[:n]
			out = append(out, word{[]Run{{piece, r.Bold}}, typeface().width(piece, r.Bold, size)})
			text = text[n:]
		}
	}
	return out
}

// prefix gives how many bytes of a text to put on a line of its own.
func prefix(text string, bold bool, size, room float64) int {
	width, best := 0.0, 0
	for i, r := range text {
		width += typeface().width(string(r), bold, size)
		if width > room && i > 0 {
			if best > 0 {
				return best
			}
			return i
		}
		if width > room/2 && strings.ContainsRune(breakAfter, r) {
			best = i + utf8.RuneLen(r)
		}
	}
	return len(text)
}
