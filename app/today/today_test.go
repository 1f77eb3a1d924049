package today

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

func open(t *testing.T, b *screentest.Bench, s shot.Setup) *shot.Screen {
	t.Helper()
	return shot.Open(t, withRail(s), func() fyne.CanvasObject {
		v := New(b.Context)
		v.Show(screen.Place{Screen: screen.Today})
		return v.Object()
	})
}

// withRail makes the window as large as the place that rail and top bar leave of it.
func withRail(s shot.Setup) shot.Setup {
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	return s
}

func TestPictures(t *testing.T) {
	open(t, screentest.New(t, words.FR), shot.Setup{}).Golden("sample_fr")
	open(t, screentest.New(t, words.EN), shot.Setup{}).Golden("sample_en")
	open(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("sample_dark")
	open(t, screentest.New(t, words.FR), shot.Setup{Width: 824, Height: 544}).Golden("sample_narrow")
	open(t, paid(t), shot.Setup{}).Golden("nothing_fr")
}

// paid gives a bench with one customer who owes nothing.
func paid(t *testing.T) *screentest.Bench {
	t.Helper()
	b := screentest.Empty(t, words.FR)
	if _, _, err := b.Desk.SaveCustomer(context.Background(), ledger.Customer{Name: "Garage Tessonnier", Country: "FR"}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNothingRecordedLeadsToTheDoors(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	open(t, b, shot.Setup{})
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Welcome {
		t.Errorf("went to %+v", b.Went)
	}
}

func TestModel(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State())
	if m.Figures[0].Value != b.Words.Money(ledger.Euros(8431650)) {
		t.Errorf("owed: %q", m.Figures[0].Value)
	}
	if len(m.Rows) == 0 || m.Rows[0].Title != "Appeler Garage Tessonnier" || m.Rows[0].Chip.Situation != ledger.PromiseBroken {
		t.Errorf("first: %+v", m.Rows[:1])
	}
}

// The key figures are one page that opens from the heading, by currency.
func TestKeyFigures(t *testing.T) {
	looks := func(b *screentest.Bench, s shot.Setup, name string) *shot.Screen {
		w := open(t, b, s)
		w.Tap(b.T("today.key.open"))
		w.Golden(name)
		return w
	}
	b := screentest.New(t, words.FR)
	w := looks(b, shot.Setup{Width: 1280, Height: 800}, "key_fr")
	w.Has("61 jours", "48 jours fin novembre 2025", "48\u202f522,00\u00a0€")
	w.Tap("EUR")
	w.Tap("CHF")
	w.HasNot("61 jours")
	w.Has("2\u202f140,00\u00a0CHF")
	w.Golden("key_francs")
	w.Tap("1 à 30 jours")
	w.HasNot("Encaissé par mois")
	if len(b.Went) != 1 || b.Went[0].Filter != "bucket:1" {
		t.Errorf("went to %+v", b.Went)
	}
	looks(screentest.New(t, words.FR), shot.Setup{Width: 1280, Height: 800, Appearance: look.Dark}, "key_dark")
	looks(screentest.New(t, words.EN), shot.Setup{Width: 1024, Height: 600}, "key_en_narrow")
}

// Where nothing was invoiced yet the key figures say so.
func TestKeyFiguresOfNothing(t *testing.T) {
	w := open(t, paid(t), shot.Setup{Width: 1280, Height: 800})
	w.Tap("Chiffres clés…")
	w.Has("Pas encore connu", "0,00\u00a0€")
	w.Golden("key_empty_fr")
	w.Key(fyne.KeyEscape)
	w.HasNot("Encaissé par mois")
}

// The week pointed at is told exactly; else what no week has.
func TestWeeks(t *testing.T) {
	b := screentest.New(t, words.FR)
	e := ledger.Expected{Currency: ledger.EUR, Monday: ledger.Day(2026, 11, 23), Contested: 100, Undated: 2050, Later: ledger.ExpectedAmount{Promised: 5, Habit: 1}}
	e.Weeks[0] = ledger.ExpectedAmount{Promised: 30049, Habit: 10001}
	e.Weeks[4] = ledger.ExpectedAmount{Habit: 80100}
	m := newWeeks(b.Words, e)
	first := Week{
		Promised: 30049. / 80100, Habit: 10001. / 80100, Amount: "401", Day: "23\u00a0nov.",
		Words: "300,49\u00a0€ promis · 100,01\u00a0€ par habitude",
	}
	if m.Weeks[0] != first || m.Weeks[4].Habit != 1 || m.Weeks[1].Amount != "0" {
		t.Errorf("%+v", m.Weeks)
	}
	if m.Rest != "Sans date 20,50\u00a0€ · contesté 1,00\u00a0€" || m.All != m.Rest+" · plus tard 0,06\u00a0€" {
		t.Errorf("%q, %q", m.Rest, m.All)
	}
	s := open(t, b, shot.Setup{})
	shown := NewModel(b.Words, b.Desk.State()).Weeks
	s.Has(shown.Rest, shown.Weeks[0].Amount)
}
