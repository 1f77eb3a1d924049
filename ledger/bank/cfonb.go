package bank

import (
	"bytes"
	"context"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// cfonbWidth is how many characters a record has.
const cfonbWidth = 120

// likelyCFONB says whether a file that begins with head is a statement in the French format of 120 characters: one of
// its first lines is a record of it.
func likelyCFONB(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for range 20 {
		head = bytes.TrimLeft(head, " \t\r\n\x00")
		end := bytes.IndexAny(head, "\r\n")
		if end < 0 {
			end = len(head)
		}
		if cfonbRecord(bytes.Runes(head[:min(end, cfonbWidth)])).sound() {
			return true
		}
		head = head[end:]
	}
	return false
}

// readCFONB reads a French bank's statement file ("relevé de compte sur support informatique", CFONB 120): records 01
// and 07 are the balances around the bookings 04, each followed by its details 05. Each pair 01 … 07 is a statement.
//
// Data is the whole file. Besides what the package says of errors: not_a_statement where no record is in it.
func readCFONB(ctx context.Context, data []byte, opts Options) (*File, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ledger.Errorf("empty")
	}
	text, err := decode(ctx, data, charset.Unknown)
	if err != nil {
		return nil, err
	}
	c := &cfonb{opts: opts, file: &File{Format: "cfonb120"}}
	if err := c.lines(text, &pace{ctx: ctx, told: opts.Progress, total: int64(len(text))}); err != nil {
		return nil, err
	}
	c.end()
	if len(c.file.Statements) == 0 {
		return nil, ledger.Errorf("not_a_statement")
	}
	return c.file, nil
}

// cfonb reads one file.
type cfonb struct {
	opts    Options
	file    *File
	st      *Statement  // the open one; nil before the first and after a 07
	account string      // of st, as its records write it
	entry   *cfonbEntry // the last 04; nil where there is none that details may belong to
	refused bool        // the last 04 was refused: its details go with it
	line    int
	rank    int // of the last 04
}

// lines cuts a file into its records, at line ends and after 120 characters.
func (c *cfonb) lines(text string, p *pace) error {
	text = strings.TrimRight(text, "\x00\x1a \t\r\n")
	ends := "\n"
	if !strings.Contains(text, ends) {
		ends = "\r"
	}
	for at := 0; at < len(text); {
		line, rest, _ := strings.Cut(text[at:], ends)
		start := at
		at = len(text) - len(rest)
		line = strings.TrimRight(line, "\r")
		for {
			if err := p.at(int64(start)); err != nil {
				return err
			}
			n := firstRecord(line)
			c.line++
			if err := c.record(newCFONBRecord(line[:n])); err != nil {
				return err
			}
			if line = line[n:]; strings.TrimSpace(line) == "" {
				break
			}
			start += n
		}
	}
	return p.end()
}

// firstRecord gives how many bytes the first record of a line takes: 120 characters, or 120 bytes where another record
// follows after these.
func firstRecord(line string) int {
	n := len(line)
	left := cfonbWidth
	for i := range line {
		if left == 0 {
			n = i
			break
		}
		left--
	}
	if n > cfonbWidth && len(line) > cfonbWidth && !cfonbRecord([]rune(line[n:])).known() && cfonbRecord([]rune(line[cfonbWidth:])).known() {
		return cfonbWidth
	}
	return n
}

// record takes one record in.
func (c *cfonb) record(r cfonbRecord) error {
	if !r.known() {
		c.unknown(r)
		return nil
	}
	switch r.kind() {
	case "05":
		c.detail(r)
		return nil
	case "07":
		c.closing(r)
		return nil
	}
	if err := c.file.room(c.rank); err != nil {
		return err
	}
	if r.kind() == "01" {
		c.opening(r)
	} else {
		c.booking(r)
	}
	return nil
}

// unknown says of what is no record that it was left out. Banks write empty lines, and lines that say in words that
// nothing was booked, with or without a frame.
func (c *cfonb) unknown(r cfonbRecord) {
	text := tidy(string(r))
	if strings.Trim(text, "*-=_ ") == "" || strings.Contains(ledger.Fold(text), "pas de mouvement") {
		return
	}
	c.file.tell(Problem{Line: c.line, Field: "record", Value: cutText(text), Code: "record_unknown"})
}

// opening begins a statement with the old balance.
func (c *cfonb) opening(r cfonbRecord) {
	c.end()
	c.begin(r)
	c.st.Opening = c.balance(r)
}

// begin opens the statement of a record's account.
func (c *cfonb) begin(r cfonbRecord) {
	c.account = r.at(22, 32)
	c.st = &Statement{Currency: c.currency(r), Account: accountOf(r.at(3, 7), r.at(12, 16), c.account)}
	c.st.Account.Number = r.at(3, 7) + r.at(12, 16) + c.account
	c.file.Statements = append(c.file.Statements, c.st)
}

