package letters

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
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
	offsets []int // of objects, the first is number 1; 0 for one that is still to be written
	scratch bytes.Buffer
	written map[[sha256.Size]byte]int // numbers of objects by what they hold
	numbers map[*pdfDocument][]int    // of a document’s objects in the file
}

// reserve gives the next number.
func (j *joiner) reserve() int {
	j.offsets = append(j.offsets, 0)
	return len(j.offsets)
}

// put writes what the scratch holds as the object of a number.
func (j *joiner) put(number int) {
	j.offsets[number-1] = j.out.Len()
	fmt.Fprintf(&j.out, "%d 0 obj\n", number)
	j.out.Write(j.scratch.Bytes())
	j.out.WriteString("\nendobj\n")
	j.scratch.Reset()
}

// take writes a document's objects and gives their numbers. What is in the file already, such as a logo or a typeface that many
// invoices carry, is not written again. What is referred to comes later in a document, so that it is taken from its end; what
// refers backwards is written last, and never shared.
func (j *joiner) take(doc *pdfDocument) []int {
	numbers := make([]int, len(doc.objects))
	var late []int
	for i := len(doc.objects) - 1; i >= 0; i-- {
		if !known(doc.objects[i], numbers) {
			numbers[i] = j.reserve()
			late = append(late, i)
			continue
		}
		j.write(doc.objects[i], numbers)
		sum := sha256.Sum256(j.scratch.Bytes())
		if n := j.written[sum]; n != 0 {
			numbers[i] = n
			j.scratch.Reset()
			continue
		}
		numbers[i] = j.reserve()
		j.written[sum] = numbers[i]
		j.put(numbers[i])
	}
	for _, i := range late {
		j.write(doc.objects[i], numbers)
		j.put(numbers[i])
	}
	return numbers
}

// known says whether all that an object refers to has a number.
func known(o types.Object, numbers []int) bool {
	switch o := o.(type) {
	case types.IndirectRef:
		return numbers[o.ObjectNumber.Value()-1] != 0
	case types.StreamDict:
		return known(o.Dict, numbers)
	case types.Dict:
		for _, v := range o {
			if !known(v, numbers) {
				return false
			}
		}
	case types.Array:
		return !slices.ContainsFunc(o, func(v types.Object) bool { return !known(v, numbers) })
	}
	return true
}

// join writes pages of documents one after the other. An object is written once, however often it comes.
func join(d document, spans []span) []byte {
	j := &joiner{written: map[[sha256.Size]byte]int{}, numbers: map[*pdfDocument][]int{}}
	j.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for _, s := range spans {
		if _, known := j.numbers[s.doc]; !known {
			j.numbers[s.doc] = j.take(s.doc)
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
			j.dict(page, j.numbers[s.doc], fmt.Sprintf("/Parent %d 0 R", tree))
			n := j.reserve()
			fmt.Fprintf(&kids, "%d 0 R ", n)
			j.put(n)
		}
	}
	fmt.Fprintf(&j.scratch, "<</Type/Pages/Count %d/Kids[%s]>>", count, kids.Bytes())
	j.put(j.reserve())
	fmt.Fprintf(&j.scratch, "<</Type/Catalog/Pages %d 0 R>>", tree)
	root := j.reserve()
	j.put(root)
	y, m, day := d.date.Civil()
	made := fmt.Sprintf("(D:%04d%02d%02d120000)", y, m, day)
	fmt.Fprintf(&j.scratch, "<</Title%s/Author%s/Creator(Quitus)/Producer(Quitus)/CreationDate%s/ModDate%s>>", pdfText(d.title), pdfText(d.author), made, made)
	info := j.reserve()
	j.put(info)
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

// write writes an object into the scratch, with the numbers that its references have in the file.
func (j *joiner) write(o types.Object, numbers []int) {
	b := &j.scratch
	switch o := o.(type) {
	case types.IndirectRef:
		b.WriteString(strconv.Itoa(numbers[o.ObjectNumber.Value()-1]))
		b.WriteString(" 0 R")
	case docRef:
		b.WriteString(strconv.Itoa(j.numbers[o.doc][o.n-1]))
		b.WriteString(" 0 R")
	case types.Dict:
		j.dict(o, numbers, "")
	case types.Array:
		b.WriteByte('[')
		for i, v := range o {
			if i > 0 {
				b.WriteByte(' ')
			}
			j.write(v, numbers)
		}
		b.WriteByte(']')
	case types.StreamDict:
		j.dict(o.Dict, numbers, "")
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
func (j *joiner) dict(d types.Dict, numbers []int, more string) {
	b := &j.scratch
	b.WriteString("<<")
	for _, k := range sortedKeys(d) {
		b.WriteString("/" + types.EncodeName(k) + " ")
		j.write(d[k], numbers)
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
