package desk

import (
	"cmp"
	"fmt"
	"slices"

	"quitus/assets/words"
	"quitus/letters"
)

// LetterBatch is a print run: letters in the order in which they are folded, with the list that lies on top.
type LetterBatch struct {
	Letters []*Written
	Cover   *letters.Letter // nil for none
	PDF     []byte
	Pages   int // of all, the list's included
}

// MakeBatch puts prepared letters together for printing; what is no letter, or failed, is left out. Those that go by ordinary post come
// first, then those that go to the counter; of each, letters of as many pages lie together, which fold and frank alike. Nothing is
// recorded. Errors are those of [letters.Batch].
func (d *Desk) MakeBatch(list []Doing, cover bool, lang words.Lang) (*LetterBatch, error) {
	b := &LetterBatch{}
	for i := range list {
		if list[i].Err == nil && list[i].Letter != nil {
			b.Letters = append(b.Letters, list[i].Letter)
		}
	}
	slices.SortStableFunc(b.Letters, func(x, y *Written) int {
		return cmp.Or(compareBools(x.Delivery != "", y.Delivery != ""), cmp.Compare(x.Sheets(), y.Sheets()))
	})
	var all []*letters.Letter
	for _, w := range b.Letters {
		all = append(all, w.Letter)
		b.Pages += w.Sheets()
	}
	if cover && len(all) > 0 {
		s := d.State()
		b.Cover = letters.BatchList(s.Book, all, s.On, lang, d.logo(s.Book))
		b.Pages += b.Cover.PageCount()
		all = slices.Insert(all, 0, b.Cover)
	}
	var err error
	b.PDF, err = letters.Batch(all)
	return b, err
}

func compareBools(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// BatchFile is one file of a batch that is saved a file each: its name begins with its place in the run.
type BatchFile struct {
	Name    string
	Content []byte
}

// Separate gives the batch as a file for each letter, after the list. Errors are those of [letters.Batch].
func (b *LetterBatch) Separate(listName string) ([]BatchFile, error) {
	var out []BatchFile
	if b.Cover != nil {
		pdf, err := b.Cover.PDF()
		if err != nil {
			return nil, err
		}
		out = append(out, BatchFile{listName, pdf})
	}
	for n, w := range b.Letters {
		out = append(out, BatchFile{fmt.Sprintf("%03d-%s.pdf", n+1, w.Reference), w.PDF})
	}
	return out, nil
}
