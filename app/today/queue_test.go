package today

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/followup"
)

func fill(t *testing.T, b *screentest.Bench, do func(*ledger.Draft)) {
	t.Helper()
	if _, err := b.Desk.Fill(context.Background(), func(x *ledger.Draft) error { do(x); return nil }); err != nil {
		t.Fatal(err)
	}
}

// morning is the sample company after yesterday's statement: a receipt may be Transports Quillivic's.
func morning(t *testing.T, lang words.Lang) *screentest.Bench {
	b := screentest.New(t, lang)
	fill(t, b, func(x *ledger.Draft) {
		i := &ledger.Import{File: "releve.csv", Format: "csv", On: screentest.Day}
		x.Put(i)
		a := &ledger.BankAccount{IBAN: "FR7630006000011234567890189", Currency: ledger.EUR}
		x.Put(a)
		st := &ledger.BankStatement{Account: a.ID, Import: i.ID, From: screentest.Day.Add(-10), To: screentest.Day.Add(-1), Closing: 2741806, Closed: true}
		x.Put(st)
		x.Put(&ledger.BankEntry{Account: a.ID, Statement: st.ID, Rank: 1, Booked: screentest.Day - 1, Amount: ledger.Euros(100000),
			Type: ledger.EntryTransfer, Label: "VIR SEPA TRANSPORTS QUILLIVIC\nACOMPTE"})
	})
	return b
}

// show opens the screen and gives its view as well.
func show(t *testing.T, b *screentest.Bench, s shot.Setup) (*view, *shot.Screen) {
	t.Helper()
	var v *view
	return v, shot.Open(t, withRail(s), func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Show(screen.Place{Screen: screen.Today})
		return v.Object()
	})
}

func titles(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Title)
	}
	return strings.Join(out, "\n")
}

