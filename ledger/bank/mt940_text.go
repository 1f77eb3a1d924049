package bank

import (
	"regexp"
	"strings"
)

// mtText is what the text of an entry says: free, or in fields as German, Luxembourg or Dutch banks write it.
type mtText struct {
	free              []string // what people wrote
	kind              string   // what the bank calls the operation
	party             Party
	endToEnd, mandate string
	creditor          string // creditor identifier
	references        []string
	gvc               string
	returned          bool
	reason            string
}

func mtTextOf(lines []string) mtText {
	if len(lines) == 0 {
		return mtText{}
	}
	if joined, sep := mtFields(lines); sep != 0 {
		return germanText(joined, sep)
	}
	free := unwrap(lines)
	if m := dutchField.FindStringSubmatchIndex(free); m != nil && m[0] == 0 {
		return dutchText(strings.ReplaceAll(free, "\n", " "))
	}
	return mtText{free: []string{free}}
}

const mtWidth = 65 // characters of a line of :86:, after which it is wrapped

// unwrap joins lines that were wrapped at the full width, in the midst of a word or not; shorter ones end where they end.
func unwrap(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		if i < len(lines)-1 && len([]rune(line)) != mtWidth {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var germanStart = regexp.MustCompile(`^\s*\d{3}([^0-9A-Za-z\s/:,.\-])\d\d`)

// mtFields joins the lines of a text in numbered fields (166?00GUTSCHRIFT?20…), and tells the character before their numbers; 0 if
// the text is none. Lines are joined as they were wrapped, at the full width with ":86:" or without; where a line is shorter and no
// field begins after it, a blank was cut off.
func mtFields(lines []string) (string, byte) {
	m := germanStart.FindStringSubmatch(strings.Join(lines[:min(2, len(lines))], ""))
	if m == nil || len(m[1]) != 1 {
		return "", 0
	}
	sep := m[1]
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		width := len([]rune(line))
		full := width == mtWidth || i == 0 && width == mtWidth-len(":86:")
		if i < len(lines)-1 && !full && !strings.HasPrefix(lines[i+1], sep) && !strings.HasPrefix(lines[i+1], ":") {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String()), sep[0]
}

// germanText reads numbered fields: 00 the kind of operation, 20 to 29 and 60 to 65 the text, 30 BIC, 31 and 38 account, 32 and 33
// name, 34 an extension of the code, which for returned payments is the reason.
func germanText(s string, sep byte) mtText {
	t := mtText{gvc: s[:3]}
	var purpose, name, more []string
	before := 0
	for field := range strings.SplitSeq(markFields(s[3:], sep), "\x00") {
		if len(field) < 2 {
			continue
		}
		n, v := smallNumber(field[:2]), strings.TrimRight(field[2:], "\t ")
		switch {
		case n == 0:
			t.kind = flat(v)
		case n >= 20 && n <= 29 || n >= 60 && n <= 65:
			if before != 0 && n != before+1 && !(before == 29 && n == 60) {
				v = "\n" + v
			}
			purpose, before = append(purpose, v), n
		case n == 30:
			t.party.BIC = asBIC(v)
		case n == 31 || n == 38:
			if iban := asIBAN(v); iban != "" {
				t.party.IBAN = iban
			}
		case n == 32 || n == 33:
			name = append(name, v)
		case n == 34:
			if len(v) == 3 && v[0] == '9' {
				t.reason = v
			}
		case n >= 70 && n <= 79:
			more = append(more, v)
		}
	}
	t.party.Name = cut(flat(joinFields(name, " ")), maxShort)
	t.sepa(joinFields(purpose, "\n"))
	t.free = append(t.free, joinFields(more, "\n"))
	return t
}

// markFields puts a zero byte in place of the character before the number of a field.
func markFields(s string, sep byte) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == sep && strings.IndexByte("012367", b[i+1]) >= 0 && isDigit(b[i+2]) {
			b[i] = 0
		}
	}
	return string(b)
}

