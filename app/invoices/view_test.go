package invoices

import (
	"fmt"
	"os"
	"path/filepath"
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

// open shows the screen and gives the view too.
func open(t testing.TB, b *screentest.Bench, p screen.Place, s shot.Setup) (*view, *shot.Screen) {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744 // what rail and top bar leave
	}
	var v *view
	sc := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		return v.Object()
	})
	v.Show(p)
	sc.Settle()
	return v, sc
}

func TestPictures(t *testing.T) {
	fr := screentest.New(t, words.FR)
	_, s := open(t, fr, screen.Place{Filter: All}, shot.Setup{})
	s.Golden("all_fr")
	_, s = open(t, fr, screen.Place{}, shot.Setup{})
	s.Golden("open_fr")
	_, s = open(t, screentest.New(t, words.EN), screen.Place{Filter: Overdue}, shot.Setup{})
	s.Golden("overdue_en")
	_, s = open(t, fr, screen.Place{Filter: "bucket:2"}, shot.Setup{Width: 824, Height: 544})
	s.Golden("age_narrow")
	_, s = open(t, screentest.Empty(t, words.FR), screen.Place{}, shot.Setup{})
	s.Golden("empty_fr")
	v, s := open(t, fr, screen.Place{}, shot.Setup{})
	v.search.SetText("xyzzy")
	s.Golden("none_found_fr")
}

func TestPictureOfAChoice(t *testing.T) {
	b := screentest.New(t, words.FR)
	tick := func(v *view) {
		n := 0
		v.table.TickWhere(func(r *Row) bool {
			n++
			return r.Open != 0 && n%9 == 0
		})
	}
	v, s := open(t, b, screen.Place{}, shot.Setup{})
	tick(v)
	s.Golden("chosen_fr")
	v, s = open(t, b, screen.Place{}, shot.Setup{Appearance: look.Dark})
	tick(v)
	s.Golden("chosen_dark")
}

func TestPictureOfMany(t *testing.T) {
	_, s := open(t, screentest.Huge(t, words.FR, 100_000), screen.Place{}, shot.Setup{})
	s.Golden("many_fr")
}

func TestFiltersAndSearch(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := open(t, b, screen.Place{Filter: "bucket:2"}, shot.Setup{})
	age := v.table.Count()
	v.table.Shown(func(r *Row) {
		if d := v.m.Standing(r).DaysLate; d < 31 || d > 60 {
			t.Errorf("%s is %d days late", r.Number, d)
		}
	})
	s.Tap("31 à 60 jours ×") // takes the age away
	if v.filter != Open || v.table.Count() <= age {
		t.Errorf("filter %s, %d rows after %d", v.filter, v.table.Count(), age)
	}
	s.Tap("Toutes")
	if v.table.Count() != len(v.m.Rows) {
		t.Errorf("%d of %d", v.table.Count(), len(v.m.Rows))
	}
	number := v.m.Rows[10].Number
	v.search.Focus()
	s.Type(strings.ToLower(number))
	if v.table.Count() != 1 || v.table.Selected().Number != number {
		t.Errorf("%d rows for %s", v.table.Count(), number)
	}
	s.Key(fyne.KeyEscape)
	if v.search.Text() != "" || v.table.Count() != len(v.m.Rows) {
		t.Error("Escape leaves the search")
	}
	v.search.SetText("xyzzy")
	s.Tap("Voir toutes les factures")
	if v.table.Count() != len(v.m.Rows) {
		t.Error("rows are still hidden")
	}
}

func TestAnInvoiceIsRevealed(t *testing.T) {
	b := screentest.New(t, words.FR)
	var settled ledger.InvoiceID
	s := b.Desk.State()
	for i := range s.Book.Invoices.All() {
		if s.Standings.Of(i.ID).Open == 0 {
			settled = i.ID
		}
	}
	v, _ := open(t, b, screen.Place{Invoice: settled}, shot.Setup{})
	if v.filter != All || v.table.Selected().ID != settled {
		t.Errorf("filter %s, cursor on %+v", v.filter, v.table.Selected().Invoice)
	}
}

func TestWritingToTheChosen(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := open(t, b, screen.Place{}, shot.Setup{})
	seen := map[ledger.CustomerID]bool{}
	v.table.TickWhere(func(r *Row) bool {
		if r.Open == 0 || r.CreditNote || seen[r.Customer] || len(seen) == 3 {
			return false
		}
		seen[r.Customer] = true
		return true
	})
	s.Has("3 factures choisies")
	s.HasNot("Noter un paiement")
	s.Tap("Écrire aux 3 clients")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Letters || len(b.Went[0].Customers) != 3 {
		t.Errorf("went %+v", b.Went)
	}
	first := v.choice.Writes[0]
	v.table.TickWhere(func(r *Row) bool { return r.Customer == first && r.Open != 0 })
	s.Has("Noter un paiement", "Écrire au client")
	s.Tap("Noter un paiement")
	s.Has(b.Desk.State().Book.Customer(first).Name)
}

