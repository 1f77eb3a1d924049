package people

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

// Draft is a customer as one or several lines of a list give them. What is empty, the list does not tell.
type Draft struct {
	Line                    int // the first
	Ref, Name, Names        string
	Type                    ledger.CustomerKind
	Country, Language       string
	SIREN, VAT, IBAN        string // checked; nothing where they were wrong
	SIRET                   string
	Address, Postcode, Town string
	Email, Phone            string
	Terms                   ledger.Terms
	Rate                    string // percent a year
	Indemnity               int64  // per late invoice, by a clause; euro cents
	Scenario                string // name
	Contacts                []Contact
}

// Contact is a person at a customer's.
type Contact struct{ Name, Role, Email, Phone string }

// Problem is something to say about a line: why it was refused or left out, or a doubt.
type Problem struct {
	Line   int
	Column string // letter; empty if it is about the whole line
	Field  Field
	Value  string // as the cell has it
	Code   string // its sentence is people.problem.<code>
	Args   map[string]any
}

// Facts gives what the sentence of the problem's code needs, as pairs of name and value.
func (p Problem) Facts() []any {
	out := []any{"value", p.Value, "line", p.Line, "column", p.Column}
	for _, k := range slices.Sorted(maps.Keys(p.Args)) {
		out = append(out, k, p.Args[k])
	}
	return out
}

// Result is what the lines of a list give under a mapping.
type Result struct {
	Customers []Draft
	Rejected  []Problem // one for each line refused
	Skipped   []Problem // one for each line that adds to another: duplicates, further contacts
	Warnings  []Problem // about lines taken; several may be about one line
	Read      int       // lines that stand for a customer: taken, refused and skipped
}

// Corrections are what the owner typed over single cells.
type Corrections map[imports.Cell]string

// Drafts reads every line under a mapping, with what the owner typed over single cells. It changes nothing and may
// be called again and again.
func (l *List) Drafts(m Mapping, corrections Corrections) Result {
	if len(m.Missing()) > 0 {
		return Result{}
	}
	r := &reading{l: l, m: m, corrections: corrections, byKey: map[string]int{}, terms: map[string]ledger.Terms{}}
	for i := range l.grid.Len() {
		row := l.grid.Row(i)
		if int(row.Line) > l.HeaderLine && r.load(row) {
			r.line(int(row.Line))
		}
	}
	r.out.Read = len(r.out.Customers) + len(r.out.Rejected) + len(r.out.Skipped)
	return r.out
}

// reading goes through the lines of a list.
type reading struct {
	l           *List
	m           Mapping
	corrections Corrections
	out         Result
	byKey       map[string]int // folded code, number, or name and postcode → draft
	terms       map[string]ledger.Terms

	at     int // the line
	cols   [fieldCount]int
	vals   [fieldCount]string
	stored [fieldCount]bool // as a number
	street []string
	failed []Field // cells that hold an error or a formula without a value
	doubts []Problem
}

// load takes a line's cells up. It says false of lines that hold nothing of a customer: blank ones, titles that come
// again, totals.
func (r *reading) load(row grid.Row) bool {
	r.at, r.street, r.failed, r.doubts = int(row.Line), nil, nil, nil
	r.vals, r.stored = [fieldCount]string{}, [fieldCount]bool{}
	for f := range r.cols {
		r.cols[f] = -1
	}
	found, titles := 0, 0
	for col, f := range r.m {
		if f == None {
			continue
		}
		c := r.l.grid.InRow(row, col)
		text := cellText(r.l.grid, c)
		typed, over := r.corrections[imports.Cell{Line: r.at, Col: col}]
		if over {
			text = tidy(typed)
		}
		if col < len(r.l.Columns) && text != "" && text == r.l.Columns[col].Title {
			titles++
		}
		if !over && (c.Kind == grid.Error || c.Kind == grid.Uncached) {
			r.failed = append(r.failed, f)
			r.vals[f] = r.l.grid.String(c)
		}
		if r.cols[f] < 0 || text != "" {
			r.cols[f] = col
		}
		if text == "" {
			continue
		}
		found++
		if f == Address {
			r.street = append(r.street, text)
		}
		r.vals[f], r.stored[f] = text, !over && c.Kind == grid.Number
	}
	if found == 0 && len(r.failed) == 0 || titles > 0 && titles*2 > found {
		return false
	}
	first := ledger.Fold(cmp.Or(r.vals[Name], r.vals[Ref]))
	for _, t := range []string{"total", "totaux", "nombre", "nombre de clients", "summe", "totaal", "gesamt", "count"} {
		if found <= 2 && (first == t || strings.HasPrefix(first, t+" ") || strings.HasPrefix(first, t+":")) {
			return false
		}
	}
	return true
}

