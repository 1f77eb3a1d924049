package call

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// at is the time of the day in these tests; Pass lets it go on.
type at struct{ time.Time }

func (a *at) pass(d time.Duration) { a.Time = a.Add(d) }

// office gives a bench on the sample company at 10:40 in the morning, when calls are made, and its clock.
func office(t testing.TB, lang words.Lang) (*screentest.Bench, *at) {
	t.Helper()
	b := screentest.Empty(t, lang)
	clock := &at{time.Date(2026, 11, 24, 10, 40, 0, 0, time.UTC)}
	d, err := desk.Open(filepath.Join(t.TempDir(), "call.quitus"), func() time.Time { return clock.Time }, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.FillSample(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	b.Desk = d
	return b, clock
}

// customer gives the sample's customer of a name.
func customer(t testing.TB, b *screentest.Bench, name string) ledger.CustomerID {
	t.Helper()
	ids := b.Desk.State().Book.CustomersByName(name)
	if len(ids) != 1 {
		t.Fatalf("there are %d customers named %s", len(ids), name)
	}
	return ids[0]
}

// openCall shows the call to a customer, with the window's keys.
func openCall(t *testing.T, b *screentest.Bench, s shot.Setup, name string) (*shot.Screen, *view) {
	t.Helper()
	id := customer(t, b, name)
	var v *view
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		return v.Object()
	})
	w.Canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { v.Key(ev.Name, false) })
	for _, key := range []fyne.KeyName{fyne.KeyO, fyne.KeyP, fyne.KeyR, fyne.KeyM, fyne.KeyReturn} {
		kit.AddShortcut(w.Canvas, &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func() { v.Key(key, true) })
	}
	v.Show(screen.Place{Screen: screen.Call, Customer: id})
	w.Settle()
	if len(b.Errors) > 0 {
		t.Fatal(b.Errors)
	}
	return w, v
}

var (
	narrow = shot.Setup{Width: 1024, Height: 600}
	dark   = shot.Setup{Appearance: look.Dark}
)

const (
	garage = "Garage Tessonnier"
	nb     = "\u00a0"
	thin   = "\u202f"
)

// talk begins a call and notes what is said, by keyboard alone.
func talk(w *shot.Screen, v *view, clock *at) {
	w.Ctrl(fyne.KeyM)
	w.Type("Appel, Mme Lepage répond.")
	w.Key(fyne.KeyReturn)
	clock.pass(time.Minute)
	w.Ctrl(fyne.KeyM)
	w.Type(v.m.phrases()[0].Code)
	w.Key(fyne.KeyTab, fyne.KeyReturn)
	clock.pass(time.Minute)
	w.Ctrl(fyne.KeyM)
	w.Type("Rappelé la promesse du 13 novembre.")
	w.Key(fyne.KeyReturn)
	w.Ctrl(fyne.KeyM)
	clock.pass(2*time.Minute + 12*time.Second)
	w.Type("M. Tessonnier signe les virements le jeudi.")
	w.Key(fyne.KeyReturn)
}

// promise notes a promise with Ctrl+P: the amount is proposed, the day is typed.
func promise(w *shot.Screen, day string) {
	w.Ctrl(fyne.KeyP)
	w.Type(day)
	w.Key(fyne.KeyReturn)
}

func TestBefore(t *testing.T) {
	b, _ := office(t, words.FR)
	w, _ := openCall(t, b, shot.Setup{}, garage)
	w.Golden("before_fr")
	w, _ = openCall(t, screentest.New(t, words.FR), narrow, garage) // at 8:02: out of hours
	w.Golden("before_hours_small")
}

func TestCallLooks(t *testing.T) {
	for _, s := range []struct {
		name  string
		lang  words.Lang
		setup shot.Setup
	}{{"answer_fr", words.FR, shot.Setup{}}, {"answer_dark", words.FR, dark}, {"answer_small", words.FR, narrow}, {"answer_en", words.EN, shot.Setup{}}} {
		b, clock := office(t, s.lang)
		w, v := openCall(t, b, s.setup, garage)
		talk(w, v, clock)
		w.Key(fyne.KeyF1)
		w.Type("Elle vérifie avec M. Tessonnier et")
		v.head.showTime()
		w.Golden(s.name)
	}
}

func TestPanelsLook(t *testing.T) {
	b, _ := office(t, words.FR)
	w, v := openCall(t, b, shot.Setup{}, garage)
	w.Ctrl(fyne.KeyO)
	w.Type("attend")
	w.Golden("search_fr")
	w.Key(fyne.KeyEscape)
	v.open(openVoicemail)
	w.Golden("voicemail_fr")
	v.open(openRules)
	w.Golden("rules_fr")
	v.open(openRules)
	v.guide.goTo(3)
	w.Golden("listen_fr")
}

