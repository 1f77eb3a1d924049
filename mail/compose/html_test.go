package compose

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever a text looks like, the HTML part has the same words in the same order.
func TestPageKeepsWords(t *testing.T) {
	pieces := []string{" ", " ", "  ", "   ", "    ", "      ", "\n", "\n", "\n\n", "– ", "–", "a", "mot", "12,00\u00a0€", "<b>", "&amp;", ">", ".", strings.Repeat("long", 19)}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(30) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := cleanText(b.String())
		sameWords(t, text, []byte(page(text, "", "")))
		if t.Failed() {
			t.Fatalf("text %q", text)
		}
	}
}

// The texts that our letters make as e-mails keep their words, and their tables of invoices are tables.
func TestTextsOfLetters(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "letters", "testdata", "mails."+lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		text := cleanText(string(data))
		got := page(text, "", lang)
		sameWords(t, text, []byte(got))
		rows, cells := 0, 0
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "     ") || strings.HasPrefix(line, "  ") && hasGap(strings.TrimSpace(line)) {
				rows++
			}
		}
		for line := range strings.Lines(got) {
			if strings.HasPrefix(line, "<tr>") && strings.Contains(line, "text-align:right") {
				cells++
			}
		}
		if rows < 100 || cells != rows {
			t.Errorf("%s: %d rows in the text, %d with an amount at the right in the HTML part", lang, rows, cells)
		}
	}
}

func TestPage(t *testing.T) {
	for text, want := range map[string]string{
		"Un\nDeux":   "<p>Un<br>\nDeux</p>",
		"– a\n– b\n": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
		"  a   1\n":  "<table>\n<tr><td>a</td><td r>1</td></tr>\n</table>",
		"– a\n  a bis\n  Total   12,00\u00a0€":                           "<ul>\n<li>a<br>\na bis</li>\n</ul>\n<table>\n<tr><td>Total</td><td r>12,00\u00a0€</td></tr>\n</table>",
		"  Principal      100,00\u00a0€\n  Intérêts         2,00\u00a0€": "<table>\n<tr><td>Principal</td><td r>100,00\u00a0€</td></tr>\n<tr><td>Intérêts</td><td r>2,00\u00a0€</td></tr>\n</table>",
		"  un\n  deux":                      "<p>un<br>\ndeux</p>",
		"> cité\n> encore":                  "<p>&gt; cité<br>\n&gt; encore</p>",
		strings.Repeat("x", 72) + "\nsuite": "<p>" + strings.Repeat("x", 72) + "\nsuite</p>",
	} {
		_, got, _ := strings.Cut(page(text, "", ""), "42em\">\n")
		got, _, _ = strings.Cut(got, "\n</div>")
		for strings.Contains(got, ` style="`) {
			before, rest, _ := strings.Cut(got, ` style="`)
			style, after, _ := strings.Cut(rest, `"`)
			if strings.Contains(style, "text-align:right") {
				before += " r"
			}
			got = before + after
		}
		if got = strings.ReplaceAll(got, ` cellspacing="0"`, ""); got != want {
			t.Errorf("%q gives\n%s\nnot\n%s", text, got, want)
		}
	}
}
