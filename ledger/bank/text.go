package bank

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// decode gives a text file in UTF-8. hint, if not Unknown, is the encoding that the file names, which often is wrong:
// it decides only where the bytes do not.
func decode(ctx context.Context, data []byte, hint charset.Encoding) (string, error) {
	t, err := charset.Detect(ctx, bytes.NewReader(data), int64(len(data)), hint)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(len(data))
	if _, err := io.Copy(&b, t.NewReader(bytes.NewReader(data))); err != nil {
		return "", err
	}
	return b.String(), nil
}

// tidy cuts a bank's padding off: blanks around a text, and more than one between its words.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// labelOf puts the lines of a label together. A line that another one holds already, being repeated or cut shorter, is
// left out; the longer one takes its place.
func labelOf(lines []string) string {
	var kept, folded []string
next:
	for _, l := range lines {
		if l = tidy(l); l == "" {
			continue
		}
		f := " " + ledger.Fold(l) + " "
		for i, o := range folded[:min(len(folded), mostCompared)] {
			if holds(o, f) {
				continue next
			}
			if holds(f, o) {
				kept[i], folded[i] = l, f
				continue next
			}
		}
		kept, folded = append(kept, l), append(folded, f)
	}
	return cutText(strings.Join(kept, "\n"))
}

const (
	mostCompared = 50 // lines of a label that later ones are compared with
	zoneLength   = 20 // least length of a text that may be cut in the middle of a word because its zone was full
)

// holds says whether a short line stands in a long one as whole words, or is its beginning, cut at the end of a zone. Both
// have a blank at each end.
func holds(long, short string) bool {
	return strings.Contains(long, short) || len(short) > zoneLength+1 && strings.HasPrefix(long, short[:len(short)-1])
}

// cutText keeps as much of a text as one entry may hold.
func cutText(s string) string {
	if len(s) <= MaxText {
		return s
	}
	n := MaxText
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
