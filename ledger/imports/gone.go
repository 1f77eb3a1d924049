package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"quitus/ledger"
)

// Shape tells registers with the same titles from others, for [ledger.Import]; empty for a sheet without titles.
func (s *Sheet) Shape() string {
	key := s.titlesKey()
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}

// Understood is a sheet with what was made of it.
type Understood struct {
	Sheet   *Sheet
	Mapping Mapping
	Result  *Result
	Plan    *Plan
}

// Gone finds invoices that are open and that an earlier register of the same shape listed, but these sheets no longer
// do: paid perhaps, or deleted; only a person knows. A list of some months only says nothing about what was issued
// before them, unless it lists nothing but what is open.
func Gone(b *ledger.Book, sheets []Understood) []ledger.InvoiceID {
	shapes := map[string]bool{}
	for _, s := range sheets {
		shapes[s.Sheet.Shape()] = true
	}
	delete(shapes, "")
	if len(shapes) == 0 {
		return nil
	}
	here := map[ledger.InvoiceID]bool{}
	for _, s := range sheets {
		for i := range s.Plan.Items {
			here[s.Plan.Items[i].Invoice] = true
		}
	}
	named := refusedNumbers(sheets)
	first, openOnly := spanned(sheets)
	var out []ledger.InvoiceID
	st := b.Standings(ledger.EndOfTime)
	for i := range b.Invoices.All() {
		from := b.Imports.Get(uint32(i.RegisterImport))
		switch {
		case from == nil || !shapes[from.Shape], here[i.ID], st.Of(i.ID).Open == 0:
		case !openOnly && i.Issued < first, named[strings.ToUpper(i.Number)]:
		default:
			out = append(out, i.ID)
		}
	}
	return out
}

// spanned gives the earliest date of the invoices listed, and whether they all are open.
func spanned(sheets []Understood) (first ledger.Date, openOnly bool) {
	first, openOnly = ledger.EndOfTime, true
	for _, s := range sheets {
		for i := range s.Result.Invoices {
			d := &s.Result.Invoices[i]
			first = min(first, d.Issued)
			openOnly = openOnly && !d.Open.IsZero()
		}
	}
	return first, openOnly
}

// refusedNumbers are the numbers in lines that were not taken: they are still listed.
func refusedNumbers(sheets []Understood) map[string]bool {
	out := map[string]bool{}
	for _, s := range sheets {
		col := s.Mapping.Column(Number)
		if col < 0 {
			continue
		}
		for _, list := range [][]Problem{s.Result.Rejected, s.Result.Skipped} {
			for i := range list {
				out[strings.ToUpper(documentNumber(s.Sheet.Value(list[i].Line, col).Text))] = true
			}
		}
	}
	return out
}

// StagePaid records that invoices gone from a register are held to be paid, by that register's import and day.
func StagePaid(d *ledger.Draft, ids []ledger.InvoiceID, record ledger.ImportID, on ledger.Date) {
	st := d.Next().Standings(ledger.EndOfTime)
	for _, id := range ids {
		if i := d.Invoice(id); i != nil && st.Of(id).Open != 0 {
			i = ledger.Clone(i)
			i.RegisterPaid, i.RegisterDay, i.RegisterImport = i.Total.Minor-st.Of(id).WrittenOff, on, record
			d.Put(i)
		}
	}
}
