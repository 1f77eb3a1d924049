package desk

import (
	"context"
	"slices"
	"testing"

	"quitus/ledger"
	"quitus/ledger/reconcile"
)

// books opens a ledger with some invoices and a bank statement of the given entries.
func books(t *testing.T, entries ...*ledger.BankEntry) *Desk {
	t.Helper()
	d := opened(t)
	takeIn(t, d, look(t, d, write(t, "f.csv", "N° facture;Client;Date;Échéance;Montant TTC;Reste dû",
		"FA-2026-118;PROSOL SARL;01/08/2026;31/08/2026;1000,00;1000,00", "FA-2026-119;PROSOL SARL;01/09/2026;01/10/2026;500,00;500,00",
		"FA-2026-120;ATELIER NORDEAU;01/09/2026;01/10/2026;777,10;777,10", "FA-2026-121;ATELIER NORDEAU;15/09/2026;15/10/2026;300,00;100,00"), Hints{}))
	_, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		i := &ledger.Import{File: "releve.csv", Format: "csv", On: d.Today()}
		x.Put(i)
		a := &ledger.BankAccount{IBAN: "FR7630006000011234567890189", Currency: ledger.EUR}
		x.Put(a)
		st := &ledger.BankStatement{Account: a.ID, Import: i.ID, To: d.Today()}
		x.Put(st)
		for n, e := range entries {
			e.Account, e.Statement, e.Rank, e.Type = a.ID, st.ID, n+1, ledger.EntryTransfer
			x.Put(e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func line(ago int, cents int64, label string) *ledger.BankEntry {
	return &ledger.BankEntry{Booked: ledger.Day(2026, 11, 24).Add(-ago), Amount: ledger.Euros(cents), Label: label}
}

func openOf(t *testing.T, d *Desk, number string) int64 {
	t.Helper()
	ids := d.State().Book.InvoicesByNumber(number)
	if len(ids) != 1 {
		t.Fatalf("%d invoices %s", len(ids), number)
	}
	return d.State().Standings.Of(ids[0]).Open
}

func TestReconcile(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 100000, "VIR SEPA PROSOL SARL\nFA-2026-118"), line(2, 12345, "VIR INST QUELQU UN"), line(2, -1200, "COTISATION CARTE"),
		line(1, 10000, "VIR ATELIER NORDEAU SOLDE FA-2026-121"))
	if _, lines, err := d.Reconcile(ctx, true); err != nil || len(lines) != 4 || openOf(t, d, "FA-2026-118") == 0 {
		t.Fatalf("a dry run: %v, %+v", err, lines)
	}
	e, lines, err := d.Reconcile(ctx, false)
	if err != nil || len(lines) != 4 || lines[0].Outcome != reconcile.Recorded || lines[0].Batch == "" {
		t.Fatalf("%v %+v", err, lines)
	}
	if openOf(t, d, "FA-2026-118") != 0 || openOf(t, d, "FA-2026-121") != 0 {
		t.Errorf("%d and %d open", openOf(t, d, "FA-2026-118"), openOf(t, d, "FA-2026-121"))
	}
	if left := d.State().Undecided(); len(left) != 1 || left[0].Amount != ledger.Euros(12345) {
		t.Errorf("%+v wait", left)
	}
	if again, lines, err := d.Reconcile(ctx, false); err != nil || again.Seq != 0 || len(lines) != 1 {
		t.Errorf("once more: %v %v %+v", again, err, lines)
	}
	// Undone as a whole.
	if _, _, err := d.Undo(ctx, e.Seq); err != nil || openOf(t, d, "FA-2026-118") != 100000 || len(d.State().Undecided()) != 4 {
		t.Errorf("undone: %v, %d wait", err, len(d.State().Undecided()))
	}
	if r, err := d.Verify(ctx, nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("verify: %+v, %v", r, err)
	}
}

func TestSplitConfirmAndUnsettle(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 60000, "REMISE CHEQUES"))
	e, err := d.EntryNamed("releve.csv", 1)
	if err != nil {
		t.Fatal(err)
	}
	one, two := d.State().Book.InvoicesByNumber("FA-2026-119")[0], d.State().Book.InvoicesByNumber("FA-2026-121")[0]
	if _, err := d.SettleByHand(ctx, e.ID, []reconcile.Allocation{{Item: one, Amount: 50000}, {Item: two, Amount: 10001}}); ledger.CodeOf(err) != "entry_split_above" {
		t.Errorf("more than the entry: %v", err)
	}
	if _, err := d.SettleByHand(ctx, e.ID, []reconcile.Allocation{{Item: one, Amount: 50000}, {Item: two, Amount: 10000}}); err != nil {
		t.Fatal(err)
	}
	if n := len(d.State().Book.PaymentsOfEntry(e.ID)); n != 2 || openOf(t, d, "FA-2026-119") != 0 || openOf(t, d, "FA-2026-121") != 0 {
		t.Errorf("%d payments", n)
	}
	if _, err := d.Settle(ctx, e.ID, reconcile.Answer{Allocations: []reconcile.Allocation{{Item: one, Amount: 1}}}, ""); ledger.CodeOf(err) != "entry_settled" {
		t.Errorf("twice: %v", err)
	}
	if _, err := d.Unsettle(ctx, e.ID); err != nil || openOf(t, d, "FA-2026-119") != 50000 || len(d.State().Undecided()) != 1 {
		t.Errorf("taken back: %v", err)
	}
	for _, ref := range []int{0, 2} {
		if _, err := d.EntryNamed("releve.csv", ref); ledger.CodeOf(err) != "entry_unknown" {
			t.Errorf("entry %d: %v", ref, err)
		}
	}
	if _, _, err := d.Confirm(ctx, e.ID, 9); ledger.CodeOf(err) != "answer_unknown" {
		t.Errorf("%v", err)
	}
	if _, err := d.LeaveAside(ctx, []ledger.BankEntryID{e.ID}, true); err != nil || len(d.State().Undecided()) != 0 {
		t.Error(err)
	}
	if _, err := d.LeaveAside(ctx, []ledger.BankEntryID{e.ID}, false); err != nil || len(d.State().Undecided()) != 1 {
		t.Error(err)
	}
}

