package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

func TestRateTable(t *testing.T) {
	b := screentest.New(t, words.FR)
	if _, err := b.Desk.AddRate(t.Context(), ledger.RateRow{Table: string(claim.TableLuConsumer), Day: ledger.Day(2026, 5, 4), Percent: "4.25", Source: "Mémorial A"}); err != nil {
		t.Fatal(err)
	}
	lu := NewRateTable(b.Words, b.Desk.State(), claim.TableLuConsumer)
	if lu.Ended || lu.Next != ledger.Day(2027, 1, 1) || lu.Gaps == "" || len(lu.Lines) != 27 {
		t.Errorf("ended %v, next %s, gaps %q, %d lines", lu.Ended, lu.Next, lu.Gaps, len(lu.Lines))
	}
	for i, want := range []RateState{RateOwn, RateMissing, RateConfirmed, RateMissing} {
		if lu.Lines[i].State != want {
			t.Errorf("%+v, want %d", lu.Lines[i], want)
		}
	}
	mro := NewRateTable(b.Words, b.Desk.State(), claim.TableMRO)
	if mro.Ended || mro.Next != ledger.Day(2027, 1, 1) || mro.Lines[0].Day != ledger.Day(2026, 7, 1) || mro.Lines[0].State != RateUnconfirmed || mro.Lines[0].Period != "2e semestre 2026" {
		t.Errorf("%+v %+v", mro.Lines[0], mro.Next)
	}
	for _, n := range claim.TableNames {
		for i, l := range NewRateTable(b.Words, b.Desk.State(), n).Lines {
			if l.Day != n.Start(l.Day) || (l.State == RateMissing) != (l.Rate == "–") || l.Source == "" && l.State != RateMissing || i > 60 {
				t.Errorf("%s: %+v", n, l)
			}
		}
	}
}

func TestRateLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"rates_fr": {}, "rates_dark": {Appearance: look.Dark}, "rates_narrow": {Width: 824, Height: 544}} {
		s := open(t, screentest.New(t, words.FR), setup)
		section(s, "Taux et intérêts")
		s.Tap("2e semestre 2026")
		s.Golden(name)
	}
	s := open(t, screentest.Empty(t, words.EN), shot.Setup{})
	s.Tap("Rates and interest")
	s.Tap("Luxembourg")
	s.Golden("rates_ended_en")
}

// The next half-year is added, counts, is corrected in its place, removed, and each act can be undone.
func TestOwnRates(t *testing.T) {
	b := screentest.New(t, words.FR)
	var v *view
	s := shot.Open(t, shot.Setup{Width: 1080, Height: 744}, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Refresh()
		return v.Object()
	})
	s.Tap("Taux et intérêts")
	s.Tap("Ajouter le taux suivant")
	s.Tap("Enregistrer")
	s.Has("Dites où vous l’avez lu")
	s.Golden("rates_wrong_fr")
	s.Type("2,65")
	s.Key(fyne.KeyTab)
	s.Type("Banque de France")
	s.Key(fyne.KeyReturn)
	next := ledger.Day(2027, 1, 1)
	at := func() (claim.Point, bool) { return b.Desk.State().Rates().MRO.At(next) }
	if p, ok := at(); !ok || p.Rate != 2650 || p.Source != "Banque de France" || len(b.Dones) != 1 {
		t.Fatalf("%+v %v %v %v", p, ok, b.Errors, b.Dones)
	}
	s.Has("1er semestre 2027", "ajouté par vous")
	if _, err := b.Desk.AddRate(t.Context(), ledger.RateRow{Table: string(claim.TableMRO), Day: next.Add(3), Percent: "2.4", Source: "BCE"}); err != nil {
		t.Fatal(err)
	}
	if p, _ := at(); p.Rate != 2400 || b.Desk.State().Book.RateRows.Len() != 1 {
		t.Errorf("%+v, %d rows", p, b.Desk.State().Book.RateRows.Len())
	}
	v.Refresh()
	s.Tap("1er semestre 2027")
	s.Tap("Retirer le mien")
	if _, ok := at(); ok {
		t.Error("the rate still counts")
	}
	entries, err := b.Desk.Journal(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.Desk.Undo(t.Context(), entries[0].Seq); err != nil {
		t.Fatal(err)
	}
	if p, ok := at(); !ok || p.Rate != 2400 {
		t.Errorf("%+v %v", p, ok)
	}
}

// What part payments settle first counts at once, and what is typed of the company and saved later does not take it back.
func TestOrderOfPayments(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("Taux et intérêts")
	s.Tap("le principal")
	if !b.Desk.State().Book.Company().PrincipalFirst || len(b.Dones) != 1 {
		t.Fatal(b.Errors)
	}
	m := NewModel(b.Words, b.Desk.State())
	m.Now.PrincipalFirst, m.Now.NoQR = false, true
	if c := m.Merged(b.Desk.State().Book.Company()); !c.PrincipalFirst || !c.NoQR {
		t.Errorf("%+v", c)
	}
	s.Tap("Société et affichage")
	s.Tap("Lettres sans code QR")
	s.Tap("Enregistrer")
	if c := b.Desk.State().Book.Company(); !c.NoQR || !c.PrincipalFirst || len(b.Errors) > 0 {
		t.Errorf("%+v %v", c, b.Errors)
	}
}
