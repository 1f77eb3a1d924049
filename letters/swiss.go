package letters

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"quitus/assets/words"
	"quitus/ledger"
)

// swissBill is the payment part with receipt of a QR-bill (SIX, Swiss Implementation Guidelines for the QR-bill, version 2.3).
type swissBill struct {
	account          string
	creditor         swissParty
	amount           ledger.Money
	debtor           *swissParty // nil to be filled in by hand
	kind             string      // of the reference: QRR, SCOR or NON
	reference        string
	message          string
	currency, figure string // "CHF", "1949.75"
}

// swissParty is a name with a structured address, the only form allowed since 21 November 2025.
type swissParty struct {
	name, street, number, postcode, town, country string
}

// Bounds in characters (guidelines, section 4.2.2).
const (
	swissName, swissStreet, swissNumber, swissPostcode, swissTown = 70, 70, 16, 16, 35
	swissMessage, swissMost                                       = 140, 999_999_999_99
)

// addSwissBill gives the letter a QR-bill, or warns why there is none.
func (c *composer) addSwissBill(account string) {
	cur := c.total.Currency
	if (cur != "CHF" && cur != ledger.EUR) || c.total.Minor > swissMost {
		return
	}
	b := &swissBill{account: account, amount: c.total, kind: "NON", currency: string(cur), figure: fmt.Sprintf("%d.%02d", c.total.Minor/100, c.total.Minor%100)}
	var complete bool
	if b.creditor, complete = newSwissParty(c.holder(), c.company.Address, c.company.Postcode, c.company.Town, c.company.Country); !complete {
		c.warn("qr_sender")
		return
	}
	to := c.addressee()
	if debtor, complete := newSwissParty(to.Name, strings.Split(to.Address, "\n"), to.Postcode, to.Town, to.Country); complete {
		b.debtor = &debtor
	}
	r, structured := ledger.StructuredReference(c.payReference())
	switch {
	case structured && r.Kind == ledger.ReferenceQRR && isQRIBAN(account):
		b.kind, b.reference = "QRR", r.Value
	case isQRIBAN(account):
		c.warn("qr_reference")
		return
	case structured && r.Kind == ledger.ReferenceRF:
		b.kind, b.reference = "SCOR", r.Value
	default:
		b.message = cut(swissText(c.payReference()), swissMessage)
	}
	if newCode(b.text()) == nil { // accents take two bytes: the debtor may be left to be written by hand
		b.debtor = nil
	}
	c.letter.SwissBill = b
}

// isQRIBAN says whether an account takes payments with a QR reference only: the number of its institution is from 30000 to 31999.
func isQRIBAN(account string) bool {
	n, err := strconv.Atoi(account[4:9])
	return err == nil && n >= 30000 && n <= 31999
}

// numberedStreet is a street with the number at its end, or at its beginning as in France.
var (
	numberLast  = regexp.MustCompile(`^(.*\pL\.?),? +(\d+ ?(?:\pL|bis|ter)?(?:[-/]\d+\pL?)?)$`)
	numberFirst = regexp.MustCompile(`^(\d+ ?(?:bis|ter|[A-Za-z])?),? +(\pL.*)$`)
)

// newSwissParty gives a structured address; complete says whether nothing is missing that there must be. Of several lines the
// last is the street.
func newSwissParty(name string, address []string, postcode, town, country string) (p swissParty, complete bool) {
	line := ""
	for _, a := range address {
		if a = swissText(a); a != "" {
			line = a
		}
	}
	street, number := line, ""
	if m := numberLast.FindStringSubmatch(line); m != nil {
		street, number = m[1], m[2]
	} else if m := numberFirst.FindStringSubmatch(line); m != nil {
		street, number = m[2], m[1]
	}
	p = swissParty{cut(swissText(name), swissName), cut(street, swissStreet), cut(number, swissNumber),
		cut(swissText(postcode), swissPostcode), cut(swissText(town), swissTown), strings.ToUpper(country)}
	return p, p.name != "" && p.postcode != "" && p.town != "" && len(p.country) == 2
}