// A payment that was entered by hand meets its bank entry and does not count twice.
func TestNotedPaymentMeetsItsEntry(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 77710, "REM CHQ 1234567"))
	id := d.State().Book.InvoicesByNumber("FA-2026-120")[0]
	if _, _, err := d.Pay(ctx, id, d.Today().Add(-6), ledger.Euros(77710), ledger.Cheque, "1234567"); err != nil {
		t.Fatal(err)
	}
	_, lines, err := d.Reconcile(ctx, false)
	if err != nil || len(lines) != 1 || lines[0].Outcome != reconcile.Recorded || lines[0].Reasons[0].Code != "already_noted" {
		t.Fatalf("%v %+v", err, lines)
	}
	if n := d.State().Book.Payments.Len(); n != 1 || openOf(t, d, "FA-2026-120") != 0 {
		t.Errorf("%d payments", n)
	}
	e := lines[0].ID
	if _, err := d.Unsettle(ctx, e); err != nil || d.State().Book.Payments.Len() != 1 || openOf(t, d, "FA-2026-120") != 0 {
		t.Errorf("the payment is lost with its entry: %v", err)
	}
}

// So it does where the owner confirms it by hand, one entry at a time.
func TestNotedPaymentIsConfirmed(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 77710, "REM CHQ 1234567"))
	id := d.State().Book.InvoicesByNumber("FA-2026-120")[0]
	if _, _, err := d.Pay(ctx, id, d.Today().Add(-6), ledger.Euros(77710), ledger.Cheque, "1234567"); err != nil {
		t.Fatal(err)
	}
	e, err := d.EntryNamed("releve.csv", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Confirm(ctx, e.ID, 0); err != nil {
		t.Fatal(err)
	}
	if n := d.State().Book.Payments.Len(); n != 1 || openOf(t, d, "FA-2026-120") != 0 || len(d.State().Undecided()) != 0 {
		t.Errorf("%d payments, %d open", n, openOf(t, d, "FA-2026-120"))
	}
	if _, err := d.Unsettle(ctx, e.ID); err != nil || d.State().Book.Payments.Len() != 1 {
		t.Errorf("taken back: %v", err)
	}
}

