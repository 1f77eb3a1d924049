package einvoice

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// builder gathers what a document says into an invoice, and refuses what lacks something that none may lack.
type builder struct {
	Invoice
	opts     Options
	refused  *ledger.Error // why the document is not taken
	grand    amount        // BT-112
	prepaid  amount        // BT-113
	rounding amount        // BT-114
	payable  amount        // BT-115
	net, vat amount        // BT-109, BT-110
	iban     string        // as the file has it
}

// amount is a sum as the file has it, if it has it.
type amount struct {
	minor int64
	given bool
}

// creditCodes are the types of credit notes among those that EN 16931 allows (UNTDID 1001).
var creditCodes = []string{"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}

// invoiceCodes are the types of invoices among them, and those of the French reform.
var invoiceCodes = []string{
	"71", "80", "82", "84", "102", "130", "202", "203", "204", "211", "218", "219", "295", "326", "331", "380", "382", "383",
	"384", "385", "386", "387", "388", "389", "390", "393", "394", "395", "456", "457", "471", "472", "473", "500", "501",
	"527", "553", "575", "623", "633", "751", "780", "817", "870", "875", "876", "877", "935",
}

// factoredCodes are types whose claim was handed to somebody else, who is to be paid.
var factoredCodes = []string{"393", "396", "472", "473", "501", "502", "503"}

// refuse notes why the document is not taken; the first reason is told.
func (b *builder) refuse(err *ledger.Error) {
	if b.refused == nil {
		b.refused = err
	}
}

// missing is the refusal of a document without something that every invoice has.
func missing(field string) *ledger.Error {
	return ledger.Errorf("einvoice_incomplete", "field", ledger.Term("einvoice.field."+field))
}

// wrong is the refusal of a document in which such a thing cannot be read.
func wrong(field, value string) *ledger.Error {
	return ledger.Errorf("einvoice_wrong_value", "field", ledger.Term("einvoice.field."+field), "value", clip(value, 40))
}

func (b *builder) doubt(field, value, code string, pairs ...any) {
	p := Problem{Field: field, Value: clip(value, 100), Code: code, Args: map[string]any{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		p.Args[pairs[i].(string)] = pairs[i+1]
	}
	b.Problems = append(b.Problems, p)
}

// finish checks what was gathered and gives the invoice.
func (b *builder) finish() (*Invoice, error) {
	b.checkType()
	switch {
	case b.refused != nil:
		return nil, b.refused
	case ledger.Fold(b.Number) == "":
		return nil, missing("number")
	case b.Issued == 0:
		return nil, missing("issued")
	case ledger.Fold(b.Buyer.Name) == "":
		return nil, missing("buyer")
	}
	if err := b.settleAmounts(); err != nil {
		return nil, err
	}
	b.settleDue()
	if b.iban != "" {
		if b.IBAN = strings.ToUpper(strings.Join(strings.Fields(b.iban), "")); !ledger.ValidIBAN(b.IBAN) {
			b.IBAN = ""
			b.doubt("iban", b.iban, "iban_invalid")
		}
	}
	if b.Type == "384" {
		b.doubt("type", b.Type, "corrected", "preceding", strings.Join(b.Preceding, ", "))
	}
	if slices.Contains(factoredCodes, b.Type) || b.Payee != "" {
		b.doubt("payee", b.Payee, "factored")
	}
	return &b.Invoice, nil
}

// checkType refuses what is no invoice: a pro forma, a quotation.
func (b *builder) checkType() {
	switch {
	case b.Type == "", slices.Contains(invoiceCodes, b.Type):
	case slices.Contains(creditCodes, b.Type):
		b.CreditNote = true
	default:
		b.refuse(ledger.Errorf("einvoice_not_an_invoice", "type", clip(b.Type, 20)))
	}
}

// settleAmounts works out what is to be paid in all and what was left at issue, with the sign of the ledger: types of
// credit notes come with positive amounts, and an invoice with negative ones is a credit note.
func (b *builder) settleAmounts() error {
	total := b.grand
	switch {
	case !total.given && !b.payable.given:
		return missing("total")
	case !total.given:
		total.minor = b.payable.minor + b.prepaid.minor
	default:
		total.minor += b.rounding.minor
	}
	open := total.minor - b.prepaid.minor
	if b.payable.given {
		if b.prepaid.given && open != b.payable.minor {
			b.doubt("total", "", "totals_differ", "payable", b.money(b.payable.minor), "computed", b.money(open))
		}
		open = b.payable.minor
	}
	if total.minor == 0 {
		return wrong("total", "0")
	}
	negative := total.minor < 0
	if b.CreditNote && negative {
		b.doubt("total", "", "credit_note_negative")
	}
	sign := int64(1)
	if b.CreditNote && !negative {
		sign = -1
	}
	b.CreditNote = b.CreditNote || negative
	if (open < 0) != negative && open != 0 || abs(open) > abs(total.minor) {
		b.doubt("total", "", "open_beyond_total", "open", b.money(open), "total", b.money(total.minor))
		open = total.minor
	}
	b.Total, b.Open = b.money(sign*total.minor), b.money(sign*open)
	b.Prepaid = b.Total.Sub(b.Open)
	if b.net.given {
		b.Net = b.money(sign * b.net.minor)
	}
	if b.vat.given {
		b.VAT = b.money(sign * b.vat.minor)
	}
	return nil
}

func (b *builder) money(minor int64) ledger.Money {
	return ledger.Money{Minor: minor, Currency: b.Total.Currency}
}

// settleDue finds the due date that the file does not state.
func (b *builder) settleDue() {
	if b.TermsText != "" && b.opts.Terms != nil {
		b.Terms, _ = b.opts.Terms(b.TermsText)
	}
	switch {
	case b.Due != 0:
		if b.Due < b.Issued {
			b.doubt("due", b.Due.String(), "due_before_issue", "issued", b.Issued, "due", b.Due)
		}
	case b.CreditNote:
		b.Due, b.DueFrom = b.Issued, DueIssue
	case b.Terms.Given:
		b.Due, b.DueFrom = b.Terms.Due(b.Issued), DueTerms
		b.doubt("due", b.TermsText, "due_from_terms", "due", b.Due)
	default:
		b.Due, b.DueFrom = ledger.DefaultTerms.Due(b.Issued), DueAssumed
		b.doubt("due", b.TermsText, "due_computed", "due", b.Due, "days", ledger.DefaultTerms.Days)
	}
}

// currency reads BT-5; amounts are read after it.
func (b *builder) currency(s string) {
	c, ok := ledger.ParseCurrency(s)
	switch {
	case ok:
	case s == "":
		c = b.opts.Currency
		b.doubt("currency", "", "currency_missing", "currency", string(c))
	default:
		b.refuse(wrong("currency", s))
	}
	b.Total.Currency = c
}

// sum reads an amount of the invoice's currency.
func (b *builder) sum(n *node) amount {
	s := n.value()
	if s == "" {
		return amount{}
	}
	m, err := decimal(s, b.Total.Currency)
	if err != nil || abs(m.Minor) > maxAmount {
		b.refuse(wrong("total", s))
	}
	return amount{m.Minor, true}
}

// maxAmount is the most that an amount may be, in minor units, so that no sum overflows.
const maxAmount = 1e15

// decimal reads a decimal of XML Schema: a sign may stand before, needless zeros anywhere.
func decimal(s string, c ledger.Currency) (ledger.Money, error) {
	s = strings.TrimPrefix(s, "+")
	if whole, frac, ok := strings.Cut(s, "."); ok {
		for len(frac) > 0 && frac[len(frac)-1] == '0' {
			frac = frac[:len(frac)-1]
		}
		if whole == "" || whole == "-" {
			whole += "0"
		}
		s = whole
		if frac != "" {
			s += "." + frac
		}
	}
	return ledger.ParseDecimal(s, c)
}

// day reads a date: YYYY-MM-DD, YYYYMMDD, either with a time after it.
func (b *builder) day(field, s string) ledger.Date {
	if s == "" {
		return 0
	}
	plain := s
	if len(s) >= 10 && s[4] == '-' {
		plain = s[:10]
	} else if len(s) == 8 || len(s) > 8 && isDigits(s) {
		plain = s[:4] + "-" + s[4:6] + "-" + s[6:8]
	}
	d, err := ledger.ParseDate(plain)
	if err == nil {
		return d
	}
	if field == "issued" {
		b.refuse(wrong(field, s))
	} else {
		b.doubt(field, s, "date_invalid")
	}
	return 0
}

// tight takes out what people group digits with.
var tight = strings.NewReplacer(" ", "", ".", "", "-", "", "\u00a0", "")

// company reads a company number of the French register, SIREN or SIRET, as ISO 6523 schemes 0002 and 0009 or
// none name it. Both schemes are found with either number.
func (b *builder) company(p *Party, field, s string) {
	n := tight.Replace(s)
	if !isDigits(n) || len(n) != 9 && len(n) != 14 {
		return
	}
	switch {
	case !ledger.ValidSIREN(n[:9]):
		b.doubtNumber(p, field, s, "siren_invalid")
		return
	case len(n) == 14 && !ledger.ValidSIRET(n):
		b.doubtNumber(p, field, s, "siret_invalid")
	case len(n) == 14:
		p.SIRET = n
	}
	p.SIREN = n[:9]
}

// taxNumber reads a VAT number.
func (b *builder) taxNumber(p *Party, field, s string) {
	switch {
	case s == "":
	case ledger.ValidVAT(s):
		p.VAT = ledger.NormalVAT(s)
	default:
		b.doubtNumber(p, field, s, "vat_invalid")
	}
}

// doubtNumber doubts a number of the buyer's. The seller knows their own.
func (b *builder) doubtNumber(p *Party, field, value, code string) {
	if field == "buyer" {
		b.doubt(field, value, code, "name", p.Name)
	}
}

// country keeps a code of two capitals. The parts of France that live under its commercial law and in its company register
// count as France; their postcodes tell them apart.
func country(s string) string {
	if s = strings.ToUpper(s); ledger.InFrenchRegister(s) {
		return "FR"
	}
	if len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return ""
}

// mailIn gives an address that looks like one, without what stands around it.
func mailIn(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "mailto:")
	if at := strings.IndexByte(s, '@'); at < 1 || at == len(s)-1 || strings.ContainsAny(s, " ,;<>") || !strings.Contains(s[at:], ".") {
		return ""
	}
	return clip(s, 200)
}

// isPost says whether an electronic address of that scheme (EN 16931: EM; older files: SMTP) is one of mail.
func isPost(scheme string) bool {
	switch strings.ToUpper(scheme) {
	case "", "EM", "SMTP", "MAILTO":
		return true
	}
	return false
}

// subject joins the names of the first lines. Where there are none, it takes a remark that says of itself that it
// tells the subject; other remarks are terms of sale, thanks and notices.
func subject(names, remarks []string) string {
	const most = 140
	out := ""
	for _, n := range names {
		if n = clip(n, most); n == "" || strings.Contains(", "+out+", ", ", "+n+", ") {
			continue
		}
		if out != "" && utf8.RuneCountInString(out)+utf8.RuneCountInString(n)+2 > most {
			return out + ", …"
		}
		if out != "" {
			out += ", "
		}
		out += n
	}
	for _, r := range remarks {
		label, rest, ok := strings.Cut(r, ":")
		if out == "" && ok && slices.Contains(subjectLabels, ledger.Fold(label)) {
			out = clip(strings.TrimSpace(rest), most)
		}
	}
	return out
}

var subjectLabels = []string{"objet", "concerne", "chantier", "subject", "re", "betreff", "betrifft", "betreft", "onderwerp"}

// lines joins what is not blank, each on a line of its own.
func lines(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(slices.Compact(parts), "\n")
}

// clip cuts a text to so many characters.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
}

// clean drops what no text for people holds: control and format characters, and bytes that are no character.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
