//go:build bench

package letters

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"testing"
	"time"

	"quitus/assets/rates"
	"quitus/ledger"
)

// paperRun is what a paper run is made of: letters with a table and a code to scan, and the files of the invoices behind them.
type paperRun struct {
	book      *ledger.Book
	standings *ledger.Standings
	ids       []ledger.CustomerID
	copies    []File
	plain     []*Letter // for the library alone
}

func newPaperRun(b *testing.B) *paperRun {
	r := &paperRun{}
	r.book, r.ids = benchBook(b)
	r.standings = r.book.Standings(today)
	r.plain = composeAll(b, r.book, r.ids)
	for i := range r.ids {
		number := fmt.Sprintf("F-2026-%04d", i)
		r.copies = append(r.copies, File{Invoice: number, Name: number + ".pdf", Content: paper(b, "Facture "+number, 1)})
	}
	return r
}

// letter composes a letter, with its copy.
func (r *paperRun) letter(i int) (*Letter, error) {
	l, _, err := Compose(Request{Book: r.book, Standings: r.standings, Customer: r.ids[i], Model: FirstReminder, On: today, Rates: rates.BuiltIn()})
	if err != nil {
		return nil, err
	}
	if _, err := l.Enclose(context.Background(), r.copies[i:i+1]); err != nil {
		return nil, err
	}
	if l.PayCode == nil || len(l.Copies) != 1 {
		return nil, fmt.Errorf("a letter without code or copy")
	}
	return l, nil
}

// together makes one document of all.
func (r *paperRun) together(b *testing.B) {
	list := make([]*Letter, len(r.ids))
	for i := range list {
		var err error
		if list[i], err = r.letter(i); err != nil {
			b.Fatal(err)
		}
	}
	file, err := Batch(list)
	if err != nil {
		b.Fatal(err)
	}
	if pages := bytes.Count(file, []byte("/Type /Page/Parent")); pages != 2*benchLetters {
		b.Fatalf("%d pages", pages)
	}
}

// barely has the library alone write a letter's text and, as it cannot take in a file, a page with the invoice's; no code.
func (r *paperRun) barely(i int) []*Letter {
	return []*Letter{r.plain[i], {Subject: "Facture " + r.copies[i].Invoice + ", page 1"}}
}

// BenchmarkPaper writes 1,000 letters, each with a table, a code to scan and an invoice of one page behind it, from the book and the
// invoices' files to the bytes: as one document, and as a file each. Beside it the library alone and LibreOffice's mail merge write the
// same text and table, and the invoice's text for a page, without the code.
func BenchmarkPaper(b *testing.B) {
	r := newPaperRun(b)
	dir := b.TempDir()
	program, err := exec.LookPath("soffice")
	for b.Loop() {
		ours, bare := inTurns(3, func() { r.together(b) }, func() {
			var all []*Letter
			for i := range r.ids {
				all = append(all, r.barely(i)...)
			}
			if _, err := barely(all); err != nil {
				b.Fatal(err)
			}
		})
		pagesPerSecond(b, "one document", ours, bare)
		oursEach, bareEach := inTurns(3, func() {
			files(b, dir, len(r.ids), func(i int) ([]byte, error) {
				l, err := r.letter(i)
				if err != nil {
					return nil, err
				}
				return l.PDF()
			})
		}, func() {
			files(b, dir, len(r.ids), func(i int) ([]byte, error) { return barely(r.barely(i)) })
		})
		pagesPerSecond(b, "a file each", oursEach, bareEach)
		b.ReportMetric(2*benchLetters/ours.Seconds(), "pages/s")
		b.ReportMetric(2*benchLetters/oursEach.Seconds(), "pages/s-files")
		if err != nil {
			b.Logf("skipped: LibreOffice, which is not installed")
			continue
		}
		besideOffice(b, program, r, ours, oursEach)
	}
}

// officeLetters is how many letters LibreOffice merges: the time that it takes grows with the square of their number, and 1,000 take
// minutes.
const officeLetters = 200

func pagesPerSecond(b *testing.B, what string, ours, bare time.Duration) {
	b.Logf("%d letters with table, code and invoice as %s: %.0f pages a second, bare library %.0f (ratio of times %.2f)",
		benchLetters, what, 2*benchLetters/ours.Seconds(), 2*benchLetters/bare.Seconds(), float64(ours)/float64(bare))
}

// besideOffice measures LibreOffice: its mail merge or, where it has no drivers to read the data with, the conversion of as many
// documents that are filled in already, in one process.
func besideOffice(b *testing.B, program string, r *paperRun, ours, oursEach time.Duration) {
	b.Helper()
	tell := func(what string, took, ours time.Duration, pages int) {
		if pages != 2*officeLetters {
			b.Fatalf("LibreOffice makes %d pages", pages)
		}
		theirs, quitus := float64(pages)/took.Seconds(), 2*benchLetters/ours.Seconds()
		b.Logf("%d such letters by LibreOffice, its start included, %s: %.1f pages a second (Quitus %.0f times as many)", officeLetters, what, theirs, quitus/theirs)
	}
	o := newOffice(b, program)
	took, pages, why := o.merge(b, r.plain[:officeLetters], true)
	if why != "" {
		b.Logf("skipped: LibreOffice's mail merge, which needs its drivers for data (Debian: libreoffice-base-drivers). It says: %.160s…", why)
		took, pages = o.convert(b, r.plain[:officeLetters])
		tell("converted from documents that are filled in already, a file each", took, oursEach, pages)
		return
	}
	tell("mail merge into one document", took, ours, pages)
	took, pages, _ = o.merge(b, r.plain[:officeLetters], false)
	tell("mail merge, a file each", took, oursEach, pages)
}
