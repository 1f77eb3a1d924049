package bank

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"quitus/ledger"
)

// Formats are tried in their order; one that finds that a file is none of its own leaves it to the next, and to tables.
func TestFormats(t *testing.T) {
	before := formats
	defer func() { formats = before }()
	var tried []string
	fake := func(name, begins string, err error) format {
		return format{name, func(head []byte) bool { return bytes.HasPrefix(head, []byte(begins)) }, func(_ context.Context, data []byte, _ Options) (*File, error) {
			tried = append(tried, name)
			if err != nil {
				return nil, err
			}
			return &File{Statements: []*Statement{{Number: string(data)}}}, nil
		}}
	}
	formats = []format{fake("one", "A", ledger.Errorf("not_a_statement")), fake("two", "B", nil), fake("three", "A", nil), fake("four", "C", ledger.Errorf("damaged")), fake("five", "Date", ledger.Errorf("not_a_statement"))}
	for text, want := range map[string]string{
		"A text": "one three: three", "B text": "two: two", "C text": "four: damaged", "Date;Libellé;Montant\n01/02/2026;VIR DUPONT;12,00\n": "five: csv", "other": ": not_a_statement",
	} {
		tried = nil
		var progress int64
		f, err := Read(context.Background(), "x", strings.NewReader(text), int64(len(text)), Options{Today: today, Progress: func(done, _ int64) { progress = done }})
		got := strings.Join(tried, " ") + ": " + ledger.CodeOf(err)
		if err == nil {
			got += f.Format
			if f.Name != "x" || f.Format != "csv" && (f.Statements[0].Number != text || progress != int64(len(text))) {
				t.Errorf("%q: %+v, progress %d", text, f, progress)
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if likely := Likely([]byte(text)); likely != (text != "other") {
			t.Errorf("%q: likely %v", text, likely)
		}
	}
}
