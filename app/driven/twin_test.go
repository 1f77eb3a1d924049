//go:build ci && driven

package driven

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"quitus/app"
	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// day is the day of the tests, a Tuesday.
var day = ledger.Day(2026, 11, 24)

func clock() time.Time { return time.Date(2026, 11, 24, 8, 2, 0, 0, time.UTC) }

// pictures is the folder in which the pictures are kept that the tests take.
var pictures string

func TestMain(m *testing.M) {
	var err error
	if pictures, err = os.MkdirTemp("", "quitus-driven-"); err != nil {
		panic(err)
	}
	os.Stdout.WriteString("pictures of the real window: " + pictures + "\n")
	if os.Getenv("DISPLAY") != "" {
		// A display that loses its last client begins anew, and refuses others meanwhile.
		if x, err := dial(); err == nil {
			defer x.close()
		}
	}
	m.Run()
}

// pair is the program and its twin.
type pair struct {
	*program
	twin *shot.Screen
	app  *app.App
}

// preferences writes a configuration folder with an appearance.
func preferences(t testing.TB, theme string) (config string) {
	t.Helper()
	config = t.TempDir()
	if err := desk.LoadPrefs(filepath.Join(config, "quitus")).Update(func(p *desk.Prefs) { p.Theme = theme }); err != nil {
		t.Fatal(err)
	}
	return config
}

// newTwin opens the window on a ledger without a display.
func newTwin(t testing.TB, ledger, theme string) (*shot.Screen, *app.App) {
	t.Helper()
	return newTwinAt(t, ledger, theme, clock)
}

// newTwinAt is newTwin with another time of the day.
func newTwinAt(t testing.TB, ledger, theme string, clock desk.Clock) (*shot.Screen, *app.App) {
	t.Helper()
	look.Still = true
	config := preferences(t, theme)
	t.Setenv("XDG_CONFIG_HOME", config)
	f := test.NewTempApp(t)
	w := f.NewWindow("")
	a := app.Open(app.Options{Ledger: ledger, Lang: words.FR, Clock: clock, Who: "test", Config: filepath.Join(config, "quitus")}, f, w, run.Sync{})
	t.Cleanup(w.Close)
	s := shot.On(t, w)
	s.Resize(width, height)
	return s, a
}

// open starts the program on a ledger and its twin on a copy, and waits until both show the same.
func open(t *testing.T, ledger string) *pair {
	t.Helper()
	theProgram(t)
	p := &pair{}
	p.twin, p.app = newTwin(t, copyOf(t, ledger), "light")
	p.program = start(t, preferences(t, "light"), "--lang", "fr", "--ledger", ledger)
	p.same("opened")
	return p
}

// copyOf gives a copy of a ledger, with the same name, or where there would be one.
func copyOf(t testing.TB, ledger string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), filepath.Base(ledger))
	content, err := os.ReadFile(ledger)
	if err == nil {
		err = os.WriteFile(copied, content, 0o600)
	} else if os.IsNotExist(err) {
		err = nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// In how many pixels window and twin may differ, as shares: a cursor that blinks and corners; and where a
// letter's page is shown, which both scale down in their own way. Its text alone is three times that.
const (
	alike     = 0.0015
	alikePage = 0.007
)

// same waits until the window shows what the twin shows, and keeps a picture.
func (p *pair) same(name string) { p.t.Helper(); p.similar(name, alike) }

func (p *pair) similar(name string, share float64) {
	p.t.Helper()
	want := nrgba(p.twin.Picture())
	best := 1.0
	defer func() {
		if best > share {
			_ = shot.Write(filepath.Join(pictures, p.t.Name()+"_"+name+"_wanted.png"), want)
			p.t.Logf("%s: differs from the twin in at least %.2f %% of the pixels", name, 100*best)
		}
	}()
	p.wait("the window as the twin shows it ("+name+")", func() bool {
		img, err := p.frame.picture(width, height)
		if err != nil {
			p.t.Fatal(err)
		}
		best = min(best, unlike(img, want))
		return best <= share
	})
	p.photograph(name)
}

// tap presses what says a text, in both.
func (p *pair) tap(text string) {
	p.t.Helper()
	at, ok := p.twin.Find(text)
	if !ok {
		p.t.Fatalf("nothing to press that says %q; the window shows:\n%s", text, p.twin.Texts())
	}
	p.twin.At(at.X, at.Y)
	p.press(at.X, at.Y)
}

// ledgerOf gives what is recorded in a ledger, after checking it.
func ledgerOf(t *testing.T, path string) *desk.State {
	t.Helper()
	if status, out, problems := call(t, environment(t.TempDir()), "verify", "--ledger", path); status != 0 {
		t.Errorf("verify: status %d, %s%s", status, out, problems)
	}
	d, err := desk.Open(path, clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	return d.State()
}

// sample makes a ledger with the sample company.
func sample(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "exemple.quitus")
	d, err := desk.Open(path, clock, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.FillSample(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// register writes the sample company's workbook.
func register(t *testing.T, dir string) string {
	t.Helper()
	content, err := desk.SampleWorkbook(day, words.New(words.FR))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "factures.xlsx")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
