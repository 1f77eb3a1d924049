package cli

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/ledger/exports"
)

// Sizes of what is killed: large enough for a kill to hit the work and not only the start.
const (
	killInvoices  = 6000
	killCustomers = 60
)

// binary builds the real program without a window, once, and gives its path.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "quitus-real")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "quitus")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	cmd := exec.Command("go", "build", "-tags", "ci", "-o", path, "quitus")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return dir, fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	status := m.Run()
	if built {
		path, _ := binary()
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(status)
}

var built bool

// real gives a call of the real program in a folder of its own.
func real(t testing.TB, dir string, args ...string) *exec.Cmd {
	t.Helper()
	built = true
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir, "HOME="+dir, "AppData="+dir, "LC_ALL=fr_FR.UTF-8", "QUITUS_LEDGER=")
	return cmd
}

// writeRegister writes a workbook of invoices, all of them late.
func writeRegister(t *testing.T, path string, invoices, customers int) {
	t.Helper()
	rows := func(yield func([]any) bool) {
		for i := range invoices {
			k := i % customers
			issued := ledger.Day(2026, 1, 1).Add(i % 90)
			if !yield([]any{fmt.Sprintf("FA-%05d", i+1), fmt.Sprintf("K%03d", k), fmt.Sprintf("CLIENT %03d SARL", k), issued, issued.Add(30), ledger.Euros(int64(10000 + i))}) {
				return
			}
		}
	}
	var b bytes.Buffer
	err := exports.Write(&b, []exports.Sheet{{Name: "Factures", Rows: rows, Columns: []exports.Column{
		{Title: "N° facture", Width: 12}, {Title: "Code client", Width: 12}, {Title: "Client", Width: 30}, {Title: "Date", Width: 12},
		{Title: "Échéance", Width: 12}, {Title: "Montant TTC", Width: 14},
	}}})
	if err == nil {
		err = os.WriteFile(path, b.Bytes(), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// victim is a command that is killed, what it starts from, and what it must leave: the ledger as it was
// before or as it is after.
type victim struct {
	name          string
	args          []string
	from          string // ledger that it starts from; empty for none
	before, after state
	takes         time.Duration // about; follows what is seen, for the machine may have other work
	seen          map[state]int
}

// state is what counts of a ledger.
type state struct{ Entries, Customers, Invoices, Letters int }

// The program may be killed at any moment: the ledger opens, is sound, and a batch is whole or absent.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the real program many times")
	}
	rounds := 30
	if os.Getenv("QUITUS_SOAK") != "" {
		rounds = 1000
	}
	dir := t.TempDir()
	if out, err := real(t, dir, "--help").CombinedOutput(); err != nil { // not to measure the building
		t.Fatalf("%v\n%s", err, out)
	}
	register := filepath.Join(dir, "register.xlsx")
	writeRegister(t, register, killInvoices, killCustomers)
	letter := []string{"letter", "first_reminder", "--out", filepath.Join(dir, "out")}
	for k := range killCustomers {
		letter = append(letter, fmt.Sprintf("K%03d", k))
	}
	imported := filepath.Join(dir, "imported.quitus")
	victims := []*victim{
		{name: "import into a new ledger", args: []string{"import", register}},
		{name: "letters", args: letter, from: imported},
		{name: "undo", args: []string{"undo", "1"}, from: imported},
	}
	for n, v := range victims {
		v.measure(t, dir)
		if n == 0 { // the others start from what the import leaves
			if err := os.Rename(filepath.Join(dir, "victim.quitus"), imported); err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%s: %v unhindered, from %+v to %+v", v.name, v.takes.Round(time.Millisecond), v.before, v.after)
	}
	for round := range rounds {
		v := victims[round%len(victims)]
		part := rand.Float64() * 1.2
		if round/len(victims)%2 == 1 { // about the end, where the ledger is written
			part = 0.8 + rand.Float64()*0.4
		}
		v.kill(t, dir, time.Duration(float64(v.takes)*part))
	}
	for _, v := range victims {
		t.Logf("%s: %d times as before, %d times done", v.name, v.seen[v.before], v.seen[v.after])
	}
}

// begin puts the victim's ledger in place and gives its path.
func (v *victim) begin(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "victim.quitus")
	leavings, _ := filepath.Glob(filepath.Join(dir, ".victim.quitus*"))
	for _, old := range append(leavings, path, filepath.Join(dir, "out")) {
		if err := os.RemoveAll(old); err != nil {
			t.Fatal(err)
		}
	}
	if v.from != "" {
		content, err := os.ReadFile(v.from)
		if err == nil {
			err = os.WriteFile(path, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func (v *victim) command(t *testing.T, dir, path string) *exec.Cmd {
	t.Helper()
	return real(t, dir, append(slices.Clone(v.args), "--ledger", path, "--on", "2026-07-31")...)
}

// measure lets the command end once.
func (v *victim) measure(t *testing.T, dir string) {
	t.Helper()
	path := v.begin(t, dir)
	v.before = look(t, path)
	start := time.Now()
	if out, err := v.command(t, dir, path).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", v.name, err, out)
	}
	v.takes = time.Since(start)
	v.after = look(t, path)
	v.seen = map[state]int{}
	if v.before == v.after {
		t.Fatalf("%s changes nothing", v.name)
	}
}

// kill starts the command, kills it after a while and checks what is left.
func (v *victim) kill(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	path := v.begin(t, dir)
	cmd := v.command(t, dir, path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	left := look(t, path)
	v.seen[left]++
	switch {
	case left == v.before && after > v.takes:
		v.takes += v.takes / 8
	case left == v.after && after < v.takes:
		v.takes -= v.takes / 8
	}
	if left != v.before && left != v.after {
		t.Errorf("%s killed after %v: %+v is neither %+v nor %+v", v.name, after, left, v.before, v.after)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "out", "*.pdf"))
	for _, p := range pages {
		if content, err := os.ReadFile(p); err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) || !strings.HasSuffix(strings.TrimSpace(string(content)), "%%EOF") {
			t.Errorf("%s killed after %v: %s is not whole (%v)", v.name, after, p, err)
		}
	}
}

// look opens a ledger, checks all of it and says what is in it.
func look(t *testing.T, path string) state {
	t.Helper()
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return state{}
	}
	d, err := desk.Open(path, noon, "test")
	if err != nil {
		t.Fatalf("the ledger does not open: %v", err)
	}
	defer d.Close()
	report, err := d.Verify(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() {
		t.Fatalf("the ledger is damaged: %v", report.Problems)
	}
	b := d.State().Book
	return state{int(report.Entries), b.Customers.Len(), b.Invoices.Len(), b.Letters.Len()}
}
