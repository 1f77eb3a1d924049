package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// errorOf reads the code of an error document.
func errorOf(t *testing.T, out string) string {
	t.Helper()
	var doc errorDoc
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if doc.Error.Message == "" || strings.HasPrefix(doc.Error.Message, "[") {
		t.Errorf("%s has no sentence: %q", doc.Error.Code, doc.Error.Message)
	}
	return doc.Error.Code
}

// wants checks the exit status and the code of a call that fails.
func wants(t *testing.T, status int, code string, args ...string) {
	t.Helper()
	got, out, _ := quitus(append(args, "--json")...)
	if got != status || errorOf(t, out) != code {
		t.Errorf("%v: status %d, want %d %s: %s", args, got, status, code, out)
	}
}

func TestOpenElsewhere(t *testing.T) {
	dir := place(t)
	d, err := desk.Open(filepath.Join(dir, "a.quitus"), noon, "someone else")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	wants(t, NotOpened, "ledger_locked", "invoices")
	wants(t, NotOpened, "ledger_locked", "pay", "FA-1", "10")
}

func TestTruncated(t *testing.T) {
	dir := place(t)
	path := filepath.Join(dir, "a.quitus")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cut := content[:10_000]
	if err := os.WriteFile(path, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, NotOpened, "ledger_damaged", "verify")
	wants(t, NotOpened, "ledger_damaged", "pay", "FA-1", "10")
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, cut) {
		t.Error("the damaged file was touched")
	}
}

// Before the day's first change a copy is kept; asking makes none, nor does a day that is not today.
func TestDailyCopy(t *testing.T) {
	dir := place(t)
	copies := func() int {
		found, _ := filepath.Glob(filepath.Join(dir, "a-*", "*.quitus"))
		return len(found)
	}
	for _, step := range []struct {
		args []string
		want int
	}{
		{[]string{"invoices"}, 0}, {[]string{"letter", "first_reminder", "C001", "--dry-run", "--out", dir}, 0},
		{[]string{"pay", "FA-1", "1", "--on", "2026-07-30"}, 0}, {[]string{"pay", "FA-1", "1"}, 1}, {[]string{"pay", "FA-1", "1"}, 1},
	} {
		if status, _, messages := quitus(step.args...); status != Done || copies() != step.want {
			t.Errorf("%v: status %d, %d copies, want %d: %s", step.args, status, copies(), step.want, messages)
		}
	}
}

// In a folder that is copied between computers, people are warned; programs read on undisturbed.
func TestSyncedFolder(t *testing.T) {
	dir := filepath.Join(place(t), "Dropbox")
	path := filepath.Join(dir, "a.quitus")
	status, out, messages := quitus("company", "import", filepath.Join(dir, "..", "none.json"), "--ledger", path, "--json")
	if status != Refused || !oneDocument(out) || !strings.Contains(messages, "Dropbox") {
		t.Errorf("status %d: %s%s", status, out, messages)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not bind this user")
	}
	dir := place(t)
	path := filepath.Join(dir, "a.quitus")
	if err := errors.Join(os.Chmod(path, 0o400), os.Chmod(dir, 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) })
	wants(t, NotWritten, "ledger_read_only", "pay", "FA-1", "10")
	wants(t, NotWritten, "write_failed", "demo", "--ledger", filepath.Join(dir, "new.quitus"))
	if status, out, _ := quitus("invoices"); status != Done {
		t.Error("the ledger cannot even be read: ", out)
	}
}

// Of a full disk, the ledger reads as before.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("only root can make a small disk")
	}
	dir := place(t)
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("no small disk: %v %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", disk).Run() })
	register := filepath.Join(dir, "register.xlsx")
	writeRegister(t, register, 20000, 100)
	path := filepath.Join(disk, "a.quitus")
	content, err := os.ReadFile(filepath.Join(dir, "a.quitus"))
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("QUITUS_LEDGER", path)
	before := look(t, path)
	wants(t, NotWritten, "disk_full", "import", register)
	if now := look(t, path); now != before {
		t.Errorf("%+v became %+v", before, now)
	}
	filler := make([]byte, 2<<20)
	_ = os.WriteFile(filepath.Join(disk, "filler"), filler, 0o600) // as much as there is room
	status, out, _ := quitus("letter", "first_reminder", "C001", "--out", filepath.Join(disk, "out"), "--json")
	if status != NotWritten {
		t.Errorf("letters on a full disk: %d %s", status, out)
	}
	wants(t, NotWritten, "disk_full", "backup", filepath.Join(disk, "b.quitus"))
	if now := look(t, path); now != before {
		t.Errorf("%+v became %+v", before, now)
	}
}

