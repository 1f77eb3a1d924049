package letters

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"quitus/ledger"
)

// Bounds of a transfer's code (EPC069-12, version 2.1): characters of the name and of the remittance, bytes of all.
const (
	epcNameChars = 70
	epcTextChars = 140
	epcBytes     = 331
	epcMost      = 999_999_999_99 // cents
)

// payCode is the code of a SEPA transfer for the customer's banking application, and the words beside it.
type payCode struct {
	text        string // what is encoded
	title, note string
}

var (
	bicShape = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)
	// sepa are the countries whose accounts a SEPA transfer reaches (EPC409-09, list of SEPA scheme countries).
	sepa = strings.Fields("AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA")
)

// addPayment gives a letter that asks for payment the code to scan: for a Swiss account in francs or euros the payment part of a
// QR-bill, for any other that SEPA reaches, and euros, the code of a transfer. The bank details are printed in any case.
func (c *composer) addPayment() {
	account := ledger.PlainIBAN(c.company.IBAN)
	asks := slices.ContainsFunc(c.letter.Body, func(b Block) bool { return b.Bank != nil })
	if c.mail || c.company.NoQR || !asks || Level(c.Model) == 0 || !c.total.Positive() || !ledger.ValidIBAN(account) {
		return
	}
	switch country := account[:2]; {
	case country == "CH" || country == "LI":
		c.addSwissBill(account)
	case c.total.Currency == ledger.EUR && slices.Contains(sepa, country):
		text, ok := epcText(c.company.BIC, c.holder(), account, c.total.Minor, c.payReference())
		if ok {
			c.letter.PayCode = &payCode{text, c.w.T("letters.qr.title"), c.w.T("letters.qr.note", "amount", c.w.Money(c.total))}
		}
	}
}

// epcText is the text of a transfer's code: version 002, UTF-8, the amount in cents of euros. A reference that is a creditor
// reference (ISO 11649) goes into the field for those, any other into the text. False where the standard's bounds do not
// allow for a code.
func epcText(bic, name, account string, cents int64, reference string) (string, bool) {
	if bic = strings.ToUpper(strings.TrimSpace(bic)); !bicShape.MatchString(bic) {
		bic = "" // not needed since version 002
	}
	structured, text := "", cut(latin(reference), epcTextChars)
	if r, ok := ledger.StructuredReference(reference); ok && r.Kind == ledger.ReferenceRF {
		structured, text = r.Value, ""
	}
	lines := []string{"BCD", "002", "1", "SCT", bic, cut(latin(name), epcNameChars), account, fmt.Sprintf("EUR%d.%02d", cents/100, cents%100), "", structured, text}
	all := strings.TrimRight(strings.Join(lines, "\n"), "\n")
	return all, cents > 0 && cents <= epcMost && name != "" && len(all) <= epcBytes
}

// holder is whose account it is.
func (c *composer) holder() string {
	if c.company.Holder != "" {
		return c.company.Holder
	}
	return c.company.Name
}

// payReference is what the customer is to give with a transfer: the invoices' numbers or, where they are many or long, the
// letter's reference.
func (c *composer) payReference() string {
	reference := strings.Join(numbers(c.invoices), ", ")
	if len(c.invoices) > 3 || len([]rune(reference)) > epcTextChars {
		return c.Reference
	}
	return reference
}

// withoutAccent are letters and signs that do not come apart into a plain one and an accent.
var withoutAccent = strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE", "ß", "ss", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D",
	"’", "'", "‘", "'", "“", `"`, "”", `"`, "«", `"`, "»", `"`, "–", "-", "—", "-", "\u2011", "-", "€", "EUR", "\u00ad", "")

// latin writes Latin letters without accents, which readers of codes may take for other characters, and all blanks as single
// plain ones. Other scripts stay as they are.
func latin(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(withoutAccent.Replace(strings.ToValidUTF8(s, "?"))) {
		if !unicode.Is(unicode.Mn, r) && (!unicode.IsControl(r) || unicode.IsSpace(r)) {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(norm.NFC.String(b.String())), " ")
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return s
}

// Places of the transfer's code, in millimetres: some half a millimetre a module, which a telephone reads, and four modules of
// white around.
const (
	codeSize   = 20.5
	codeInset  = 1.9
	codeBeside = 4.0
)

// draw puts the code at the left of the signature, its words beside it.
func (p *payCode) draw(s *sheet, y float64) {
	s.code(p.text, left+codeInset, y+codeInset, codeSize)
	x := left + codeInset + codeSize + codeBeside
	y += codeInset + 5
	s.text(x, y, printed(p.title), true, 8.5, black)
	for _, line := range wrap([]Run{{p.note, false}}, 8, secondColumn-x-codeBeside) {
		y += 3.8
		line.draw(s, x, y, 8)
	}
}

func (p *payCode) height() float64 { return codeSize + 2*codeInset }
