package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"quitus/ledger"
)

// large makes a ledger of 100,000 invoices of 5,000 customers.
func large(b *testing.B) *Store {
	s := fresh(b)
	change(b, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 5000, 100_000) })
	return s
}

// BenchmarkImport is the commit of an import of 100,000 invoices; staging them is not counted.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			for i := range b.N {
				b.StopTimer()
				s, err := Open(filepath.Join(dir, fmt.Sprintf("%d.quitus", i)), options())
				if err != nil {
					b.Fatal(err)
				}
				d := ledger.NewDraft(s.Book())
				register(d, n/20, n)
				b.StartTimer()
				if _, err := s.commit(bg, ledger.Entry{Act: ledger.ActImport, On: today}, d); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				s.Close()
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	s := large(b)
	s.Close()
	for b.Loop() {
		o, err := Open(s.Path(), options())
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		o.Close()
		b.StartTimer()
	}
}

// BenchmarkPayment is one small change in a large ledger.
func BenchmarkPayment(b *testing.B) {
	s := large(b)
	n := 0
	for b.Loop() {
		n++
		change(b, s, ledger.ActPayment, func(d *ledger.Draft) {
			i := d.Book().Invoice(ledger.InvoiceID(n))
			d.Put(&ledger.Payment{Customer: i.Customer, On: today, Amount: i.Total, Allocations: []ledger.Allocation{{Invoice: i.ID, Amount: i.Total.Minor}}})
		})
	}
}

func BenchmarkUndo(b *testing.B) {
	s := large(b)
	seq := uint64(1)
	for b.Loop() { // in turns: the import, and its undo
		e, _, err := s.Undo(bg, seq, today)
		if err != nil {
			b.Fatal(err)
		}
		seq = e.Seq
	}
}

func BenchmarkVerify(b *testing.B) {
	s := large(b)
	for b.Loop() {
		clean(b, s)
	}
}

func BenchmarkBackup(b *testing.B) {
	s := large(b)
	path := filepath.Join(b.TempDir(), "copie.quitus")
	for b.Loop() {
		if err := s.Backup(path); err != nil {
			b.Fatal(err)
		}
	}
}
