package letters

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
)

// showMail shows an e-mail as it will leave, or left. One that is shown already stays as it is, scrolled to where it is read.
func (v *view) showMail(x desk.Seen) {
	c := v.c
	was := v.mail
	if v.mail = strings.Join([]string{x.From, x.To, x.Cc, x.Subject, x.Text, strconv.Itoa(len(x.Attached))}, "\n"); v.mail == was {
		return
	}
	head := kit.Stack(look.Gap1)
	line := func(key, text string) {
		if text != "" {
			head.Add(kit.NewNote(c.T(key, "address", text)).Wrapped())
		}
	}
	to := x.To
	if to == "" {
		to = c.T("lettering.mail.no_address")
	}
	line("outbox.from", x.From)
	line("lettering.mail.to", to)
	line("outbox.cc", x.Cc)
	head.Add(kit.NewTitle(x.Subject).Wrapped())
	if len(x.Attached) > 0 {
		head.Add(dialogs.Attached(c, x.Attached))
	}
	body := kit.Stack(look.Gap3)
	for _, p := range paragraphs(x.Text) {
		lines := kit.Stack(0)
		for _, l := range p {
			lines.Add(mailLine(l))
		}
		body.Add(lines)
	}
	top := kit.Stack(0, kit.Padded(look.Gap4, head), kit.Separator())
	card := kit.NewBareCard(container.NewBorder(top, nil, nil, nil, kit.Inset(0, 1, 6, 1, kit.NewScroll(kit.Padded(look.Gap4, body)))))
	v.current, v.shown = "", nil
	v.middle.Objects = []fyne.CanvasObject{card}
	v.middle.Refresh()
}

// mailLine shows a line of an e-mail. Of a table's row, the first cell stands at the left and the last at the right, for the blanks that
// part them fit letters of one width only.
func mailLine(l string) fyne.CanvasObject {
	cells := cellsOf(l)
	if len(cells) < 2 {
		return kit.NewLabel(strings.TrimSpace(l)).Wrapped()
	}
	last := len(cells) - 1
	cell := func(text string) *kit.Label { return kit.NewLabel(text).Role(look.Fine) }
	return container.New(slim{}, container.NewBorder(nil, nil, cell(cells[0]), cell(cells[last]),
		container.NewCenter(cell(strings.Join(cells[1:last], "   ")))))
}

// cellsOf parts a table's row at its blanks, three at least; any other line is one cell.
func cellsOf(l string) []string {
	if !strings.HasPrefix(l, "  ") {
		return []string{l}
	}
	var out []string
	for cell := range strings.SplitSeq(l, "   ") {
		if cell = strings.TrimSpace(cell); cell != "" {
			out = append(out, cell)
		}
	}
	return out
}

// paragraphs parts a text at its empty lines, and puts together again what was broken to fit: tables and lists keep their lines.
func paragraphs(text string) [][]string {
	var out [][]string
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		var lines []string
		before := 0 // characters of the line before
		for l := range strings.SplitSeq(p, "\n") {
			length := utf8.RuneCountInString(l)
			if len(cellsOf(l)) == 1 {
				l = strings.TrimSpace(l) // an item of a list goes on with a blank before
			}
			first, _, _ := strings.Cut(l, " ")
			full := len(lines) > 0 && before+1+utf8.RuneCountInString(first) > mailBreak
			before = length
			if full && first != "" && first != "–" {
				lines[len(lines)-1] += " " + l
				continue
			}
			lines = append(lines, l)
		}
		out = append(out, lines)
	}
	return out
}

// mailBreak is the width of an e-mail's lines: a line that the next word would make longer was broken to fit.
const mailBreak = 72
