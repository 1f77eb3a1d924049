package settings

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// taught gives the sample company with some things learnt.
func taught(t *testing.T) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, words.FR)
	if _, err := b.Desk.Fill(context.Background(), func(d *ledger.Draft) error {
		for _, a := range aliasesOf(d.Book()) {
			d.Delete(ledger.KindAlias, uint32(a))
		}
		d.Put(&ledger.Alias{Customer: 2, Source: ledger.AliasOwner, Since: screentest.Day.Add(-3), Label: "holding du pressoir"})
		d.Put(&ledger.Alias{Customer: 2, Source: ledger.AliasOwner, Since: screentest.Day.Add(-3), IBAN: "FR7630006000011234567890189"})
		d.Put(&ledger.Alias{Customer: 1, Source: ledger.AliasLettered, Label: "tessonnier freres"})
		c := ledger.Clone(d.Book().Customer(3))
		c.Habit = ledger.Habit{Discount: 200, Fee: ledger.Euros(1500), Since: screentest.Day.Add(-20)}
		d.Put(c)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func aliasesOf(b *ledger.Book) []ledger.AliasID {
	var out []ledger.AliasID
	for a := range b.Aliases.All() {
		out = append(out, a.ID)
	}
	return out
}

func TestLearntList(t *testing.T) {
	b := taught(t)
	list := LearntList(b.Words, b.Desk.State().Book)
	if len(list) != 5 {
		t.Fatalf("%+v", list)
	}
	all := ""
	for _, l := range list {
		all += strings.Join([]string{l.Text, l.Source, l.Day}, " / ") + "\n"
	}
	all = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(all)
	for _, want := range []string{
		"« holding du pressoir » / confirmation / 21/11/2026", "compte FR76 3000 6000 0112 3456 7890 189 / confirmation",
		"« tessonnier freres » / lettrage / –", "2 % de moins : son escompte / confirmation / 04/11/2026", "15,00 € de moins : ses frais bancaires",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is missing in\n%s", want, all)
		}
	}
	found := 0
	for _, l := range list {
		if l.Has("fr7630006000 " + l.Customer) {
			found++
		}
		if !l.Has("") || l.Has("zzz") {
			t.Errorf("%+v", l)
		}
	}
	if found != 1 {
		t.Errorf("%d have the account", found)
	}
}

func TestLearntLooks(t *testing.T) {
	for name, setup := range map[string]shot.Setup{"learnt_fr": {}, "learnt_dark": {Appearance: look.Dark}, "learnt_narrow": {Width: 824, Height: 544}} {
		s := open(t, taught(t), setup)
		section(s, "Ce que Quitus a appris")
		s.Tap("holding du pressoir")
		s.Golden(name)
	}
	s := open(t, screentest.Empty(t, words.FR), shot.Setup{})
	s.Tap("Ce que Quitus a appris")
	s.Golden("learnt_empty_fr")
}

// What is removed is no longer relied on, and comes back when the act is undone.
func TestLearntIsRemoved(t *testing.T) {
	ctx := context.Background()
	b := taught(t)
	before := b.Desk.State().Book.Aliases.Len()
	var v *view
	s := shot.Open(t, shot.Setup{Width: 1080, Height: 744}, func() fyne.CanvasObject {
		v = New(b.Context).(*view)
		v.Refresh()
		return v.Object()
	})
	s.Tap("Ce que Quitus a appris")
	v.learnt.search.Focus()
	s.Type("escompte")
	s.HasNot("holding du pressoir")
	s.Tap("son escompte")
	s.Tap("Retirer")
	if h := b.Desk.State().Book.Customer(3).Habit; h.Discount != 0 || h.Fee != ledger.Euros(1500) || h.Since == 0 || len(b.Errors) > 0 || len(b.Dones) != 1 {
		t.Fatalf("%+v, errors %v", h, b.Errors)
	}
	s.Has("Rien ne contient ces mots")
	s = open(t, b, shot.Setup{})
	s.Tap("Ce que Quitus a appris")
	s.Tap("holding du pressoir")
	s.Tap("Retirer")
	if n := b.Desk.State().Book.Aliases.Len(); n != before-1 {
		t.Fatalf("%d aliases of %d", n, before)
	}
	entries, err := b.Desk.Journal(2)
	if err != nil || entries[0].Act != ledger.ActForgotten {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if _, _, err := b.Desk.Undo(ctx, e.Seq); err != nil {
			t.Fatal(err)
		}
	}
	if b.Desk.State().Book.Aliases.Len() != before || b.Desk.State().Book.Customer(3).Habit.Discount != 200 {
		t.Error("the undo did not bring it back")
	}
}
