package people

import (
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/imports/grid"
)

// profile says what a column contains, in its first lines below the titles.
type profile struct {
	rows, filled                                  int
	mails, phones, sirens, vats, ibans            int
	numbers, dates, fours, fives, terms, distinct int
	samples                                       []string
}

func (l *List) profile(width int) []profile {
	out := make([]profile, width)
	seen := make([]map[string]bool, width)
	rows := 0
	for i := range l.grid.Len() {
		r := l.grid.Row(i)
		if int(r.Line) <= l.HeaderLine {
			continue
		}
		if rows++; rows > sampleRows {
			break
		}
		for _, c := range l.grid.Cells(r) {
			for int(c.Col) >= len(out) {
				out, seen = append(out, profile{}), append(seen, nil)
			}
			if seen[c.Col] == nil {
				seen[c.Col] = map[string]bool{}
			}
			out[c.Col].add(l.grid, c, seen[c.Col])
		}
	}
	for i := range out {
		out[i].rows, out[i].distinct = rows, len(seen[i])
	}
	return out
}

func (p *profile) add(g *grid.Grid, c grid.Cell, seen map[string]bool) {
	text := cellText(g, c)
	if text == "" {
		return
	}
	p.filled++
	if folded := ledger.Fold(text); !seen[folded] {
		seen[folded] = true
		if len(p.samples) < 3 {
			p.samples = append(p.samples, text)
		}
	}
	if g.FormatOf(c).Date || c.Kind == grid.ISODate {
		p.dates++
	}
	digits := digitsOf(text)
	plain := len(digits) == len(strings.Join(strings.Fields(text), ""))
	switch {
	case strings.Contains(text, "@"):
		p.mails++
	case ledger.ValidIBAN(text):
		p.ibans++
	case len(text) > 3 && text[0] >= 'A' && text[0] <= 'Z' && len(digits) >= 8 && ledger.ValidVAT(text):
		p.vats++
	case plain && (ledger.ValidSIREN(digits) || ledger.ValidSIRET(digits)):
		p.sirens++
	case len(digits) >= 9 && len(digits) <= 15 && (digits[0] == '0' || strings.HasPrefix(text, "+")) && strings.Trim(text, "0123456789 .+()-/\u00a0") == "":
		p.phones++
	}
	switch {
	case plain && len(digits) == 5:
		p.fives++
	case plain && len(digits) == 4:
		p.fours++
	}
	if looksNumber(text) {
		p.numbers++
	}
	if _, ok := imports.ParseTerms(text); ok {
		p.terms++
	}
}

// looksNumber says whether a text is an amount or another number.
func looksNumber(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789 .,-+€\u00a0\u202f") == ""
}

// fits says how well, in percent, the contents go with what the title says. An empty column fits anything.
func (p profile) fits(f Field) int {
	if p.filled == 0 {
		return 90
	}
	share := func(n int) int { return n * 100 / p.filled }
	if share(p.dates) > 50 && f != Terms {
		return 0
	}
	switch f {
	case Email, ContactEmail:
		if share(p.mails) < 30 {
			return 50
		}
	case Name, ContactName, Town, Names:
		if share(p.numbers) > 60 || share(p.mails) > 60 {
			return 0
		}
	case Terms:
		if share(p.terms) < 20 {
			return 60
		}
	case SIREN, IBAN, Ref:
		if share(p.mails) > 30 || f == Ref && share(p.ibans) > 30 {
			return 0
		}
	case Address, Kind, Language, Country:
		if share(p.mails) > 30 || share(p.numbers) > 80 && f != Country {
			return 30
		}
	}
	return 100
}

// says gives what the contents are, whatever the title: e-mail addresses, IBAN, VAT and company numbers cannot be
// mistaken.
func (p profile) says() (Field, int) {
	if p.filled < 2 {
		return None, 0
	}
	for _, x := range []struct {
		n int
		f Field
	}{{p.mails, Email}, {p.ibans, IBAN}, {p.vats, VAT}, {p.sirens, SIREN}} {
		if x.n*100/p.filled >= 70 {
			return x.f, 65
		}
	}
	return None, 0
}
