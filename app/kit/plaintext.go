package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// PlainText is somebody else's words on the screen, as they were written: nothing in them is a mark or a link. It takes as many lines as
// it needs; a passage of it may be lit.
//
//	kit.NewPlainText(reply.Text).Lit(reply.PassageFrom, reply.PassageTo)
type PlainText struct {
	widget.BaseWidget
	text     string
	from, to int // bytes that are lit
	role     look.Role
	bold     bool
	ink      fyne.ThemeColorName

	lines []textPart
	wide  float32
	size  float32 // of the letters that lines were measured with
}

// textPart is a part of the text in bytes: a line.
type textPart struct{ from, to int }

// NewPlainText makes a text of the body's size.
func NewPlainText(text string) *PlainText {
	p := &PlainText{text: text, role: look.Body, ink: look.Ink}
	p.ExtendBaseWidget(p)
	return p
}

// Lit lights the bytes from from up to to; where they are no part of the text, nothing. Bold makes all bold, Ink sets the colour, Role the size.
func (p *PlainText) Lit(from, to int) *PlainText {
	if from >= 0 && from < to && to <= len(p.text) {
		p.from, p.to = from, to
	}
	return p
}

// Bold makes the text bold.
func (p *PlainText) Bold() *PlainText { p.bold = true; return p }

// Ink sets the colour by its name in the theme.
func (p *PlainText) Ink(c fyne.ThemeColorName) *PlainText { p.ink = c; return p }

// Role sets the size.
func (p *PlainText) Role(r look.Role) *PlainText { p.role = r; return p }

// Text gives the words.
func (p *PlainText) Text() string { return p.text }

// Resize breaks the text anew when its width changes.
func (p *PlainText) Resize(s fyne.Size) {
	if s.Width != p.wide {
		p.wide, p.lines = s.Width, nil
		p.BaseWidget.Resize(s)
		p.Refresh()
		return
	}
	p.BaseWidget.Resize(s)
}

func (p *PlainText) measure(s string) float32 {
	return fyne.MeasureText(s, p.size, fyne.TextStyle{Bold: p.bold}).Width
}

// breakLines cuts the text into lines of the widget's width: between words, within those that are wider than a line.
func (p *PlainText) breakLines() {
	size := look.TextSize(p.role)
	if p.lines != nil && p.size == size {
		return
	}
	p.lines, p.size = []textPart{}, size
	at := 0
	for line := range strings.SplitSeq(p.text, "\n") {
		p.breakLine(at, line)
		at += len(line) + 1
	}
}

func (p *PlainText) breakLine(at int, line string) {
	start, used := 0, float32(0)
	end := func(to int) {
		p.lines = append(p.lines, textPart{at + start, at + to})
		start, used = to, 0
	}
	pos := 0
	for _, word := range wordsOf(line) {
		need := p.measure(strings.TrimRight(word, " "))
		if used > 0 && p.wide > 0 && used+need > p.wide {
			end(pos)
		}
		if p.wide > 0 && need > p.wide {
			for i, r := range word {
				w := p.measure(string(r))
				if used > 0 && used+w > p.wide {
					end(pos + i)
				}
				used += w
			}
		} else {
			used += p.measure(word)
		}
		pos += len(word)
	}
	end(len(line))
}

// wordsOf parts a line at its blanks, which stay with the word before; a blank within an amount parts nothing.
func wordsOf(line string) []string {
	var out []string
	for word := range strings.SplitAfterSeq(line, " ") {
		if n := len(out); n > 0 && amountGoesOn(out[n-1], word) {
			out[n-1] += word
			continue
		}
		out = append(out, word)
	}
	return out
}

// amountGoesOn says whether a word goes on with the amount that ends before it: "1 200,00", "200,00 €".
func amountGoesOn(before, word string) bool {
	if len(before) < 2 || len(before) > 20 || before[len(before)-1] != ' ' || before[len(before)-2] < '0' || before[len(before)-2] > '9' {
		return false
	}
	return strings.HasPrefix(word, "€") || len(word) >= 3 && strings.IndexFunc(word[:3], func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// CreateRenderer implements fyne.Widget.
func (p *PlainText) CreateRenderer() fyne.WidgetRenderer {
	r := &parts{self: p}
	var grounds []*canvas.Rectangle
	var texts []*canvas.Text
	r.paint = func() {
		p.breakLines()
		grounds, texts, r.objects = grounds[:0], texts[:0], r.objects[:0]
		for _, l := range p.lines {
			ground, text := canvas.NewRectangle(look.Color(look.Soon.Tint())), newText(p.role, p.bold)
			text.Text, text.Color = strings.TrimRight(p.text[l.from:l.to], " "), look.Color(p.ink)
			if !p.lit(l) {
				ground.Hide()
			}
			grounds, texts = append(grounds, ground), append(texts, text)
			r.objects = append(r.objects, ground, text)
		}
	}
	r.min = func() fyne.Size {
		p.breakLines()
		return fyne.NewSize(look.Px(40), lineHeight(p.role)*float32(max(1, len(p.lines))))
	}
	r.layout = func(fyne.Size) {
		if len(texts) != len(p.lines) {
			r.paint() // it was hidden when its width changed
		}
		h := lineHeight(p.role)
		for i, l := range p.lines {
			place(texts[i], 0, float32(i)*h)
			if p.lit(l) {
				from, to := max(p.from, l.from), min(p.to, l.from+len(texts[i].Text))
				x := p.measure(p.text[l.from:from])
				bounds(grounds[i], x-look.Px(2), float32(i)*h, p.measure(p.text[from:max(from, to)])+look.Px(4), h)
			}
		}
	}
	return render(r)
}

// lit says whether a part of a line is lit.
func (p *PlainText) lit(l textPart) bool {
	return p.from < p.to && p.from < l.to && p.to > l.from
}
