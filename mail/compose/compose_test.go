package compose

import (
	"bytes"
	"errors"
	"flag"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/mail"

	"quitus/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

const text = `Madame, Monsieur,

Sauf erreur de notre part, les factures suivantes restent à régler à ce
jour, malgré notre courrier du 3 mars 2026 :

  Facture        Échéance        Reste dû
  F-2026-0042    15/02/2026    1 200,00 €
  Travaux de rénovation de la salle d’eau et de la cuisine, deuxième
    tranche
                 28/02/2026       48,00 €
  Total                        1 248,00 €

  IBAN : FR76 3000 6000 0112 3456 7890 189
  BIC : AGRIFRPP

Vous pouvez aussi :
– nous appeler au 02 40 00 00 00, du lundi au vendredi, de neuf heures à
  midi ;
– répondre à cet e-mail.

Jeanne Lemaître
Plomberie Vasseur & fils <SARL>
`

func outgoing() Outgoing {
	return Outgoing{
		From:    Address{"Plomberie Vasseur & fils, à Nantes", "compta@vasseur.test"},
		To:      []Address{{"Mme Zoé \"Zou\" Ångström", "achats@client.test"}},
		Cc:      []Address{{"", "chef@client.test"}, {"Comptable", "cabinet@conseil.test"}},
		ReplyTo: Address{"", "relances@vasseur.test"},
		Subject: "Relance : votre facture F-2026-0042 – 1 248,00 € à régler avant le 31 mars 2026 [Q-7F3K]",
		Text:    text, Lang: "fr",
		MessageID: "mfrggzdfmztwq2lk@vasseur.test",
		Date:      time.Date(2026, 3, 20, 9, 30, 0, 0, time.FixedZone("", 3600)),
		InReplyTo: "un@client.test", References: []string{"zero@vasseur.test", "not an id", "un@client.test"},
		Ref:         "Q-7F3K",
		Attachments: []Attachment{{Name: "Relance-F-2026-0042.pdf", Data: bytes.Repeat([]byte("%PDF\x00\xff\n"), 100)}, {Name: "note.txt", Data: []byte("x")}},
	}
}

// part is a leaf of a message.
type part struct {
	kind, name string
	data       []byte
}

func read(t testing.TB, raw []byte) (mail.Header, []part) {
	t.Helper()
	e, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var parts []part
	err = e.Walk(func(path []int, e *message.Entity, err error) error {
		if err != nil {
			return err
		}
		kind, params, err := e.Header.ContentType()
		if err != nil || strings.HasPrefix(kind, "multipart/") {
			return err
		}
		data, err := io.ReadAll(e.Body)
		disposition, file, _ := e.Header.ContentDisposition()
		if disposition == "" && params["charset"] != "UTF-8" {
			t.Errorf("charset %q", params["charset"])
		}
		parts = append(parts, part{kind, file["filename"], data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return mail.Header{Header: e.Header}, parts
}

func TestCompose(t *testing.T) {
	o := outgoing()
	raw, err := Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	h, parts := read(t, raw)
	if got, err := h.Subject(); got != o.Subject || err != nil {
		t.Errorf("subject %q, %v", got, err)
	}
	for field, want := range map[string][]Address{"From": {o.From}, "To": o.To, "Cc": o.Cc, "Reply-To": {o.ReplyTo}} {
		got, err := h.AddressList(field)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %v, %v", field, got, err)
		}
		for n, a := range got {
			if a.Name != want[n].Name || a.Address != want[n].Address {
				t.Errorf("%s: %v, want %v", field, a, want[n])
			}
		}
	}
	if id, err := h.MessageID(); id != o.MessageID || err != nil {
		t.Errorf("id %q, %v", id, err)
	}
	if ids, err := h.MsgIDList("References"); !slices.Equal(ids, []string{"zero@vasseur.test", "un@client.test"}) || err != nil {
		t.Errorf("references %q, %v", ids, err)
	}
	if ids, _ := h.MsgIDList("In-Reply-To"); !slices.Equal(ids, []string{"un@client.test"}) {
		t.Errorf("in reply to %q", ids)
	}
	if date, err := h.Date(); !date.Equal(o.Date) || err != nil || !bytes.Contains(raw, []byte("Date: Fri, 20 Mar 2026 09:30:00 +0100\r\n")) {
		t.Errorf("date %v, %v", date, err)
	}
	if h.Get(RefHeader) != "Q-7F3K" || h.Get("Content-Language") != "fr" || h.Get("Auto-Submitted") != "" || h.Get("User-Agent") != "" {
		t.Errorf("header %v", h)
	}
	if len(parts) != 4 || parts[0].kind != "text/plain" || parts[1].kind != "text/html" || parts[2].kind != "application/pdf" || parts[3].kind != "application/octet-stream" {
		t.Fatalf("parts %v", parts)
	}
	if got := strings.ReplaceAll(string(parts[0].data), "\r\n", "\n"); got != text {
		t.Errorf("text %q", got)
	}
	if parts[2].name != o.Attachments[0].Name || !bytes.Equal(parts[2].data, o.Attachments[0].Data) || parts[3].name != "note.txt" {
		t.Errorf("files %q, %q", parts[2].name, parts[3].name)
	}
	if bytes.Contains(parts[1].data, []byte("http")) || bytes.Contains(parts[1].data, []byte("src=")) || bytes.Contains(parts[1].data, []byte("<style")) {
		t.Error("the HTML part fetches or styles")
	}
	golden(t, "message.eml", raw)
	golden(t, "message.html", parts[1].data)
	if got := o.Recipients(); !slices.Equal(got, []string{"achats@client.test", "chef@client.test", "cabinet@conseil.test"}) {
		t.Errorf("recipients %v", got)
	}
	for range 3 {
		if again, err := Compose(outgoing()); err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("the same parts gave other bytes: %v", err)
		}
	}
	o.MessageID = "other@vasseur.test"
	o.Attachments = nil
	if raw, err = Compose(o); err != nil {
		t.Fatal(err)
	}
	if _, parts := read(t, raw); len(parts) != 2 {
		t.Errorf("without files: %v", parts)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what it was (%v):\n%s", name, err, got)
	}
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*Outgoing){
		"mail_recipient_none":       func(o *Outgoing) { o.To = nil },
		"mail_address_invalid":      func(o *Outgoing) { o.Cc[0].Address = "a@b.test\r\nBcc: c@d.test" },
		"mail_address_invalid ":     func(o *Outgoing) { o.To[0].Address = "Zoé <a@b.test>" },
		"mail_address_invalid  ":    func(o *Outgoing) { o.From.Address = "a@société.test" },
		"mail_address_accent":       func(o *Outgoing) { o.ReplyTo.Address = "zoé@b.test" },
		"mail_subject_too_long":     func(o *Outgoing) { o.Subject = strings.Repeat("é", 251) },
		"mail_too_large":            func(o *Outgoing) { o.Attachments[0].Data = make([]byte, 19_000_000) },
		"mail_too_large ":           func(o *Outgoing) { o.Limit = 4000 },
		"mail_file_name":            func(o *Outgoing) { o.Attachments[0].Name = "reçu\r\n.pdf" },
		"internal":                  func(o *Outgoing) { o.MessageID = "" },
		"internal (a broken id)":    func(o *Outgoing) { o.MessageID = "a@b\r\nBcc: c@d.test" },
		"internal (no date)":        func(o *Outgoing) { o.Date = time.Time{} },
		"internal (reference)":      func(o *Outgoing) { o.Ref = "a b" },
		"internal (kind of a file)": func(o *Outgoing) { o.Attachments[0].Type = "text/plain; charset=x" },
	} {
		o := outgoing()
		change(&o)
		code, _, _ := strings.Cut(want, " ")
		if _, err := Compose(o); ledger.CodeOf(err) != code {
			t.Errorf("%s: %v", want, err)
		}
	}
	o := outgoing()
	o.Limit = 1_500_000
	o.Attachments[0].Data = make([]byte, 1_600_000)
	_, err := Compose(o)
	if e := (*ledger.Error)(nil); !errors.As(err, &e) || e.Args["size"] != int64(3) || e.Args["most"] != int64(1) {
		t.Errorf("too large: %v", err)
	}
}

func TestInjection(t *testing.T) {
	const evil = "Relance\r\nBcc: victime@client.test\r\n\r\n<script>x</script>\n\n.\r\n"
	o := outgoing()
	o.Subject = evil
	o.From.Name, o.To[0].Name, o.Cc[1].Name = evil, "a\"\r\nBcc: b@c.test", "x\x00\u2028=?utf-8?q?=0D=0ABcc:_d@e.test?=\x7f"
	o.InReplyTo, o.References = "a@b\r\nBcc: c@d", []string{"a@b>\r\n", "=?utf-8?q?x?=@b"}
	o.Text = "<script>alert(1)</script> & \"x\"\r.\r.\r\x00"
	raw, err := Compose(o)
	if err != nil {
		t.Fatal(err)
	}
	h, parts := read(t, raw)
	fields(t, h)
	if got, _ := h.Subject(); got != "Relance Bcc: victime@client.test <script>x</script> ." {
		t.Errorf("subject %q", got)
	}
	if bytes.Contains(parts[1].data, []byte("<script")) {
		t.Errorf("HTML %s", parts[1].data)
	}
	if got, err := h.AddressList("Cc"); err != nil || got[1].Name != "x = ?utf-8?q?= 0D=0ABcc:_d@e.test?=" && !strings.Contains(got[1].Name, "= ?utf-8?q?") {
		t.Errorf("name %v, %v", got, err)
	}
}

// fields makes sure that there are no headers but ours, each once.
func fields(t testing.TB, h mail.Header) {
	t.Helper()
	count := map[string]int{}
	for f := h.Fields(); f.Next(); {
		count[f.Key()]++
		if !slices.Contains([]string{"From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Language", "X-Quitus-Ref",
			"In-Reply-To", "References", "Content-Type"}, f.Key()) || count[f.Key()] > 1 {
			t.Errorf("header %s: %q", f.Key(), f.Value())
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// wordsOf are a text's words without the marks of lists.
func wordsOf(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' }), func(w string) bool { return w == "–" })
}

func sameWords(t testing.TB, text string, page []byte) {
	t.Helper()
	_, body, _ := strings.Cut(string(page), "<body")
	_, body, _ = strings.Cut(body, ">")
	got, want := wordsOf(html.UnescapeString(tags.ReplaceAllString(body, " "))), wordsOf(text)
	if !slices.Equal(got, want) {
		t.Errorf("the HTML part says %q, the text %q", got, want)
	}
}

func FuzzCompose(f *testing.F) {
	f.Add("Relance", "Jeanne", text, "F.pdf")
	f.Add("a\r\nBcc: b@c.test", "\"x\" <a@b>", "– a\n  b\n     c   d\n    e", "..")
	f.Add("=?utf-8?q?x?=", "=?", "  a   b   c\n  d\n    e\n      f   g\n  h   i", "a\x00b")
	f.Add(strings.Repeat("é ", 100)+"\u00a0 : ", ",;<>@", ".\n..\r\rFrom x\n\n\n  – ", "é.jpg")
	f.Fuzz(func(t *testing.T, subject, name, body, file string) {
		o := outgoing()
		o.Subject, o.From.Name, o.To[0].Name, o.Text = subject, name, name, body
		o.Attachments[1].Name = FileName(file)
		raw, err := Compose(o)
		if ledger.CodeOf(err) == "mail_subject_too_long" && len(subject) > subjectLength {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		h, parts := read(t, raw)
		fields(t, h)
		if got, err := h.Subject(); got != oneLine(subject) || err != nil {
			t.Errorf("subject %q of %q, %v", got, subject, err)
		}
		from, err := h.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != o.From.Address {
			t.Errorf("from %v of %q, %v", from, name, err)
		}
		if clean := headers([]Address{{Name: name, Address: "a@b.test"}})[0].Name; err == nil && from[0].Name != clean {
			t.Errorf("name %q, not %q", from[0].Name, clean)
		}
		if len(parts) != 4 || strings.ReplaceAll(string(parts[0].data), "\r\n", "\n") != cleanText(body) {
			t.Fatalf("text %q of %q", parts[0].data, body)
		}
		sameWords(t, cleanText(body), parts[1].data)
	})
}
