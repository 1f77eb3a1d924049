package desk

import (
	"context"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Ordinary letters come before registered ones, and the list is on top and counted.
func TestBatchOrder(t *testing.T) {
	d := lateByLetter(t)
	c := d.State().LetterCases()[0]
	plain, notice := order(c), order(c)
	notice.Model = letters.FormalNotice
	made := d.PrepareLetters(context.Background(), []LetterOrder{notice, plain}, nil)
	b, err := d.MakeBatch(made, true, words.FR)
	if err != nil || len(b.Letters) != 2 || b.Letters[0].Model == letters.FormalNotice || b.Letters[1].Model != letters.FormalNotice {
		t.Fatalf("%+v, %v", b, err)
	}
	if want := 1 + b.Letters[0].Sheets() + b.Letters[1].Sheets(); b.Pages != want {
		t.Errorf("%d pages, not %d", b.Pages, want)
	}
	rows := b.Cover.Body[0].Table.Rows
	if len(rows) != 2 || rows[0][2] != "2" || rows[1][5] == "" || rows[0][5] != "" {
		t.Errorf("%q", rows)
	}
	if _, err := d.MakeBatch([]Doing{{Err: ledger.Errorf("x")}}, true, words.FR); ledger.CodeOf(err) != "letter_none" {
		t.Error(err)
	}
}
