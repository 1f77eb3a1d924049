package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"quitus/ledger"
)

// named is what an entry names by number.
type named struct {
	whole    []int    // items named in full: letters, year and running number
	tails    []string // running numbers after a word for invoices
	ranges   [][2]int // from one running number to another
	orders   []int    // items of an order named
	customer int      // a customer named by code, or -1
	cut      []string // of the running numbers, those at the end of a line that may be cut
	lost     []string // running numbers that are not cut and that nothing has
}

// numbers finds what the numbers in an entry's texts name.
func (x *index) numbers(r *reading) *named {
	n := &named{customer: -1}
	for _, s := range r.said {
		n.addWhole(x.refs[s])
	}
	for i := 0; i < len(r.numbers); {
		i += x.numberAt(r.numbers[i:], n)
	}
	for _, t := range n.tails {
		if len(x.tails[t]) == 0 && !slices.Contains(n.cut, t) {
			n.lost = append(n.lost, t)
		}
	}
	return n
}

func (n *named) addWhole(items []int) {
	for _, i := range items {
		if !slices.Contains(n.whole, i) {
			n.whole = append(n.whole, i)
		}
	}
}

// numberAt reads the first of some numbers, along with those after it that complete it, and gives how many it took.
func (x *index) numberAt(list []number, n *named) int {
	for k := 3; k >= 1; k-- {
		if items := x.inFull(list, k); len(items) > 0 {
			n.addWhole(items)
			return k
		}
	}
	first := list[0]
	switch {
	case first.cue == otherCue:
	case first.cue == customerCue:
		if c, ok := x.codes[first.text]; ok {
			n.customer = c
		}
	case len(x.orders[first.text]) > 0 && (first.cue == orderCue || len(first.text) >= 5 && !allDigits(first.text)):
		n.orders = append(n.orders, x.orders[first.text]...)
	case first.cue == orderCue:
	default:
		n.partial(first, len(list) > 1 && list[1].next)
	}
	return 1
}

// inFull gives the items whose whole number the first k numbers make.
func (x *index) inFull(list []number, k int) []int {
	text := ""
	for i, p := range list {
		if i == k {
			break
		}
		if i > 0 && !p.next {
			return nil
		}
		text += p.text
	}
	if len(list) < k {
		return nil
	}
	first := list[0]
	digits := digitsOf(text)
	if first.cue == otherCue || first.cue == customerCue || first.cue == orderCue {
		return nil
	}
	if items := x.whole[text]; len(items) > 0 && (len(digits) >= 5 || first.cue == invoiceCue || len(digits) >= 3 && len(text) > len(digits)) {
		return items
	}
	if len(digits) < 5 || first.cue == noCue && len(text) > len(digits) && cues[strings.TrimRight(text, "0123456789")] != invoiceCue {
		return nil
	}
	return x.series(x.digits[digits], first)
}

// series keeps the credit notes of items with the same digits where one is spoken of, and else the invoices.
func (x *index) series(items []int, n number) []int {
	credit := strings.HasPrefix(n.text, "a")
	var out []int
	for _, i := range items {
		if (x.Items[i].Total < 0) == credit {
			out = append(out, i)
		}
	}
	if len(out) == 0 {
		return items
	}
	if len(out) > 1 {
		return nil
	}
	return out
}

// partial takes a number that is not one in full for a running number, or for two that a run lies between.
func (n *named) partial(p number, more bool) {
	prefix := strings.TrimRight(strings.TrimFunc(p.raw, func(r rune) bool { return strings.ContainsRune(".,;:()#", r) }), "0123456789-/")
	if !(p.cue == invoiceCue || cues[strings.Trim(prefix, "°.-")] == invoiceCue) {
		return
	}
	rest := strings.Trim(p.raw[len(prefix):], ".,;:()")
	groups := strings.FieldsFunc(rest, func(r rune) bool { return r == '-' || r == '/' })
	if len(groups) == 2 && !isYear(groups[0]) {
		from, err1 := strconv.Atoi(groups[0])
		to, err2 := strconv.Atoi(groups[1])
		if err1 == nil && err2 == nil && from < to && len(groups[1]) <= 7 && to-from < 5000 {
			n.ranges = append(n.ranges, [2]int{from, to})
			return
		}
	}
	if len(groups) == 0 || more && isYear(groups[0]) {
		return
	}
	if t := strings.TrimLeft(groups[len(groups)-1], "0"); t != "" && len(t) <= 8 && allDigits(t) {
		n.tails = append(n.tails, t)
		if p.cut {
			n.cut = append(n.cut, t)
		}
	}
}

// referred is what the issuer put into a structured reference, folded; "" for any other text.
func referred(text string) string {
	r, _ := ledger.StructuredReference(alnum(ledger.Fold(text)))
	return strings.ToLower(r.Given())
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isYear says whether digits are a year of our time.
func isYear(s string) bool { return len(s) == 4 && (s[:2] == "20" || s[:2] == "19") }

// namedOf gives the items of one customer that an entry names, by whatever form of number.
func (x *index) namedOf(c int, n *named) []int {
	var out []int
	add := func(i int) {
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	id := x.Customers[c].ID
	for _, list := range [][]int{n.whole, n.orders} {
		for _, i := range list {
			if x.Items[i].Customer == id {
				add(i)
			}
		}
	}
	for _, t := range n.tails {
		for _, i := range x.tails[t] {
			if x.Items[i].Customer == id && x.Items[i].Total >= 0 {
				add(i)
			}
		}
	}
	return out
}

// misspelt says whether a running number that nothing has is one of some items with one slip of the pen.
func (x *index) misspelt(lost []string, items []int) bool {
	return slices.ContainsFunc(lost, func(t string) bool {
		return slices.ContainsFunc(items, func(i int) bool { return digitSlip(t, x.tail[i]) })
	})
}

// digitSlip says whether two running numbers differ by one digit, or by two neighbours exchanged.
func digitSlip(a, b string) bool {
	for len(a) < len(b) {
		a = "0" + a
	}
	for len(b) < len(a) {
		b = "0" + b
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) || len(a) < 3 {
		return false
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
