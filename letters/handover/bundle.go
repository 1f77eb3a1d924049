package handover

import (
	"archive/zip"
	"bytes"
	"strings"
	"time"

	"quitus/ledger"
)

// File is one file of the zip.
type File struct {
	Name    string
	Content []byte
	Hash    ledger.Hash
}

// Bundle is a case as files.
type Bundle struct {
	Case  *Case
	Name  string // of the zip and of the bound document, without ending: ASCII
	Bound []byte // the document as PDF
	Zip   []byte
	Files []File // of the zip, in their order
}

// sumsName is the name of the list of digests, in the form that "sha256sum -c" reads.
const sumsName = "SHA256SUMS"

// Make writes the case; content gives the bytes of a kept document. The same case gives the same bytes. Errors are those of
// content, and letter_pdf_failed.
func (c *Case) Make(content func(ledger.Hash) ([]byte, error)) (*Bundle, error) {
	b := &Bundle{Case: c, Name: SafeName(c.reference())}
	files := make([][]byte, len(c.Exhibits))
	for k, x := range c.Exhibits {
		if files[k] = x.made; files[k] == nil {
			data, err := content(x.Hash)
			if err != nil {
				return nil, err
			}
			files[k] = data
		}
	}
	bound, err := c.bind(files)
	if err != nil {
		return nil, err
	}
	b.Bound = bound
	b.add("000-"+SafeName(c.w.T("handover.file.bound")+".pdf"), bound)
	for k, x := range c.Exhibits {
		b.add(x.File, files[k])
	}
	b.add(c.w.T("handover.file.manifest")+".txt", []byte(c.manifest(b.Files)))
	b.add(sumsName, []byte(sums(b.Files)))
	b.Zip, err = zipped(b.Files, c.Standings.On)
	return b, err
}

func (b *Bundle) add(name string, content []byte) {
	b.Files = append(b.Files, File{name, content, ledger.HashOf(content)})
}

// sums lists digests.
func sums(files []File) string {
	var s strings.Builder
	for _, f := range files {
		s.WriteString(string(f.Hash) + "  " + f.Name + "\n")
	}
	return s.String()
}

// manifest says to people what is in the zip and how to check it.
func (c *Case) manifest(files []File) string {
	w := c.w
	lines := []string{w.T("handover.title", "customer", oneLine(c.customer.Name)), w.T("handover.manifest.made", "creditor", oneLine(c.Book.Company().Name), "day", c.Standings.On), ""}
	lines = append(lines, w.T("handover.checking.how"), "", "  "+w.T("handover.checking.linux"), "  "+w.T("handover.checking.mac"), "  "+w.T("handover.checking.windows"), "",
		w.T("handover.checking.shows", "day", c.Standings.On), w.T("handover.checking.not"), "", w.T("handover.manifest.files"), "")
	for k, f := range files {
		title := w.T("handover.file.bound")
		if k > 0 {
			title = w.T("handover.manifest.exhibit", "number", c.Exhibits[k-1].Number, "title", oneLine(c.Exhibits[k-1].Title))
		}
		lines = append(lines, title, "  "+f.Name, "  "+string(f.Hash), "")
	}
	return strings.Join(lines, "\r\n")
}

// zipped packs files in their order, all as of one day.
func zipped(files []File, on ledger.Date) ([]byte, error) {
	y, m, d := on.Civil()
	day := time.Date(y, time.Month(m), d, 12, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		e, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: day})
		if err == nil {
			_, err = e.Write(f.Content)
		}
		if err != nil {
			return nil, ledger.Errorf("internal", "cause", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, ledger.Errorf("internal", "cause", err)
	}
	return out.Bytes(), nil
}
