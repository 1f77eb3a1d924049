package desk

import (
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/letters"
)

// files gives the copies of a letter's invoices, in its order.
func (w *Writer) files(l *letters.Letter) []letters.File {
	if w.copies == nil {
		w.copies = invoiceCopies(w.state.Book)
	}
	var out []letters.File
	for _, line := range l.Lines {
		kept := w.copies[line.Invoice]
		if len(kept) == 0 {
			continue
		}
		number := w.state.Book.Invoice(line.Invoice).Number
		for _, d := range kept {
			f := letters.File{Invoice: number, Name: d.Name}
			if d.Size <= letters.CopyMaxBytes {
				f.Content, f.Err = w.desk.store.Document(d.Hash)
			} else {
				f.Err = ledger.Errorf("copy_too_large", "file", d.Name, "most", letters.CopyMaxBytes>>20)
			}
			if f.Err != nil || letters.CanCopy(f.Content) || !isData(d.Name) {
				out = append(out, f)
			}
		}
	}
	return out
}

// isData says whether a file is an electronic invoice without pages, which is no use on paper.
func isData(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".xml") }

// invoiceCopies finds among the documents kept with invoices those that are the invoices themselves: files that were read as
// electronic invoices, and files with the invoice's number in their name. Anything else that the owner keeps with an invoice (a
// quotation, a note, a photograph) is the owner's, and is never sent by itself. Of copies with the same content one is taken.
func invoiceCopies(b *ledger.Book) map[ledger.InvoiceID][]*ledger.Document {
	read := map[ledger.Hash]bool{}
	for i := range b.Imports.All() {
		read[i.Hash] = true
	}
	out := map[ledger.InvoiceID][]*ledger.Document{}
	for d := range b.Documents.All() {
		i := b.Invoice(d.Invoice)
		if i == nil || !read[d.Hash] && !namesInvoice(d.Name, i.Number) {
			continue
		}
		same := func(o *ledger.Document) bool { return o.Hash == d.Hash }
		if !slices.ContainsFunc(out[d.Invoice], same) {
			out[d.Invoice] = append(out[d.Invoice], d)
		}
	}
	return out
}

// leastNumber is how many letters and digits of a number make a file's name that has them mean it.
const leastNumber = 3

// namesInvoice says whether a file's name has an invoice's number in it, whatever stands between its letters and digits; a number that
// goes on ("F-12" in "F-123.pdf") is another's.
func namesInvoice(file, number string) bool {
	name, wanted := alphanumeric(file), alphanumeric(number)
	if len(wanted) < leastNumber {
		return false
	}
	digit := func(r rune) bool { return r >= '0' && r <= '9' }
	for from := 0; ; {
		at := strings.Index(name[from:], wanted)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(wanted)
		before := at > 0 && digit(rune(name[at-1])) && digit(rune(wanted[0]))
		after := end < len(name) && digit(rune(name[end])) && digit(rune(wanted[len(wanted)-1]))
		if !before && !after {
			return true
		}
		from = at + 1
	}
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, ledger.Fold(s))
}
