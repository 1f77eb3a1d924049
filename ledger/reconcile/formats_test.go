package reconcile

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger/bank"
)

// statements are the formats that tell the same account of a labelled world.
var statements = []string{"releve_a.csv", "releve_b.csv", "releve.ofx", "releve_mt940.sta", "releve_camt053.xml", "releve_cfonb120.txt"}

// readStatement reads a statement with the program's own readers.
func readStatement(t testing.TB, path string) []Entry {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := bank.Read(t.Context(), filepath.Base(path), bytes.NewReader(data), int64(len(data)), bank.Options{Today: day1})
	if err != nil {
		t.Fatal(err)
	}
	documents := func(list []bank.Document) (out []Document) {
		for _, d := range list {
			out = append(out, Document(d))
		}
		return
	}
	var out []Entry
	for _, s := range f.Statements {
		for _, e := range s.Entries {
			r := Entry{
				Rank: e.Rank, On: e.Booked, Amount: e.Amount, Type: e.Type, Returned: e.Returned, Label: e.Label, Payer: e.Party.Name, IBAN: e.Party.IBAN,
				EndToEnd: e.EndToEnd, Mandate: e.Mandate, References: e.References, Documents: documents(e.Documents), BatchSize: e.BatchSize,
			}
			for _, d := range e.Batch {
				r.Batch = append(r.Batch, Entry{
					On: e.Booked, Amount: d.Amount, Type: e.Type, Returned: d.Returned, Label: d.Label, Payer: d.Party.Name, IBAN: d.Party.IBAN,
					EndToEnd: d.EndToEnd, Mandate: d.Mandate, References: d.References, Documents: documents(d.Documents),
				})
			}
			out = append(out, r)
		}
	}
	return out
}

// What is recorded from a statement is right in whatever format it comes, and no two formats record an event differently.
func TestFormatsAgree(t *testing.T) {
	for _, name := range devWorlds {
		recorded := map[string]string{} // events, as the first format that recorded them tells it
		for _, statement := range statements {
			w := load(t, name, statement)
			ds := Decide(w.world, w.entries)
			m := w.measure(ds)
			t.Log(name, statement, m.String())
			for _, i := range m.wrong {
				t.Log("wrong:", w.describe(i, &ds[i]))
			}
			if m.precision() < targetPrecision || m.coverage() < targetCoverage || percent(m.shown, m.decidable) < targetShown || m.kinds > 0 {
				t.Error("below the targets")
			}
			for i := range ds {
				if event, now := w.truths[i].event, told(w.world, &ds[i]); ds[i].Outcome == Recorded {
					if was, is := recorded[event]; is && was != now {
						t.Errorf("%s: %s, was %s: %s", statement, now, was, w.entries[i].Label)
					}
					recorded[event] = now
				}
			}
		}
	}
}
