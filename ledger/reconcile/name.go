package reconcile

import (
	"math"
	"slices"
	"strings"

	"quitus/ledger"
)

// names finds customers by the words of their names.
type names struct {
	of      [][]name         // by customer: all names in use
	count   map[string]int   // customers whose names hold the word
	holders map[string][]int // the same, as indexes
	sorted  []string         // all words, for finding what an abbreviation stands for
	slips   map[string][]string
	weights map[string]float64 // of words that more than one customer shares
	total   int
}

// name is one name of a customer.
type name struct {
	words []string
	all   float64 // weight of all words
}

func newNames(customers []Customer) *names {
	n := &names{count: map[string]int{}, holders: map[string][]int{}, slips: map[string][]string{}, weights: map[string]float64{}, total: max(len(customers), 50)}
	n.of = make([][]name, len(customers))
	for i, c := range customers {
		for _, text := range c.Names {
			for _, v := range variants(text) {
				n.add(i, v)
			}
		}
	}
	for w, c := range n.count {
		if c > 1 {
			n.weights[w] = math.Log2(1+float64(n.total)/float64(c)) / math.Log2(1+float64(n.total)) * kindOf(w, false).weight()
		}
		n.sorted = append(n.sorted, w)
		for _, s := range slips(w) {
			n.slips[s] = append(n.slips[s], w)
		}
	}
	slices.Sort(n.sorted)
	for _, list := range n.slips {
		slices.Sort(list)
	}
	for i := range n.of {
		for j := range n.of[i] {
			for _, w := range n.of[i][j].words {
				n.of[i][j].all += n.weight(w)
			}
		}
	}
	return n
}

func (n *names) add(customer int, text string) {
	var words []string
	for _, w := range nameWords(text) {
		words = append(words, w.text)
		if h := n.holders[w.text]; len(h) == 0 || h[len(h)-1] != customer {
			n.holders[w.text] = append(h, customer)
			n.count[w.text]++
		}
	}
	if len(words) > 0 {
		n.of[customer] = append(n.of[customer], name{words: words})
	}
}

// variants gives a name without its part in brackets, and that part: a trade name mostly.
func variants(text string) []string {
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return []string{text}
	}
	return []string{text[:open] + " " + text[end+1:], text[open+1 : end]}
}

// weight says how much a word tells: from near 0, for one that many customers share, to 1.
func (n *names) weight(w string) float64 {
	if v, ok := n.weights[w]; ok {
		return v
	}
	return kindOf(w, false).weight()
}

// Likenesses of a word in a label and one of a name that are not the same.
const (
	cutLike   = 0.9  // the end was cut off
	shortLike = 0.75 // abbreviated
	slipLike  = 0.8  // one letter wrong, missing or too much
)

// likeness compares a word of a label with one of a name: 1 for the same, 0 for another.
func likeness(w word, of string) float64 {
	switch {
	case w.text == of:
		return 1
	case len(w.text) >= 3 && len(w.text) < len(of) && strings.HasPrefix(of, w.text):
		if w.cut && len(w.text) >= 4 {
			return cutLike
		}
		return shortLike
	case slip(w.text, of):
		return slipLike
	}
	return 0
}

// found is a customer whose name a label may hold.
type found struct {
	customer int
	likeness float64 // of the whole: 1 when every word of the one is in the other
	words    []string
	loose    float64 // weight of words in the label that are not in the name
}

// Least likeness of a name that counts at all, and what words count that are in one only.
const (
	leastLike  = 0.35
	likely     = 0.6 // from here on it is rather the same than another
	same       = 0.9 // from here on it is the same but for a slip
	missCost   = 0.7
	looseCost  = 0.5
	stubCost   = 0.25 // what remains of a word at the end of a line tells little
	minStub    = 5    // letters from which such a word counts in full
	manyShared = 600  // customers that one word is looked up for
)

