package bank

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"quitus/ledger"
)

// genkgo is what the samples of genkgo/camt are expected to say. What was told once is a text where it comes again.
type genkgo struct {
	Entries []genkgoEntry `json:"getEntries"`
}

type genkgoEntry struct {
	Status     string       `json:"getStatus"`
	Reversal   bool         `json:"getReversalIndicator"`
	AccountRef string       `json:"getAccountServicerReference"`
	Amount     genkgoAmount `json:"getAmount"`
	Booked     *genkgoDate  `json:"getBookingDate"`
	Value      *genkgoDate  `json:"getValueDate"`
	Code       struct {
		Domain *struct {
			Code   string `json:"getCode"`
			Family struct {
				Code string `json:"getCode"`
				Sub  string `json:"getSubFamilyCode"`
			} `json:"getFamily"`
		} `json:"getDomain"`
		Own *struct {
			Code string `json:"getCode"`
		} `json:"getProprietary"`
	} `json:"getBankTransactionCode"`
	Record json.RawMessage   `json:"getRecord"`
	First  json.RawMessage   `json:"getTransactionDetail"`
	All    []json.RawMessage `json:"getTransactionDetails"`
}

type genkgoAmount struct {
	Amount   string `json:"getAmount"`
	Currency struct {
		Code string `json:"getCode"`
	} `json:"getCurrency"`
}

func (a genkgoAmount) money(t *testing.T) ledger.Money {
	t.Helper()
	n, err := strconv.ParseInt(a.Amount, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Money{Minor: n, Currency: ledger.Currency(a.Currency.Code)}
}

type genkgoDate struct {
	At string `json:"0"`
}

func (d *genkgoDate) day() string {
	if d == nil {
		return ""
	}
	return d.At[:10] // all samples are booked by day, wherever their hour is told
}

type genkgoRecord struct {
	Account struct {
		ID string `json:"getIdentification"`
	} `json:"getAccount"`
	Balances []struct {
		Amount genkgoAmount `json:"getAmount"`
		Date   genkgoDate   `json:"getDate"`
		Type   string       `json:"getType"`
	} `json:"getBalances"`
}

type genkgoDetail struct {
	Amount *genkgoAmount `json:"getAmount"`
	Refs   *struct {
		EndToEnd string `json:"getEndToEndId"`
		Mandate  string `json:"getMandateId"`
	} `json:"getReference"`
	Parties []struct {
		Account *struct {
			ID string `json:"getIdentification"`
		} `json:"getAccount"`
		Party struct {
			Name string `json:"getName"`
		} `json:"getRelatedPartyType"`
	} `json:"getRelatedParties"`
	Remittance *struct {
		Blocks []json.RawMessage `json:"getUnstructuredBlocks"`
		First  *struct {
			Message string `json:"getMessage"`
		} `json:"getUnstructuredBlock"`
		Reference json.RawMessage `json:"getCreditorReferenceInformation"`
	} `json:"getRemittanceInformation"`
	Return *struct {
		Code string `json:"getCode"`
	} `json:"getReturnInformation"`
}

// again says whether a value was told before.
func again(raw json.RawMessage) bool { return strings.HasPrefix(string(raw), `"`) }

func into[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCAMTSamplesOfGenkgo(t *testing.T) {
	compared := 0
	for _, file := range sampleFiles(t, "formats/camt/test/data/*.json") {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			want := into[genkgo](t, mustLoad(t, file))
			data := mustLoad(t, strings.TrimSuffix(file, ".json")+".xml")
			if !likelyCAMT(data[:500]) && len(data) > 1000 {
				t.Error("not recognised by its content")
			}
			f, err := readCAMT(context.Background(), data, sampleDay)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(name, "multi.statement") { // of which only the last entry is told
				f.Statements = f.Statements[1:]
			}
			compareGenkgo(t, f, want)
			compared++
		})
	}
	if compared != 25 {
		t.Errorf("%d samples compared", compared)
	}
}

