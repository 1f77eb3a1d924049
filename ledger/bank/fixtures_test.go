package bank

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// fixtures gives a folder of the public samples.
func fixtures(t testing.TB, path ...string) string {
	root := os.Getenv("QUITUS_FIXTURES")
	if root == "" {
		t.Skip("QUITUS_FIXTURES names no folder of samples")
	}
	return filepath.Join(append([]string{root}, path...)...)
}

// summary writes what a file holds in short: its error, or for each statement the account, the days and amounts of its
// balances and its entries by day, amount and type; then its problems and what [Check] finds.
func summary(f *File, err error) string {
	if err != nil {
		return err.Error()
	}
	var out []string
	for _, st := range f.Statements {
		name := st.Account.IBAN
		if name == "" {
			name = st.Account.Number
		}
		out = append(out, fmt.Sprint(name, " ", st.Currency))
		for _, b := range []*Balance{st.Opening, st.Closing} {
			if b == nil {
				out = append(out, "?")
			} else {
				out = append(out, fmt.Sprint(b.On, " ", st.money(b.Amount).Decimal()))
			}
		}
		for _, e := range st.Entries {
			s := fmt.Sprint(e.Booked, " ", e.Amount.Decimal(), " ", e.Type)
			if e.Returned {
				s += " returned"
			}
			out = append(out, "["+strings.TrimSpace(s)+"]")
		}
	}
	for _, p := range append(f.Problems, Check(f)...) {
		out = append(out, "!"+p.Code)
	}
	return strings.Join(out, ", ")
}

// checkSamples reads all files of a folder with one ending and compares.
func checkSamples(t *testing.T, dir, ending string, likely func([]byte) bool, read func(context.Context, []byte, Options) (*File, error), want map[string]string) {
	t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ending || strings.HasPrefix(d.Name(), "LICENSE") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen[d.Name()] = true
		f, err := read(context.Background(), data, Options{Today: aDay})
		if got := summary(f, err); got != want[d.Name()] {
			t.Errorf("%s:\n got %s\nwant %s", d.Name(), got, want[d.Name()])
		}
		if !likely(data[:min(len(data), 4096)]) {
			t.Errorf("%s: not recognised", d.Name())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !seen[name] {
			t.Errorf("%s is not there", name)
		}
	}
}

// In these samples a bank changes inside a statement, and the amounts add up all the same: one of 15589 with -190.40
// before and -241.21 after, and one of 18706 that goes on with it up to -163.72. The faulty ones leave records out.
func TestSamplesOfCFONB(t *testing.T) {
	const (
		first  = "FR7615589000009876543210088 EUR, 2019-05-15 -190.40, 2019-05-16 -241.21"
		second = "FR7618706000000012345678954 EUR, 2019-05-16 -241.21, 2019-05-17 -163.72"
		alone  = "FR7618706000000012345678954 EUR, ?, 2019-05-17 -163.72"
		demo   = "[2019-05-16 -10.70 direct_debit]"
		cabin  = "[2019-05-16 -32.21 direct_debit]"
		open   = "FR7615589000009876543210088 EUR, ?, ?"
	)
	checkSamples(t, fixtures(t, "formats", "cfonb120"), ".txt", likelyCFONB, readCFONB, map[string]string{
		"example.txt": first + ", " + cabin + ", " + demo + ", [2019-05-15 -7.90 fee], " + second +
			", [2019-05-17 97.49 direct_debit returned], [2019-05-15 -12.10 fee], [2019-05-16 -7.90 fee]",
		"end_of_statement_without_beginning.txt":   first + ", " + demo + ", " + alone + ", !opening_missing, !balance_differs",
		"invalid_date.txt":                         first + ", " + demo + ", " + alone + ", !balance_day_invalid, !opening_missing, !balance_differs",
		"new_statement_without_previous_ended.txt": "FR7615589000009876543210088 EUR, 2019-05-15 -190.40, ?, " + demo + ", " + second + ", [2019-05-16 -7.90 fee], !closing_missing, !balance_differs",
		"operation.txt":                            open + ", " + cabin + ", !opening_missing, !closing_missing",
		"operation_already_defined.txt":            open + ", " + cabin + ", " + cabin + ", !opening_missing, !closing_missing",
		"operation_detail_without_operation.txt":   first + ", " + demo + ", !detail_alone, !balance_differs",
		"operation_out_of_statement.txt":           open + ", " + cabin + ", " + first + ", " + demo + ", !opening_missing, !closing_missing, !balance_differs",
		"operation_unstarted.txt":                  "not_a_statement",
	})
}

