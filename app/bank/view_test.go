package bank

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

func open(t *testing.T, b *screentest.Bench, s shot.Setup) (*view, *shot.Screen) {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	var v *view
	sc := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		return v.Object()
	})
	v.Show(screen.Place{Screen: screen.Bank})
	sc.Settle()
	return v, sc
}

// booked puts a statement of some entries into a bench's ledger.
func booked(t *testing.T, b *screentest.Bench, entries ...*ledger.BankEntry) {
	t.Helper()
	_, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error {
		i := &ledger.Import{File: "releve.csv", Format: "csv", On: screentest.Day}
		x.Put(i)
		a := &ledger.BankAccount{IBAN: "FR7630006000011234567890189", Currency: ledger.EUR}
		x.Put(a)
		st := &ledger.BankStatement{Account: a.ID, Import: i.ID, From: screentest.Day.Add(-10), To: screentest.Day.Add(-1), Closing: 2741806, Closed: true}
		x.Put(st)
		for n, e := range entries {
			e.Account, e.Statement, e.Rank = a.ID, st.ID, n+1
			x.Put(e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func entry(ago int, cents int64, label string) *ledger.BankEntry {
	return &ledger.BankEntry{Booked: screentest.Day.Add(-ago), Amount: ledger.Euros(cents), Type: ledger.EntryTransfer, Label: label}
}

// day is a morning after a statement: one sure, one to confirm, one unknown, one that is no receipt.
func day(t *testing.T, b *screentest.Bench) {
	booked(t, b,
		entry(1, 183000, "VIR SEPA RECU PEPINIERES DU VAL D ARMOISE\nREGLEMENT"),
		entry(1, 412000, "VIR SEPA GARAGE TESSONNIER\nFACTURE F-2026-0306"),
		entry(2, 77700, "VIR INST M MME LERICHE\nCADEAU"),
		entry(3, -4560, "COTISATION CARTE BANCAIRE"),
	)
}

func TestPictures(t *testing.T) {
	b := screentest.New(t, words.FR)
	_, s := open(t, b, shot.Setup{})
	s.Golden("empty_fr")
	day(t, b)
	_, s = open(t, b, shot.Setup{})
	s.Golden("day_fr")
	_, s = open(t, b, shot.Setup{Appearance: look.Dark})
	s.Golden("day_dark")
	_, s = open(t, b, shot.Setup{Scale: look.Large, Width: 1080, Height: 744})
	s.Golden("day_large")
	_, s = open(t, b, shot.Setup{Width: 824, Height: 544})
	s.Golden("day_narrow")
}

func TestPicturesInEnglish(t *testing.T) {
	b := screentest.New(t, words.EN)
	day(t, b)
	_, s := open(t, b, shot.Setup{})
	s.Key(fyne.KeyEnd)
	s.Golden("day_en")
}

// keys presses keys and counts them.
type keys struct {
	*shot.Screen
	n int
}

func (k *keys) press(names ...fyne.KeyName) {
	k.n += len(names)
	k.Key(names...)
}

// hundred books n receipts, each of which names its invoice, of as many customers.
func hundred(t testing.TB, b *screentest.Bench, n int) {
	t.Helper()
	_, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error {
		a := &ledger.BankAccount{IBAN: "FR7630006000011234567890189", Currency: ledger.EUR}
		i := &ledger.Import{File: "releve.csv", Format: "csv", On: screentest.Day}
		x.Put(a)
		x.Put(i)
		st := &ledger.BankStatement{Account: a.ID, Import: i.ID, From: screentest.Day.Add(-10), To: screentest.Day.Add(-1)}
		x.Put(st)
		for k := range n {
			name, number := fmt.Sprintf("Atelier %s %04d", []string{"Nordeau", "Kervella", "Sorbier", "Maltaverne"}[k%4], k), fmt.Sprintf("FA-2026-%04d", 1000+k)
			c := &ledger.Customer{Ref: fmt.Sprintf("C%04d", k), Name: name, Type: ledger.CompanyCustomer, Country: "FR"}
			x.Put(c)
			total := ledger.Euros(int64(50000 + k*1370))
			x.Put(&ledger.Invoice{Customer: c.ID, Number: number, Issued: screentest.Day.Add(-60), Due: screentest.Day.Add(-30), Total: total})
			x.Put(&ledger.BankEntry{Account: a.ID, Statement: st.ID, Rank: k + 1, Booked: screentest.Day.Add(-1 - k%9), Amount: total,
				Type: ledger.EntryTransfer, Label: "VIR SEPA " + strings.ToUpper(name) + "\nFACTURE " + number})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A hundred lines take an owner under five minutes: each line that is proposed as sure takes one press of Enter, which
// also moves on to the next. With 2.5 seconds to read a line and press, a hundred take 250 seconds.
func TestAHundredLinesByEnterAlone(t *testing.T) {
	const lines, seconds, limit = 100, 2.5, 300
	b := screentest.Empty(t, words.FR)
	hundred(t, b, lines)
	v, s := open(t, b, shot.Setup{})
	k := &keys{Screen: s}
	for v.m.Counts[ToCheck] > 0 && k.n < 3*lines {
		k.press(fyne.KeyReturn)
		if r := v.current(); v.m.Counts[ToCheck] > 0 && (r == nil || !r.Waits()) {
			t.Fatalf("after %d presses the cursor is on no line to check", k.n)
		}
	}
	st := b.Desk.State()
	if left := len(st.Undecided()); left != 0 || len(b.Errors) > 0 || len(b.Dones) != lines {
		t.Errorf("%d lines left, %d told, errors %v", left, len(b.Dones), b.Errors)
	}
	for i := range st.Book.Invoices.All() {
		if open := st.Standings.Of(i.ID).Open; open != 0 {
			t.Errorf("%s: %d open", i.Number, open)
		}
	}
	if k.n > lines || float64(k.n)*seconds > limit {
		t.Errorf("%d lines took %d presses: %g s", lines, k.n, float64(k.n)*seconds)
	}
}

// slow holds acts back until they are let go, and does all else at once.
type slow struct {
	run.Sync
	held map[string]func()
}

func (r *slow) Go(key string, task run.Task, done func(error)) {
	if strings.HasPrefix(key, acting) {
		r.held[key] = func() { r.Sync.Go(key, task, done) }
		return
	}
	r.Sync.Go(key, task, done)
}

// Who is faster than the disk loses nothing: the next line is confirmed while the one before is still being recorded.
func TestFasterThanTheDisk(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	hundred(t, b, 3)
	r := &slow{held: map[string]func(){}}
	b.Run = r
	v, s := open(t, b, shot.Setup{})
	s.Key(fyne.KeyReturn, fyne.KeyReturn)
	v.Refresh() // as after any change of the ledger
	if len(r.held) != 2 || v.m.Counts[ToCheck] != 1 || !v.current().Waits() {
		t.Fatalf("%d acts, %d lines to check", len(r.held), v.m.Counts[ToCheck])
	}
	for _, let := range r.held {
		let()
	}
	if n := len(b.Desk.State().Undecided()); n != 1 || len(b.Errors) > 0 || len(v.doing) != 0 {
		t.Errorf("%d lines left, errors %v", n, b.Errors)
	}
}

// A line that cannot be recorded is to check again, and says why.
func TestWhatFailsIsShownAgain(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	hundred(t, b, 2)
	r := &slow{held: map[string]func(){}}
	b.Run = r
	v, s := open(t, b, shot.Setup{})
	id := v.current().ID
	s.Key(fyne.KeyReturn)
	if _, err := b.Desk.LeaveAside(context.Background(), []ledger.BankEntryID{id}, true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Desk.Pay(context.Background(), 1, screentest.Day, ledger.Euros(50000), ledger.Cheque, ""); err != nil {
		t.Fatal(err)
	}
	for _, let := range r.held {
		let()
	}
	if len(b.Errors) != 1 || ledger.CodeOf(b.Errors[0]) != "payment_too_high" || len(b.Dones) != 0 {
		t.Errorf("errors %v, told %v", b.Errors, b.Dones)
	}
	if at := v.m.Counts[Recorded]; at != 0 {
		t.Errorf("%d lines look recorded", at)
	}
}

// Thousands of entries cost a page.
func TestOnlyThePageIsBuilt(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	hundred(t, b, 2000)
	v, s := open(t, b, shot.Setup{})
	s.Key(fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd)
	if n := v.list.Built(); n > 20 || v.list.Count() < 2000 {
		t.Errorf("%d rows built of %d", n, v.list.Count())
	}
	if r := v.current(); r == nil || r.ID != v.m.Rows[len(v.m.Rows)-1].ID {
		t.Error("End leads elsewhere")
	}
	s.Golden("end_fr")
}

func TestSureReceiptsAreRecordedTogether(t *testing.T) {
	b := screentest.New(t, words.FR)
	day(t, b)
	_, s := open(t, b, shot.Setup{})
	s.Tap("Enregistrer la sûre")
	id := b.Desk.State().Book.InvoicesByNumber("F-2026-0306")[0]
	if open := b.Desk.State().Standings.Of(id).Open; open != 0 || len(b.Errors) > 0 {
		t.Errorf("%d open, errors %v", open, b.Errors)
	}
	s.Tap("Enregistrés")
	s.Golden("recorded_fr")
	s.Tap("Défaire")
	if open := b.Desk.State().Standings.Of(id).Open; open == 0 {
		t.Error("the invoice stays settled")
	}
}

// openOf gives what is open of an invoice of the sample.
func openOf(t *testing.T, b *screentest.Bench, number string) int64 {
	t.Helper()
	return b.Desk.State().Standings.Of(b.Desk.State().Book.InvoicesByNumber(number)[0]).Open
}

// Of two possibilities none is taken for granted: Enter takes one that arrows or its number lead to.
func TestChoosingByKeyboard(t *testing.T) {
	b := screentest.New(t, words.FR)
	day(t, b)
	v, s := open(t, b, shot.Setup{})
	was := openOf(t, b, "F-2026-0314")
	s.Key(fyne.KeyReturn)
	if len(b.Dones) != 0 {
		t.Fatalf("Enter chose by itself: %v", b.Dones)
	}
	s.Key(fyne.KeyDown, fyne.KeyDown)
	if v.answer != 1 || v.current().State != Ambiguous {
		t.Fatalf("at answer %d", v.answer)
	}
	s.Key(fyne.KeyDown)
	if v.current().State != Sure {
		t.Fatalf("below the last answer comes %v", v.current().State)
	}
	s.Key(fyne.KeyUp)
	s.Type("1")
	if v.answer != 0 || len(b.Dones) != 0 {
		t.Fatalf("1 leads to answer %d, told %v", v.answer, b.Dones)
	}
	s.Golden("chosen_fr")
	s.Key(fyne.KeyReturn)
	if left := was - openOf(t, b, "F-2026-0314"); left != 183000 || len(b.Errors) > 0 {
		t.Errorf("%d settled, errors %v", left, b.Errors)
	}
	if r := v.current(); r == nil || r.State != Sure {
		t.Error("the cursor is not on the next entry")
	}
	s.Has("1 sur 3, modifiable à tout moment")
	s.Tap("Tous")
	s.Golden("all_fr")
}

// After the last entry nothing is left, and what was recorded is in view to be taken back.
func TestEverythingChecked(t *testing.T) {
	b := screentest.New(t, words.FR)
	booked(t, b, entry(1, 412000, "VIR SEPA GARAGE TESSONNIER\nFACTURE F-2026-0306"))
	v, s := open(t, b, shot.Setup{})
	s.Key(fyne.KeyReturn)
	s.Has("Tout est vérifié", "1 sur 1, modifiable à tout moment")
	s.Golden("done_fr")
	if v.current() == nil || openOf(t, b, "F-2026-0306") != 0 {
		t.Error("the entry is not recorded")
	}
	s.Tap("Défaire")
	if openOf(t, b, "F-2026-0306") == 0 || !v.current().Waits() {
		t.Error("the entry is not taken back")
	}
}

// A payment that comes back is marked, and says what it opens again.
func TestReturnedPayment(t *testing.T) {
	b := screentest.New(t, words.FR)
	back := entry(1, -412000, "PRLV SEPA REJETE GARAGE TESSONNIER\nFACTURE F-2026-0306 MOTIF AM04")
	back.Returned, back.EndToEnd = true, "GT-0306"
	lost := entry(2, -99900, "CHEQUE IMPAYE 0091223")
	lost.Returned = true
	paid := entry(5, 412000, "PRLV SEPA GARAGE TESSONNIER\nFACTURE F-2026-0306")
	paid.EndToEnd = "GT-0306"
	booked(t, b, paid)
	_, s := open(t, b, shot.Setup{})
	s.Tap("Enregistrer la sûre")
	more(t, b, back, lost)
	v, s := open(t, b, shot.Setup{})
	s.Has("Impayé/retourné", "Rouvre Garage Tessonnier · F-2026-0306", "Quel paiement vous est repris\u202f?")
	s.Golden("returned_fr")
	s.Key(fyne.KeyReturn)
	if openOf(t, b, "F-2026-0306") != 412000 {
		t.Errorf("%d open again, errors %v", openOf(t, b, "F-2026-0306"), b.Errors)
	}
	s.Has("De nouveau à payer\u00a0: Garage Tessonnier · F-2026-0306")
	// The other one is unknown: the owner says which invoice it opens again.
	if v.current().State != Unknown {
		t.Fatalf("the cursor is on %+v", v.current())
	}
	number := b.Desk.State().Book.Invoice(paidInvoice(t, b)).Number
	was := openOf(t, b, number)
	s.Key(fyne.KeyReturn)
	s.Type(number)
	s.Key(fyne.KeyReturn)
	s.Golden("reopen_fr")
	s.Type("500")
	s.Key(fyne.KeyReturn)
	if openOf(t, b, number) != was+50000 || len(b.Errors) > 0 {
		t.Errorf("%d open instead of %d, errors %v", openOf(t, b, number), was+50000, b.Errors)
	}
}

// paidInvoice gives an invoice of the sample of which more than a thousand euros were paid.
func paidInvoice(t *testing.T, b *screentest.Bench) ledger.InvoiceID {
	t.Helper()
	st := b.Desk.State()
	for i := range st.Book.Invoices.All() {
		if st.Standings.Of(i.ID).Paid > 100000 && !i.CreditNote {
			return i.ID
		}
	}
	t.Fatal("nothing is paid in the sample")
	return 0
}

// more adds entries to the statement of booked.
func more(t *testing.T, b *screentest.Bench, entries ...*ledger.BankEntry) {
	t.Helper()
	_, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error {
		for n, e := range entries {
			e.Account, e.Statement, e.Rank = 1, 1, 100+n
			x.Put(e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Typing searches; the only invoice found is taken with Enter, its amount can be written, too much is said at its field
// and nothing is recorded.
func TestSplittingByHand(t *testing.T) {
	b := screentest.New(t, words.FR)
	booked(t, b, entry(1, 300000, "REMISE CHEQUES 2"))
	_, s := open(t, b, shot.Setup{})
	s.Type("0") // opens the search, which has the keyboard from then on
	s.Type("306")
	s.Has("Garage Tessonnier", "Sur 3\u202f000,00\u00a0€, il reste 3\u202f000,00\u00a0€ à répartir.")
	s.Key(fyne.KeyReturn)
	s.Has("3\u202f000,00\u00a0€ répartis\u00a0: il ne reste rien.")
	s.Type("1200")
	s.Has("il reste 1\u202f800,00\u00a0€ à répartir.")
	s.Canvas.FocusPrevious() // the list of invoices
	s.Canvas.FocusPrevious() // the search
	s.Type("0294")
	s.Key(fyne.KeyReturn)
	s.Has("3\u202f000,00\u00a0€ répartis\u00a0: il ne reste rien.")
	s.Golden("split_fr")
	s.Type("2000")
	s.Key(fyne.KeyReturn)
	s.Has("200,00\u00a0€ de trop\u00a0: la")
	s.Golden("split_over_fr")
	if len(b.Dones) != 0 || openOf(t, b, "F-2026-0306") != 412000 {
		t.Fatal("too much was recorded")
	}
	s.Type("3500") // over the amount of the invoice too
	s.Key(fyne.KeyReturn)
	s.Has("Plus que le reste")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("1 750,50")
	s.Key(fyne.KeyReturn)
	if x, y := openOf(t, b, "F-2026-0306"), openOf(t, b, "F-2026-0294"); x != 412000-120000 || y != 318000-175050 || len(b.Errors) > 0 {
		t.Errorf("%d and %d open, errors %v", x, y, b.Errors)
	}
	s.Has("49,50\u00a0€ resteraient au crédit du client.")
}

func TestTheBankIsOld(t *testing.T) {
	b := screentest.New(t, words.FR)
	booked(t, b)
	if _, err := b.Desk.BankChecked(context.Background(), screentest.Day.Add(-20)); err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(context.Background(), b.Words, b.Desk.State())
	if err != nil || m.Old != "" {
		t.Errorf("%v, a statement of yesterday is old: %q", err, m.Old)
	}
	if _, err := b.Desk.BankChecked(context.Background(), screentest.Day.Add(1)); ledger.CodeOf(err) != "bank_checked_in_future" {
		t.Error(err)
	}
}

// The balance is called verified where the entries lead to it; of several accounts each tells its own.
func TestBalance(t *testing.T) {
	b := screentest.New(t, words.FR)
	day(t, b)
	account := func() string {
		m, err := NewModel(context.Background(), b.Words, b.Desk.State())
		if err != nil {
			t.Fatal(err)
		}
		return m.Account
	}
	change := func(f func(*ledger.BankStatement, *ledger.Draft)) {
		_, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error {
			st := ledger.Clone(x.Book().BankStatements.Get(1))
			f(st, x)
			x.Put(st)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := account(); strings.Contains(got, "vérifié") {
		t.Errorf("without an opening balance: %s", got)
	}
	change(func(st *ledger.BankStatement, _ *ledger.Draft) {
		st.Opened, st.Opening = true, st.Closing-183000-412000-77700+4560
	})
	if got := account(); got != "Compte ··0189 · solde 27\u202f418,06\u00a0€ vérifié au 23/11/2026" {
		t.Error(got)
	}
	change(func(st *ledger.BankStatement, x *ledger.Draft) {
		st.Opening++
		a := &ledger.BankAccount{Number: "55512345", Currency: ledger.EUR}
		x.Put(a)
		x.Put(&ledger.BankStatement{Account: a.ID, Import: st.Import, From: st.From, To: st.To, Closing: 100, Closed: true})
	})
	if got := account(); strings.Contains(got, "vérifié") || !strings.Contains(got, "··0189") || !strings.Contains(got, "··2345") {
		t.Error(got)
	}
}

// The banner says that the bank is old, that a statement brought nothing, or both.
func TestBanner(t *testing.T) {
	b := screentest.New(t, words.FR)
	if _, err := b.Desk.BankChecked(context.Background(), screentest.Day.Add(-9)); err != nil {
		t.Fatal(err)
	}
	v, s := open(t, b, shot.Setup{})
	s.Has("Banque lue il y a 9 jours.")
	s.Golden("old_fr")
	v.Show(screen.Place{Screen: screen.Bank, File: "releve.csv"})
	s.Has("Rien de nouveau dans releve.csv.", "depuis 9 jours")
	day(t, b)
	v.Show(screen.Place{Screen: screen.Bank, File: "releve.csv"})
	s.Has("Toutes ses lignes étaient déjà lues.")
	s.Golden("nothing_new_fr")
	v.Show(screen.Place{Screen: screen.Bank})
	s.HasNot("Rien de nouveau")
}

// Receipts that no statement tells are entered by hand, and met when the bank tells them.
func TestReceiptByHand(t *testing.T) {
	b := screentest.New(t, words.FR)
	_, s := open(t, b, shot.Setup{})
	s.Tap("Saisir un encaissement")
	s.Type("tessonnier 0306")
	s.Golden("receive_fr")
	s.Key(fyne.KeyReturn, fyne.KeyReturn)
	s.Has("Noter un paiement", "Garage Tessonnier")
	s.Key(fyne.KeyReturn)
	if openOf(t, b, "F-2026-0306") != 0 || len(b.Errors) > 0 {
		t.Fatalf("%d open, errors %v", openOf(t, b, "F-2026-0306"), b.Errors)
	}
	booked(t, b, entry(0, 412000, "REM CHQ 0091"))
	v, s := open(t, b, shot.Setup{})
	s.Has("Paiement que vous aviez noté")
	payments := b.Desk.State().Book.Payments.Len()
	s.Key(fyne.KeyReturn)
	if n := b.Desk.State().Book.Payments.Len(); n != payments || v.m.Counts[Recorded] != 1 {
		t.Errorf("%d payments instead of %d", n, payments)
	}
}

// What an amount settles of what is ticked: credit notes make room, the last invoice takes what is left.
func TestShare(t *testing.T) {
	items := []openItem{{ID: 1, Open: 1000}, {ID: 2, Open: 500}, {ID: 3, Open: -200}}
	for _, c := range []struct {
		amount, left int64
		chosen       []openItem
		parts        []int64
	}{
		{1000, 0, items[:1], []int64{1000}}, {1200, 0, items[:2], []int64{1000, 200}}, {1300, 0, items, []int64{-200, 1000, 500}},
		{1400, 100, items, []int64{-200, 1000, 500}}, {800, 0, items[:1], []int64{800}}, {100, 100, nil, nil},
	} {
		got, left := share(c.amount, c.chosen)
		if left != c.left || len(got) != len(c.parts) {
			t.Errorf("%d: %+v, left %d", c.amount, got, left)
			continue
		}
		for i := range got {
			if got[i].Amount != c.parts[i] {
				t.Errorf("%d: %+v", c.amount, got)
			}
		}
	}
}
