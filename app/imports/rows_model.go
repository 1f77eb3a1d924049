package imports

import (
	"cmp"
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// Column is a column of the file with what it is taken for.
type Column struct {
	Index int    // in the file
	Title string // letter and title
	Field registers.Field
	Right bool // figures
	Above bool // no column of the file: the customer, who stands in a line above
}

// Row is a line of the file.
type Row struct {
	Line   int
	Number string // the line for people
	Cells  []Cell // one a column shown
	Focus  bool   // the line that was looked for
}

// Cell is what a cell says: as it is understood or, where it is refused, as it is written.
type Cell struct {
	Text string
	Bad  bool // refused
	Dim  bool // not taken, or computed
	New  bool // typed over by the owner
}

// How many lines the table shows.
const (
	firstLines  = 8 // where nothing is refused
	beforeBad   = 3 // else so many good ones first
	badLines    = 6
	linesBefore = 2 // around a line
	linesAfter  = 5
)

// fieldKey names a field for its words; a column that is not taken has a name too.
func fieldKey(f registers.Field) string {
	if f == registers.None {
		return "none"
	}
	return f.String()
}

// columns are those that hold something or have a title. Where they are many, those that make an invoice
// come first, as they were recognised; a choice made here moves none.
func (m *Model) columns(w *words.Words, p *desk.SheetPreview) {
	for i, c := range p.Columns {
		f := p.Mapping[i]
		if c.Title == "" && len(c.Sample) == 0 && f == registers.None {
			continue
		}
		title := w.T("preview.column", "letter", c.Letter, "title", strings.Join(strings.Fields(c.Title), " "))
		if c.Title == "" {
			title = w.T("preview.column_untitled", "letter", c.Letter)
		}
		m.Columns = append(m.Columns, Column{Index: i, Title: title, Field: f, Right: f.IsAmount()})
	}
	if proposed := p.Sheet.Mapping; len(m.Columns) > fewColumns && len(proposed.Missing(p.Grouped)) == 0 {
		slices.SortStableFunc(m.Columns, func(a, b Column) int { return cmp.Compare(weight(proposed[a.Index]), weight(proposed[b.Index])) })
	}
	if p.Grouped && !p.Mapping.Has(registers.Customer) {
		above := Column{Index: -1, Title: w.T("preview.column_above"), Field: registers.Customer, Above: true}
		m.Columns = slices.Insert(m.Columns, 0, above)
	}
}

// fewColumns fit side by side.
const fewColumns = 8

// essential fields in the order in which they come first.
var essential = []registers.Field{
	registers.Number, registers.Customer, registers.Issued, registers.Due, registers.Total, registers.Debit, registers.Credit,
	registers.Paid, registers.Open,
}

// weight orders columns: essential ones, others that are taken, those that are not.
func weight(f registers.Field) int {
	switch i := slices.Index(essential, f); {
	case i >= 0:
		return i
	case f == registers.None:
		return len(essential) + 1
	}
	return len(essential)
}

// rows shows the first lines and those that are refused, or the surroundings of one line.
func (m *Model) rows(w *words.Words, s *Session) {
	p := s.Shown()
	var lines []int
	switch {
	case s.Line > 0:
		lines = around(p, s.Line)
		m.Around = w.T("preview.around", "first", lines[0], "last", lines[len(lines)-1])
	case p.Result.Read == 0:
		lines = filled(p)
	default:
		lines = beginning(p)
	}
	drafts := map[int]*registers.Draft{}
	for i := range p.Result.Invoices {
		if d := &p.Result.Invoices[i]; slices.Contains(lines, d.Line) {
			drafts[d.Line] = d
		}
	}
	for _, line := range lines {
		r := Row{Line: line, Number: w.Number(line), Focus: line == s.Line}
		bad := problemsOf(p, line)
		for _, c := range m.Columns {
			r.Cells = append(r.Cells, cellOf(w, p, registers.Cell{Line: line, Col: c.Index}, c.Field, drafts[line], bad))
		}
		m.Rows = append(m.Rows, r)
	}
}

// beginning gives the first good lines and the first refused ones.
func beginning(p *desk.SheetPreview) []int {
	var out []int
	most := firstLines
	if len(p.Result.Rejected) > 0 {
		most = beforeBad
	}
	for i := range p.Result.Invoices[:min(most, len(p.Result.Invoices))] {
		out = append(out, p.Result.Invoices[i].Line)
	}
	rejected := byLine(p.Result.Rejected)
	for _, r := range rejected[:min(badLines, len(rejected))] {
		out = append(out, r.Line)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// filled gives the first lines below the titles that hold something, whatever it is.
func filled(p *desk.SheetPreview) []int {
	var out []int
	for line := p.HeaderLine + 1; line < p.HeaderLine+60 && len(out) < firstLines; line++ {
		for col := range p.Columns {
			if p.Value(line, col).Text != "" {
				out = append(out, line)
				break
			}
		}
	}
	return out
}

// around gives the lines read before and after one.
func around(p *desk.SheetPreview, line int) []int {
	all := make([]int, 0, p.Result.Read)
	for i := range p.Result.Invoices {
		all = append(all, p.Result.Invoices[i].Line)
	}
	for _, list := range [][]registers.Problem{p.Result.Rejected, p.Result.Skipped} {
		for i := range list {
			all = append(all, list[i].Line)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	i, _ := slices.BinarySearch(all, line)
	if len(all) == 0 {
		return []int{line}
	}
	return all[max(0, i-linesBefore):min(len(all), i+linesAfter+1)]
}

// problemsOf gives why a line is refused.
func problemsOf(p *desk.SheetPreview, line int) []registers.Problem {
	for _, r := range p.Result.Rejected {
		if r.Line == line {
			return append([]registers.Problem{r}, r.Also...)
		}
	}
	return nil
}

func cellOf(w *words.Words, p *desk.SheetPreview, at registers.Cell, f registers.Field, d *registers.Draft, bad []registers.Problem) Cell {
	if at.Col < 0 {
		if d == nil {
			return Cell{}
		}
		return Cell{Text: d.CustomerName, Dim: true}
	}
	_, typed := p.Corrections[at]
	for _, r := range bad {
		if r.Field == f && f != registers.None {
			text := shown(w, p, at)
			return Cell{Text: cmp.Or(text, w.T("preview.empty")), Bad: true}
		}
	}
	if d != nil {
		if text, computed := understood(w, d, f); text != "" {
			return Cell{Text: text, Dim: computed, New: typed}
		}
	}
	return Cell{Text: shown(w, p, at), Dim: f == registers.None || f == registers.Quantity || (d == nil && bad == nil), New: typed}
}

// understood is what a field of a draft says, and whether that was computed rather than read; nothing
// for a field that says something only together with others.
func understood(w *words.Words, d *registers.Draft, f registers.Field) (text string, computed bool) {
	switch f {
	case registers.Number:
		return d.Number, false
	case registers.Customer:
		return d.CustomerName, false
	case registers.CustomerRef:
		return d.CustomerRef, false
	case registers.Issued:
		return w.Date(d.Issued), false
	case registers.Due:
		return w.Date(d.Due), d.DueEstimated()
	case registers.Total:
		return w.Money(d.Total), false
	case registers.Open:
		return w.Money(d.Open), false
	case registers.Net:
		return money(w, d.Net), false
	case registers.VAT:
		return money(w, d.VAT), false
	case registers.Paid:
		return money(w, d.Paid), false
	case registers.Subject:
		return d.Subject, false
	case registers.OrderRef:
		return d.OrderRef, false
	case registers.Completed:
		return dayOrNone(w, d.Completed), false
	case registers.Demanded:
		return dayOrNone(w, d.Demanded), false
	case registers.Service:
		return d.Service, false
	case registers.Commitment:
		return d.Commitment, false
	}
	return "", false
}

// dayOrNone writes a day, nothing where there is none.
func dayOrNone(w *words.Words, d ledger.Date) string {
	if d == 0 {
		return ""
	}
	return w.Date(d)
}

func money(w *words.Words, m ledger.Money) string {
	if m.Minor == 0 {
		return ""
	}
	return w.Money(m)
}

// shown is a cell as the owner typed it or else as the file has it.
func shown(w *words.Words, p *desk.SheetPreview, at registers.Cell) string {
	if text, ok := p.Corrections[at]; ok {
		return text
	}
	return raw(w, p, at)
}

// raw is a cell as the file has it: its days and plain amounts written the usual way.
func raw(w *words.Words, p *desk.SheetPreview, at registers.Cell) string {
	v := p.Value(at.Line, at.Col)
	if v.Date != 0 {
		return w.Date(v.Date)
	}
	amount := at.Col < len(p.Mapping) && p.Mapping[at.Col].IsAmount()
	if plain(v.Text) && (amount || strings.Contains(v.Text, ".")) {
		switch m, err := ledger.ParseDecimal(v.Text, p.Currency); {
		case err != nil:
		case amount:
			return w.Money(m)
		default:
			return w.Amount(m)
		}
	}
	return strings.Join(strings.Fields(v.Text), " ")
}

// plain says whether a text is a number as programs write it.
func plain(s string) bool {
	return s != "" && strings.Trim(s, "-.0123456789") == ""
}
