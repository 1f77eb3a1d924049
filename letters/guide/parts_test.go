package guide

import (
	"slices"
	"strings"
	"testing"
)

// TestPartsMakeTheFileAgain: what an owner edits part by part is the file, to the letter.
func TestPartsMakeTheFileAgain(t *testing.T) {
	texts := []string{"", "\n\n", "# rien", "@objection\n@step a A\n\n \n", "x\n@phrase a A\r\nb\r\n\r\n@phrase b B\nc"}
	for _, name := range Names() {
		for _, lang := range []string{"fr", "en"} {
			text, err := Source(name, lang)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, text)
		}
	}
	for _, text := range texts {
		parts := Parts(text)
		if JoinParts(parts) != text {
			t.Errorf("%.60q: %+v", text, parts)
		}
		lines := strings.Split(text, "\n")
		for _, p := range parts {
			if first, _, _ := strings.Cut(p.Text, "\n"); p.Text != "" && strings.TrimRight(lines[p.Line-1], "\r ") != strings.TrimRight(first, "\r ") {
				t.Errorf("line %d is %q, want %q", p.Line, lines[p.Line-1], first)
			}
		}
	}
	late, _ := Source("late", "fr")
	var titles []string
	for _, p := range Parts(late)[:10] {
		titles = append(titles, strings.TrimSpace(p.Word+" "+p.Title))
	}
	want := []string{"", "title", "step Ouvrir", "step Situer", "step Convenu", "step Écouter", "step Proposer", "step Engager", "step Récapituler", "question"}
	if !slices.Equal(titles, want) {
		t.Errorf("%q", titles)
	}
}