// swissText keeps the characters that the guidelines allow, Latin ones, and all blanks as single plain ones.
func swissText(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "?"))
	allowed := func(r rune) bool {
		return r >= 0x20 && r <= 0x7e || r >= 0xa1 && r <= 0x17f && r != 0xad || r >= 0x218 && r <= 0x21b || r == '€'
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case allowed(r):
			b.WriteRune(r)
		case unicode.IsControl(r), unicode.Is(unicode.Mn, r):
		default:
			for _, x := range latin(string(r)) {
				if !allowed(x) {
					x = '?'
				}
				b.WriteRune(x)
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// text is what the code holds: 31 elements, each on a line.
func (b *swissBill) text() string {
	lines := []string{"SPC", "0200", "1", b.account}
	lines = append(lines, b.creditor.elements()...)
	lines = append(lines, make([]string, 7)...) // ultimate creditor, for future use
	lines = append(lines, b.figure, b.currency)
	if b.debtor != nil {
		lines = append(lines, b.debtor.elements()...)
	} else {
		lines = append(lines, make([]string, 7)...)
	}
	return strings.Join(append(lines, b.kind, b.reference, b.message, "EPD"), "\n")
}

func (p *swissParty) elements() []string {
	return []string{"S", p.name, p.street, p.number, p.postcode, p.town, p.country}
}

// lines are a party's as printed.
func (p *swissParty) lines() []string {
	lines := []string{p.name}
	if street := strings.TrimSpace(p.street + " " + p.number); street != "" {
		lines = append(lines, street)
	}
	town := p.postcode + " " + p.town
	if p.country != "CH" && p.country != "LI" {
		town = p.country + "-" + town
	}
	return append(lines, town)
}

// printedReference groups a reference as it is printed.
func (b *swissBill) printedReference() string {
	if b.kind == "QRR" {
		return b.reference[:2] + " " + words.Grouped(b.reference[2:], 5)
	}
	return words.Grouped(b.reference, 4)
}

// printedAmount has a dot, and blanks between thousands.
func (b *swissBill) printedAmount() string {
	whole, cents, _ := strings.Cut(b.figure, ".")
	first := len(whole) % 3
	return strings.TrimSpace(whole[:first]+" "+strings.ReplaceAll(words.Grouped(whole[first:], 3), nbsp, " ")) + "." + cents
}

// Measures of the payment part, in millimetres (Style Guide QR-bill).
const (
	swissHeight  = 105.0
	swissTop     = pageHeight - swissHeight
	swissMargin  = 5.0
	receiptWidth = 62.0
	swissCode    = 46.0
	swissCross   = 7.0
	amountTop    = swissTop + 68
	codeLeft     = receiptWidth + swissMargin
	codeTop      = swissTop + 17
	factsLeft    = codeLeft + swissCode + swissMargin
)

// swissColumn writes headings and values under each other.
type swissColumn struct {
	s             *sheet
	x, y, width   float64
	heading, text float64 // sizes in points
	pitch         float64
}

func (c *swissColumn) head(t string) {
	c.s.text(c.x, c.y, t, true, c.heading, 0)
	c.y += c.pitch
}

func (c *swissColumn) write(lines ...string) {
	for _, t := range lines {
		for _, line := range wrap([]Run{{t, false}}, c.text, c.width) {
			line.draw(c.s, c.x, c.y, c.text)
			c.y += c.pitch
		}
	}
}

func (c *swissColumn) gap() { c.y += c.pitch }

// draw puts the payment part and the receipt at the foot of a page.
func (b *swissBill) draw(s *sheet, w *words.Words) {
	detach := w.T("letters.swiss.detach")
	s.text((pageWidth-typeface().width(detach, false, 7))/2, swissTop-1.2, detach, false, 7, black)
	s.dashed(0, swissTop, pageWidth, swissTop, 0.2, black)
	s.dashed(receiptWidth, swissTop, receiptWidth, pageHeight, 0.2, black)
	b.drawReceipt(s, w)
	b.drawPart(s, w)
}

func (b *swissBill) drawReceipt(s *sheet, w *words.Words) {
	s.text(swissMargin, swissTop+swissMargin+4, w.T("letters.swiss.receipt"), true, 11, 0)
	c := &swissColumn{s, swissMargin, swissTop + 14.5, receiptWidth - 2*swissMargin, 6, 8, 3.2}
	b.parties(c, w, 52, 20)
	b.drawAmount(s, w, swissMargin, 6, 8, 20)
	point := w.T("letters.swiss.point")
	s.text(receiptWidth-swissMargin-typeface().width(point, true, 6), swissTop+84, point, true, 6, 0)
}

func (b *swissBill) drawPart(s *sheet, w *words.Words) {
	s.text(codeLeft, swissTop+swissMargin+4, w.T("letters.swiss.part"), true, 11, 0)
	s.code(b.text(), codeLeft, codeTop, swissCode)
	b.drawCross(s, codeLeft+swissCode/2, codeTop+swissCode/2)
	b.drawAmount(s, w, codeLeft, 8, 10, 22)
	c := &swissColumn{s, factsLeft, swissTop + swissMargin + 3.4, pageWidth - swissMargin - factsLeft, 8, 10, 3.9}
	b.parties(c, w, 65, 25)
}

// parties writes account, reference, message and debtor; a debtor who is not known gets a field of a size to write in. The receipt,
// which has the smaller type, has no message.
func (b *swissBill) parties(c *swissColumn, w *words.Words, width, height float64) {
	c.head(w.T("letters.swiss.account"))
	c.write(words.Grouped(b.account, 4))
	c.write(b.creditor.lines()...)
	if b.reference != "" {
		c.gap()
		c.head(w.T("letters.swiss.reference"))
		c.write(b.printedReference())
	}
	if b.message != "" && c.text > 8 {
		c.gap()
		c.head(w.T("letters.swiss.message"))
		c.write(b.message)
	}
	c.gap()
	if b.debtor != nil {
		c.head(w.T("letters.swiss.debtor"))
		c.write(b.debtor.lines()...)
		return
	}
	c.head(w.T("letters.swiss.debtor_open"))
	corners(c.s, c.x, c.y-c.pitch+1.2, width, height)
}

// drawAmount writes currency and amount side by side.
func (b *swissBill) drawAmount(s *sheet, w *words.Words, x, heading, text, column float64) {
	y := amountTop + 3
	s.text(x, y, w.T("letters.swiss.currency"), true, heading, 0)
	s.text(x+column, y, w.T("letters.swiss.amount"), true, heading, 0)
	y += 4.5
	s.text(x, y, b.currency, false, text, 0)
	s.text(x+column, y, b.printedAmount(), false, text, 0)
}

// drawCross draws the Swiss cross in the middle of the code: white on black, with a white edge.
func (b *swissBill) drawCross(s *sheet, x, y float64) {
	const half, edge = swissCross / 2, 0.45
	s.fill(x-half, y-half, swissCross, swissCross, 255)
	s.fill(x-half+edge, y-half+edge, swissCross-2*edge, swissCross-2*edge, 0)
	const long, thick = 3.9, 1.17
	s.fill(x-long/2, y-thick/2, long, thick, 255)
	s.fill(x-thick/2, y-long/2, thick, long, 255)
}

// corners marks a field to write in by its corners.
func corners(s *sheet, x, y, w, h float64) {
	const arm, width = 3.0, 0.26
	for _, cx := range []float64{x, x + w} {
		for _, cy := range []float64{y, y + h} {
			dx, dy := arm, arm
			if cx > x {
				dx = -arm
			}
			if cy > y {
				dy = -arm
			}
			s.line(cx, cy, cx+dx, cy, width, 0)
			s.line(cx, cy, cx, cy+dy, width, 0)
		}
	}
}
