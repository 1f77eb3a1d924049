package bank

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

// learnSigns decides for the whole table how its sums are signed.
func (t *tableReader) learnSigns() {
	if !t.layout.has(debitRole) && !t.layout.has(sideRole) {
		return
	}
	negative, positive := 0, 0 // debits
	agree, differ := 0, 0      // sums that are negative where their side says money out, and that are not
	for i := range t.grid.Len() {
		if t.load(t.grid.Row(i)); int(t.row.Line) <= t.layout.header {
			continue
		}
		if n := t.sumOf(debitRole); n < 0 {
			negative++
		} else if n > 0 {
			positive++
		}
		if n := t.sumOf(amountRole); n != 0 && sideOf(t.text(sideRole)) < 0 {
			if n < 0 {
				agree++
			} else {
				differ++
			}
		}
	}
	t.debitsSigned = negative > positive
	t.sided = t.layout.has(sideRole) && differ >= agree
}

// sumOf gives the sum in the column of a role for its sign alone: 0 where there is none.
func (t *tableReader) sumOf(r tableRole) int64 {
	c, ok := t.cellOf(r)
	if !ok {
		return 0
	}
	n, _ := t.sum(c, ledger.EUR)
	return n
}

// readLine reads the row: an entry, a line that goes on with the one before, or something that is no entry.
func (t *tableReader) readLine() {
	booked, badDay := t.booked()
	amount, badSum, sum := t.amount()
	noDay, noSum := badDay != nil && badDay.Empty, badSum != nil && badSum.Empty
	label, day := t.label(), t.dayText()
	switch {
	case t.sectionBegins():
	case noDay && noSum:
		if !t.goesOn(label) {
			t.setAside()
		}
	case badDay == nil && badSum == nil && t.readAccountBalance(booked, amount):
	case tellsTotal(day), tellsTotal(label):
		t.setAside()
	case t.isPending():
	case noDay && label == "", badDay != nil && !noDay && (noSum || countDigits(day) == 0):
		t.setAside()
	case noDay:
		t.refuse("date", "", "date_missing", nil)
	case badDay != nil:
		t.refuse("date", day, badDay.Code, badDay.Args)
	case noSum:
		t.refuse("amount", "", "amount_missing", nil)
	case badSum != nil:
		t.refuse("amount", sum, badSum.Code, badSum.Args)
	default:
		t.addEntry(booked, amount, label)
	}
}

// refuse leaves the row out for a reason.
func (t *tableReader) refuse(field, value, code string, args map[string]any) {
	t.problem(Problem{Refused: true, Field: field, Value: value, Code: code, Args: args})
	t.last = nil
	if len(t.statements) > 0 {
		s := t.statements[len(t.statements)-1]
		s.balances = append(s.balances, tableBalance{gap: true})
	}
}

// addEntry adds the entry of the row to the statement of its account.
func (t *tableReader) addEntry(booked ledger.Date, amount ledger.Money, label string) {
	t.rank++
	if !t.begun {
		t.notes.fill(t.readNotes(t.aside)) // a balance may stand between the titles and the first entry
	}
	t.aside, t.begun = nil, true
	e := Entry{Rank: t.rank, Line: t.physical(), Booked: booked, Amount: amount, Label: label, Party: t.party(cmp.Or(label, t.kind()))}
	e.Type, e.Returned = t.typeOf(label, amount.Minor)
	e.Label = cmp.Or(e.Label, e.Party.Name, t.kind())
	e.BankRef = cmp.Or(t.text(referenceRole), t.text(identifierRole))
	if c, ok := t.cellOf(valueRole); ok {
		if d, p := t.cells.Day(c); p == nil {
			e.Value = d
		}
	}
	e.References = t.references()
	b := tableBalance{}
	if c, ok := t.cellOf(feeRole); ok {
		if n, p := t.sum(c, amount.Currency); p == nil {
			e.Charges = max(n, -n)
		}
	}
	if c, ok := t.cellOf(balanceRole); ok {
		n, p := t.sum(c, amount.Currency)
		b.amount, b.told = n, p == nil
	}
	s := t.statementOf(amount.Currency)
	s.Entries, s.balances = append(s.Entries, e), append(s.balances, b)
	t.last = &s.Entries[len(s.Entries)-1]
}

