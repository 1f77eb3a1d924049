package bank

import (
	"encoding/json"
	"slices"
	"strings"

	"quitus/ledger"
)

// Plan is what taking a file in would do to a ledger: the preview shows it, and Stage does it.
type Plan struct {
	Statements []PlannedStatement // of File.Statements
	New        int                // entries to record
	Known      int                // entries that are recorded already, from this file or another
	Accounts   int                // accounts concerned
	NewAccount bool               // one of them at least is not known yet
	Receipts   int                // new entries that bring money
	Total      ledger.Sums        // what those come to

	file     *File
	accounts []plannedAccount
}

// PlannedStatement is what becomes of a statement.
type PlannedStatement struct {
	Fresh   []bool // of its entries: whether they are to be recorded
	account int
}

// plannedAccount is an account of the file: a known one, or one to create.
type plannedAccount struct {
	known  ledger.BankAccountID
	record ledger.BankAccount
}

// NewPlan compares a file with a ledger.
func NewPlan(b *ledger.Book, f *File) *Plan {
	p := &Plan{file: f, Total: ledger.Sums{}}
	for _, st := range f.Statements {
		p.Statements = append(p.Statements, PlannedStatement{make([]bool, len(st.Entries)), p.account(b, st)})
	}
	for n := range p.accounts {
		p.compare(b, n)
	}
	for n, st := range f.Statements {
		for i, fresh := range p.Statements[n].Fresh {
			switch e := &st.Entries[i]; {
			case !fresh:
				p.Known++
			default:
				p.New++
				if e.Amount.Positive() {
					p.Receipts++
					p.Total.Add(e.Amount)
				}
			}
		}
	}
	p.Accounts = len(p.accounts)
	return p
}

// account finds the place of a statement's account among the plan's.
func (p *Plan) account(b *ledger.Book, st *Statement) int {
	record := ledger.BankAccount{IBAN: st.Account.IBAN, Number: st.Account.Number, Currency: st.Currency}
	for n, a := range p.accounts {
		if sameAccount(&a.record, &record) {
			return n
		}
	}
	a := plannedAccount{record: record}
	for k := range b.BankAccounts.All() {
		if sameAccount(k, &record) {
			a.known, a.record = k.ID, *k
			if a.record.IBAN == "" && record.IBAN != "" {
				a.record.IBAN = record.IBAN
			}
			break
		}
	}
	p.NewAccount = p.NewAccount || a.known == 0
	p.accounts = append(p.accounts, a)
	return len(p.accounts) - 1
}

