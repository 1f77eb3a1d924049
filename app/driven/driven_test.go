//go:build ci && driven

package driven

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// The first run has two doors; the second leads to the sample company.
func TestFirstRun(t *testing.T) {
	theProgram(t)
	config := t.TempDir()
	p := &pair{program: start(t, config, "--lang", "fr")}
	own := filepath.Join(t.TempDir(), "own.quitus")
	t.Setenv("QUITUS_LEDGER", own)
	p.wait("a picture", func() bool { c, err := p.frame.at(width-20, height-20); return err == nil && c.R != 0 })
	theme := "light"
	if c, _ := p.frame.at(width-20, height-20); c.R < 128 {
		theme = "dark"
	}
	p.twin, p.app = newTwin(t, own, theme)
	p.same("doors")
	p.twin.Has("Importer un fichier", "Voir avec une société d’exemple")
	p.tap("Ouvrir l’exemple")
	p.twin.Has("Menuiserie Valdoré")
	p.same("sample")
	p.shut()
	s := ledgerOf(t, filepath.Join(config, "quitus", "exemple.quitus"))
	if n := s.Book.Invoices.Len(); n != 250 {
		t.Errorf("%d invoices", n)
	}
}

// From a workbook that is dropped on the window to invoices in the ledger.
func TestImportByDropping(t *testing.T) {
	path := filepath.Join(t.TempDir(), "societe.quitus")
	file := register(t, t.TempDir())
	p := open(t, path)
	p.drop(file)
	p.app.Go(screen.Place{Screen: screen.Import, File: file})
	p.same("preview")
	p.tap("Importer 250 factures")
	p.same("imported")
	p.shut()
	if n := ledgerOf(t, path).Book.Invoices.Len(); n != 250 {
		t.Errorf("%d invoices", n)
	}
	status, out, _ := call(t, environment(t.TempDir()), "customers", "--json", "--ledger", path, "--on", day.String())
	if status != 0 || strings.Count(out, "Maison Orsenval") != 1 {
		t.Errorf("customers: status %d\n%.400s", status, out)
	}
}

// The same by the toolkit's file dialog, which people get where the system has none of its own.
func TestImportByDialog(t *testing.T) {
	home := t.TempDir()
	register(t, home)
	t.Setenv("HOME", home)
	path := filepath.Join(t.TempDir(), "societe.quitus")
	p := open(t, path)
	p.key("ctrl+o")
	p.twin.Ctrl(fyne.KeyO)
	p.same("dialog")
	p.tap("factures")
	p.tap("Ouvrir")
	p.same("preview")
	p.tap("Importer 250 factures")
	p.same("imported")
	p.shut()
	if n := ledgerOf(t, path).Book.Invoices.Len(); n != 250 {
		t.Errorf("%d invoices", n)
	}
}

// A customer is looked up by keyboard, written to, and has the letter among the events.
func TestLetterToACustomer(t *testing.T) {
	path := sample(t)
	p := open(t, path)
	p.key("ctrl+k")
	p.twin.Ctrl(fyne.KeyK)
	p.write("orsenval")
	p.twin.Type("orsenval")
	p.same("search")
	p.key("Return")
	p.twin.Key(fyne.KeyReturn)
	p.same("customer")
	p.tap("Écrire")
	p.similar("letter", alikePage)
	p.tap("Maison Orsenval") // a call is due first: the owner ticks the letter all the same
	p.key("space")
	p.twin.Key(fyne.KeySpace)
	p.similar("ticked", alikePage)
	p.tap("Marquer comme envoyées")
	p.similar("sent", alikePage)
	p.tap("Voir le client")
	p.same("events")
	p.shut()
	s := ledgerOf(t, path)
	id := s.Book.CustomersByName("Maison Orsenval")[0]
	var sent *ledger.Letter
	for l := range s.Book.Letters.All() {
		if l.Customer == id && l.Sent == day {
			sent = l
		}
	}
	if sent == nil {
		t.Fatal("no letter of the day is in the ledger")
	}
}

// A second window on the same ledger says that it is open, and opens once it is closed.
func TestSecondStart(t *testing.T) {
	path := sample(t)
	first := open(t, path)
	second := &pair{program: start(t, preferences(t, "light"), "--lang", "fr", "--ledger", path)}
	second.twin, second.app = newTwin(t, path, "light")
	second.twin.Has("Ce dossier ne s’ouvre pas", "Réessayer")
	second.same("refused")
	first.shut()
	at, _ := second.twin.Find("Réessayer")
	second.press(at.X, at.Y)
	second.twin = first.twin
	second.same("opened")
	second.shut()
	ledgerOf(t, path)
}

// Without a display the program says so in a sentence.
func TestNoDisplay(t *testing.T) {
	for name, display := range map[string]string{"none": "", "gone": ":4711"} {
		status, out, problems := call(t, environment(t.TempDir(), "DISPLAY="+display, "WAYLAND_DISPLAY="), "--lang", "fr")
		if status != 2 || out != "" || strings.Count(problems, "\n") != 1 || !strings.Contains(problems, "session graphique") {
			t.Errorf("%s: status %d, %q, %q", name, status, out, problems)
		}
	}
}

