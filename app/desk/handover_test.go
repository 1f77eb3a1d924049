package desk

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
	"quitus/letters/handover"
)

// handed makes a case as files and records it.
func handed(t *testing.T, d *Desk) (*handover.Bundle, ledger.Entry) {
	t.Helper()
	c, err := d.Handover(HandoverRequest{Customer: 1, To: "Me Martin", Lang: words.FR})
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.MakeHandover(c)
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.KeepHandover(context.Background(), b)
	if err != nil {
		t.Fatal(err)
	}
	return b, e
}

// A case that is handed over stops follow-up, keeps the zip, and comes back with undo.
func TestHandover(t *testing.T) {
	d := withOwed(t)
	if len(d.State().TasksOf(1)) == 0 {
		t.Fatal("there is nothing to stop")
	}
	b, e := handed(t, d)
	s := d.State()
	if list := s.TasksOf(1); len(list) != 0 {
		t.Errorf("there is still something to do: %+v", list[0])
	}
	if w := s.Waiting(1); len(w) == 0 || w[0].Reason.Code != "handed_over" {
		t.Errorf("%+v", w)
	}
	if day := s.HandedOver()[1]; day != today {
		t.Error(day)
	}
	var doc *ledger.Document
	for x := range s.Book.Documents.All() {
		doc = x
	}
	if doc == nil || doc.Customer != 1 || doc.Hash != ledger.HashOf(b.Zip) || doc.Name != b.Name+".zip" {
		t.Fatalf("%+v", doc)
	}
	if kept, err := d.Document(doc.Hash); err != nil || !bytes.Equal(kept, b.Zip) {
		t.Error("the zip is not kept: ", err)
	}
	if slices.ContainsFunc(handover.Offered(s.Book, s.Standings, 1), func(x *ledger.Document) bool { return x.ID == doc.ID }) {
		t.Error("the file is offered for the next one")
	}
	if a := s.Book.ActionsOf(1)[0]; a.To != "Me Martin" || len(a.Lines) != 2 || a.Document != doc.ID {
		t.Errorf("%+v", a)
	}
	if _, u, err := d.Undo(context.Background(), e.Seq); err != nil || len(u.Kept) > 0 {
		t.Fatal(u, err)
	}
	if s := d.State(); len(s.TasksOf(1)) == 0 || s.Book.Documents.Len() != 0 || len(s.HandedOver()) != 0 {
		t.Error("it is not taken back")
	}
	if r, err := d.Verify(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Error(r.Problems, err)
	}
}

// An invoice that falls due later is followed up as before.
func TestHandoverIsOfWhatIsLate(t *testing.T) {
	d := withOwed(t)
	handed(t, d)
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Invoice{Customer: 1, Number: "F9", Issued: today.Add(-60), Due: today.Add(-20), Total: ledger.Euros(700)})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if s := d.State(); len(s.TasksOf(1)) == 0 || len(s.HandedOver()) != 0 {
		t.Error("what fell due since is not followed up")
	}
	if _, err := d.Handover(HandoverRequest{Customer: 99}); ledger.CodeOf(err) != "customer_unknown" {
		t.Error(err)
	}
}

func TestWriteHandover(t *testing.T) {
	b, _ := handed(t, withOwed(t))
	dir := filepath.Join(t.TempDir(), "à transmettre")
	zip, bound, err := WriteHandover(dir, b)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{zip: b.Zip, bound: b.Bound} {
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestNoteRegistered(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	w, err := d.Writer().Write(LetterRequest{Customer: 1, Model: letters.FormalNotice})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepLetters(ctx, []*Written{w}); err != nil {
		t.Fatal(err)
	}
	if l := d.State().Posting(today); len(l) != 1 {
		t.Fatalf("%d letters to post", len(l))
	}
	scan := filepath.Join(t.TempDir(), "preuve.pdf")
	if err := os.WriteFile(scan, []byte("%PDF- preuve"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = d.NoteRegistered(ctx, 1, RegisteredNote{Registered: ledger.Registered{Number: "RB123456786US", Posted: today.Add(1)}, ProofFile: scan})
	if got := fieldsOf(t, err); !slices.Equal(got, []string{"number:tracking_check", "posted:posted_in_future"}) || d.State().Book.Documents.Len() != 0 {
		t.Error(got)
	}
	e, err := d.NoteRegistered(ctx, 1, RegisteredNote{Registered: ledger.Registered{Number: "rb 123 456 785 gb", Posted: today}, ProofFile: scan})
	if err != nil {
		t.Fatal(err)
	}
	l := d.State().Book.Letters.Get(1)
	if l.Sent != today || l.Registered.Number != "RB123456785GB" || d.State().Book.Documents.Get(uint32(l.Registered.Proof)).Name != "preuve.pdf" {
		t.Errorf("%+v", l)
	}
	if pdf, err := d.PostList(today, words.FR); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error(err)
	}
	if _, err := d.PostList(today.Add(-3), words.FR); ledger.CodeOf(err) != "post_nothing" {
		t.Error(err)
	}
	if _, u, err := d.Undo(ctx, e.Seq); err != nil || len(u.Kept) > 0 || !d.State().Book.Letters.Get(1).Registered.IsZero() || d.State().Book.Documents.Len() != 0 {
		t.Error(u, err)
	}
}
