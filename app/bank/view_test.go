package bank

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
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
	return v, shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{Screen: screen.Bank})
		return v.Object()
	})
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
	_, s = open(t, b, shot.Setup{Width: 824, Height: 544})
	s.Golden("day_narrow")
}

func TestSureReceiptsAreRecordedTogether(t *testing.T) {
	b := screentest.New(t, words.FR)
	day(t, b)
	_, s := open(t, b, shot.Setup{})
	s.Tap("Enregistrer 1 encaissement sûr")
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

func TestSplittingByHand(t *testing.T) {
	b := screentest.New(t, words.FR)
	booked(t, b, entry(1, 300000, "REMISE CHEQUES 2"))
	v, s := open(t, b, shot.Setup{})
	_ = v
	s.Tap("REMISE CHEQUES 2")
	s.Tap("Répartir à la main…")
	s.Golden("split_fr")
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
