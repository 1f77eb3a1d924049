package imports

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"quitus/ledger"
)

// expectation is an expected/*.json of the registers in the folder of samples; its README says what the keys mean.
type expectation struct {
	File     string
	Accepted []string `json:"outcomes_accepted"`
	Refusal  *struct{ Class string }
	Sheet    string
	Header   any `json:"header_line"`
	Counts   struct{ Read int }
	Reads    []int `json:"read_accepts"`
	Records  []expectedRecord
	Choices  []struct {
		Lines []int
		AnyOf [][]expectedRecord `json:"any_of"`
	}
	Rejected []expectedLine
	Skipped  []expectedLine
	Warnings []expectedLine
}

type expectedLine struct {
	Line     int
	Field    []string
	Class    string
	As       []string
	Optional bool
}

type expectedRecord struct {
	Line     int
	Number   string
	Kind     string
	Customer struct {
		Ref  *string
		Name string
	}
	Issued, Due, Currency, Total, Open string
	Also                               map[string][]string
	Presence                           string
}

// today is the day that the samples' expectations suppose.
var today = ledger.Day(2026, 11, 21)

func registers(t testing.TB) string {
	dir := os.Getenv("QUITUS_FIXTURES")
	if dir == "" {
		t.Skip("QUITUS_FIXTURES is not set: the sample registers are not read")
	}
	return filepath.Join(dir, "registers")
}

func TestRegisters(t *testing.T) {
	dir := registers(t)
	files, err := filepath.Glob(filepath.Join(dir, "expected", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no expectations: ", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var want expectation
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(f, err)
		}
		t.Run(want.File, func(t *testing.T) {
			file, err := readPath(t, filepath.Join(dir, want.File))
			want.compare(t, file, err)
		})
	}
}

func readPath(t testing.TB, path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Read(context.Background(), filepath.Base(path), f, info.Size(), Options{Today: today})
}

func (want *expectation) compare(t *testing.T, file *File, err error) {
	if err != nil {
		if want.Refusal == nil || !slices.Contains(want.Accepted, "refuse") {
			t.Fatal("refused: ", err)
		}
		if code := ledger.CodeOf(err); code != want.Refusal.Class {
			t.Errorf("refused as %s, want %s", code, want.Refusal.Class)
		}
		return
	}
	if len(want.Records)+len(want.Choices) == 0 {
		t.Fatal("taken, want a refusal")
	}
	s := file.Sheets[0]
	if missing := s.Missing(); len(missing) > 0 {
		if !slices.Contains(want.Accepted, "mapping") {
			t.Fatalf("%v not recognised; columns %v are %v", missing, s.Columns, s.Mapping)
		}
		return
	}
	if want.Sheet != "" && s.Name != want.Sheet {
		t.Errorf("sheet %q, want %q", s.Name, want.Sheet)
	}
	want.header(t, s.HeaderLine)
	r := s.Drafts(s.Mapping, nil, nil)
	want.records(t, &r)
	want.problems(t, &r)
	if want.Counts.Read != r.Read && !slices.Contains(want.Reads, r.Read) {
		t.Errorf("read %d lines, want %d", r.Read, want.Counts.Read)
	}
}

func (want *expectation) header(t *testing.T, got int) {
	lines, ok := want.Header.([]any)
	if !ok {
		lines = []any{want.Header}
	}
	if !slices.ContainsFunc(lines, func(l any) bool { n, ok := l.(float64); return !ok || int(n) == got }) {
		t.Errorf("titles in line %d, want %v", got, want.Header)
	}
}

