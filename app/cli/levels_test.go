package cli

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

// A letter written on the command line does its level: the agenda goes on from it, and taking the letter back brings the level back.
func TestLetterDoesItsLevel(t *testing.T) {
	dir := place(t)
	// next gives what the agenda has for C001: the task of today, or the step that comes next of each invoice that waits.
	next := func() map[string]bool {
		status, out, errs := quitus("agenda", "--json")
		var doc struct {
			Tasks   []struct{ Customer, Step string }
			Waiting []struct{ Customer, Next string }
		}
		if err := json.Unmarshal([]byte(out), &doc); status != 0 || err != nil {
			t.Fatalf("status %d: %v %s", status, err, errs)
		}
		steps := map[string]bool{}
		for _, x := range doc.Tasks {
			if x.Customer == "C001" {
				steps["do "+x.Step] = true
			}
		}
		for _, x := range doc.Waiting {
			if x.Customer == "C001" {
				steps["then "+x.Next] = true
			}
		}
		return steps
	}
	write := func(model string) {
		if status, _, errs := quitus("letter", model, "C001", "--out", filepath.Join(dir, "out")); status != 0 {
			t.Fatalf("%s: status %d: %s", model, status, errs)
		}
	}
	only := func(want string) {
		t.Helper()
		if got := next(); len(got) != 1 || !got[want] {
			t.Errorf("%v, want %q", got, want)
		}
	}
	only("do first_reminder")
	write("first_reminder")
	only("then call")
	write("second_reminder")
	only("then second_call")
	write("formal_notice")
	only("then handover")
	for _, batch := range []string{"4", "3", "2"} {
		if status, _, errs := quitus("undo", batch); status != 0 {
			t.Fatal(errs)
		}
	}
	only("do first_reminder")
}
