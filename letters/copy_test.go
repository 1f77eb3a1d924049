package letters

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

// paper makes a PDF of some pages, as another program would; each page says its name and number.
func paper(t testing.TB, name string, pages int) []byte {
	t.Helper()
	s := newSheet(document{title: name})
	for n := range pages {
		s.page()
		s.text(20, 30, fmt.Sprintf("%s, page %d", name, n+1), true, 14, black)
	}
	b, err := s.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func scanPicture(t testing.TB, w, h int, jpg bool) []byte {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = 0xff
	}
	for x := range w {
		p.SetRGBA(x, h/2, color.RGBA{0, 0, 0, 255})
	}
	return encoded(t, p, jpg)
}

// enclosing gives a reminder about two invoices with files.
func enclosing(t *testing.T, files ...File) (*Letter, []Warning) {
	t.Helper()
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-2026-0361", 164020, 8)
	s.invoice(c, "F-2026-0362", 50000, 6)
	l, _ := s.compose(Request{Customer: c})
	warnings, err := l.Enclose(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	return l, warnings
}

func TestCopiesFollowTheirLetter(t *testing.T) {
	l, warnings := enclosing(t, File{Invoice: "F-2026-0361", Name: "F-2026-0361.pdf", Content: paper(t, "Facture 361", 2)},
		File{Invoice: "F-2026-0362", Name: "F-2026-0362.jpg", Content: scanPicture(t, 900, 600, true)})
	if len(warnings) != 0 || len(l.Copies) != 2 || l.Copies[0].Pages() != 2 || l.Copies[1].Pages() != 1 || l.Copies[0].Name() != "F-2026-0361.pdf" {
		t.Fatalf("%+v, %d copies", warnings, len(l.Copies))
	}
	other, _ := enclosing(t)
	pdf, err := Batch([]*Letter{l, other, l})
	if err != nil {
		t.Fatal(err)
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	pages := strings.Split(strings.TrimSuffix(textOf(t, pdf), "\f"), "\f")
	want := []string{"Objet", "Facture 361, page 1", "Facture 361, page 2", "", "Objet", "Objet", "Facture 361, page 1", "Facture 361, page 2", ""}
	if len(pages) != len(want) {
		t.Fatalf("%d pages", len(pages))
	}
	for n, p := range pages {
		if !strings.Contains(p, want[n]) || want[n] == "" && strings.TrimSpace(p) != "" {
			t.Errorf("page %d: %q, want %q", n+1, p, want[n])
		}
	}
	if text := flat(pages[0]); !strings.Contains(text, "P.J. : copies des factures F-2026-0361, F-2026-0362") || strings.Contains(flat(pages[4]), "P.J.") {
		t.Errorf("the enclosures are not named: %s", text)
	}
	for _, f := range strings.Split(strings.TrimSpace(tool(t, pdf, "pdffonts", "FILE")), "\n")[2:] {
		if !strings.Contains(f, "yes") {
			t.Errorf("not embedded: %s", f)
		}
	}
	if got := scan(t, pdf, 1); !strings.HasPrefix(got, "BCD\n002\n") {
		t.Errorf("the code is lost: %q", got)
	}
	again, _ := enclosing(t, File{Invoice: "F-2026-0361", Name: "F-2026-0361.pdf", Content: paper(t, "Facture 361", 2)},
		File{Invoice: "F-2026-0362", Name: "F-2026-0362.jpg", Content: scanPicture(t, 900, 600, true)})
	if second, err := Batch([]*Letter{again, other, again}); err != nil || !bytes.Equal(pdf, second) {
		t.Errorf("two makings differ: %v", err)
	}
}

// TestSharedObjects: what many invoices carry, such as their issuer's logo, is in a print run once; each page still shows its own.
func TestSharedObjects(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	noise := image.NewRGBA(image.Rect(0, 0, 300, 300)) // which no compression makes small
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Uint32()) | uint8(i%4/3*0xff)
	}
	logo, err := NewLogo(encoded(t, noise, false))
	if err != nil {
		t.Fatal(err)
	}
	var list []*Letter
	for n := range 10 {
		s := newSheet(document{})
		s.page()
		s.logo(logo, 20, 20, 40, 40)
		s.text(20, 80, fmt.Sprintf("Facture %d", n), true, 14, black)
		file, err := s.bytes()
		if err != nil {
			t.Fatal(err)
		}
		l, warnings := enclosing(t, File{Invoice: "F-2026-0361", Name: "F-2026-0361.pdf", Content: file})
		if len(warnings) > 0 {
			t.Fatal(warnings)
		}
		list = append(list, l)
	}
	pdf, err := Batch(list)
	if err != nil {
		t.Fatal(err)
	}
	if most := 2 * len(logo.data); len(pdf) > most+len(list)*40_000 {
		t.Errorf("%d bytes for ten times a logo of %d", len(pdf), len(logo.data))
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	pages := strings.Split(textOf(t, pdf), "\f")
	for n := range list {
		if got := strings.TrimSpace(pages[2*n+1]); got != fmt.Sprintf("Facture %d", n) {
			t.Errorf("page %d: %q", 2*n+2, got)
		}
	}
	if images := tool(t, pdf, "pdfimages", "-list", "FILE"); strings.Count(images, " 300   300 ") != len(list) {
		t.Errorf("the logo is not on each page: %s", images)
	}
}

// TestBadCopies: a file that cannot be printed is named with the reason, and the letter prints without it.
func TestBadCopies(t *testing.T) {
	good := paper(t, "Facture", 1)
	locked := tool(t, good, "qpdf", "--encrypt", "user", "owner", "256", "--", "FILE", "-")
	for name, k := range map[string]struct {
		content []byte
		code    string
	}{
		"text.pdf":      {[]byte("no PDF at all"), "copy_kind"},
		"empty.pdf":     {nil, "copy_kind"},
		"head only.pdf": {[]byte("%PDF-1.4\n"), "copy_damaged"},
		"cut off.pdf":   {good[:len(good)/3], "copy_damaged"},
		"locked.pdf":    {[]byte(locked), "copy_encrypted"},
		"no pages.pdf":  {[]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"), "copy_damaged"},
		"circle.pdf":    {[]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 3>>\n%%EOF\n"), "copy_damaged"},
		"many.pdf":      {paper(t, "Book", copyMaxPages+1), "copy_pages"},
		"picture.png":   {[]byte("\x89PNG\r\n\x1a\nnothing"), "copy_damaged"},
		"huge.png":      {hugePNG(t), "copy_too_large"},
		"large.pdf":     {append([]byte("%PDF-1.4\n"), make([]byte, CopyMaxBytes)...), "copy_too_large"},
	} {
		_, err := NewCopy(context.Background(), name, k.content)
		if ledger.CodeOf(err) != k.code {
			t.Errorf("%s: %v, want %s", name, err, k.code)
			continue
		}
		if text := words.New(words.FR).Error(err); !strings.Contains(text, name) {
			t.Errorf("%s: %q does not name the file", name, text)
		}
		l, warnings := enclosing(t, File{Invoice: "F-2026-0361", Name: name, Content: k.content}, File{Invoice: "F-2026-0362", Name: "ok.pdf", Content: good})
		if len(warnings) != 1 || warnings[0].Code != "copy_left_out" || !strings.Contains(WarningText(words.New(words.FR), warnings[0]), name) {
			t.Errorf("%s: %+v", name, warnings)
		}
		if text := flat(textOf(t, mustPDF(t, l))); !strings.Contains(text, "P.J. : copie de la facture F-2026-0362") || !strings.Contains(text, "Facture, page 1") {
			t.Errorf("%s: %s", name, text)
		}
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewCopy(done, "a.pdf", good); err != context.Canceled {
		t.Errorf("stopped: %v", err)
	}
}

// hugePNG says that it has more pixels than any program should make room for.
func hugePNG(t *testing.T) []byte {
	b := scanPicture(t, 4, 4, false)
	copy(b[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 × 65,536
	binary.BigEndian.PutUint32(b[29:33], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// TestActionsStayOut: of a page that does things only its look is printed.
func TestActionsStayOut(t *testing.T) {
	const file = `%PDF-1.7
1 0 obj
<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(evil1)>>/Names<</JavaScript 9 0 R>>>>
endobj
2 0 obj
<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]/Resources<</XObject<</A 7 0 R>>>>>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/Contents 4 0 R/AA<</O<</S/JavaScript/JS(evil2)>>>>/Annots[5 0 R 6 0 R]>>
endobj
4 0 obj
<</Length 17/F(evil3)>>
stream
q /A Do Q         
endstream
endobj
5 0 obj
<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://evil4)>>/AP<</N 7 0 R>>>>
endobj
6 0 obj
<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/AA<</K<</S/JavaScript/JS(evil5)>>>>/AP<</N 7 0 R>>/P 3 0 R/Parent 8 0 R>>
endobj
7 0 obj
<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 13>>
stream
0 0 9 9 re f 
endstream
endobj
trailer
<</Root 1 0 R/Size 8>>
%%EOF
`
	c, err := NewCopy(context.Background(), "x.pdf", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	out := join(document{}, []span{{&c.doc, 0, 1}})
	if bytes.Contains(out, []byte("evil")) || bytes.Contains(out, []byte("/AA")) {
		t.Errorf("%s", out)
	}
	for _, want := range []string{"/XObject <</A ", "/Subtype /Stamp", "0 0 9 9 re f"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	if msg := tool(t, out, "qpdf", "--check", "FILE"); strings.Contains(msg, "WARNING") {
		t.Error(msg)
	}
}

// TestCopiesOfOtherPrograms goes through PDF files of many makers, where they are at hand.
func TestCopiesOfOtherPrograms(t *testing.T) {
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("no files of other programs")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.EqualFold(filepath.Ext(path), ".pdf") || n == 40 {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		l, warnings := enclosing(t, File{Invoice: "F-2026-0361", Name: d.Name(), Content: content})
		if len(warnings) > 0 {
			t.Logf("%s: %v", d.Name(), WarningText(words.New(words.EN), warnings[0]))
			return nil
		}
		tool(t, mustPDF(t, l), "qpdf", "--check", "FILE")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", n)
}

func FuzzCopy(f *testing.F) {
	f.Add(paper(f, "a", 2))
	f.Add([]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>"))
	f.Add(scanPicture(f, 9, 9, true))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, err := NewCopy(context.Background(), "x", content)
		if err != nil {
			return
		}
		join(document{}, []span{{&c.doc, 0, c.Pages()}})
	})
}
