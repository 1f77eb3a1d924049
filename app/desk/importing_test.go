package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger/imports/importstest"
)

// Whoever waits for a long file sees how far it is up to the end, and can stop it at any time.
func TestLookingCanBeWatchedAndStopped(t *testing.T) {
	d := opened(t)
	data, err := importstest.Register("csv", 40_000)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"register.csv": data, importstest.FECName: importstest.FEC(40_000)}
	for name, data := range files {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, stop := range []float64{0.2, 0.7, 2} {
			ctx, cancel := context.WithCancel(context.Background())
			far := 0.0
			p, err := d.Look(ctx, path, "", func(done, total int64) {
				if now := float64(done) / float64(total); now < far || now > 1 {
					t.Errorf("%s: %f after %f", name, now, far)
				} else if far = now; now >= stop {
					cancel()
				}
			})
			cancel()
			switch {
			case stop > 1 && (err != nil || p == nil || far < 0.8):
				t.Errorf("%s: %v, %f told", name, err, far)
			case stop < 1 && (!errors.Is(err, context.Canceled) || far > stop+0.3):
				t.Errorf("%s, to be stopped at %f: %v at %f", name, stop, err, far)
			}
		}
	}
}