// find gives the customers whose names are like some words, the likest first.
func (n *names) find(words []word) []found {
	var out []found
	for _, c := range n.candidates(words) {
		var best found
		for _, nm := range n.of[c] {
			if f := n.compare(words, nm); f.likeness > best.likeness {
				best = f
			}
		}
		if best.likeness >= leastLike {
			best.customer = c
			out = append(out, best)
		}
	}
	slices.SortFunc(out, func(a, b found) int {
		switch {
		case a.likeness > b.likeness:
			return -1
		case a.likeness < b.likeness:
			return 1
		}
		return a.customer - b.customer
	})
	return out
}

func (n *names) candidates(words []word) []int {
	seen := map[int]bool{}
	for _, w := range words {
		for _, v := range n.meant(w) {
			if h := n.holders[v]; len(h) <= manyShared {
				for _, c := range h {
					seen[c] = true
				}
			}
		}
	}
	out := make([]int, 0, len(seen))
	for c := range seen {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// meant gives the words of names that a word of a label may stand for.
func (n *names) meant(w word) []string {
	var out []string
	if len(w.text) >= 3 {
		i, _ := slices.BinarySearch(n.sorted, w.text)
		for ; i < len(n.sorted) && len(out) < 40 && strings.HasPrefix(n.sorted[i], w.text); i++ {
			out = append(out, n.sorted[i])
		}
	} else if n.count[w.text] > 0 {
		out = append(out, w.text)
	}
	for _, s := range slips(w.text) {
		for _, v := range n.slips[s] {
			if slip(w.text, v) && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}

// compare weighs what a label and a name share against what is in one only.
func (n *names) compare(words []word, nm name) found {
	var f found
	used := make([]bool, len(words))
	shared := 0.0
	for _, of := range nm.words {
		best, at := 0.0, -1
		for i, w := range words {
			if l := likeness(w, of); !used[i] && l > best {
				best, at = l, i
			}
		}
		if at >= 0 {
			used[at] = true
			shared += best * n.weight(of)
			f.words = append(f.words, of)
		}
	}
	for i, w := range words {
		switch {
		case used[i] || cutCopy(w, words[:i]):
		case w.cut && len(w.text) < minStub:
			f.loose += stubCost * n.weight(w.text)
		default:
			f.loose += n.weight(w.text)
		}
	}
	if shared > 0 {
		f.likeness = shared / (shared + missCost*max(nm.all-shared, 0) + looseCost*f.loose)
	}
	return f
}

// cutCopy says whether a word is the cut beginning of one before it.
func cutCopy(w word, before []word) bool {
	return w.cut && slices.ContainsFunc(before, func(o word) bool { return strings.HasPrefix(o.text, w.text) })
}

// minSlip is the least length of words in which a slip is tolerated.
const minSlip = 5

// slips gives the keys by which words that differ in one letter meet: the word, and the word without each letter.
func slips(w string) []string {
	if len(w) < minSlip {
		return nil
	}
	out := []string{w}
	for i := range len(w) {
		out = append(out, w[:i]+w[i+1:])
	}
	return out
}

// slip says whether two words differ by one letter that is wrong, missing, too much, or by two letters exchanged.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < minSlip || len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// learnt finds customers by the labels that confirmations taught.
type learnt map[string][]int

func newLearnt(customers []Customer) learnt {
	l := learnt{}
	for i, c := range customers {
		for _, a := range c.Aliases {
			l[a] = append(l[a], i)
		}
	}
	return l
}

// find gives the customers that an entry's payer is known to be: by the name, or by the whole label, which is what the
// accountant's lettering teaches.
func (l learnt) find(e *Entry, r *reading) []int {
	if len(l) == 0 {
		return nil
	}
	if label := payerLabel(e, r); label != "" && len(l[label]) > 0 {
		return l[label]
	}
	if label := ledger.PayerLabel(e.Label); label != "" {
		return l[label]
	}
	return nil
}
