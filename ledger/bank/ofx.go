package bank

import (
	"bytes"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// likelyOFX says whether a file that begins with head is an OFX file, of the older kind (SGML) or the newer (XML).
func likelyOFX(head []byte) bool {
	head = bytes.ReplaceAll(head, []byte{0}, nil) // of UTF-16, which begins with a mark that is no UTF-8
	start := bytes.ToUpper(bytes.TrimLeftFunc(head, func(r rune) bool { return r == '\ufeff' || r == utf8.RuneError || unicode.IsSpace(r) }))
	if bytes.HasPrefix(start, []byte("OFXHEADER")) {
		return true
	}
	if !bytes.HasPrefix(start, []byte("<")) {
		return false
	}
	return bytes.Contains(start, []byte("<OFX>")) || bytes.Contains(start, []byte("<OFX ")) || bytes.Contains(start, []byte("<?OFX "))
}

// readOFX reads a file in Open Financial Exchange, 1 (SGML) or 2 (XML), of bank accounts and credit cards. Banks close
// what need not be closed and leave open what must be, so that no nesting is counted on: an element ends where the next
// one begins that cannot be in it. Entries outside of a statement of an account, those of securities accounts, are no
// bank's and are not read.
//
// Data is the whole file. Besides what the package says of errors: not_a_statement where no account's statement is in it.
func readOFX(ctx context.Context, data []byte, opts Options) (*File, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ledger.Errorf("empty")
	}
	text, err := decode(ctx, data, ofxCharset(data))
	if err != nil {
		return nil, err
	}
	o := &ofx{opts: opts, file: &File{Format: "ofx"}, tags: ofxTags{text: text, line: 1}}
	if err := o.read(&pace{ctx: ctx, told: opts.Progress, total: int64(len(text))}); err != nil {
		return nil, err
	}
	if len(o.file.Statements) == 0 {
		return nil, ledger.Errorf("not_a_statement")
	}
	return o.file, nil
}

// ofxCharset is the encoding that the header names: "CHARSET:1252", "ENCODING:UTF-8", encoding="UTF-8".
func ofxCharset(data []byte) charset.Encoding {
	head := strings.ToLower(string(data[:min(len(data), 1024)]))
	if end := strings.Index(head, "<ofx"); end >= 0 {
		head = head[:end]
	}
	for _, key := range []string{"charset:", "encoding:", "encoding="} {
		_, value, found := strings.Cut(head, key)
		if !found {
			continue
		}
		value = strings.Trim(value, "\"' ")
		if end := strings.IndexAny(value, "\"' \r\n\t?"); end >= 0 {
			value = value[:end]
		}
		if value == "1252" {
			value = "cp1252"
		}
		if e := charset.Parse(value); e != charset.Unknown && value != "usascii" {
			return e
		}
	}
	return charset.Unknown
}

// ofx reads one file.
type ofx struct {
	opts     Options
	file     *File
	tags     ofxTags
	st       *ofxStatement // nil outside
	tx       *ofxEntry     // nil outside
	part     string        // the element of st or tx that is open: BANKACCTFROM, LEDGERBAL, CURRENCY …
	invested bool          // in a securities account
	rank     int           // of the last entry
}

// ofxStatement is a statement as its elements give it.
type ofxStatement struct {
	out                             *Statement
	currency, bank, branch, account string
	amount, on                      string // of the closing balance
	entries                         []*ofxEntry
}

// read takes all elements in.
func (o *ofx) read(p *pace) error {
	for {
		tag, ok := o.tags.next()
		if !ok {
			break
		}
		if err := p.at(int64(o.tags.pos)); err != nil {
			return err
		}
		if tag.end {
			o.close(tag.name)
		} else if err := o.open(tag); err != nil {
			return err
		}
	}
	if o.tx != nil { // an amount may have lost its end, so the entry is not believed
		o.file.tell(Problem{Line: o.tx.line, Entry: o.tx.rank, Refused: true, Field: "record", Code: "file_cut"})
		o.tx = nil
	}
	o.endStatement()
	return p.end()
}

// open takes an element's beginning in, with the text that follows it.
func (o *ofx) open(tag ofxTag) error {
	switch tag.name {
	case "STMTRS", "CCSTMTRS":
		return o.begin()
	case "INVSTMTRS":
		o.endStatement()
		o.invested = true
	case "BANKTRANLIST":
		o.endEntry()
		if o.st == nil && !o.invested {
			return o.begin()
		}
	case "STMTTRN":
		o.endEntry()
		if o.st == nil {
			return nil
		}
		if err := o.file.room(o.rank); err != nil {
			return err
		}
		o.rank++
		o.tx = &ofxEntry{line: tag.line, rank: o.rank}
	case "BANKACCTFROM", "CCACCTFROM", "LEDGERBAL", "AVAILBAL", "BALLIST":
		o.endEntry()
		o.part = tag.name
	case "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY":
		o.part = tag.name
	default:
		o.value(tag.name, tag.text)
	}
	return nil
}

