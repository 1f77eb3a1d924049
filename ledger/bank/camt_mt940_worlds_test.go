package bank

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"quitus/ledger"
)

// isoWorld is what is true of a small business's bank account.
type isoWorld struct {
	World struct {
		Account string `json:"account"`
	} `json:"world"`
	Events map[string]struct {
		Date   string `json:"date"`
		Amount int64  `json:"amount_cents"`
		Kind   string `json:"kind"`
		Case   string `json:"case"`
	} `json:"events"`
	Files map[string]struct {
		Opening *int64 `json:"opening_cents"`
		Closing *int64 `json:"closing_cents"`
		Entries []struct {
			Event string `json:"event"`
		} `json:"entries"`
	} `json:"files"`
}

// The same account in two formats: the days, amounts and order of every entry, the balances of the whole and of each month, and
// what is taken back.
func TestWorldsInCAMTAndMT940(t *testing.T) {
	readers := map[string]func(context.Context, []byte, Options) (*File, error){"releve_camt053.xml": readCAMT, "releve_mt940.sta": readMT940}
	for _, file := range sampleFiles(t, "reconcile/dev-*/truth.json") {
		var w isoWorld
		if err := json.Unmarshal(mustLoad(t, file), &w); err != nil {
			t.Fatal(err)
		}
		for name, read := range readers {
			f, err := read(context.Background(), mustLoad(t, filepath.Join(filepath.Dir(file), name)), sampleDay)
			if err != nil {
				t.Fatal(err)
			}
			compareWorld(t, f, w, name)
		}
	}
}

func compareWorld(t *testing.T, f *File, w isoWorld, name string) {
	want := w.Files[name]
	if len(f.Problems) != 0 {
		t.Errorf("%s: problems %v", name, f.Problems)
	}
	var got []Entry
	for i, s := range f.Statements {
		got = append(got, s.Entries...)
		if i > 0 && s.Opening.Amount != f.Statements[i-1].Closing.Amount {
			t.Errorf("%s: statement %d does not continue the one before", name, i+1)
		}
		if s.Account.IBAN != w.World.Account || s.Currency != ledger.EUR {
			t.Errorf("%s: account %+v", name, s.Account)
		}
	}
	if f.Statements[0].Opening.Amount != *want.Opening || f.Statements[len(f.Statements)-1].Closing.Amount != *want.Closing {
		t.Errorf("%s: the balances are not those of the truth", name)
	}
	if len(got) != len(want.Entries) {
		t.Fatalf("%s: %d entries, want %d", name, len(got), len(want.Entries))
	}
	for i, e := range got {
		event := w.Events[want.Entries[i].Event]
		if e.Rank != i+1 || e.Booked.String() != event.Date || e.Amount != ledger.Euros(event.Amount) || e.Value < e.Booked.Add(-10) || e.Label == "" {
			t.Errorf("%s: entry %+v, want %+v", name, e, event)
		}
		back := slices.Contains([]string{"sdd_reject", "transfer_return"}, event.Case)
		if e.Returned && !back || !e.Returned && event.Case == "sdd_reject" {
			t.Errorf("%s: returned is %v of %+v: %s", name, e.Returned, event, e.Label)
		}
		if fee := event.Case == "outflow" && e.Type == ledger.EntryFee; e.Type == ledger.EntryFee && !fee ||
			event.Case == "cheque_batch" && e.Type != ledger.EntryCheques || event.Case == "card_batch" && e.Type != ledger.EntryCards {
			t.Errorf("%s: %q is no %s: %s", name, e.Type, event.Case, e.Label)
		}
	}
}
