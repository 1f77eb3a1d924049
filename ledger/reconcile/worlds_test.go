package reconcile

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/imports"
)

// plainStatement is read as it stands, without the cares of the program's readers.
const plainStatement = "releve_b.csv"

// devWorlds are the labelled worlds: what was decided on one is measured on the other.
var devWorlds = []string{"dev-grossiste", "dev-tpe"}

// labelled is a world with the truth about one of its statements.
type labelled struct {
	name    string
	world   *World
	entries []Entry
	truths  []truth // of the entries
	item    map[string]ledger.InvoiceID
	code    map[string]ledger.CustomerID
	equals  bool // invoices of one customer with the same open amount all stand for each other
}

// truth is what an entry settles.
type truth struct {
	Kind, Case, Customer string
	Customers            []string
	Allocations          []struct {
		Invoice string
		Cents   int64
	}
	Left      int64 `json:"left_cents"`
	AlsoRight []struct {
		Decision, Customer string
		Allocations        []struct {
			Invoice string
			Cents   int64
		}
	} `json:"also_right"`

	Decidable       bool       `json:"-"`
	Basis           string     `json:"-"`
	Interchangeable [][]string `json:"-"`
	event           string
}

type truthFile struct {
	World  struct{ Account string }
	Events map[string]truth
	Files  map[string]struct {
		Entries []struct {
			Rank            int
			Event           string
			Decidable       bool
			Basis           string
			Interchangeable [][]string
		}
	}
}

func worldsDir(t testing.TB) string {
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("QUITUS_FIXTURES is not set: the labelled worlds are not read")
	}
	return filepath.Join(dir, "reconcile")
}

// load reads a world and one of its statements.
func load(t testing.TB, name, statement string) *labelled {
	t.Helper()
	dir := filepath.Join(worldsDir(t), name)
	w := &labelled{name: name, item: map[string]ledger.InvoiceID{}, code: map[string]ledger.CustomerID{}}
	w.world = register(t, filepath.Join(dir, "registre_factures.xlsx"))
	for _, i := range w.world.Items {
		w.item[i.Number] = i.ID
	}
	for _, c := range w.world.Customers {
		w.code[c.Code] = c.ID
	}
	var f truthFile
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	w.world.Accounts = []string{f.World.Account}
	readEntries := readStatement
	if statement == plainStatement {
		readEntries = statementEntries
	}
	w.entries = readEntries(t, filepath.Join(dir, statement))
	file := f.Files[statement]
	if len(w.entries) != len(file.Entries) {
		t.Fatalf("%s: %d entries, the truth has %d", statement, len(w.entries), len(file.Entries))
	}
	for i, e := range file.Entries {
		tr := f.Events[e.Event]
		tr.Decidable, tr.Basis, tr.Interchangeable, tr.event = e.Decidable, e.Basis, e.Interchangeable, e.Event
		if e.Rank != w.entries[i].Rank {
			t.Fatal("ranks differ")
		}
		w.truths = append(w.truths, tr)
	}
	return w
}

// register imports a register into a book, and gives the world of that book.
func register(t testing.TB, path string) *World {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	on := ledger.Day(2025, 12, 31)
	f, err := imports.Read(t.Context(), filepath.Base(path), bytes.NewReader(data), int64(len(data)), imports.Options{Today: on})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheets[0]
	p := imports.NewPlan(&ledger.Book{}, s.Drafts(s.Mapping, nil, nil).Invoices, on, nil)
	d := ledger.NewDraft(&ledger.Book{})
	p.Stage(d, &ledger.Import{File: path}, on)
	return WorldOf(d.Next(), on)
}

// statementEntries reads the simplest of the statements: a table with signed amounts.
func statementEntries(t testing.TB, path string) []Entry {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.LazyQuotes = ';', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []Entry
	for i, row := range rows[1:] {
		d := strings.Split(row[0], "/")
		on, err := ledger.ParseDate(d[2] + "-" + d[1] + "-" + d[0])
		if err != nil {
			t.Fatal(err)
		}
		m, err := ledger.ParseDecimal(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "+", "", ",", ".").Replace(row[8]+row[9]), ledger.EUR)
		if err != nil {
			t.Fatal(row, err)
		}
		e := Entry{Rank: i + 1, On: on, Amount: m, Label: row[2], Type: typeOf(row[5])}
		out = append(out, e)
	}
	return out
}

func typeOf(kind string) ledger.EntryType {
	switch kind {
	case "Remise de cheque":
		return ledger.EntryCheques
	case "Remise carte":
		return ledger.EntryCards
	case "Prelevement":
		return ledger.EntryDirectDebit
	case "Effet":
		return ledger.EntryBill
	}
	return ledger.EntryTransfer
}

// right says whether an answer is the truth, or as good.
func (w *labelled) right(i int, d *Decision, a *Answer) bool {
	t := &w.truths[i]
	got := map[ledger.InvoiceID]int64{}
	for _, x := range a.Allocations {
		got[x.Item] += x.Amount
	}
	want := func(list []struct {
		Invoice string
		Cents   int64
	}) map[ledger.InvoiceID]int64 {
		m := map[ledger.InvoiceID]int64{}
		for _, x := range list {
			m[w.item[x.Invoice]] += x.Cents
		}
		return m
	}
	if t.Kind != "not_a_receipt" && t.Case != "unrelated_receipt" || len(got) > 0 {
		if w.same(t, got, want(t.Allocations)) && (len(got) > 0 || a.Customer == w.code[t.Customer]) && (t.Case != "unrelated_receipt") {
			return true
		}
	}
	for _, o := range t.AlsoRight {
		if o.Decision != "" && string(d.Outcome) == o.Decision {
			return true
		}
		if o.Decision == "" && a.Customer == w.code[o.Customer] && w.same(t, got, want(o.Allocations)) {
			return true
		}
	}
	return false
}

// same compares allocations, but for invoices that are interchangeable.
func (w *labelled) same(t *truth, got, want map[ledger.InvoiceID]int64) bool {
	if maps.Equal(got, want) {
		return true
	}
	stands := map[ledger.InvoiceID]ledger.InvoiceID{}
	if w.equals {
		type like struct {
			customer ledger.CustomerID
			open     int64
		}
		first := map[like]ledger.InvoiceID{}
		for _, it := range w.world.Items {
			k := like{it.Customer, it.Open}
			if first[k] == 0 {
				first[k] = it.ID
			}
			stands[it.ID] = first[k]
		}
	}
	for _, group := range t.Interchangeable {
		for _, n := range group {
			stands[w.item[n]] = w.item[group[0]]
		}
	}
	list := func(m map[ledger.InvoiceID]int64) [][2]int64 {
		var out [][2]int64
		for id, v := range m {
			if s, ok := stands[id]; ok {
				id = s
			}
			out = append(out, [2]int64{int64(id), v})
		}
		slices.SortFunc(out, func(a, b [2]int64) int { return slices.Compare(a[:], b[:]) })
		return out
	}
	return slices.Equal(list(got), list(want))
}