// The samples without a statement are lists of accounts, answers to signing on, and securities accounts. No OFX file
// tells its opening balance, so that none can be added up.
func TestSamplesOfOFX(t *testing.T) {
	const none = "not_a_statement"
	two := "9100 USD, ?, 2012-06-03 111.00, 9200 USD, ?, 2012-06-03 222.00"
	checkSamples(t, fixtures(t, "formats", "ofx"), ".ofx", likelyOFX, readOFX, map[string]string{
		"account_listing_aggregation.ofx": none,
		"anzcc.ofx":                       "1234123412341234 AUD, ?, 2017-05-10 -123.45, [2017-05-08 -5.50]",
		"bank_medium.ofx":                 "12300 000012345678 CAD, ?, 2009-05-23 382.34, [2009-04-01 -6.60], [2009-04-02 -316.67 cheques], [2009-04-03 -22.00]",
		"bank_small.ofx":                  none,
		"checking.ofx":                    "1452687~7 USD, ?, 2013-05-25 100.99, [2011-03-31 0.01], [2011-04-05 -34.51], [2011-04-07 -25.00 cheques]",
		"date_missing.ofx":                "192639749 USD, ?, 2011-06-14 0.00, !date_missing, !date_missing, !date_invalid",
		"decimal_error.ofx":               "192639749 CAD, ?, 2011-06-14 0.00, !date_invalid",
		"empty_balance.ofx":               "192639749 CAD, ?, ?, [2011-03-08 120.00]",
		"error_message.ofx":               none,
		"fidelity-savings.ofx":            none,
		"fidelity.ofx":                    none,
		"investment_401k.ofx":             none,
		"investment_medium.ofx":           none,
		"multiple_accounts.ofx":           two,
		"multiple_accounts2.ofx":          two,
		"ofx-v102-empty-tags.ofx":         "12345678 AUD, ?, ?, [2018-05-07 12.34]",
		"signon_fail.ofx":                 none,
		"signon_success.ofx":              none,
		"signon_success_no_message.ofx":   none,
		"suncorp.ofx":                     "123456789 AUD, ?, 2013-12-15 1234.12, [2013-12-15 -16.85]",
		"td_ameritrade.ofx":               none,
		"tiaacref.ofx":                    none,
		"vanguard.ofx":                    none,
		"vanguard401k.ofx":                none,
	})
}

// truth is what is true of the entries of a world's statements.
type truth struct {
	World struct {
		Account string `json:"account"`
	} `json:"world"`
	Events map[string]struct {
		Date   ledger.Date `json:"date"`
		Cents  int64       `json:"amount_cents"`
		Kind   string      `json:"kind"`
		Case   string      `json:"case"`
		Detail string      `json:"detail"`
	} `json:"events"`
	Files map[string]struct {
		Opening *int64 `json:"opening_cents"`
		Closing *int64 `json:"closing_cents"`
		Entries []struct {
			Event string `json:"event"`
		} `json:"entries"`
	} `json:"files"`
}

// world reads one statement of a world, and the truth about it.
func world(t *testing.T, dir, name string, read func(context.Context, []byte, Options) (*File, error)) (*File, truth) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var w truth
	if err := json.Unmarshal(data, &w); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	f, err := read(context.Background(), data, Options{Today: aDay})
	if err != nil || f.Problems != nil {
		t.Fatal(err, problemCodes(f))
	}
	return f, w
}

func TestWorlds(t *testing.T) {
	dirs, _ := filepath.Glob(filepath.Join(fixtures(t, "reconcile"), "dev-*"))
	if len(dirs) == 0 {
		t.Fatal("no worlds")
	}
	for _, dir := range dirs {
		for _, name := range []string{"releve_cfonb120.txt", "releve.ofx"} {
			t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
				read := readCFONB
				if name == "releve.ofx" {
					read = readOFX
				}
				f, w := world(t, dir, name, read)
				checkWorld(t, f, w, name)
			})
		}
		t.Run(filepath.Base(dir)+"/both", func(t *testing.T) {
			inCFONB, _ := world(t, dir, "releve_cfonb120.txt", readCFONB)
			inOFX, _ := world(t, dir, "releve.ofx", readOFX)
			inCFONB.Format, inOFX.Format = "cfonb120", "ofx"
			b, _ := takenInto(&ledger.Book{}, inCFONB)
			if _, p := takenInto(b, inOFX); p.New > 0 || p.Accounts != 1 || p.NewAccount {
				t.Errorf("%d of the other format are new, %d accounts", p.New, p.Accounts)
			}
		})
	}
}

// checkWorld compares with the truth: dates, amounts, order and balances; and that what was taken back is seen as such.
func checkWorld(t *testing.T, f *File, w truth, name string) {
	want := w.Files[name]
	n := 0
	for i, st := range f.Statements {
		if st.Account.IBAN != w.World.Account || st.Currency != ledger.EUR {
			t.Fatalf("account %+v in %s", st.Account, st.Currency)
		}
		for _, e := range st.Entries {
			x := w.Events[want.Entries[n].Event]
			if n++; e.Rank != n || e.Booked != x.Date || e.Amount != ledger.Euros(x.Cents) {
				t.Fatalf("entry %d: %s %s, want %s %d", n, e.Booked, e.Amount, x.Date, x.Cents)
			}
			if back := x.Kind == "return" || x.Case == "transfer_return"; e.Returned != back {
				t.Errorf("entry %d, %s: returned %v: %q", n, x.Case, e.Returned, e.Label)
			}
			if fee := x.Detail == "fee"; (e.Type == ledger.EntryFee) != fee {
				t.Errorf("entry %d, %s: type %q: %q", n, x.Case, e.Type, e.Label)
			}
			if e.Type == ledger.EntryOther || strings.TrimSpace(e.Label) == "" {
				t.Errorf("entry %d: type %q: %q", n, e.Type, e.Label)
			}
		}
		if i == 0 && (want.Opening != nil) != (st.Opening != nil) || st.Opening != nil && i == 0 && st.Opening.Amount != *want.Opening {
			t.Errorf("opening balance %v", st.Opening)
		}
	}
	if last := f.Statements[len(f.Statements)-1]; n != len(want.Entries) || last.Closing == nil || last.Closing.Amount != *want.Closing {
		t.Errorf("%d entries of %d, closing balance %v", n, len(want.Entries), last.Closing)
	}
	if problems := Check(f); problems != nil {
		t.Errorf("%+v", problems)
	}
}
