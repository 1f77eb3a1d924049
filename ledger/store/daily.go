package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quitus/ledger"
)

// How many daily backups are kept: the newest ones, then the last of each of some weeks, then the last of
// each of some months.
const (
	keepDays   = 7
	keepWeeks  = 3
	keepMonths = 2
)

// backupsSuffix ends the name of the folder of daily backups, which lies beside the ledger.
const backupsSuffix = "-sauvegardes"

// Backups is the folder in which [Store.DailyBackup] keeps copies.
func (s *Store) Backups() string { return BackupsOf(s.path) }

// BackupsOf is the folder of a ledger's daily backups, which need not exist.
func BackupsOf(path string) string {
	stem, _ := cutExt(path)
	return stem + backupsSuffix
}

// DailyBackup copies the ledger into the folder beside it, once a day and only if it changed since the
// copy before, and clears away copies no longer wanted: at most twelve stay. It gives the new copy's
// name, or nothing where none was due. It may run beside all other work. Errors are those of
// [Store.Backup].
func (s *Store) DailyBackup(day ledger.Date) (string, error) {
	s.backing.Lock()
	defer s.backing.Unlock()
	sweep(s.Backups(), func(name string) bool { _, ok := s.dayOf(name); return ok })
	kept, err := s.dailies()
	if err != nil {
		return "", writeError(s.Backups(), err)
	}
	entries, err := s.Entries(1)
	if err != nil || len(entries) == 0 {
		return "", err
	}
	if n := len(kept); slices.Contains(kept, day) || (n > 0 && s.holds(s.daily(kept[n-1]), entries[0].Hash)) {
		return "", nil
	}
	path := s.daily(day)
	if err := s.Backup(path); err != nil {
		return "", err
	}
	for _, old := range outdated(append(kept, day)) {
		if s.sameLedger(s.daily(old)) != nil {
			continue // not a copy of this ledger: not ours to remove
		}
		if err := os.Remove(s.daily(old)); err != nil {
			return path, writeError(s.daily(old), err)
		}
	}
	return path, nil
}

// holds says whether a copy has an entry as its newest.
func (s *Store) holds(path string, newest ledger.Hash) bool {
	id, h, err := identity(path, s.options)
	return err == nil && id == s.id && h == newest
}

// daily is the name of a day's copy.
func (s *Store) daily(day ledger.Date) string {
	stem, ext := cutExt(filepath.Base(s.path))
	return filepath.Join(s.Backups(), stem+"-"+day.String()+ext)
}

// dailies lists the days of which there is a copy, the oldest first.
func (s *Store) dailies() ([]ledger.Date, error) {
	files, err := os.ReadDir(s.Backups())
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	var days []ledger.Date
	for _, f := range files {
		if day, ok := s.dayOf(f.Name()); ok && f.Type().IsRegular() {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days, nil
}

// dayOf is the day of a copy with that name.
func (s *Store) dayOf(name string) (ledger.Date, bool) {
	stem, ext := cutExt(filepath.Base(s.path))
	name, ok1 := strings.CutPrefix(name, stem+"-")
	name, ok2 := strings.CutSuffix(name, ext)
	day, err := ledger.ParseDate(name)
	return day, ok1 && ok2 && err == nil
}

// outdated gives the days whose copies are no longer wanted.
func outdated(days []ledger.Date) []ledger.Date {
	days = slices.Clone(days)
	slices.Sort(days)
	slices.Reverse(days)
	monday := func(d ledger.Date) ledger.Date { return d - (d-1)%7 } // 0001-01-01 was one
	out, rest := lastOfEach(days[min(keepDays, len(days)):], keepWeeks, monday)
	others, older := lastOfEach(rest, keepMonths, ledger.Date.MonthStart)
	return slices.Concat(out, others, older)
}

// lastOfEach goes through days, newest first, up to the last one of the nth period. It gives those before
// that which are not the last of their period, and all after it.
func lastOfEach(days []ledger.Date, n int, period func(ledger.Date) ledger.Date) (others, rest []ledger.Date) {
	var current ledger.Date
	for i, d := range days {
		if p := period(d); p != current {
			if current = p; n == 0 {
				return others, days[i:]
			}
			n--
			continue
		}
		others = append(others, d)
	}
	return others, nil
}