// Where that payment was taken back meanwhile, nothing is recorded in its place.
func TestNotedPaymentIsGone(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 77710, "REM CHQ 1234567"))
	id := d.State().Book.InvoicesByNumber("FA-2026-120")[0]
	p, _, err := d.Pay(ctx, id, d.Today().Add(-6), ledger.Euros(77710), ledger.Cheque, "1234567")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := d.State().Decide(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.TakeBackPayment(ctx, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Settle(ctx, lines[0].ID, lines[0].Answer, ""); ledger.CodeOf(err) != "payment_unknown" || d.State().Book.Payments.Len() != 0 {
		t.Errorf("%v, %d payments", err, d.State().Book.Payments.Len())
	}
}

// An answer found before its invoice was settled takes nothing more of it.
func TestSettleRefusesMoreThanIsOpen(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 100000, "VIR SEPA PROSOL SARL\nFA-2026-118"), line(2, 100000, "VIR SEPA PROSOL SARL\nFA-2026-118"))
	lines, err := d.State().Decide(ctx)
	if err != nil {
		t.Fatal(err)
	}
	id := d.State().Book.InvoicesByNumber("FA-2026-118")[0]
	a := reconcile.Answer{Allocations: []reconcile.Allocation{{Item: id, Amount: 100000}}}
	if _, err := d.Settle(ctx, lines[0].ID, a, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Settle(ctx, lines[1].ID, a, ""); ledger.CodeOf(err) != "payment_too_high" {
		t.Errorf("settled twice: %v", err)
	}
	if n := len(d.State().Book.PaymentsOfEntry(lines[1].ID)); n != 0 || openOf(t, d, "FA-2026-118") != 0 {
		t.Errorf("%d payments, %d open", n, openOf(t, d, "FA-2026-118"))
	}
}

// What the owner confirms is known the next time.
func TestConfirmationTeaches(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(9, 50000, "VIR SEPA HOLDING VERMEIL"), line(2, 100000, "VIR INST HOLDING VERMEIL REF 12"))
	e, _ := d.EntryNamed("releve.csv", 1)
	id := d.State().Book.InvoicesByNumber("FA-2026-119")[0]
	customer := d.State().Book.Invoice(id).Customer
	if _, err := d.SettleByHand(ctx, e.ID, []reconcile.Allocation{{Item: id, Amount: 50000}}); err != nil {
		t.Fatal(err)
	}
	lines, err := d.State().Decide(ctx)
	if err != nil || len(lines) != 1 || lines[0].Customer != customer || lines[0].Reasons[0].Code != "payer_learnt" {
		t.Errorf("%v %+v", err, lines)
	}
	for a := range d.State().Book.Aliases.All() {
		if a.Customer != customer || a.Source != ledger.AliasOwner {
			t.Errorf("%+v", a)
		}
	}
}

// An overpayment stays the customer's credit.
func TestWhatIsLeftIsCredit(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 60000, "VIR PROSOL"))
	id := d.State().Book.InvoicesByNumber("FA-2026-119")[0]
	if _, err := d.SettleByHand(ctx, 1, []reconcile.Allocation{{Item: id, Amount: 50000}}); err != nil {
		t.Fatal(err)
	}
	p := d.State().Book.PaymentsOfEntry(1)[0]
	if p.Amount != ledger.Euros(60000) || len(p.Allocations) != 1 || p.Allocations[0].Amount != 50000 {
		t.Errorf("%+v", p)
	}
}

