package ledger

// MostInstalments is the most parts that a payment plan is divided into.
const MostInstalments = 60

// Rhythm says how far apart the instalments of a plan are.
type Rhythm string

// Rhythms of plans.
const (
	Monthly   Rhythm = "month"
	Fortnight Rhythm = "fortnight"
	Weekly    Rhythm = "week"
)

// Rhythms is the order in which they are offered.
var Rhythms = []Rhythm{Monthly, Fortnight, Weekly}

// After gives the day of the nth instalment after the first. Months keep the day of the first one, or take their last.
func (r Rhythm) After(first Date, n int) Date {
	switch r {
	case Weekly:
		return first.Add(7 * n)
	case Fortnight:
		return first.Add(14 * n)
	}
	return first.AddMonths(n)
}

// PartsByCount divides a sum, in minor units, into equal instalments. What does not divide is in the last one. It gives nothing
// where there are no parts to make, too many, or some of nothing.
func PartsByCount(sum int64, count int, first Date, r Rhythm) []Instalment {
	if count < 1 || count > MostInstalments || sum < int64(count) || first == 0 {
		return nil
	}
	part := sum / int64(count)
	out := make([]Instalment, count)
	for k := range out {
		out[k] = Instalment{r.After(first, k), part}
	}
	out[count-1].Amount = sum - part*int64(count-1)
	return out
}

// PartsByAmount divides a sum into instalments of an amount, both in minor units, and a last one of what is left. It gives nothing
// where that makes none, or too many.
func PartsByAmount(sum, amount int64, first Date, r Rhythm) []Instalment {
	if sum <= 0 || amount <= 0 || first == 0 || (sum-1)/amount >= MostInstalments {
		return nil
	}
	var out []Instalment
	for left := sum; left > 0; left -= amount {
		out = append(out, Instalment{r.After(first, len(out)), min(left, amount)})
	}
	return out
}