func (want *expectation) records(t *testing.T, r *Result) {
	taken := map[int]bool{}
	find := func(x expectedRecord) int {
		for i := range r.Invoices {
			if d := &r.Invoices[i]; !taken[i] && d.Number == x.Number && sameText(d.CustomerName, x.Customer.Name) && d.Line == x.Line {
				return i
			}
		}
		return -1
	}
	for _, x := range want.Records {
		i := find(x)
		if i < 0 {
			if x.Presence != "may_skip" {
				t.Errorf("line %d: %s of %s is missing", x.Line, x.Number, x.Customer.Name)
			}
			continue
		}
		taken[i] = true
		for _, wrong := range x.differs(&r.Invoices[i]) {
			t.Errorf("line %d: %s", x.Line, wrong)
		}
	}
	for _, c := range want.Choices {
		right := false
		for _, set := range c.AnyOf {
			all, found := true, map[int]bool{}
			for _, x := range set {
				i := find(x)
				if i < 0 || len(x.differs(&r.Invoices[i])) > 0 {
					all = false
					break
				}
				found[i] = true
			}
			n := 0
			for i := range r.Invoices {
				if !taken[i] && slices.Contains(c.Lines, r.Invoices[i].Line) {
					n++
				}
			}
			if all && n == len(set) {
				right = true
				for i := range found {
					taken[i] = true
				}
				break
			}
		}
		if !right {
			t.Errorf("lines %v: none of the right answers", c.Lines)
		}
	}
	for i := range r.Invoices {
		if !taken[i] {
			t.Errorf("line %d: %s of %s is too many", r.Invoices[i].Line, r.Invoices[i].Number, r.Invoices[i].CustomerName)
		}
	}
}

func sameText(a, b string) bool {
	return ledger.Fold(strings.TrimSpace(a)) == ledger.Fold(strings.TrimSpace(b))
}

// differs lists the fields that are not as expected.
func (x expectedRecord) differs(d *Draft) []string {
	var out []string
	check := func(field, got, want string) {
		if got != want && !slices.Contains(x.Also[field], got) {
			out = append(out, field+" is "+strconv.Quote(got)+", want "+strconv.Quote(want))
		}
	}
	kind := "invoice"
	if d.CreditNote {
		kind = "credit_note"
	}
	check("kind", kind, x.Kind)
	if x.Customer.Ref != nil {
		check("ref", d.CustomerRef, *x.Customer.Ref)
	}
	check("issued", d.Issued.String(), x.Issued)
	check("due", d.Due.String(), x.Due)
	check("currency", string(d.Total.Currency), x.Currency)
	check("total", d.Total.Decimal(), x.Total)
	check("open", d.Open.Decimal(), x.Open)
	return out
}

func (want *expectation) problems(t *testing.T, r *Result) {
	at := func(list []Problem, line int) *Problem {
		for i := range list {
			if list[i].Line == line {
				return &list[i]
			}
		}
		return nil
	}
	for _, x := range want.Rejected {
		p := at(r.Rejected, x.Line)
		switch {
		case p == nil && slices.Contains(x.As, "rejected") && len(x.As) == 1:
			t.Errorf("line %d is not refused (%s)", x.Line, x.Class)
		case p != nil && len(x.Field) > 0 && !slices.Contains(x.Field, p.Field.String()):
			t.Errorf("line %d is refused for %s, want %v", x.Line, p.Field, x.Field)
		}
	}
	for _, x := range want.Skipped {
		if at(r.Skipped, x.Line) == nil && !(slices.Contains(x.As, "rejected") && at(r.Rejected, x.Line) != nil) {
			t.Errorf("line %d is not left out (%s)", x.Line, x.Class)
		}
	}
	for _, p := range r.Rejected {
		named := slices.ContainsFunc(want.Rejected, func(x expectedLine) bool { return x.Line == p.Line }) ||
			slices.ContainsFunc(want.Skipped, func(x expectedLine) bool { return x.Line == p.Line })
		for _, c := range want.Choices {
			named = named || slices.Contains(c.Lines, p.Line)
		}
		if !named {
			t.Errorf("line %d is refused: %s %s %q", p.Line, p.Field, p.Code, p.Value)
		}
	}
	for _, x := range want.Warnings {
		if at(r.Warnings, x.Line) == nil && !x.Optional {
			t.Errorf("line %d: no warning (%s)", x.Line, x.Class)
		}
	}
	for _, p := range r.Warnings {
		if !slices.ContainsFunc(want.Warnings, func(x expectedLine) bool { return x.Line == p.Line }) {
			t.Logf("line %d: warning %s %s %q", p.Line, p.Code, p.Field, p.Value)
		}
	}
}