// close takes an element's end in. Ends of elements that hold a text say nothing new.
func (o *ofx) close(name string) {
	switch name {
	case "STMTRS", "CCSTMTRS", "STMTTRNRS", "CCSTMTTRNRS", "BANKMSGSRSV1", "CREDITCARDMSGSRSV1", "OFX":
		o.endEntry()
		o.endStatement()
	case "INVSTMTRS":
		o.invested = false
	case "BANKTRANLIST", "STMTTRN":
		o.endEntry()
	case o.part:
		o.part = ""
	}
}

// value gives a text to what is open.
func (o *ofx) value(name, text string) {
	switch {
	case text == "" || o.st == nil:
		return
	case o.tx != nil:
		o.tx.value(o.part, name, text)
		return
	}
	switch name {
	case "BANKID":
		o.st.bank = text
	case "BRANCHID":
		o.st.branch = text
	case "ACCTID":
		o.st.account = text
	case "CURDEF":
		o.st.currency = text
	case "BALAMT":
		if o.part == "LEDGERBAL" { // what is available is more than what is there
			o.st.amount = text
		}
	case "DTASOF":
		if o.part == "LEDGERBAL" {
			o.st.on = text
		}
	}
}

// begin opens a statement.
func (o *ofx) begin() error {
	o.endStatement()
	if err := o.file.room(o.rank); err != nil {
		return err
	}
	o.st, o.part, o.invested = &ofxStatement{out: &Statement{}}, "", false
	o.file.Statements = append(o.file.Statements, o.st.out)
	return nil
}

// endEntry puts the open entry into its statement.
func (o *ofx) endEntry() {
	if o.tx != nil {
		o.st.entries = append(o.st.entries, o.tx)
	}
	o.tx, o.part = nil, ""
}

// endStatement makes the open statement of what its elements gave.
func (o *ofx) endStatement() {
	o.endEntry()
	if o.st == nil {
		return
	}
	st := o.st
	st.out.Account = accountOf(st.bank, st.branch, st.account)
	st.out.Currency = st.currencyOr(o.opts.currency())
	signs := st.signs()
	for _, tx := range st.entries {
		o.entry(tx, signs)
	}
	o.balance()
	o.st = nil
}

// currencyOr is the statement's currency: its own, or else that of its first entry, or else the other.
func (st *ofxStatement) currencyOr(other ledger.Currency) ledger.Currency {
	if cur, ok := ledger.ParseCurrency(st.currency); ok {
		return cur
	}
	for _, tx := range st.entries {
		if cur, ok := ledger.ParseCurrency(tx.currency); ok {
			return cur
		}
	}
	return other
}

// signs says whether amounts carry their signs. Some banks write them all without, and only the kind of the entry
// tells which way the money went.
func (st *ofxStatement) signs() bool {
	for _, tx := range st.entries {
		if strings.ContainsAny(tx.amount, "+-") {
			return true
		}
	}
	return false
}

// balance reads the closing balance, which may be left empty.
func (o *ofx) balance() {
	st := o.st
	if tidy(st.amount) == "" {
		return
	}
	amount, ok := ofxAmount(st.amount, st.out.Currency)
	if !ok {
		o.file.tell(Problem{Field: "balance", Value: tidy(st.amount), Code: "balance_invalid"})
		return
	}
	on, ok := ofxDay(st.on)
	if !ok {
		o.file.tell(Problem{Field: "date", Value: tidy(st.on), Code: "balance_day_invalid"})
		if on = st.out.lastDay(); on == 0 {
			return
		}
	}
	st.out.Closing = &Balance{On: on, Amount: amount}
}

// entry reads an entry's texts, or refuses it.
func (o *ofx) entry(tx *ofxEntry, signs bool) {
	st := o.st.out
	booked, ok := ofxDay(tx.posted)
	if !ok {
		o.refuse(tx, "date", tx.posted)
		return
	}
	cur := st.Currency
	if c, ok := ledger.ParseCurrency(tx.currency); ok {
		cur = c
	}
	amount, ok := ofxAmount(tx.amount, cur)
	if !ok {
		o.refuse(tx, "amount", tx.amount)
		return
	}
	if !signs && moneyOut[strings.ToUpper(tx.kind)] {
		amount = -amount
	}
	st.Entries = append(st.Entries, tx.entry(booked, ledger.Money{Minor: amount, Currency: cur}))
}

// refuse leaves an entry out because of one of its fields.
func (o *ofx) refuse(tx *ofxEntry, field, value string) {
	o.file.tell(refused(tx.line, tx.rank, field, tidy(value)))
}