// joinFields joins fields of 27 or 35 characters: one that is full goes on in the next, others are parted.
func joinFields(fields []string, by string) string {
	var b strings.Builder
	for i, f := range fields {
		b.WriteString(f)
		if n := len([]rune(f)); i < len(fields)-1 && n != 27 && n != 35 {
			b.WriteString(by)
		}
	}
	return b.String()
}

var sepaWord = regexp.MustCompile(`(?:^|[\s?])(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|RREF|RTRN)\+`)

// sepa reads a text in which words part what belongs together: EREF+ the payer's reference, MREF+ the mandate, CRED+ the creditor
// identifier, SVWZ+ what was written, ABWA+ and ABWE+ who is behind the debtor and the creditor.
func (t *mtText) sepa(s string) {
	marks := sepaWord.FindAllStringSubmatchIndex(s, -1)
	end := len(s)
	if len(marks) > 0 {
		end = marks[0][0]
	}
	rest := s[:end]
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		v, word := s[m[1]:end], s[m[2]:m[3]]
		if word != "SVWZ" { // what is on further lines is no part of it
			var text string
			v, text, _ = strings.Cut(v, "\n")
			rest += "\n" + text
		}
		switch word {
		case "EREF":
			t.endToEnd = given(v)
		case "MREF":
			t.mandate = given(v)
		case "CRED":
			t.creditor = cut(tight(v), maxShort)
		case "SVWZ":
			t.free = append([]string{v}, t.free...)
		case "ABWA", "ABWE":
			t.free = append(t.free, v)
		case "RTRN":
			t.returned, t.reason = true, cut(flat(v), 40)
		}
	}
	t.free = append(t.free, rest)
}

var dutchField = regexp.MustCompile(`/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|ORDP|BENM|RTRN|ISDT|PREF|TRCD|ADDR|ID` +
	`|ULTB|ULTC|ULTD|PURP|INIT|CREF|IREF|SVCL)/`)

// dutchText reads fields between strokes: /TRTP/ the kind of operation, /CNTP/ account, BIC, name and town, /REMI/ the text, …
func dutchText(s string) mtText {
	var t mtText
	marks := dutchField.FindAllStringSubmatchIndex(s, -1)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		t.dutch(s[m[2]:m[3]], strings.Trim(s[m[1]:end], "/ "))
	}
	return t
}

func (t *mtText) dutch(word, v string) {
	switch word {
	case "TRTP", "TRCD":
		t.kind = firstOf(t.kind, flat(v))
	case "IBAN":
		t.party.IBAN = asIBAN(v)
	case "BIC":
		t.party.BIC = asBIC(v)
	case "NAME", "ORDP", "BENM":
		t.party.Name = firstOf(t.party.Name, cut(flat(v), maxShort))
	case "CNTP":
		parts := strings.SplitN(v, "/", 4)
		parts = append(parts, "", "", "")
		t.party = Party{Name: cut(flat(parts[2]), maxShort), IBAN: asIBAN(parts[0]), BIC: asBIC(parts[1]), ID: t.party.ID}
	case "REMI":
		t.remittance(v)
	case "EREF":
		t.endToEnd = given(v)
	case "MARF":
		t.mandate = given(v)
	case "CSID":
		t.creditor = cut(tight(v), maxShort)
	case "ULTD", "ULTC", "ULTB":
		t.free = append(t.free, strings.TrimPrefix(v, "NAME/"))
	case "RTRN":
		t.returned, t.reason = true, cut(flat(v), 40)
	}
}

// remittance reads USTD//text, or STRD/ISO/RF… or STRD/CUR/… with a structured reference.
func (t *mtText) remittance(v string) {
	if ref, ok := strings.CutPrefix(v, "STRD/"); ok {
		if _, value, ok := strings.Cut(ref, "/"); ok {
			ref = value
		}
		t.references = append(t.references, ref)
		return
	}
	v = strings.TrimPrefix(v, "USTD")
	t.free = append([]string{strings.Trim(v, "/ ")}, t.free...)
}
