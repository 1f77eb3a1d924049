package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/imports"
)

// write puts a text into a file of a folder that goes with the test.
func write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func look(t *testing.T, d *Desk, path string, hints Hints) *Preview {
	t.Helper()
	p, err := d.Look(context.Background(), path, hints, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func takeIn(t *testing.T, d *Desk, p *Preview) ledger.Entry {
	t.Helper()
	e, err := d.TakeIn(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var odd = []string{"Zeg;Zig;Zag;Zug", "F1;DUPONT;01/03/2026;100,00", "F2;MARTIN;02/03/2026;50,00"}

func TestMappingIsRememberedForTheShape(t *testing.T) {
	d := opened(t)
	path := write(t, "export.csv", odd...)
	p := look(t, d, path, Hints{Kind: Register, Header: 1})
	for col, f := range []imports.Field{imports.Number, imports.Customer, imports.Issued, imports.Total} {
		p.Sheets[0].Mapping = p.Sheets[0].Mapping.With(col, f)
	}
	d.Replan(p.Sheets[0])
	takeIn(t, d, p)
	if all := d.Mappings(); len(all) != 1 || all[0].Name != "export" || all[0].Columns[3] != (ledger.MappedColumn{Title: "Zug", Field: "total"}) {
		t.Fatalf("%+v", all)
	}
	next := look(t, d, write(t, "mars.csv", "", odd[0], "F3;DURAND;03/03/2026;10,00"), Hints{})
	if s := next.Sheets[0]; s.Saved == nil || s.HeaderLine != 2 || s.Plan.New != 1 {
		t.Fatalf("%+v", s)
	}
	next.Sheets[0].SaveAs = "Logiciel du garage"
	takeIn(t, d, next)
	if all := d.Mappings(); len(all) != 1 || all[0].Name != "Logiciel du garage" {
		t.Errorf("%+v", all)
	}
	if p := look(t, d, path, Hints{Mapping: "LOGICIEL DU GARAGE"}); p.Sheets[0].Plan.Same != 2 {
		t.Errorf("%+v", p.Sheets[0].Plan)
	}
	for hint, code := range map[string]string{"Sage": "mapping_unknown", "logiciel du garage": "mapping_differs"} {
		usual := write(t, "usual.csv", "N° facture;Client;Date;Montant TTC", "F9;DUPONT;01/03/2026;1,00")
		if _, err := d.Look(context.Background(), usual, Hints{Mapping: hint}, nil); ledger.CodeOf(err) != code {
			t.Errorf("%s: %v", hint, err)
		}
	}
	if r, err := d.Verify(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("verify: %+v, %v", r, err)
	}
}

// What the program sees by itself is not saved.
func TestMappingThatIsProposedIsNotSaved(t *testing.T) {
	d := opened(t)
	takeIn(t, d, look(t, d, write(t, "usual.csv", "N° facture;Client;Date;Montant TTC", "F9;DUPONT;01/03/2026;1,00"), Hints{}))
	if all := d.Mappings(); len(all) > 0 {
		t.Errorf("%+v", all)
	}
}

func TestMappingsGoFromOneLedgerToAnother(t *testing.T) {
	from, to := opened(t), opened(t)
	_, err := from.change(context.Background(), ledger.ActMapping, nil, func(x *ledger.Draft) error {
		x.Put(&ledger.Mapping{Name: "Sage", Columns: []ledger.MappedColumn{{Title: "Zeg", Field: "number"}}})
		x.Put(&ledger.Mapping{Name: "EBP", Columns: []ledger.MappedColumn{{Title: "Zig", Field: "number"}}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	shared := filepath.Join(t.TempDir(), "sage.json")
	if err := from.ShareMapping(shared, from.MappingNamed("sage")); err != nil {
		t.Fatal(err)
	}
	path := from.Path()
	from.Close()
	for n, file := range []string{shared, path, path} {
		_, taken, err := to.TakeMappings(context.Background(), file)
		if want := []int{1, 1, 0}[n]; err != nil || taken != want {
			t.Errorf("%s: %d taken, %v", filepath.Base(file), taken, err)
		}
	}
	m := to.MappingNamed("EBP")
	if _, err := to.RenameMapping(context.Background(), m.ID, " SAGE "); ledger.CodeOf(err) != "mapping_name_taken" {
		t.Errorf("%v", err)
	}
	if _, err := to.RenameMapping(context.Background(), m.ID, "EBP Gestion"); err != nil || to.MappingNamed("ebp gestion") == nil {
		t.Errorf("%v", err)
	}
	if _, err := to.DeleteMapping(context.Background(), m.ID); err != nil || len(to.Mappings()) != 1 {
		t.Errorf("%v", err)
	}
	for _, file := range []string{write(t, "other.csv", odd...), t.TempDir(), write(t, "none.json", "")} {
		if _, _, err := to.TakeMappings(context.Background(), file); err == nil {
			t.Errorf("%s is taken", filepath.Base(file))
		}
	}
}

func TestRefusedLinesAreSavedBesideTheirReason(t *testing.T) {
	d := opened(t)
	w := words.New(words.FR)
	p := look(t, d, write(t, "f.csv", "N° facture;Client;Date;Montant TTC", "F1;DUPONT;01/03/2026;100,00", "F2;=MARTIN;31/02/2026;1 250,50", ";DURAND;02/03/2026;12,00"), Hints{})
	if p.Refused() != 2 {
		t.Fatal(p.Refused())
	}
	out := filepath.Join(t.TempDir(), "refused.xlsx")
	err := d.SaveRefused(out, p, w, func(_ *SheetPreview, x imports.Problem) string { return x.Code })
	if err != nil {
		t.Fatal(err)
	}
	back := look(t, d, out, Hints{})
	s := back.Sheets[0]
	if !slices.Equal(s.Mapping[:4], p.Sheets[0].Mapping[:4]) || len(s.Result.Rejected) != 2 || s.Mapping[4] != imports.None || s.Mapping[5] != imports.None {
		t.Errorf("%v %+v", s.Mapping, s.Result.Rejected)
	}
	if v := s.Value(2, 5).Text; v != "Colonne C\u00a0: date_not_existing" {
		t.Errorf("the reason is %q", v)
	}
	s.Corrections = map[imports.Cell]string{{Line: 2, Col: 2}: "28/02/2026", {Line: 3, Col: 0}: "F3"}
	d.Replan(s)
	takeIn(t, d, back)
	i := d.State().Book.InvoicesByNumber("F2")
	if len(i) != 1 || d.State().Book.Invoice(i[0]).Total != ledger.Euros(125050) || d.State().Book.Invoices.Len() != 2 {
		t.Errorf("%v", i)
	}
}

func TestGoneIsPaidOnlyOnTheOwnersWord(t *testing.T) {
	d := opened(t)
	head := "N° facture;Client;Date;Montant TTC;Reste dû"
	takeIn(t, d, look(t, d, write(t, "f.csv", head, "F1;DUPONT;01/03/2026;100,00;100,00", "F2;DUPONT;01/03/2026;50,00;50,00", "F3;DUPONT;01/03/2026;20,00;20,00"), Hints{}))
	again := write(t, "g.csv", head, "F1;DUPONT;01/03/2026;100,00;100,00")
	p := look(t, d, again, Hints{})
	if len(p.Gone) != 2 || p.Changes() {
		t.Fatalf("gone %v", p.Gone)
	}
	if e := takeIn(t, d, p); e.Seq != 0 {
		t.Error("something is written without the owner's word")
	}
	p.Paid[p.Gone[0]] = true
	e := takeIn(t, d, p)
	open := func(id ledger.InvoiceID) int64 { return d.State().Standings.Of(id).Open }
	if open(2) != 0 || open(3) != 2000 {
		t.Errorf("%d and %d open", open(2), open(3))
	}
	if p = look(t, d, again, Hints{}); len(p.Gone) != 1 {
		t.Errorf("gone %v", p.Gone)
	}
	if _, _, err := d.Undo(context.Background(), e.Seq); err != nil || open(2) != 5000 {
		t.Errorf("undone: %d open, %v", open(2), err)
	}
}
