package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/letters"
)

type lettersDoc struct {
	Batch   *string          `json:"batch"` // null where nothing was recorded
	Letters []letterDoc      `json:"letters"`
	Refused []refusedLetters `json:"refused,omitempty"`
}

type letterDoc struct {
	Customer string      `json:"customer"`
	Model    string      `json:"model"`
	File     string      `json:"file"`
	SHA256   ledger.Hash `json:"sha256"`
	Invoices []string    `json:"invoices"`
	Amount   string      `json:"amount"`
	Currency string      `json:"currency"`
	Warnings []errorBody `json:"warnings"`
}

type refusedLetters struct {
	Customer string `json:"customer"`
	errorBody
}

// runLetter writes the letters of a model to customers, one for each currency that it is about, and records them as
// sent, all as one batch. It obeys the owner: what speaks against a letter is a warning. A customer to whom there is
// nothing to write, or of whom the ledger lacks what the model tells, is refused.
func runLetter(c *call) (*reply, error) {
	model := c.args[0]
	if known := letters.Models(); !slices.Contains(known, model) {
		return nil, ledger.Errorf("model_unknown", "model", model, "models", known)
	}
	to, err := c.addressees(c.args[1:])
	if err != nil {
		return nil, err
	}
	doc := lettersDoc{Letters: []letterDoc{}}
	var written []*desk.Written
	var first error
	for n, r := range c.writeAll(to, model) {
		switch {
		case r.err == nil:
			written = append(written, r.made...)
			continue
		case statusOf(r.err) != Refused:
			return nil, r.err
		case first == nil:
			first = r.err
		}
		doc.Refused = append(doc.Refused, refusedLetters{to[n].Ref, errorBody{code(r.err), c.w.Error(r.err)}})
	}
	if len(written) == 0 {
		return nil, first
	}
	return c.deliver(doc, written)
}

// addressees gives the customers that the arguments name, each once.
func (c *call) addressees(refs []string) ([]*ledger.Customer, error) {
	var out []*ledger.Customer
	for _, ref := range refs {
		k, err := customer(c.desk.State().Book, ref)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out, nil
}

// attempt is what came of the letters to one customer.
type attempt struct {
	made []*desk.Written
	err  error
}

// writeAll makes the letters to all customers, several at a time, and gives them in the same order.
func (c *call) writeAll(to []*ledger.Customer, model string) []attempt {
	out := make([]attempt, len(to))
	writer := c.desk.Writer()
	var next atomic.Int64
	var work sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(to); n = int(next.Add(1)) - 1 {
				if out[n].err = c.ctx.Err(); out[n].err == nil {
					out[n].made, out[n].err = c.write(writer, to[n], model)
				}
			}
		})
	}
	work.Wait()
	return out
}

// write makes the letters to one customer: one for each currency that the model is about.
func (c *call) write(writer *desk.Writer, k *ledger.Customer, model string) (out []*desk.Written, err error) {
	defer caught(&err)
	var first error
	for _, currency := range c.desk.State().LetterCurrencies(k.ID, model) {
		w, err := writer.Write(desk.LetterRequest{Customer: k.ID, Model: model, Currency: currency})
		if err == nil {
			out = append(out, w)
		} else if first == nil {
			first = err
		}
	}
	if len(out) == 0 {
		return nil, first
	}
	return out, nil
}

// deliver writes the files, then records the letters. Where one of both fails, neither is left.
func (c *call) deliver(doc lettersDoc, written []*desk.Written) (*reply, error) {
	files := &files{dir: c.text("out"), taken: map[string]bool{}}
	b := c.desk.State().Book
	for _, w := range written {
		name := files.name(customerRef(b, w.Customer), w.Model, w.Date, w.Amount.Currency)
		if err := files.write(name, w.PDF); err != nil {
			files.remove()
			return nil, err
		}
		doc.Letters = append(doc.Letters, c.letter(w, name))
	}
	if !c.given("dry-run") {
		entry, err := c.desk.KeepLetters(c.ctx, written)
		if err != nil {
			files.remove()
			return nil, err
		}
		if batch := desk.Batch(entry); batch != "" {
			doc.Batch = &batch
		}
	}
	r := &reply{doc: doc, text: func(p *page) { p.letters(doc) }}
	if len(doc.Refused) > 0 {
		r.status = Refused
	}
	return r, nil
}

func (c *call) letter(w *desk.Written, file string) letterDoc {
	b := c.desk.State().Book
	doc := letterDoc{
		Customer: customerRef(b, w.Customer), Model: w.Model, File: file, SHA256: ledger.HashOf(w.PDF), Invoices: []string{},
		Currency: string(w.Amount.Currency), Warnings: []errorBody{},
	}
	for _, l := range w.Lines {
		doc.Invoices = append(doc.Invoices, b.Invoice(l.Invoice).Number)
	}
	// The amount is the principal, as in the agenda and on the invoices; interest is the claim's matter.
	doc.Amount = w.Principal.Decimal()
	for _, x := range w.Warnings {
		doc.Warnings = append(doc.Warnings, errorBody{x.Code, letters.WarningText(c.w, x)})
	}
	return doc
}

func (p *page) letters(doc lettersDoc) {
	for _, l := range doc.Letters {
		p.line(l.File)
		for _, w := range l.Warnings {
			p.line("  " + w.Message)
		}
	}
	for _, r := range doc.Refused {
		p.line(r.Customer + ": " + r.Message)
	}
	p.line("")
	if doc.Batch != nil {
		p.line(p.w.N("cli.letter.done", len(doc.Letters), "batch", *doc.Batch))
	} else {
		p.line(p.w.N("cli.letter.not_recorded", len(doc.Letters)))
	}
}

// files are those that a command writes into one folder.
type files struct {
	dir   string
	taken map[string]bool // names given, in small letters: not every system tells case apart
	added []string        // paths that were not there before
}

// name gives a letter's path: customer, model, day, and the currency where it is not the euro.
func (f *files) name(ref, model string, on ledger.Date, currency ledger.Currency) string {
	stem := safeName(ref) + "-" + model + "-" + on.String()
	if currency != ledger.EUR {
		stem += "-" + string(currency)
	}
	name := stem
	for n := 2; f.taken[strings.ToLower(name)]; n++ {
		name = stem + "-" + strconv.Itoa(n)
	}
	f.taken[strings.ToLower(name)] = true
	return filepath.Join(f.dir, name+".pdf")
}

// safeName makes a text that may come from a file part of a file's name.
func safeName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|. `, r) {
			return '_'
		}
		return r
	}, s)
}

func (f *files) write(path string, content []byte) error {
	_, err := os.Lstat(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err := desk.WriteFile(path, content); err != nil {
		return err
	}
	if fresh {
		f.added = append(f.added, path)
	}
	return nil
}

// remove takes away the files that were not there before.
func (f *files) remove() {
	for _, path := range f.added {
		os.Remove(path)
	}
}
