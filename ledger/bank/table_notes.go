package bank

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

// tableNotes is what the lines above and below the entries tell.
type tableNotes struct {
	account    Account
	currency   ledger.Currency
	opening    *Balance // their days are zero where they have none of their own
	closing    *Balance
	from, to   ledger.Date // the span of the statement
	balanceDay ledger.Date // the day of a balance, told apart from it
}

// fill takes over what other notes tell and these do not.
func (n *tableNotes) fill(o tableNotes) {
	if n.account.IBAN+n.account.Number == "" {
		n.account.IBAN, n.account.Number = o.account.IBAN, o.account.Number
	}
	n.account.Holder, n.currency = cmp.Or(n.account.Holder, o.account.Holder), cmp.Or(n.currency, o.currency)
	n.opening, n.closing = cmp.Or(n.opening, o.opening), cmp.Or(n.closing, o.closing)
	n.from, n.to, n.balanceDay = cmp.Or(n.from, o.from), cmp.Or(n.to, o.to), cmp.Or(n.balanceDay, o.balanceDay)
}

// readNotes reads lines that are no entries.
func (t *tableReader) readNotes(rows []grid.Row) tableNotes {
	var n tableNotes
	above := "" // the line above that of the account
	for _, row := range rows {
		cells := t.noteCells(row)
		if len(cells) == 0 {
			continue
		}
		line := strings.Join(cells, " ")
		words := titleWords(line)
		names := t.readAccount(&n, cells, words)
		switch {
		case names:
			if n.account.Holder == "" && looksLikeName(above) {
				n.account.Holder = above
			}
		case len(cells) > 1 && hasAny(words, "titulaire holder nom") && !hasAny(words, "contrepartie"):
			n.account.Holder = cells[1]
		}
		if n.currency == "" && hasAny(words, "devise tenu tenue evaluation") {
			n.currency, _ = imports.CurrencyIn(line)
		}
		t.readBalance(&n, cells, words, names)
		above = line
	}
	if n.closing != nil {
		n.closing.On = cmp.Or(n.closing.On, n.balanceDay, n.to)
	}
	if n.opening != nil && n.opening.On == 0 && n.from != 0 {
		n.opening.On = n.from.Add(-1)
	}
	return n
}

// noteCells gives the texts of a line, label and value apart: "Compte : 123" is two.
func (t *tableReader) noteCells(row grid.Row) []string {
	var out []string
	for _, c := range t.grid.Cells(row) {
		for _, line := range cleanLines(t.cells.Text(c)) {
			if label, value, ok := strings.Cut(line, ":"); ok && len(out) == 0 && countDigits(dayInText.ReplaceAllString(label, "")) == 0 && strings.TrimSpace(value) != "" {
				out = append(out, strings.TrimSpace(label), strings.TrimSpace(value))
			} else if line = strings.TrimRight(line, " :"); line != "" {
				out = append(out, line)
			}
		}
	}
	return out
}

// readAccount finds the number of the account in a line: an IBAN, what stands behind the word for an account, or a long number
// at the beginning of a line of several cells.
func (t *tableReader) readAccount(n *tableNotes, cells, words []string) bool {
	if n.account.IBAN != "" {
		return false
	}
	for _, c := range cells {
		switch iban, right := ibanIn(c); {
		case right:
			n.account.IBAN, n.account.Number = iban, ""
			return true
		case iban != "":
			t.file.Problems = append(t.file.Problems, Problem{Field: "account", Value: iban, Code: "iban_invalid"})
			n.account.Number = iban
			return true
		}
	}
	if n.account.Number != "" {
		return false
	}
	named := hasAny(words, "compte livret iban rib") && !hasAny(words, "solde contrepartie")
	for i, c := range cells {
		number := strings.TrimSpace(accountNumber.FindString(dayInText.ReplaceAllString(c, "")))
		if named && countDigits(number) >= 4 || i == 0 && len(cells) > 2 && number == c && countDigits(number) >= 10 {
			n.account.Number = number
			return true
		}
	}
	return false
}

// accountNumber finds the number of an account, of which some digits may be stars.
var accountNumber = regexp.MustCompile(`[0-9*xX]{2,}[0-9*xX .\-]*[0-9][0-9A-Z]?(\s|$)`)

// dayInText finds a day in a sentence, sumInText a sum with decimals.
var (
	dayInText = regexp.MustCompile(`\b(\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4}|\d{2})|\d{4}-\d{2}-\d{2})\b`)
	sumInText = regexp.MustCompile(`[-+−]?\s?\d{1,3}([ .'’\x{a0}\x{202f}]\d{3})*[.,]\d{1,3}\s?(€|[A-Z]{3}\b)?|[-+−]?\d+([.,]\d{1,3})?\s?(€|[A-Z]{3}\b)?`)
)

