package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"quitus/ledger"
)

// chequeMotifs begin the labels of deposits of cheques.
var chequeMotifs = []string{"remise chq", "remise cheque", "rem chq", "rem cheque", "remise de cheque", "remise de chq", "depot cheque", "depot de cheque", "encaissement cheque"}

// isCheques says whether an entry is of cheques.
func isCheques(e *Entry) bool {
	return e.Type == ledger.EntryCheques || e.Type == ledger.EntryOther && begins(plain(e.Label), chequeMotifs)
}

var (
	chequeWords = setOf(strings.Fields("chq chqs cheq cheque cheques"))
	countWords  = setOf(strings.Fields("nb nbr nbre nombre"))
)

// Cheques says whether an entry is of cheques, and how many they are; 0 where it does not tell.
func Cheques(e *Entry) (n int, ok bool) {
	if !isCheques(e) {
		return 0, false
	}
	return cheques(e), true
}

// cheques gives how many cheques an entry is of, where it tells: by the bank's own count, or in its label as in NB 3, DE 5
// CHQ, REMISE 3 CHEQUES, NB CHQ 4.
func cheques(e *Entry) int {
	if e.BatchSize > 0 {
		return e.BatchSize
	}
	words := strings.FieldsFunc(ledger.Fold(e.Label), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	is := func(set map[string]bool, i int) bool { return i >= 0 && i < len(words) && set[words[i]] }
	of := func(i int) bool { return i >= 0 && words[i] == "de" }
	for i, w := range words {
		if len(w) > 3 || !allDigits(w) || strings.Trim(w, "0") == "" {
			continue
		}
		ahead := is(chequeWords, i-1) && (is(countWords, i-2) || of(i-2) && is(countWords, i-3))
		if is(countWords, i-1) || is(chequeWords, i+1) || of(i-1) && i == len(words)-1 || ahead {
			n := 0
			for _, c := range w {
				n = n*10 + int(c-'0')
			}
			return n
		}
	}
	return 0
}

// maxSums is how many sums of one half of a combination are made. Where there are more, combinations are so many that most
// amounts come about by chance, and more often than an answer could tell.
const maxSums = 50_000

// deposits weighs that a deposit of so many cheques, which nothing else tells of, is of as many open invoices or, where no
// invoices come to the amount, of invoices and all that some customers owe. It is never recorded, and proposed only where
// at most three combinations come to the amount.
func (q *question) deposits() {
	if q.several < 2 || len(q.list) > 0 || len(q.ways) > 0 {
		return
	}
	units := q.units()
	for _, list := range [][]unit{onlyInvoices(units), units} {
		sets, all := sumsOf(list, q.several, q.amount)
		if !all || len(sets) > maxAlternatives {
			q.deposit = "cheques_many"
			return
		}
		for _, set := range sets {
			q.ways = append(q.ways, q.chequesWay(set, shareWhole/combinations(len(list), q.several)))
		}
		if len(sets) > 0 {
			return
		}
	}
	q.deposit = "cheques_none"
}

// unit is what one cheque may pay: an invoice, or all that a customer owes.
type unit struct {
	invoices []openItem
	customer ledger.CustomerID
	sum      int64
}

// units gives what one of several cheques may pay, in the order of amounts.
func (q *question) units() []unit {
	var out []unit
	owed := map[ledger.CustomerID]*unit{}
	for i := range q.Items {
		it := &q.Items[i]
		free := q.free(i)
		if free <= 0 || free >= q.amount || it.Total < 0 || it.Currency != q.e.Amount.Currency || it.Issued > q.e.On {
			continue
		}
		o := openItem{i, free}
		out = append(out, unit{[]openItem{o}, it.Customer, free})
		u := owed[it.Customer]
		if u == nil {
			u = &unit{customer: it.Customer}
			owed[it.Customer] = u
		}
		u.invoices, u.sum = append(u.invoices, o), u.sum+free
	}
	for _, u := range owed {
		if len(u.invoices) > 1 && u.sum < q.amount {
			out = append(out, *u)
		}
	}
	slices.SortFunc(out, func(a, b unit) int {
		return cmp.Or(cmp.Compare(a.sum, b.sum), cmp.Compare(len(a.invoices), len(b.invoices)), cmp.Compare(a.invoices[0].item, b.invoices[0].item))
	})
	return out
}

func onlyInvoices(units []unit) []unit {
	return slices.DeleteFunc(slices.Clone(units), func(u unit) bool { return len(u.invoices) > 1 })
}

// chequesWay makes a way of what some cheques pay.
func (q *question) chequesWay(set []unit, weight float64) way {
	var invoices []openItem
	for k, u := range set {
		invoices = append(invoices, u.invoices...)
		if slices.ContainsFunc(set[:k], func(o unit) bool { return o.customer == u.customer }) {
			weight *= shareSameTwice
		}
	}
	w := q.wayOf(formCheques, invoices, nil)
	w.customer, w.weight, w.alike = several, weight, 1
	if q.ofOne(w.items) {
		w.customer = q.number[q.Items[w.items[0]].Customer]
	}
	return w
}

// sumsOf gives the combinations of n units that come to a sum and share no invoice, one more than [maxAlternatives] at most,
// and whether all could be looked through. They meet in the middle: the sums of the smaller half of each combination are
// kept, and looked up for what the larger half leaves.
func sumsOf(units []unit, n int, sum int64) (found [][]unit, all bool) {
	low, high := n/2, n-n/2
	if len(units) < n {
		return nil, true
	}
	if combinations(len(units), high) > maxSums {
		return nil, false
	}
	lower := map[int64][][]int{}
	choose(units, low, func(pick []int, s int64) bool {
		if s < sum {
			lower[s] = append(lower[s], slices.Clone(pick))
		}
		return true
	})
	looked := 0
	choose(units, high, func(pick []int, s int64) bool {
		for _, l := range lower[sum-s] {
			if looked++; looked > maxSums {
				return false
			}
			if l[low-1] >= pick[0] {
				continue
			}
			if set := unitsOf(units, l, pick); apart(set) {
				found = append(found, set)
			}
			if len(found) > maxAlternatives {
				return false
			}
		}
		return true
	})
	return found, looked <= maxSums
}

// choose calls yield with the indexes of every combination of n units, ascending, and its sum, until it says no.
func choose(units []unit, n int, yield func([]int, int64) bool) {
	pick := make([]int, 0, n)
	var next func(from int, sum int64) bool
	next = func(from int, sum int64) bool {
		if len(pick) == n {
			return yield(pick, sum)
		}
		for i := from; i <= len(units)-(n-len(pick)); i++ {
			pick = append(pick, i)
			more := next(i+1, sum+units[i].sum)
			if pick = pick[:len(pick)-1]; !more {
				return false
			}
		}
		return true
	}
	next(0, 0)
}

func unitsOf(units []unit, picks ...[]int) []unit {
	var out []unit
	for _, i := range slices.Concat(picks...) {
		out = append(out, units[i])
	}
	return out
}

// apart says whether all that a customer owes does not stand beside a part of it.
func apart(set []unit) bool {
	return !slices.ContainsFunc(set, func(u unit) bool {
		return len(u.invoices) > 1 && slices.ContainsFunc(set, func(o unit) bool { return o.customer == u.customer && o.sum != u.sum })
	})
}

// combinations counts those of k out of n.
func combinations(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}
