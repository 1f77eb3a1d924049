package ledger

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

// BucketOf gives the age of an open invoice or credit note.
func BucketOf(i *Invoice, s Standing) Bucket {
	switch {
	case i.CreditNote:
		return BucketCredit
	case i.Due == 0:
		return BucketNoDate
	case s.DaysLate == 0:
		return BucketNotDue
	case s.DaysLate <= 30:
		return Bucket30
	case s.DaysLate <= 60:
		return Bucket60
	case s.DaysLate <= 90:
		return Bucket90
	}
	return BucketOlder
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
		a.Amounts[BucketOf(i, st)] += st.Open
		sums.Add(Money{st.Open, i.Total.Currency})
	}
	var out []Ageing
	for _, m := range sums.List() {
		out = append(out, *by[m.Currency])
	}
	return out
}
