package desk

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// TestModels: letters and e-mails are what the owner wrote; what cannot be read is refused with its line; the original comes back, and
// each act is taken back with its entry.
func TestModels(t *testing.T) {
	d, ctx := withOwed(t), context.Background()
	written := func() string {
		t.Helper()
		w, err := d.Writer().Write(LetterRequest{Customer: 1, Model: letters.FirstReminder})
		if err != nil {
			t.Fatal(err)
		}
		return w.Subject
	}
	came := written()
	mine := d.State().Models(words.FR)[1]
	if mine.Name != letters.FirstReminder || mine.Own || !strings.Contains(mine.Body, "@subject") {
		t.Fatalf("%+v", mine)
	}
	source := mine
	mine.Body = strings.Replace(mine.Body, "@subject ", "@subject petit rappel : ", 1)
	saved, err := d.SaveModels(ctx, ModelText{mine.Name, mine.Lang, strings.ReplaceAll(mine.Body, "\n", "\r\n"), false})
	if err != nil {
		t.Fatal(err)
	}
	if got := written(); got == came || !strings.Contains(got, "petit rappel") {
		t.Errorf("written: %q", got)
	}
	if m := d.State().Models(words.FR)[1]; !m.Own || m.Body != mine.Body || d.State().Models(words.NL)[1].Own {
		t.Error("not the owner's text")
	}
	if _, err := d.ResetModel(ctx, letters.FirstReminder, words.FR); err != nil || written() != came || d.State().Book.Texts.Len() != 0 {
		t.Errorf("reset: %v, written %q", err, written())
	}
	if e, err := d.SaveModels(ctx, source); err != nil || e.Act != "" {
		t.Errorf("the original is no change: %+v %v", e, err)
	}
	wrong := mine
	wrong.Body += "\n@if claim\n"
	_, err = d.SaveModels(ctx, mine, wrong)
	if e, _ := err.(*ledger.Error); e == nil || e.Code != "letter_model_open" || d.State().Book.Texts.Len() != 0 {
		t.Errorf("%v", err)
	}
	for _, bad := range []ModelText{{"sonnet", words.FR, "", false}, {letters.Quitus, "it", "", false}} {
		if _, err := d.SaveModels(ctx, bad); ledger.CodeOf(err) != "letter_model_unknown" {
			t.Errorf("%v: %v", bad, err)
		}
		if _, err := d.ResetModel(ctx, bad.Name, bad.Lang); ledger.CodeOf(err) != "letter_model_unknown" {
			t.Errorf("%v: %v", bad, err)
		}
	}
	other := mine
	other.Body = strings.Replace(mine.Body, "petit rappel", "rappel", 1)
	again, err := d.SaveModels(ctx, other, mine)
	if err == nil && d.State().Book.Texts.Len() != 1 {
		t.Errorf("%d texts", d.State().Book.Texts.Len())
	}
	if err != nil || again.Seq <= saved.Seq {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, again.Seq); err != nil || written() != came {
		t.Errorf("undone: %v, written %q", err, written())
	}
}

// TestModelCases: every model in every language can be shown, with the owner's own customers where they have such a case, and with an
// empty ledger.
func TestModelCases(t *testing.T) {
	ctx := context.Background()
	for name, d := range map[string]*Desk{"empty": opened(t), "owed": withOwed(t)} {
		for _, lang := range words.LetterLangs {
			for _, m := range d.State().Models(lang) {
				c, err := d.ModelCase(ctx, m.Name, lang)
				if err != nil {
					t.Fatalf("%s: %s %s: %v", name, m.Name, lang, err)
				}
				shown, err := c.Show(m.Body)
				if err != nil || !bytes.HasPrefix(shown.PDF, []byte("%PDF")) || shown.Message.Text == "" || shown.Letter.Lang != string(lang) {
					t.Fatalf("%s: %s %s: %v", name, m.Name, lang, err)
				}
				own := name == "owed" && m.Name != letters.PreDue && m.Name != letters.BelgianReminder && m.Name != letters.Receipt && m.Name != letters.Quitus && m.Name != letters.InsolvencyClaim
				if c.Sample == own || (own && c.Customer != "Dervaux") {
					t.Errorf("%s: %s is shown with %s, sample %v", name, m.Name, c.Customer, c.Sample)
				}
			}
		}
	}
	d := withOwed(t)
	c, err := d.ModelCase(ctx, letters.FirstReminder, words.FR)
	if err != nil {
		t.Fatal(err)
	}
	for text, code := range map[string]string{"": "letter_model_subject", "@subject a\n\n{b}": "letter_model_field", "@subject a": ""} {
		if _, err := c.Show(text); ledger.CodeOf(err) != code {
			t.Errorf("%q: %v", text, err)
		}
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := d.ModelCase(stopped, letters.FirstReminder, words.FR); err != context.Canceled {
		t.Error(err)
	}
}