func TestEndingLooks(t *testing.T) {
	for _, s := range []struct {
		name  string
		lang  words.Lang
		setup shot.Setup
	}{{"ending_fr", words.FR, shot.Setup{}}, {"ending_dark", words.FR, dark}, {"ending_small", words.FR, narrow}, {"ending_en", words.EN, shot.Setup{}}} {
		b, clock := office(t, s.lang)
		w, v := openCall(t, b, s.setup, garage)
		talk(w, v, clock)
		promise(w, "26/11")
		w.Ctrl(fyne.KeyReturn)
		w.Tap(words.New(s.lang).DelayReason(ledger.DelayNotReceived))
		w.Golden(s.name)
	}
	b, clock := office(t, words.FR)
	w, v := openCall(t, b, shot.Setup{}, garage)
	talk(w, v, clock)
	w.Ctrl(fyne.KeyReturn)
	w.Golden("ending_begun_fr")
	w.Ctrl(fyne.KeyReturn)
	w.Golden("ending_wrong_fr")
	if got := len(b.Desk.State().RunningCalls()); got != 1 {
		t.Errorf("a call without answers was ended: %d run", got)
	}
}

// A whole call by keyboard alone: three objections, notes, a promise, the end with its summary, and the task is gone.
func TestByKeyboardAlone(t *testing.T) {
	b, clock := office(t, words.FR)
	id := customer(t, b, garage)
	if !phoneTask(b, id) {
		t.Fatal("the sample has no call to make")
	}
	w, v := openCall(t, b, shot.Setup{}, garage)
	w.Ctrl(fyne.KeyReturn)
	w.Has("en ligne")
	for key, says := range map[fyne.KeyName]string{fyne.KeyF2: "F2", fyne.KeyF8: "F8", fyne.KeyF1: "F1"} {
		w.Key(key)
		w.Has("Ce qui est dû", "Puis attendez la réponse.", says)
		w.Key(fyne.KeyEscape)
		w.HasNot("Ce qui est dû")
	}
	talk(w, v, clock)
	w.Ctrl(fyne.KeyR)
	promise(w, "26/11")
	w.Has("à l’instant", "Promesse de 6"+thin+"480,00"+nb+"€ pour le")
	w.Ctrl(fyne.KeyReturn)
	w.Has("Pourquoi n’est-ce pas payé" + thin + "?")
	w.Key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // the first reason
	w.Has("la facture n’a pas été reçue", "6"+thin+"480,00"+nb+"€ au plus tard le jeudi 26")
	w.Ctrl(fyne.KeyReturn)
	if len(b.Errors) > 0 || len(b.Dones) == 0 || b.Backs != 1 {
		t.Fatalf("the call was not ended: %v, %v, %d; %s", b.Errors, b.Dones, b.Backs, w.Texts())
	}
	s := b.Desk.State()
	calls := s.Book.CallsOf(id)
	c := calls[len(calls)-1]
	if c.Running || c.Reason != ledger.DelayNotReceived || len(c.Promises) != 1 || c.Document == "" || c.Seconds != 252 || c.Message == 0 {
		t.Errorf("the call is kept as %+v", c)
	}
	if p := s.Book.Promises.Get(uint32(c.Promises[0])); len(p.Invoices) != 2 {
		t.Errorf("the promise is about %v, not about what is due", p.Invoices)
	}
	m := s.Book.Messages.Get(uint32(c.Message))
	if m.State != ledger.MessageWaiting || m.To != "c.lepage@garage-tessonnier.example" || !strings.Contains(m.Body, "de nous confirmer ces points") ||
		!strings.Contains(m.Body, "renonciation ni aux pénalités") {
		t.Errorf("the summary is %+v", m)
	}
	if phoneTask(b, id) {
		t.Error("the task is still to be done")
	}
}

// phoneTask says whether a call to a customer is to be made.
func phoneTask(b *screentest.Bench, id ledger.CustomerID) bool {
	for _, x := range b.Desk.State().TasksOf(id) {
		if x.Channel == ledger.ChannelPhone {
			return true
		}
	}
	return false
}

