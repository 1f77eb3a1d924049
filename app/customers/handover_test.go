package customers

import (
	"context"
	"strings"
	"testing"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// handOver hands the case of a customer over.
func handOver(t *testing.T, b *screentest.Bench, id ledger.CustomerID) {
	t.Helper()
	made, err := b.Desk.Handover(desk.HandoverRequest{Customer: id, To: "Me Martin", Lang: words.FR})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := b.Desk.MakeHandover(made)
	if err == nil {
		_, err = b.Desk.KeepHandover(context.Background(), bundle)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A case that was handed over is told as such, on the list and on the page; what falls due since is told as before.
func TestHandedOverIsTold(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	handOver(t, b, id)
	word := func() string {
		p := readPage(b.Words, b.Desk.State(), id)
		for _, r := range readList(b.Words, b.Desk.State()).Rows {
			if r.ID == id && (r.Word != p.Word || r.Situation != p.Situation) {
				t.Errorf("the list says %q, the page %q", r.Word, p.Word)
			}
		}
		return plain(p.Word)
	}
	if got := word(); got != "Transmis le 24 nov." {
		t.Errorf("%q", got)
	}
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		d.Put(&ledger.Invoice{Customer: id, Number: "N-1", Issued: screentest.Day.Add(-40), Due: screentest.Day.Add(-5), Total: ledger.Euros(1000)})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := word(); strings.HasPrefix(got, "Transmis") {
		t.Errorf("%q", got)
	}
}

// The page of a case that was handed over, with a registered letter that came back: the chip, the line of events and the
// files tell of it.
func TestHandedOverLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"page_handed_fr": {}, "page_handed_dark": {Appearance: look.Dark}} {
		b, ctx := screentest.New(t, words.FR), context.Background()
		id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
		w, err := b.Desk.Writer().Write(desk.LetterRequest{Customer: id, Model: "formal_notice"})
		if err == nil {
			_, err = b.Desk.KeepLetters(ctx, []*desk.Written{w})
		}
		if err != nil {
			t.Fatal(err)
		}
		letter := ledger.LetterID(b.Desk.State().Book.Last(ledger.KindLetter))
		if _, err := b.Desk.NoteRegistered(ctx, letter, desk.RegisteredNote{Registered: ledger.Registered{
			Number: "RB123456785GB", Posted: screentest.Day, Outcome: ledger.MailRefused, OutcomeOn: screentest.Day,
		}}); err != nil {
			t.Fatal(err)
		}
		handOver(t, b, id)
		s, _ := openPage(t, b, setup, "Garage Tessonnier")
		s.Golden(name)
	}
}
