package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// index finds what the entries may be about without reading the whole world for each.
type index struct {
	*World
	names   *names
	learnt  learnt
	own     map[string]bool // labels of the owner's company
	account map[string]bool
	ibans   map[string][]int // customers
	codes   map[string]int   // customers
	number  map[ledger.CustomerID]int
	item    map[ledger.InvoiceID]int
	of      [][]int          // items of each customer in the order of issue
	whole   map[string][]int // items by number, letters and digits
	digits  map[string][]int // items by the digits of their number
	tails   map[string][]int // items by the end of their number
	orders  map[string][]int // items by order number
	refs    map[string][]int // items by what structured references hold
	amounts map[amountKey][]int
	tail    []string // of each item
	balance []balance
	told    []int64 // of each item: what the register says was paid and no payment accounts for
}

type amountKey struct {
	amount   int64
	currency ledger.Currency
}

func newIndex(w *World) *index {
	x := &index{
		World: w, names: newNames(w.Customers), learnt: newLearnt(w.Customers), own: map[string]bool{}, account: map[string]bool{},
		ibans: map[string][]int{}, codes: map[string]int{}, number: map[ledger.CustomerID]int{}, item: map[ledger.InvoiceID]int{},
		of: make([][]int, len(w.Customers)), whole: map[string][]int{}, digits: map[string][]int{}, tails: map[string][]int{},
		orders: map[string][]int{}, refs: map[string][]int{}, amounts: map[amountKey][]int{},
		tail: make([]string, len(w.Items)), balance: make([]balance, len(w.Items)), told: make([]int64, len(w.Items)),
	}
	for _, n := range w.Company {
		x.own[ownKey(nameWords(n))] = true
	}
	delete(x.own, "")
	for _, a := range w.Accounts {
		x.account[a] = true
	}
	for i, c := range w.Customers {
		x.number[c.ID] = i
		for _, b := range c.IBANs {
			x.ibans[b] = append(x.ibans[b], i)
		}
		if code := alnum(ledger.Fold(c.Code)); code != "" {
			x.codes[code] = i
		}
	}
	for i := range w.Items {
		x.add(i)
	}
	for _, list := range x.of {
		slices.SortFunc(list, func(a, b int) int {
			p, q := &w.Items[a], &w.Items[b]
			return cmp.Or(cmp.Compare(p.Issued, q.Issued), cmp.Compare(p.Number, q.Number), cmp.Compare(p.ID, q.ID))
		})
	}
	return x
}

func (x *index) add(i int) {
	it := &x.Items[i]
	x.item[it.ID] = i
	x.balance[i].open, x.told[i] = it.Open, it.Told
	if c, ok := x.number[it.Customer]; ok {
		x.of[c] = append(x.of[c], i)
	}
	folded := ledger.Fold(it.Number)
	put := func(m map[string][]int, key string) {
		if key != "" {
			m[key] = append(m[key], i)
		}
	}
	put(x.whole, alnum(folded))
	put(x.digits, digitsOf(folded))
	x.tail[i] = tailOf(folded, it.Issued)
	put(x.tails, x.tail[i])
	if o := alnum(ledger.Fold(it.OrderRef)); len(o) >= 4 && strings.ContainsAny(o, "0123456789") {
		put(x.orders, o)
	}
	put(x.refs, alnum(folded))
	put(x.refs, strings.TrimLeft(digitsOf(folded), "0"))
	for _, r := range it.References {
		put(x.refs, referred(r))
	}
	x.priced(i, it.Open)
}

// priced notes that an amount may be open of an item, now or once a payment is taken back.
func (x *index) priced(i int, amount int64) {
	k := amountKey{amount, x.Items[i].Currency}
	if amount > 0 && !slices.Contains(x.amounts[k], i) {
		x.amounts[k] = append(x.amounts[k], i)
	}
}

// use settles a part of an item on a day.
func (x *index) use(i int, on ledger.Date, amount int64) {
	b := &x.balance[i]
	b.moves = append(b.moves, move{on, amount})
	x.priced(i, b.at(on))
}

// digitsOf keeps the digits of a text.
func digitsOf(t string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, t)
}

// tailOf gives the running number at the end of an invoice number, without the year that stands before it and without
// leading zeros.
func tailOf(number string, issued ledger.Date) string {
	groups := strings.FieldsFunc(number, func(r rune) bool { return r < '0' || r > '9' })
	if len(groups) == 0 {
		return ""
	}
	g := groups[len(groups)-1]
	if y, _, _ := issued.Civil(); len(g) > 5 && strings.HasPrefix(g, issued.String()[:4]) && y > 0 {
		g = g[4:]
	}
	return strings.TrimLeft(g, "0")
}

// ownKey is how the owner's own names are compared.
func ownKey(words []word) string {
	var out []string
	for _, w := range words {
		out = append(out, w.text)
	}
	return strings.Join(out, " ")
}