func TestMorning(t *testing.T) {
	open(t, morning(t, words.FR), shot.Setup{}).Golden("morning_fr")
	open(t, morning(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("morning_dark")
	open(t, morning(t, words.FR), shot.Setup{Width: 1080, Height: 544}).Golden("morning_low_fr")
	b := morning(t, words.EN)
	_, s := show(t, b, shot.Setup{})
	s.Tap("Call Transports Quillivic")
	s.Has("may come from this customer", "Bank read up to 23\u00a0Nov")
	s.Golden("receipt_en")
	s.Tap("Check")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Bank {
		t.Errorf("went to %+v", b.Went)
	}
}

// E-mails of one step stand together, at the place of the first; each task is in one row.
func TestGroups(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewModel(b.Words, b.Desk.State())
	n, group := 0, (*Row)(nil)
	for i := range m.Rows {
		n += len(m.Rows[i].Tasks)
		if m.Rows[i].Group() && group == nil {
			group = &m.Rows[i]
		}
	}
	if n != len(b.Desk.State().Agenda().Tasks) || group == nil {
		t.Fatalf("%d tasks in rows, group %+v", n, group)
	}
	if group.Title != "Écrire à 5 clients avant l’échéance" || group.Chip.Word != "Demain" {
		t.Errorf("%+v", group)
	}
	if want := "mardi 24 novembre 2026 · 5 appels, 8 e-mails, 2 autres tâches"; m.Facts != want {
		t.Errorf("%q", m.Facts)
	}
	waits := 0
	for _, w := range m.Waits {
		waits += len(w.Lines)
	}
	if waits != len(b.Desk.State().Agenda().Waiting) {
		t.Errorf("%d invoices wait, %d are told", len(b.Desk.State().Agenda().Waiting), waits)
	}
}

// A row that is opened becomes the task in hand; its verb leads to the place of the work.
func TestTakeAndDo(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Tap("Appeler") // agreed with the customer: no rule against it
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Call || b.Went[0].Task != "C001/phone" || b.Went[0].Customer == 0 {
		t.Fatalf("went to %+v", b.Went)
	}
	s.Canvas.Focus(v.list)
	s.Key(fyne.KeyDown, fyne.KeyReturn)
	if v.hand != "C003/phone" || s.Canvas.Focused() != fyne.Focusable(v.verbs[0]) {
		t.Fatalf("in hand is %q, the keyboard is on %v", v.hand, s.Canvas.Focused())
	}
	s.Key(fyne.KeyReturn)
	if len(b.Went) != 2 || b.Went[1].Task != "C003/phone" {
		t.Errorf("went to %+v", b.Went)
	}
}

// A letter leads to the letters; where something speaks against it, after a question.
func TestWrite(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	task := v.model.Rows[2].Tasks[0]
	task.Channel, task.Model = ledger.ChannelRegistered, modelNotice
	row := v.model.row([]followup.Task{task})
	v.do(&row)
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Letters || b.Went[0].Filter != modelNotice || len(b.Went[0].Customers) != 1 {
		t.Fatalf("went to %+v", b.Went)
	}
	fill(t, b, func(x *ledger.Draft) {
		c := ledger.Clone(b.Desk.State().Book.Customer(task.Customer))
		c.DoNotContact = true
		x.Put(c)
	})
	v.do(&row)
	s.Has("Mettre en demeure Maison Orsenval quand", "Client à ne pas contacter")
	s.Golden("against_fr")
	s.Tap("Non")
	v.do(&row)
	s.Tap("Quand même")
	if len(b.Went) != 2 {
		t.Errorf("went to %+v", b.Went)
	}
}

// A task that is none of a call or a letter is noted as done, with a note.
func TestNoteDone(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Tap("Régler le litige")
	s.Tap("Noter l’avancée…")
	s.Type("Avoir promis par le chef de chantier")
	s.Golden("noted_fr")
	s.Tap("Noter")
	if len(b.Dones) != 1 || b.Dones[0] != "Fait\u00a0: Régler le litige avec Pépinières du Val d’Armoise" {
		t.Errorf("%q", b.Dones)
	}
	if strings.Contains(titles(v.model.Rows), "litige") {
		t.Errorf("still there:\n%s", titles(v.model.Rows))
	}
	for a := range b.Desk.State().Book.Actions.All() {
		if a.Why != "Avoir promis par le chef de chantier" {
			t.Errorf("%+v", a)
		}
	}
}

func TestSkipAndUndo(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Canvas.Focus(v.verbs[3])
	s.Key(fyne.KeySpace)
	if len(b.Dones) != 1 || v.model.Rows[0].Title != "Appeler Transports Quillivic" || s.Canvas.Focused() != fyne.Focusable(v.verbs[3]) {
		t.Fatalf("%q, first is %s, the keyboard is on %v", b.Dones, v.model.Rows[0].Title, s.Canvas.Focused())
	}
	last, _ := b.Desk.Journal(1)
	if _, _, err := b.Desk.Undo(context.Background(), last[0].Seq); err != nil {
		t.Fatal(err)
	}
	v.Refresh()
	if v.model.Rows[0].Title != "Appeler Garage Tessonnier" {
		t.Errorf("first is %s", v.model.Rows[0].Title)
	}
}

func TestPutOffAndResume(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Tap("Reporter…")
	s.Golden("put_off_fr")
	s.Tap("Dans 3 jours")
	s.Has("ven. 27/11/2026")
	s.Tap("Reporter")
	if len(v.model.Put) != 1 || v.model.Put[0].Tasks[0].Mark.Until != ledger.Day(2026, 11, 27) {
		t.Fatalf("%+v", v.model.Put)
	}
	s.Canvas.Focus(v.list)
	s.Key(fyne.KeyEnd)
	for !strings.Contains(v.items[v.list.Selected()].line.Title, "reportée") {
		s.Key(fyne.KeyUp)
	}
	s.Key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	s.Has("Reprendre")
	s.Tap("Reprendre")
	if len(v.model.Put) != 0 {
		t.Errorf("%+v", v.model.Put)
	}
}

func TestHandOver(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Tap("Confier…")
	s.Key(fyne.KeyReturn)
	s.Has("Ce champ est nécessaire")
	s.Type("Paul")
	s.Golden("hand_fr")
	s.Key(fyne.KeyReturn)
	if handed(&v.model.Rows[0].Tasks[0]) != "Paul" {
		t.Errorf("%+v", v.model.Rows[0])
	}
	s.Has("Confié à Paul")
}

// The order is the owner's to change, with the keyboard and by dragging; what was moved stays where it is put.
func TestMove(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	down := &desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt}
	s.Canvas.Focus(v.list)
	s.Shortcut(down)
	s.Shortcut(down)
	if got := titles(v.model.Rows[:4]); got != "Appeler Garage Tessonnier\nAppeler Maison Orsenval\nTransmettre le dossier Brasserie Lunéval\nAppeler Transports Quillivic" {
		t.Fatal(got)
	}
	at, _ := s.Find("Appeler Commune de Saint-Orvain")
	test.Drag(s.Canvas, at, 0, -3*look.TwoLineHeight)
	if got := titles(v.model.Rows[:5]); got != "Appeler Garage Tessonnier\nAppeler Commune de Saint-Orvain\nAppeler Maison Orsenval\nTransmettre le dossier Brasserie Lunéval\nAppeler Transports Quillivic" {
		t.Fatal(got)
	}
	for i := range v.items {
		if r := v.items[i].row; r != nil && r.Group() {
			v.move(i, 0)
			break
		}
	}
	if !v.model.Rows[1].Group() || v.model.Rows[2].Title != "Appeler Commune de Saint-Orvain" {
		t.Error(titles(v.model.Rows))
	}
}

// An e-mail against a house rule needs a reason, which is kept; the others can leave without it.
func TestMailAgainstARule(t *testing.T) {
	b := screentest.New(t, words.FR)
	var row *Row
	v, s := show(t, b, shot.Setup{})
	for i := range v.model.Rows {
		if v.model.Rows[i].Group() {
			row = &v.model.Rows[i]
			break
		}
	}
	fill(t, b, func(x *ledger.Draft) {
		c := ledger.Clone(b.Desk.State().Book.Customer(row.Tasks[0].Customer))
		c.DoNotContact = true
		x.Put(c)
	})
	n := len(row.Tasks)
	v.lookThrough(row)
	s.Has(fmt.Sprintf("Tout approuver (%d)", n-1), "Client à ne pas contacter")
	s.Tap("Approuver")
	s.Has("Ce champ est nécessaire")
	s.Golden("mail_against_fr")
	s.Type("Il a demandé ce rappel")
	s.Has(fmt.Sprintf("Tout approuver (%d)", n))
	s.Tap("Approuver")
	for a := range b.Desk.State().Book.Actions.All() {
		if a.Why != "Il a demandé ce rappel" || a.Message == 0 {
			t.Errorf("%+v", a)
		}
	}
	if b.Desk.State().Book.Actions.Len() != 1 {
		t.Errorf("%d actions", b.Desk.State().Book.Actions.Len())
	}
}

func TestMails(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	for i := range v.items {
		if strings.Contains(v.items[i].line.Title, "premières relances") {
			s.Canvas.Focus(v.list)
			v.list.Select(i)
			s.Key(fyne.KeyReturn)
			break
		}
	}
	s.Golden("group_fr")
	n := len(v.model.Find(v.hand).Tasks)
	s.Tap("Relire les")
	s.Has(fmt.Sprintf("1 sur %d", n))
	s.Golden("mail_fr")
	s.Key(fyne.KeyReturn) // the keyboard is on what approves this one
	if got := b.Desk.State().Book.Messages.Len(); got != 1 {
		t.Fatalf("%d e-mails approved", got)
	}
	s.Tap("Tout approuver")
	if got := b.Desk.State().Book.Messages.Len(); got != n || len(b.Errors) > 0 {
		t.Errorf("%d of %d e-mails approved, %v", got, n, b.Errors)
	}
	s.HasNot("Tout approuver")
	if strings.Contains(titles(v.model.Rows), "premières relances") {
		t.Error(titles(v.model.Rows))
	}
}

// The words of an e-mail are changed before it is approved, and that one alone.
func TestEditingBeforeApproval(t *testing.T) {
	b := screentest.New(t, words.EN)
	b.Desk.LetWait(desk.Grace)
	v, s := show(t, b, shot.Setup{Width: 824, Height: 600})
	var row *Row
	for i := range v.model.Rows {
		if v.model.Rows[i].Group() {
			row = &v.model.Rows[i]
		}
	}
	n := len(row.Tasks)
	v.lookThrough(row)
	s.Tap("Edit…")
	s.Golden("mail_edit_en")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Key(fyne.KeyBackspace)
	s.Has("no subject or no text", fmt.Sprintf("(%d)", n-1))
	s.Tap("Approve this one")
	if b.Desk.State().Book.Messages.Len() != 0 {
		t.Fatal("an empty e-mail was approved")
	}
	s.Type("Dear Sir, please pay.")
	s.Tap("Approve this one")
	for m := range b.Desk.State().Book.Messages.All() {
		if m.Body != "Dear Sir, please pay." {
			t.Errorf("%q", m.Body)
		}
	}
	if got := b.Desk.State().Book.Messages.Len(); got != 1 || len(b.Errors) > 0 || b.Dones[0] != "E-mail approved: it waits for the mailbox to be set up." {
		t.Errorf("%d approved, %v, %q", got, b.Errors, b.Dones)
	}
	s.Has(fmt.Sprintf("1 of %d", n-1))
}

// Why nothing is done about the rest is told by reason, then by invoice.
func TestWaiting(t *testing.T) {
	b := screentest.New(t, words.FR)
	v, s := show(t, b, shot.Setup{})
	s.Canvas.Focus(v.list)
	s.Key(fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEnd)
	s.Golden("waiting_fr")
	s.Key(fyne.KeyReturn)
	s.Golden("waiting_list_fr")
	s.Key(fyne.KeyReturn)
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Customer {
		t.Errorf("went to %+v", b.Went)
	}
}

// A day that is done says so, and what it brought.
func TestDone(t *testing.T) {
	b := screentest.New(t, words.FR)
	ctx := context.Background()
	for range 3 {
		if tasks := b.Desk.State().Agenda().Tasks; len(tasks) > 0 {
			doing := b.Desk.Prepare(ctx, tasks)
			for i := range doing {
				if doing[i].Err != nil {
					t.Fatal(doing[i].Err)
				}
			}
			if _, err := b.Desk.DoTasks(ctx, doing); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill(t, b, func(x *ledger.Draft) {
		x.Put(&ledger.Promise{Customer: 1, Made: screentest.Day, Due: screentest.Day + 3, Amount: ledger.Euros(648000)})
	})
	s := open(t, b, shot.Setup{})
	s.Has("La journée est faite", "5 appels, 8 e-mails, 2 autres tâches", "1 promesse obtenue", "6\u202f480,00\u00a0€")
	s.Golden("done_fr")
	open(t, b, shot.Setup{Appearance: look.Dark, Width: 824, Height: 544}).Golden("done_dark_narrow")
}

// crowd is a ledger with n customers who are called today, the first with a long name.
func crowd(t testing.TB, n int) *screentest.Bench {
	b := screentest.Empty(t, words.FR)
	_, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(&ledger.Company{Name: "Menuiserie", Country: "FR", House: ledger.House{ActionsADay: 1000}})
		for i := range n {
			name := fmt.Sprintf("Client %03d", i)
			if i == 0 {
				name = "Syndicat des copropriétaires de la résidence Les Terrasses du Grand-Hautemare, bâtiments A à F"
			}
			d.Put(&ledger.Customer{Ref: fmt.Sprintf("C%03d", i), Name: name, Type: ledger.CompanyCustomer, Country: "FR"})
			d.Put(&ledger.Invoice{Customer: ledger.CustomerID(i + 1), Number: fmt.Sprintf("F-%04d", i), Issued: screentest.Day - 60, Due: screentest.Day - 9,
				Total: ledger.Euros(int64(10000000 - i*1000))})
			d.Put(&ledger.Action{Customer: ledger.CustomerID(i + 1), On: screentest.Day - 7, Step: "first_reminder", Channel: ledger.ChannelEmail,
				Lines: []ledger.ActionLine{{Invoice: ledger.InvoiceID(i + 1), Level: 2}}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestMany(t *testing.T) {
	b := crowd(t, 300)
	v, s := show(t, b, shot.Setup{})
	if len(v.model.Rows) != 300 {
		t.Fatalf("%d rows", len(v.model.Rows))
	}
	s.Golden("many_fr")
	start := time.Now()
	for range 20 {
		v.show(NewModel(b.Words, b.Desk.State()))
	}
	if took := time.Since(start) / 20; took > 150*time.Millisecond {
		t.Errorf("300 tasks take %v to show", took)
	}
	s.Canvas.Focus(v.list)
	s.Key(fyne.KeyEnd)
	s.Has("Client 299")
	open(t, crowd(t, 1), shot.Setup{Scale: look.Large, Width: 824, Height: 544}).Golden("one_large_narrow")
}

// Tab goes through the task in hand, the list and the side column in reading order.
func TestTab(t *testing.T) {
	v, s := show(t, screentest.New(t, words.FR), shot.Setup{})
	s.Canvas.Focus(v.verbs[0])
	for _, b := range v.verbs[1:] {
		s.Key(fyne.KeyTab)
		if s.Canvas.Focused() != fyne.Focusable(b) {
			t.Fatalf("the keyboard is on %v, not on %s", s.Canvas.Focused(), b.Text())
		}
	}
	s.Key(fyne.KeyTab, fyne.KeyTab) // past the customer's page
	if s.Canvas.Focused() != fyne.Focusable(v.list) {
		t.Errorf("the keyboard is on %T", s.Canvas.Focused())
	}
}

func TestSinceTheLastWorkingDay(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := &desk.State{Book: b.Desk.State().Book, On: ledger.Day(2026, 11, 23), Standings: b.Desk.State().Book.Standings(ledger.Day(2026, 11, 23))}
	if m := NewModel(b.Words, s); m.Since.Title != "Depuis le 20\u00a0nov." {
		t.Errorf("%q", m.Since.Title)
	}
	m := NewModel(b.Words, b.Desk.State())
	if m.Since.Title != "Depuis hier" {
		t.Errorf("%q", m.Since.Title)
	}
	if len(m.Ended.Lines) == 0 || m.Ended.Lines[0].Situation == ledger.NotDue {
		t.Errorf("%+v", m.Ended)
	}
}
