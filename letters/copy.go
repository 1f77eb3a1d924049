package letters

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports/pdffile"
)

// Bounds of a copy that goes with a letter: bytes of its file and pages; what is kept of a picture, for print.
const (
	CopyMaxBytes = 20 << 20
	copyMaxPages = 50
	copyPixels   = 2000 // 170 dots an inch over a page
)

// Copy is a file made ready to be printed after a letter: the pages of a PDF, or a picture as a page of its own.
type Copy struct {
	name string
	doc  pdfDocument
}

// Name is the file's name.
func (c *Copy) Name() string { return c.name }

// Pages is how many pages it has.
func (c *Copy) Pages() int { return len(c.doc.pages) }

// CanCopy says whether a file is of a kind that is printed after letters, by its content: PDF, PNG or JPEG.
func CanCopy(content []byte) bool { return isPDF(content) || isPicture(content) }

func isPDF(content []byte) bool {
	return bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-"))
}

func isPicture(content []byte) bool {
	return bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")) || bytes.HasPrefix(content, []byte("\xff\xd8\xff"))
}

// NewCopy reads a PDF, PNG or JPEG file, which may be damaged or hostile, within bounds of time and memory. Scripts, links
// and whatever else is no part of the pages stay out. The errors' codes are copy_kind, copy_too_large (facts file, most),
// copy_pages (file, most), copy_encrypted, copy_damaged (file), and that of the context.
func NewCopy(ctx context.Context, name string, content []byte) (*Copy, error) {
	switch {
	case !CanCopy(content):
		return nil, ledger.Errorf("copy_kind", "file", name)
	case len(content) > CopyMaxBytes:
		return nil, ledger.Errorf("copy_too_large", "file", name, "most", CopyMaxBytes>>20)
	}
	limited, cancel := context.WithTimeout(ctx, pdffile.Time)
	defer cancel()
	type answer struct {
		doc pdfDocument
		err error
	}
	done := make(chan answer, 1)
	go func() {
		doc, err := readCopy(limited, content)
		done <- answer{doc, err}
	}()
	var a answer
	select {
	case a = <-done:
	case <-limited.Done(): // whatever reads there has its next read refused
		a.err = limited.Err()
	}
	switch code := ledger.CodeOf(a.err); {
	case a.err == nil && len(a.doc.pages) > copyMaxPages:
		return nil, ledger.Errorf("copy_pages", "file", name, "most", copyMaxPages)
	case a.err == nil:
		return &Copy{name, a.doc}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case code == "encrypted":
		return nil, ledger.Errorf("copy_encrypted", "file", name)
	case code == "copy_too_large":
		return nil, ledger.Errorf("copy_too_large", "file", name, "most", CopyMaxBytes>>20)
	}
	return nil, ledger.Errorf("copy_damaged", "file", name, "cause", a.err)
}

func readCopy(ctx context.Context, content []byte) (doc pdfDocument, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = pdfDocument{}, fmt.Errorf("reading the file: %v", r)
		}
	}()
	if isPDF(content) {
		return readPDF(ctx, content)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return doc, err
	}
	if config.Width < 1 || config.Height < 1 || config.Width > logoMaxPixels/config.Height {
		return doc, ledger.Errorf("copy_too_large")
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return doc, err
	}
	var b bytes.Buffer
	small := shrink(picture, copyPixels)
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: 85}); err != nil {
		return doc, err
	}
	page, err := picturePage(&Logo{data: b.Bytes(), kind: "JPG", width: small.Rect.Dx(), height: small.Rect.Dy()})
	if err != nil {
		return doc, err
	}
	return readPDF(ctx, page)
}

// File is a file that the ledger keeps with an invoice.
type File struct {
	Invoice string // its number
	Name    string
	Content []byte
	Err     error // why the ledger could not give it, or nil
}

// Enclose puts copies of invoices behind a letter and names them in it. A file that cannot be printed is left out with the
// warning copy_left_out (facts file and reason), and the letter goes without it. The error is that of the context.
func (l *Letter) Enclose(ctx context.Context, files []File) ([]Warning, error) {
	w := words.New(words.Lang(l.Lang))
	var warnings []Warning
	var numbers []string
	for _, f := range files {
		c, err := (*Copy)(nil), f.Err
		if err == nil {
			c, err = NewCopy(ctx, f.Name, f.Content)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			warnings = append(warnings, Warning{"copy_left_out", []any{"file", f.Name, "reason", w.Error(err)}})
			continue
		}
		l.Copies = append(l.Copies, c)
		if !slices.Contains(numbers, f.Invoice) {
			numbers = append(numbers, f.Invoice)
		}
	}
	if len(numbers) > 0 && l.Enclosures == "" {
		l.Enclosures = enclosed(w, numbers)
	}
	return warnings, nil
}

// mostNamed is how many invoices are named in the list of enclosures; where they are more, they are counted.
const mostNamed = 6

// enclosed names the invoices whose copies go along, or counts them where they are many.
func enclosed(w *words.Words, numbers []string) string {
	if n := len(numbers); n > mostNamed {
		return w.N("letters.enclosures_many", n)
	}
	return w.N("letters.enclosures", len(numbers), "numbers", strings.Join(numbers, ", "))
}
