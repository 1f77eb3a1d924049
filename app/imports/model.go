// Package imports is the screen that shows what is in a file before any of it is taken in: which column
// holds what, what will be created, what is refused and why. Everything can be put right here; nothing is
// written until the owner says so.
package imports

import (
	"slices"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	registers "quitus/ledger/imports"
)

// Model is what the screen shows of a session, in words.
type Model struct {
	Title, Facts string
	Figures      [4]Figure
	Tabs         []Tab     // the sheets, where several are taken
	Parts        []PartTab // of a register that was imported before
	About        string    // the part that is shown
	Differences  []Difference
	Totals       string // of the file, to compare
	Known        string // how its columns are known
	CanName      bool
	Banner       Banner
	Columns      []Column
	Rows         []Row
	Around       string // which lines the table shows, unless its beginning
	Fixes        []Fix
	FixTitle     string
	MoreFixes    string // how many more there are than Fixes shows
	Corrected    []Corrected
	Notes        []Group // doubts and lines left out, by reason
	Aside        []string
	Verb         Verb
	VerbText     string
}

// Figure is a key figure with a line of facts.
type Figure struct {
	Label, Value, Small string
	Alarm               bool
}

// Tab is one sheet of several.
type Tab struct {
	Name  string
	Count int // of its lines
}

// PartTab leads to a part.
type PartTab struct {
	Part  Part
	Name  string
	Count int // of what it lists; none where negative
}

// Banner is the one thing to know first.
type Banner struct {
	Kind BannerKind
	Text string
}

// BannerKind says what a banner is about.
type BannerKind uint8

// Kinds of banners.
const (
	NoBanner BannerKind = iota
	Incomplete
	NothingNew
)

// Verb is what the primary button does.
type Verb uint8

// Verbs; Off has a text too, and does nothing.
const (
	Off Verb = iota
	TakeIn
	See
)

// Fix is a line that is refused until one of its cells is put right.
type Fix struct {
	Line        int
	Cell        registers.Cell
	CanType     bool // the cell can be typed here; else the file has to be put right
	Where       string
	Sentence    string
	Second      string // a hint, or which invoice it is
	Text        string // proposed or typed before
	Placeholder string
}

// Corrected is a cell that the owner typed over, on a line that is no longer refused.
type Corrected struct {
	Cell registers.Cell
	Text string
}

// Group is all lines of which the same is to be said.
type Group struct {
	Code  string
	Title string
	Doubt bool // a warning about lines taken, rather than lines left out
	Lines []Note
	More  string // how many more there are than Lines
}

// Note is one line of a group.
type Note struct {
	Line        int
	Where, Text string
}

// How much of a long list is shown.
const (
	mostFixes = 20
	mostNotes = 8
)

// NewModel works out what to show of a session.
func NewModel(w *words.Words, b *ledger.Book, s *Session) *Model {
	p := s.Shown()
	c := count(s.Preview)
	missing := s.Missing()
	m := &Model{Title: w.T("preview.title", "file", s.File.Name)}
	m.Facts = titlesFound(w, p)
	if len(missing) == 0 {
		m.Facts += " · " + w.N("preview.lines_read", c.Read)
	}
	m.figures(w, c, len(missing) == 0)
	m.verb(w, c, missing)
	m.tabs(s)
	m.differences(w, b, s)
	m.strip(w, s, c, len(missing) == 0)
	m.columns(w, p)
	m.rows(w, s)
	m.fixes(w, p, c)
	m.corrected(w, p)
	m.notes(w, p)
	for _, a := range s.File.Aside {
		key := "preview.aside"
		if a.Why == "customers_used" {
			key = "preview.aside_used"
		}
		m.Aside = append(m.Aside, w.T(key, "sheet", a.Sheet, "why", w.T("imports.aside."+a.Why)))
	}
	return m
}

