package bank

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports"
)

func samples(t testing.TB) string {
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("QUITUS_FIXTURES is not set: the sample statements are not read")
	}
	return dir
}

func readSample(t testing.TB, path string) ([]byte, *File, error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(context.Background(), filepath.Base(path), bytes.NewReader(data), int64(len(data)), Options{Today: today})
	return data, f, err
}

func paths(t testing.TB, patterns ...string) []string {
	var out []string
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(samples(t), p))
		if err != nil || len(found) == 0 {
			t.Fatal("no samples: ", p)
		}
		out = append(out, found...)
	}
	return out
}

// completeRegister says whether a file would be taken for a register of invoices without asking anybody.
func completeRegister(t testing.TB, data []byte) bool {
	t.Helper()
	f, err := imports.Read(context.Background(), "x.csv", bytes.NewReader(data), int64(len(data)), imports.Options{Today: today})
	return err == nil && len(f.Sheets[0].Missing()) == 0
}

// The development worlds tell the same entries in every format: here those that are texts in columns.
func TestTableWorlds(t *testing.T) {
	for _, path := range paths(t, "reconcile/*/releve_*.csv") {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), "truth.json"))
		if err != nil {
			t.Fatal(err)
		}
		var truth struct {
			Events map[string]struct {
				Date   ledger.Date
				Amount int64 `json:"amount_cents"`
				Kind   string
				Case   string
				Detail string
			}
			Files map[string]struct {
				Opening *int64 `json:"opening_cents"`
				Closing *int64 `json:"closing_cents"`
				Entries []struct {
					Rank  int
					Event string
				}
			}
		}
		if err := json.Unmarshal(data, &truth); err != nil {
			t.Fatal(err)
		}
		want := truth.Files[filepath.Base(path)]
		_, f, err := readSample(t, path)
		if err != nil || len(f.Statements) != 1 || len(f.Problems) > 0 || f.Format != "csv" {
			t.Fatal(path, err, f)
		}
		s := f.Statements[0]
		for name, b := range map[string]struct {
			got  *Balance
			want *int64
		}{"opening": {s.Opening, want.Opening}, "closing": {s.Closing, want.Closing}} {
			if (b.got == nil) != (b.want == nil) || b.got != nil && b.got.Amount != *b.want {
				t.Errorf("%s: %s balance %v, want %v", path, name, b.got, b.want)
			}
		}
		if len(s.Entries) != len(want.Entries) {
			t.Fatalf("%s: %d entries, want %d", path, len(s.Entries), len(want.Entries))
		}
		for i, e := range s.Entries {
			w := want.Entries[i]
			event := truth.Events[w.Event]
			if e.Rank != w.Rank || e.Booked != event.Date || e.Amount.Minor != event.Amount || e.Amount.Currency != ledger.EUR || e.Label == "" {
				t.Errorf("%s: entry %+v, want %s %+v", path, e, w.Event, event)
			}
			switch fee, taken := event.Detail == "fee", event.Kind == "return" || event.Case == "transfer_return"; {
			case (e.Type == ledger.EntryFee) != fee, e.Returned != taken, e.Type == ledger.EntryOther:
				t.Errorf("%s: %q is %q %v, want %+v", path, e.Label, e.Type, e.Returned, event)
			case event.Case == "card_batch" && e.Type != ledger.EntryCards, event.Case == "cheque_batch" && e.Type != ledger.EntryCheques:
				t.Errorf("%s: %q is %q, want %+v", path, e.Label, e.Type, event)
			case e.Type == ledger.EntryInternal && event.Case != "internal_transfer":
				t.Errorf("%s: %q is no internal transfer", path, e.Label)
			}
		}
	}
}

// The public samples come without expected outputs; these are what they say.
func TestSamples(t *testing.T) {
	for name, want := range map[string]string{
		"csv_european_decimals.csv": `
account DE89370400440532013000 EUR  - -
1 2026-04-02 -1234.56  [EU-001] Miete April / EU-001
2 2026-04-05 3500.00  [EU-002] Gehalt / EU-002
3 2026-04-09 -4.50  [EU-003] Kaffee / EU-003`,
		"csv_french_headers.csv": `
account  EUR  - -
1 2026-04-02 -1234.56  [FR-001] Loyer Avril / FR-001
2 2026-04-05 3500.00  [FR-002] Salaire / FR-002
3 2026-04-09 -4.50  [FR-003] Café / FR-003`,
		"csv_garbled_amount.csv": `
account  EUR  - -
1 2026-04-02 100.00  [] Valid row
problem 3 amount amount_invalid "12..34"`,
		"csv_spanish_headers.csv": `
account ES9121000418450200051332 EUR  - -
1 2026-04-02 -1234.56  [ES-001] Alquiler Abril / ES-001
2 2026-04-05 3500.00  [ES-002] Nómina / ES-002
3 2026-04-09 -4.50  [ES-003] Café / ES-003`,
	} {
		data, err := os.ReadFile(filepath.Join(samples(t), "formats/csv_bank/golden", name))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { check(t, string(data), want) })
	}
}

// A statement is told from a register both ways: neither is ever taken for the other.
func TestStatementOrRegister(t *testing.T) {
	for _, path := range paths(t, "formats/csv_bank/golden/*.csv", "reconcile/*/releve_*.csv") {
		data, _, err := readSample(t, path)
		if err != nil || !Likely(data[:min(len(data), 4096)]) {
			t.Errorf("%s: not taken for a statement: %v", path, err)
		}
		if completeRegister(t, data) {
			t.Errorf("%s: taken for a register", path)
		}
	}
	registers := 0
	for _, path := range paths(t, "registers/*.csv", "registers/*.xlsx", "registers/*.xls", "reconcile/*/registre_factures.*") {
		data, _, err := readSample(t, path)
		if err == nil || Likely(data) {
			t.Errorf("%s: taken for a statement", path)
		}
		if completeRegister(t, data) {
			registers++
			if ledger.CodeOf(err) != "not_a_statement" {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	if registers < 15 {
		t.Errorf("only %d registers were registers", registers)
	}
}
