package fec

import (
	"strings"

	"quitus/ledger"
)

// column is one of the columns of the standard.
type column uint8

const (
	noColumn column = iota
	journalCode
	journalLib
	entryNum
	entryDate
	accountNum
	accountLib
	auxNum
	auxLib
	pieceRef
	pieceDate
	entryLib
	debit
	credit
	lettering
	letteringDate
	validDate
	foreignAmount
	foreignCurrency
	amount // with side, instead of debit and credit
	side
	columnCount
)

// titles are those of the standard, in its order.
var titles = [columnCount]string{"", "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
	"PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise", "Montant", "Sens"}

var columnOf = func() map[string]column {
	m := map[string]column{}
	for c, t := range titles {
		if t != "" {
			m[strings.ToLower(t)] = column(c)
		}
	}
	for other, c := range map[string]column{
		"compteauxnum": auxNum, "compteauxlib": auxLib, "comptauxnum": auxNum, "comptauxlib": auxLib, "ecriturelettrage": lettering,
		"datelettrage": letteringDate, "datevalid": validDate, "codejournal": journalCode, "libjournal": journalLib,
		"numecriture": entryNum, "journallibelle": journalLib, "comptelibelle": accountLib, "compauxlibelle": auxLib, "ecriturelibelle": entryLib,
		"lettragepiece": lettering, "lettrage": lettering, "ecrturelet": lettering, "codedevise": foreignCurrency, "iddevise": foreignCurrency, "montantdevises": foreignAmount, "devise": foreignCurrency,
	} {
		m[other] = c
	}
	return m
}()

// leastTitles is how many of the titles make a file a FEC.
const leastTitles = 12

// header is what the line of titles tells.
type header struct {
	line    int
	sep     byte
	quoted  bool     // fields may stand between quotation marks
	columns []column // of each field
	at      [columnCount]int
}

// findHeader looks for the titles among the first lines.
func findHeader(s *scanner) (header, bool) {
	for range 20 {
		line, ok := s.next()
		if !ok {
			break
		}
		if h, ok := parseHeader(line); ok {
			h.line = s.number
			return h, true
		}
	}
	return header{}, false
}

func parseHeader(line []byte) (header, bool) {
	best, most := header{}, 0
	for _, sep := range []byte{'\t', '|', ';', ','} {
		h := header{sep: sep, quoted: sep == ';' || sep == ','}
		for i := range h.at {
			h.at[i] = -1
		}
		fields := h.split(line, nil)
		if len(fields) > maxFields {
			continue
		}
		found := 0
		for i, f := range fields {
			c := columnOf[title(string(f))]
			if c != noColumn && h.at[c] >= 0 {
				c = noColumn
			}
			if c != noColumn {
				h.at[c] = i
				found++
			}
			h.columns = append(h.columns, c)
		}
		for n := len(h.columns); n > 0 && h.columns[n-1] == noColumn && len(trim(fields[n-1])) == 0; n-- {
			h.columns = h.columns[:n-1] // a separator at the end
		}
		if found > most {
			best, most = h, found
		}
	}
	return best, most >= leastTitles
}

// title makes titles comparable: no case, no accents, letters only.
func title(s string) string {
	if len(s) > 100 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, ledger.Fold(s))
}

// missing names the columns without which a file cannot be read.
func (h *header) missing() string {
	var out []string
	for _, c := range []column{entryDate, accountNum} {
		if h.at[c] < 0 {
			out = append(out, titles[c])
		}
	}
	if (h.at[debit] < 0 || h.at[credit] < 0) && (h.at[amount] < 0 || h.at[side] < 0) {
		out = append(out, titles[debit], titles[credit])
	}
	return strings.Join(out, ", ")
}

// split cuts a line into its fields, into memory of out.
func (h *header) split(line []byte, out [][]byte) [][]byte {
	out = out[:0]
	for len(out) <= maxFields {
		if h.quoted && len(line) > 0 && line[0] == '"' {
			if field, rest, more, ok := h.quotedField(line); ok {
				out = append(out, field)
				if !more {
					return out
				}
				line = rest
				continue
			}
		}
		i := 0
		for i < len(line) && line[i] != h.sep {
			i++
		}
		out = append(out, unquote(line[:i]))
		if i == len(line) {
			return out
		}
		line = line[i+1:]
	}
	return out
}

// quotedField reads a field that begins with a quotation mark; ok is false where none ends it.
func (h *header) quotedField(line []byte) (field, rest []byte, more, ok bool) {
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		switch {
		case i+1 == len(line):
			return line[1:i], nil, false, true
		case line[i+1] == h.sep:
			return line[1:i], line[i+2:], true, true
		case line[i+1] == '"':
			i++
		}
	}
	return nil, nil, false, false
}

func unquote(b []byte) []byte {
	if n := len(b); n >= 2 && b[0] == '"' && b[n-1] == '"' {
		return b[1 : n-1]
	}
	return b
}
