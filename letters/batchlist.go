package letters

import (
	"fmt"
	"strconv"

	"quitus/assets/words"
	"quitus/ledger"
)

// emptyBox is ticked by hand.
const emptyBox = "□"

// Sheets is how many pages of paper a letter takes, with its copies.
func (l *Letter) Sheets() int {
	n := l.PageCount()
	for _, c := range l.Copies {
		n += c.Pages()
	}
	return n
}

// BatchList makes the list that lies on top of a print run: a line a letter with its place in the run, whom it goes to, what it is, how
// many pages it has, what it asks for, and a box to tick once it is in its envelope. The page numbers count the list itself.
func BatchList(b *ledger.Book, list []*Letter, on ledger.Date, lang words.Lang, logo *Logo) *Letter {
	l := batchList(b, list, on, lang, logo, 1)
	return batchList(b, list, on, lang, logo, l.PageCount())
}

func batchList(b *ledger.Book, list []*Letter, on ledger.Date, lang words.Lang, logo *Logo, own int) *Letter {
	w := words.New(lang)
	l := NewPaper(b.Company(), "batch_list", w.T("batch.reference", "day", on), w.T("batch.title", "day", on), on, lang, logo)
	t := &Table{Right: []bool{false, false, true, true, true, false, false}}
	for _, k := range []string{"to", "letter", "page", "pages", "amount", "way", "done"} {
		t.Head = append(t.Head, w.T("batch."+k))
	}
	sums, sheets, registered := ledger.Sums{}, 0, 0
	for n, x := range list {
		name := ""
		if c := b.Customer(x.Customer); c != nil {
			name = c.Name
		}
		way := ""
		if x.Delivery != "" {
			way = w.T("batch.registered")
			registered++
		}
		amount := ""
		if x.Amount.Currency != "" {
			amount = w.Money(x.Amount)
			sums.Add(x.Amount)
		}
		t.Rows = append(t.Rows, []string{
			fmt.Sprintf("%d. %s", n+1, printed(name)), w.Letter(x.Model), strconv.Itoa(own + sheets + 1), strconv.Itoa(x.Sheets()), amount, way, emptyBox,
		})
		sheets += x.Sheets()
	}
	count := &Sums{Lines: [][2]string{{w.T("batch.count"), w.Number(len(list))}, {w.T("batch.registered_count"), w.Number(registered)}, {w.T("batch.sheets"), w.Number(sheets)}}}
	for _, m := range sums.List() {
		count.Lines = append(count.Lines, [2]string{w.T("batch.amount"), w.Money(m)})
	}
	l.Body = []Block{{Table: t}, {Sums: count}}
	return l
}
