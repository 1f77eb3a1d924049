package desk

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"quitus/assets/sample"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// SampleWorkbook writes the register that the owner of the sample company keeps: its invoices on one
// sheet, under a title, with totals; its customers' addresses on another. Titles are in the language
// of w, what is written below them in that of the company.
func SampleWorkbook(today ledger.Date, w *words.Words) ([]byte, error) {
	c := sample.On(today)
	above := []string{w.T("sample.title", "company", c.Details.Name), w.T("sample.updated", "date", today)}
	var out bytes.Buffer
	err := exports.Write(&out, []exports.Sheet{sampleRegister(c, above, w), sampleAddresses(c, w)})
	return out.Bytes(), err
}

func sampleRegister(c *sample.Company, above []string, w *words.Words) exports.Sheet {
	names := map[string]string{}
	for _, k := range c.Customers {
		names[k.Ref] = k.Name
	}
	var rows [][]any
	totals, paid := ledger.Sums{}, ledger.Sums{}
	for _, i := range c.Invoices {
		p := ledger.Money{Minor: i.Paid, Currency: i.Total.Currency}
		rows = append(rows, []any{i.Number, i.CustomerRef, names[i.CustomerRef], i.Issued, i.Due, i.Total, p, i.Total.Sub(p),
			string(i.Total.Currency), i.OrderRef, i.Subject})
		totals.Add(i.Total)
		paid.Add(p)
	}
	s := exports.Sheet{
		Name: w.T("sample.sheet.invoices"), Above: above, Rows: slices.Values(rows),
		Columns: sampleColumns(w, "number", 15, "ref", 12, "customer", 36, "date", 12, "due", 12, "total", 15,
			"paid", 15, "open", 15, "currency", 8, "order", 15, "subject", 64),
	}
	for _, t := range totals.List() {
		p := ledger.Money{Minor: paid[t.Currency], Currency: t.Currency}
		s.Totals = append(s.Totals, []any{w.T("sample.total"), nil, nil, nil, nil, t, p, t.Sub(p), string(t.Currency)})
	}
	return s
}

func sampleAddresses(c *sample.Company, w *words.Words) exports.Sheet {
	var rows [][]any
	for _, k := range c.Customers {
		rows = append(rows, []any{k.Ref, k.Name, strings.ReplaceAll(k.Address, "\n", ", "), k.Postcode, k.Town, k.Country,
			k.Phone, k.Email, k.SIREN, w.T("sample.terms", "days", k.Terms.Days)})
	}
	return exports.Sheet{
		Name: w.T("sample.sheet.customers"), Rows: slices.Values(rows),
		Columns: sampleColumns(w, "ref", 12, "customer", 36, "address", 52, "postcode", 12, "town", 22, "country", 8,
			"phone", 18, "email", 40, "siren", 18, "terms", 20),
	}
}

func sampleColumns(w *words.Words, pairs ...any) []exports.Column {
	var out []exports.Column
	for k := 0; k < len(pairs); k += 2 {
		out = append(out, exports.Column{Title: w.T("sample.col." + pairs[k].(string)), Width: float64(pairs[k+1].(int))})
	}
	return out
}

// FillSample puts what its register does not carry into a draft in which, or in whose book, the sample
// workbook of the same day is imported: the company's own details, its customers' kinds, addresses, contacts
// and terms, the amounts before tax, the payments with what they settle, promises, disputes, write-offs and
// notes. The register's paid column is the sum of the payments, so nothing counts twice. Letters are left to
// those who can make their pages: see [sample.Company].Letters. The error's code is "sample_not_imported" with the fact what.
func FillSample(d *ledger.Draft, today ledger.Date) error {
	f := sampleFill{d: d, book: d.Next(), c: sample.On(today), customers: map[string]ledger.CustomerID{}}
	company := f.c.Details
	d.Put(&company)
	for _, step := range []func() error{f.people, f.taxes, f.payments, f.promises, f.disputes, f.writeOffs} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, n := range f.c.Notes {
		n.Customer = f.customers[n.CustomerRef]
		d.Put(&n.Note)
	}
	return nil
}

type sampleFill struct {
	d         *ledger.Draft
	book      *ledger.Book // with the workbook imported
	c         *sample.Company
	customers map[string]ledger.CustomerID // by reference in the sample's tables
}

func (f *sampleFill) people() error {
	for _, k := range f.c.Customers {
		ids := f.book.CustomersByName(k.Name)
		if len(ids) == 0 {
			return ledger.Errorf("sample_not_imported", "what", k.Name)
		}
		c := k.Customer
		c.ID, c.Ref = ids[0], f.book.Customer(ids[0]).Ref
		f.customers[k.Ref] = c.ID
		f.d.Put(&c)
		for _, p := range k.Contacts {
			p.Customer = c.ID
			f.d.Put(&p)
		}
	}
	return nil
}

