package handover

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
)

var on = ledger.Day(2026, 11, 24)

// world is a customer with two late invoices, one contested in part, letters, e-mails, calls, and documents with hostile
// names; and what is none of anybody else's business.
type world struct {
	book *ledger.Book
	kept map[ledger.Hash][]byte
}

func newWorld() *world {
	w := &world{kept: map[ledger.Hash][]byte{}}
	d := ledger.NewDraft(&ledger.Book{})
	d.Put(&ledger.Company{Name: "MENUISERIE ALBERT", LegalForm: "SARL", Capital: "20000.00 EUR", Address: []string{"12 rue des Tilleuls"}, Postcode: "38000",
		Town: "Grenoble", Country: "FR", SIREN: "732829320", RegisterTown: "Grenoble", IBAN: "FR7630006000011234567890189", Email: "contact@albert.example",
		Signatory: ledger.Signatory{Name: "Jeanne Albert", Role: "gérante"}})
	d.Put(&ledger.Customer{Ref: "C001", Name: "DUPONT & Fils", Type: ledger.CompanyCustomer, Country: "FR", Address: "3 quai du Port\nBât. B", Postcode: "69002", Town: "Lyon"})
	d.Put(&ledger.Contact{Customer: 1, Name: "Mme Secrète", Phone: "0600000000"})
	for _, x := range []ledger.Invoice{
		{Number: "FA-1", Issued: ledger.Day(2026, 4, 1), Due: ledger.Day(2026, 5, 31), Total: ledger.Euros(500000)},
		{Number: "FA-2", Issued: ledger.Day(2026, 6, 1), Due: ledger.Day(2026, 7, 1), Total: ledger.Euros(120000)},
		{Number: "FA-9", Issued: ledger.Day(2026, 1, 1), Due: ledger.Day(2026, 2, 1), Total: ledger.Euros(9999)},
		{Number: "FA-X", Issued: on.Add(-3), Due: on.Add(27), Total: ledger.Euros(7777)},
		{Number: "AV-1", CreditNote: true, Issued: ledger.Day(2026, 8, 1), Total: ledger.Euros(-5000)},
		{Number: "AV-9", CreditNote: true, Issued: ledger.Day(2026, 1, 8), Total: ledger.Euros(-9999)},
		{Number: "FA-8", Issued: ledger.Day(2026, 1, 1), Due: ledger.Day(2026, 2, 1), Total: ledger.Euros(9999)},
	} {
		x.Customer = 1
		d.Put(&x)
	}
	d.Put(&ledger.Payment{Customer: 1, On: ledger.Day(2026, 2, 1), Amount: ledger.Euros(9999), Allocations: []ledger.Allocation{{Invoice: 7, Amount: 9999}}})
	d.Put(&ledger.Payment{Customer: 1, On: ledger.Day(2026, 2, 2), Amount: ledger.Euros(0), Allocations: []ledger.Allocation{{Invoice: 3, Amount: 9999}, {Invoice: 6, Amount: -9999}}})
	d.Put(&ledger.Payment{Customer: 1, On: ledger.Day(2026, 8, 3), Amount: ledger.Euros(60000), Allocations: []ledger.Allocation{{Invoice: 1, Amount: 50000}}})
	d.Put(&ledger.Dispute{Invoice: 2, Opened: ledger.Day(2026, 8, 10), Reason: ledger.FaultyGoods, Amount: 20000, Words: "Porte rayée"})
	d.Put(&ledger.Promise{Customer: 1, Made: ledger.Day(2026, 9, 1), Due: ledger.Day(2026, 9, 15), Amount: ledger.Euros(100000), Words: "« avant la mi-septembre. »"})
	d.Put(&ledger.Note{Customer: 1, On: ledger.Day(2026, 9, 2), Text: "Note privée : divorce du gérant"})
	d.Put(&ledger.Call{Customer: 1, On: ledger.Day(2026, 9, 1), At: "10:40", Reach: ledger.Reached, Reason: ledger.DelayCash, Outcomes: []ledger.Outcome{ledger.OutcomePromise}, With: "M. Coché", Notes: "Attend un virement.\nRappellera.", Invoices: []ledger.InvoiceID{1}})
	d.Put(&ledger.Call{Customer: 1, On: ledger.Day(2026, 9, 20), Reach: ledger.Reached, With: "M. Tu", Notes: "Parle de sa maladie"})
	document := func(name string, invoice ledger.InvoiceID) {
		content := []byte("contenu de " + name)
		h := ledger.HashOf(content)
		w.kept[h] = content
		d.Put(&ledger.Document{Customer: 1, Invoice: invoice, On: ledger.Day(2026, 4, 2), Name: name, Hash: h, Size: int64(len(content))})
	}
	document(`..\..\évasion: "FA/1".PDF`, 1)
	document("Bon de livraison signé n° 4 – l’été.jpg", 1)
	document("contrat.pdf", 0)
	document("autre.pdf", 3)
	document("dépôt.png", 0)
	pages := []byte("%PDF- lettre")
	w.kept[ledger.HashOf(pages)] = pages
	d.Put(&ledger.Letter{Customer: 1, Model: "formal_notice", Reference: "MD-1", On: ledger.Day(2026, 10, 1), Sent: ledger.Day(2026, 10, 1), Deadline: ledger.Day(2026, 10, 16), Amount: ledger.Euros(450000),
		Lines: []ledger.LetterLine{{Invoice: 1, Open: 450000}}, Hash: ledger.HashOf(pages),
		Registered: ledger.Registered{Number: "RB123456785GB", Posted: ledger.Day(2026, 10, 1), Proof: 5, Outcome: ledger.MailUnclaimed, OutcomeOn: ledger.Day(2026, 10, 20)}})
	d.Put(&ledger.Letter{Customer: 1, Model: "first_reminder", On: ledger.Day(2026, 2, 3), Sent: ledger.Day(2026, 2, 3), Amount: ledger.Euros(9999), Lines: []ledger.LetterLine{{Invoice: 3, Open: 9999}}, Hash: ledger.HashOf(pages)})
	d.Put(&ledger.Message{Customer: 1, On: ledger.Day(2026, 7, 10), Model: "second_reminder", State: ledger.MessageWaiting, Amount: ledger.Euros(1), To: "évil@x\r\nBcc: all@x", Subject: "Facture échue\r\nX-Bad: 1", Body: "Bonjour,\nvotre facture d’été.\n.\n"})
	d.Put(&ledger.Message{Customer: 1, On: ledger.Day(2026, 7, 20), Sent: ledger.Day(2026, 7, 21), Model: "last_reminder", State: ledger.MessageSent, To: "compta@dupont.example", Subject: "Dernière relance", Body: "Texte", Lines: []ledger.LetterLine{{Invoice: 2, Open: 1}}})
	w.book = d.Next()
	return w
}