// statementOf finds or begins the statement of the account that the row is of, in a currency.
func (t *tableReader) statementOf(currency ledger.Currency) *tableStatement {
	named := t.text(accountRole)
	a := t.notes.account
	if named != "" {
		a = Account{Number: named, Holder: t.notes.account.Holder}
		if iban := strings.ToUpper(strings.ReplaceAll(named, " ", "")); ledger.ValidIBAN(iban) {
			a.IBAN, a.Number = iban, ""
		}
	} else {
		named = cmp.Or(a.IBAN, a.Number)
	}
	key := named + "\x00" + string(currency)
	if s := t.byAccount[key]; s != nil {
		return s
	}
	if holder := t.text(holderRole); holder != "" && !hasAny(titleWords(holder), "compte") {
		a.Holder = holder
	}
	s := &tableStatement{Statement: &Statement{Account: a, Currency: currency}, notes: t.notes}
	t.notes.opening, t.notes.closing = nil, nil // they are of one statement only
	t.byAccount[key] = s
	t.statements, t.file.Statements = append(t.statements, s), append(t.file.Statements, s.Statement)
	return s
}

// booked reads the accounting day: that of the surest column in which one stands.
func (t *tableReader) booked() (ledger.Date, *imports.CellProblem) {
	for _, col := range t.days {
		if d, p := t.cells.Day(t.cell(col)); p == nil || !p.Empty {
			return d, p
		}
	}
	return 0, &imports.CellProblem{Empty: true}
}

// dayText is what stands where the accounting day should.
func (t *tableReader) dayText() string {
	for _, col := range t.days {
		if s := oneLine(t.cells.Text(t.cell(col))); s != "" {
			return s
		}
	}
	return ""
}

// amount reads the sum of the row as the account sees it. written is what stands there.
func (t *tableReader) amount() (m ledger.Money, problem *imports.CellProblem, written string) {
	debit, hasDebit := t.cellOf(debitRole)
	credit, hasCredit := t.cellOf(creditRole)
	if hasDebit || hasCredit {
		m, problem, written = t.sides(debit, credit)
		if problem == nil || !problem.Empty {
			return m, problem, written
		}
	}
	c, ok := t.cellOf(amountRole)
	if !ok {
		return ledger.Money{}, &imports.CellProblem{Empty: true}, ""
	}
	currency := t.currency(c)
	n, p := t.sum(c, currency)
	if p != nil {
		return ledger.Money{}, p, oneLine(t.cells.Text(c))
	}
	if t.sided && n != 0 {
		side := sideOf(t.text(sideRole))
		if side == 0 {
			return ledger.Money{}, &imports.CellProblem{Code: "side_unknown"}, t.text(sideRole)
		}
		n *= side
	}
	return ledger.Money{Minor: n, Currency: currency}, nil, ""
}

// sides reads the sum from a column of debits and one of credits.
func (t *tableReader) sides(debit, credit grid.Cell) (ledger.Money, *imports.CellProblem, string) {
	currency := t.currency(debit, credit)
	d, badDebit := t.sum(debit, currency)
	c, badCredit := t.sum(credit, currency)
	switch {
	case badDebit != nil && !badDebit.Empty:
		return ledger.Money{}, badDebit, oneLine(t.cells.Text(debit))
	case badCredit != nil && !badCredit.Empty:
		return ledger.Money{}, badCredit, oneLine(t.cells.Text(credit))
	case badDebit != nil && badCredit != nil:
		return ledger.Money{}, badDebit, ""
	case d != 0 && c != 0:
		return ledger.Money{}, &imports.CellProblem{Code: "amount_both_sides"}, oneLine(t.cells.Text(debit) + " " + t.cells.Text(credit))
	}
	if !t.debitsSigned {
		d = -d
	}
	return ledger.Money{Minor: d + c, Currency: currency}, nil, ""
}

// sum reads a sum whose side may be written beside it: imports reads the C of a customer's account as less, a bank
// means more.
func (t *tableReader) sum(c grid.Cell, currency ledger.Currency) (int64, *imports.CellProblem) {
	n, p := t.cells.Sum(c, currency)
	if p == nil && c.Kind == grid.Text && sideLetter.Match(t.grid.Bytes(c)) {
		n = -n
	}
	return n, p
}

// sideLetter finds the letter of a side at either end of a sum.
var sideLetter = regexp.MustCompile(`(?i)^\s*(C|CR|D|DB|DR)\s*[-+]?\d|\d\s*(C|CR|D|DB|DR)\s*$`)

// sideOf reads the words of a side: 1 is money in, −1 money out, 0 neither.
func sideOf(text string) int64 {
	switch strings.Trim(ledger.Fold(text), " .") {
	case "c", "cr", "crdt", "credit", "crediteur", "h", "haben", "+", "bij", "gutschrift", "entree", "recette":
		return 1
	case "d", "db", "dr", "dbit", "debit", "debiteur", "s", "soll", "-", "af", "belastung", "sortie", "depense":
		return -1
	}
	return 0
}

