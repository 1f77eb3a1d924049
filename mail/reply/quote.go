package reply

import (
	"strings"
	"unicode/utf8"

	"quitus/ledger"
)

// plainRows reads the lines of plain text; of text that flows, those that belong together are made one.
func plainRows(s string, flowed, delSp bool) []row {
	var out []row
	joins := false // the line before goes on here
	for l := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n") {
		depth, text := quoteMarks(l, flowed)
		goesOn := flowed && strings.HasSuffix(text, " ") && text != "-- "
		if goesOn && delSp {
			text = strings.TrimSuffix(text, " ")
		}
		if n := len(out); joins && n > 0 && out[n-1].depth == depth && len(out[n-1].text) < maxText {
			out[n-1].text += text
		} else {
			out = append(out, row{text: text, depth: depth})
		}
		joins = goesOn
	}
	return out
}

// quoteMarks takes the marks of quotation off a line and counts them.
func quoteMarks(l string, flowed bool) (depth int, text string) {
	for depth < 50 {
		rest := strings.TrimPrefix(l, " ")
		if !strings.HasPrefix(rest, ">") {
			break
		}
		l, depth = rest[1:], depth+1
	}
	if depth > 0 || flowed { // the blank after the marks, and the one that protects a line
		l = strings.TrimPrefix(l, " ")
	}
	return depth, l
}

// What a line turns out to be.
type sort int

const (
	ownWords sort = iota
	quotedWords
	signature
)

// split parts the sender's own words from what was quoted and from signatures.
func split(rows []row) (own, quoted, sign string) {
	sorts := sortRows(rows)
	var parts [3][]row
	for i, s := range sorts {
		parts[s] = append(parts[s], rows[i])
	}
	own, quoted, sign = join(parts[ownWords]), join(parts[quotedWords]), join(parts[signature])
	if own == "" { // all that was written stands where a signature does
		own, sign = sign, ""
	}
	return own, quoted, sign
}

func sortRows(rows []row) []sort {
	sorts := make([]sort, len(rows))
	signed := false // below "-- " or a disclaimer, until a quotation
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		folded := foldLine(r.text)
		switch {
		case r.cut, r.depth == 0 && beginsBlock(rows, i, folded):
			fill(sorts[i:], quotedWords)
			return sorts
		case r.depth > 0:
			sorts[i], signed = quotedWords, false
			continue
		}
		if n := attribution(rows, i); n > 0 {
			fill(sorts[i:i+n], quotedWords)
			if next := nextWords(rows, i+n); next < len(rows) && rows[next].depth == 0 {
				fill(sorts[i:], quotedWords)
				return sorts
			}
			i, signed = i+n-1, false
			continue
		}
		if strings.TrimRight(r.text, " \r") == "--" || startsWith(folded, quoting()["disclaimer"]) {
			signed = true
		}
		if signed || r.sign || utf8.RuneCountInString(folded) <= 80 && startsWith(folded, quoting()["signature"]) {
			sorts[i] = signature
		}
	}
	return sorts
}

func fill(s []sort, with sort) {
	for i := range s {
		s[i] = with
	}
}

// foldLine folds the beginning of a line for comparing.
func foldLine(s string) string { return ledger.Fold(clip(s, 400)) }

func startsWith(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// nextWords gives the next row that is not empty.
func nextWords(rows []row, i int) int {
	for i < len(rows) && strings.TrimSpace(rows[i].text) == "" && !rows[i].cut {
		i++
	}
	return i
}

// beginsBlock says whether a quoted message begins at a row: after a line that says so, or with its header copied in lines.
func beginsBlock(rows []row, i int, folded string) bool {
	bare := strings.Trim(folded, "-_=*# ")
	if bare == "" && len(folded) >= 5 { // a rule: what comes after it decides
		i = nextWords(rows, i+1)
		return i < len(rows) && rows[i].depth == 0 && headerBlock(rows, i)
	}
	if len(bare) < 60 && (bare != folded || strings.HasSuffix(bare, ":")) {
		for _, d := range quoting()["divider"] {
			if bare == d {
				return true
			}
		}
	}
	return headerBlock(rows, i)
}

// headerBlock says whether the lines from a row on are a header as mail programs copy it: its sender first, then at least two others.
func headerBlock(rows []row, i int) bool {
	if !labelled(rows[i].text, "label from") {
		return false
	}
	found := 0
	for j := i + 1; j < len(rows) && j <= i+10 && rows[j].depth == 0; j++ {
		if labelled(rows[j].text, "label other") {
			found++
		}
	}
	return found >= 2
}

// labelled says whether a line begins with one of some labels and a colon.
func labelled(text, labels string) bool {
	label, _, ok := strings.Cut(clip(strings.TrimLeft(text, "*_> \t|"), 80), ":")
	if !ok {
		return false
	}
	label = strings.Trim(ledger.Fold(label), "* ")
	for _, l := range quoting()[labels] {
		if label == l {
			return true
		}
	}
	return false
}

// attribution gives how many rows from i on say who wrote what is quoted below; none where they do not. Programs break such a line.
func attribution(rows []row, i int) int {
	joined := ""
	for n := 1; n <= 4 && i+n <= len(rows); n++ {
		r := rows[i+n-1]
		if r.depth > 0 || r.cut || n > 1 && strings.TrimSpace(r.text) == "" {
			return 0
		}
		joined = ledger.Fold(joined + " " + clip(r.text, 400))
		if n == 1 && !startsWith(joined, attributions().starts) {
			return 0
		}
		for _, a := range attributions().pairs {
			if strings.HasPrefix(joined, a[0]+" ") && strings.HasSuffix(joined, a[1]) && strings.ContainsAny(joined, "0123456789@") {
				return n
			}
		}
	}
	return 0
}

// join makes a text of rows, without more than one empty line between them.
func join(rows []row) string {
	var b strings.Builder
	empty := true
	for _, r := range rows {
		text := strings.TrimRight(r.text, " \t\r")
		if text == "" {
			if !empty {
				b.WriteByte('\n')
			}
			empty = true
			continue
		}
		empty = false
		b.WriteString(text)
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}
