package fec

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math"
	"strings"
	"unicode/utf8"

	"quitus/ledger"
)

// item is a line on a customer's account.
type item struct {
	line, party, account, journal int32
	entry, segment                int32 // of entries; segment is −1 where its lines do not come to nothing
	amount                        int64 // minor units, positive in debit
	on, piece, let                ledger.Date
	texts                         string // piece, lettering, entry's number and label together
	pieceLen, letLen, numLen      uint16
}

func (i *item) pieceRef() string  { return i.texts[:i.pieceLen] }
func (i *item) lettering() string { return i.texts[i.pieceLen : i.pieceLen+i.letLen] }
func (i *item) number() string    { return i.texts[i.pieceLen+i.letLen : i.pieceLen+i.letLen+i.numLen] }
func (i *item) label() string     { return i.texts[i.pieceLen+i.letLen+i.numLen:] }

// entry sums the lines of an entry, or of a part of one that comes to nothing by itself.
type entry struct {
	flags   flags
	balance int64
	off     int64  // given up, in debit
	vat     int64  // positive in debit
	bank    string // the bank line's label
}

func (e *entry) add(c class, amount int64) {
	e.flags |= flagsOf(c, amount)
	e.balance += amount
	switch c {
	case classDiscount, classLoss, classDiff, classRebate:
		e.off += amount
	case classVAT:
		e.vat += amount
	}
}

// merge adds the lines of another part of the same entry.
func (e *entry) merge(o entry) {
	e.flags |= o.flags
	e.balance += o.balance
	e.off += o.off
	e.vat += o.vat
	if e.bank == "" {
		e.bank = o.bank
	}
}

type journal struct {
	code, name string
	opening    bool
	sale, bank int // lines of customers in entries of sales and of bank
}

type account struct {
	number, name string
	class        class
}

// party is an auxiliary account, or an account where there is none.
type party struct {
	ref, name string
	account   bool
	generic   bool // its account's number is the collective one
}

// names numbers texts by the order of their coming.
type names[T any] struct {
	of   map[string]int32
	rows []T
}

func (n *names[T]) find(key []byte) (int32, bool) {
	i, ok := n.of[string(key)]
	return i, ok
}

func (n *names[T]) add(key []byte, row T) int32 {
	i := int32(len(n.rows))
	if n.of == nil {
		n.of = map[string]int32{}
	}
	n.of[string(key)] = i
	n.rows = append(n.rows, row)
	return i
}

// collector takes lines in and keeps what concerns customers.
type collector struct {
	b        *Books
	h        header
	decimals int
	today    ledger.Date

	journals names[journal]
	accounts names[account]
	parties  names[party]
	items    []item
	entries  []entry
	byKey    map[uint64]int32 // entries by journal, number and day
	seed     maphash.Seed

	fields  [][]byte
	partial []byte // a line broken by a line end within a text
	begun   int    // its number
	parts   int
	wide    int // lines with too many fields

	run     part // lines of one entry that follow each other
	segment part // lines that come to nothing together
	closed  struct {
		at, lines, from int // the segment closed last: in entries, and what it covered
	}
	day struct {
		text []byte
		on   ledger.Date
	}
	scratch []byte
}

// part is a run of lines under way.
type part struct {
	entry
	key     uint64
	journal int32
	on      ledger.Date
	from    int // in items
	lines   int
	account int32 // of the first customer's line, or −1
}

func newCollector(b *Books, h header, decimals int) *collector {
	return &collector{b: b, h: h, decimals: decimals, byKey: map[uint64]int32{}, seed: maphash.MakeSeed()}
}

// get gives a column's text without blanks around.
func (c *collector) get(fields [][]byte, k column) []byte {
	if at := c.h.at[k]; at >= 0 {
		return trim(fields[at])
	}
	return nil
}

