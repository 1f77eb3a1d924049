package desk

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
	"quitus/ledger/exports"
	"quitus/letters"
)

// ClaimAccounts gives the statements (décomptes) of a customer's late invoices, one a currency, the euro first, with open
// credit notes set off. Errors are those of [claim.Compute], customer_unknown, and account_empty where nothing is late.
func (s *State) ClaimAccounts(customer ledger.CustomerID) ([]*letters.ClaimAccount, error) {
	c := s.Book.Customer(customer)
	if c == nil {
		return nil, ledger.Errorf("customer_unknown", "customer", int(customer))
	}
	cases, err := s.lateCases(customer)
	if err != nil {
		return nil, err
	}
	var out []*letters.ClaimAccount
	for _, k := range cases {
		one, err := claim.Compute(k, s.Rates(), s.On)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(out, func(a *letters.ClaimAccount) bool { return a.Claims[0].Total.Currency == one.Total.Currency })
		if at < 0 {
			at, out = len(out), append(out, &letters.ClaimAccount{Customer: c, On: s.On})
		}
		out[at].Cases, out[at].Claims = append(out[at].Cases, k), append(out[at].Claims, one)
	}
	if len(out) == 0 {
		return nil, ledger.Errorf("account_empty", "customer", c.Name)
	}
	slices.SortStableFunc(out, func(a, b *letters.ClaimAccount) int { return euroFirst(a) - euroFirst(b) })
	return out, nil
}

func euroFirst(a *letters.ClaimAccount) int {
	if a.Claims[0].Total.Currency == ledger.EUR {
		return 0
	}
	return 1
}

// WriteAccount writes the statement of a customer's claim to a file: pages (.pdf) in the customer's language, or a workbook
// (.xlsx) in the owner's. Errors are those of [State.ClaimAccounts], account_format and those of [WriteFile].
func (d *Desk) WriteAccount(path string, customer ledger.CustomerID, w *words.Words) error {
	s := d.State()
	accounts, err := s.ClaimAccounts(customer)
	if err != nil {
		return err
	}
	var data []byte
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		lang := letters.LanguageOf(s.Book.Customer(customer))
		var pages []*letters.Letter
		for _, a := range accounts {
			pages = append(pages, a.Letter(s.Book, lang, d.logo(s.Book)))
		}
		data, err = letters.Batch(pages)
	case ".xlsx":
		var out bytes.Buffer
		var sheets []exports.Sheet
		for _, a := range accounts {
			sheets = append(sheets, accountSheets(a, w)...)
		}
		err = exports.Write(&out, sheets)
		data = out.Bytes()
	default:
		err = ledger.Errorf("account_format", "file", filepath.Base(path))
	}
	if err != nil {
		return err
	}
	return WriteFile(path, data)
}

// accountSheets are a statement as tables: sums and invoices, what came in, and the interest line by line.
func accountSheets(a *letters.ClaimAccount, w *words.Words) []exports.Sheet {
	title := []string{w.T("letters.account.title", "customer", a.Customer.Name, "day", a.On)}
	sheet := func(name string, columns ...exports.Column) exports.Sheet {
		for i := range columns {
			columns[i].Title = w.T("letters.account.column." + columns[i].Title)
		}
		return exports.Sheet{Name: w.T("letters.account.sheet." + name), Above: title, Columns: columns}
	}
	column := func(key string, width float64) exports.Column { return exports.Column{Title: key, Width: width} }

	sums := sheet("sums", column("what", 60), column("amount", 16))
	var rows [][]any
	labels, amounts := a.Sums(w)
	for i := range labels[:len(labels)-1] {
		rows = append(rows, []any{labels[i], amounts[i]})
	}
	sums.Rows, sums.Totals = slices.Values(rows), [][]any{{labels[len(labels)-1], amounts[len(amounts)-1]}}

	invoices := sheet("invoices", column("invoice", 17), column("due", 12), column("amount", 15), column("received", 15), column("on_interest", 18),
		column("left", 15), column("not_due", 15), column("interest", 15), column("indemnity", 15), column("total", 15))
	receipts := sheet("receipts", column("invoice", 17), column("day", 14), column("what", 18), column("amount", 15))
	interest := sheet("interest", column("invoice", 17), column("from", 12), column("to", 12), column("days", 8), column("base", 15), column("rate", 12),
		column("interest", 15), column("rule", 80), column("source", 60), column("status", 16))
	var list, received, segments [][]any
	sum := ledger.Money{}
	for i, c := range a.Cases {
		k, x := a.Claims[i], a.Line(i)
		list = append(list, []any{c.Invoice, c.Due, x.Total, x.Received, x.OnInterest, x.Left, x.NotDue, k.Interest, k.Indemnity, k.Total})
		for _, r := range c.Receipts {
			if r.Date <= a.On {
				received = append(received, []any{c.Invoice, letters.ReceiptDay(w, r), letters.ReceiptText(w, r), r.Amount})
			}
		}
		for _, s := range k.Segments {
			status := ""
			if s.Rule.Unconfirmed {
				status = w.T("letters.account.unconfirmed")
			}
			segments = append(segments, []any{c.Invoice, s.From, s.To, s.Days, s.Base, w.Percent(s.Rate.String()), s.Amount, letters.RuleText(w, s.Rule), letters.SourceText(w, s.Source), status})
			sum = sum.Add(s.Amount)
		}
	}
	invoices.Rows, receipts.Rows, interest.Rows = slices.Values(list), slices.Values(received), slices.Values(segments)
	if len(segments) > 0 {
		interest.Totals = [][]any{{w.T("letters.account.interest_total"), nil, nil, nil, nil, nil, sum}}
	}
	return []exports.Sheet{sums, invoices, receipts, interest}
}
