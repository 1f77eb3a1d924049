package desk

import (
	"context"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters/guide"
)

// TestTexts: a call says what the owner wrote; what the program cannot read is refused with its line; the original comes back, and
// each act is taken back with its entry.
func TestTexts(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	w := words.New(words.FR)
	opening := func() string {
		t.Helper()
		f, err := d.CallFile(1, "")
		if err != nil {
			t.Fatal(err)
		}
		g, err := f.Guide(w, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		return g.Steps[0].Say.String()
	}
	came := opening()
	source := d.State().Guides(words.FR)[1]
	if source.Name != "late" || source.Own || !strings.Contains(source.Body, "Bonjour, {owner}, {company}.") {
		t.Fatalf("%s %v", source.Name, source.Own)
	}
	mine := source
	mine.Body = strings.Replace(source.Body, "Bonjour, {owner}, {company}.", "Ici {company}, bonjour !", 1)
	saved, err := d.SaveTexts(ctx, mine)
	if err != nil {
		t.Fatal(err)
	}
	if got := opening(); got == came || !strings.Contains(got, "Ici Valdoré, bonjour") {
		t.Errorf("said: %q", got)
	}
	if g := d.State().Guides(words.FR)[1]; !g.Own || g.Body != mine.Body || d.State().Guides(words.EN)[1].Own {
		t.Error("not the owner's text")
	}
	if _, err := d.ResetText(ctx, "late", words.FR); err != nil || opening() != came || d.State().Book.Texts.Len() != 0 {
		t.Errorf("reset: %v, said %q", err, opening())
	}
	if e, err := d.SaveTexts(ctx, source); err != nil || e.Act != "" {
		t.Errorf("the original is no change: %+v %v", e, err)
	}
	wrong := mine
	wrong.Body = "# rien\n@dance"
	_, err = d.SaveTexts(ctx, mine, wrong)
	if e, _ := err.(*ledger.Error); e == nil || e.Code != "guide_line" || e.Args["line"] != 2 || d.State().Book.Texts.Len() != 0 {
		t.Errorf("%v", err)
	}
	if _, err := d.ResetText(ctx, "early", words.FR); ledger.CodeOf(err) != "guide_unknown" {
		t.Error(err)
	}
	again, err := d.SaveTexts(ctx, mine)
	if err != nil || again.Seq <= saved.Seq {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, again.Seq); err != nil || opening() != came {
		t.Errorf("undone: %v, said %q", err, opening())
	}
}

// TestUnreadableTextIsPassedOver: a call goes on where a later version of the program refuses what an earlier one took.
func TestUnreadableTextIsPassedOver(t *testing.T) {
	d := withOwed(t)
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error {
		x.Put(&ledger.Text{Name: "guide/late.fr", Body: "@dance"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if g, err := d.State().Guide(guide.Late, words.FR); err != nil || g == nil {
		t.Error(err)
	}
}