func compareGenkgo(t *testing.T, f *File, want genkgo) {
	var got []Entry
	var of []*Statement
	for _, s := range f.Statements {
		for _, e := range s.Entries {
			got, of = append(got, e), append(of, s)
		}
	}
	var record genkgoRecord
	at, pending := 0, 0
	for _, w := range want.Entries {
		if !again(w.Record) {
			record = into[genkgoRecord](t, w.Record)
		}
		if w.Status != "BOOK" {
			pending++
			continue
		}
		if at == len(got) {
			t.Fatalf("only %d entries", len(got))
		}
		e, s := got[at], of[at]
		at++
		if e.Amount != w.Amount.money(t) || w.Booked != nil && e.Booked.String() != w.Booked.day() ||
			e.Value.String() != w.Value.day() || w.AccountRef != "" && e.BankRef != w.AccountRef || e.Returned != w.Reversal {
			t.Errorf("entry %+v, want %+v booked %s, value %s, reference %q, reversal %v", e, w.Amount, w.Booked.day(), w.Value.day(), w.AccountRef, w.Reversal)
		}
		if w.Booked == nil && !slices.Contains(codesOf(f), "date_assumed") {
			t.Error("a day that is not told is not said to be assumed")
		}
		code := ""
		if d := w.Code.Domain; d != nil {
			code = d.Code + "/" + d.Family.Code + "/" + d.Family.Sub
		} else if w.Code.Own != nil {
			code = w.Code.Own.Code
		}
		if e.Code != code {
			t.Errorf("code %q, want %q", e.Code, code)
		}
		compareAccount(t, s, record)
		compareDetails(t, e, w)
	}
	left := slices.IndexFunc(f.Problems, func(p Problem) bool { return p.Code == "pending_left_out" })
	if at != len(got) || (left >= 0) != (pending > 0) || left >= 0 && f.Problems[left].Args["count"] != pending {
		t.Errorf("%d entries, want %d; %d pending, problems %v", len(got), at, pending, f.Problems)
	}
}

func compareAccount(t *testing.T, s *Statement, want genkgoRecord) {
	if firstOf(s.Account.IBAN, s.Account.Number) != want.Account.ID {
		t.Errorf("account %+v, want %s", s.Account, want.Account.ID)
	}
	for kind, got := range map[string]*Balance{"opening": s.Opening, "closing": s.Closing} {
		var of []Balance // one file has both kinds of opening balance
		for _, b := range want.Balances {
			if m := b.Amount.money(t); b.Type == kind && m.Currency == s.Currency {
				on, err := ledger.ParseDate(b.Date.day())
				if err != nil {
					t.Fatal(err)
				}
				of = append(of, Balance{on, m.Minor})
			}
		}
		if got == nil && len(of) > 0 || got != nil && !slices.Contains(of, *got) {
			t.Errorf("%s balance %+v, want one of %+v", kind, got, of)
		}
	}
}