// closedOutput is a standard output that nobody reads any more.
type closedOutput struct{}

func (closedOutput) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestClosedOutput(t *testing.T) {
	place(t)
	for _, args := range [][]string{{"invoices"}, {"invoices", "--json"}, {"nix", "--json"}} {
		var messages bytes.Buffer
		if status := Run(Env{Args: args, Out: closedOutput{}, Err: &messages, Now: noon}); status != NotWritten {
			t.Errorf("%v: status %d", args, status)
		}
	}
}

// A mistake of the program is told as an error like others.
func TestPanic(t *testing.T) {
	place(t)
	log := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	defer slog.SetDefault(log)
	var out, messages bytes.Buffer
	status := Run(Env{Args: []string{"--json"}, Out: &out, Err: &messages, Now: noon, Log: "the-log", Window: func(Options) error { panic("a mistake") }})
	if status != NotWritten || errorOf(t, out.String()) != "internal" || !strings.Contains(messages.String(), "the-log") {
		t.Errorf("status %d: %s%s", status, out.String(), messages.String())
	}
}

func TestEveryTextIsThere(t *testing.T) {
	for code := range statuses {
		for _, l := range words.Langs {
			if !words.New(l).Has("error." + code) {
				t.Errorf("%s: no sentence in %q", code, l)
			}
		}
	}
	for _, l := range words.Langs {
		for _, c := range append([]command{{name: ""}}, commands...) {
			status, out, _ := quitus(append(strings.Fields(c.name), "--help", "--lang", string(l))...)
			if status != Done || strings.Contains(out, "[cli.") {
				t.Errorf("%s: status %d: %s", c.name, status, out)
			}
		}
	}
}

// The names of letters' files cannot lead anywhere else, and two customers do not share one.
func TestLetterFileNames(t *testing.T) {
	f := &files{dir: "out", taken: map[string]bool{}}
	seen := map[string]bool{}
	for _, ref := range []string{"C001", "c001", "../../x", `..\x`, "C:1", "", ".", "a\x00b", "Aé", "a b"} {
		name := f.name(ref, "first_reminder", ledger.Day(2026, 7, 31), ledger.EUR)
		if filepath.Dir(name) != "out" || strings.ContainsAny(filepath.Base(name), "\\/:\x00 ") || seen[strings.ToLower(name)] {
			t.Errorf("%q: %q", ref, name)
		}
		seen[strings.ToLower(name)] = true
	}
}

func FuzzArrange(f *testing.F) {
	for _, s := range []string{"import a.xlsx --json", "--on 2026-01-01 pay FA-1 -5", "-- --json", "--customer", "company import x --lang", "- --", "help", "-5"} {
		f.Add(s)
	}
	p := newProgram(Env{})
	var answer *reply
	f.Fuzz(func(t *testing.T, line string) {
		args := strings.Fields(line)
		out, err := arrange(args, p.tree(t.Context(), &answer))
		if err != nil {
			return
		}
		at := slices.Index(out, "--")
		if at < 0 || len(out) > len(args)+1 || len(out) < len(args) {
			t.Errorf("%q became %q", args, out)
		}
	})
}

// wrongRegister is a register with one line that cannot be right, and one without a number's column.
func wrongRegister(t *testing.T, dir string) {
	t.Helper()
	columns := []exports.Column{{Title: "N° facture"}, {Title: "Client"}, {Title: "Date"}, {Title: "Échéance"}, {Title: "Montant TTC"}}
	write := func(name string, columns []exports.Column, rows ...[]any) {
		for i := range columns {
			columns[i].Width = 12
		}
		var b bytes.Buffer
		err := exports.Write(&b, []exports.Sheet{{Name: "Factures", Columns: columns, Rows: slices.Values(rows)}})
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	day := ledger.Day(2026, 4, 1)
	row := func(number string, due any, cents int64) []any {
		return []any{number, "BERNARD SARL", day, due, ledger.Euros(cents)}
	}
	write("register.xlsx", columns, row("B-1", day.Add(30), 10000), row("B-2", "31/02/2026", 20000), row("B-3", day.Add(45), 30000))
	write("later.xlsx", columns, row("B-1", day.Add(30), 10000), row("B-3", day.Add(60), 30000), row("B-4", day.Add(60), 40000))
	write("nonumber.xlsx", columns[1:], row("", day.Add(30), 10000)[1:], row("", day.Add(31), 20000)[1:])
	write("notes.xlsx", []exports.Column{{Title: "Idées"}, {Title: "Qui"}}, []any{"acheter du bois", "Paul"})
}
