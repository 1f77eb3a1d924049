package reply

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"quitus/assets/replies"
	"quitus/ledger"
)

// written is the day on which the replies of the corpus came: a Thursday.
var written = ledger.Day(2026, 11, 12)

// answer is a reply of the corpus, with what it is meant to say.
type answer struct {
	lang, text string
	meaning    ledger.Meaning
	date       ledger.Date
}

func corpus(t testing.TB, name, lang string) []answer {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []answer
	for l := range strings.SplitSeq(string(data), "\n") {
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.SplitN(l, " | ", 4)
		if lang != "" {
			f = append([]string{lang}, strings.SplitN(l, " | ", 3)...)
		}
		if len(f) != 4 {
			t.Fatalf("%s: %q", name, l)
		}
		a := answer{lang: f[0], meaning: ledger.Meaning(f[1]), text: strings.ReplaceAll(f[3], `\n`, "\n")}
		if f[2] != "-" {
			if a.date, err = ledger.ParseDate(f[2]); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, a)
	}
	return out
}

// TestProposed holds the share of replies understood, and above all of wrong guesses, to what it was when the phrases were written.
func TestProposed(t *testing.T) {
	for _, c := range []struct {
		name, file, lang string
		least            int     // replies
		right            float64 // share of each meaning that is found at least
		wrong            int     // guesses other than "other" that are wrong, at most
	}{
		{"French", "corpus.fr.txt", "fr", 120, 0.95, 0},
		{"English, Dutch, German", "corpus.other.txt", "", 60, 0.95, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := corpus(t, c.file, c.lang)
			if len(list) < c.least {
				t.Errorf("%d replies", len(list))
			}
			matrix := map[ledger.Meaning]map[ledger.Meaning]int{}
			wrong, dates := 0, 0
			for _, a := range list {
				p := Propose(a.text, written, "fr")
				if matrix[a.meaning] == nil {
					matrix[a.meaning] = map[ledger.Meaning]int{}
				}
				matrix[a.meaning][p.Meaning]++
				if p.Meaning != a.meaning {
					t.Logf("%s, not %s: %q %q", p.Meaning, a.meaning, a.text, a.text[p.From:p.To])
					if p.Meaning != ledger.MeansOther {
						wrong++
					}
				}
				if a.meaning == ledger.MeansPays && p.Meaning == a.meaning && !p.Done && p.Date != a.date {
					dates++
					t.Errorf("%q: paid on %v, not %v", a.text, p.Date, a.date)
				}
			}
			var out strings.Builder
			fmt.Fprintf(&out, "%10s", "")
			for _, m := range ledger.Meanings {
				fmt.Fprintf(&out, "%10s", m)
			}
			for _, m := range ledger.Meanings {
				fmt.Fprintf(&out, "\n%10s", m)
				all := 0
				for _, o := range ledger.Meanings {
					fmt.Fprintf(&out, "%10d", matrix[m][o])
					all += matrix[m][o]
				}
				if float64(matrix[m][m]) < c.right*float64(all) {
					t.Errorf("%s: %d of %d", m, matrix[m][m], all)
				}
			}
			t.Logf("meant down, proposed across:\n%s", out.String())
			if wrong > c.wrong {
				t.Errorf("%d wrong guesses", wrong)
			}
		})
	}
}

// TestProposedUnseen measures replies for which no phrase was written: fewer are understood, and hardly any is taken for something else.
func TestProposedUnseen(t *testing.T) {
	list := corpus(t, "unseen.txt", "")
	right, wrong := 0, 0
	for _, a := range list {
		switch p := Propose(a.text, written, a.lang); {
		case p.Meaning == a.meaning:
			right++
			if !p.Done && p.Date != a.date {
				t.Logf("%q: %v, not %v", a.text, p.Date, a.date)
			}
		case p.Meaning == ledger.MeansOther:
			t.Logf("not understood: %q", a.text)
		default:
			wrong++
			t.Logf("%s, not %s: %q", p.Meaning, a.meaning, a.text)
		}
	}
	t.Logf("%d of %d understood, %d wrong", right, len(list), wrong)
	if wrong > 2 || right*3 < len(list)*2-3 {
		t.Errorf("%d of %d understood, %d wrong", right, len(list), wrong)
	}
}

// TestSections finds phrases under a name that nothing reads.
func TestSections(t *testing.T) {
	known := map[string]bool{"common": true, "negation": true, "aside": true, "condition": true, "pays": true, "paid": true, "contests": true, "documents": true, "confirms": true, "other": true}
	for _, lang := range replies.Langs {
		for s := range sections("meaning." + lang) {
			if !known[s] {
				t.Errorf("meaning.%s has a section %q", lang, s)
			}
		}
		for s := range known {
			if len(sections("meaning." + lang)[s]) == 0 {
				t.Errorf("meaning.%s has nothing under %q", lang, s)
			}
		}
		if dates := sections("dates." + lang); len(dates["months"]) != 12 || len(dates["weekdays"]) != 7 {
			t.Errorf("dates.%s has not all months and days", lang)
		}
	}
}
