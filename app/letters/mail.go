package letters

import (
	"context"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// showMail shows an e-mail as it will leave.
func (v *view) showMail(x *ledger.Message) {
	c := v.c
	to := x.To
	if to == "" {
		to = c.T("lettering.mail.no_address")
	}
	head := kit.Stack(look.Gap1, kit.NewNote(c.T("lettering.mail.to", "address", to)).Wrapped(), kit.NewTitle(x.Subject).Wrapped())
	body := kit.Stack(look.Gap3)
	for _, p := range paragraphs(x.Body) {
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
			first, _, _ := strings.Cut(l, " ")
			full := len(lines) > 0 && before+1+utf8.RuneCountInString(first) > mailBreak
			before = utf8.RuneCountInString(l)
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

// mailSide shows what can be done with an e-mail of the outbox.
func (v *view) mailSide(x *ledger.Message) {
	c := v.c
	box := kit.Stack(look.Gap2, kit.NewLabel(v.model.messageSecond(x)).Wrapped(), kit.NewNote(c.T("lettering.mail.waits")).Wrapped())
	box.Add(kit.NewButton(kit.Secondary, look.IconDelete, c.T("lettering.mail.drop"), func() { v.drop(x.ID) }))
	box.Add(kit.Row(look.Gap2, kit.NewCopyButton(x.Subject+"\n\n"+x.Body), kit.NewNote(c.T("lettering.mail.copy"))))
	box.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, look.IconAccount, c.T("lettering.customer"), func() {
		c.Go(screen.Place{Screen: screen.Customer, Customer: x.Customer})
	}).Low())))
	v.side.Objects = []fyne.CanvasObject{kit.NewTitledCard(c.T("lettering.mail.this"), nil, box)}
	v.side.Refresh()
}

// drop takes an e-mail out of the outbox.
func (v *view) drop(id ledger.MessageID) {
	v.c.Act("letters.act", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.DropMessage(ctx, id)
	}, func() string { return v.c.T("lettering.done.dropped") })
}
