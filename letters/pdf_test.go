package letters

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"quitus/assets/words"
	"quitus/ledger"
)

// tool runs a program over a PDF and gives what it prints; the test is skipped where it is not installed.
func tool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func textOf(t *testing.T, pdf []byte) string {
	return tool(t, pdf, "pdftotext", "-layout", "FILE", "-")
}

// flat writes all kinds of spaces as one plain space.
func flat(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(nbsp, " ", narrow, " ").Replace(s)), " ")
}

// everyLetter gives letters of all kinds, for checks that hold for any.
func everyLetter(t *testing.T) map[string]*Letter {
	s := newSample(t)
	all := map[string]*Letter{}
	c := s.dervaux()
	s.invoice(c, "F-2026-0361", 164020, 8)
	all["first"], _ = s.compose(Request{Customer: c, Logo: sampleLogo(t)})
	all["first English"], _ = s.compose(Request{Customer: c, Lang: words.EN})
	late := s.invoice(c, "F-2026-0214", 520000, 160)
	s.pay(c, late, 150000, 60)
	all["notice"], _ = s.compose(Request{Customer: c, Model: FormalNotice, Logo: sampleLogo(t), Enclosed: true})
	all["notice English"], _ = s.compose(Request{Customer: c, Model: FormalNotice, Lang: words.EN})
	many := s.customer(ledger.Customer{Ref: "C-2", Name: "Résidences de l’Étang", Address: "12 avenue des Peupliers", Postcode: "69003", Town: "Lyon"})
	s.many(many, 60)
	s.invoice(many, "A-2026-0003", -25000, 12)
	all["sixty"], _ = s.compose(Request{Customer: many})
	all["sixty notice"], _ = s.compose(Request{Customer: many, Model: FormalNotice})
	be := s.customer(ledger.Customer{Ref: "B-1", Name: "Brasserie du Sablon SRL", Address: "Rue des Minimes 21", Postcode: "1000", Town: "Bruxelles", Country: "BE"})
	s.invoice(be, "F-2026-0300", 75000, 40)
	all["Belgian"], _ = s.compose(Request{Customer: be, Model: FormalNotice})
	odd := s.customer(ledger.Customer{Ref: "C-4", Name: strings.Repeat("Société coopérative 🙂 Иванов ", 7), Address: strings.Repeat("Bâtiment\n", 9), Postcode: "26150", Town: "Die"})
	s.invoice(odd, "FACTURE-2026-TRAVAUX-EXTENSION-LOT-12-SITUATION-4-\U0001F4C4", 123_456_789_012, 20)
	all["odd"], _ = s.compose(Request{Customer: odd})
	for m, r := range everyModel(t, ledger.CompanyCustomer, 2) {
		all[m] = r.letter(t, words.FR)
	}
	maps.Copy(all, badLetters(t))
	huge := newSample(t)
	company := huge.d.Next().Company()
	company.Name = strings.Repeat("Entreprise de construction ", 12)
	company.Address = []string{strings.Repeat("Zone artisanale des Vieux Moulins ", 4), "Bâtiment C", "Porte 4", "Rue du Port"}
	huge.d.Put(&company)
	c = huge.customer(ledger.Customer{Ref: strings.Repeat("REF", 60), Name: strings.Repeat("N", 3000), Address: strings.Repeat("x", 500), Town: strings.Repeat("Y", 200)})
	huge.invoice(c, strings.Repeat("F-2026/", 300), 1, 20)
	all["huge"], _ = huge.compose(Request{Customer: c, Model: FormalNotice, Enclosed: true})
	return all
}

func TestEveryPDFIsSound(t *testing.T) {
	for name, l := range everyLetter(t) {
		t.Run(name, func(t *testing.T) {
			pdf, err := l.PDF()
			if err != nil {
				t.Fatal(err)
			}
			if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
				t.Error(out)
			}
			fonts := strings.Split(strings.TrimSpace(tool(t, pdf, "pdffonts", "FILE")), "\n")[2:]
			for _, f := range fonts { // name, type, encoding, embedded, subset, unicode, object
				if columns := strings.Fields(f); len(columns) < 6 || columns[len(columns)-5] != "yes" || columns[len(columns)-3] != "yes" {
					t.Errorf("not embedded, or without its characters: %s", f)
				}
			}
			if len(fonts) == 0 {
				t.Error("no fonts")
			}
		})
	}
}

