package dialogs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// withCheques gives the sample company with so many cheques in hand, of the largest open invoices; the first came long ago.
func withCheques(t *testing.T, lang words.Lang, n int) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, lang)
	s := b.Desk.State()
	for i := range s.Book.Invoices.All() {
		if n == 0 {
			break
		}
		if open := s.Open(i); open.Positive() && open.Minor > 20000 {
			ago, number := 1+n, "44719"+string(rune('0'+n))+"2"
			if n == 2 {
				number = ""
			}
			if n == 1 {
				ago = 45
			}
			if _, _, err := b.Desk.Pay(context.Background(), i.ID, screentest.Day.Add(-ago), open, ledger.Cheque, number); err != nil {
				t.Fatal(err)
			}
			n--
		}
	}
	return b
}

func TestDepositModel(t *testing.T) {
	b := withCheques(t, words.FR, 4)
	m, err := newDepositModel(b.Desk, fr)
	if err != nil || len(m.Lines) != 4 || m.Lines[0].Ticked || !m.Lines[1].Ticked {
		t.Fatalf("%+v %v", m, err)
	}
	if plain(m.Lines[0].Fact) != "n° 4471912 · reçu le 10/10/2026" || m.Lines[0].Name == "" || len(m.Accounts) == 0 || m.Account != m.Accounts[0].ID {
		t.Errorf("%+v %+v", m.Lines[0], m.Accounts)
	}
	if !strings.HasPrefix(plain(m.total()), "3 chèques : ") || len(m.request().Payments) != 3 {
		t.Error(m.total())
	}
	if m.checkDay(screentest.Day) != "" {
		t.Error("today is refused")
	}
	if m.checkDay(screentest.Day.Add(1)) == "" || m.checkDay(screentest.Day.Add(-30)) == "" {
		t.Error("a day to come, or before the cheques came, is accepted")
	}
	for k := range m.Lines {
		m.Lines[k].Ticked = false
	}
	if plain(m.total()) != "Cochez au moins un chèque." {
		t.Error(m.total())
	}
}

func TestDepositLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"deposit_fr": {}, "deposit_dark": {Appearance: look.Dark}, "deposit_narrow": {Width: 1024, Height: 600}} {
		b := withCheques(t, words.FR, 8)
		m, err := newDepositModel(b.Desk, fr)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range m.Lines[:2] {
			r := m.request()
			r.Payments = l.cheque.Payments
			if _, _, err := b.Desk.Deposit(context.Background(), r, false); err != nil {
				t.Fatal(err)
			}
		}
		s := stage(t, setup)
		Deposit(b.Context, nil)
		s.Golden(name)
	}
}

// What is ticked goes on the slip, which is opened for printing; the rest stays in hand, and the slip can be opened again.
func TestDepositRecords(t *testing.T) {
	b := withCheques(t, words.FR, 3)
	hand, _ := b.Desk.Cheques()
	s := stage(t, shot.Setup{})
	told := 0
	Deposit(b.Context, func() { told++ })
	s.Key(fyne.KeySpace) // the old one too
	s.Key(fyne.KeyDown, fyne.KeySpace)
	s.Has("2 chèques")
	s.Tap("Aperçu")
	if b.Desk.State().Book.Deposits.Len() != 0 || len(b.Opened) != 1 {
		t.Fatalf("the preview was recorded, or not shown: %v %v", b.Opened, b.Errors)
	}
	s.Tap("Imprimer le bordereau")
	book := b.Desk.State().Book
	d := book.Deposits.Get(1)
	if d == nil || d.Cheques != 2 || d.Payments[0] != hand[0].Payments[0] || d.Payments[1] != hand[2].Payments[0] || told != 1 || len(b.Errors) > 0 {
		t.Fatalf("%+v, told %d times, errors %v", d, told, b.Errors)
	}
	slip, err := b.Desk.SlipOf(1, words.FR)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range b.Opened {
		if pdf, err := os.ReadFile(path); err != nil || !bytes.Equal(pdf, slip.PDF) || filepath.Base(path) != "Remise de chèques 1.pdf" {
			t.Errorf("%s is not the slip: %v", path, err)
		}
		os.RemoveAll(filepath.Dir(path))
	}
	s.HasNot("Imprimer le bordereau")
	Deposit(b.Context, nil)
	s.Has("1 chèque", "pas encore vu par la banque")
	b.Chosen = filepath.Join(t.TempDir(), "remise")
	s.Tap("Enregistrer le PDF…")
	if _, err := os.Stat(b.Chosen + ".pdf"); err != nil || b.Desk.State().Book.Deposits.Len() != 2 {
		t.Errorf("%v, errors %v", err, b.Errors)
	}
	Deposit(b.Context, nil) // nothing in hand is left: the slips are still there
	s.Has("Notez d’abord", "n° 2 ·", "n° 1 ·")
	s.Tap("D’accord")
	s.HasNot("Notez d’abord")
}

func TestDepositNothing(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := stage(t, shot.Setup{})
	Deposit(b.Context, nil)
	s.Has("Aucun chèque à remettre", "D’accord")
}

// An invoice's card says on which slip its cheque is, and the cheque cannot be taken back under it.
func TestCardOfADepositedCheque(t *testing.T) {
	b := withCheques(t, words.FR, 1)
	hand, _ := b.Desk.Cheques()
	p := b.Desk.State().Book.Payments.Get(uint32(hand[0].Payments[0]))
	if _, _, err := b.Desk.Deposit(context.Background(), (&depositModel{desk: b.Desk, w: fr, On: screentest.Day, Lines: []depositLine{{Ticked: true, cheque: hand[0]}}}).request(), false); err != nil {
		t.Fatal(err)
	}
	c := newCard(b.Desk, fr, p.Allocations[0].Invoice)
	found := false
	for _, x := range c.Payments {
		found = found || strings.Contains(plain(x.Words), "bordereau n° 1 du 24/11/2026")
	}
	if !found {
		t.Errorf("%+v", c.Payments)
	}
}