// A receipt that the register counts already is tied to its invoice, and what is open stays what it is.
func TestCountedByTheRegister(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(3, 43210, "VIR SEPA PROSOL SARL FA-2026-090"), line(2, 32100, "VIR SEPA PROSOL SARL"))
	customer := d.State().Book.Invoice(d.State().Book.InvoicesByNumber("FA-2026-118")[0]).Customer
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		for number, cents := range map[string]int64{"FA-2026-090": 43210, "FA-2026-091": 32100} {
			x.Put(&ledger.Invoice{Customer: customer, Number: number, Issued: d.Today().Add(-90), Due: d.Today().Add(-60), Total: ledger.Euros(cents),
				RegisterPaid: cents, RegisterDay: d.Today(), RegisterImport: 1})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, lines, err := d.Reconcile(ctx, false)
	if err != nil || lines[0].Outcome != reconcile.Recorded || !lines[0].Counted || lines[1].Outcome != reconcile.ToConfirm || !lines[1].Counted {
		t.Fatalf("%v %+v", err, lines)
	}
	if _, _, err := d.Confirm(ctx, lines[1].ID, 0); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"FA-2026-090", "FA-2026-091"} {
		s := d.State().Standings.Of(d.State().Book.InvoicesByNumber(number)[0])
		if s.Open != 0 || s.Paid != map[string]int64{"FA-2026-090": 43210, "FA-2026-091": 32100}[number] || s.SettledOn == 0 {
			t.Errorf("%s: %+v", number, s)
		}
	}
	if n := len(d.State().Undecided()); n != 0 || openOf(t, d, "FA-2026-118") != 100000 {
		t.Errorf("%d wait", n)
	}
	if _, err := d.Unsettle(ctx, lines[0].ID); err != nil || openOf(t, d, "FA-2026-090") != 0 {
		t.Errorf("taken back: %v, %d open", err, openOf(t, d, "FA-2026-090"))
	}
	by := []reconcile.Allocation{{Item: d.State().Book.InvoicesByNumber("FA-2026-090")[0], Amount: 43210}}
	if _, err := d.SettleByHand(ctx, lines[0].ID, by); err != nil || openOf(t, d, "FA-2026-090") != 0 {
		t.Errorf("by hand: %v, %d open", err, openOf(t, d, "FA-2026-090"))
	}
}

// A payment that comes back undoes what it settled, and breaks the promise that it had kept.
func TestReturnedPaymentReopensAndBreaksThePromise(t *testing.T) {
	ctx := context.Background()
	paid, back := line(12, 100000, "PRLV SEPA PROSOL SARL FA-2026-118"), line(5, -100000, "REJET PRLV SEPA PROSOL SARL FA-2026-118")
	back.Returned = true
	d := books(t, paid)
	id := d.State().Book.InvoicesByNumber("FA-2026-118")[0]
	customer := d.State().Book.Invoice(id).Customer
	promise := &ledger.Promise{Customer: customer, Made: d.Today().Add(-20), Due: d.Today().Add(-10), Amount: ledger.Euros(100000), Invoices: []ledger.InvoiceID{id}}
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error { x.Put(promise); return nil }); err != nil {
		t.Fatal(err)
	}
	judged := func() ledger.PromiseState { b := d.State().Book; return b.Judge(b.Promises.Get(1), d.Today()) }
	if _, _, err := d.Reconcile(ctx, false); err != nil || openOf(t, d, "FA-2026-118") != 0 || judged() != ledger.PromiseKept {
		t.Fatalf("paid: %v, %d open, promise %v", err, openOf(t, d, "FA-2026-118"), judged())
	}
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		back.Account, back.Statement, back.Rank, back.Type = 1, 1, 2, ledger.EntryDirectDebit
		x.Put(back)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, lines, err := d.Reconcile(ctx, false)
	if err != nil || len(lines) != 1 || lines[0].Outcome != reconcile.Recorded || lines[0].TakesBackPayment == 0 {
		t.Fatalf("%v %+v", err, lines)
	}
	s := d.State().Standings.Of(id)
	if s.Open != 100000 || s.Situation != ledger.PromiseBroken || judged() != ledger.PromiseNotKept {
		t.Errorf("%+v, promise %v", s, judged())
	}
}

