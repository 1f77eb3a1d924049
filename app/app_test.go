package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// window is the whole window on a ledger, to be driven.
type window struct {
	*shot.Screen
	*App
	t   *testing.T
	dir string
}

// newWindow opens the window as Run does, on the day of all screen tests and with tasks run at once. The
// owner's own ledger and the configuration are in a temporary folder.
func newWindow(t *testing.T, o Options, prefs func(*desk.Prefs)) *window {
	t.Helper()
	look.Still = true
	dir := filepath.Dir(o.Ledger)
	t.Setenv("QUITUS_LEDGER", filepath.Join(dir, "own.quitus"))
	t.Setenv("XDG_CONFIG_HOME", dir)
	o.Clock, o.Who, o.Config = screentest.Clock, "test", filepath.Join(dir, "config")
	if o.Lang == "" {
		o.Lang = words.FR
	}
	p := desk.LoadPrefs(o.Config)
	if err := p.Update(func(p *desk.Prefs) {
		p.Theme = "light"
		if prefs != nil {
			prefs(p)
		}
	}); err != nil {
		t.Fatal(err)
	}
	f := test.NewTempApp(t)
	win := f.NewWindow("")
	a := Open(o, f, win, run.Sync{})
	w := &window{Screen: shot.On(t, win), App: a, t: t, dir: dir}
	t.Cleanup(func() {
		if a.desk != nil {
			a.desk.Close()
		}
		win.Close()
	})
	w.Resize(1280, 800)
	return w
}

// sample opens the window on a copy of the sample company.
func sample(t *testing.T, lang words.Lang, prefs func(*desk.Prefs)) *window {
	t.Helper()
	return newWindow(t, Options{Ledger: sampleLedger(t), Lang: lang}, prefs)
}

