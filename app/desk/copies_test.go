package desk

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"quitus/ledger"
	"quitus/letters"
)

func TestNamesInvoice(t *testing.T) {
	for _, k := range []struct {
		file, number string
		want         bool
	}{
		{"F-2026-0361.pdf", "F-2026-0361", true}, {"Facture f2026_0361 signée.pdf", "F-2026-0361", true}, {"facture 118.pdf", "118", true},
		{"F-2026-03612.pdf", "F-2026-0361", false}, {"devis.pdf", "F-2026-0361", false}, {"12.pdf", "12", false}, {"", "F-1", false},
		{"9118.pdf", "118", false}, {"9118 118.pdf", "118", false}, {"118 et 119.pdf", "118", true}, {"x118a-118.pdf", "118", true},
	} {
		if got := namesInvoice(k.file, k.number); got != k.want {
			t.Errorf("%q for %q: %v", k.file, k.number, got)
		}
	}
}

// TestLetterTakesCopiesAlong: the invoice goes with its reminder, what else is kept with it stays, a broken copy is told of.
func TestLetterTakesCopiesAlong(t *testing.T) {
	on := ledger.Day(2026, 11, 24)
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 400))); err != nil {
		t.Fatal(err)
	}
	d := deskWith(t, on, func(x *ledger.Draft) {
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-2026-1", Issued: on.Add(-60), Due: on.Add(-30), Total: ledger.Euros(10000)})
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-2026-2", Issued: on.Add(-60), Due: on.Add(-30), Total: ledger.Euros(10000)})
		keep := func(i ledger.InvoiceID, name string, content []byte) {
			x.Put(&ledger.Document{Customer: 1, Invoice: i, On: on, Name: name, Size: int64(len(content)), Hash: x.Keep(content)})
		}
		keep(1, "F-2026-1.png", picture.Bytes())
		keep(1, "Copie de F-2026-1.png", picture.Bytes())
		keep(1, "photo du chantier.png", append(picture.Bytes(), ' '))
		keep(1, "F-2026-1.xml", []byte("<Invoice/>"))
		keep(2, "F-2026-2.pdf", []byte("%PDF-1.4\nbroken"))
	})
	w, err := d.Writer().Write(LetterRequest{Customer: 1, Model: letters.FirstReminder})
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, x := range w.Warnings {
		if x.Code == "copy_left_out" {
			left = append(left, x.Args[1].(string))
		}
	}
	if len(w.Copies) != 1 || w.Copies[0].Name() != "F-2026-1.png" || len(left) != 1 || left[0] != "F-2026-2.pdf" {
		t.Errorf("%d copies, left out %v", len(w.Copies), left)
	}
	if w, err = d.Writer().Write(LetterRequest{Customer: 1, Model: letters.StatementOfAccount}); err != nil || len(w.Copies) != 0 {
		t.Errorf("a statement with copies, %v", err)
	}
}

func TestSignaturePicture(t *testing.T) {
	on := ledger.Day(2026, 11, 24)
	d := deskWith(t, on, func(x *ledger.Draft) {
		x.Put(&ledger.Invoice{Customer: 1, Number: "F-2026-1", Issued: on.Add(-60), Due: on.Add(-30), Total: ledger.Euros(10000)})
	})
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 100))); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SaveSignature(context.Background(), picture.Bytes()); err != nil {
		t.Fatal(err)
	}
	if w, err := d.Writer().Write(LetterRequest{Customer: 1, Model: letters.FirstReminder}); err != nil || w.SignedBy == nil {
		t.Errorf("not signed: %v", err)
	}
	if _, err := d.SaveSignature(context.Background(), make([]byte, 30<<20)); ledger.CodeOf(err) != "logo_too_large" {
		t.Errorf("30 MB: %v", err)
	}
	if _, err := d.SaveSignature(context.Background(), []byte("text")); ledger.CodeOf(err) != "logo_format" {
		t.Errorf("a text: %v", err)
	}
	if _, err := d.SaveSignature(context.Background(), nil); err != nil || d.State().Book.Company().SignedBy != "" {
		t.Errorf("not removed: %v", err)
	}
}
