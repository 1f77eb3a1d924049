package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// Label is words on the screen, on one line or wrapped. Words between ** and ** are bold. A text that is
// longer than its line ends in an ellipsis.
//
//	kit.NewLabel("**Banque lue il y a 9 jours.** À mettre à jour.").Wrapped()
type Label struct {
	widget.BaseWidget
	text  string
	role  look.Role
	bold  bool
	ink   fyne.ThemeColorName
	align Align
	wrap  bool

	lines [][]piece
	wide  float32
	size  float32 // of the letters that lines were measured with
}

// piece is a part of a line in one weight.
type piece struct {
	text string
	bold bool
}

// NewLabel makes a text of the body's size.
func NewLabel(text string) *Label {
	l := &Label{text: text, role: look.Body, ink: look.Ink}
	l.ExtendBaseWidget(l)
	return l
}

// NewNote makes a small second text.
func NewNote(text string) *Label { return NewLabel(text).Role(look.Fine).Ink(look.Ink2) }

// NewTitle makes a bold text of the body's size, such as the title of a card.
func NewTitle(text string) *Label { return NewLabel(text).Bold() }

// NewSection makes a bold text of 17, such as the title of a section or a dialog.
func NewSection(text string) *Label { return NewLabel(text).Role(look.Speech).Bold() }

// Role sets the size, Bold the weight, Ink the colour, Aligned the side, Wrapped lets it take several
// lines; each gives the label back.
func (l *Label) Role(r look.Role) *Label { l.role = r; return l }

// Bold makes the whole text bold.
func (l *Label) Bold() *Label { l.bold = true; return l }

// Ink sets the colour by its name in the theme.
func (l *Label) Ink(c fyne.ThemeColorName) *Label { l.ink = c; return l }

// Aligned sets the side.
func (l *Label) Aligned(a Align) *Label { l.align = a; return l }

// Wrapped lets the text take as many lines as it needs.
func (l *Label) Wrapped() *Label { l.wrap = true; return l }

// SetText changes the words.
func (l *Label) SetText(text string) {
	if l.text == text {
		return
	}
	l.text = text
	l.lines = nil
	l.Refresh()
}

// SetInk changes the colour.
func (l *Label) SetInk(c fyne.ThemeColorName) { l.ink = c; l.Refresh() }

// Text gives the words.
func (l *Label) Text() string { return l.text }

// Resize wraps the text anew when its width changes.
func (l *Label) Resize(s fyne.Size) {
	if l.wrap && s.Width != l.wide {
		l.wide = s.Width
		l.lines = nil
		l.BaseWidget.Resize(s)
		l.Refresh()
		return
	}
	l.BaseWidget.Resize(s)
}

// runs counts the pieces of text that the lines are made of.
func (l *Label) runs() int {
	n := 0
	for _, line := range l.lines {
		n += len(line)
	}
	return n
}

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	p := &parts{self: l}
	p.paint = func() {
		l.breakLines()
		p.objects = p.objects[:0]
		for _, line := range l.lines {
			for _, r := range line {
				t := newText(l.role, r.bold)
				t.Text, t.Color = r.text, look.Color(l.ink)
				p.objects = append(p.objects, t)
			}
		}
	}
	p.min = func() fyne.Size {
		l.breakLines()
		h := lineHeight(l.role) * float32(max(1, len(l.lines)))
		if l.wrap {
			return fyne.NewSize(look.Px(40), h)
		}
		w := float32(0)
		for _, line := range l.lines {
			w = max(w, l.lineWidth(line))
		}
		return fyne.NewSize(w, h)
	}
	p.layout = func(s fyne.Size) {
		if l.runs() != len(p.objects) {
			p.paint() // it was hidden when its text or width changed
		}
		i, h := 0, lineHeight(l.role)
		y := round((s.Height - h*float32(max(1, len(l.lines)))) / 2)
		if l.wrap {
			y = 0
		}
		for n, line := range l.lines {
			x := float32(0)
			switch l.align {
			case Right:
				x = s.Width - l.lineWidth(line)
			case Centre:
				x = round((s.Width - l.lineWidth(line)) / 2)
			}
			for _, r := range line {
				t := p.objects[i].(*canvas.Text)
				i++
				if !l.wrap {
					t.Text = fit(r.text, l.role, r.bold, s.Width-max(0, x))
				}
				place(t, x, y+float32(n)*h)
				x += fyne.MeasureText(r.text, t.TextSize, t.TextStyle).Width
			}
		}
	}
	return render(p)
}

func (l *Label) lineWidth(line []piece) float32 {
	w := float32(0)
	for _, r := range line {
		w += fyne.MeasureText(r.text, look.TextSize(l.role), fyne.TextStyle{Bold: r.bold}).Width
	}
	return ceil(w)
}

// breakLines cuts the text into lines of the label's width.
func (l *Label) breakLines() {
	size := look.TextSize(l.role)
	if l.lines != nil && l.size == size {
		return
	}
	l.lines, l.size = [][]piece{}, size
	for _, para := range strings.Split(l.text, "\n") {
		runs := splitBold(para, l.bold)
		if l.wrap && l.wide > 0 {
			l.lines = append(l.lines, l.wrapRuns(runs)...)
		} else {
			l.lines = append(l.lines, runs)
		}
	}
}

// splitBold cuts at the ** marks.
func splitBold(text string, bold bool) []piece {
	var out []piece
	for i, part := range strings.Split(text, "**") {
		if part != "" {
			out = append(out, piece{part, bold != (i%2 == 1)})
		}
	}
	return out
}

// wrapRuns breaks between words; a word wider than the line stands alone on its line.
func (l *Label) wrapRuns(runs []piece) [][]piece {
	size := look.TextSize(l.role)
	measure := func(s string, bold bool) float32 {
		return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
	}
	var lines [][]piece
	var line []piece
	used := float32(0)
	for _, r := range runs {
		for _, word := range strings.SplitAfter(r.text, " ") {
			if word == "" {
				continue
			}
			need := measure(strings.TrimRight(word, " "), r.bold)
			if used > 0 && used+need > l.wide {
				lines, line, used = append(lines, trimmed(line)), nil, 0
			}
			used += measure(word, r.bold)
			if n := len(line); n > 0 && line[n-1].bold == r.bold {
				line[n-1].text += word
			} else {
				line = append(line, piece{word, r.bold})
			}
		}
	}
	return append(lines, trimmed(line))
}

// trimmed takes the blanks off the end of a line.
func trimmed(line []piece) []piece {
	for n := len(line); n > 0; n-- {
		line[n-1].text = strings.TrimRight(line[n-1].text, " ")
		if line[n-1].text != "" {
			break
		}
		line = line[:n-1]
	}
	return line
}