func sampleLedger(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.quitus")
	d, err := desk.Open(path, screentest.Clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.FillSample(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// empty opens the window as it is when the program is started for the first time.
func empty(t *testing.T) *window {
	t.Helper()
	return newWindow(t, Options{Ledger: filepath.Join(t.TempDir(), "own.quitus")}, nil)
}

// at fails the test unless a screen is in front.
func (w *window) at(n screen.Name) {
	w.t.Helper()
	if here := w.trail.here().Screen; here != n {
		w.t.Errorf("the window is at %q, not %q", here, n)
	}
}

// says fails the test unless the window shows a sentence, on however many lines.
func (w *window) says(sentence string) {
	w.t.Helper()
	if all := strings.ReplaceAll(w.Texts(), "\n", " "); !strings.Contains(all, sentence) {
		w.t.Errorf("the window does not say %q; it says %s", sentence, all)
	}
}

// register writes the sample company's workbook.
func (w *window) register() string {
	w.t.Helper()
	content, err := desk.SampleWorkbook(screentest.Day, words.New(words.FR))
	if err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(w.dir, "suivi-factures.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *window) drop(x, y float32, paths ...string) {
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	w.dropped(fyne.NewPos(x, y), uris)
	w.Settle()
}

func dark(p *desk.Prefs) { p.Theme = "dark" }

func TestPictures(t *testing.T) {
	empty(t).Golden("first_run_fr")
	w := sample(t, words.FR, nil)
	w.Golden("today_fr")
	w.Tap("Clients")
	w.Golden("customers_fr")
	w.Ctrl(fyne.KeyK)
	w.Type("maison")
	w.Golden("search_fr")
	sample(t, words.EN, dark).Golden("today_dark_en")
}

func TestRail(t *testing.T) {
	w := sample(t, words.FR, nil)
	w.at(screen.Today)
	for _, s := range []struct {
		word string
		name screen.Name
	}{
		{"Clients", screen.Customers}, {"Factures", screen.Invoices}, {"Banque", screen.Bank},
		{"Lettres", screen.Letters}, {"Paramètres", screen.Settings}, {"Aujourd’hui", screen.Today},
	} {
		w.Tap(s.word)
		w.at(s.name)
	}
	for i, n := range mainScreens {
		w.Ctrl(fyne.KeyName(rune('1' + i)))
		w.at(n)
	}
	w.Ctrl(fyne.KeyPageUp)
	w.at(screen.Letters)
	w.Ctrl(fyne.KeyPageDown)
	w.at(screen.Settings)
	w.Tap("Aujourd’hui")
	w.win.Canvas().Focus(w.frame.rail)
	w.Key(fyne.KeyDown, fyne.KeyDown)
	w.at(screen.Invoices) // along the rail, not into the first list on the way
}

// The list of the bank has the keyboard as it comes to the front, and no longer when it is out of sight: Enter records there.
func TestKeysStayInSight(t *testing.T) {
	w := sample(t, words.FR, nil)
	_, err := w.desk.Fill(context.Background(), func(x *ledger.Draft) error {
		a := &ledger.BankAccount{IBAN: "FR7630006000011234567890189", Currency: ledger.EUR}
		x.Put(a)
		i := &ledger.Import{File: "releve.csv", Format: "csv"}
		x.Put(i)
		st := &ledger.BankStatement{Account: a.ID, Import: i.ID, From: ledger.Day(2026, 11, 23), To: ledger.Day(2026, 11, 23)}
		x.Put(st)
		x.Put(&ledger.BankEntry{Account: a.ID, Statement: st.ID, Rank: 1, Booked: ledger.Day(2026, 11, 23), Amount: ledger.Euros(77700), Label: "VIR INST M MME LERICHE"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Tap("Banque")
	if w.Screen.Canvas.Focused() == nil {
		t.Error("the bank's list does not have the keyboard")
	}
	w.Ctrl(fyne.Key1)
	w.at(screen.Today)
	if f := w.Screen.Canvas.Focused(); f != nil {
		t.Errorf("%T has the keyboard out of sight", f)
	}
}

func TestSearchOpensAndEscapeLeadsBack(t *testing.T) {
	w := sample(t, words.FR, nil)
	w.Tap("Clients")
	w.Ctrl(fyne.KeyK)
	w.Type("orsen")
	w.Has("Maison Orsenval")
	w.Key(fyne.KeyReturn)
	w.at(screen.Customer)
	w.Has("Maison Orsenval", "F-2026-0277")
	w.Screen.Canvas.Unfocus()
	w.Key(fyne.KeyEscape)
	w.at(screen.Customers)
	w.Ctrl(fyne.KeyK)
	w.Type("zzzz")
	w.Has("Rien ne répond à")
}

func TestFileDroppedAnywhereIsLookedAt(t *testing.T) {
	w := sample(t, words.FR, nil)
	path := w.register()
	for _, place := range []screen.Name{screen.Today, screen.Customers, screen.Bank, screen.Letters, screen.Settings} {
		w.Go(screen.Place{Screen: place})
		w.drop(600, 700, path)
		w.at(screen.Import)
		w.Has("suivi-factures.xlsx")
	}
	w.drop(600, 700, filepath.Join(w.dir, "absent.xlsx"))
	w.Has("absent.xlsx")
}

func TestFileDroppedOnACustomerIsKept(t *testing.T) {
	w := sample(t, words.FR, nil)
	file := filepath.Join(w.dir, "bon de livraison.pdf")
	if err := os.WriteFile(file, []byte("%PDF-1.4 bon"), 0o600); err != nil {
		t.Fatal(err)
	}
	id := w.desk.State().Book.CustomersByName("Maison Orsenval")[0]
	w.Go(screen.Place{Screen: screen.Customer, Customer: id})
	before := w.desk.State().Book.Documents.Len()
	w.drop(1000, 600, file)
	w.at(screen.Customer)
	if n := w.desk.State().Book.Documents.Len(); n != before+1 {
		t.Errorf("%d documents, there were %d", n, before)
	}
}

func TestImportAndUndo(t *testing.T) {
	for _, how := range []string{"toast", "Ctrl+Z"} {
		w := empty(t)
		w.Has("Importer un fichier", "Ouvrir l’exemple")
		w.drop(600, 700, w.register())
		w.Tap("Importer 250 factures")
		w.at(screen.Invoices)
		if n := w.desk.State().Book.Invoices.Len(); n != 250 {
			t.Fatalf("%d invoices", n)
		}
		if how == "toast" {
			w.Tap("Annuler")
		} else {
			w.Screen.Canvas.Unfocus()
			w.Shortcut(&fyne.ShortcutUndo{})
		}
		if n := w.desk.State().Book.Invoices.Len(); n != 0 {
			t.Errorf("%s: %d invoices are left", how, n)
		}
		if w.last.Seq != 0 {
			t.Errorf("%s: the undo can be pressed again", how)
		}
	}
}

func TestLanguageChangesWhereOneIs(t *testing.T) {
	w := sample(t, words.FR, nil)
	w.Tap("Paramètres")
	w.Tap("English")
	w.at(screen.Settings)
	w.Has("Today", "Head of your letters")
	w.HasNot("Aujourd’hui", "Paramètres")
	if p := desk.LoadPrefs(w.options.Config); p.Language != "en" {
		t.Errorf("the language kept is %q", p.Language)
	}
}

func TestToolkitSpeaksTheSameLanguage(t *testing.T) {
	t.Setenv("PATH", "") // without the system's own file dialogs
	t.Setenv("HOME", t.TempDir())
	w := sample(t, words.FR, nil)
	w.Ctrl(fyne.KeyO)
	w.Has("Importer un fichier", "Retour", "Ouvrir", "Annuler")
	w.Tap("Annuler")
	w.Tap("Paramètres")
	w.Tap("English")
	w.Ctrl(fyne.KeyO)
	w.Has("Import a file", "Up", "Open", "Cancel")
}

func TestAnotherLedger(t *testing.T) {
	w := sample(t, words.FR, nil)
	first, second := w.desk.Path(), filepath.Join(w.dir, "Atelier Nord.quitus")
	w.Tap("Maison Orsenval")
	w.Tap("Dossier")
	w.at(screen.Customer)
	w.OpenLedger(second)
	w.Settle()
	w.at(screen.Welcome)
	w.Has("Atelier Nord")
	w.HasNot("Menuiserie Valdoré")
	recent := w.prefs.RecentLedgers()
	if len(recent) != 2 || recent[0].Path != second || recent[1].Path != first || recent[1].Name != "Menuiserie Valdoré" {
		t.Errorf("recent ledgers: %+v", recent)
	}
	w.Tap("Atelier Nord")
	w.Tap("Menuiserie Valdoré") // in the menu of recent ledgers
	w.at(screen.Today)
	if w.desk.Path() != first {
		t.Errorf("open is %s", w.desk.Path())
	}
	again, err := desk.Open(second, screentest.Clock, "test")
	if err != nil {
		t.Fatal("the ledger left is still held:", err)
	}
	again.Close()
}

func TestLedgerThatDoesNotOpen(t *testing.T) {
	held := sampleLedger(t)
	d, err := desk.Open(held, screentest.Clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	w := newWindow(t, Options{Ledger: held}, nil)
	w.Has("Ce dossier ne s’ouvre pas", "Réessayer", "Ouvrir un autre dossier…", "Quitter")
	w.says("est déjà ouvert dans une autre fenêtre ou par un autre programme.")
	w.Tap("Réessayer")
	w.says("est déjà ouvert")
	d.Close()
	w.Tap("Réessayer")
	w.at(screen.Today)

	garbage := filepath.Join(t.TempDir(), "vieux.quitus")
	content := slices.Repeat([]byte("ce n’est pas un dossier "), 4000)
	if err := os.WriteFile(garbage, content, 0o600); err != nil {
		t.Fatal(err)
	}
	w.OpenLedger(garbage)
	w.Settle()
	w.says("n’est pas un fichier de Quitus")
	if w.desk == nil || w.desk.Path() != held {
		t.Error("the ledger that was open is not kept")
	}
	w = newWindow(t, Options{Ledger: garbage, Lang: words.EN}, nil)
	w.says("is not a Quitus file. It was not touched.")
	if now, err := os.ReadFile(garbage); err != nil || !slices.Equal(now, content) {
		t.Error("the file was touched")
	}
}

func TestPictureOfALedgerThatDoesNotOpen(t *testing.T) {
	for name, prefs := range map[string]func(*desk.Prefs){"locked_fr": nil, "locked_dark": dark} {
		w := newWindow(t, Options{Ledger: filepath.Join(t.TempDir(), "own.quitus")}, prefs)
		w.options.Ledger = "/home/claire/Documents/Menuiserie Valdoré.quitus"
		w.win.SetContent(w.cannotOpen(ledger.Errorf("ledger_locked", "file", w.options.Ledger)))
		w.Golden(name)
	}
}

func TestDisplays(t *testing.T) {
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", "")
	if _, err := display(); ledger.CodeOf(err) != "no_display" {
		t.Errorf("without a display: %v", err)
	}
	t.Setenv("DISPLAY", "/nowhere/at/all:0")
	t.Setenv("WAYLAND_DISPLAY", "wayland-9")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if _, err := display(); ledger.CodeOf(err) != "display_unreachable" {
		t.Errorf("with a display that is gone: %v", err)
	}
	for _, c := range []struct{ name, first string }{
		{":1", "/tmp/.X11-unix/X1"}, {"unix:0.0", "/tmp/.X11-unix/X0"}, {"localhost:10.0", "localhost:6010"},
		{"[::1]:0", "[::1]:6000"}, {"/run/x/org.xquartz:0", "/run/x/org.xquartz:0"}, {"nonsense", ""}, {":x", ""}, {":-1", ""},
	} {
		got := ""
		if all := xSockets(c.name); len(all) > 0 {
			got = all[0].address
		}
		if got != c.first {
			t.Errorf("%s means %q, not %q", c.name, got, c.first)
		}
	}
}

// In a window that is given, as those of tests and pictures, nothing leaves by itself; what needs the owner is counted beside the letters.
func TestPostRestsInAGivenWindow(t *testing.T) {
	w := sample(t, words.FR, nil)
	customer := w.desk.State().Book.CustomersByName("Maison Orsenval")[0]
	if _, err := w.desk.Fill(t.Context(), func(x *ledger.Draft) error {
		for _, state := range []ledger.MessageState{ledger.MessageWaiting, ledger.MessageRefused, ledger.MessageUnknown} {
			x.Put(&ledger.Message{Customer: customer, On: screentest.Day, Model: "first_reminder", State: state, Amount: ledger.Euros(100), To: "a@b.example", Subject: "S", Body: "B"})
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.desk.SaveMailAccount(t.Context(), ledger.MailAccount{Address: "a@c.example",
		IMAP: ledger.MailServer{Host: "imap.c.example", Port: 993, Security: ledger.MailTLS}, SMTP: ledger.MailServer{Host: "smtp.c.example", Port: 465, Security: ledger.MailTLS}}); err != nil {
		t.Fatal(err)
	}
	w.Settle()
	s := w.post.State()
	if !s.Ready || s.Busy || s.Wrong() != nil || len(w.desk.State().Outbox()) != 1 {
		t.Errorf("%+v", s)
	}
	w.Has(strconv.Itoa(w.desk.State().LettersDue() + 2))
	w.Tap("Lettres")
	w.Tap("À envoyer")
	w.Has("2 e-mails à reprendre", "Tout envoyer (1)")
}

// The post asks for the password that it misses, and goes on with it.
func TestPostAsksForThePassword(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	w := sample(t, words.FR, nil)
	nowhere := ledger.MailServer{Host: "127.0.0.1", Port: 1, Security: ledger.MailTLS}
	if _, err := w.desk.SaveMailAccount(t.Context(), ledger.MailAccount{Address: "asked@c.example", IMAP: nowhere, SMTP: nowhere}); err != nil {
		t.Fatal(err)
	}
	w.Settle()
	w.post.Fetch("", nil)
	w.Has("Mot de passe de asked@c.example")
	if !w.post.State().NeedsPassword {
		t.Error("not missing")
	}
	w.Type("abcd")
	w.Key(fyne.KeyReturn)
	if s := w.post.State(); s.NeedsPassword || w.Screen.Canvas.Overlays().Top() != nil {
		t.Errorf("%+v", s)
	}
}

// What the alarm waits for comes on the window's goroutine, unless it was taken back.
func TestAlarm(t *testing.T) {
	window := make(chan func(), 10)
	live := run.NewLive(func(f func()) { window <- f })
	defer live.Close(time.Second)
	ring, rung := alarm(live, "alarm"), ""
	ring(time.Millisecond, func() { rung += "first " })
	(<-window)()
	stop := ring(time.Hour, func() { rung += "second " })
	stop()
	(<-window)()
	if rung != "first " {
		t.Errorf("rang: %s", rung)
	}
}

// TestCloseAsksAboutWhatIsNotSaved: where something is written and not saved the window does not close without asking.
func TestCloseAsksAboutWhatIsNotSaved(t *testing.T) {
	w := sample(t, words.FR, nil)
	closed := false
	w.App.win.SetOnClosed(func() { closed = true })
	w.Go(screen.Place{Screen: screen.Settings})
	w.Tap("Modèles de lettres")
	w.Tap("Insérer une partie…")
	w.Tap("Échéancier")
	w.Tap("Aujourd’hui")
	w.App.mayClose()
	w.at(screen.Settings)
	w.Has("Fermer sans enregistrer")
	w.Tap("Revenir à Paramètres")
	if closed {
		t.Error("closed without being asked")
	}
	w.Tap("Annuler")
	w.Tap("Abandonner")
	if w.App.screens[screen.Settings].(screen.Unsaved).Unsaved() {
		t.Error("given up, and still not saved")
	}
}