func TestSameBytes(t *testing.T) {
	first, again := everyLetter(t), everyLetter(t)
	for name, l := range first {
		a, err := l.PDF()
		if err != nil {
			t.Fatal(err)
		}
		b, err := again[name].PDF()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two makings differ", name)
		}
	}
}

// TestTogether makes letters in several goroutines at once (for the race detector), all the same.
func TestTogether(t *testing.T) {
	l := everyLetter(t)["notice"]
	want, err := l.PDF()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, err := l.PDF(); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another result: %v", err)
			}
		})
	}
	wg.Wait()
}

func TestTextReadsInOrder(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-2026-0361", 164020, 8)
	l, warnings := s.compose(Request{Customer: c})
	if len(warnings) != 0 {
		t.Errorf("%+v", warnings)
	}
	text := flat(textOf(t, s.pdf(l)))
	at := 0
	for _, want := range []string{"Menuiserie Valdoré", "Votre compte : C-0117", "CABINET DERVAUX-PELLIN", "MME ODILE PELLIN", "8 RUE DU PRESSOIR", "38998 VALBRIE",
		"Saint-Orvain, le 24 novembre 2026", "Objet : facture F-2026-0361 arrivée à échéance le 16 novembre 2026", "Madame,", "Sauf erreur de notre part",
		"F-2026-0361 17/10/2026 16/11/2026 1 640,20 € 0,00 € 1 640,20 €", "Total à régler 1 640,20 €", "au plus tard le mercredi 2 décembre 2026",
		"FR76 9999 9999 0100 0447 1000 022", "Claire Valdoré", "gérante", "SARL au capital de 20 000 €, siège 14 chemin des Tanneurs, 38999 Saint-Orvain",
		"SIREN 999 000 117 · RCS Grenoble · TVA FR32999000117"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%q is not after what goes before it in:\n%s", want, text)
		}
		at += i
	}
}

// words on a page as pdftotext finds them, in points from the upper left corner.
type pdfWords struct {
	Pages []struct {
		Words []struct {
			XMin float64 `xml:"xMin,attr"`
			YMin float64 `xml:"yMin,attr"`
			XMax float64 `xml:"xMax,attr"`
			YMax float64 `xml:"yMax,attr"`
			Text string  `xml:",chardata"`
		} `xml:"word"`
	} `xml:"body>doc>page"`
}