// record reads a line whose fields are in place.
func (c *collector) record(number int, fields [][]byte) {
	on, ok := c.readDay(c.get(fields, entryDate))
	if !ok || on == 0 {
		c.refuse(number, entryDate, string(c.get(fields, entryDate)), "date")
		return
	}
	acc, ok := c.account(fields)
	if !ok {
		c.refuse(number, accountNum, string(c.get(fields, accountNum)), "account")
		return
	}
	sum, bad := c.amount(fields)
	if bad != noColumn {
		c.refuse(number, bad, string(c.get(fields, bad)), "amount")
		return
	}
	if c.b.First == 0 || on < c.b.First {
		c.b.First = on
	}
	c.b.Last = max(c.b.Last, on)
	if sum == 0 {
		return
	}
	jou := c.journal(fields)
	c.move(jou, on, c.get(fields, entryNum))
	class := c.accounts.rows[acc].class
	for _, p := range [...]*part{&c.run, &c.segment} {
		p.add(class, sum)
		p.lines++
		if class == classBank && p.bank == "" && sum > 0 {
			p.bank = "\x00" // its label is kept where an item follows or came before
		}
	}
	if class == classBank && sum > 0 {
		c.scratch = append(c.scratch[:0], cut(c.get(fields, entryLib))...)
	}
	if class.family() || class == classAdvance {
		c.item(number, fields, jou, acc, on, sum)
	}
	if c.segment.balance == 0 {
		c.endSegment()
	}
}

// cut shortens a text to what is kept of it, between two characters.
func cut(b []byte) []byte {
	if len(b) <= maxText {
		return b
	}
	n := maxText
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return b[:n]
}

func (c *collector) readDay(b []byte) (ledger.Date, bool) {
	if len(b) > 0 && bytes.Equal(b, c.day.text) {
		return c.day.on, true
	}
	on, ok := parseDay(b)
	if ok {
		c.day.text, c.day.on = append(c.day.text[:0], b...), on
	}
	return on, ok
}

func (c *collector) account(fields [][]byte) (int32, bool) {
	b := cut(c.get(fields, accountNum))
	if i, ok := c.accounts.find(b); ok {
		return i, true
	}
	if cost(accountNum, b) >= badField {
		return 0, false
	}
	number := strings.ToUpper(string(b))
	return c.accounts.add(b, account{number, string(cut(c.get(fields, accountLib))), classify(number)}), true
}

func (c *collector) journal(fields [][]byte) int32 {
	b := cut(c.get(fields, journalCode))
	if i, ok := c.journals.find(b); ok {
		return i
	}
	code, name := string(b), string(cut(c.get(fields, journalLib)))
	return c.journals.add(b, journal{code: code, name: name, opening: openingJournal(code, name)})
}

// amount gives a line's amount, positive in debit, or the column that cannot be read.
func (c *collector) amount(fields [][]byte) (int64, column) {
	if c.h.at[debit] >= 0 && c.h.at[credit] >= 0 {
		d, ok := parseAmount(c.get(fields, debit), c.decimals)
		if !ok {
			return 0, debit
		}
		k, ok := parseAmount(c.get(fields, credit), c.decimals)
		if !ok {
			return 0, credit
		}
		return d - k, noColumn
	}
	v, ok := parseAmount(c.get(fields, amount), c.decimals)
	if !ok {
		return 0, amount
	}
	s := sideOf(c.get(fields, side))
	if s == 0 && v != 0 {
		return 0, side
	}
	return s * v, noColumn
}

// move begins another run of lines where the entry is another one.
func (c *collector) move(jou int32, on ledger.Date, num []byte) {
	var h maphash.Hash
	h.SetSeed(c.seed)
	var head [8]byte
	binary.LittleEndian.PutUint32(head[:], uint32(jou))
	binary.LittleEndian.PutUint32(head[4:], uint32(on))
	h.Write(head[:])
	h.Write(num)
	key := h.Sum64()
	if c.run.lines > 0 && key == c.run.key {
		return
	}
	c.endRun()
	c.run = part{key: key, journal: jou, on: on, from: len(c.items), account: -1}
	if c.segment.lines > 0 && c.segment.journal == jou && c.segment.on == on {
		c.segment.flags |= crossesNumbers
		return
	}
	c.segment = part{journal: jou, on: on, from: len(c.items), account: -1}
}