// readSpan reads a line of a title and a day: the first or last of the statement, or that of its balance.
func (n *tableNotes) readSpan(cells []string, day ledger.Date) {
	title := titleWords(cells[0])
	switch {
	case day == 0, len(cells) != 2, len(title) == 0:
	case hasAll(title, "date solde"), len(title) == 1 && title[0] == "date":
		n.balanceDay = cmp.Or(n.balanceDay, day)
	case title[0] == "du", hasAll(title, "date debut"):
		n.from = day
	case title[0] == "au", hasAll(title, "date fin"):
		n.to = day
	}
}

// readBalance finds a balance and its day in a line. One that names the account may end in a balance without saying so.
func (t *tableReader) readBalance(n *tableNotes, cells, words []string, names bool) {
	day := t.dayIn(cells)
	n.readSpan(cells, day)
	balance := hasAny(words, "solde") && !hasAny(words, "francs decouvert minimum moyen autorise disponible previsionnel venir")
	if !balance && (!names || len(cells) < 4 || day == 0) {
		return
	}
	usual := cmp.Or(t.layout.named, n.currency, t.opts.Currency)
	sum, ok := t.sumIn(cells, balance, usual)
	if !ok {
		return
	}
	if n.currency == "" && sum.Currency != usual {
		n.currency = sum.Currency
	}
	if strings.Contains(ledger.Fold(strings.Join(cells, " ")), "solde debiteur") {
		sum = sum.Abs().Neg()
	}
	b := &Balance{On: day, Amount: sum.Minor}
	if hasAny(words, "initial ancien precedent depart ouverture debut opening previous reporte report anterieur anfangs begin") {
		n.opening = b
	} else if n.closing == nil || b.On >= n.closing.On {
		n.closing = b
	}
}

// dayIn finds the last day in a line.
func (t *tableReader) dayIn(cells []string) ledger.Date {
	var found ledger.Date
	for _, c := range cells {
		for _, s := range dayInText.FindAllString(c, -1) {
			if d, ok := t.cells.DayIn(s); ok {
				found = d
			}
		}
	}
	return found
}

// sumIn finds the last sum in a line. Where the line does not speak of a balance, only one that is a cell of its own and
// has decimals counts.
func (t *tableReader) sumIn(cells []string, balance bool, usual ledger.Currency) (ledger.Money, bool) {
	for i := len(cells) - 1; i >= 0; i-- {
		text := dayInText.ReplaceAllString(cells[i], "")
		if m, ok := t.cells.SumIn(text, usual); ok && (balance && i > 0 || strings.ContainsAny(text, ".,")) {
			return m, true
		}
		if !balance {
			break
		}
		for _, found := range slices.Backward(sumInText.FindAllString(text, -1)) {
			if m, ok := t.cells.SumIn(found, usual); ok && (strings.ContainsAny(found, ".,") || m.Currency != usual) {
				return m, true
			}
		}
	}
	return ledger.Money{}, false
}

// ibanLengths are the lengths of IBAN in the countries whose accounts are expected; others must fill their cell.
var ibanLengths = map[string]int{"FR": 27, "MC": 27, "BE": 16, "LU": 20, "CH": 21, "LI": 21, "DE": 22, "NL": 18, "ES": 24, "IT": 27, "PT": 25, "GB": 22, "IE": 22, "AT": 20, "LT": 20}

var ibanStart = regexp.MustCompile(`\b[A-Z]{2}[0-9]{2}[ 0-9A-Z]{11,}`)

// ibanIn finds an IBAN in a text, and says whether its check digits are right.
func ibanIn(text string) (iban string, right bool) {
	if s := strings.ToUpper(strings.ReplaceAll(text, " ", "")); ledger.ValidIBAN(s) {
		return s, true
	}
	for _, found := range ibanStart.FindAllString(text, -1) {
		s := strings.ReplaceAll(found, " ", "")
		n := ibanLengths[s[:2]]
		if n == 0 || len(s) < n {
			continue
		}
		if iban = s[:n]; ledger.ValidIBAN(iban) {
			return iban, true
		}
	}
	return iban, false
}

// looksLikeName says whether a line above that of the account may be its holder.
func looksLikeName(line string) bool {
	return line != "" && len(line) <= 60 && countDigits(line) == 0 && len(strings.Fields(line)) <= 6 && strings.ToUpper(line) == line && !hasAny(titleWords(line), "compte solde date releve extrait operation")
}
