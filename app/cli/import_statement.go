package cli

import (
	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/bank"
)

// importedStatement tells of a bank's file: its records are bank entries. Where it has several statements the opening
// balance is the first one's and the closing balance the last one's.
func (c *call) importedStatement(p *desk.Preview, batch *string) *importDoc {
	s := p.Statement
	d := &importDoc{
		File: p.Name, Kind: string(p.Kind), Format: s.File.Format, Batch: batch, Created: s.Plan.New, Unchanged: s.Plan.Known,
		Rejected: []lineDoc{}, Warnings: []lineDoc{},
	}
	for _, x := range s.Problems {
		line := lineDoc{Line: x.Line, Field: x.Field, Value: x.Value, Code: x.Code, Message: c.w.T("bank.problem."+x.Code, x.Facts()...)}
		if x.Refused {
			d.Rejected = append(d.Rejected, line)
		} else {
			d.Warnings = append(d.Warnings, line)
		}
	}
	d.Read = d.Created + d.Unchanged + len(d.Rejected)
	d.Opening, d.Closing, d.Balanced = balances(s.File)
	return d
}

// balances gives the opening and closing balances of a file, and whether its statements add up, where it tells.
func balances(f *bank.File) (opening, closing *string, balanced *bool) {
	text := func(b *bank.Balance, c ledger.Currency) *string {
		if b == nil {
			return nil
		}
		s := ledger.Money{Minor: b.Amount, Currency: c}.Decimal()
		return &s
	}
	if n := len(f.Statements); n > 0 {
		opening = text(f.Statements[0].Opening, f.Statements[0].Currency)
		closing = text(f.Statements[n-1].Closing, f.Statements[n-1].Currency)
	}
	adds := true
	told := false
	for _, st := range f.Statements {
		if st.Opening == nil || st.Closing == nil {
			continue
		}
		sum := st.Opening.Amount
		for i := range st.Entries {
			sum += st.Entries[i].Amount.Minor
		}
		told, adds = true, adds && sum == st.Closing.Amount
	}
	if told {
		balanced = &adds
	}
	return opening, closing, balanced
}
