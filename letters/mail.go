package letters

import (
	"slices"
	"strings"
	"unicode/utf8"

	"quitus/assets/words"
)

// mailWidth is how many characters a line of an e-mail has at most, unless one word is longer.
const mailWidth = 72

// Message is a letter as an e-mail in plain text.
type Message struct {
	Subject string
	Text    string // lines of at most mailWidth characters, each ended by a line feed
	Letter  *Letter
}

// Mail makes an e-mail of a model: the same content as [Compose] gives, without the heading of a letter. Errors are
// those of Compose.
func Mail(r Request) (*Message, []Warning, error) {
	l, warnings, err := compose(r, true)
	if err != nil {
		return nil, nil, err
	}
	subject, size := utf8.DecodeRuneInString(l.title)
	return &Message{Subject: strings.ToUpper(string(subject)) + l.title[size:], Text: l.text(), Letter: l}, warnings, nil
}

// text writes the letter's body, signature and annex as plain text.
func (l *Letter) text() string {
	var parts []string
	add := func(lines ...string) {
		if len(lines) > 0 {
			parts = append(parts, strings.Join(lines, "\n"))
		}
	}
	w := words.New(words.Lang(l.Lang))
	for _, b := range l.Body {
		add(b.text(w)...)
	}
	add(folded(append(slices.Clone(l.Signature), l.Sender.Name, l.Sender.contact))...)
	if l.Enclosures != "" {
		add(wrapText(l.Enclosures, "", "")...)
	}
	add(folded(append(l.References[len(l.References)-1:], l.Legal...))...)
	if l.Statement != nil {
		l.Statement.text(w, add)
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func folded(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, wrapText(s, "", "")...)
	}
	return out
}

func (b Block) text(w *words.Words) []string {
	switch {
	case b.Table != nil:
		return b.Table.text()
	case b.Sums != nil:
		return aligned(b.Sums.Lines)
	case b.Bank != nil:
		var out []string
		for _, f := range b.Bank.Fields {
			out = append(out, wrapText(w.T("letters.bank.line", "label", f[0], "value", f[1]), "  ", "    ")...)
		}
		return out
	case b.List != nil:
		var out []string
		for _, s := range b.List {
			out = append(out, wrapText(s, "– ", "  ")...)
		}
		return out
	case b.Form != nil:
		out := wrapText(b.Form.Title, "", "")
		for _, s := range b.Form.Lines {
			out = append(out, wrapText(s+" "+strings.Repeat(".", 24), "", "  ")...)
		}
		return out
	}
	var text strings.Builder
	for _, r := range b.Paragraph {
		text.WriteString(r.Text)
	}
	return wrapText(text.String(), "", "")
}

// text writes the columns that an e-mail has room for, the texts at the left and the amounts at the right; where a
// row's first cell is too long, it has a line of its own.
func (t *Table) text() []string {
	widths := make([]int, len(t.Short))
	rows := append([][]string{t.Head}, t.Rows...)
	for n, k := range t.Short {
		for _, row := range rows {
			if n > 0 || utf8.RuneCountInString(row[k]) <= mailWidth/3 {
				widths[n] = max(widths[n], utf8.RuneCountInString(row[k]))
			}
		}
	}
	total := 2 + 3*(len(widths)-1)
	for _, w := range widths {
		total += w
	}
	if t.Total != nil { // the amounts move to the right where the total's label is long
		more := 5 + utf8.RuneCountInString(t.Total[0]) + utf8.RuneCountInString(t.Total[1]) - total
		widths[len(widths)-1] += max(more, 0)
		total += max(more, 0)
	}
	var out []string
	for _, row := range rows {
		var b strings.Builder
		b.WriteString("  ")
		for n, k := range t.Short {
			cell, room := row[k], widths[n]
			if n == 0 && utf8.RuneCountInString(cell) > room {
				out = append(out, wrapText(cell, "  ", "    ")...)
				cell = ""
			}
			pad := strings.Repeat(" ", room-utf8.RuneCountInString(cell))
			if n > 0 {
				b.WriteString("   ")
			}
			if t.Right[k] {
				b.WriteString(pad + cell)
			} else {
				b.WriteString(cell + pad)
			}
		}
		out = append(out, strings.TrimRight(b.String(), " "))
	}
	if t.Total != nil {
		out = append(out, spread(t.Total[0], t.Total[1], total-2))
	}
	return out
}

// aligned writes labels at the left and amounts at the right.
func aligned(lines [][2]string) []string {
	label, amount := 0, 0
	for _, l := range lines {
		label, amount = max(label, utf8.RuneCountInString(l[0])), max(amount, utf8.RuneCountInString(l[1]))
	}
	var out []string
	for _, l := range lines {
		out = append(out, spread(l[0], l[1], label+3+amount))
	}
	return out
}

// spread writes a label at the left and an amount at the right of a width, or three blanks between them where that
// is too narrow.
func spread(label, amount string, width int) string {
	gap := width - utf8.RuneCountInString(label) - utf8.RuneCountInString(amount)
	return "  " + label + strings.Repeat(" ", max(gap, 3)) + amount
}

// text writes the annex, a sentence for each line of the computation.
func (s *Statement) text(w *words.Words, add func(...string)) {
	add(wrapText(s.Title, "", "")...)
	add(Block{Paragraph: s.Intro}.text(w)...)
	var rows []string
	for _, r := range s.Table.Rows {
		rows = append(rows, wrapText(w.T("letters.statement.line", "invoice", r[0], "from", r[1], "to", r[2], "days", r[3],
			"base", r[4], "rate", r[5], "amount", r[6]), "– ", "  ")...)
	}
	add(append(rows, spread(s.Table.Total[0], s.Table.Total[1], 0))...)
	for _, n := range s.Notes {
		add(wrapText(n, "", "")...)
	}
}

// wrapText breaks a text at plain spaces into lines of mailWidth characters; indents stand before the first and the
// following ones.
func wrapText(s, first, next string) []string {
	var out []string
	line, indent := first, first
	for _, word := range strings.Split(s, " ") {
		if word == "" {
			continue
		}
		switch {
		case line == indent:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > mailWidth:
			out = append(out, line)
			line, indent = next+word, next
		default:
			line += " " + word
		}
	}
	if line != first {
		out = append(out, line)
	}
	return out
}