// A display without OpenGL cannot show the window; the program says so and ends.
func TestNoOpenGL(t *testing.T) {
	theProgram(t)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-extension", "GLX", "-noreset", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	write.Close()
	number := make([]byte, 8)
	n, err := read.Read(number)
	if err != nil {
		t.Fatal(err)
	}
	status, out, problems := call(t, environment(t.TempDir(), "DISPLAY=:"+strings.TrimSpace(string(number[:n]))), "--lang", "fr")
	if status != 2 || out != "" || strings.Count(problems, "\n") != 1 || !strings.Contains(problems, "OpenGL") {
		t.Errorf("status %d, %q, %q", status, out, problems)
	}
}

// large writes a workbook of many invoices.
func large(t *testing.T, path string, rows int) {
	t.Helper()
	numbers := func(yield func([]any) bool) {
		for i := range rows {
			issued := day.Add(-i%700 - 1)
			if !yield([]any{fmt.Sprintf("F-%06d", i+1), fmt.Sprintf("Client %04d", i%5000), issued, issued.Add(30), ledger.Euros(int64(1000 + i))}) {
				return
			}
		}
	}
	sheet := exports.Sheet{Name: "Factures", Rows: numbers, Columns: []exports.Column{
		{Title: "N° facture", Width: 12}, {Title: "Client", Width: 20}, {Title: "Date", Width: 12}, {Title: "Échéance", Width: 12}, {Title: "Montant TTC", Width: 12},
	}}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := exports.Write(f, []exports.Sheet{sheet}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// A window that is closed while an import is at work leaves the ledger with all of it, or nothing.
func TestClosedWhileImporting(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "societe.quitus"), filepath.Join(dir, "grand.xlsx")
	const rows = 60_000
	large(t, file, rows)
	p := open(t, path)
	p.drop(file)
	p.app.Go(screen.Place{Screen: screen.Import, File: file})
	p.same("preview")
	at, ok := p.twin.Find("Importer 60")
	if !ok {
		t.Fatal(p.twin.Texts())
	}
	p.press(at.X, at.Y)
	time.Sleep(150 * time.Millisecond) // into the work; any moment is a good one
	p.shut()
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	if n := ledgerOf(t, path).Book.Invoices.Len(); n != 0 && n != rows {
		t.Errorf("%d invoices of %d", n, rows)
	}
}

// A list comes again the month after: what changed is shown first, and what is gone is settled on the owner's word only.
func TestReimportByDropping(t *testing.T) {
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "societe.quitus")
	list := func(name string, lines ...string) string {
		file := filepath.Join(dir, name)
		text := "N° facture;Client;Date;Échéance;Montant TTC;Reste dû\n" + strings.Join(lines, "\n")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	first := list("octobre.csv", "F-1;Garage;01/09/2026;01/10/2026;100,00;100,00", "F-2;Hotel;02/09/2026;02/10/2026;200,00;200,00")
	second := list("novembre.csv", "F-1;Garage;01/09/2026;01/10/2026;100,00;40,00")
	p := open(t, path)
	drop := func(file string) {
		p.drop(file)
		p.app.Go(screen.Place{Screen: screen.Import, File: file})
	}
	drop(first)
	p.same("first")
	p.tap("Importer 2 factures")
	p.same("standing")
	drop(second)
	p.same("changed")
	p.tap("Plus dans la liste")
	p.same("gone")
	p.tap("F-2")
	p.key("space")
	p.twin.Key(fyne.KeySpace)
	p.same("held")
	p.tap("Mettre à jour 2 factures")
	p.same("after")
	p.shut()
	b := ledgerOf(t, path).Book
	st := b.Standings(day)
	if st.Of(1).Open != 4000 || st.Of(2).Open != 0 {
		t.Errorf("%d and %d are open", st.Of(1).Open, st.Of(2).Open)
	}
}

// The bank's statement is dropped on the window: what is sure is recorded by itself, the rest by Enter and by choosing.
func TestBankByDropping(t *testing.T) {
	path := sample(t)
	statement, err := desk.SampleStatement(day)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "releve.txt")
	if err := os.WriteFile(file, statement, 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, path)
	before := len(ledgerOf(t, copyOf(t, path)).Undecided())
	p.drop(file)
	p.app.Go(screen.Place{Screen: screen.Import, File: file})
	p.same("statement")
	p.tap("Importer 57 lignes")
	p.same("bank")
	p.key("Down") // of several possibilities one is chosen first
	p.twin.Key(fyne.KeyDown)
	p.key("Return")
	p.twin.Key(fyne.KeyReturn)
	p.same("chosen")
	p.key("Return") // a single one is taken at once
	p.twin.Key(fyne.KeyReturn)
	p.same("confirmed")
	p.shut()
	s := ledgerOf(t, path)
	read, recorded := 0, 0
	for e := range s.Book.BankEntries.All() {
		read++
		if len(s.Book.PaymentsOfEntry(e.ID)) > 0 {
			recorded++
		}
	}
	if before != 0 || read < 20 || recorded != 31 || s.Book.BankRead() == 0 {
		t.Errorf("%d entries read, %d recorded", read, recorded)
	}
}