func (f *sampleFill) invoice(number string) (ledger.InvoiceID, error) {
	ids := f.book.InvoicesByNumber(number)
	if len(ids) == 0 {
		return 0, ledger.Errorf("sample_not_imported", "what", number)
	}
	return ids[0], nil
}

func (f *sampleFill) taxes() error {
	for _, i := range f.c.Invoices {
		id, err := f.invoice(i.Number)
		if err != nil {
			return err
		}
		r := ledger.Clone(f.book.Invoice(id))
		r.Net, r.VAT = i.Net, i.VAT
		f.d.Put(r)
	}
	return nil
}

func (f *sampleFill) payments() error {
	for _, p := range f.c.Payments {
		p.Customer = f.customers[p.CustomerRef]
		for _, part := range p.Settles {
			id, err := f.invoice(part.Invoice)
			if err != nil {
				return err
			}
			p.Allocations = append(p.Allocations, ledger.Allocation{Invoice: id, Amount: part.Amount})
		}
		f.d.Put(&p.Payment)
	}
	return nil
}

func (f *sampleFill) promises() error {
	for _, p := range f.c.Promises {
		p.Customer = f.customers[p.CustomerRef]
		for _, n := range p.Numbers {
			id, err := f.invoice(n)
			if err != nil {
				return err
			}
			p.Invoices = append(p.Invoices, id)
		}
		f.d.Put(&p.Promise)
	}
	return nil
}

func (f *sampleFill) disputes() error {
	for _, x := range f.c.Disputes {
		id, err := f.invoice(x.Number)
		if err != nil {
			return err
		}
		x.Invoice = id
		f.d.Put(&x.Dispute)
	}
	return nil
}

func (f *sampleFill) writeOffs() error {
	for _, x := range f.c.WriteOffs {
		id, err := f.invoice(x.Number)
		if err != nil {
			return err
		}
		x.Invoice = id
		f.d.Put(&x.WriteOff)
	}
	return nil
}

// statementDays is how many days back the sample's bank statement goes.
const statementDays = 35

// SampleStatement writes the sample company's bank statement of the last month up to yesterday, in the
// format of French banks (CFONB, "relevé de compte sur support informatique", 120 characters a line):
// the payments that the sample has, receipts still to be matched, and the rest of a firm's life.
func SampleStatement(today ledger.Date) ([]byte, error) {
	c := sample.On(today)
	lines := slices.Clone(c.Bank)
	for _, p := range c.Payments {
		if p.On >= today.Add(-statementDays) && p.Amount.Currency == c.Balance.Currency {
			lines = append(lines, sample.BankLine{On: p.On, Amount: p.Amount, Operation: "05", Label: p.Label, More: p.More})
		}
	}
	slices.SortStableFunc(lines, func(a, b sample.BankLine) int { return cmp.Compare(a.On, b.On) })
	opening := c.Balance
	for _, l := range lines {
		opening = opening.Sub(l.Amount)
	}
	w := cfonb{account: c.Details.IBAN[4:]}
	w.balance("01", today.Add(-statementDays-1), opening)
	for k, l := range lines {
		w.entry(k+1, l)
	}
	w.balance("07", today.Add(-1), c.Balance)
	return w.out.Bytes(), w.err
}

// cfonb writes records of 120 characters of one French account in euros.
type cfonb struct {
	account string // bank 5, branch 5, account 11, key 2
	out     bytes.Buffer
	err     error
}

func (w *cfonb) balance(code string, on ledger.Date, m ledger.Money) {
	w.record(code, "", "", on, fmt.Sprintf("%50s%s", "", signed(m)))
}

func (w *cfonb) entry(n int, l sample.BankLine) {
	w.record("04", "0001", l.Operation, l.On, fmt.Sprintf("  %s%-31s  %07d  %s", day6(l.On), l.Label, n, signed(l.Amount)))
	if l.More != "" {
		w.record("05", "0001", l.Operation, l.On, fmt.Sprintf("%5sLIB%-70s", "", l.More))
	}
}

// record writes the first 40 characters, which all records share, and what follows.
func (w *cfonb) record(code, internal, operation string, on ledger.Date, rest string) {
	s := fmt.Sprintf("%-2s%-5s%-4s%-5sEUR2 %-11s%-2s%s%s", code, w.account[:5], internal, w.account[5:10], w.account[10:21], operation, day6(on), rest)
	if len(s) > 120 {
		w.err = fmt.Errorf("desk: a statement's record has %d characters: %s", len(s), s)
		return
	}
	fmt.Fprintf(&w.out, "%-120s\r\n", s)
}

func day6(d ledger.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%02d%02d%02d", day, m, y%100)
}

// signed writes an amount in 14 characters, of which the last carries both its digit and its sign.
func signed(m ledger.Money) string {
	s := fmt.Sprintf("%014d", m.Abs().Minor)
	last := int(s[13] - '0')
	if m.Negative() {
		return s[:13] + "}JKLMNOPQR"[last:last+1]
	}
	return s[:13] + "{ABCDEFGHI"[last:last+1]
}