func (m *Model) figures(w *words.Words, c Counts, read bool) {
	value := func(n int) string {
		if !read {
			return "–"
		}
		return w.Number(n)
	}
	m.Figures = [4]Figure{
		{Label: w.T("preview.ready"), Value: value(c.New), Small: w.T("preview.nothing")},
		{Label: w.T("preview.customers"), Value: value(c.Customers), Small: w.N("preview.customers_new", c.NewCustomers)},
		{Label: w.T("preview.known"), Value: value(c.Same + c.Changed), Small: w.T("preview.known_same")},
		{Label: w.T("preview.to_correct"), Value: value(c.Rejected), Small: w.T("preview.to_correct_none")},
	}
	if !read {
		for i := range m.Figures {
			m.Figures[i].Small = w.T("preview.not_read")
		}
		return
	}
	if list := c.Totals.List(); len(list) > 0 {
		m.Figures[0].Small = w.Money(list[0])
		if more := len(list) - 1; more > 0 {
			m.Figures[0].Small = w.N("preview.and_currencies", more, "amount", list[0])
		}
	}
	if c.NewCustomers == 0 {
		m.Figures[1].Small = w.T("preview.customers_known")
	}
	if c.Same+c.Changed == 0 {
		m.Figures[2].Small = w.T("preview.known_none")
	}
	if c.Changed > 0 {
		m.Figures[2].Small = w.N("preview.known_changed", c.Changed)
	}
	if c.Rejected > 0 {
		m.Figures[3].Alarm = true
		m.Figures[3].Small = w.T("preview.to_correct_some")
	}
}

// verb says what the primary button does, and what stands in its way.
func (m *Model) verb(w *words.Words, c Counts, missing []registers.Field) {
	switch {
	case len(missing) > 0:
		names := make([]string, len(missing))
		for i, f := range missing {
			names[i] = w.T("preview.quoted", "name", w.T("imports.field."+f.String()))
		}
		m.Banner = Banner{Incomplete, w.N("preview.incomplete", len(missing), "fields", strings.Join(names, ", "))}
		m.VerbText = w.T("preview.import")
	case c.New > 0 && c.Changed+c.Held > 0:
		m.Verb, m.VerbText = TakeIn, w.N("preview.import_both", c.New, "changed", w.Number(c.Changed+c.Held))
	case c.New > 0:
		m.Verb, m.VerbText = TakeIn, w.N("preview.import_new", c.New)
	case c.Changed > 0:
		m.Verb, m.VerbText = TakeIn, w.N("preview.import_changed", c.Changed+c.Held)
	case c.Held > 0:
		m.Verb, m.VerbText = TakeIn, w.N("preview.settle_gone", c.Held)
	case c.Same > 0:
		m.Verb, m.VerbText = See, w.T("preview.see")
		m.Banner = Banner{NothingNew, w.N("preview.nothing_new", c.Same)}
	default:
		m.VerbText = w.T("preview.import")
	}
}

func (m *Model) tabs(s *Session) {
	if len(s.Sheets) < 2 {
		return
	}
	for _, p := range s.Sheets {
		m.Tabs = append(m.Tabs, Tab{p.Name, p.Result.Read})
	}
}

func (m *Model) fixes(w *words.Words, p *desk.SheetPreview, c Counts) {
	if c.Rejected > 0 {
		m.FixTitle = w.N("preview.fixes", c.Rejected)
	}
	rejected := byLine(p.Result.Rejected)
	for _, r := range rejected[:min(len(rejected), mostFixes)] {
		m.Fixes = append(m.Fixes, newFix(w, p, r))
	}
	if more := len(rejected) - len(m.Fixes); more > 0 {
		m.MoreFixes = w.N("preview.fixes_more", more)
	}
}

func newFix(w *words.Words, p *desk.SheetPreview, r registers.Problem) Fix {
	f := Fix{Line: r.Line, Where: w.T("preview.line", "line", r.Line), Cell: registers.Cell{Line: r.Line, Col: p.Mapping.Column(r.Field)}}
	f.CanType = r.Field != registers.None && r.Field != registers.Bucket && f.Cell.Col >= 0
	f.Sentence, f.Second = sentences(w.T("imports.problem."+r.Code, facts(r, p.Currency)...))
	f.Placeholder = w.T("imports.field." + r.Field.String())
	f.Text = p.Corrections[f.Cell]
	if likely, ok := r.Args["likely"].(ledger.Date); ok {
		f.Second = w.T("imports.hint.likely_date", r.Facts()...)
		if f.Text == "" {
			f.Text = w.Date(likely)
		}
	}
	if f.Second == "" {
		f.Second = whose(w, p, r.Line)
	}
	return f
}