// mine says whether a record is of the open statement. Some files have a wrong bank or branch in single records, so the
// number of the account decides.
func (c *cfonb) mine(r cfonbRecord) bool {
	return c.st != nil && r.at(22, 32) == c.account && c.currency(r) == c.st.Currency
}

// follow makes sure that a statement of the record's account is open, though its old balance is missing.
func (c *cfonb) follow(r cfonbRecord) {
	if c.mine(r) {
		return
	}
	c.end()
	c.begin(r)
	c.file.tell(Problem{Line: c.line, Field: "balance", Code: "opening_missing"})
}

// closing ends a statement with its new balance.
func (c *cfonb) closing(r cfonbRecord) {
	c.follow(r)
	c.flush()
	c.st.Closing = c.balance(r)
	c.done()
}

// end ends a statement whose new balance did not come, if one is open.
func (c *cfonb) end() {
	c.flush()
	if c.st != nil {
		c.file.tell(Problem{Line: c.line, Field: "balance", Code: "closing_missing"})
		c.done()
	}
}

// done closes the open statement. A balance whose day cannot be read is one before or after the bookings.
func (c *cfonb) done() {
	st := c.st
	c.st = nil
	if len(st.Entries) > 0 {
		if st.Opening != nil && st.Opening.On == 0 {
			st.Opening.On = st.Entries[0].Booked.Add(-1)
		}
		if st.Closing != nil && st.Closing.On == 0 {
			st.Closing.On = st.lastDay()
		}
		return
	}
	if st.Opening != nil && st.Opening.On == 0 {
		st.Opening = nil
	}
	if st.Closing != nil && st.Closing.On == 0 {
		st.Closing = nil
	}
}

// balance reads what 01 and 07 have in common; nil where the amount cannot be read.
func (c *cfonb) balance(r cfonbRecord) *Balance {
	amount, ok := c.amount(r)
	if !ok {
		c.file.tell(Problem{Line: c.line, Field: "balance", Value: r.at(91, 104), Code: "balance_invalid"})
		return nil
	}
	on, ok := c.day(r.at(35, 40))
	if !ok {
		c.file.tell(Problem{Line: c.line, Field: "date", Value: r.at(35, 40), Code: "balance_day_invalid"})
	}
	return &Balance{On: on, Amount: amount}
}

// booking takes a 04 in.
func (c *cfonb) booking(r cfonbRecord) {
	c.follow(r)
	c.flush()
	c.rank++
	booked, ok := c.day(r.at(35, 40))
	if !ok {
		c.refuse("date", r.at(35, 40))
		return
	}
	amount, ok := c.amount(r)
	if !ok {
		c.refuse("amount", r.at(91, 104))
		return
	}
	c.refused = false
	c.entry = newCFONBEntry(r, ledger.Money{Minor: amount, Currency: c.st.Currency})
	e := &c.entry.Entry
	e.Rank, e.Line, e.Booked = c.rank, c.line, booked
	e.Value, _ = c.day(r.at(43, 48)) // zeros where there is none
}

// refuse leaves a booking out because of one of its fields.
func (c *cfonb) refuse(field, value string) {
	c.refused = true
	c.file.tell(refused(c.line, c.rank, field, value))
}

// detail takes a 05 in.
func (c *cfonb) detail(r cfonbRecord) {
	switch {
	case c.entry != nil:
		c.entry.detail(r)
	case !c.refused:
		c.file.tell(Problem{Line: c.line, Field: "record", Value: tidy(r.at(46, 118)), Code: "detail_alone"})
	}
}

// flush puts the last booking with its details into its statement.
func (c *cfonb) flush() {
	if c.entry != nil {
		c.st.Entries = append(c.st.Entries, c.entry.finish())
	}
	c.entry, c.refused = nil, false
}

// currency is that of a record; some banks leave it blank.
func (c *cfonb) currency(r cfonbRecord) ledger.Currency {
	if cur, ok := ledger.ParseCurrency(r.at(17, 19)); ok {
		return cur
	}
	return c.opts.currency()
}

// day reads JJMMAA.
func (c *cfonb) day(s string) (ledger.Date, bool) {
	day, month, year, ok := digits6(s)
	if !ok {
		return 0, false
	}
	return dayOfShortYear(year, month, day, c.opts.Today)
}

// amount reads the amount of a record in minor units of its currency.
func (c *cfonb) amount(r cfonbRecord) (int64, bool) {
	return cfonbAmount(r.at(91, 104), r.at(20, 20), c.currency(r))
}
