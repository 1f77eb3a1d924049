package handover

import (
	"context"

	"quitus/ledger"
	"quitus/letters"
)

// bind writes the document with the exhibits' own pages behind it, each under its number, all pages numbered through; files are the
// exhibits' contents. What cannot be read as pages has one that says so: the file itself is in the zip.
func (c *Case) bind(files [][]byte) ([]byte, error) {
	list := make([]letters.Appendix, len(files))
	for k, x := range c.Exhibits {
		list[k] = c.appendix(x, files[k])
	}
	pages := make([]int, len(list))
	l := c.bound(pages)
	// The list of exhibits tells the pages, and its own length tells what they are: a second look is enough unless a number more makes a
	// line more.
	for range mostLooks {
		at, settled := l.PageCount()+1, true
		for k := range list {
			settled = settled && pages[k] == at
			pages[k] = at
			at += list[k].PageCount()
		}
		l = c.bound(pages)
		if settled {
			break
		}
	}
	return letters.Bind(l, list)
}

const mostLooks = 5

// appendix makes an exhibit ready to be bound.
func (c *Case) appendix(x Exhibit, content []byte) letters.Appendix {
	a := letters.Appendix{Mark: c.w.T("handover.exhibit.mark", "number", x.Number), Title: oneLine(x.Title), Text: x.text}
	if a.Text != nil {
		return a
	}
	pages, err := letters.NewCopy(context.Background(), x.File, content)
	if err != nil {
		a.Text = []string{c.w.T("handover.exhibit.unbound", "number", x.Number, "file", x.File), "", c.w.T("handover.exhibit.why." + ledger.CodeOf(err)), "", c.w.T("handover.exhibit.digest", "hash", string(x.Hash))}
		return a
	}
	a.Copy = pages
	return a
}