// The answers of a line keep their numbers while others are confirmed, unless an invoice among them was used up.
func TestAnswersKeepTheirNumbers(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(9, 40000, "VIR PROSOL SARL"), line(8, 60000, "VIR SEPA ATELIER NORDEAU"), line(7, 25000, "VIR INST PROSOL"), line(6, 9000, "VIR NORDEAU"),
		line(5, 110000, "VIR PROSOL SARL ACOMPTE"), line(4, 20000, "REMISE CHEQUES"))
	told := func() map[ledger.BankEntryID][]reconcile.Answer {
		lines, err := d.State().Decide(ctx)
		if err != nil {
			t.Fatal(err)
		}
		out := map[ledger.BankEntryID][]reconcile.Answer{}
		for i := range lines {
			out[lines[i].ID] = lines[i].Answers()
		}
		return out
	}
	_, printed, err := d.Reconcile(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	several := 0
	for i := range printed {
		before := told()
		was := before[printed[i].ID]
		if len(was) == 0 {
			continue
		}
		if len(was) > 1 {
			several++
		}
		if _, _, err := d.Confirm(ctx, printed[i].ID, 0); err != nil {
			t.Fatal(err)
		}
		used := map[ledger.InvoiceID]bool{}
		for _, a := range was[0].Allocations {
			used[a.Item] = true
		}
		for id, answers := range told() {
			for n, a := range before[id] {
				touched := slices.ContainsFunc(before[id], func(a reconcile.Answer) bool {
					return slices.ContainsFunc(a.Allocations, func(x reconcile.Allocation) bool { return used[x.Item] })
				})
				if !touched && (n >= len(answers) || !slices.Equal(answers[n].Allocations, a.Allocations) || answers[n].Customer != a.Customer) {
					t.Errorf("after line %d was confirmed, answer %d of line %d is another: %+v, was %+v", printed[i].ID, n, id, answers, before[id])
				}
			}
		}
	}
	if several < 2 {
		t.Errorf("only %d lines have a choice", several)
	}
}

// What is told as recorded was recorded: a line that would be sure once others are out of the way waits for the owner.
func TestOnlyWhatWasRecordedIsToldSo(t *testing.T) {
	ctx := context.Background()
	d := books(t, line(9, 4937, "VIREMENT RECU"), line(8, 4937, "VIR SEPA PROSOL SARL"), line(7, 4937, "VIR SEPA PROSOL SARL"))
	customer := d.State().Book.Invoice(d.State().Book.InvoicesByNumber("FA-2026-118")[0]).Customer
	if _, err := d.Fill(ctx, func(x *ledger.Draft) error {
		for i, number := range []string{"FA-2026-101", "FA-2026-102", "FA-2026-103"} {
			x.Put(&ledger.Invoice{Customer: customer, Number: number, Issued: d.Today().Add(i - 90), Due: d.Today().Add(i - 60), Total: ledger.Euros(4937)})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, lines, err := d.Reconcile(ctx, false)
	if err != nil {
		t.Fatal(err)
	}
	waits := 0
	for i := range lines {
		recorded := len(d.State().Book.PaymentsOfEntry(lines[i].ID)) > 0
		if told := lines[i].Outcome == reconcile.Recorded; told != recorded {
			t.Errorf("line %d is told as %s, recorded: %v", lines[i].Rank, lines[i].Outcome, recorded)
		}
		if !recorded && len(lines[i].Answers()) > 0 {
			waits++
		}
	}
	if waits < 2 {
		t.Errorf("%d lines wait: %+v", waits, lines)
	}
}
