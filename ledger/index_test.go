package ledger

import (
	"reflect"
	"testing"
)

// What an index passes on to the next book is what a book read from a file would make.
func TestIndexOfTheNextBook(t *testing.T) {
	d := NewDraft(&Book{})
	imported(d)
	d.Put(&Contact{Customer: 1, Name: "C"})
	d.Put(&Letter{Customer: 2})
	b := d.Next()
	ask := func(b *Book) []any {
		return []any{
			b.CustomerByRef("b"), b.CustomersByName("z"), b.InvoicesByNumber("a 1"), b.InvoicesByNumber("Z1"),
			b.InvoicesOf(1), b.InvoicesOf(2), b.InvoicesOf(3), b.InvoicesOf(99),
			len(b.ContactsOf(1)), len(b.PaymentsOf(1)), len(b.LettersOf(2)),
		}
	}
	for name, fn := range map[string]func(d *Draft){
		"customer": func(d *Draft) { d.Put(&Customer{Ref: "Z", Name: "Z"}) },
		"invoice":  func(d *Draft) { d.Put(&Invoice{Customer: 2, Number: "Z1", Total: Euros(1)}) },
		"moved": func(d *Draft) {
			i := Clone(b.Invoice(1))
			i.Customer = 2
			d.Put(i)
		},
		"payment": func(d *Draft) { d.Put(&Payment{Customer: 1, Amount: Euros(1)}) },
		"contact": func(d *Draft) { d.Delete(KindContact, 1) },
		"letter":  func(d *Draft) { d.Put(&Letter{Customer: 2}) },
		"both":    func(d *Draft) { c := &Customer{Ref: "Z"}; d.Put(c); d.Put(&Invoice{Customer: c.ID, Number: "Z1"}) },
	} {
		ask(b) // so that there is something to pass on
		d := NewDraft(b)
		fn(d)
		next := d.Next()
		records := map[Kind][]Record{}
		for _, k := range Kinds {
			for key := uint32(1); key <= next.Last(k); key++ {
				records[k] = append(records[k], next.Record(k, key))
			}
		}
		if got, want := ask(next), ask(LoadBook(records)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
