package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"quitus/ledger"
)

// A letter's file is what the ledger keeps, and comes out the same again.
func TestLettersAreKept(t *testing.T) {
	dir := place(t)
	var before []byte
	for _, flag := range []string{"--dry-run", "--json"} {
		status, out, messages := quitus("letter", "formal_notice", "C001", "--json", flag, "--out", filepath.Join(dir, "out"))
		var doc lettersDoc
		if err := json.Unmarshal([]byte(out), &doc); err != nil || status != Done || len(doc.Letters) != 1 {
			t.Fatalf("status %d: %s%s", status, out, messages)
		}
		content, err := os.ReadFile(doc.Letters[0].File)
		if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) || ledger.HashOf(content) != doc.Letters[0].SHA256 {
			t.Errorf("the file is not what was said: %v", err)
		}
		if before != nil && !bytes.Equal(before, content) {
			t.Error("the same letter came out differently")
		}
		before = content
		if recorded := doc.Batch != nil; recorded != (flag != "--dry-run") {
			t.Errorf("%s: recorded %v", flag, recorded)
		}
	}
	if n := look(t, filepath.Join(dir, "a.quitus")); n.Letters != 1 {
		t.Errorf("%+v", n)
	}
}

func TestExportsOpen(t *testing.T) {
	dir := place(t)
	for _, args := range [][]string{{"all.xlsx"}, {"one.xlsx", "--customer", "C001"}} {
		path := filepath.Join(dir, args[0])
		if status, _, messages := quitus(append([]string{"export", path}, args[1:]...)...); status != Done {
			t.Fatal(messages)
		}
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, sheet := range book.GetSheetList() {
			rows, err := book.GetRows(sheet)
			found = found || err == nil && slices.ContainsFunc(rows, func(r []string) bool { return slices.Contains(r, "FA-2") })
		}
		if !found {
			t.Errorf("%v: no invoice FA-2", args)
		}
		book.Close()
	}
	path := filepath.Join(dir, "open.csv")
	if status, _, messages := quitus("export", path, "--lang", "en"); status != Done {
		t.Fatal(messages)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) != 9 { // titles, and all but the settled one
		t.Errorf("%v: %q", err, rows)
	}
}

// Each sheet of a closing date, in either form, makes the same ledger: what was issued by that day, with what
// was open on it.
func TestExportsMakeTheSameLedger(t *testing.T) {
	dir := place(t)
	for what, want := range map[string]string{
		"open":     "AV-1 -50.00 FA-1 200.00 FA-2 5000.00 FA-4 900.00 FA-5 75.50 FA-5 80.00",
		"doubtful": "FA-1 200.00 FA-2 5000.00 FA-5 75.50 FA-5 80.00",
		"payments": "AV-1 -50.00 FA-1 200.00 FA-2 5000.00 FA-4 900.00 FA-5 75.50 FA-5 80.00 FA-7 0.00",
	} {
		for _, ending := range []string{".csv", ".xlsx"} {
			file, other := filepath.Join(dir, what+ending), filepath.Join(dir, what+ending+".quitus")
			if status, _, messages := quitus("export", file, "--what", what, "--on", "2026-06-30"); status != Done {
				t.Fatal(messages)
			}
			if status, out, messages := quitus("import", file, "--ledger", other, "--on", "2026-06-30"); status != Done {
				t.Fatal(out, messages)
			}
			_, out, messages := quitus("invoices", "--ledger", other, "--on", "2026-06-30", "--json")
			var doc struct {
				Invoices []struct{ Number, Open string }
			}
			if err := json.Unmarshal([]byte(out), &doc); err != nil {
				t.Fatal(err, messages)
			}
			var got []string
			for _, i := range doc.Invoices {
				got = append(got, i.Number+" "+i.Open)
			}
			slices.Sort(got)
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v, want %s", file, got, want)
			}
		}
	}
}