func TestOpeningARow(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := open(t, b, screen.Place{}, shot.Setup{})
	s.Canvas.Focus(v.table)
	s.Key(fyne.KeyEnter)
	if s.Canvas.Overlays().Top() == nil {
		t.Error("no dialog is open")
	}
	s.Has(v.table.Selected().Number)
}

func TestDropping(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := open(t, b, screen.Place{}, shot.Setup{})
	file := filepath.Join(t.TempDir(), "bon-de-livraison.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4 livré"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := ""
	n := 0
	v.table.Shown(func(r *Row) {
		if n++; n == 2 {
			second = r.Number
		}
	})
	at, ok := s.Find(second)
	if !ok || !v.Drop(at, []string{file}) {
		t.Fatal("the row does not take the file")
	}
	for d := range b.Desk.State().Book.Documents.All() {
		if d.Name == "bon-de-livraison.pdf" && b.Desk.State().Book.Invoice(d.Invoice).Number == second {
			second = ""
		}
	}
	if second != "" || len(b.Errors) != 0 {
		t.Errorf("not kept with %s: %v", second, b.Errors)
	}
	if v.Drop(fyne.NewPos(400, 30), []string{file}) {
		t.Error("the heading takes a file")
	}
}

func TestExporting(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = filepath.Join(t.TempDir(), "sortie.xlsx")
	_, s := open(t, b, screen.Place{}, shot.Setup{})
	s.Tap("Exporter…")
	s.Tap("Enregistrer sous…")
	if _, err := os.Stat(b.Chosen); err != nil || len(b.Dones) != 1 {
		t.Error(err, b.Errors, b.Dones)
	}
}

func TestImportingTheFirstFile(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	b.Chosen = "registre.xlsx"
	_, s := open(t, b, screen.Place{}, shot.Setup{})
	s.Tap("Importer un fichier")
	if len(b.Went) != 1 || b.Went[0].File != b.Chosen {
		t.Errorf("went %+v", b.Went)
	}
}

func TestWidthsAreKept(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, _ := open(t, b, screen.Place{}, shot.Setup{})
	v.table.OnWidth("customer", 310)
	if w := b.Prefs.Widths[tableName]["customer"]; w != 310 {
		t.Errorf("width %v", w)
	}
}

// huge shows a ledger of 100,000 invoices.
func huge(b *testing.B) (*view, *shot.Screen) {
	b.Helper()
	return open(b, screentest.Huge(b, words.FR, 100_000), screen.Place{Filter: All}, shot.Setup{})
}

// A page of the table filled anew, as at each press of PgDn: under 2 ms.
func BenchmarkPage(b *testing.B) {
	v, _ := huge(b)
	for b.Loop() {
		v.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	if v.table.Selected() == &v.m.Rows[0] {
		b.Error("the table did not move")
	}
}

// What typing one more letter costs the window while the filtering itself runs beside it.
func BenchmarkTypingBlocksWindow(b *testing.B) {
	v, _ := huge(b)
	v.search.SetText("f-0")
	v.c.Run = aside{}
	v.table = nil
	v.build()
	for n := 0; b.Loop(); n++ {
		v.search.SetText(fmt.Sprintf("f-0%d", n%10))
	}
}

// aside takes tasks and does not run them.
type aside struct{}

func (aside) Go(string, run.Task, func(error)) {}
func (aside) Cancel(string)                    {}

// The filtering of all rows for one more letter, which runs beside the window, and showing the answer.
func BenchmarkFilter(b *testing.B) {
	v, _ := huge(b)
	v.search.SetText("f-0")
	for n := 0; b.Loop(); n++ {
		v.search.SetText(fmt.Sprintf("f-0%d", n%10))
	}
}

// Only deciding which rows to show.
func BenchmarkMatch(b *testing.B) {
	v, _ := huge(b)
	keep := v.m.Keep(All, "client 12 99")
	for b.Loop() {
		for k := range v.m.Rows {
			keep(&v.m.Rows[k])
		}
	}
}

func BenchmarkRows(b *testing.B) {
	bench := screentest.Huge(b, words.FR, 100_000)
	s := bench.Desk.State()
	for b.Loop() {
		NewModel(bench.Words, s)
	}
}

// After a first import the owner says what was already done, many cases at once.
func TestWhereTheCasesStand(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := open(t, b, screen.Place{Screen: screen.Invoices, Filter: Overdue, Imported: true}, shot.Setup{})
	s.Golden("standing_fr")
	v.table.TickWhere(func(r *Row) bool { return v.m.Standing(r).DaysLate > 30 })
	s.Tap("Déjà fait…")
	s.Golden("steps_fr")
	s.Type("15/10")
	s.Tap("Noter")
	if len(b.Errors) > 0 || len(b.Dones) != 1 || b.Desk.State().Book.Steps.Len() == 0 {
		t.Fatalf("errors %v, done %v", b.Errors, b.Dones)
	}
	for x := range b.Desk.State().Book.Steps.All() {
		if x.On != ledger.Day(2026, 10, 15) || x.Done != ledger.StepReminder || x.Times != 1 {
			t.Errorf("%+v", x)
		}
	}
	s.Tap("C’est fait")
	s.HasNot("importées sont déjà en retard")
}
