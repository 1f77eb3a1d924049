package letters

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

// turned makes a PDF of one page of a size, turned and cropped, with a frame along what shows and a field filled in.
func turned(t testing.TB, w, h, rotate int, crop string) []byte {
	t.Helper()
	content := fmt.Sprintf("q 2 w 5 5 %d %d re S BT /F1 24 Tf 40 %d Td (Haut %d) Tj ET q 0.5 0 0 0.5 0 0 cm", w-10, h-10, h-60, rotate) // one q too many
	look := "0.8 g 0 0 60 20 re f"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]%s/Rotate %d/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R]>>", w, h, crop, rotate),
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Stamp/Rect[100 100 160 120]/AP<</N 7 0 R>>>>",
		fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 60 20]/Length %d>>\nstream\n%s\nendstream", len(look), look),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for n, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func copyOf(t testing.TB, name string, content []byte) *Copy {
	t.Helper()
	c, err := NewCopy(context.Background(), name, content)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// binding is a document with exhibits of all shapes behind it.
func binding(t testing.TB) (*Letter, []Appendix) {
	l := NewPaper(ledger.Company{Name: "MENUISERIE ALBERT", Town: "Grenoble", Country: "FR"}, "handover", "X", "Dossier", ledger.Day(2026, 11, 24), words.FR, nil)
	l.Body = []Block{{Paragraph: []Run{{Text: "Bordereau"}}}}
	var list []Appendix
	add := func(a Appendix) {
		a.Mark, a.Title = fmt.Sprintf("Pièce n° %d", len(list)+1), fmt.Sprintf("%d, un titre qui est assez long pour ne pas tenir sur la ligne avec le numéro de la page et ce qui suit encore", len(list)+1)
		list = append(list, a)
	}
	add(Appendix{Copy: copyOf(t, "a.pdf", paper(t, "Facture", 2))})
	for _, r := range []int{0, 90, 180, 270} {
		add(Appendix{Copy: copyOf(t, "r.pdf", turned(t, 595, 842, r, ""))})
	}
	add(Appendix{Copy: copyOf(t, "wide.pdf", turned(t, 1200, 500, 0, "/CropBox[100 50 1100 450]"))})
	add(Appendix{Copy: copyOf(t, "small.pdf", turned(t, 200, 200, 0, ""))})
	add(Appendix{Copy: copyOf(t, "scan.jpg", scanPicture(t, 900, 600, true))})
	add(Appendix{Text: []string{"De : A", "", strings.Repeat("Un long paragraphe. ", 400)}})
	return l, list
}

// Each page of what is bound stands under its number, pages are numbered through, and the same input gives the same bytes.
func TestBind(t *testing.T) {
	l, list := binding(t)
	pdf, err := Bind(l, list)
	if err != nil {
		t.Fatal(err)
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	if again, _ := Bind(l, list); !bytes.Equal(pdf, again) {
		t.Error("the same input makes other bytes")
	}
	pages := strings.Split(strings.TrimSuffix(textOf(t, pdf), "\f"), "\f")
	want := l.PageCount()
	of := []int{0}
	for i := range list {
		want += list[i].PageCount()
		for range list[i].PageCount() {
			of = append(of, i+1)
		}
	}
	if len(pages) != want {
		t.Fatalf("%d pages, not %d", len(pages), want)
	}
	for n, text := range pages {
		if number := fmt.Sprintf("Page %d sur %d", n+1, want); !strings.Contains(text, number) {
			t.Errorf("page %d has no %q:\n%s", n+1, number, text)
		}
		if mark := fmt.Sprintf("Pièce n° %d", of[n]); n > 0 && !strings.Contains(text, mark) {
			t.Errorf("page %d is not under %q:\n%s", n+1, mark, text)
		}
	}
	for n, rotate := range []int{0, 90, 180, 270} {
		if !strings.Contains(pages[3+n], fmt.Sprintf("Haut %d", rotate)) {
			t.Errorf("the page turned by %d lost its text:\n%s", rotate, pages[3+n])
		}
	}
	if dir := os.Getenv("QUITUS_PAGES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "bound.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Pages are A4 as they are seen, and a copy can be bound twice.
func TestBindSizes(t *testing.T) {
	l, list := binding(t)
	pdf, err := Bind(l, append(list, list[1]))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := readPDF(context.WithValue(context.Background(), ownPages{}, true), pdf)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.pages {
		s := doc.shape(n)
		w, h := s.w, s.h
		if w > h {
			w, h = h, w
		}
		if w < 595 || w > 596 || h < 841 || h > 843 {
			t.Errorf("page %d is %v × %v", n+1, s.w, s.h)
		}
	}
}
