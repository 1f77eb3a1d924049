package bank

import (
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger"
)

// sampleFiles gives the public samples of a format.
func sampleFiles(t testing.TB, pattern string) []string {
	t.Helper()
	root := os.Getenv("QUITUS_FIXTURES")
	if root == "" {
		t.Skip("QUITUS_FIXTURES is not set: the sample statements are not read")
	}
	files, err := filepath.Glob(filepath.Join(root, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return files
}

var sampleDay = Options{Today: ledger.Day(2026, 6, 1)}

func mustLoad(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// gaps counts the statements whose entries do not lead from the opening to the closing balance.
func gaps(f *File) int {
	n := 0
	for _, s := range f.Statements {
		if s.Opening == nil || s.Closing == nil {
			continue
		}
		sum := s.Opening.Amount
		for _, e := range s.Entries {
			sum += e.Amount.Minor
		}
		if sum != s.Closing.Amount {
			n++
		}
	}
	return n
}

// codesOf lists the problems of a file.
func codesOf(f *File) []string {
	var out []string
	for _, p := range f.Problems {
		out = append(out, p.Code)
	}
	return out
}

// countEntries counts the entries of all statements.
func countEntries(f *File) int {
	n := 0
	for _, s := range f.Statements {
		n += len(s.Entries)
	}
	return n
}