// sameAccount says whether two namings are of one account: the same IBAN, or a national number that the other's IBAN or
// number ends with, as formats that have no IBAN give it. A file that names no account is of the only one there is.
func sameAccount(a, b *ledger.BankAccount) bool {
	if a.Currency != b.Currency {
		return false
	}
	if a.IBAN != "" && b.IBAN != "" {
		return a.IBAN == b.IBAN
	}
	x, y := digits(a.IBAN+a.Number), digits(b.IBAN+b.Number)
	if x == "" || y == "" || x == y {
		return true
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	return len(y) >= leastDigits && strings.Contains(x, y)
}

// leastDigits is how many digits of an account's number tell it from others.
const leastDigits = 6

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// booking is what tells bookings of one account apart, but for those that are alike.
type booking struct {
	day    ledger.Date
	amount int64
}

// onRecord is a booking that the ledger has.
type onRecord struct {
	label  string
	format string
	used   bool
}

// compare finds which entries of an account are recorded already. Bookings of one day and amount are the same booking when
// their labels are; in another format, which may say more or less of a label, each stands for one of them. Entry
// numbers of banks are not asked: they come again (FORMATS §3.1). So two files that overlap, the one ending and the other
// beginning in the middle of a day, lose nothing and bring nothing twice.
func (p *Plan) compare(b *ledger.Book, account int) {
	have := map[booking][]*onRecord{}
	if id := p.accounts[account].known; id != 0 {
		for e := range b.BankEntries.All() {
			if e.Account == id {
				k := booking{e.Booked, e.Amount.Minor}
				have[k] = append(have[k], &onRecord{labelKey(e.Label), formatOf(b, e), false})
			}
		}
	}
	find := func(e *Entry, is func(*onRecord) bool) bool {
		for _, k := range have[booking{e.Booked, e.Amount.Minor}] {
			if !k.used && is(k) {
				k.used = true
				return true
			}
		}
		return false
	}
	for _, exact := range []bool{true, false} {
		for n, st := range p.file.Statements {
			if p.Statements[n].account != account {
				continue
			}
			for i := range st.Entries {
				e := &st.Entries[i]
				if !exact && !p.Statements[n].Fresh[i] {
					continue
				}
				label := labelKey(e.Label)
				p.Statements[n].Fresh[i] = !find(e, func(k *onRecord) bool {
					if exact {
						return k.label == label
					}
					return k.format != p.file.Format
				})
			}
		}
	}
}

func formatOf(b *ledger.Book, e *ledger.BankEntry) string {
	if st := b.BankStatements.Get(uint32(e.Statement)); st != nil {
		if i := b.Imports.Get(uint32(st.Import)); i != nil {
			return i.Format
		}
	}
	return ""
}

// labelKey makes labels comparable: folded words.
func labelKey(s string) string { return strings.Join(strings.Fields(ledger.Fold(s)), " ") }

// Stage puts what is new into a draft of the ledger; record is the import, which it completes and records.
func (p *Plan) Stage(d *ledger.Draft, record *ledger.Import, on ledger.Date) {
	record.On, record.Created = on, p.New
	d.Put(record)
	for n := range p.accounts {
		a := &p.accounts[n]
		old := d.Book().BankAccounts.Get(uint32(a.known))
		switch {
		case old == nil:
			k := a.record
			d.Put(&k)
			a.known = k.ID
		case *old != a.record:
			k := a.record
			k.ID = a.known
			d.Put(&k)
		}
	}
	for n, st := range p.file.Statements {
		fresh := p.Statements[n].Fresh
		if len(st.Entries) > 0 && !slices.Contains(fresh, true) {
			continue
		}
		s := statementRecord(st, p.accounts[p.Statements[n].account].known, record.ID)
		d.Put(s)
		for i := range st.Entries {
			if fresh[i] {
				d.Put(st.Entries[i].record(s))
			}
		}
	}
}

func statementRecord(st *Statement, account ledger.BankAccountID, of ledger.ImportID) *ledger.BankStatement {
	s := &ledger.BankStatement{Account: account, Import: of, Number: st.Number}
	day := func(on ledger.Date) {
		if on != 0 {
			if s.From == 0 || on < s.From {
				s.From = on
			}
			s.To = max(s.To, on)
		}
	}
	for i := range st.Entries {
		day(st.Entries[i].Booked)
	}
	if st.Opening != nil {
		s.Opening, s.Opened = st.Opening.Amount, true
		day(st.Opening.On)
	}
	if st.Closing != nil {
		s.Closing, s.Closed = st.Closing.Amount, true
		day(st.Closing.On)
	}
	return s
}

func (e *Entry) record(s *ledger.BankStatement) *ledger.BankEntry {
	r := &ledger.BankEntry{
		Account: s.Account, Statement: s.ID, Rank: e.Rank, Booked: e.Booked, Value: e.Value, Amount: e.Amount, Type: e.Type, Code: e.Code,
		Returned: e.Returned, Reason: e.Reason, References: e.References, EndToEnd: e.EndToEnd, Mandate: e.Mandate, Charges: e.Charges,
		BatchSize: max(e.BatchSize, len(e.Batch)), Label: e.Label, PartyName: e.Party.Name, PartyIBAN: e.Party.IBAN,
	}
	if len(e.Batch) > 0 || len(e.Documents) > 0 {
		b, _ := json.Marshal(Details{e.Documents, e.Batch}) // holds nothing that cannot be written
		r.Details = string(b)
	}
	return r
}

// Details are the invoices that the payer of an entry names and the payments of a batch, as an entry's record keeps them.
type Details struct {
	Documents []Document `json:"documents,omitempty"`
	Batch     []Detail   `json:"batch,omitempty"`
}

// DetailsOf reads what an entry's record keeps; nothing where it keeps none.
func DetailsOf(e *ledger.BankEntry) Details {
	var d Details
	if e.Details != "" {
		_ = json.Unmarshal([]byte(e.Details), &d) // what cannot be read is not there
	}
	return d
}
