package einvoice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quitus/ledger"
	"quitus/ledger/imports/pdffile"
)

const maxFiles = 50 // embedded files looked at

// knownNames are the names under which the standards embed an invoice, the surest first: Factur-X 1.0 and ZUGFeRD 2,
// ZUGFeRD 1 and 2.0, XRechnung.
var knownNames = []string{"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"}

// embedded is a file inside a PDF.
type embedded struct {
	name   string
	stream types.StreamDict
}

// readPDF finds the invoice embedded in a PDF file.
func readPDF(ctx context.Context, content []byte, opts Options) (*Invoice, error) {
	limited, cancel := context.WithTimeout(ctx, pdffile.Time)
	defer cancel()
	type answer struct {
		i   *Invoice
		err error
	}
	done := make(chan answer, 1)
	go func() {
		i, err := extract(limited, content, opts)
		done <- answer{i, err}
	}()
	select {
	case a := <-done:
		if a.err == nil || limited.Err() == nil {
			return a.i, a.err
		}
	case <-limited.Done(): // whatever reads there has its next read refused
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, ledger.Errorf("einvoice_too_slow")
}

// extract opens the file and reads its embedded files until one is an invoice.
func extract(ctx context.Context, content []byte, opts Options) (i *Invoice, err error) {
	defer func() {
		if r := recover(); r != nil {
			i, err = nil, ledger.Errorf("damaged", "cause", fmt.Errorf("reading the PDF file: %v", r))
		}
	}()
	g := pdffile.NewGuard(ctx, content)
	doc, err := pdffile.Open(g)
	if err != nil {
		return nil, err
	}
	files, err := embeddedFiles(g, doc)
	if err != nil {
		return nil, err
	}
	var other error // why an embedded file that could have been one was not taken
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := f.stream.DecodeWithLimit(MaxXML); err != nil {
			other = ledger.Errorf("damaged", "cause", err)
			continue
		}
		i, err := readXML(ctx, f.stream.Content, opts)
		if err == nil {
			i.Format = "facturx"
			return i, nil
		}
		if ctx.Err() != nil {
			return nil, err
		}
		if code := ledger.CodeOf(err); other == nil && code != "einvoice_other_xml" && code != "einvoice_not_xml" {
			other = err
		}
	}
	if other != nil {
		return nil, other
	}
	if tail := content[max(0, len(content)-2048):]; !bytes.Contains(tail, []byte("%%EOF")) {
		return nil, ledger.Errorf("damaged", "cause", errors.New("the PDF file is cut off"))
	}
	return nil, ledger.Errorf("einvoice_none_in_pdf")
}

// embeddedFiles gives the files embedded in a document that may be XML, the likeliest first. All objects are looked
// through, so that a file is found whether the catalogue, a page or an annotation refers to it.
func embeddedFiles(g *pdffile.Guard, doc *model.Context) ([]embedded, error) {
	var out []embedded
	seen := map[int]bool{}
	numbers := make([]int, 0, len(doc.Table))
	for n := range doc.Table {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		entry := doc.Table[n]
		if entry == nil || entry.Free {
			continue
		}
		o := entry.Object
		if packed, ok := o.(types.LazyObjectStreamObject); ok {
			g.Look()
			if err := g.Over(); err != nil {
				return nil, err
			}
			if o, _ = packed.DecodedObject(g.Context()); o == nil {
				continue
			}
		}
		found, ok := fileOf(doc, o, seen)
		if ok && len(out) < maxFiles {
			out = append(out, found)
		}
	}
	rank := func(f embedded) int {
		name := strings.ToLower(f.name)
		switch i := slices.Index(knownNames, name); {
		case i >= 0:
			return i
		case strings.HasSuffix(name, ".xml"):
			return len(knownNames)
		}
		return len(knownNames) + 1
	}
	slices.SortStableFunc(out, func(a, b embedded) int { return rank(a) - rank(b) })
	return out, nil
}

// fileOf reads a file specification, ISO 32000-1 §7.11.3, or one in an annotation; seen are the streams known already.
func fileOf(doc *model.Context, o types.Object, seen map[int]bool) (embedded, bool) {
	o, err := doc.Dereference(o)
	if err != nil {
		return embedded{}, false
	}
	d, ok := o.(types.Dict)
	if !ok {
		return embedded{}, false
	}
	if fs, ok := d.Find("FS"); ok && d["EF"] == nil {
		if o, err := doc.DereferenceDict(fs); err == nil && o != nil {
			d = o
		}
	}
	ef, err := doc.DereferenceDict(d["EF"])
	if err != nil || ef == nil {
		return embedded{}, false
	}
	for _, key := range []string{"UF", "F"} {
		ref, ok := ef[key]
		if !ok {
			continue
		}
		if r, ok := ref.(types.IndirectRef); ok {
			if seen[r.ObjectNumber.Value()] {
				continue
			}
			seen[r.ObjectNumber.Value()] = true
		}
		if sd, _, err := doc.DereferenceStreamDict(ref); err == nil && sd != nil {
			return embedded{fileName(doc, d), *sd}, true
		}
	}
	return embedded{}, false
}

func fileName(doc *model.Context, d types.Dict) string {
	for _, key := range []string{"UF", "F"} {
		if s, err := doc.DereferenceText(d[key]); err == nil && s != "" {
			return s
		}
	}
	return ""
}