func (r *reading) problem(f Field, code string, args map[string]any) Problem {
	p := Problem{Line: r.at, Field: f, Value: r.vals[f], Code: code, Args: args}
	if r.cols[f] >= 0 {
		p.Column = grid.Letters(r.cols[f])
	}
	return p
}

func (r *reading) doubt(f Field, code string, pairs ...any) {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	r.doubts = append(r.doubts, r.problem(f, code, args))
}

func (r *reading) reject(f Field, code string, args map[string]any) {
	r.out.Rejected = append(r.out.Rejected, r.problem(f, code, args))
}

// line reads the line that was loaded.
func (r *reading) line(at int) {
	for f := Name; f < fieldCount; f++ {
		if len(r.vals[f]) > mostText {
			r.reject(f, "text_too_long", map[string]any{"limit": mostText})
			return
		}
	}
	for _, f := range r.failed {
		r.reject(f, "cell_error", nil)
		return
	}
	d := Draft{Line: at, Ref: r.vals[Ref], Name: r.vals[Name], Names: r.vals[Names]}
	if first := r.vals[FirstName]; first != "" {
		d.Name = strings.TrimSpace(first + " " + d.Name)
	}
	if d.Name == "" && d.Ref == "" {
		r.reject(Name, "name_missing", nil)
		return
	}
	r.place(&d)
	r.reach(&d)
	r.numbers(&d)
	r.agreed(&d)
	r.take(d)
}

// place reads where the customer lives.
func (r *reading) place(d *Draft) {
	d.Address, d.Town = strings.Join(r.street, "\n"), r.vals[Town]
	told, code := cutPostPrefix(r.vals[Postcode])
	if !r.m.Has(Town) {
		if before, after, ok := strings.Cut(code, " "); ok && digitsOf(before) != "" && digitsOf(after) == "" {
			code, d.Town = before, after
		}
	}
	d.Country = told
	if s := r.vals[Country]; s != "" {
		c, ok := parseCountry(s)
		if !ok {
			r.doubt(Country, "country_unknown")
		}
		d.Country = cmp.Or(c, d.Country)
	}
	if len(code) == 4 && isDigits(code) && r.l.padded && (d.Country == "FR" || d.Country == "" && r.l.country == "FR") {
		code = "0" + code
	}
	d.Postcode = code
}

// country gives the customer's country, or the one taken where none is told.
func (r *reading) country(d *Draft) string { return cmp.Or(d.Country, r.l.country) }

// reach reads how to reach the customer and their contact.
func (r *reading) reach(d *Draft) {
	d.Email = r.mail(Email)
	d.Phone = phone(r.vals[Phone], r.country(d), r.stored[Phone])
	c := Contact{Name: strings.TrimSpace(r.vals[ContactFirst] + " " + r.vals[ContactName]), Role: r.vals[ContactRole], Email: r.mail(ContactEmail),
		Phone: phone(r.vals[ContactPhone], r.country(d), r.stored[ContactPhone])}
	if c.Name == "" && (c.Email != "" || c.Phone != "") {
		d.Email, d.Phone = cmp.Or(d.Email, c.Email), cmp.Or(d.Phone, c.Phone)
		return
	}
	if c.Name != "" {
		d.Contacts = []Contact{c}
	}
}

func (r *reading) mail(f Field) string {
	if r.vals[f] == "" {
		return ""
	}
	all, ok := mails(r.vals[f])
	switch {
	case len(all) == 0:
		r.doubt(f, "email_invalid")
		return ""
	case len(all) > 1:
		r.doubt(f, "email_several", "email", all[0])
	case !ok:
		r.doubt(f, "email_partly", "email", all[0])
	}
	return all[0]
}

// numbers reads and checks the numbers under which the customer is registered. A wrong one is said and left out.
func (r *reading) numbers(d *Draft) {
	if s := r.vals[VAT]; s != "" {
		if d.VAT = ledger.NormalVAT(s); !ledger.ValidVAT(s) {
			d.VAT = ""
			r.doubt(VAT, "vat_invalid")
		}
	}
	if d.Country == "" && d.VAT != "" {
		d.Country = map[string]string{"EL": "GR", "XI": "GB"}[d.VAT[:2]]
		d.Country = cmp.Or(d.Country, d.VAT[:2])
	}
	if s := r.vals[SIREN]; s != "" {
		r.company(d, s)
	}
	if d.VAT != "" && d.VAT[:2] == "FR" {
		switch siren := d.VAT[4:]; {
		case d.SIREN == "" && ledger.ValidSIREN(siren):
			d.SIREN = siren
		case d.SIREN != siren && d.SIREN != "":
			r.doubt(VAT, "vat_siren_differ", "siren", d.SIREN)
		}
	}
	if s := r.vals[IBAN]; s != "" {
		if d.IBAN = strings.ToUpper(strings.Join(strings.Fields(s), "")); !ledger.ValidIBAN(d.IBAN) {
			d.IBAN = ""
			r.doubt(IBAN, "iban_invalid")
		}
	}
}

