package reconcile

import "math"

// payer is a customer who may have made a payment.
type payer struct {
	customer int
	chance   float64
	reason   Reason
}

// Chances by what a payer is recognised by.
const (
	byAccount   = 1.0
	byLearnt    = 1.0
	byCode      = 1.0
	someone     = 0.01  // that it is somebody else all the same
	leastPayer  = 0.005 // times the likeliest: who is less likely is not looked at
	maxPayers   = 50
	unexplained = 0.1 // times, for each word that tells and that the likest name has but this one has not
	byGroup     = 0.3 // times: the head of a group bears the name of its members
)

// likelihood turns the likeness of a name into how much likelier it makes its customer: half alike is little.
func likelihood(likeness float64) float64 { return math.Pow(likeness, 8) }

// candidates are who may have made a payment, and the chance that it is none of them.
type candidates struct {
	list []payer
	rest float64
}

// candidates finds who may have made a payment.
func (x *index) candidates(e *Entry, r *reading, n *named) candidates {
	var list []payer
	at := map[int]int{}
	add := func(c int, chance float64, why Reason) {
		if i, ok := at[c]; !ok {
			at[c] = len(list)
			list = append(list, payer{c, chance, why})
		} else if chance > list[i].chance {
			list[i] = payer{c, chance, why}
		}
	}
	loose := 0.0
	if e.IBAN != "" {
		for _, c := range x.ibans[e.IBAN] {
			add(c, byAccount, Reason{"payer_account", map[string]any{"name": x.called(c)}})
		}
	}
	for _, c := range x.learnt.find(e, r) {
		add(c, byLearnt, Reason{"payer_learnt", map[string]any{"name": x.called(c)}})
	}
	if n.customer >= 0 {
		add(n.customer, byCode, Reason{"customer_code", map[string]any{"name": x.called(n.customer), "code": x.Customers[n.customer].Code}})
	}
	sure := len(list) > 0
	names, code := x.namesIn(r)
	for i, f := range names {
		if i == 0 {
			loose = f.loose
		}
		chance := likelihood(f.likeness) * math.Pow(unexplained, max(0, f.loose-loose))
		if i >= maxPayers || len(list) > 0 && chance < leastPayer*list[0].chance {
			break
		}
		if sure {
			chance *= someone
		}
		if r.groups && code == "name_in_label" {
			chance *= byGroup
		}
		add(f.customer, chance, Reason{code, map[string]any{"name": x.called(f.customer)}})
	}
	rest := someone
	if !sure {
		rest += 0.1 * loose
		if r.groups {
			rest += 0.3
		}
	}
	sum := rest
	for _, p := range list {
		sum += p.chance
	}
	for i := range list {
		list[i].chance /= sum
	}
	return candidates{list, rest / sum}
}

// namesIn finds the customers whose names an entry has: for whom it is, where it says so, and else who pays. Of the lines
// of a label that may hold the payer's name, the one that is likest to a customer's is taken.
func (x *index) namesIn(r *reading) ([]found, string) {
	if f := x.names.find(r.debtor); len(f) > 0 && f[0].likeness >= likely {
		return f, "debtor_named"
	}
	var best []found
	for _, h := range r.heads {
		if f := x.names.find(h); len(f) > 0 && (len(best) == 0 || f[0].likeness > best[0].likeness) {
			best, r.payer = f, h
		}
	}
	return best, "name_in_label"
}

func (x *index) called(c int) string {
	if n := x.Customers[c].Names; len(n) > 0 {
		return n[0]
	}
	return x.Customers[c].Code
}
