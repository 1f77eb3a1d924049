package reply

import (
	"strings"
	"testing"
	"unicode/utf8"

	"quitus/ledger"
)

// checkShown holds a text for display to what package reply promises.
func checkShown(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if r != '\n' && unseen(r) {
			t.Errorf("%q holds %U", s, r)
			return
		}
	}
	for l := range strings.SplitSeq(s, "\n") {
		if n := utf8.RuneCountInString(l); n > 4*(foldAt+1) {
			t.Errorf("a line of %d characters", n)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, m := range samples(f) {
		f.Add([]byte(m))
	}
	f.Add([]byte("Content-Type: multipart/mixed; boundary=a\n\n--a\n\n--a--"))
	f.Add([]byte("Content-Type: multipart/report; report-type=delivery-status; boundary=a\n\n--a\nContent-Type: message/delivery-status\n\nAction: failed\n\n\n--a--"))
	x := index()
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(raw)
		if err != nil {
			return
		}
		for _, s := range []string{m.Text, m.Quoted, m.Signature, m.Subject, m.From.Name, m.From.Address} {
			checkShown(t, s)
			if len(s) > maxKept+maxKept/100 {
				t.Errorf("a text of %d bytes", len(s))
			}
		}
		if strings.Contains(m.Subject, "\n") {
			t.Errorf("subject %q", m.Subject)
		}
		if m.Kind != ledger.ReplyBounce && m.Bounces != nil {
			t.Error("bounces of what is none")
		}
		for i, a := range m.Attachments {
			if data, err := File(raw, i); err != nil || len(data) != a.Size {
				t.Errorf("attachment %d: %v, %d bytes, not %d", i, err, len(data), a.Size)
			}
		}
		again, _ := Read(raw)
		if again.Text != m.Text || again.Kind != m.Kind {
			t.Error("read twice, it is another message")
		}
		Match(m, x)
		p := Propose(m.Text, written, "fr")
		if p.From < 0 || p.From > p.To || p.To > len(m.Text) {
			t.Errorf("passage %d to %d of %d", p.From, p.To, len(m.Text))
		}
	})
}

func FuzzHTMLText(f *testing.F) {
	f.Add(`<p>Bonjour<p hidden>non<blockquote>cité<ul><li>un<li>deux</ul><a href="https://exemple.fr">ici</a>`)
	f.Add(`<table><tr><td>a<td>b<tr><td><pre>c
d</pre></table><script>x</script><!-- y --><div id=divRplyFwdMsg>`)
	f.Fuzz(func(t *testing.T, s string) {
		out := htmlText(s)
		checkShown(t, out)
		if len(out) > 60*len(s)+2*maxText {
			t.Errorf("%d bytes out of %d", len(out), len(s))
		}
	})
}

func FuzzFindToken(f *testing.F) {
	key := []byte("a key of the tests")
	f.Add("Re: rappel [Q-1C-7K3FM]", uint32(44))
	f.Add("q‑1c – 7k3fm", uint32(1<<32-1))
	f.Fuzz(func(t *testing.T, s string, n uint32) {
		for _, id := range FindToken(key, s) {
			if check := TokenOf(key, id)[len(TokenOf(key, id))-checks-1:]; !strings.Contains(canonical(s), check[:checks]) {
				t.Errorf("%d in %q", id, s)
			}
		}
		if n == 0 {
			return
		}
		found := FindToken(key, "x "+TokenOf(key, ledger.MessageID(n))+" "+clip(s, 100))
		if len(found) == 0 || found[0] != ledger.MessageID(n) {
			t.Errorf("%d is not found by %s: %v", n, TokenOf(key, ledger.MessageID(n)), found)
		}
		m := &Message{Head: ReadHead([]byte(s)), Text: s, Kind: ledger.ReplyPerson}
		x := index()
		if found, ok := Match(m, x); ok && found.Customer == 0 {
			t.Error("found, but no customer")
		}
		Maybe(&m.Head, x)
	})
}

func FuzzPropose(f *testing.F) {
	for _, a := range append(corpus(f, "corpus.fr.txt", "fr"), corpus(f, "corpus.other.txt", "")...) {
		f.Add(a.text, a.lang)
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		p := Propose(text, written, lang)
		if p.From < 0 || p.From > p.To || p.To > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[p.From:p.To]) {
			t.Errorf("passage %d to %d of %q", p.From, p.To, text)
		}
		if p.Meaning == ledger.MeansOther != (p.To == 0) {
			t.Errorf("%s, but the passage ends at %d", p.Meaning, p.To)
		}
		if p.Date != 0 && !p.Done && p.Date < written || p.Done && p.Date > written {
			t.Errorf("%v on %v", p.Date, written)
		}
		if p.Meaning != ledger.MeansPays && (p.Money != nil || p.Date != 0) {
			t.Errorf("%s with %v, %v", p.Meaning, p.Date, p.Money)
		}
	})
}
