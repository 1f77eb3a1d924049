package einvoice

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"quitus/ledger"
)

// pdf writes a file of those objects; the first is the catalogue.
func pdf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for n, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(content), content)
}

func deflated(content string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(content))
	w.Close()
	return b.String()
}

const pages = "<</Type/Pages/Kids[]/Count 0>>"

// carrying gives a PDF with one embedded file, referred to as a catalogue does that lists embedded files.
func carrying(name, content string) []byte {
	return pdf("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[("+name+") 3 0 R]>>>>>>", pages,
		"<</Type/Filespec/F("+name+")/UF("+name+")/EF<</F 4 0 R/UF 4 0 R>>>>",
		stream("/Type/EmbeddedFile/Subtype/text#2Fxml/Filter/FlateDecode", deflated(content)))
}

func TestPDF(t *testing.T) {
	invoice := ciiOf("380", "", el("GrandTotalAmount", "120.00"))
	notice := stream("/Type/EmbeddedFile", "Bonjour")
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"under the usual name": {carrying("factur-x.xml", invoice), ""},
		"under another name":   {carrying("FA-118.xml", invoice), ""},
		"UBL":                  {carrying("invoice.xml", ublInvoice), ""},
		"only an annotation": {pdf("<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Annot/Subtype/FileAttachment/FS 4 0 R>>", "<</F(a.xml)/EF<</F 5 0 R>>>>",
			stream("", invoice)), ""},
		"beside other files": {pdf("<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Filespec/F(a.txt)/EF<</F 4 0 R>>>>", notice,
			"<</Type/Filespec/F(xrechnung.xml)/EF<</F 6 0 R>>>>", stream("", invoice)), ""},
		"in a packed object":     {packed("<</Type/Filespec/F(factur-x.xml)/EF<</F 5 0 R>>>>"), ""},
		"nothing embedded":       {pdf("<</Type/Catalog/Pages 2 0 R>>", pages), "einvoice_none_in_pdf"},
		"no invoice embedded":    {carrying("notes.txt", "Bonjour"), "einvoice_none_in_pdf"},
		"another XML embedded":   {carrying("camt.xml", "<Document/>"), "einvoice_none_in_pdf"},
		"damaged XML embedded":   {carrying("factur-x.xml", invoice[:500]), "damaged"},
		"incomplete XML":         {carrying("factur-x.xml", strings.Replace(invoice, "F-1", "", 1)), "einvoice_incomplete"},
		"no PDF behind the mark": {[]byte("%PDF-1.7\nnothing"), "damaged"},
		"cut off":                {carrying("factur-x.xml", invoice)[:300], "damaged"},
		"too much XML":           {carrying("factur-x.xml", strings.Repeat(" ", MaxXML+1)), "damaged"},
		"nested arrays":          {pdf("<</Type/Catalog/Pages 2 0 R>>", strings.Repeat("[", 100_000)), "einvoice_none_in_pdf"},
		"itself embedded":        {pdf("<</Type/Catalog/Pages 2 0 R>>", pages, "<</F(a.xml)/EF 3 0 R>>"), "einvoice_none_in_pdf"},
	} {
		i, err := readBytes("f.pdf", c.content)
		if code := ledger.CodeOf(err); code != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (i.Format != "facturx" || i.Number == "") {
			t.Errorf("%s: %+v", name, i)
		}
	}
}

func TestEncryptedPDF(t *testing.T) {
	plain, err := os.ReadFile(filepath.Join(fixtures(t), "Facture_FR_EN16931.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	api.DisableConfigDir()
	for user, code := range map[string]string{"secret": "encrypted", "": ""} { // with only an owner's password everybody may read
		conf := model.NewAESConfiguration(user, "owner", 256)
		conf.ValidationMode = model.ValidationRelaxed
		var b bytes.Buffer
		if err := api.Encrypt(bytes.NewReader(plain), &b, conf); err != nil {
			t.Fatal(err)
		}
		i, err := readBytes("f.pdf", b.Bytes())
		if ledger.CodeOf(err) != code || err == nil && i.Number != "FA-2017-0010" {
			t.Errorf("%q: %v", user, err)
		}
	}
}

// Nothing of the machine's is read or written by reading a PDF.
func TestNoConfiguration(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	if _, err := readBytes("f.pdf", carrying("factur-x.xml", ciiOf("380", "", el("GrandTotalAmount", "1")))); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(home); len(left) > 0 {
		t.Error(left)
	}
}

// Bytes changed at random places are read, or refused, and never crash.
func TestDamagedPDF(t *testing.T) {
	plain, err := os.ReadFile(filepath.Join(fixtures(t), "Facture_FR_BASICWL.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint32(1)
	next := func(n int) int { seed = seed*1664525 + 1013904223; return int(seed>>8) % n }
	for range 150 {
		data := bytes.Clone(plain)
		for range 1 + next(60) {
			data[next(len(data))] = byte(next(256))
		}
		if next(4) == 0 {
			data = data[:next(len(data))]
		}
		if _, err := readBytes("f.pdf", data); ledger.CodeOf(err) == "internal" {
			t.Fatal(err)
		}
	}
}

// Bombs: streams of objects that inflate beyond measure, and one stream that many objects claim.
func TestPDFBombs(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{"objects": {packed(repeated(400, "("+strings.Repeat("x", 15<<20)+")")...), "too_large"}, "aliases": {aliases(4000, 2<<20), "too_large"}} {
		_, err := Read(ctx, "f.pdf", bytes.NewReader(c.content), int64(len(c.content)), Options{})
		if ledger.CodeOf(err) != c.code {
			t.Errorf("%s (%d kB): %v", name, len(c.content)>>10, err)
		}
	}
	runtime.ReadMemStats(&after)
	grown := after.Sys - before.Sys
	t.Logf("grew by %d MB", grown>>20)
	if grown > 1<<30 {
		t.Errorf("grew by %d MB", grown>>20)
	}
}

func repeated(n int, s string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s
	}
	return out
}

// packed gives a PDF with those objects, from number 3 on, each in a compressed stream of objects of its own.
func packed(objects ...string) []byte {
	var b, table bytes.Buffer
	n, number := len(objects), 0
	entry := func(kind byte, at, index int) {
		table.Write([]byte{kind, byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at), byte(index)})
	}
	object := func(content string) {
		number++
		entry(1, b.Len(), 0)
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", number, content)
	}
	b.WriteString("%PDF-1.7\n")
	entry(0, 0, 0)
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(pages)
	for k := range n {
		entry(2, 3+n+k, 0)
		number++
	}
	last, same := "", ""
	for _, o := range objects {
		if o != last {
			last, same = o, deflated("3 0 "+o)
		}
		object(stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", same))
	}
	invoice := ciiOf("380", "", el("GrandTotalAmount", "120.00"))
	object(stream("/Type/EmbeddedFile", invoice))
	start := b.Len()
	entry(1, start, 0)
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n", number+1, number+2, table.Len())
	b.Write(table.Bytes())
	fmt.Fprintf(&b, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

// aliases gives a PDF in which n objects stand at the place of one stream of that size.
func aliases(n, size int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
	two := b.Len()
	b.WriteString("2 0 obj\n" + pages + "\nendobj\n")
	three := b.Len()
	b.WriteString("3 0 obj\n" + stream("", strings.Repeat("x", size)) + "\nendobj\n")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n", n+3, 9, two)
	for range n {
		fmt.Fprintf(&b, "%010d 00000 n \n", three)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", n+3, start)
	return b.Bytes()
}
