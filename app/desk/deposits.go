package desk

import (
	"cmp"
	"context"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// chequeGood is how many days after it was received a cheque may still be worth taking to the bank: the drawer's bank
// pays for a year and eight days after it was drawn (C. mon. fin. L131-32 and L131-59), and it was drawn before it came.
const chequeGood = 373

// depositLately is how many days ago a cheque came at most that is taken to go with the next slip: of an older one the
// owner may have noted only that it was paid.
const depositLately = 30

// InHand is a cheque that may go to the bank.
type InHand struct {
	ledger.ChequeInHand
	Lately bool // it came lately: the next slip has it unless the owner says otherwise
}

// Cheques gives the cheques in hand, as they came: entered by hand, not booked by the bank and on no slip. What an
// accountant's file says of cheques is no cheque in hand.
func (d *Desk) Cheques() ([]InHand, error) {
	s := d.State()
	entries, err := d.store.Entries(0)
	if err != nil {
		return nil, err
	}
	byHand := map[ledger.PaymentID]bool{}
	for _, e := range entries {
		if e.Act != ledger.ActPayment {
			continue
		}
		for _, x := range e.Spans {
			for key := x.From; x.Kind == ledger.KindPayment && x.Op == ledger.Created && key <= x.To; key++ {
				byHand[ledger.PaymentID(key)] = true
			}
		}
	}
	var found []*ledger.Payment
	for p := range s.Book.Payments.All() {
		if byHand[p.ID] && inHand(s.Book, p) && p.On <= s.On && s.On-p.On <= chequeGood {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b *ledger.Payment) int { return cmp.Compare(a.On, b.On) })
	var out []InHand
	for _, c := range ledger.ChequesOf(found) {
		out = append(out, InHand{c, s.On-c.On <= depositLately})
	}
	return out, nil
}

func inHand(b *ledger.Book, p *ledger.Payment) bool {
	return p.Means == ledger.Cheque && p.Entry == 0 && p.Amount.Positive() && b.DepositOf(p.ID) == nil
}

// PaymentsOfBatch gives the payments that an act recorded and that are still there.
func (d *Desk) PaymentsOfBatch(seq uint64) ([]*ledger.Payment, error) {
	e, err := d.store.Entry(seq)
	if err != nil {
		return nil, err
	}
	var out []*ledger.Payment
	b := d.store.Book()
	for p := range b.Payments.All() {
		if e.Made(ledger.KindPayment, uint32(p.ID)) {
			out = append(out, p)
		}
	}
	return out, nil
}

// DepositRequest says which cheques go to the bank, when, and to which account.
type DepositRequest struct {
	On       ledger.Date
	IBAN     string // empty for the company's
	Payments []ledger.PaymentID
	Lang     words.Lang
}

// Slip is a slip with its pages.
type Slip struct {
	*ledger.Deposit
	PDF []byte
}

// Deposit records a slip; the cheques on it wait together for the bank's entry. In a dry run nothing is recorded, and
// the slip is as it would be. Errors are those of [ledger.RecordDeposit], and deposit_in_future.
func (d *Desk) Deposit(ctx context.Context, r DepositRequest, dry bool) (*Slip, ledger.Entry, error) {
	if r.On > d.Today() {
		return nil, ledger.Entry{}, ledger.Errorf("deposit_in_future", "field", "on", "date", r.On)
	}
	record := func(x *ledger.Draft) (*ledger.Deposit, error) {
		return ledger.RecordDeposit(x, r.On, cmp.Or(r.IBAN, x.Book().Company().IBAN), r.Payments)
	}
	if dry {
		x := ledger.NewDraft(d.store.Book())
		record, err := record(x)
		if err != nil {
			return nil, ledger.Entry{}, err
		}
		slip, err := d.slip(x.Next(), record, r.Lang)
		return slip, ledger.Entry{}, err
	}
	var slip *Slip
	e, err := d.change(ctx, ledger.ActDeposit, nil, func(x *ledger.Draft) error {
		record, err := record(x)
		if err != nil {
			return err
		}
		slip, err = d.slip(x.Next(), record, r.Lang) // a slip that cannot be written is not recorded either
		return err
	})
	if err != nil {
		return nil, ledger.Entry{}, err
	}
	return slip, e, nil
}

// SlipOf writes a recorded slip again. Error: deposit_unknown.
func (d *Desk) SlipOf(id ledger.DepositID, lang words.Lang) (*Slip, error) {
	b := d.store.Book()
	r := b.Deposits.Get(uint32(id))
	if r == nil {
		return nil, ledger.Errorf("deposit_unknown", "deposit", int(id))
	}
	return d.slip(b, r, lang)
}

func (d *Desk) slip(b *ledger.Book, r *ledger.Deposit, lang words.Lang) (*Slip, error) {
	pdf, err := letters.DepositSlip(b, r, lang, d.logo(b)).PDF()
	if err != nil {
		return nil, err
	}
	return &Slip{r, pdf}, nil
}

// Accounts gives the accounts that cheques can be taken to: the company's own first, then those of statements. Without
// blanks.
func (s *State) Accounts() []string {
	var out []string
	add := func(iban string) {
		if iban = ledger.PlainIBAN(iban); iban != "" && !slices.Contains(out, iban) {
			out = append(out, iban)
		}
	}
	add(s.Book.Company().IBAN)
	for a := range s.Book.BankAccounts.All() {
		add(a.IBAN)
	}
	return out
}