func (w *world) request() Request {
	r := Request{Book: w.book, Standings: w.book.Standings(on), Customer: 1, Lang: words.FR, To: "Me Martin", Calls: []ledger.CallID{1}, Rates: rates.BuiltIn(),
		Head: ledger.Entry{Seq: 42, Hash: ledger.HashOf([]byte("journal"))}, Recorded: func(k ledger.Kind, _ uint32) ledger.Date {
			if k == ledger.KindPromise {
				return ledger.Day(2026, 9, 10)
			}
			return 0
		}}
	for _, x := range Offered(r.Book, r.Standings, 1) {
		r.Documents = append(r.Documents, x.ID)
	}
	return r
}

func (w *world) make(t *testing.T, r Request) (*Case, *Bundle) {
	t.Helper()
	c, err := Gather(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Make(func(h ledger.Hash) ([]byte, error) {
		if w.kept[h] == nil {
			return nil, ledger.Errorf("document_unknown")
		}
		return w.kept[h], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, b
}

func plain(s string) string { return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s) }

func TestExhibits(t *testing.T) {
	c, _ := newWorld().make(t, newWorld().request())
	var got []string
	for _, x := range c.Exhibits {
		got = append(got, string(x.Kind)+" "+x.File)
	}
	want := []string{"invoice 001-1.pdf", "invoice 002-Bon-de-livraison-signe-n-4-l-ete.jpg", "document 003-contrat.pdf",
		"letter 004-Mise-en-demeure.pdf", "posting 005-depot.png", "email 006-2e-relance.eml", "email 007-Derniere-relance.eml", "call 008-Notes-d-appel.txt"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAccount(t *testing.T) {
	c, _ := newWorld().make(t, newWorld().request())
	if len(c.Accounts) != 1 {
		t.Fatalf("%+v", c.Accounts)
	}
	a := c.Accounts[0]
	// 4 500 + 1 200 − 50 of the credit note − 100 received and not imputed.
	if a.Principal != ledger.Euros(555000) || a.Refused != nil || !a.Interest.Positive() || a.Indemnity != ledger.Euros(8000) || a.Total != a.Principal.Add(a.Interest).Add(a.Indemnity) {
		t.Errorf("%+v", a)
	}
}

func TestChronology(t *testing.T) {
	c, _ := newWorld().make(t, newWorld().request())
	var got []string
	for _, h := range c.Events {
		got = append(got, plain(c.w.T("handover.event.line", "day", h.On, "text", h.Text)))
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{"01/04/2026 : Facture FA-1 émise, 5 000,00 €", "03/08/2026 : Paiement de 500,00 € imputé sur FA-1",
		"Facture FA-2 contestée pour 200,00 €", "« Porte rayée »", "Promesse de payer 1 000,00 € pour le 15/09/2026 : « avant la mi-septembre »",
		"20/10/2026 : Mise en demeure : non réclamée au bureau de poste", "recommandé n° RB123456785GB", "E-mail approuvé, non envoyé", "01/09/2026 : Appel au client"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if !slices.IsSortedFunc(c.Events, func(x, y Happened) int { return int(x.On) - int(y.On) }) {
		t.Error("not in order")
	}
	for _, h := range c.Events {
		if strings.HasPrefix(h.Text, "Promesse de payer") && h.Recorded != ledger.Day(2026, 9, 10) {
			t.Errorf("that the promise was written down later is not told: %+v", h)
		}
	}
}

// Nothing but what is ticked, and what is about the invoices, leaves.
func TestNothingElseLeaves(t *testing.T) {
	w := newWorld()
	r := w.request()
	r.Documents = nil
	_, b := w.make(t, r)
	for _, f := range b.Files {
		for _, secret := range []string{"divorce", "maladie", "M. Tu", "Secrète", "0600000000", "FA-9", "AV-9", "FA-X", "autre.pdf", "contrat", "évasion"} {
			if bytes.Contains(f.Content, []byte(secret)) {
				t.Errorf("%s tells of %q", f.Name, secret)
			}
		}
	}
	c, _ := Gather(r)
	for _, l := range append(c.lines(), append(c.bordereau(make([]int, len(c.Exhibits))), c.lacks()...)...) {
		for _, secret := range []string{"divorce", "maladie", "Tu", "Secrète", "FA-9", "AV-9", "FA-X", "autre", "contrat.pdf"} {
			if strings.Contains(l, secret) {
				t.Errorf("%q tells of %q", l, secret)
			}
		}
	}
	calls := 0
	for _, x := range c.Exhibits {
		if x.Kind == CallNotes {
			calls++
		}
	}
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestMissing(t *testing.T) {
	codes := func(r Request) (out []string) {
		c, err := Gather(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range c.Missing {
			if s := m.Sentence(c.w); strings.Contains(s, "[") {
				t.Errorf("%s: %s", m.Code, s)
			}
			out = append(out, m.Code)
		}
		return out
	}
	r := newWorld().request()
	if got, want := codes(r), []string{"debtor_number", "invoice", "receipt", "notice", "acknowledgement", "contested", "register"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	r.Documents = r.Documents[1:2]
	if got := codes(r); !slices.Contains(got, "proof") || !slices.Contains(got, "terms") {
		t.Error(got)
	}
	r.Standings = r.Book.Standings(ledger.Day(2026, 5, 1))
	if _, err := Gather(r); ledger.CodeOf(err) != "handover_nothing_late" {
		t.Error(err)
	}
}

var safe = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// The zip is the same each time, its names are plain, and what "sha256sum -c" says of it is right.
func TestZip(t *testing.T) {
	w := newWorld()
	_, b := w.make(t, w.request())
	_, again := newWorld().make(t, newWorld().request())
	if !bytes.Equal(b.Zip, again.Zip) {
		t.Error("the same case made other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(b.Zip), int64(len(b.Zip)))
	if err != nil {
		t.Fatal(err)
	}
	dir, seen := t.TempDir(), map[string]bool{}
	for _, f := range z.File {
		if !safe.MatchString(f.Name) || seen[strings.ToLower(f.Name)] || strings.Contains(f.Name, "..") {
			t.Errorf("the name %q", f.Name)
		}
		seen[strings.ToLower(f.Name)] = true
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, f.Name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := os.ReadFile(filepath.Join(dir, sumsName))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(list), "\n"), "\n")
	if len(lines) != len(z.File)-1 {
		t.Errorf("%d digests of %d files", len(lines), len(z.File))
	}
	for _, l := range lines {
		hash, name, _ := strings.Cut(l, "  ")
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(ledger.HashOf(data)) != hash {
			t.Errorf("%s: %v", name, err)
		}
	}
	sum, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("there is no sha256sum here")
	}
	cmd := exec.Command(sum, "-c", "--strict", sumsName)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, b.Files[1].Name), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(sum, "-c", "--strict", sumsName)
	cmd.Dir = dir
	if cmd.Run() == nil {
		t.Error("a changed file is not found")
	}
}

func TestEmails(t *testing.T) {
	w := newWorld()
	_, b := w.make(t, w.request())
	read := func(name string) *mail.Message {
		for _, f := range b.Files {
			if strings.HasSuffix(f.Name, name) {
				m, err := mail.ReadMessage(bytes.NewReader(f.Content))
				if err != nil {
					t.Fatal(err)
				}
				return m
			}
		}
		t.Fatal("no " + name)
		return nil
	}
	m := read("2e-relance.eml")
	if m.Header.Get("Bcc") != "" || m.Header.Get("X-Bad") != "" || m.Header.Get("Date") != "" || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("%v", m.Header)
	}
	decoded, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || decoded != "Facture échue  X-Bad: 1" {
		t.Errorf("%q %v", decoded, err)
	}
	if note, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Comments")); !strings.Contains(note, "non envoyé") {
		t.Error(note)
	}
	m = read("Derniere-relance.eml")
	if day, err := m.Header.Date(); err != nil || day.Day() != 21 || m.Header.Get("To") != "<compta@dupont.example>" || m.Header.Get("X-Unsent") != "" {
		t.Errorf("%v %v", m.Header, err)
	}
}

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"facture.pdf": "facture.pdf", "../../etc/passwd": "passwd", `C:\x\y.PDF`: "y.pdf", "": "x", "…": "x", "..": "x", ".pdf": "x.pdf", "Œuvre à l’été.docx": "OEuvre-a-l-ete.docx",
		"a\r\nb.txt": "a-b.txt", "日本語.pdf": "x.pdf", strings.Repeat("a", 300) + ".pdf": strings.Repeat("a", longestStem) + ".pdf", "a.b c d e f g h i j": "a-b-c-d-e-f-g-h-i-j", "-rf.sh": "rf.sh",
	} {
		if got := SafeName(in); got != want || !safe.MatchString(got) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNextSteps(t *testing.T) {
	codes := func(creditor, debtor string, kind ledger.CustomerKind) string {
		var out []string
		w := words.New(words.FR)
		for _, s := range NextSteps(creditor, &ledger.Customer{Country: debtor, Type: kind}, on) {
			code := s.Code
			if s.NotYet {
				code += "!"
			}
			if strings.Contains(s.Line(w)+s.Source(w), "[") {
				t.Error(s.Line(w))
			}
			out = append(out, code)
		}
		return strings.Join(out, " ")
	}
	for _, x := range [][2]string{
		{codes("FR", "FR", ledger.CompanyCustomer), "fr_order fr_small fr_summary fr_uncontested! fr_attachment"},
		{codes("FR", "FR", ledger.Consumer), "fr_order fr_small fr_summary fr_attachment"},
		{codes("FR", "FR", ledger.PublicBody), "fr_public fr_summary"},
		{codes("BE", "BE", ledger.CompanyCustomer), "be_rci be_court"},
		{codes("FR", "BE", ledger.CompanyCustomer), "be_court eu_order eu_small"},
		{codes("FR", "DK", ledger.CompanyCustomer), "elsewhere"},
		{codes("FR", "CH", ledger.CompanyCustomer), "ch_pursuit"},
		{codes("LU", "LU", ledger.CompanyCustomer), "lu_order"},
	} {
		if x[0] != x[1] {
			t.Errorf("%s, want %s", x[0], x[1])
		}
	}
	if s := NextSteps("FR", &ledger.Customer{Country: "FR", Published: on}, on); len(s) != 1 || s[0].Code != "insolvency" {
		t.Error(s)
	}
}

// An e-mail that Quitus sent, and what came back on it, go along byte for byte; what came back on another matter does not.
func TestMailByteForByte(t *testing.T) {
	w := newWorld()
	keep := func(text string) ledger.Hash {
		h := ledger.HashOf([]byte(text))
		w.kept[h] = []byte(text)
		return h
	}
	d := ledger.NewDraft(w.book)
	sent := ledger.Clone(w.book.Messages.Get(2))
	sent.Raw, sent.Header = keep("Message-ID: <a@albert.example>\r\n\r\nNous attendons."), "a@albert.example"
	d.Put(sent)
	other := &ledger.Message{Customer: 1, On: ledger.Day(2026, 2, 3), Sent: ledger.Day(2026, 2, 3), State: ledger.MessageSent, Subject: "Autre",
		Lines: []ledger.LetterLine{{Invoice: 3, Open: 1}}}
	d.Put(other)
	for _, r := range []ledger.Reply{
		{Message: sent.ID, Sort: ledger.ReplyPerson, Raw: keep("Nous paierons."), From: "compta@dupont.example", Subject: "Re: Dernière relance", Meant: ledger.MeansPays, Decided: on},
		{Message: other.ID, Sort: ledger.ReplyPerson, Raw: keep("Rien à voir."), From: "compta@dupont.example", Subject: "Re: Autre"},
	} {
		r.Customer, r.On = 1, ledger.Day(2026, 7, 22)
		d.Put(&r)
	}
	w.book = d.Next()
	c, b := w.make(t, w.request())
	var titles []string
	for _, x := range c.Exhibits {
		if x.Kind == Email {
			titles = append(titles, x.File+" "+plain(x.Title))
		}
	}
	want := []string{"006-2e-relance.eml E-mail approuvé le 10/07/2026, non envoyé : 2e relance",
		"007-Derniere-relance.eml E-mail envoyé le 21/07/2026 : Dernière relance",
		"008-reponse.eml Réponse reçue, datée du 22/07/2026, de compta@dupont.example"}
	if !slices.Equal(titles, want) {
		t.Errorf("got\n%s", strings.Join(titles, "\n"))
	}
	z, err := zip.NewReader(bytes.NewReader(b.Zip), int64(len(b.Zip)))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range z.File {
		r, _ := f.Open()
		content, _ := io.ReadAll(r)
		if slices.ContainsFunc([]ledger.Hash{sent.Raw, w.book.Replies.Get(1).Raw}, func(h ledger.Hash) bool { return bytes.Equal(content, w.kept[h]) }) {
			found++
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 e-mails are in the zip as they are kept", found)
	}
	if !slices.ContainsFunc(c.Events, func(h Happened) bool {
		return plain(h.Text) == "Réponse de compta@dupont.example : Re: Dernière relance (annonce un paiement, selon le créancier)"
	}) {
		t.Errorf("chronology %v", c.Events)
	}
}
