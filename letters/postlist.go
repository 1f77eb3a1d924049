package letters

import (
	"fmt"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// PostList makes the list that goes to the post office with registered letters of a day: a line a letter with its addressee
// and its number, how many they are, and the place for the stamp.
func PostList(b *ledger.Book, list []*ledger.Letter, on ledger.Date, lang words.Lang, logo *Logo) *Letter {
	w := words.New(lang)
	l := NewPaper(b.Company(), "post_list", w.T("handover.post.reference", "day", on), w.T("handover.post.title"), on, lang, logo)
	t := &Table{Head: []string{w.T("handover.post.to"), w.T("handover.post.letter"), w.T("handover.post.number")}, Right: []bool{false, false, false}}
	for n, x := range list {
		c := b.Customer(x.Customer)
		to := fmt.Sprintf("%d. %s", n+1, c.Name)
		for _, line := range append(strings.Split(c.Address, "\n"), c.Postcode+" "+c.Town) {
			if line = strings.Join(strings.Fields(line), " "); line != "" {
				to += ", " + line
			}
		}
		number := x.Registered.Number
		if number == "" {
			number = w.T("handover.post.blank")
		}
		t.Rows = append(t.Rows, []string{to, w.T("letters.model." + x.Model), number})
	}
	l.Body = []Block{{Table: t}, {Sums: &Sums{Lines: [][2]string{{w.T("handover.post.count"), w.Number(len(list))}}}}}
	l.Signature = []string{w.T("handover.post.signature")}
	return l
}
