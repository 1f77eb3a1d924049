package ledger

import "iter"

// Bucket is an age of what is owed.
type Bucket uint8

// Buckets of an ageing report. Together they always make the balance: open credit notes have their
// own, and so has what has no due date; the last one is open-ended.
const (
	BucketNotDue Bucket = iota
	Bucket30            // 1 to 30 days late
	Bucket60            // 31 to 60
	Bucket90            // 61 to 90
	BucketOlder         // more than 90
	BucketNoDate
	BucketCredit // credit notes not used up yet, negative
	bucketCount
)

// Ageing is what is owed in one currency, by age, in minor units.
type Ageing struct {
	Currency Currency
	Amounts  [bucketCount]int64
}

// Total is the balance.
func (a Ageing) Total() Money {
	t := int64(0)
	for _, v := range a.Amounts {
		t += v
	}
	return Money{t, a.Currency}
}

// bucketOf gives the age of what is open of an invoice or credit note.
func bucketOf(creditNote bool, due Date, daysLate int) Bucket {
	switch {
	case creditNote:
		return BucketCredit
	case due == 0:
		return BucketNoDate
	case daysLate <= 0:
		return BucketNotDue
	case daysLate <= 30:
		return Bucket30
	case daysLate <= 60:
		return Bucket60
	case daysLate <= 90:
		return Bucket90
	}
	return BucketOlder
}

// Ages goes through what is open of an invoice or credit note on the standings' day by age, part by part.
func (s *Standings) Ages(i *Invoice) iter.Seq2[Bucket, int64] {
	return func(yield func(Bucket, int64) bool) {
		for p, left := range i.Parts(s.Of(i.ID).Open) {
			if left != 0 && !yield(bucketOf(i.CreditNote, p.Due, int(s.On-p.Due)), left) {
				return
			}
		}
	}
}

// Ageings gives the ageing report of a book, one per currency in the order of [Sums.List].
func (b *Book) Ageings(s *Standings) []Ageing {
	by := map[Currency]*Ageing{}
	sums := Sums{}
	for i := range b.Invoices.All() {
		st := s.Of(i.ID)
		if st.Open == 0 {
			continue
		}
		a := by[i.Total.Currency]
		if a == nil {
			a = &Ageing{Currency: i.Total.Currency}
			by[i.Total.Currency] = a
		}
		for b, left := range s.Ages(i) {
			a.Amounts[b] += left
		}
		sums.Add(Money{st.Open, i.Total.Currency})
	}
	var out []Ageing
	for _, m := range sums.List() {
		out = append(out, *by[m.Currency])
	}
	return out
}
