package bank

import (
	"context"
	"regexp"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

var (
	mtReference = regexp.MustCompile(`(?m)^(\{[^\n]*)?:20:`)
	mtAccount   = regexp.MustCompile(`(?m)^:(25P?|28C?|60[FM]|61|62[FM]):`)
)

// likelyMT940 says whether a file that begins with head may hold MT940 or MT942 messages.
func likelyMT940(head []byte) bool {
	text := strings.TrimSpace(strings.ReplaceAll(plainHead(head), "\r", "\n"))
	if strings.HasPrefix(text, "{1:F01") {
		return strings.Contains(text, "{4:")
	}
	return !strings.HasPrefix(text, "<") && mtReference.MatchString(text) && mtAccount.MatchString(text)
}

// readMT940 reads MT940 and MT942 messages, as many as the file holds, with or without their envelopes of SWIFT.
func readMT940(ctx context.Context, data []byte, opts Options) (*File, error) {
	in, err := newIntake("mt940", data, opts)
	if err != nil {
		return nil, err
	}
	text, err := decode(ctx, data, charset.Unknown)
	if err != nil {
		return nil, err
	}
	r := &mtReader{intake: in, lines: splitLines(text)}
	for f := r.field(); f.tag != ""; f = r.field() {
		if err := r.step(ctx, int64(len(data))*int64(r.at)/int64(len(r.lines)), int64(len(data))); err != nil {
			return nil, err
		}
		r.take(f)
	}
	r.closeMessage()
	if len(r.file.Statements) == 0 {
		return nil, ledger.Errorf("not_a_statement")
	}
	return r.file, r.step(ctx, int64(len(data)), int64(len(data)))
}

// splitLines cuts a text into lines, whatever ends them.
func splitLines(text string) []string {
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
}

// mtField is one field of a message: ":61:" and what follows up to the next, MaxText bytes of it at most.
type mtField struct {
	tag   string // "" at the end of the file, "-" at the end of a message
	line  int    // from 1
	texts []string
}

func (f mtField) first() string { return strings.TrimSpace(f.texts[0]) }

// mtReader reads the messages of a file.
type mtReader struct {
	*intake
	lines []string
	at    int // the line to read next

	statement  *Statement // of the message at hand, once it has told something
	unfinished *Statement // that ended with an intermediate balance: the next message may continue it
	entry      *mtEntry   // waits for what is said about it
	within     bool       // the field before was an entry or said something about one
	pending    int        // entries of the message left out, for they are only expected
}

// field gives the next field. What stands between messages is passed over.
func (r *mtReader) field() mtField {
	for r.at < len(r.lines) {
		if r.endsHere() {
			rest := strings.TrimPrefix(strings.TrimSpace(r.lines[r.at]), "-")
			if r.lines[r.at] = strings.TrimPrefix(rest, "}"); rest == "" {
				r.at++
			}
			r.within = false
			return mtField{tag: "-"}
		}
		tag, rest, took := r.tag()
		if tag == "" {
			r.at++
			continue
		}
		f := mtField{tag: tag, line: r.at + 1, texts: []string{cut(rest, MaxText)}}
		r.within = tag == "61" || r.within && (tag == "86" || tag == "NS")
		size := len(f.texts[0])
		for r.at += took; r.at < len(r.lines) && !r.endsHere(); r.at++ {
			if tag, _, _ := r.tag(); tag != "" {
				break
			}
			if size += len(r.lines[r.at]) + 1; size <= MaxText {
				f.texts = append(f.texts, r.lines[r.at])
			}
		}
		return f
	}
	return mtField{}
}

// endsHere says whether the line to read next ends a message: a dash, with the end of SWIFT's block or not. A dash in the midst
// of a text is followed by more of it.
func (r *mtReader) endsHere() bool {
	line := strings.TrimSpace(r.lines[r.at])
	if line != "-" {
		return strings.HasPrefix(line, "-}")
	}
	for _, next := range r.lines[r.at+1:] {
		if next = strings.TrimSpace(next); next != "" {
			return next[0] == ':' || next[0] == '{' || next[0] == '-' || !r.within
		}
	}
	return true
}

// mtTags are the fields of the two messages. A text that is wrapped within a time of day has lines that look like fields: those
// that minutes could be are true.
var mtTags = map[string]bool{
	"13": true, "20": true, "21": true, "25": true, "28": true,
	"13D": false, "25P": false, "28C": false, "34F": false, "60F": false, "60M": false, "61": false, "62F": false, "62M": false,
	"64": false, "65": false, "86": false, "90C": false, "90D": false, "NS": false,
}

// tag reads the tag of a field from the line to read next, which may be wrapped after its first colon, and says how many
// lines it took; the tag is empty where no field begins.
func (r *mtReader) tag() (tag, rest string, took int) {
	line, took := r.lines[r.at], 1
	if i := strings.Index(line, "{4:"); i >= 0 && strings.HasPrefix(line, "{") {
		line = line[i+3:]
	}
	if line == ":" && r.at+1 < len(r.lines) {
		line, took = ":"+r.lines[r.at+1], 2
	}
	if !strings.HasPrefix(line, ":") {
		return "", "", 1
	}
	tag, rest, ok := strings.Cut(line[1:], ":")
	minute, known := mtTags[tag]
	if !ok || !known || minute && r.within && !(tag == "20" && r.begins(r.at+took)) {
		return "", "", 1
	}
	return tag, rest, took
}

// begins says whether the lines from one on are the head of a message, after its reference.
func (r *mtReader) begins(at int) bool {
	for _, line := range r.lines[at:min(at+4, len(r.lines))] {
		for _, tag := range []string{":21:", ":25:", ":25P:", ":28:", ":28C:", ":13D:", ":NS:"} {
			if strings.HasPrefix(line, tag) {
				return true
			}
		}
	}
	return false
}

// take understands one field.
func (r *mtReader) take(f mtField) {
	switch f.tag {
	case "-", "20":
		r.closeMessage()
	case "25", "25P":
		s := r.open()
		s.Account, s.Currency = mtAccountOf(f.texts, s.Currency)
	case "28", "28C":
		number, _, _ := strings.Cut(f.first(), "/")
		r.open().Number = cut(number, 35)
	case "34F":
		s := r.open()
		if c, ok := ledger.ParseCurrency(f.first()[:min(3, len(f.first()))]); ok {
			s.Currency = c
		}
	case "60F", "60M":
		r.opening(f)
	case "61":
		r.closeEntry()
		r.open()
		r.entry = r.parseEntry(f)
	case "86":
		if r.entry != nil && r.entry.about == nil {
			r.entry.about = f.texts
		}
	case "NS":
		r.nonSwift(f.texts)
	case "62F", "62M":
		r.closeEntry()
		s := r.open()
		s.Closing = r.readBalance(f, s)
		if r.unfinished = nil; f.tag == "62M" {
			r.unfinished = s
		}
	}
}

// open gives the statement of the message at hand.
func (r *mtReader) open() *Statement {
	if r.statement == nil {
		r.statement = &Statement{Currency: r.opts.Currency}
		r.file.Statements = append(r.file.Statements, r.statement)
	}
	return r.statement
}

// opening takes the opening balance. After an intermediate closing balance, an intermediate opening one of the same account and
// number says that the message continues the statement of the message before.
func (r *mtReader) opening(f mtField) {
	s := r.open()
	before := r.unfinished
	r.unfinished = nil
	if f.tag == "60M" && before != nil && before != s && before.Number == s.Number &&
		before.Account.IBAN == s.Account.IBAN && before.Account.Number == s.Account.Number {
		r.file.Statements = r.file.Statements[:len(r.file.Statements)-1]
		r.statement = before
		return
	}
	s.Opening = r.readBalance(f, s)
}

var mtBalance = regexp.MustCompile(`^([CD])(\d\d)(\d\d)(\d\d)([A-Z]{3})?([\d,]+)`)

// readBalance reads a balance, which tells the statement's currency.
func (r *mtReader) readBalance(f mtField, s *Statement) *Balance {
	m := mtBalance.FindStringSubmatch(tight(strings.Join(f.texts, "")))
	if m == nil {
		r.note(Problem{Line: f.line, Field: "balance", Value: f.first(), Code: "balance_invalid"})
		return nil
	}
	if m[5] != "" {
		s.Currency = ledger.Currency(m[5])
	}
	on, ok := r.date(m[2], m[3], m[4])
	n, read := amountOf(m[6], ',', s.Currency)
	if !ok || !read {
		r.note(Problem{Line: f.line, Field: "balance", Value: f.first(), Code: "balance_invalid"})
		return nil
	}
	if m[1] == "D" {
		n = -n
	}
	return &Balance{On: on, Amount: n}
}

// closeMessage ends the message at hand.
func (r *mtReader) closeMessage() {
	r.closeEntry()
	if r.pending > 0 {
		r.note(Problem{Field: "status", Code: "pending_left_out"}, "count", r.pending)
	}
	r.statement, r.pending = nil, 0
}

// mtAccountOf reads the account: an IBAN, a national number, either behind the bank's BIC or code and before the currency.
func mtAccountOf(texts []string, c ledger.Currency) (Account, ledger.Currency) {
	s := flat(texts[0])
	a := Account{}
	if bank, rest, ok := strings.Cut(s, "/"); ok && asBIC(bank) != "" {
		a.BIC, s = asBIC(bank), rest
	}
	if len(texts) > 1 {
		a.BIC = firstOf(a.BIC, asBIC(texts[1]))
	}
	if n := len(s) - 3; n > 0 && (isDigit(s[n-1]) || s[n-1] == '/' || s[n-1] == ' ') {
		if own, ok := ledger.ParseCurrency(s[n:]); ok {
			s, c = strings.TrimRight(s[:n], "/ "), own
		}
	}
	if a.IBAN = asIBAN(s); a.IBAN == "" {
		a.Number = cut(s, maxShort)
		a.IBAN = mtNational(s)
	}
	return a, c
}

var mtGerman = regexp.MustCompile(`^([1-8]\d{7})/(\d{1,10})$`)

// mtNational derives the IBAN of a German account, bank code and number, or of a French one with its key.
func mtNational(s string) string {
	if m := mtGerman.FindStringSubmatch(s); m != nil {
		return nationalIBAN("DE", m[1]+strings.Repeat("0", 10-len(m[2]))+m[2])
	}
	s = strings.ToUpper(strings.ReplaceAll(tight(s), "/", ""))
	if len(s) == 23 && alphanumeric(s) && allDigits(s[:10]) && allDigits(s[21:]) && ledger.Mod97(ribDigits.Replace(s)) == 0 {
		return nationalIBAN("FR", s)
	}
	return ""
}

// ribDigits are the digits that letters stand for in the key of a French account number.
var ribDigits = strings.NewReplacer("A", "1", "J", "1", "B", "2", "K", "2", "S", "2", "C", "3", "L", "3", "T", "3", "D", "4", "M", "4", "U", "4",
	"E", "5", "N", "5", "V", "5", "F", "6", "O", "6", "W", "6", "G", "7", "P", "7", "X", "7", "H", "8", "Q", "8", "Y", "8", "I", "9", "R", "9", "Z", "9")

// nonSwift takes the lines of a field of German banks' own, numbered: the holder in the head of a message; of an entry, its
// text in 01 to 14, the other side in 15 and 16 and the kind of booking in 17.
func (r *mtReader) nonSwift(texts []string) {
	for _, t := range texts {
		n := smallNumber(t[:min(2, len(t))])
		if n < 0 || len(t) < 3 {
			continue
		}
		text := flat(t[2:])
		switch e := r.entry; {
		case e == nil && n == 22:
			r.open().Account.Holder = cut(text, maxShort)
		case e == nil:
		case n == 15 || n == 16:
			e.name = cut(strings.TrimSpace(e.name+" "+text), maxShort)
		case (n <= 14 || n == 17) && len(e.own) < 15:
			e.own = append(e.own, text)
		}
	}
}
