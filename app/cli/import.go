package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/fec"
)

type importsDoc struct {
	Files []*importDoc `json:"files"`
}

// importDoc tells of one sheet, or of a file that was refused whole.
type importDoc struct {
	File       string     `json:"file"`
	Kind       string     `json:"kind"`
	Format     string     `json:"format"`
	Sheet      *string    `json:"sheet"`
	HeaderLine int        `json:"header_line"`
	Batch      *string    `json:"batch"` // null where nothing was written
	Mapping    mappingDoc `json:"mapping"`
	Read       int        `json:"read"`
	Created    int        `json:"created"`
	Updated    int        `json:"updated"`
	Unchanged  int        `json:"unchanged"`
	Skipped    int        `json:"skipped"`
	Rejected   []lineDoc  `json:"rejected"`
	Warnings   []lineDoc  `json:"warnings"`
	Refused    *errorBody `json:"refused"`
	// Of a statement.
	Opening  *string `json:"opening"`
	Closing  *string `json:"closing"`
	Balanced *bool   `json:"balanced"`

	refusedFile string // where the refused lines were saved
}

// lineDoc says something about a line of a file.
type lineDoc struct {
	Line    int    `json:"line"`
	Column  string `json:"column,omitempty"` // its letter
	Field   string `json:"field,omitempty"`
	Value   string `json:"value,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// mappingDoc gives the titles of the columns that feed the fields.
type mappingDoc struct {
	fields []imports.Field
	titles []string
}

// MarshalJSON writes an object, the fields in the order in which they are offered.
func (m mappingDoc) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range m.fields {
		if i > 0 {
			b.WriteByte(',')
		}
		title, err := json.Marshal(m.titles[i])
		if err != nil {
			return nil, err
		}
		b.WriteString(`"` + f.String() + `":` + string(title))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func mappingOf(s *desk.SheetPreview) mappingDoc {
	var out mappingDoc
	for _, f := range imports.Fields() {
		var titles []string
		for col, of := range s.Mapping {
			if of == f && col < len(s.Columns) {
				titles = append(titles, s.Columns[col].Title)
			}
		}
		if len(titles) > 0 {
			out.fields, out.titles = append(out.fields, f), append(out.titles, strings.Join(titles, ", "))
		}
	}
	return out
}

// kinds of files that import may be told of.
var kinds = []string{"invoices", "customers", "statement", "fec", "einvoice"}

// readKinds are those of them that are read so far.
var readKinds = []desk.Kind{desk.Register, desk.EInvoices, desk.FEC, desk.Customers, desk.Statement}

// runImport takes files in, each as one batch. A file that is refused leaves the others alone.
func runImport(c *call) (*reply, error) {
	kind, err := c.choice("as", kinds...)
	if err != nil {
		return nil, err
	}
	hints, err := c.hints(desk.Kind(kind))
	if err != nil {
		return nil, err
	}
	if _, err := c.choice("gone", "paid", "keep"); err != nil {
		return nil, err
	}
	closing, err := c.openForImport()
	if err != nil {
		return nil, err
	}
	defer closing()
	doc := importsDoc{Files: []*importDoc{}}
	r := &reply{}
	for n, file := range c.args {
		docs, err := c.importFile(file, hints)
		if err != nil {
			if status := statusOf(err); status != Refused {
				if n == 0 || code(err) == "internal" || code(err) == "cancelled" {
					return nil, err
				}
				r.status = status // the files before are in
			}
			docs = []*importDoc{c.refusedFile(file, cmp.Or(kind, kinds[0]), err)}
		}
		for _, d := range docs {
			doc.Files = append(doc.Files, d)
			if d.Refused != nil || len(d.Rejected) > 0 {
				r.status = max(r.status, Refused)
			}
		}
	}
	r.doc, r.text = doc, func(p *page) {
		for _, d := range doc.Files {
			p.imported(d)
		}
	}
	return r, nil
}

// openForImport opens the ledger. A dry run on a ledger that is not there uses one that is thrown away.
func (c *call) openForImport() (closing func(), err error) {
	path := c.path
	remove := func() {}
	if _, e := os.Stat(path); errors.Is(e, fs.ErrNotExist) && c.given("dry-run") {
		dir, err := os.MkdirTemp("", "quitus")
		if err != nil {
			return nil, ledger.Errorf("write_failed", "file", os.TempDir(), "cause", err)
		}
		remove = func() { os.RemoveAll(dir) }
		path = filepath.Join(dir, "empty.quitus")
	}
	if err := c.open(path, true); err != nil {
		remove()
		return nil, err
	}
	if !c.given("dry-run") {
		c.dailyCopy()
	}
	return func() { c.desk.Close(); remove() }, nil
}

// hints gives what the owner says of the files. Errors: usage_flag_value.
func (c *call) hints(kind desk.Kind) (desk.Hints, error) {
	h := desk.Hints{Kind: kind, Mapping: c.text("mapping"), Sheet: c.text("sheet")}
	if h.Mapping != "" && h.Kind == "" {
		h.Kind = desk.Register
	}
	switch text := c.text("titles"); text {
	case "":
	case "none":
		h.Header = imports.NoTitles
	default:
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return h, ledger.Errorf("usage_flag_value", "flag", "--titles", "value", text)
		}
		h.Header = n
	}
	return h, nil
}

// importFile takes one file in, or only looks at it in a dry run.
func (c *call) importFile(file string, hints desk.Hints) ([]*importDoc, error) {
	kind := hints.Kind
	if kind != "" && !slices.Contains(readKinds, kind) {
		return nil, ledger.Errorf("kind_not_yet", "file", filepath.Base(file), "kind", string(kind))
	}
	preview, err := c.desk.Look(c.ctx, file, hints, nil)
	if err != nil {
		return nil, err
	}
	if kind != "" && preview.Kind != kind {
		return nil, ledger.Errorf("kind_differs", "file", filepath.Base(file), "kind", string(kind), "found", string(preview.Kind))
	}
	for _, s := range preview.Sheets {
		if missing := s.Mapping.Missing(s.Grouped); len(missing) > 0 {
			return nil, ledger.Errorf("mapping_needed", "file", preview.Name, "sheet", s.Name, "line", s.HeaderLine, "fields", c.fieldNames(missing))
		}
	}
	c.decide(preview)
	refused, err := c.saveRefused(preview)
	if err != nil {
		return nil, err
	}
	var batch *string
	if !c.given("dry-run") {
		entry, err := c.desk.TakeIn(c.ctx, preview)
		if err != nil {
			return nil, err
		}
		if b := desk.Batch(entry); b != "" {
			batch = &b
		}
	}
	switch preview.Kind {
	case desk.EInvoices:
		return c.importedInvoices(preview, batch), nil
	case desk.FEC:
		return []*importDoc{c.importedEntries(preview, batch)}, nil
	case desk.Customers:
		return []*importDoc{c.importedCustomers(preview, batch)}, nil
	case desk.Statement:
		return []*importDoc{c.importedStatement(preview, batch)}, nil
	}
	var out []*importDoc
	for _, s := range preview.Sheets {
		out = append(out, c.importedSheet(preview, s, batch))
	}
	out[0].Warnings = append(out[0].Warnings, c.gone(preview)...)
	out[len(out)-1].refusedFile = refused
	return out, nil
}

// decide makes the choices that the flags tell: what earlier years left open, invoices that the list holds no more,
// changes that reopen what is settled.
func (c *call) decide(p *desk.Preview) {
	if p.FEC != nil && c.given("carried") {
		c.desk.ReplanFEC(p.FEC, fec.Choices{AllCarried: true})
	}
	for _, id := range p.Gone {
		p.Paid[id] = c.text("gone") == "paid"
	}
	for _, s := range p.Sheets {
		if c.given("reopen") {
			s.Decided = imports.Decisions{}
			for i := range s.Plan.Items {
				if item := &s.Plan.Items[i]; item.Reopens {
					s.Decided[item.Draft.Line] = true
				}
			}
			c.desk.Replan(s)
		}
	}
}

// saveRefused saves the refused lines of a register where the call says where files go, and tells in which file.
func (c *call) saveRefused(p *desk.Preview) (string, error) {
	if c.text("out") == "" || p.Refused() == 0 {
		return "", nil
	}
	name := c.w.T("exports.refused_name", "name", strings.TrimSuffix(p.Name, filepath.Ext(p.Name))) + ".xlsx"
	path := filepath.Join(c.text("out"), name)
	return path, c.desk.SaveRefused(path, p, c.w, func(_ *desk.SheetPreview, x imports.Problem) string { return problemText(c.w, x) })
}

// gone names the invoices that an earlier list of the same columns held and this one does not.
func (c *call) gone(p *desk.Preview) []lineDoc {
	s := c.desk.State()
	key := "cli.import.gone"
	if c.text("gone") == "paid" {
		key = "cli.import.gone_paid"
	}
	var out []lineDoc
	for _, id := range p.Gone {
		i := s.Book.Invoice(id)
		out = append(out, lineDoc{Field: "number", Value: i.Number, Code: "gone_from_list", Message: c.w.T(key, "number", i.Number, "name", nameOf(s.Book, i.Customer).Name)})
	}
	return out
}

func (c *call) importedSheet(p *desk.Preview, s *desk.SheetPreview, batch *string) *importDoc {
	d := &importDoc{
		File: p.Name, Kind: string(p.Kind), Format: p.File.Format, HeaderLine: s.HeaderLine, Batch: batch,
		Mapping: mappingOf(s), Created: s.Plan.New, Updated: s.Plan.Changed, Unchanged: s.Plan.Same,
		Skipped: len(s.Result.Skipped) + s.Plan.Left, Rejected: c.lines(s.Result.Rejected), Warnings: c.lines(s.Result.Warnings),
	}
	d.Read = d.Created + d.Updated + d.Unchanged + d.Skipped + len(d.Rejected)
	if s.Name != "" { // a text file has no sheets
		d.Sheet = &s.Name
	}
	return d
}

func (c *call) refusedFile(file, kind string, err error) *importDoc {
	name := filepath.Base(file)
	return &importDoc{
		File: name, Kind: kind, Format: strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."),
		Rejected: []lineDoc{}, Warnings: []lineDoc{}, Refused: &errorBody{code(err), c.p.sentence(err)},
	}
}

func (c *call) lines(problems []imports.Problem) []lineDoc {
	out := make([]lineDoc, len(problems))
	for i, p := range problems {
		out[i] = lineDoc{Line: p.Line, Column: p.Column, Field: p.Field.String(), Value: p.Value, Code: p.Code, Message: problemText(c.w, p)}
	}
	slices.SortStableFunc(out, func(x, y lineDoc) int { return cmp.Compare(x.Line, y.Line) })
	return out
}

func (c *call) fieldNames(fields []imports.Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = c.w.T("imports.field." + f.String())
	}
	return out
}

// problemText is the sentence of a problem of a line, with those of its further problems.
func problemText(w *words.Words, p imports.Problem) string {
	facts := []any{"value", p.Value, "line", p.Line}
	for name, v := range p.Args {
		facts = append(facts, name, v)
	}
	text := w.T("imports.problem."+p.Code, facts...)
	for _, also := range p.Also {
		if more := problemText(w, also); !strings.Contains(text, more) {
			text += " " + more
		}
	}
	return text
}

// imported tells people what became of a file or a sheet of it.
func (p *page) imported(d *importDoc) {
	if d.Refused != nil {
		p.say("cli.import.refused", "file", d.File, "why", d.Refused.Message)
		return
	}
	if d.Sheet != nil {
		p.say("cli.import.sheet", "file", d.File, "sheet", *d.Sheet, "line", d.HeaderLine)
	} else if d.HeaderLine > 0 {
		p.say("cli.import.text", "file", d.File, "line", d.HeaderLine)
	} else {
		p.line(d.File)
	}
	p.line("  " + p.w.T("cli.import.counts", "created", d.Created, "updated", d.Updated, "unchanged", d.Unchanged,
		"skipped", d.Skipped, "rejected", len(d.Rejected)))
	for _, part := range []struct {
		key   string
		lines []lineDoc
	}{{"cli.import.rejected", d.Rejected}, {"cli.import.warning", d.Warnings}} {
		for _, l := range part.lines {
			if l.Line == 0 {
				p.line("  " + l.Message) // of a file that has no lines
				continue
			}
			key := part.key
			if l.Column != "" && key == "cli.import.rejected" {
				key = "cli.import.rejected_at"
			}
			p.line("  " + p.w.T(key, "line", l.Line, "column", l.Column, "message", l.Message))
		}
	}
	if d.refusedFile != "" {
		p.line("  " + p.w.T("cli.import.refused_saved", "file", d.refusedFile))
	}
	if d.Batch != nil {
		p.line("  " + p.w.T("cli.import.batch", "batch", *d.Batch))
	} else {
		p.line("  " + p.w.T("cli.import.nothing"))
	}
}