// endRun adds the run to the entry that it is a part of. Most entries are done with where they come to nothing
// without any customer.
func (c *collector) endRun() {
	r := &c.run
	if r.lines == 0 || r.from == len(c.items) && r.balance == 0 {
		return
	}
	c.keepBank(&r.entry)
	i, ok := c.byKey[r.key]
	switch {
	case ok:
		c.entries[i].merge(r.entry)
	case c.closed.lines == r.lines && c.closed.from == r.from && r.balance == 0:
		i = int32(c.closed.at) // the whole entry is that segment
		c.byKey[r.key] = i
	default:
		i = int32(len(c.entries))
		c.byKey[r.key] = i
		c.entries = append(c.entries, r.entry)
	}
	for k := r.from; k < len(c.items); k++ {
		c.items[k].entry = i
	}
}

// endSegment keeps what tells of the customers' lines among lines that come to nothing.
func (c *collector) endSegment() {
	s := &c.segment
	if s.lines > 0 && s.from < len(c.items) {
		c.keepBank(&s.entry)
		i := int32(len(c.entries))
		c.entries = append(c.entries, s.entry)
		c.closed.at, c.closed.lines, c.closed.from = int(i), s.lines, s.from
		for k := s.from; k < len(c.items); k++ {
			c.items[k].segment = i
		}
	}
	c.segment = part{journal: s.journal, on: s.on, from: len(c.items), account: -1}
}

// keepBank puts the bank line's label in, where there is one.
func (c *collector) keepBank(e *entry) {
	if e.bank == "\x00" {
		e.bank = string(c.scratch)
	}
}

// item keeps a line on a customer's account.
func (c *collector) item(number int, fields [][]byte, jou, acc int32, on ledger.Date, sum int64) {
	piece, ok := parseDay(c.get(fields, pieceDate))
	if !ok {
		c.warn(number, pieceDate, string(c.get(fields, pieceDate)), "piece_date")
	}
	if piece == 0 || !ok {
		piece = on
	}
	let, _ := parseDay(c.get(fields, letteringDate))
	ref, letter := cut(c.get(fields, pieceRef)), cut(c.get(fields, lettering))
	num, label := cut(c.get(fields, entryNum)), cut(c.get(fields, entryLib))
	all := make([]byte, 0, len(ref)+len(letter)+len(num)+len(label))
	all = append(append(append(append(all, ref...), letter...), num...), label...)
	c.items = append(c.items, item{
		line: int32(min(number, math.MaxInt32)), party: c.party(fields, acc), account: acc, journal: jou, segment: -1, amount: sum,
		on: on, piece: piece, let: let, texts: string(all), pieceLen: uint16(len(ref)), letLen: uint16(len(letter)), numLen: uint16(len(num)),
	})
	for _, p := range [...]*part{&c.run, &c.segment} {
		if p.account < 0 {
			p.account = acc
		} else if p.account != acc {
			p.flags |= manyAccounts
		}
	}
}

// party finds whose account a line is on: the auxiliary account's, else the account's own.
func (c *collector) party(fields [][]byte, acc int32) int32 {
	aux := cut(c.get(fields, auxNum))
	a := &c.accounts.rows[acc]
	if strings.Trim(string(aux), "0-. ") == "" {
		aux = nil
	}
	if len(aux) > 0 {
		if i, ok := c.parties.find(aux); ok {
			if p := &c.parties.rows[i]; p.name == "" {
				p.name = string(cut(c.get(fields, auxLib)))
			}
			return i
		}
		return c.parties.add(aux, party{ref: string(aux), name: string(cut(c.get(fields, auxLib)))})
	}
	key := append([]byte{0}, a.number...)
	if i, ok := c.parties.find(key); ok {
		return i
	}
	return c.parties.add(key, party{ref: a.number, name: a.name, account: true, generic: strings.Trim(a.number[3:], "0") == "" || collectiveName(a.name)})
}
