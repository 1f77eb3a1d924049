package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"quitus/ledger"
)

var (
	today = ledger.Day(2026, 11, 21)
	bg    = context.Background()
)

// clock stands still, so that files can be compared.
func clock() time.Time { return time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC) }

func options() Options { return Options{Now: clock, Who: "test"} }

// fresh opens a new ledger, closed when the test ends.
func fresh(t testing.TB) *Store {
	t.Helper()
	return opened(t, filepath.Join(t.TempDir(), "essai.quitus"), options())
}

func opened(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// again closes a ledger and opens it anew.
func again(t testing.TB, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return opened(t, s.Path(), s.options)
}

func change(t testing.TB, s *Store, act ledger.Act, fn func(d *ledger.Draft)) ledger.Entry {
	t.Helper()
	e, err := s.Change(bg, What{Act: act, On: today}, func(d *ledger.Draft) error { fn(d); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// clean fails the test unless the ledger verifies.
func clean(t testing.TB, s *Store) Report {
	t.Helper()
	r, err := s.Verify(bg, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("verify: %v", p)
	}
	return r
}

// sameBooks compares all records of two books.
func sameBooks(t testing.TB, a, b *ledger.Book) {
	t.Helper()
	for _, k := range ledger.Kinds {
		if k != ledger.KindCompany && k != ledger.KindMailAccount && a.Last(k) != b.Last(k) {
			t.Errorf("%s: last %d and %d", k, a.Last(k), b.Last(k))
		}
	}
	sameRecords(t, a, b)
}

// sameRecords lets numbers be passed over that no record ever had.
func sameRecords(t testing.TB, a, b *ledger.Book) {
	t.Helper()
	for _, k := range ledger.Kinds {
		if a.Last(k) > b.Last(k) {
			t.Errorf("%s: last %d and %d: numbers would be given again", k, a.Last(k), b.Last(k))
		}
		for key := uint32(1); key <= max(a.Last(k), b.Last(k)); key++ {
			if x, y := a.Record(k, key), b.Record(k, key); !reflect.DeepEqual(x, y) {
				t.Errorf("%s %d:\n%+v\n%+v", k, key, x, y)
			}
		}
	}
}

// register stages customers and invoices as an import does.
func register(d *ledger.Draft, customers, invoices int) {
	first := d.Book().Last(ledger.KindInvoice)
	var ids []ledger.CustomerID
	for i := range customers {
		c := &ledger.Customer{Ref: fmt.Sprintf("C%d-%d", first, i), Name: fmt.Sprintf("Société n° %d", i), Country: "FR",
			Type: ledger.CompanyCustomer, Address: "1 rue de la Paix", Postcode: "75002", Town: "Paris", Email: "compta@example.fr"}
		d.Put(c)
		ids = append(ids, c.ID)
	}
	for i := range invoices {
		d.Put(&ledger.Invoice{Customer: ids[i%len(ids)], Number: fmt.Sprintf("FA-%d-%06d", first, i), Issued: today.Add(-i % 700),
			Due: today.Add(30 - i%700), Total: ledger.Euros(int64(1000 + i)), Subject: fmt.Sprintf("Chantier %d", i%900), OrderRef: "BC-12"})
	}
	d.Put(&ledger.Import{File: "registre.xlsx", Format: "xlsx", On: today, Created: invoices})
}

func TestChange(t *testing.T) {
	s := fresh(t)
	told := 0
	s.OnChange(func(e ledger.Entry) { told++ })
	e := change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 10) })
	if e.Seq != 1 || e.Count(ledger.KindInvoice, ledger.Created) != 10 || e.Prev != "" || e.Who != "test" || told != 1 {
		t.Errorf("entry %+v, told %d", e, told)
	}
	i := ledger.Clone(s.Book().Invoice(4))
	i.Subject = "Autre chantier"
	e = change(t, s, ledger.ActInvoice, func(d *ledger.Draft) {
		d.Put(i)
		d.Put(ledger.Clone(s.Book().Invoice(5))) // as it was: not written
		d.Delete(ledger.KindInvoice, 6)
	})
	if e.Seq != 2 || len(e.Spans) != 2 {
		t.Errorf("entry %+v", e)
	}
	if e = change(t, s, ledger.ActInvoice, func(d *ledger.Draft) {
		d.Put(ledger.Clone(s.Book().Invoice(5)))
	}); e.Seq != 0 {
		t.Errorf("nothing changed, but entry %+v", e)
	}
	mine := errors.New("mine")
	if _, err := s.Change(bg, What{}, func(d *ledger.Draft) error { register(d, 1, 1); return mine }); err != mine {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(bg)
	_, err := s.Change(ctx, What{}, func(d *ledger.Draft) error { register(d, 1, 1); cancel(); return nil })
	if ledger.CodeOf(err) != "cancelled" || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if r := clean(t, s); r.Entries != 2 {
		t.Errorf("%d entries", r.Entries)
	}
	book := s.Book()
	s = again(t, s)
	sameBooks(t, book, s.Book())
	es, err := s.Entries(0)
	if err != nil || len(es) != 2 || es[0].Seq != 2 || es[0].Prev != es[1].Hash {
		t.Error(es, err)
	}
	if _, err := s.Entry(3); ledger.CodeOf(err) != "unknown_batch" {
		t.Error(err)
	}
	clean(t, s)
}

func TestUndo(t *testing.T) {
	s := fresh(t)
	empty := s.Book()
	imported := change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 3, 10) })
	full := s.Book()
	e, done, err := s.Undo(bg, imported.Seq, today)
	if err != nil || done.Records != 10 || len(done.Kept) != 0 || e.Undoes != 1 {
		t.Fatal(e, done, err)
	}
	if s.Book().Invoices.Len() != 0 || s.Book().Customers.Len() != 0 {
		t.Error("records are left")
	}
	if _, _, err := s.Undo(bg, imported.Seq, today); ledger.CodeOf(err) != "already_undone" {
		t.Error(err)
	}
	if _, _, err := s.Undo(bg, 99, today); ledger.CodeOf(err) != "unknown_batch" {
		t.Error(err)
	}
	if _, _, err := s.Undo(bg, e.Seq, today); err != nil { // the undo itself
		t.Fatal(err)
	}
	sameBooks(t, full, s.Book())
	if _, done, err := s.Undo(bg, imported.Seq, today); err != nil || done.Records != 10 { // and again
		t.Fatal(done, err)
	}
	clean(t, s)
	_ = empty
	sameBooks(t, s.Book(), again(t, s).Book())
}
