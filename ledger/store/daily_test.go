package store

import (
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger"
)

func TestDailyBackup(t *testing.T) {
	s := fresh(t)
	made := func(day ledger.Date, want bool) {
		t.Helper()
		path, err := s.DailyBackup(day)
		if err != nil || (path != "") != want {
			t.Errorf("%s: %q, %v", day, path, err)
		}
		if path != "" {
			sameBooks(t, s.Book(), opened(t, path, Options{ReadOnly: true}).Book())
		}
	}
	made(today, false) // nothing recorded yet
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 1, 1) })
	made(today, true)
	change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 1, 1) })
	made(today, false) // one a day
	made(today+1, true)
	made(today+2, false) // nothing changed
	foreign := s.daily(today - 400)
	os.WriteFile(foreign, []byte("not ours"), 0o600)
	for day := today + 2; day < today+40; day++ {
		change(t, s, ledger.ActImport, func(d *ledger.Draft) { register(d, 1, 1) })
		made(day, true)
	}
	files, _ := os.ReadDir(s.Backups())
	if len(files) > 13 {
		t.Errorf("%d files", len(files))
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("a file that is not ours is gone")
	}
}

// A backup a day for two years: never more than twelve, and something from every age.
func TestOutdated(t *testing.T) {
	var kept []ledger.Date
	for day := today; day < today+730; day++ {
		kept = append(kept, day)
		for _, old := range outdated(kept) {
			for i, d := range kept {
				if d == old {
					kept = append(kept[:i], kept[i+1:]...)
					break
				}
			}
		}
		if len(kept) > keepDays+keepWeeks+keepMonths {
			t.Fatalf("%s: %d kept", day, len(kept))
		}
		if day < today+120 {
			continue
		}
		for _, age := range [][2]ledger.Date{{0, 0}, {1, 1}, {6, 6}, {7, 20}, {21, 62}, {28, 93}} {
			found := false
			for _, d := range kept {
				found = found || (day-d >= age[0] && day-d <= age[1])
			}
			if !found {
				t.Fatalf("%s: none of %d to %d days in %v", day, age[0], age[1], kept)
			}
		}
	}
}

func TestSyncedFolder(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		"Dropbox/Compta/a.quitus":                                  "Dropbox",
		"OneDrive - Menuiserie Ardel/a.quitus":                     "OneDrive",
		"Library/CloudStorage/GoogleDrive-a@example.fr/x/a.quitus": "Google Drive",
		"Library/Mobile Documents/com~apple~CloudDocs/Q/a.quitus":  "iCloud Drive",
		"Nextcloud/a.quitus":                                       "Nextcloud",
		"kDrive2/a.quitus":                                         "kDrive",
		"Documents/dropbox.quitus":                                 "",
		"Boxes/a.quitus":                                           "",
	} {
		got, ok := SyncedFolder(filepath.Join(dir, path))
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q", path, got)
		}
	}
	marked := filepath.Join(dir, "partage", "compta")
	os.MkdirAll(marked, 0o700)
	os.WriteFile(filepath.Join(dir, "partage", ".sync_1234.db"), nil, 0o600)
	if got, _ := SyncedFolder(filepath.Join(marked, "a.quitus")); got != "Nextcloud" {
		t.Error(got)
	}
	link := filepath.Join(dir, "lien")
	os.MkdirAll(filepath.Join(dir, "Dropbox"), 0o700)
	if err := os.Symlink(filepath.Join(dir, "Dropbox"), link); err == nil {
		if got, _ := SyncedFolder(filepath.Join(link, "a.quitus")); got != "Dropbox" {
			t.Error(got)
		}
	}
}
