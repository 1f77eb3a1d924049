package imports

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// writeRegister makes a register of that many lines as an owner's program would: texts shared or in the cells, dates and
// amounts with formats.
func writeRegister(t testing.TB, lines int, shared bool) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	sum, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	if err != nil {
		t.Fatal(err)
	}
	titles := []any{"N° facture", "Code client", "Client", "Date facture", "Échéance", "Montant HT", "TVA", "Montant TTC", "Reste à payer", "Statut"}
	row := func(i int) []any {
		customer := i % 1500
		total := 100 + float64(i*7919%900_000)/100
		return []any{
			fmt.Sprintf("FA2026-%06d", i), fmt.Sprintf("C%05d", customer), fmt.Sprintf("ÉTABLISSEMENTS DUPONT & FILS N° %d", customer),
			excelize.Cell{StyleID: day, Value: 45_000 + i%900}, excelize.Cell{StyleID: day, Value: 45_030 + i%900},
			excelize.Cell{StyleID: sum, Value: total / 1.2}, excelize.Cell{StyleID: sum, Value: total - total/1.2},
			excelize.Cell{StyleID: sum, Value: total}, excelize.Cell{StyleID: sum, Value: total * float64(i%2)}, "Envoyée",
		}
	}
	if shared {
		for i := range lines + 1 {
			values := titles
			if i > 0 {
				values = row(i)
			}
			for c, v := range values {
				name, _ := excelize.CoordinatesToCellName(c+1, i+1)
				if cell, ok := v.(excelize.Cell); ok {
					v = cell.Value
					err = f.SetCellStyle(sheet, name, name, cell.StyleID)
				}
				if err == nil {
					err = f.SetCellValue(sheet, name, v)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	} else {
		w, err := f.NewStreamWriter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i := range lines + 1 {
			values := titles
			if i > 0 {
				values = row(i)
			}
			name, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := w.SetRow(name, values); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cpu is the processor time of the process so far, garbage collection included.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func spent(f func()) time.Duration {
	runtime.GC()
	before := cpu()
	f()
	return cpu() - before
}

func readAll(b testing.TB, book []byte, lines int) {
	f, err := Read(context.Background(), "register.xlsx", bytes.NewReader(book), int64(len(book)), Options{Today: today})
	if err != nil {
		b.Fatal(err)
	}
	s := f.Sheets[0]
	if r := s.Drafts(s.Mapping, nil); len(r.Invoices) != lines || len(r.Rejected) > 0 {
		b.Fatalf("%d invoices, %d refused", len(r.Invoices), len(r.Rejected))
	}
}

func excelizeRows(b testing.TB, book []byte, lines int) {
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != lines+1 {
		b.Fatal(n, " rows")
	}
}

// BenchmarkRegister compares reading a register, from the file's bytes to drafts, with excelize only reading its rows, in
// processor time of the same run.
func BenchmarkRegister(b *testing.B) {
	for _, kind := range []struct {
		name   string
		shared bool
	}{{"inline", false}, {"shared", true}} {
		for _, lines := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", kind.name, lines), func(b *testing.B) {
				book := writeRegister(b, lines, kind.shared)
				var ours, theirs time.Duration
				b.ResetTimer()
				for range b.N {
					ours += spent(func() { readAll(b, book, lines) })
					theirs += spent(func() { excelizeRows(b, book, lines) })
				}
				b.ReportMetric(float64(ours)/float64(theirs), "ratio")
				b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N*lines), "ns/line")
				b.ReportMetric(float64(theirs.Nanoseconds())/float64(b.N*lines), "excelize-ns/line")
			})
		}
	}
}

// BenchmarkDrafts measures what an edit of the mapping costs.
func BenchmarkDrafts(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			book := writeRegister(b, lines, false)
			f, err := Read(context.Background(), "register.xlsx", bytes.NewReader(book), int64(len(book)), Options{Today: today})
			if err != nil {
				b.Fatal(err)
			}
			s := f.Sheets[0]
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				s.Drafts(s.Mapping, nil)
			}
		})
	}
}
