package desk

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPrefsComeBack(t *testing.T) {
	dir := t.TempDir()
	p := LoadPrefs(dir)
	a, b := filepath.Join(dir, "a.quitus"), filepath.Join(dir, "b.quitus")
	for _, f := range []string{a, b} {
		if err := os.WriteFile(f, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{a, b, a} {
		if err := p.Remember(f, "Société"); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Update(func(p *Prefs) { p.Theme = "dark" }); err != nil {
		t.Fatal(err)
	}
	q := LoadPrefs(dir)
	if q.Theme != "dark" || len(q.Recent) != 2 || q.Recent[0].Path != a {
		t.Errorf("read back: %+v", q)
	}
	os.Remove(a)
	if r := q.RecentLedgers(); len(r) != 1 || r[0].Path != b {
		t.Errorf("recent ledgers: %v", r)
	}
}

func TestDamagedPrefsAreDefaults(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "preferences.json"), []byte(`{"theme": "dark", "window": `), 0o600)
	p := LoadPrefs(dir)
	if p.Theme != "" {
		t.Errorf("half a file was believed: %q", p.Theme)
	}
	if err := p.Update(func(p *Prefs) { p.Size = "large" }); err != nil || LoadPrefs(dir).Size != "large" {
		t.Errorf("not written again: %v", err)
	}
}