// currency finds the currency of the row: its column, else what stands beside the sums, in the titles, above the table.
func (t *tableReader) currency(sums ...grid.Cell) ledger.Currency {
	if c, ok := imports.CurrencyIn("devise " + t.text(currencyRole)); ok {
		return c
	}
	for _, cell := range sums {
		if c := t.cells.Currency(cell); c != "" {
			return c
		}
	}
	return cmp.Or(t.layout.named, t.notes.currency, t.opts.Currency, ledger.EUR)
}

// party finds who is on the other side: as the columns say, else by the label.
func (t *tableReader) party(label string) Party {
	p := Party{Name: t.text(partyRole)}
	if account := strings.ToUpper(strings.ReplaceAll(t.text(partyAccount), " ", "")); ledger.ValidIBAN(account) {
		p.IBAN = account
	} else if countDigits(account) >= 5 {
		p.ID = account
	}
	if bic := t.text(partyBIC); bicShape.MatchString(bic) {
		p.BIC = bic
	}
	if p.Name == "" {
		p.Name, _ = Split(label)
	}
	return p
}

var bicShape = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)

// typeOf tells the type of the row's entry. Where a column names the other side, labels are the payer's words, and the column
// of kinds is the bank's.
func (t *tableReader) typeOf(label string, amount int64) (ledger.EntryType, bool) {
	kind, returned := TypeOf(t.kind(), amount)
	for _, text := range append([]string{label}, t.labels()...) {
		if tellsInternal(labelWords(text)) {
			return ledger.EntryInternal, false
		}
		if t.layout.has(partyRole) && (kind != ledger.EntryOther || returned) {
			continue
		}
		if k, r := TypeOf(text, amount); k != ledger.EntryOther || r {
			return k, r
		}
	}
	return kind, returned
}

// references gives the structured references of a creditor: of their own column, and those that a label cell consists of.
func (t *tableReader) references() []string {
	var out []string
	for i, text := range append([]string{t.text(structuredRole)}, t.labels()...) {
		// Twelve digits in a label may be any number, unless they are marked.
		marked := i == 0 || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "***")
		if ref, ok := ledger.StructuredReference(text); ok && (marked || ref.Kind != ledger.ReferenceOGM) && !slices.Contains(out, ref.Value) {
			out = append(out, ref.Value)
		}
	}
	return out
}

// labels gives the cells of the columns of labels that hold something, the most telling first.
func (t *tableReader) labels() []string {
	var out []string
	for _, col := range t.layout.several[labelRole] {
		if s := t.cells.Text(t.cell(col)); strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

func (t *tableReader) kind() string {
	var out []string
	for _, col := range t.layout.several[kindRole] {
		if s := oneLine(t.cells.Text(t.cell(col))); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

// label joins what the bank and the payer wrote in several columns, lines apart, what is said twice once.
func (t *tableReader) label() string {
	type part struct {
		lines  []string
		folded string
	}
	var parts []part
	add := func(text string) {
		lines := cleanLines(text)
		p := part{lines, ledger.Fold(strings.Join(lines, " "))}
		if p.folded == "" || slices.ContainsFunc(parts, func(o part) bool { return strings.Contains(o.folded, p.folded) }) {
			return
		}
		at := slices.IndexFunc(parts, func(o part) bool { return strings.Contains(p.folded, o.folded) })
		parts = slices.DeleteFunc(parts, func(o part) bool { return strings.Contains(p.folded, o.folded) })
		if at < 0 {
			at = len(parts)
		}
		parts = slices.Insert(parts, at, p)
	}
	for _, text := range t.labels() {
		add(text)
	}
	add(t.text(structuredRole))
	add(t.text(referenceRole))
	var out []string
	for _, p := range parts {
		out = append(out, p.lines...)
	}
	return strings.Join(out, "\n")
}

// pageEntity finds the characters that some banks' programs write as for a web page.
var pageEntity = regexp.MustCompile(`&(#[0-9]{1,5}|#x[0-9a-fA-F]{1,4}|[a-zA-Z]{2,8});`)

// cleanLines cuts a text into its lines, with padding and invisible characters taken out.
func cleanLines(s string) []string {
	if strings.Contains(s, "&") {
		// Twice, for what was written so by two programs; no more, or a text could say what it does not.
		for range 2 {
			s = pageEntity.ReplaceAllStringFunc(s, html.UnescapeString)
		}
	}
	var out []string
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		words := strings.FieldsFunc(line, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
		})
		if len(words) > 0 {
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}
