package sample

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"quitus/ledger"
)

// On gives the sample company as it stands on a day. Due dates, promises and disputes are always the
// same number of days away; what only happens on working days (invoices, bank lines) moves to the
// Friday before a weekend.
//
// The tables are part of the program, so a mistake in one of them panics; the tests find it first.
func On(today ledger.Date) *Company {
	c := &Company{Today: today, Balance: ledger.Euros(2741806)}
	if err := json.Unmarshal(companyJSON, &c.Details); err != nil {
		panic(fmt.Sprintf("sample: company.json: %v", err))
	}
	c.readCustomers()
	c.readInvoices()
	numbers := map[string]string{}
	for _, i := range c.Invoices {
		numbers[i.Key] = i.Number
	}
	c.readPayments(numbers)
	c.readWords(numbers)
	c.readBank(numbers)
	return c
}

func (c *Company) readCustomers() {
	each("customers.csv", customersCSV, func(r row) {
		c.Customers = append(c.Customers, Customer{Customer: ledger.Customer{
			Ref: r.text("ref"), Name: r.text("name"), Type: ledger.CustomerKind(r.text("kind")),
			Country: r.text("country"), Language: r.text("language"), SIREN: r.text("siren"), VAT: r.text("vat"),
			Address: r.lines("address"), Postcode: r.text("postcode"), Town: r.text("town"),
			Email: r.text("email"), Phone: r.text("phone"), Names: r.lines("names"),
			Terms: ledger.Terms{Given: true, Days: r.int("terms")}, Rate: r.text("rate"),
		}})
	})
	each("contacts.csv", contactsCSV, func(r row) {
		ref := r.text("customer")
		k := slices.IndexFunc(c.Customers, func(x Customer) bool { return x.Ref == ref })
		c.Customers[k].Contacts = append(c.Customers[k].Contacts, ledger.Contact{
			Name: r.text("name"), Role: r.text("role"), Phone: r.text("phone"), Email: r.text("email"),
			DoNotContact: r.text("do_not_contact") == "yes",
		})
	})
}

func (c *Company) readInvoices() {
	each("invoices.csv", invoicesCSV, func(r row) {
		i := Invoice{Key: r.text("key"), CustomerRef: r.text("customer")}
		i.CreditNote = r.text("kind") == "credit_note"
		i.Issued = workday(r.day("issued", c.Today))
		i.Due = r.day("due", c.Today)
		i.Total = r.money("total", "currency")
		i.VAT = c.vat(i.CustomerRef, i.Total.Minor)
		i.Net = i.Total.Minor - i.VAT
		i.OrderRef, i.Subject = r.text("order"), r.text("subject")
		year, _, _ := i.Issued.Civil()
		i.Number = fmt.Sprintf("%s-%04d-%s", i.Key[:1], year, i.Key[1:])
		c.Invoices = append(c.Invoices, i)
	})
}

// vat gives the tax in a total: 20 %, 10 % for works in homes, none abroad.
func (c *Company) vat(ref string, total int64) int64 {
	k := c.Customers[slices.IndexFunc(c.Customers, func(x Customer) bool { return x.Ref == ref })]
	rate := int64(20)
	switch {
	case k.Country != "FR":
		rate = 0
	case k.Type == ledger.Consumer, k.Type == ledger.NonProfessional:
		rate = 10
	}
	return ledger.MulDiv(total, rate, 100+rate)
}

func (c *Company) readPayments(numbers map[string]string) {
	paid := map[string]int64{}
	each("payments.csv", paymentsCSV, func(r row) {
		p := Payment{CustomerRef: r.text("customer"), Label: r.text("label"), More: r.filled("more", numbers)}
		p.On = workday(r.day("day", c.Today))
		p.Amount = r.money("amount", "currency")
		p.Means, p.Reference = ledger.Means(r.text("means")), r.filled("reference", numbers)
		for _, part := range strings.Fields(r.text("settles")) {
			key, amount, _ := strings.Cut(part, "=")
			m, err := ledger.ParseDecimal(amount, p.Amount.Currency)
			r.check(err)
			p.Settles = append(p.Settles, Part{numbers[key], m.Minor})
			paid[numbers[key]] += m.Minor
		}
		c.Payments = append(c.Payments, p)
	})
	for k := range c.Invoices {
		c.Invoices[k].Paid = paid[c.Invoices[k].Number]
	}
}

