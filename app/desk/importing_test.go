package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger/imports/importstest"
)

// written gives the paths of a register and of a file of accounting entries of that many lines.
func written(t *testing.T, lines int) []string {
	t.Helper()
	register, err := importstest.Register("csv", lines)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var paths []string
	for name, data := range map[string][]byte{"register.csv": register, importstest.FECName: importstest.FEC(lines)} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// Whoever waits for a long file sees how far it is up to the end, and can stop it at any time.
func TestLookingCanBeWatchedAndStopped(t *testing.T) {
	d := opened(t)
	for _, path := range written(t, 40_000) {
		for _, stop := range []float64{0.2, 0.7, 2} {
			ctx, cancel := context.WithCancel(context.Background())
			far := 0.0
			p, err := d.Look(ctx, path, Hints{}, func(done, total int64) {
				if now := float64(done) / float64(total); now < far || now > 1 {
					t.Errorf("%s: %f after %f", path, now, far)
				} else if far = now; now >= stop {
					cancel()
				}
			})
			cancel()
			switch {
			case stop > 1 && (err != nil || p == nil || far < 0.8):
				t.Errorf("%s: %v, %f told", path, err, far)
			case stop < 1 && (!errors.Is(err, context.Canceled) || far > stop+0.3):
				t.Errorf("%s, to be stopped at %f: %v at %f", path, stop, err, far)
			}
		}
	}
}

// Reading takes at most two kilobytes for each record that is taken, what is dead and not collected yet included.
func TestMemoryOfLooking(t *testing.T) {
	d := opened(t)
	for _, path := range written(t, 50_000) {
		var p *Preview
		var err error
		peak := importstest.PeakHeap(func() { p, err = d.Look(context.Background(), path, Hints{}, nil) })
		if err != nil {
			t.Fatal(err)
		}
		records := 0
		if p.Kind == FEC {
			records = len(p.FEC.Books.Invoices) + len(p.FEC.Books.Payments)
		} else {
			records = len(p.Sheets[0].Result.Invoices)
		}
		if each := peak / uint64(max(records, 1)); records < 19_000 || each > 2000 {
			t.Errorf("%s: %d bytes for each of %d records", path, each, records)
		}
	}
}
