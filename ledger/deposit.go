package ledger

// Deposit is a slip: cheques that the owner took, or sent, to the bank together. A cheque is on one slip only.
type Deposit struct {
	ID       DepositID   `json:"-"`
	On       Date        `json:"on"`
	IBAN     string      `json:"iban,omitempty"` // of the account that they go to, without blanks; empty where it is not known
	Amount   Money       `json:"amount"`         // what they come to
	Cheques  int         `json:"cheques"`        // how many: several payments noted of one customer may be one cheque
	Payments []PaymentID `json:"payments"`
}

func (r *Deposit) Kind() Kind      { return KindDeposit }
func (r *Deposit) Key() uint32     { return uint32(r.ID) }
func (r *Deposit) setKey(k uint32) { r.ID = DepositID(k) }

// Personal is empty: whose cheques they are, the payments say.
func (r *Deposit) Personal() []*string { return nil }

// DepositOf gives the slip that a payment is on, or nil.
func (b *Book) DepositOf(id PaymentID) *Deposit {
	return b.index.depositOf.get(func() map[PaymentID]*Deposit {
		x := map[PaymentID]*Deposit{}
		for d := range b.Deposits.All() {
			for _, p := range d.Payments {
				x[p] = d
			}
		}
		return x
	})[id]
}

// PaymentsIn gives the payments on the slip.
func (r *Deposit) PaymentsIn(b *Book) []*Payment {
	var out []*Payment
	for _, id := range r.Payments {
		if p := b.Payments.Get(uint32(id)); p != nil {
			out = append(out, p)
		}
	}
	return out
}

// ChequeInHand is a cheque: the payments that were noted of it.
type ChequeInHand struct {
	Customer  CustomerID
	On        Date   // received
	Reference string // its number, where it was noted
	Amount    Money
	Payments  []PaymentID
}

// ChequesOf puts payments together to cheques, in their order: those of one customer, day and number are one. Without
// a number each is a cheque of its own.
func ChequesOf(payments []*Payment) []ChequeInHand {
	type same struct {
		customer  CustomerID
		on        Date
		reference string
		currency  Currency
	}
	var out []ChequeInHand
	at := map[same]int{}
	for _, p := range payments {
		k := same{p.Customer, p.On, Fold(p.Reference), p.Amount.Currency}
		i, ok := at[k]
		if !ok || k.reference == "" {
			i = len(out)
			at[k] = i
			out = append(out, ChequeInHand{Customer: p.Customer, On: p.On, Reference: p.Reference, Amount: Money{Currency: p.Amount.Currency}})
		}
		out[i].Amount.Minor += p.Amount.Minor
		out[i].Payments = append(out[i].Payments, p.ID)
	}
	return out
}

// RecordDeposit stages a slip. Errors: deposit_empty; payment_unknown; payment_no_cheque (another means, or money that
// went back); payment_banked (the bank has booked it); payment_deposited (it is on a slip, with the fact "deposit");
// deposit_currencies; deposit_before (a cheque was received after the day, with the fact "received").
func RecordDeposit(d *Draft, on Date, iban string, payments []PaymentID) (*Deposit, error) {
	r := &Deposit{On: on, IBAN: PlainIBAN(iban)}
	var found []*Payment
	listed := map[PaymentID]bool{}
	for _, id := range payments {
		p, _ := d.Record(KindPayment, uint32(id)).(*Payment)
		switch {
		case p == nil:
			return nil, Errorf("payment_unknown")
		case listed[id]:
			continue
		case p.Means != Cheque || !p.Amount.Positive():
			return nil, Errorf("payment_no_cheque", "amount", p.Amount, "date", p.On)
		case p.Entry != 0:
			return nil, Errorf("payment_banked", "amount", p.Amount, "date", p.On)
		case d.Book().DepositOf(id) != nil:
			return nil, Errorf("payment_deposited", "amount", p.Amount, "date", p.On, "deposit", int(d.Book().DepositOf(id).ID))
		case len(found) > 0 && p.Amount.Currency != found[0].Amount.Currency:
			return nil, Errorf("deposit_currencies", "currency", string(found[0].Amount.Currency), "other", string(p.Amount.Currency))
		case p.On > on:
			return nil, fieldError("on", "deposit_before", "received", p.On)
		}
		listed[id] = true
		found = append(found, p)
	}
	if len(found) == 0 {
		return nil, Errorf("deposit_empty")
	}
	r.Amount.Currency = found[0].Amount.Currency
	for _, p := range found {
		r.Amount.Minor += p.Amount.Minor
		r.Payments = append(r.Payments, p.ID)
	}
	r.Cheques = len(ChequesOf(found))
	d.Put(r)
	return r, nil
}