// readWords reads what was said and written: promises, disputes, write-offs, notes and letters.
func (c *Company) readWords(numbers map[string]string) {
	each("promises.csv", promisesCSV, func(r row) {
		p := Promise{CustomerRef: r.text("customer")}
		p.Made, p.Due = r.day("made", c.Today), r.day("due", c.Today)
		p.Amount, p.Words = r.money("amount", "currency"), r.filled("words", numbers)
		for _, key := range strings.Fields(r.text("invoices")) {
			p.Numbers = append(p.Numbers, numbers[key])
		}
		c.Promises = append(c.Promises, p)
	})
	each("disputes.csv", disputesCSV, func(r row) {
		d := Dispute{Number: numbers[r.text("invoice")]}
		d.Opened, d.Closed = r.day("opened", c.Today), r.day("closed", c.Today)
		d.Reason, d.Words = ledger.DisputeReason(r.text("reason")), r.filled("words", numbers)
		if r.text("amount") != "" {
			d.Amount = r.euros("amount").Minor
		}
		c.Disputes = append(c.Disputes, d)
	})
	each("writeoffs.csv", writeOffsCSV, func(r row) {
		w := WriteOff{Number: numbers[r.text("invoice")]}
		w.On, w.Amount, w.Reason = r.day("day", c.Today), r.euros("amount"), r.text("reason")
		c.WriteOffs = append(c.WriteOffs, w)
	})
	each("notes.csv", notesCSV, func(r row) {
		n := Note{CustomerRef: r.text("customer")}
		n.On, n.Text = r.day("day", c.Today), r.filled("text", numbers)
		c.Notes = append(c.Notes, n)
	})
	each("letters.csv", lettersCSV, func(r row) {
		c.Letters = append(c.Letters, Letter{
			CustomerRef: r.text("customer"), Model: r.text("model"),
			On: r.day("day", c.Today), Sent: r.day("sent", c.Today),
		})
	})
}

func (c *Company) readBank(numbers map[string]string) {
	each("bank.csv", bankCSV, func(r row) {
		c.Bank = append(c.Bank, BankLine{
			On: workday(r.day("day", c.Today)), Amount: r.euros("amount"), Operation: r.text("operation"),
			Label: r.text("label"), More: r.filled("more", numbers), Receipt: r.text("kind") == "receipt",
		})
	})
}

// row is a line of a table, read by the titles of its columns.
type row struct {
	file    string
	line    int
	columns map[string]int
	cells   []string
}

func each(file string, data []byte, read func(row)) {
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("sample: %s: %v", file, err))
	}
	columns := map[string]int{}
	for k, title := range records[0] {
		columns[title] = k
	}
	for n, cells := range records[1:] {
		read(row{file, n + 2, columns, cells})
	}
}

func (r row) check(err error) {
	if err != nil {
		panic(fmt.Sprintf("sample: %s, line %d: %v", r.file, r.line, err))
	}
}

func (r row) text(column string) string {
	k, ok := r.columns[column]
	if !ok {
		panic(fmt.Sprintf("sample: %s has no column %s", r.file, column))
	}
	return r.cells[k]
}

// lines reads a text of several lines, which the tables separate by bars.
func (r row) lines(column string) string { return strings.ReplaceAll(r.text(column), "|", "\n") }

func (r row) int(column string) int {
	n, err := strconv.Atoi(r.text(column))
	r.check(err)
	return n
}

// day reads a number of days relative to today; an empty cell is no date.
func (r row) day(column string, today ledger.Date) ledger.Date {
	if r.text(column) == "" {
		return 0
	}
	return today.Add(r.int(column))
}

func (r row) money(amount, currency string) ledger.Money {
	m, err := ledger.ParseDecimal(r.text(amount), ledger.Currency(r.text(currency)))
	r.check(err)
	return m
}

func (r row) euros(column string) ledger.Money {
	m, err := ledger.ParseDecimal(r.text(column), ledger.EUR)
	r.check(err)
	return m
}

var keyInText = regexp.MustCompile(`\{([FA]\d{4})\}`)

// filled reads a text in which keys of invoices stand for their numbers.
func (r row) filled(column string, numbers map[string]string) string {
	return keyInText.ReplaceAllStringFunc(r.text(column), func(s string) string {
		number, ok := numbers[s[1:len(s)-1]]
		if !ok {
			panic(fmt.Sprintf("sample: %s, line %d: no invoice %s", r.file, r.line, s))
		}
		return number
	})
}
