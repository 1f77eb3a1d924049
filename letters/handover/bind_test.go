package handover

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// Each exhibit stands in the bound document on the page that the list of exhibits gives, under its number; what cannot be read has a page
// that says so, and is in the zip.
func TestBoundHoldsTheExhibits(t *testing.T) {
	w := newWorld()
	company := w.book.Company()
	pdf, err := letters.NewPaper(company, "x", "X", "La lettre elle-même", on, words.FR, nil).PDF()
	if err != nil {
		t.Fatal(err)
	}
	w.kept[ledger.HashOf([]byte("%PDF- lettre"))] = pdf // the formal notice
	c, b := w.make(t, w.request())
	_, again := w.make(t, w.request())
	if !bytes.Equal(b.Bound, again.Bound) {
		t.Error("the same case makes other bytes")
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext here")
	}
	path := filepath.Join(t.TempDir(), "bound.pdf")
	if err := os.WriteFile(path, b.Bound, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(plain(string(out)), "\f"), "\f")
	list := regexp.MustCompile(`Pièce n° (\d+), page (\d+)`).FindAllStringSubmatch(plain(string(out)), -1)
	if len(list) != len(c.Exhibits) {
		t.Fatalf("%d of %d exhibits are listed", len(list), len(c.Exhibits))
	}
	for k, x := range list {
		page, _ := strconv.Atoi(x[2])
		if text := pages[page-1]; !strings.HasPrefix(strings.TrimSpace(text), "Pièce n° "+x[1]) || !strings.Contains(text, fmt.Sprintf("Page %d sur %d", page, len(pages))) {
			t.Errorf("exhibit %d is not on page %d:\n%s", k+1, page, text)
		}
	}
	all := strings.Join(pages, "\n")
	for _, want := range []string{"La lettre elle-même", "ne peut pas être reproduite ici", "Objet : Dernière relance", "Attend un virement.", "002-Bon-de-livraison-signe-n-4-l-ete.jpg"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not bound", want)
		}
	}
	if dir := os.Getenv("QUITUS_PAGES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "handover.pdf"), b.Bound, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