// facts gives what the sentence of a problem needs; the two readings of an amount become amounts.
func facts(r registers.Problem, c ledger.Currency) []any {
	out := r.Facts()
	for i := 0; i+1 < len(out); i += 2 {
		if text, ok := out[i+1].(string); ok && (out[i] == "first" || out[i] == "second") {
			if m, err := ledger.ParseDecimal(strings.Replace(text, ",", ".", 1), c); err == nil {
				out[i+1] = m
			}
		}
	}
	return out
}

// sentences parts the sentence that says what is wrong from the rest, leaving quoted values whole.
func sentences(text string) (first, rest string) {
	from := max(0, strings.LastIndex(text, "»"), strings.LastIndex(text, "”"))
	if i := strings.Index(text[from:], ". "); i >= 0 {
		return text[:from+i+1], text[from+i+2:]
	}
	return text, ""
}

// whose says which invoice a line is, as far as the file tells.
func whose(w *words.Words, p *desk.SheetPreview, line int) string {
	var parts []string
	for _, f := range []registers.Field{registers.Number, registers.Customer, registers.CustomerRef} {
		col := p.Mapping.Column(f)
		if col < 0 || (f == registers.CustomerRef && p.Mapping.Has(registers.Customer)) {
			continue
		}
		if text := shown(w, p, registers.Cell{Line: line, Col: col}); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

func (m *Model) corrected(w *words.Words, p *desk.SheetPreview) {
	refused := map[registers.Cell]bool{}
	for _, f := range m.Fixes {
		refused[f.Cell] = true
	}
	for at, text := range p.Corrections {
		if refused[at] || at.Col >= len(p.Mapping) {
			continue
		}
		was := raw(w, p, at)
		if was == "" {
			was = w.T("preview.empty")
		}
		m.Corrected = append(m.Corrected, Corrected{at, w.T("preview.corrected",
			"line", at.Line, "field", w.T("imports.field."+fieldKey(p.Mapping[at.Col])), "text", text, "was", was)})
	}
	slices.SortFunc(m.Corrected, func(a, b Corrected) int {
		return (a.Cell.Line-b.Cell.Line)*1000 + a.Cell.Col - b.Cell.Col
	})
}

// notes groups doubts first, then what is left out.
func (m *Model) notes(w *words.Words, p *desk.SheetPreview) {
	m.group(w, p.Result.Warnings, true)
	m.group(w, p.Result.Skipped, false)
}

func (m *Model) group(w *words.Words, problems []registers.Problem, doubt bool) {
	counts := map[string]int{}
	var codes []string
	for i := range problems {
		code := problems[i].Code
		if counts[code] == 0 {
			codes = append(codes, code)
		}
		counts[code] += linesOf(problems[i])
	}
	for _, code := range codes {
		g := Group{Code: code, Doubt: doubt}
		for i := range problems {
			r := &problems[i]
			if r.Code != code {
				continue
			}
			if len(g.Lines) == mostNotes {
				break
			}
			g.Lines = append(g.Lines, Note{r.Line, w.T("preview.line", "line", r.Line), w.T("imports.problem."+code, r.Facts()...)})
		}
		if key := "preview.note." + code; w.Has(key) {
			g.Title = w.N(key, counts[code])
		} else {
			g.Title = w.N("preview.note_other", counts[code], "sentence", g.Lines[0].Text)
		}
		if more := counts[code] - len(g.Lines); more > 0 && code != hiddenRows {
			g.More = w.N("preview.note_more", more)
		}
		m.Notes = append(m.Notes, g)
	}
}

// hiddenRows is the one problem that tells of many lines at once.
const hiddenRows = "hidden_rows"

func linesOf(r registers.Problem) int {
	if n, ok := r.Args["count"].(int); ok && r.Code == hiddenRows {
		return n
	}
	return 1
}

// byLine gives problems in the order of their lines, leaving the list as it is.
func byLine(problems []registers.Problem) []registers.Problem {
	out := slices.Clone(problems)
	slices.SortStableFunc(out, func(a, b registers.Problem) int { return a.Line - b.Line })
	return out
}