func compareDetails(t *testing.T, e Entry, w genkgoEntry) {
	if n := len(w.All); n > 1 && len(e.Batch) != n || n <= 1 && e.Batch != nil {
		t.Fatalf("%d payments, want %d", len(e.Batch), n)
	}
	details := e.Batch
	if len(w.All) == 1 {
		details = []Detail{{Amount: e.Amount, Label: e.Label, Party: e.Party, EndToEnd: e.EndToEnd, Mandate: e.Mandate, References: e.References, Reason: e.Reason}}
	}
	for i, raw := range w.All {
		if again(raw) {
			raw = w.First
		}
		want, got := into[genkgoDetail](t, raw), details[i]
		if len(w.All) > 1 && want.Amount != nil && got.Amount.Abs() != want.Amount.money(t).Abs() {
			t.Errorf("amount %v, want %v", got.Amount, want.Amount)
		}
		if r := want.Refs; r != nil && (got.EndToEnd != given(r.EndToEnd) || got.Mandate != given(r.Mandate)) {
			t.Errorf("references %+v, want %+v", got, r)
		}
		var names, accounts []string
		for _, p := range want.Parties {
			names = append(names, p.Party.Name)
			if p.Account != nil {
				accounts = append(accounts, p.Account.ID)
			}
		}
		if len(names) > 0 && got.Party.Name != "" && !slices.Contains(names, got.Party.Name) || got.Party.IBAN != "" && !slices.Contains(accounts, got.Party.IBAN) {
			t.Errorf("party %+v, want one of %q %q", got.Party, names, accounts)
		}
		if want.Return != nil && got.Reason != want.Return.Code {
			t.Errorf("reason %q, want %q", got.Reason, want.Return.Code)
		}
		r := want.Remittance
		if r == nil {
			continue
		}
		for _, raw := range r.Blocks {
			text := ""
			if again(raw) && r.First != nil {
				text = r.First.Message
			} else if !again(raw) {
				text = into[struct {
					Message string `json:"getMessage"`
				}](t, raw).Message
			}
			if !strings.Contains(got.Label, flat(text)) {
				t.Errorf("label %q is without %q", got.Label, text)
			}
		}
		if len(r.Reference) > 0 && !again(r.Reference) && string(r.Reference) != "null" {
			ref := into[struct {
				Ref string `json:"getRef"`
			}](t, r.Reference).Ref
			if ref != "" && !slices.Contains(got.References, tight(ref)) {
				t.Errorf("references %q are without %q", got.References, ref)
			}
		}
	}
}

// The other samples are traps, each with what is to come of it.
func TestCAMTSamplesWithTraps(t *testing.T) {
	of := map[string]struct{ entries, problems string }{
		"camt053_duplicate_same_day": {"2026-04-07 -4.50 EUR CITY COFFEE; 2026-04-07 -4.50 EUR CITY COFFEE", ""},
		"camt053_garbled_amount":     {"", "amount_invalid"},
		"camt053_multicurrency":      {"2026-04-10 1250.50 EUR ACME GMBH; 2026-04-15 -500.25 EUR OFFICE SUPPLIES SARL; 2026-04-20 -99.99 USD CLOUD HOSTING INC", ""},
		"camt053_no_namespace":       {"2026-04-12 250.00 GBP JANE CLIENT", ""},
	}
	for _, file := range sampleFiles(t, "formats/camt/*.xml") {
		name := strings.TrimSuffix(filepath.Base(file), ".xml")
		want, ok := of[name]
		if !ok {
			t.Errorf("nothing is expected of %s", name)
		}
		delete(of, name)
		f, err := readCAMT(context.Background(), mustLoad(t, file), sampleDay)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, s := range f.Statements {
			for _, e := range s.Entries {
				got = append(got, e.Booked.String()+" "+e.Amount.String()+" "+e.Party.Name)
			}
		}
		if s := strings.Join(got, "; "); s != want.entries || strings.Join(codesOf(f), " ") != want.problems {
			t.Errorf("%s:\n got %s %v\nwant %+v", name, s, codesOf(f), want)
		}
	}
	if len(of) != 0 {
		t.Errorf("not there: %v", of)
	}
	for _, file := range sampleFiles(t, "formats/camt/test/data/*wrong.xml") {
		if _, err := readCAMT(context.Background(), mustLoad(t, file), sampleDay); ledger.CodeOf(err) != "empty" {
			t.Errorf("%s without statements: %v", file, err)
		}
	}
}

// Balances of samples add up, but for those whose entries or balances were made up.
func TestCAMTSampleBalances(t *testing.T) {
	odd := []string{"camt053.v2.all-balance-types.xml", "camt053.v2.five.decimals.xml"}
	var got []string
	for _, file := range append(sampleFiles(t, "formats/camt/test/data/camt05*.xml"), sampleFiles(t, "formats/camt/*.xml")...) {
		f, err := readCAMT(context.Background(), mustLoad(t, file), sampleDay)
		if err == nil && gaps(f) > 0 {
			got = append(got, filepath.Base(file))
		}
	}
	if !slices.Equal(got, odd) {
		t.Errorf("do not add up: %q, want %q", got, odd)
	}
}
