package desk

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// received notes a cheque for an invoice and gives its payment.
func received(t *testing.T, d *Desk, number string, ago int, cents int64, reference string) ledger.PaymentID {
	t.Helper()
	p, _, err := d.Pay(context.Background(), d.State().Book.InvoicesByNumber(number)[0], d.Today().Add(-ago), ledger.Euros(cents), ledger.Cheque, reference)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func deposit(t *testing.T, d *Desk, on ledger.Date, payments ...ledger.PaymentID) (*Slip, ledger.Entry) {
	t.Helper()
	s, e, err := d.Deposit(context.Background(), DepositRequest{On: on, Payments: payments, Lang: words.FR}, false)
	if err != nil {
		t.Fatal(err)
	}
	return s, e
}

// cheques is a bank entry of cheques.
func cheques(d *Desk, ago int, cents int64, label string) *ledger.BankEntry {
	return &ledger.BankEntry{Booked: d.Today().Add(-ago), Amount: ledger.Euros(cents), Label: label, Type: ledger.EntryCheques}
}

// arrive records bank entries on the account that books made.
func arrive(t *testing.T, d *Desk, entries ...*ledger.BankEntry) {
	t.Helper()
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		for n, e := range entries {
			e.Account, e.Statement, e.Rank = 1, 1, n+10
			x.Put(e)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestChequesInHand(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	a := received(t, d, "FA-2026-118", 40, 40000, "7001")
	b := received(t, d, "FA-2026-119", 40, 10000, "7001") // the same cheque, noted in two steps
	c := received(t, d, "FA-2026-120", 3, 77710, "")
	if _, _, err := d.Pay(ctx, d.State().Book.InvoicesByNumber("FA-2026-121")[0], d.Today(), ledger.Euros(100), ledger.Transfer, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error { // what an accountant's file brought, and a cheque no bank would take
		x.Put(&ledger.Payment{Customer: 1, On: d.Today(), Amount: ledger.Euros(500), Means: ledger.Cheque})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	old := received(t, d, "FA-2026-118", 374, 100, "1")
	hand, err := d.Cheques()
	if err != nil || len(hand) != 2 || hand[0].Amount != ledger.Euros(50000) || len(hand[0].Payments) != 2 || hand[0].Lately || !hand[1].Lately || hand[1].Payments[0] != c {
		t.Fatalf("%+v %v", hand, err)
	}
	for code, r := range map[string]DepositRequest{
		"deposit_empty":     {On: d.Today()},
		"deposit_in_future": {On: d.Today().Add(1), Payments: []ledger.PaymentID{a}},
		"deposit_before":    {On: d.Today().Add(-4), Payments: []ledger.PaymentID{a, c}},
		"payment_unknown":   {On: d.Today(), Payments: []ledger.PaymentID{99}},
		"payment_no_cheque": {On: d.Today(), Payments: []ledger.PaymentID{4}},
	} {
		if _, _, err := d.Deposit(ctx, r, false); ledger.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	dry, e, err := d.Deposit(ctx, DepositRequest{On: d.Today(), Payments: []ledger.PaymentID{a, b, c, a}, Lang: words.FR}, true)
	if err != nil || e.Seq != 0 || d.State().Book.Deposits.Len() != 0 {
		t.Fatalf("a dry run recorded %v, %v", e, err)
	}
	slip, e := deposit(t, d, d.Today(), a, b, c, a)
	if slip.Cheques != 2 || slip.Amount != ledger.Euros(127710) || !bytes.Equal(slip.PDF, dry.PDF) {
		t.Errorf("%+v", slip.Deposit)
	}
	if again, err := d.SlipOf(slip.ID, words.FR); err != nil || !bytes.Equal(again.PDF, slip.PDF) {
		t.Errorf("written again, the slip is another: %v", err)
	}
	if hand, _ := d.Cheques(); len(hand) != 0 {
		t.Errorf("still in hand: %+v", hand)
	}
	// A cheque is on one slip only, and does not go away under it.
	if _, _, err := d.Deposit(ctx, DepositRequest{On: d.Today(), Payments: []ledger.PaymentID{a, old}}, false); ledger.CodeOf(err) != "payment_deposited" {
		t.Error(err)
	}
	if _, err := d.TakeBackPayment(ctx, a); ledger.CodeOf(err) != "payment_deposited" {
		t.Error(err)
	}
	if _, done, err := d.Undo(ctx, e.Seq); err != nil || done.All != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	if hand, _ := d.Cheques(); len(hand) != 2 {
		t.Errorf("undone, in hand: %+v", hand)
	}
	if next, _ := deposit(t, d, d.Today(), c); next.ID != slip.ID+1 {
		t.Errorf("the number of a slip taken back was given again: %d", next.ID)
	}
	if r, err := d.Verify(ctx, nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%+v %v", r, err)
	}
}

// What rests on a slip stays when the payment's own act is undone.
func TestUndoKeepsDepositedCheques(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	p := received(t, d, "FA-2026-118", 3, 100000, "7001")
	entries, _ := d.Journal(1)
	deposit(t, d, d.Today(), p)
	_, done, err := d.Undo(ctx, entries[0].Seq)
	if ledger.CodeOf(err) != "nothing_to_undo" || len(done.Kept) != 1 || done.Kept[0].Why != "deposit" {
		t.Errorf("%+v %v", done, err)
	}
}

// A slip that was taken back does not come back over another one with its cheques.
func TestSlipComesBackAlone(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	p, q := received(t, d, "FA-2026-118", 3, 100000, "7001"), received(t, d, "FA-2026-119", 3, 100, "7002")
	_, first := deposit(t, d, d.Today(), p, q)
	undo, _, err := d.Undo(ctx, first.Seq)
	if err != nil {
		t.Fatal(err)
	}
	_, second := deposit(t, d, d.Today(), p)
	if _, done, err := d.Undo(ctx, undo.Seq); ledger.CodeOf(err) != "nothing_to_undo" || len(done.Kept) != 1 || done.Kept[0].Why != "deposit_twice" {
		t.Errorf("%+v %v", done, err)
	}
	if _, _, err := d.Undo(ctx, second.Seq); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, undo.Seq); err != nil || d.State().Book.DepositOf(q) == nil {
		t.Error(err)
	}
}

func TestSlipMeetsItsEntry(t *testing.T) {
	for name, x := range map[string]struct {
		ago   int
		cents int64
		label string
		kind  ledger.EntryType
		met   bool
	}{
		"its total":            {1, 150000, "REMISE CHEQUES", ledger.EntryCheques, true},
		"of so many":           {1, 150000, "REMISE CHQ 3 CHEQUES", ledger.EntryCheques, true},
		"of another number":    {1, 150000, "REMISE CHQ NB 2", ledger.EntryCheques, false},
		"a bank without types": {1, 150000, "REM CHQ 0091772", ledger.EntryOther, true},
		"a transfer":           {1, 150000, "VIR REMISE", ledger.EntryTransfer, false},
		"another total":        {1, 150001, "REMISE CHEQUES", ledger.EntryCheques, false},
		"long before":          {20, 150000, "REMISE CHEQUES", ledger.EntryCheques, false},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			d := books(t)
			one, two, three := received(t, d, "FA-2026-118", 30, 100000, "7001"), received(t, d, "FA-2026-119", 30, 42500, "88"), received(t, d, "FA-2026-121", 12, 7500, "")
			slip, _ := deposit(t, d, d.Today().Add(-3), one, two, three)
			e := cheques(d, x.ago, x.cents, x.label)
			e.Type = x.kind
			arrive(t, d, e)
			rec, lines, err := d.Reconcile(ctx, false)
			if err != nil || len(lines) != 1 {
				t.Fatal(err, lines)
			}
			if met := lines[0].Reasons[0].Code == "already_deposited"; met != x.met {
				t.Fatalf("%+v", lines[0].Reasons)
			}
			if !x.met {
				return
			}
			if text := Because(words.New(words.FR), lines[0].Reasons); text == "" || len(lines[0].Allocations) != 3 || lines[0].Left != 0 {
				t.Errorf("%q %+v", text, lines[0].Allocations)
			}
			if n := len(d.State().Book.PaymentsOfEntry(lines[0].ID)); n != 3 || openOf(t, d, "FA-2026-118") != 0 || len(d.State().Undecided()) != 0 {
				t.Errorf("%d payments", n)
			}
			if _, _, err := d.Undo(ctx, rec.Seq); err != nil || len(d.State().Undecided()) != 1 || d.State().Book.DepositOf(one).ID != slip.ID {
				t.Errorf("undone: %v", err)
			}
			// Confirmed by hand it is the same, and nothing is paid twice.
			if _, _, err := d.Confirm(ctx, lines[0].ID, 0); err != nil || len(d.State().Book.PaymentsOfEntry(lines[0].ID)) != 3 || d.State().Book.Payments.Len() != 3 {
				t.Errorf("confirmed: %v, %d payments", err, d.State().Book.Payments.Len())
			}
			if _, err := d.Unsettle(ctx, lines[0].ID); err != nil || d.State().Book.Payments.Len() != 3 || len(d.State().Undecided()) != 1 {
				t.Errorf("taken back: %v", err)
			}
		})
	}
}

// Two slips of one total are told apart by nothing; a bank that books each cheque finds each.
func TestSlipsThatDoNotMeet(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	a, b := received(t, d, "FA-2026-118", 5, 30000, "1"), received(t, d, "FA-2026-119", 5, 10000, "2")
	c, e := received(t, d, "FA-2026-120", 5, 35000, "3"), received(t, d, "FA-2026-121", 5, 5000, "4")
	deposit(t, d, d.Today().Add(-3), a, b)
	_, second := deposit(t, d, d.Today().Add(-3), c, e)
	arrive(t, d, cheques(d, 1, 40000, "REMISE CHEQUES"))
	if _, lines, err := d.Reconcile(ctx, true); err != nil || lines[0].Outcome == reconcile.Recorded {
		t.Errorf("one of two equal slips was taken: %+v, %v", lines, err)
	}
	if _, _, err := d.Undo(ctx, second.Seq); err != nil {
		t.Fatal(err)
	}
	if _, lines, err := d.Reconcile(ctx, true); err != nil || lines[0].Outcome != reconcile.Recorded {
		t.Errorf("the only slip was not taken: %+v, %v", lines, err)
	}
	d = books(t)
	a, b = received(t, d, "FA-2026-118", 30, 30000, "1"), received(t, d, "FA-2026-119", 30, 10000, "2")
	deposit(t, d, d.Today().Add(-3), a, b)
	arrive(t, d, cheques(d, 1, 30000, "REMISE CHEQUE"), cheques(d, 1, 10000, "REMISE CHEQUE"))
	if _, lines, err := d.Reconcile(ctx, true); err != nil || lines[0].Outcome != reconcile.Recorded || lines[1].Outcome != reconcile.Recorded {
		t.Errorf("cheques booked one by one: %+v, %v", lines, err)
	}
}

func TestPayTogetherIsOnePayment(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	b := d.State().Book
	parts := []Part{{Invoice: b.InvoicesByNumber("FA-2026-118")[0], Amount: ledger.Euros(100000)}, {Invoice: b.InvoicesByNumber("FA-2026-119")[0], Amount: ledger.Euros(20000)}}
	if _, err := d.PayTogether(ctx, parts, d.Today(), ledger.Cheque, ""); err != nil {
		t.Fatal(err)
	}
	hand, _ := d.Cheques()
	if d.State().Book.Payments.Len() != 1 || len(hand) != 1 || hand[0].Amount != ledger.Euros(120000) || openOf(t, d, "FA-2026-119") != 30000 {
		t.Errorf("%+v", hand)
	}
	arrive(t, d, cheques(d, 0, 120000, "REMISE CHEQUE"))
	if _, lines, err := d.Reconcile(ctx, true); err != nil || lines[0].Reasons[0].Code != "already_noted" {
		t.Errorf("%+v %v", lines, err)
	}
	parts[1].Invoice = b.InvoicesByNumber("FA-2026-120")[0] // of another customer
	parts[0].Invoice, parts[0].Amount = b.InvoicesByNumber("FA-2026-119")[0], ledger.Euros(100)
	if _, err := d.PayTogether(ctx, parts, d.Today(), ledger.Cheque, ""); ledger.CodeOf(err) != "payment_customers" {
		t.Error(err)
	}
	if _, err := d.PayTogether(ctx, nil, d.Today(), ledger.Cheque, ""); ledger.CodeOf(err) != "payment_empty" {
		t.Error(err)
	}
}

// The slip carries the company's logo, as letters do.
func TestSlipHasTheLogo(t *testing.T) {
	d := books(t)
	p := received(t, d, "FA-2026-118", 3, 100000, "7001")
	plain, _, err := d.Deposit(context.Background(), DepositRequest{On: d.Today(), Payments: []ledger.PaymentID{p}, Lang: words.FR}, true)
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 200, 200))); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		c := x.Book().Company()
		c.Logo = x.Keep(picture.Bytes())
		x.Put(&c)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slip, _ := deposit(t, d, d.Today(), p)
	if !bytes.Contains(slip.PDF, []byte("/Subtype /Image")) || bytes.Contains(plain.PDF, []byte("/Subtype /Image")) {
		t.Error("the logo is missing")
	}
}
