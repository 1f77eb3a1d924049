package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"quitus/app/shot"
)

// Somebody else's words are shown as they were written: marks stay, words wider than a line are broken, amounts are not.
func TestPlainText(t *testing.T) {
	text := "Bonjour,\n\nle **solde** de 1 200,00 € part vendredi. " + strings.Repeat("x", 80) + " fin"
	at := strings.Index(text, "1 200")
	p := NewPlainText(text).Lit(at, at+len("1 200,00 € part"))
	s := shot.Open(t, shot.Setup{Width: 260, Height: 300}, func() fyne.CanvasObject { return container.NewWithoutLayout(p) })
	p.Resize(fyne.NewSize(230, 260))
	var whole strings.Builder
	for _, l := range p.lines {
		line := p.text[l.from:l.to]
		whole.WriteString(line)
		if w := p.measure(strings.TrimRight(line, " ")); w > 230 {
			t.Errorf("%q is %v wide", line, w)
		}
		if strings.HasSuffix(strings.TrimRight(line, " "), " 1") || strings.HasPrefix(line, "€") {
			t.Errorf("an amount is broken: %q", line)
		}
	}
	if whole.String() != strings.ReplaceAll(text, "\n", "") {
		t.Errorf("%q", whole.String())
	}
	s.Has("**solde**")
	lit := 0
	for _, o := range test.WidgetRenderer(p).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.Size().Width > 0 {
			lit++
		}
	}
	if lit < 1 || lit > 2 {
		t.Errorf("%d lines are lit", lit)
	}
	if q := NewPlainText("é").Lit(1, 5); q.to != 0 {
		t.Error("lit beyond the text")
	}
}
