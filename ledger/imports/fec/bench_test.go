//go:build unix

package fec

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/ledger/imports/importstest"
)

// processor is the processor time of the process so far.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRead reads books of 100,000 and 1,000,000 lines from a file: the cost of a line must not rise. peak is the most on
// the heap, dead objects included, and held what the result keeps, in bytes for each invoice and payment.
func BenchmarkRead(b *testing.B) {
	for _, lines := range []int{100_000, 1_000_000} {
		path := filepath.Join(b.TempDir(), "fec.txt")
		if err := os.WriteFile(path, importstest.FEC(lines), 0o600); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			info, _ := f.Stat()
			var used time.Duration
			var most uint64
			var held float64
			var books *Books
			for range b.N {
				books = nil
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				most = max(most, importstest.PeakHeap(func() {
					start := processor()
					books, err = Read(context.Background(), importstest.FECName, f, info.Size(), Options{})
					used += processor() - start
				}))
				if err != nil {
					b.Fatal(err)
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				held = float64(after.HeapAlloc - before.HeapAlloc)
			}
			records := float64(len(books.Invoices) + len(books.Payments))
			b.ReportMetric(float64(used.Nanoseconds())/float64(b.N*books.Counts.Lines), "cpu-ns/line")
			b.ReportMetric(float64(most)/records, "peak-bytes/record")
			b.ReportMetric(held/records, "held-bytes/record")
			b.ReportMetric(float64(most>>20), "peak-MB")
			b.ReportMetric(float64(info.Size()>>20), "file-MB")
			b.ReportMetric(records, "records")
		})
	}
}

// BenchmarkPlan compares a million lines with a ledger that has none of them, and stages them.
func BenchmarkPlan(b *testing.B) {
	data := importstest.FEC(1_000_000)
	books, err := Read(context.Background(), "x.txt", bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		d := ledger.NewDraft(&ledger.Book{})
		books.Plan(d.Book(), Choices{}).Stage(d, &ledger.Import{File: "x.txt"}, ledger.Day(2026, 1, 1))
	}
}
