package letters

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"quitus/assets/rates"
	"quitus/ledger"
)

// The benchmarks compare with the PDF library used barely: the same text, the fonts cut once, the same
// number of workers. They print ratios, each the median of runs made in turns.

const benchLetters = 1000

// benchBook holds as many customers as letters, each with one late invoice.
func benchBook(t testing.TB) (*ledger.Book, []ledger.CustomerID) {
	s := newSample(t)
	var ids []ledger.CustomerID
	for n := range benchLetters {
		c := s.customer(ledger.Customer{Ref: fmt.Sprintf("C-%04d", n), Name: fmt.Sprintf("Établissements Dupuis et Cie %d", n),
			Address: fmt.Sprintf("%d rue de la République", n), Postcode: "69003", Town: "Lyon"})
		s.invoice(c, fmt.Sprintf("F-2026-%04d", n), int64(100_000+n*37), 8+n%60)
		ids = append(ids, c)
	}
	return s.d.Next(), ids
}

// barely writes letters' texts with nothing but the library: words flow by MultiCell, the table by CellFormat.
func barely(letters []*Letter) ([]byte, error) {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	pdf.AddUTF8FontFromBytes("sans", "", bytes.Clone(typeface().fonts[0]))
	pdf.AddUTF8FontFromBytes("sans", "B", bytes.Clone(typeface().fonts[1]))
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(20, 14, 20)
	for _, l := range letters {
		pdf.AddPage()
		pdf.SetFont("sans", "B", 11.5)
		pdf.CellFormat(0, 6, l.Sender.Name, "", 1, "", false, 0, "")
		pdf.SetFont("sans", "", 8.5)
		for _, s := range append(slices.Clone(l.Sender.Lines), l.References...) {
			pdf.CellFormat(0, 4, s, "", 1, "", false, 0, "")
		}
		pdf.SetFont("sans", "", 10)
		for i, s := range append(slices.Clone(l.Recipient), l.Place) {
			pdf.SetXY(113, 60+5*float64(i))
			pdf.CellFormat(0, 5, s, "", 1, "", false, 0, "")
		}
		pdf.SetY(105)
		pdf.SetFont("sans", "B", 10.5)
		pdf.MultiCell(170, 5, l.Subject, "", "L", false)
		for _, b := range l.Body {
			bareBlock(pdf, b)
		}
		for i, s := range l.Signature {
			pdf.SetXY(113, pdf.GetY()+1)
			pdf.SetFont("sans", []string{"B", ""}[min(i, 1)], 10)
			pdf.CellFormat(0, 5, s, "", 1, "", false, 0, "")
		}
		pdf.SetFont("sans", "", 7.5)
		pdf.SetY(280)
		for _, s := range l.Legal {
			pdf.CellFormat(0, 3.5, s, "", 1, "C", false, 0, "")
		}
	}
	var out bytes.Buffer
	err := pdf.Output(&out)
	return out.Bytes(), err
}

func bareBlock(pdf *gofpdf.Fpdf, b Block) {
	switch {
	case b.Paragraph != nil:
		for _, r := range b.Paragraph {
			pdf.SetFont("sans", map[bool]string{true: "B"}[r.Bold], 10)
			pdf.Write(5, r.Text)
		}
		pdf.Ln(8)
	case b.Table != nil:
		pdf.SetFont("sans", "B", 9.5)
		for _, row := range append([][]string{b.Table.Head}, append(b.Table.Rows, b.Table.Total)...) {
			for k, cell := range row {
				align := "L"
				if k < len(b.Table.Right) && b.Table.Right[k] {
					align = "R"
				}
				pdf.CellFormat(28, 6.6, cell, "B", 0, align, false, 0, "")
			}
			pdf.Ln(6.6)
			pdf.SetFont("sans", "", 9.5)
		}
	case b.Bank != nil:
		pdf.Rect(20, pdf.GetY(), 170, 12, "D")
		for _, f := range b.Bank.Fields {
			pdf.SetFont("sans", "", 7.5)
			pdf.CellFormat(20, 5, f[0], "", 0, "", false, 0, "")
			pdf.SetFont("sans", "B", 9)
			pdf.CellFormat(30, 5, f[1], "", 0, "", false, 0, "")
		}
		pdf.Ln(10)
	}
}

// files writes one file a letter with a worker a processor.
func files(b *testing.B, dir string, n int, make func(i int) ([]byte, error)) {
	var wg sync.WaitGroup
	workers := runtime.NumCPU()
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				data, err := make(i)
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.pdf", i)), data, 0o600)
				}
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// inTurns times two jobs one after the other, several times, and gives the median times.
func inTurns(runs int, ours, bare func()) (o, r time.Duration) {
	var os, rs []time.Duration
	for range runs {
		start := time.Now()
		ours()
		os = append(os, time.Since(start))
		start = time.Now()
		bare()
		rs = append(rs, time.Since(start))
	}
	slices.Sort(os)
	slices.Sort(rs)
	return os[runs/2], rs[runs/2]
}

// composeAll makes the letters of a book.
func composeAll(b *testing.B, book *ledger.Book, ids []ledger.CustomerID) []*Letter {
	standings := book.Standings(today)
	list := make([]*Letter, len(ids))
	for i, id := range ids {
		l, _, err := Compose(Request{Book: book, Standings: standings, Customer: id, Model: FirstReminder, On: today, Rates: rates.BuiltIn()})
		if err != nil {
			b.Fatal(err)
		}
		list[i] = l
	}
	return list
}

// BenchmarkFiles writes 1,000 one-page letters as files, from the book to the disk.
func BenchmarkFiles(b *testing.B) {
	book, ids := benchBook(b)
	plain := composeAll(b, book, ids)
	standings := book.Standings(today)
	dir := b.TempDir()
	for b.Loop() {
		ours, bare := inTurns(3, func() {
			files(b, dir, len(ids), func(i int) ([]byte, error) {
				l, _, err := Compose(Request{Book: book, Standings: standings, Customer: ids[i], Model: FirstReminder, On: today, Rates: rates.BuiltIn()})
				if err != nil {
					return nil, err
				}
				return l.PDF()
			})
		}, func() {
			files(b, dir, len(ids), func(i int) ([]byte, error) { return barely(plain[i : i+1]) })
		})
		report(b, "files", ours, bare)
	}
}

// BenchmarkPrintRun writes 1,000 one-page letters as one document, from the book to the bytes.
func BenchmarkPrintRun(b *testing.B) {
	book, ids := benchBook(b)
	plain := composeAll(b, book, ids)
	for b.Loop() {
		ours, bare := inTurns(5, func() {
			if _, err := Batch(composeAll(b, book, ids)); err != nil {
				b.Fatal(err)
			}
		}, func() {
			if _, err := barely(plain); err != nil {
				b.Fatal(err)
			}
		})
		report(b, "print run", ours, bare)
	}
}

func report(b *testing.B, what string, ours, bare time.Duration) {
	b.ReportMetric(float64(ours)/float64(bare), "ratio")
	b.ReportMetric(ours.Seconds(), "s/1000")
	b.ReportMetric(bare.Seconds(), "bare-s/1000")
	b.Logf("%s of %d letters: %s, bare library %s, ratio %.2f", strings.ToUpper(what[:1])+what[1:], benchLetters, ours, bare, float64(ours)/float64(bare))
}