// company reads a company number. Spreadsheets take the zeros that a number begins with.
func (r *reading) company(d *Draft, s string) {
	n := tight.Replace(s)
	if r.country(d) != "FR" {
		d.SIREN = s // the numbers of other countries are kept as they are written
		return
	}
	if r.stored[SIREN] && isDigits(n) {
		if len(n) < 9 {
			n = strings.Repeat("0", 9-len(n)) + n
		} else if len(n) > 9 && len(n) < 14 {
			n = strings.Repeat("0", 14-len(n)) + n
		}
	}
	switch {
	case len(n) == 14 && ledger.ValidSIRET(n):
		d.SIRET, d.SIREN = n, n[:9]
	case len(n) == 14 && ledger.ValidSIREN(n[:9]):
		d.SIREN = n[:9]
		r.doubt(SIREN, "siret_invalid", "siren", d.SIREN)
	case ledger.ValidSIREN(n):
		d.SIREN = n
	default:
		r.doubt(SIREN, "siren_invalid")
	}
}

// agreed reads who the customer is in law, and what was agreed with them.
func (r *reading) agreed(d *Draft) {
	ok := true
	if s := r.vals[Kind]; s != "" {
		if d.Type, ok = parseKind(s); !ok {
			r.doubt(Kind, "kind_unknown")
		}
	}
	if s := r.vals[Language]; s != "" {
		if d.Language, ok = parseLanguage(s); !ok {
			r.doubt(Language, "language_unknown")
		}
	}
	if s := r.vals[Terms]; s != "" {
		if d.Terms = r.readTerms(s); !d.Terms.Given {
			r.doubt(Terms, "terms_unknown")
		}
	}
	if s := r.vals[Scenario]; s != "" {
		if d.Scenario, ok = r.scenario(s); !ok {
			r.doubt(Scenario, "scenario_unknown", "known", r.l.scenarios)
		}
	}
	if s := r.vals[Indemnity]; s != "" {
		if d.Indemnity, ok = parseIndemnity(s); !ok {
			r.doubt(Indemnity, "indemnity_invalid")
		}
	}
	if s := r.vals[Rate]; s != "" {
		if d.Rate, ok = parseRate(s); !ok {
			r.doubt(Rate, "rate_invalid")
		} else if r.stored[Rate] && strings.HasPrefix(d.Rate, "0.") {
			// A cell that shows 12 % holds 0.12; no late rate below one percent is lawful.
			d.Rate = hundredfold(d.Rate)
		}
	}
}

// Words of a column that only tells whether a customer is reminded: not at all, or as usual.
var (
	noFollowUp    = strings.Fields(ledger.NoScenario + " non no aucun aucune nein neen geen")
	usualFollowUp = strings.Fields("oui yes ja usual habituel")
)

// scenario finds how a follow-up scenario is written, or reads that there is to be none.
func (r *reading) scenario(s string) (string, bool) {
	key := ledger.Fold(s)
	for _, name := range r.l.scenarios {
		if ledger.Fold(name) == key {
			return name, true
		}
	}
	if slices.Contains(noFollowUp, key) {
		return ledger.NoScenario, true
	}
	return "", slices.Contains(usualFollowUp, key)
}

// readTerms reads payment terms, or a bare number of days; the same text once.
func (r *reading) readTerms(s string) ledger.Terms {
	t, known := r.terms[s]
	if !known {
		text := s
		if isDigits(s) {
			text += " jours"
		}
		if read, ok := imports.ParseTerms(text); ok {
			t = read
		}
		if len(r.terms) < 1000 {
			r.terms[s] = t
		}
	}
	return t
}

// hundredfold multiplies a decimal that begins with "0." by a hundred.
func hundredfold(s string) string {
	frac := (s[2:] + "00")
	whole := strings.TrimLeft(frac[:2], "0")
	rest := strings.TrimRight(frac[2:], "0")
	if whole == "" {
		whole = "0"
	}
	if rest != "" {
		return whole + "." + rest
	}
	return whole
}
