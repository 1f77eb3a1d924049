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
