package preview

import (
	"context"
	"image"
	"image/color"
	"sync"
	"testing"
	"time"

	"quitus/assets/rates"
	"quitus/ledger"
	"quitus/letters"
)

// letterPDF makes a letter over several pages.
func letterPDF(t testing.TB, invoices int) []byte {
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "Menuiserie Valdoré", Country: "FR"})
	c := &ledger.Customer{Ref: "C1", Name: "Dervaux", Country: "FR", Type: ledger.CompanyCustomer}
	d.Put(c)
	for n := range invoices {
		d.Put(&ledger.Invoice{Customer: c.ID, Number: "F" + string(rune('A'+n%26)), Issued: ledger.Day(2026, 1, 1), Due: ledger.Day(2026, 2, 1), Total: ledger.Euros(1000)})
	}
	l, _, err := letters.Compose(letters.Request{Book: d.Next(), Customer: c.ID, Model: letters.FirstReminder, On: ledger.Day(2026, 3, 1), Rates: rates.BuiltIn()})
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := l.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// shared is started once for all tests, for that takes seconds.
var shared = sync.OnceValue(func() *Renderer { return New("") })

func TestPages(t *testing.T) {
	r, ctx := shared(), context.Background()
	for invoices, want := range map[int]int{1: 1, 60: 3} {
		if n, err := r.Pages(ctx, letterPDF(t, invoices)); err != nil || n != want {
			t.Errorf("%d invoices: %d pages, %v", invoices, n, err)
		}
	}
}

func TestPageIsThePage(t *testing.T) {
	r, ctx := shared(), context.Background()
	pdf := letterPDF(t, 60)
	first, err := r.Page(ctx, pdf, 1, 96)
	if err != nil {
		t.Fatal(err)
	}
	if s := first.Bounds().Size(); s.X < 793 || s.X > 795 || s.Y < 1122 || s.Y > 1124 {
		t.Errorf("A4 at 96 dpi is %v", s)
	}
	if white := (color.RGBA{255, 255, 255, 255}); color.RGBAModel.Convert(first.At(3, 3)) != white {
		t.Errorf("the paper is %v", first.At(3, 3))
	}
	third, err := r.Page(ctx, pdf, 3, 96)
	if err != nil {
		t.Fatal(err)
	}
	fold := image.Rect(19, 368, 36, 380) // its mark is on the first page only
	if !hasInk(first, fold) || hasInk(third, fold) {
		t.Error("the pages are mixed up")
	}
	again, err := r.Page(ctx, pdf, 1, 96)
	if err != nil || again != first {
		t.Errorf("drawn again: %v", err)
	}
}

func hasInk(p image.Image, area image.Rectangle) bool {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if v, _, _, _ := p.At(x, y).RGBA(); v < 0xf000 {
				return true
			}
		}
	}
	return false
}

func TestRefusals(t *testing.T) {
	r, ctx := shared(), context.Background()
	pdf := letterPDF(t, 1)
	for _, k := range []struct {
		pdf  []byte
		page int
		code string
	}{{pdf, 0, "preview_page"}, {pdf, 2, "preview_page"}, {[]byte("no PDF"), 1, "preview_failed"}, {nil, 1, "preview_failed"}, {pdf[:len(pdf)/3], 1, "preview_failed"}} {
		if _, err := r.Page(ctx, k.pdf, k.page, 50); ledger.CodeOf(err) != k.code {
			t.Errorf("page %d of %d bytes: %v, want %s", k.page, len(k.pdf), err, k.code)
		}
	}
	if p, err := r.Page(ctx, pdf, 1, 1); err != nil || p.Bounds().Dx() < 100 {
		t.Errorf("after all that: %v", err)
	}
}

func TestContext(t *testing.T) {
	r := shared()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Page(ctx, letterPDF(t, 2), 1, 100); err != context.Canceled {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	cold := New("")
	if _, err := cold.Page(ctx, letterPDF(t, 2), 1, 100); err != context.DeadlineExceeded {
		t.Errorf("%v", err)
	}
	cold.Close()
	if _, err := cold.Pages(context.Background(), letterPDF(t, 1)); err != context.Canceled {
		t.Errorf("after closing: %v", err)
	}
	New("").Close()
}

func TestTogether(t *testing.T) {
	r := shared()
	one, many := letterPDF(t, 1), letterPDF(t, 60)
	var wg sync.WaitGroup
	for k := range 6 {
		wg.Go(func() {
			pdf, page := one, 1
			if k%2 == 1 {
				pdf, page = many, k/2+1
			}
			if _, err := r.Page(context.Background(), pdf, page, 40); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestCacheIsBounded(t *testing.T) {
	var c cache
	for page := range 50 {
		c.put(pictureKey{page: page}, image.NewRGBA(image.Rect(0, 0, 1000, 1000)))
	}
	if c.bytes > cacheBytes || c.get(pictureKey{page: 0}) != nil || c.get(pictureKey{page: 49}) == nil {
		t.Errorf("%d bytes", c.bytes)
	}
}

func BenchmarkStart(b *testing.B) {
	pdf := letterPDF(b, 1)
	dir := b.TempDir()
	for b.Loop() {
		r := New(dir)
		if _, err := r.Page(context.Background(), pdf, 1, 96); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

func BenchmarkPage(b *testing.B) {
	r := shared()
	pdf := letterPDF(b, 30)
	for b.Loop() {
		r.pictures = cache{}
		if _, err := r.Page(context.Background(), pdf, 1, 120); err != nil {
			b.Fatal(err)
		}
	}
}
