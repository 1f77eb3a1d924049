package ledger

import "slices"

// DSO is the number of days of sales that are still to be paid (days sales outstanding), in one currency, by the count-back
// method: what was owed at the end of a day, VAT included, is set against what was invoiced in that month, VAT included, then
// the month before, and so on until it is used up. Each month used up counts with all its days (the first one with those up to
// the day), the last one with the part of its days that is still needed. Unlike debts ÷ sales × days, it is not thrown
// off by seasons. Credit managers in France know it as « méthode par épuisement » or « roll back »; the tests hold the
// worked example of Divalto's manual (« Calcul du DSO », 30 + 31 + 21,4 = 82,4 days).
//
// What is owed is what is open of the invoices issued by then, less open credit notes, as it was on that day:
// payments and write-offs of later days are not taken off.
type DSO struct {
	Currency Currency
	Points   [MonthCount + 1]DSOPoint // the last twelve month ends before the day, then the day itself
}

// Now is the figure of the day itself.
func (d DSO) Now() DSOPoint { return d.Points[MonthCount] }

// DSOPoint is the figure of one day.
type DSOPoint struct {
	On      Date
	Balance int64 // what was owed at the end of the day, minor units
	Tenths  int   // of a day; 0 where nothing was owed, or the credit notes were more
	// Known is false, and Tenths 0, where the figure would mean nothing: nothing was invoiced by then, nothing is known to be paid
	// by then (a list of open invoices only: the days would be the list's age), or a register's paid figure is of a later
	// day and comes to more than a twentieth of the balance (when that was paid, nothing tells).
	Known bool
}

// Days rounds to whole days, half a day up.
func (p DSOPoint) Days() int { return (p.Tenths + 5) / 10 }

// undatedShare is the part of a balance, one in so many, above which payments without a day make a figure unknown.
const undatedShare = 20

// DSO works out the days of sales outstanding on a day and on the twelve month ends before it: one per currency in which
// something was invoiced, the euro first. A month in which nothing was invoiced, or less than was credited, counts with all its
// days and uses nothing up; where the months before the first invoice are reached, counting ends.
func (b *Book) DSO(on Date) []DSO {
	x := &balances{by: map[Currency]*balance{}}
	for k := MonthCount; k > 0; k-- {
		x.days = append(x.days, on.MonthStart().AddMonths(1-k).Add(-1))
	}
	x.days = append(x.days, on)
	x.read(b)
	var out []DSO
	for _, c := range inOrder(x.by) {
		d := DSO{Currency: c}
		for k, day := range x.days {
			d.Points[k] = x.by[c].point(k, day)
		}
		out = append(out, d)
	}
	return out
}

// balances are what was owed at the ends of some days, by currency.
type balances struct {
	days []Date
	by   map[Currency]*balance
}

// balance has for each of the days what came to be so since the day before; [sumTo] adds it up.
type balance struct {
	owed, settled, undated [MonthCount + 1]int64
	invoiced               map[int]int64 // by [monthOf]
	first                  int           // month of the first invoice
}

// at is the first of the days on which what happened on d is true, or too large where it is after all of them.
func (x *balances) at(d Date) int {
	k, _ := slices.BinarySearch(x.days, d)
	return k
}

func (x *balances) of(c Currency) *balance {
	y := x.by[c]
	if y == nil {
		y = &balance{invoiced: map[int]int64{}}
		x.by[c] = y
	}
	return y
}

// settle takes an amount off what is owed of an invoice from a day on, though not before the invoice was issued.
func (x *balances) settle(i *Invoice, on Date, amount int64) {
	if k := x.at(max(on, i.Issued)); k < len(x.days) {
		y := x.of(i.Total.Currency)
		y.owed[k] -= amount
		y.settled[k] += int64(abs64(amount))
	}
}

func (x *balances) read(b *Book) {
	last := x.days[len(x.days)-1]
	upTo := make([]int64, b.Invoices.Cap()+1) // allocations that a register's figure may include, see [Book.Standings]
	for p := range b.Payments.All() {
		for _, a := range p.Allocations {
			i := b.Invoice(a.Invoice)
			if i == nil || i.Issued > last || p.On > last {
				continue
			}
			x.settle(i, p.On, a.Amount)
			if p.On <= i.RegisterDay && (a.Above == 0 || a.Above != i.RegisterImport) {
				upTo[i.ID] += a.Amount
			}
		}
	}
	for w := range b.WriteOffs.All() {
		if i := b.Invoice(w.Invoice); i != nil && i.Issued <= last && w.On <= last {
			x.settle(i, w.On, w.Amount.Minor)
		}
	}
	month, from, to := 0, Date(1), Date(0) // the month of the invoice before
	for i := range b.Invoices.All() {
		if i.Issued > last {
			continue
		}
		if i.Issued < from || i.Issued > to {
			month, from, to = monthOf(i.Issued), i.Issued.MonthStart(), i.Issued.MonthEnd()
		}
		x.issue(i, month, Further(i.RegisterPaid, upTo[i.ID])-upTo[i.ID])
	}
}

// issue counts an invoice in, and what of it was paid on a day that is not known: by the register's.
func (x *balances) issue(i *Invoice, month int, undated int64) {
	y, k := x.of(i.Total.Currency), x.at(i.Issued)
	y.owed[k] += i.Total.Minor
	if len(y.invoiced) == 0 || month < y.first {
		y.first = month
	}
	y.invoiced[month] += i.Total.Minor
	if undated == 0 {
		return
	}
	y.undated[k] += int64(abs64(undated))
	// A figure of a later day than the last one counts as [Book.Standings] takes it: as known.
	paid := min(x.at(max(i.RegisterDay, i.Issued)), len(x.days)-1)
	y.undated[paid] -= int64(abs64(undated))
	y.owed[paid] -= undated
	y.settled[paid] += int64(abs64(undated))
}

// sumTo adds changes up to a day.
func sumTo(k int, changes [MonthCount + 1]int64) int64 {
	sum := int64(0)
	for _, v := range changes[:k+1] {
		sum += v
	}
	return sum
}

func (y *balance) point(k int, on Date) DSOPoint {
	p := DSOPoint{On: on, Balance: sumTo(k, y.owed)}
	unsure := sumTo(k, y.undated)
	if len(y.invoiced) == 0 || monthOf(on) < y.first || sumTo(k, y.settled) == 0 || unsure*undatedShare > p.Balance && unsure > 0 {
		return p
	}
	p.Known = true
	p.Tenths = y.countBack(p.Balance, on)
	return p
}

// countBack uses a balance up month by month and gives tenths of days.
func (y *balance) countBack(left int64, on Date) int {
	tenths := 0
	_, _, days := on.Civil()
	for m := monthOf(on); left > 0 && m >= y.first; m-- {
		if m != monthOf(on) {
			days = DaysIn(m/12, m%12+1)
		}
		sold := y.invoiced[m]
		if left < sold {
			return tenths + int(MulDiv(left, int64(days)*10, sold))
		}
		left -= max(sold, 0)
		tenths += days * 10
	}
	return tenths
}
