// Package screentest sets screens up for tests: a temporary ledger on a fixed day, work done at once,
// and a window that writes down what a screen asked of it.
package screentest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/post"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/secret"
)

// Day is the day of all screen tests, a Tuesday.
var Day = ledger.Day(2026, 11, 24)

// Clock shows Day, at 8:02 in the morning.
func Clock() time.Time { return time.Date(2026, 11, 24, 8, 2, 0, 0, time.UTC) }

// Bench is a screen's context for a test, with what the screen asked of its window.
type Bench struct {
	*screen.Context
	Went   []screen.Place
	Backs  int
	Errors []error
	Dones  []string
	Viewed []string // names of documents
	Opened []string
	Links  []string
	// Mail is the way to the mailbox's servers.
	Mail desk.MailWay
	// Behind says that another screen is in front.
	Behind bool
	// Chosen is what the next file dialog answers.
	Chosen string
}

// New gives a bench on the sample company.
func New(t testing.TB, lang words.Lang) *Bench {
	t.Helper()
	b := Empty(t, lang)
	if _, err := b.Desk.FillSample(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return b
}

// Empty gives a bench on a ledger in which nothing is recorded yet.
func Empty(t testing.TB, lang words.Lang) *Bench {
	t.Helper()
	dir := t.TempDir()
	d, err := desk.Open(filepath.Join(dir, "test.quitus"), Clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	b, secrets := &Bench{}, secret.InMemory()
	b.Context = &screen.Context{Window: b, Desk: d, Words: words.New(lang), Run: run.Sync{}, Prefs: desk.LoadPrefs(dir), Secrets: func() secret.Store { return secrets }}
	b.Context.Post = post.New(post.Options{Desk: d, Run: b.Run, Clock: Clock, Folder: dir, Way: func() desk.MailWay { return b.Mail }})
	return b
}

// Huge gives a bench on a ledger of n invoices of 5,000 customers.
func Huge(t testing.TB, lang words.Lang, n int) *Bench {
	t.Helper()
	b := Empty(t, lang)
	_, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		for c := range 5000 {
			d.Put(&ledger.Customer{Ref: fmt.Sprintf("C%04d", c), Name: fmt.Sprintf("Client %04d", c), Type: ledger.CompanyCustomer, Country: "FR"})
		}
		for i := range n {
			issued := Day.Add(-(i*7)%700 - 1)
			d.Put(&ledger.Invoice{
				Customer: ledger.CustomerID(i%5000 + 1), Number: fmt.Sprintf("F-%06d", i+1), Issued: issued, Due: issued.Add(30),
				Total: ledger.Euros(int64(i*7919)%900000 + 1000),
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Go notes a place.
func (b *Bench) Go(p screen.Place) { b.Went = append(b.Went, p) }

// Back counts.
func (b *Bench) Back() { b.Backs++ }

// Error notes an error.
func (b *Bench) Error(err error) {
	if err != nil {
		b.Errors = append(b.Errors, err)
	}
}

// Done notes a text.
func (b *Bench) Done(text string, _ ledger.Entry) { b.Dones = append(b.Dones, text) }

// OpenFile answers Chosen.
func (b *Bench) OpenFile(_ string, _ []string, chosen func(string)) { b.answer(chosen) }

// SaveFile answers Chosen.
func (b *Bench) SaveFile(_, _ string, chosen func(string)) { b.answer(chosen) }

// OpenFolder answers Chosen.
func (b *Bench) OpenFolder(_ string, chosen func(string)) { b.answer(chosen) }

func (b *Bench) answer(chosen func(string)) {
	if b.Chosen != "" {
		chosen(b.Chosen)
	}
}

// View notes the document's name.
func (b *Bench) View(_ ledger.Hash, name string) { b.Viewed = append(b.Viewed, name) }

// OpenPath notes the file.
func (b *Bench) OpenPath(path string) { b.Opened = append(b.Opened, path) }

// OpenLink notes the address.
func (b *Bench) OpenLink(address string) { b.Links = append(b.Links, address) }

// Redraw does nothing.
func (b *Bench) Redraw() {}

// OpenLedger notes the file.
func (b *Bench) OpenLedger(path string) { b.Opened = append(b.Opened, path) }

// Restore notes the file.
func (b *Bench) Restore(path string) { b.Opened = append(b.Opened, path) }

// InFront says whether a screen is seen: it is, unless another is in front or something lies over it.
func (b *Bench) InFront(screen.Screen) bool { return !b.Behind && b.Canvas().Overlays().Top() == nil }

// Canvas is the canvas of the test's newest window.
func (b *Bench) Canvas() fyne.Canvas {
	windows := fyne.CurrentApp().Driver().AllWindows()
	return windows[len(windows)-1].Canvas()
}