// What is written is kept at once, the unfinished line too; a screen that opens after a crash has it again.
func TestNotesSurvive(t *testing.T) {
	b, clock := office(t, words.FR)
	w, v := openCall(t, b, shot.Setup{}, garage)
	talk(w, v, clock)
	w.Type("Elle vérifie avec")
	running := b.Desk.State().RunningCalls()
	if len(running) != 1 || !strings.HasSuffix(running[0].Notes, "Elle vérifie avec") {
		t.Fatalf("kept are %+v", running)
	}
	clock.pass(10 * time.Minute)
	w, v = openCall(t, b, shot.Setup{}, garage)
	w.Has("Appel, Mme Lepage répond.", "Elle vérifie avec", "Appel de 10:40, repris", "14:12")
	if v.m.Lines[0].Who != "Moi" || !v.m.Lines[0].Own || v.m.Lines[1].Who != "Mme Lepage" || v.m.Lines[1].Own {
		t.Errorf("who spoke is lost: %+v", v.m.Lines)
	}
	w.Golden("resumed_fr")
}

// Letters and digits go to the notes, whatever is open; Escape closes the answer, then leaves a call that was not begun.
func TestKeys(t *testing.T) {
	b, _ := office(t, words.FR)
	w, v := openCall(t, b, shot.Setup{}, garage)
	w.Key(fyne.KeyF5)
	w.Key(fyne.KeyEscape)
	if b.Backs != 0 || v.m.Open != openNothing {
		t.Fatal("Escape did not close the answer only")
	}
	w.Key(fyne.KeyF5)
	w.Type("12 barrettes")
	if v.m.Draft != "12 barrettes" || v.m.Open == openNothing || !v.m.running() {
		t.Errorf("typed %q with %q open", v.m.Draft, v.m.Open)
	}
	w.Ctrl(fyne.KeyO)
	w.Type("tresorerie")
	w.Key(fyne.KeyReturn)
	if o := v.m.objection(v.m.Open); o == nil || !strings.Contains(ledger.Fold(o.Title), "tresorerie") {
		t.Errorf("the search opened %q", v.m.Open)
	}
	w.Type("!")
	if v.m.Draft != "12 barrettes!" {
		t.Errorf("after the search, the notes are %q", v.m.Draft)
	}
	w, _ = openCall(t, b, shot.Setup{}, "Maison Orsenval")
	w.Key(fyne.KeyEscape)
	if b.Backs != 1 {
		t.Error("Escape does not leave")
	}
}

// A call against a house rule asks why; the reason is kept with the call.
func TestAgainst(t *testing.T) {
	b, clock := office(t, words.FR)
	clock.pass(-3 * time.Hour)
	w, v := openCall(t, b, shot.Setup{}, garage)
	w.Has("Règle de la maison", "Appeler quand même…")
	w.Tap("Appeler quand même…")
	w.Key(fyne.KeyReturn)
	w.Has("nécessaire")
	w.Type("Il a demandé d’être appelé tôt.")
	w.Key(fyne.KeyReturn)
	if !v.m.running() {
		t.Fatalf("the call was not begun: %v", b.Errors)
	}
	v.end()
	w.Tap("Répondeur")
	w.Has("Personne n’a été joint")
	w.Tap("Les relances se poursuivent")
	w.Golden("ending_voicemail_fr")
	w.Ctrl(fyne.KeyReturn)
	actions := b.Desk.State().Book.ActionsOf(customer(t, b, garage))
	if len(b.Errors) > 0 || len(actions) == 0 || actions[len(actions)-1].Why != "Il a demandé d’être appelé tôt." {
		t.Errorf("kept are %+v, errors %v", actions, b.Errors)
	}
}

// Before the due date the guide is another one, and nothing is called late.
func TestPreventive(t *testing.T) {
	b, _ := office(t, words.FR)
	name := ""
	for c := range b.Desk.State().Book.Customers.All() {
		sum := b.Desk.State().Summaries()[c.ID]
		if len(sum.Overdue) == 0 && sum.OpenCount > 0 && c.Type == ledger.CompanyCustomer && len(b.Desk.State().Book.ContactsOf(c.ID)) > 0 {
			name = c.Name
			break
		}
	}
	if name == "" {
		t.Fatal("every customer of the sample is late")
	}
	w, v := openCall(t, b, shot.Setup{}, name)
	if !v.m.File.Preventive || !v.m.File.Due.Positive() {
		t.Fatalf("asked for is %v", v.m.File.Due)
	}
	w.HasNot("de retard")
	v.guide.goTo(1)
	w.Golden("preventive_fr")
}

// The sheet to print is opened with the system's program, and is a PDF.
func TestPrint(t *testing.T) {
	b, _ := office(t, words.FR)
	_, v := openCall(t, b, shot.Setup{}, garage)
	v.print()
	if len(b.Errors) > 0 || len(b.Opened) != 1 || !strings.HasSuffix(b.Opened[0], "2026-11-24.pdf") {
		t.Errorf("opened %v, errors %v", b.Opened, b.Errors)
	}
}
