package letters

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quitus/ledger"
)

// This file writes the pages of several documents as one file. Nothing in the result depends on the day or the machine, so
// that the same letters give the same bytes.

// span is some pages of a document.
type span struct {
	doc      *pdfDocument
	from, to int
}

// joiner writes several documents' pages as one file.
type joiner struct {
	out     bytes.Buffer
	offsets []int // of objects, the first is number 1
	base    map[*pdfDocument]int
}

// begin begins an object and gives its number.
func (j *joiner) begin() int {
	j.offsets = append(j.offsets, j.out.Len())
	fmt.Fprintf(&j.out, "%d 0 obj\n", len(j.offsets))
	return len(j.offsets)
}

func (j *joiner) end() { j.out.WriteString("\nendobj\n") }

// join writes pages of documents one after the other. A document's objects are written once, however often its pages come.
func join(d document, spans []span) []byte {
	j := &joiner{}
	j.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	base := map[*pdfDocument]int{}
	j.base = base
	for _, s := range spans {
		if _, known := base[s.doc]; known {
			continue
		}
		base[s.doc] = len(j.offsets)
		for _, o := range s.doc.objects {
			j.begin()
			j.write(o, base[s.doc])
			j.end()
		}
	}
	count := 0
	for _, s := range spans {
		count += s.to - s.from
	}
	tree := len(j.offsets) + count + 1
	var kids bytes.Buffer
	for _, s := range spans {
		for _, page := range s.doc.pages[s.from:s.to] {
			fmt.Fprintf(&kids, "%d 0 R ", j.begin())
			j.dict(page, base[s.doc], fmt.Sprintf("/Parent %d 0 R", tree))
			j.end()
		}
	}
	j.begin()
	fmt.Fprintf(&j.out, "<</Type/Pages/Count %d/Kids[%s]>>", count, kids.Bytes())
	j.end()
	root := j.begin()
	fmt.Fprintf(&j.out, "<</Type/Catalog/Pages %d 0 R>>", tree)
	j.end()
	info := j.begin()
	y, m, day := d.date.Civil()
	made := fmt.Sprintf("(D:%04d%02d%02d120000)", y, m, day)
	fmt.Fprintf(&j.out, "<</Title%s/Author%s/Creator(Quitus)/Producer(Quitus)/CreationDate%s/ModDate%s>>", pdfText(d.title), pdfText(d.author), made, made)
	j.end()
	start := j.out.Len()
	fmt.Fprintf(&j.out, "xref\n0 %d\n0000000000 65535 f \n", len(j.offsets)+1)
	for _, at := range j.offsets {
		fmt.Fprintf(&j.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&j.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(j.offsets)+1, root, info, start)
	return j.out.Bytes()
}

// pdfText writes a text as UTF-16 in hexadecimal digits.
func pdfText(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", u)
	}
	return string(append(b, '>'))
}

// write writes an object, its references moved on by base.
func (j *joiner) write(o types.Object, base int) {
	b := &j.out
	switch o := o.(type) {
	case types.IndirectRef:
		b.WriteString(strconv.Itoa(o.ObjectNumber.Value() + base))
		b.WriteString(" 0 R")
	case docRef:
		b.WriteString(strconv.Itoa(o.n + j.base[o.doc]))
		b.WriteString(" 0 R")
	case types.Dict:
		j.dict(o, base, "")
	case types.Array:
		b.WriteByte('[')
		for i, v := range o {
			if i > 0 {
				b.WriteByte(' ')
			}
			j.write(v, base)
		}
		b.WriteByte(']')
	case types.StreamDict:
		j.dict(o.Dict, base, "")
		b.WriteString("\nstream\n")
		b.Write(o.Raw)
		b.WriteString("\nendstream")
	case types.Float:
		b.WriteString(strconv.FormatFloat(float64(o), 'f', -1, 64))
	case nil:
		b.WriteString("null")
	default:
		b.WriteString(o.PDFString())
	}
}

// dict writes a dictionary in the order of its keys, with something more in it.
func (j *joiner) dict(d types.Dict, base int, more string) {
	b := &j.out
	b.WriteString("<<")
	for _, k := range sortedKeys(d) {
		b.WriteString("/" + types.EncodeName(k) + " ")
		j.write(d[k], base)
	}
	b.WriteString(more + ">>")
}

// withCopies puts each letter's copies behind its pages; starts are the numbers of the letters' first pages in the file of
// letters, from 0, and one more for its end. The error's code is "letter_pdf_failed".
func withCopies(d document, file []byte, list []*Letter, starts []int) ([]byte, error) {
	own, err := readPDF(context.WithValue(context.Background(), ownPages{}, true), file)
	if err == nil && len(own.pages) != starts[len(list)] {
		err = fmt.Errorf("%d pages of letters are read, not %d", len(own.pages), starts[len(list)])
	}
	if err != nil {
		return nil, ledger.Errorf("letter_pdf_failed", "cause", err)
	}
	var spans []span
	for i, l := range list {
		spans = append(spans, span{&own, starts[i], starts[i+1]})
		for _, c := range l.Copies {
			spans = append(spans, span{&c.doc, 0, c.Pages()})
		}
	}
	return join(d, spans), nil
}
