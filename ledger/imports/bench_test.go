//go:build unix

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

	"quitus/ledger/imports/grid"
)

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
	if r := s.Drafts(s.Mapping, nil, nil); len(r.Invoices) != lines || len(r.Rejected) > 0 {
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
	for _, format := range []string{"xlsx-inline", "xlsx"} {
		for _, lines := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", format, lines), func(b *testing.B) {
				book := made(b, format, lines)
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
			book := made(b, "xlsx-inline", lines)
			f, err := Read(context.Background(), "register.xlsx", bytes.NewReader(book), int64(len(book)), Options{Today: today})
			if err != nil {
				b.Fatal(err)
			}
			s := f.Sheets[0]
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				s.Drafts(s.Mapping, nil, nil)
			}
		})
	}
}

// tableOf only reads the file's table, as others' iterators do.
func tableOf(b testing.TB, format string, data []byte, lines int) *grid.Grid {
	src, err := open(context.Background(), format, bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		b.Fatal(err)
	}
	g, err := src.Read(context.Background(), 0, 0)
	if err != nil || g.Len() != lines+1 {
		b.Fatal(g.Len(), err)
	}
	return g
}

// BenchmarkForms compares reading the register in each of its forms with excelize reading the rows of the same content in a
// workbook, in processor time of the same run: reading the table only, and from the file's bytes to drafts.
func BenchmarkForms(b *testing.B) {
	for _, c := range []struct {
		format string
		lines  int
	}{{"csv", 10_000}, {"csv", 100_000}, {"csv", 1_000_000}, {"xls", 10_000}, {"xls", 60_000}, {"html", 10_000}, {"html", 100_000}, {"spreadsheetml", 10_000}, {"spreadsheetml", 100_000}} {
		b.Run(fmt.Sprintf("%s/%d", c.format, c.lines), func(b *testing.B) {
			data := made(b, c.format, c.lines)
			compared := min(c.lines, 100_000)
			book := made(b, "xlsx", compared)
			var table, drafts, theirs time.Duration
			var kept uint64
			b.ResetTimer()
			for range b.N {
				var before, after runtime.MemStats
				var g *grid.Grid
				runtime.GC() // twice: the first leaves what pools held
				runtime.GC()
				runtime.ReadMemStats(&before)
				table += spent(func() { g = tableOf(b, c.format, data, c.lines) })
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(g)
				kept += after.HeapAlloc - before.HeapAlloc
				g = nil
				drafts += spent(func() { readAll(b, data, c.lines) })
				theirs += spent(func() { excelizeRows(b, book, compared) })
			}
			n := float64(b.N * c.lines)
			perLine := float64(theirs) / float64(b.N*compared)
			b.ReportMetric(float64(table)/n/perLine, "ratio")
			b.ReportMetric(float64(drafts)/n/perLine, "drafts-ratio")
			b.ReportMetric(n/table.Seconds(), "lines/s")
			b.ReportMetric(n/drafts.Seconds(), "drafts-lines/s")
			b.ReportMetric(1e9/perLine, "excelize-lines/s")
			b.ReportMetric(float64(kept)/n, "kept-B/line")
		})
	}
}