func placesOf(t *testing.T, pdf []byte) pdfWords {
	t.Helper()
	var found pdfWords
	d := xml.NewDecoder(strings.NewReader(tool(t, pdf, "pdftotext", "-bbox", "FILE", "-")))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(&found); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestWindow: all of the address and nothing else lies in the window of each envelope.
func TestWindow(t *testing.T) {
	const mm = mmPerPoint
	for name, l := range everyLetter(t) {
		var list []*Letter
		for _, kind := range ledger.Envelopes {
			one := *l
			one.Envelope = kind
			list = append(list, &one)
		}
		pdf, err := Batch(list)
		if err != nil {
			t.Fatal(err)
		}
		pages := placesOf(t, pdf).Pages
		for n, l := range list {
			win := l.envelope().window
			var inside []string
			for _, w := range pages[n*len(pages)/len(list)].Words {
				in := w.XMin*mm > win.x && w.XMax*mm < win.right() && w.YMin*mm > win.y-1 && w.YMax*mm < win.bottom()+1
				touches := w.XMax*mm > win.x && w.XMin*mm < win.right() && w.YMax*mm > win.y+1 && w.YMin*mm < win.bottom()-1
				if in {
					inside = append(inside, w.Text)
				} else if touches {
					t.Errorf("%s, %s: %q crosses the window's edge", name, l.Envelope, w.Text)
				}
			}
			want := strings.Fields(printed(strings.Join(l.Recipient, " ")))
			if strings.Join(inside, " ") != strings.Join(want, " ") {
				t.Errorf("%s, %s: in the window %q, want %q", name, l.Envelope, inside, want)
			}
		}
	}
}

// TestMargins: nothing is printed outside the page's margins, and no words lie on each other.
func TestMargins(t *testing.T) {
	for name, l := range everyLetter(t) {
		pdf, err := l.PDF()
		if err != nil {
			t.Fatal(err)
		}
		checkMargins(t, name, pdf)
	}
}

func checkMargins(t *testing.T, name string, pdf []byte) {
	t.Helper()
	for n, page := range placesOf(t, pdf).Pages {
		for i, w := range page.Words {
			if w.XMin*mmPerPoint < left-0.5 || w.XMax*mmPerPoint > right+5.5 || w.YMax*mmPerPoint > pageHeight-5 {
				t.Errorf("%s, page %d: %q is outside", name, n+1, w.Text)
			}
			for _, o := range page.Words[:i] {
				if min(w.XMax, o.XMax)-max(w.XMin, o.XMin) > 0.8 && min(w.YMax, o.YMax)-max(w.YMin, o.YMin) > 3.5 {
					t.Errorf("%s, page %d: %q lies on %q", name, n+1, w.Text, o.Text)
				}
			}
		}
	}
}

func TestPagesOfALongLetter(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.many(c, 400)
	l, _ := s.compose(Request{Customer: c})
	pages := strings.Split(strings.TrimSuffix(textOf(t, s.pdf(l)), "\f"), "\f")
	if len(pages) < 9 || len(pages) > 13 {
		t.Errorf("%d pages", len(pages))
	}
	seen := 0
	for n, p := range pages {
		rows := strings.Count(p, "F-2026-")
		seen += rows
		if head := strings.Contains(p, "Échéance"); head != (rows > 0) {
			t.Errorf("page %d: head of the table %v, rows %d", n+1, head, rows)
		}
		if !strings.Contains(flat(p), fmt.Sprintf("Page %d sur %d", n+1, len(pages))) {
			t.Errorf("page %d has no number", n+1)
		}
	}
	if seen != 400 {
		t.Errorf("%d invoices", seen)
	}
	last := pages[len(pages)-1]
	if !strings.Contains(last, "Claire Valdoré") || !strings.Contains(last, "salutations") {
		t.Errorf("the signature stands alone: %s", last)
	}
}

// TestKeptTogether goes through letters of any length: the total has two rows with it, the signature has text
// with it, the head of the table has rows under it.
func TestKeptTogether(t *testing.T) {
	s := newSample(t)
	for n := 1; n <= 75; n++ {
		c := s.customer(ledger.Customer{Ref: fmt.Sprint("K", n), Name: "Client", Address: "1 rue", Town: "Ville"})
		s.many(c, n)
		for _, m := range Models() {
			if kinds[m].about != aboutOverdue || m == VisitNotice {
				continue
			}
			l, _ := s.compose(Request{Customer: c, Model: m})
			for _, st := range styles {
				checkPages(t, fmt.Sprintf("%s of %d", m, n), l, st)
			}
		}
	}
}

func checkPages(t *testing.T, name string, l *Letter, st style) {
	t.Helper()
	items := l.items(st)
	pages := paginate(items, subjectY)
	drawn := map[*item]bool{}
	for n, page := range pages {
		if len(page) == 0 {
			t.Errorf("%s: page %d is empty", name, n+1)
			continue
		}
		y := 0.0
		for k, p := range page {
			if p.y < y-0.01 {
				t.Errorf("%s: strips overlap on page %d", name, n+1)
			}
			y = p.y + p.item.height
			if y > bodyBottom+0.01 {
				t.Errorf("%s: page %d ends at %.1f", name, n+1, y)
			}
			if p.item.keep && k == len(page)-1 && n < len(pages)-1 {
				t.Errorf("%s: a strip on page %d lost what follows it", name, n+1)
			}
			drawn[p.item] = true
		}
	}
	for i, it := range items {
		if !drawn[it] {
			t.Errorf("%s: strip %d is on no page", name, i)
		}
	}
}

func TestBatch(t *testing.T) {
	all := everyLetter(t)
	list := []*Letter{all["first"], all["sixty"], all["notice English"], all["Belgian"]}
	pdf, err := Batch(list)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Batch(list)
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("two makings differ: %v", err)
	}
	tool(t, pdf, "qpdf", "--check", "FILE")
	text := flat(textOf(t, pdf))
	for _, want := range []string{"CABINET DERVAUX-PELLIN", "Page 2 sur 3", "Page 1 of 2", "BELGIQUE"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if _, err := Batch(nil); ledger.CodeOf(err) != "letter_none" {
		t.Errorf("%v", err)
	}
}

func TestSubstitutes(t *testing.T) {
	text := flat(textOf(t, mustPDF(t, everyLetter(t)["odd"])))
	if !strings.Contains(text, "SOCIÉTÉ COOPÉRATIVE ? ИВАНОВ") || !strings.Contains(text, "SITUATION-4-?") {
		t.Error(text)
	}
}

func mustPDF(t *testing.T, l *Letter) []byte {
	t.Helper()
	b, err := l.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Dupont": "Dupont", "e\u0301te\u0301": "été", "co\u00adop": "coop", "a\u2011b": "a-b", "a\tb\nc": "a b c", "😀": "?",
		"👍🏽 ok": "? ok", "漢": "?", "Иван": "Иван", "Ελλάς": "Ελλάς", "\x00a\x7f": "a", "\xff": "?", "№ 5": "№ 5", "Łódź": "Łódź",
	} {
		if got, _ := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestTypefaceHasTheTexts: no text of letters, whatever the language, needs a substitute.
func TestTypefaceHasTheTexts(t *testing.T) {
	for name, l := range everyLetter(t) {
		for _, b := range l.Body {
			for _, r := range b.Paragraph {
				if _, bad := clean(r.Text); bad {
					t.Errorf("%s: %q", name, r.Text)
				}
			}
		}
	}
	for _, r := range "–—‘’“”«»…•€£№™œŒæÆÿŸß½²³°·×÷\u00a0\u202f" {
		if !typeface().has(r) {
			t.Errorf("no %q", r)
		}
	}
}

// TestAnyText: no text of a register breaks a letter.
func TestAnyText(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	alphabet := []rune("aÉ 0-\u00ad\u0301\u200b\ufeff\t\n\\()<>{}%*«»’\u202f\u00a0Ж漢ع🙂👍🏽\U0010ffff\x00\x1b\ufffd")
	text := func() string {
		var b strings.Builder
		for range r.IntN(120) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	for range 60 {
		s := newSample(t)
		c := s.customer(ledger.Customer{Ref: text(), Name: text(), Address: text(), Postcode: text(), Town: text()})
		s.d.Put(&ledger.Contact{Customer: c, Name: text()})
		s.invoice(c, text(), 1000, 10)
		l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
		s.pdf(l)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add("Dupont & Fils", "1 rue\nBP 3", "Lyon", "F-1")
	f.Add("😀\u00ad\u0301", strings.Repeat("x", 300), "\xff\xfe", strings.Repeat("W ", 90))
	f.Fuzz(func(t *testing.T, name, address, town, number string) {
		s := newSample(t)
		c := s.customer(ledger.Customer{Ref: number, Name: name, Address: address, Town: town})
		s.invoice(c, number, 1000, 10)
		l, _ := s.compose(Request{Customer: c, Model: FormalNotice})
		if _, err := l.PDF(); err != nil {
			t.Fatal(err)
		}
		if len(l.Recipient) > addressLines {
			t.Fatalf("%q", l.Recipient)
		}
	})
}
