package reply

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"quitus/ledger"
)

func read(t *testing.T, raw string) *Message {
	t.Helper()
	m, err := Read([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestWords reads what mail programs write: the sender's own words, and what was set apart.
func TestWords(t *testing.T) {
	all := samples(t)
	for name, want := range map[string]struct {
		text, quoted, signature string // beginnings of the last two
		damaged                 bool
	}{
		"gmail":       {"Bonjour,\n\nLe virement sera fait vendredi 20 novembre.\n\nAmélie", "Le lun. 9 nov. 2026", "--\n*Amélie Durand*", false},
		"gmailhtml":   {"Voir ci-dessous.\n\nLe 20 novembre.\n\nNon, pas du tout.", "Le lun. 9 nov. 2026 à 10:12, Vasseur a écrit :", "Durand SARL", false},
		"outlook":     {"Bonjour,\n\nNous ne sommes pas d’accord avec cette facture €.\n\nCordialement,\nPaul Durand", "________________________________\nDe : Plomberie", "Ce message et toutes", false},
		"outlookhtml": {"Le matériel est défectueux.", "De : Vasseur <contact@", "", false},
		"outlookweb":  {"Bien reçu, merci.", "________________________________\n\nFrom: Vasseur", "Obtenir Outlook pour Android", false},
		"apple":       {"C'est noté : je paie le 20.", "Le 9 nov. 2026", "Envoyé de mon iPhone", false},
		"thunderbird": {"Bonjour, nous vous réglerons cette facture par virement à la fin du mois de novembre.\n\nVoir ci-dessus.\nNon.", "Le 09/11/2026 à 10:12", "--\nPaul Durand", false},
		"orange":      {"Bonjour,\n\nJe vous règle les 120 € vendredi prochain.", "Message du 09/11/26", "", false},
		"unmarked":    {"Je conteste cette facture: le matériel n’a pas été livré.", "-----Message d'origine-----", "", false},
		"utf7":        {"Nous payons +AOA- la fin du mois. +ADw-script+AD4-", "", "", true},
	} {
		m := read(t, all[name])
		if m.Text != want.text {
			t.Errorf("%s: text %q, not %q", name, m.Text, want.text)
		}
		if !strings.HasPrefix(m.Quoted, want.quoted) || want.quoted == "" && m.Quoted != "" {
			t.Errorf("%s: quoted %q", name, m.Quoted)
		}
		if !strings.HasPrefix(m.Signature, want.signature) || want.signature == "" && m.Signature != "" {
			t.Errorf("%s: signature %q", name, m.Signature)
		}
		if m.Damaged != want.damaged || m.Kind != ledger.ReplyPerson {
			t.Errorf("%s: damaged %t, %s", name, m.Damaged, m.Kind)
		}
	}
}

func TestHead(t *testing.T) {
	m := read(t, samples(t)["gmail"])
	if m.ID != "CAF=abc@mail.gmail.com" || fmt.Sprint(m.InReplyTo) != "[42.c1@plomberie-vasseur.fr]" || len(m.References) != 2 {
		t.Errorf("%q, %q, %q", m.ID, m.InReplyTo, m.References)
	}
	if m.From != (Address{"Amélie Durand", "compta@durand.example"}) || m.To[0].Address != "contact@plomberie-vasseur.fr" {
		t.Errorf("%+v to %+v", m.From, m.To)
	}
	if m.Subject != "Re: Rappel : facture F-2026-0042 échue" || m.On != ledger.Day(2026, 11, 12) || m.At.Hour() != 0 {
		t.Errorf("%q on %v, %v", m.Subject, m.On, m.At)
	}
	for raw, want := range map[string]Head{
		"From: a@b.example\nFrom: other@b.example\nSubject: one\nSubject: two\n\n":              {From: Address{"", "a@b.example"}, Subject: "one"},
		"From: =?utf-8?Q?a=0D=0ABcc:_x@y.example?= <a@b.example>\n\n":                           {From: Address{"a Bcc: x@y.example", "a@b.example"}},
		"Subject: =?utf-8?Q?Facture=0D=0ABcc:_x?=\n\n":                                          {Subject: "Facture Bcc: x"},
		"Subject: a\u202eb\u200bc\n\n":                                                          {Subject: "abc"},
		"From: \"compta@client.example\" <evil@ailleurs.example>\n\n":                           {From: Address{"compta@client.example", "evil@ailleurs.example"}},
		"From: compta@client.example <evil@ailleurs.example>\n\n":                               {From: Address{"compta@client.example", "evil@ailleurs.example"}},
		"From: Dupont, Jean <jean@b.example>\n\n":                                               {From: Address{"Dupont, Jean", "jean@b.example"}},
		"In-Reply-To: Message of \"x\" <1@b.example> <2@b.example>\n\n":                         {InReplyTo: []string{"1@b.example", "2@b.example"}},
		"In-Reply-To: 1@b.example\n\n":                                                          {InReplyTo: []string{"1@b.example"}},
		"subject: =?x-unknown?Q?caf=E9?=\n\n":                                                   {Subject: "café"},
		"Subject: caf\xe9\n\n":                                                                  {Subject: "café"},
		"Subject: =?iso-8859-15?Q?120_=A4?=\n =?iso-8859-15?Q?_de_plus?=\n\n":                   {Subject: "120 € de plus"},
		"Precedence: auto_reply\nAuto-Submitted: auto-replied (vacation); x=y\n\n":              {Precedence: "auto_reply", AutoSubmitted: "auto-replied (vacation)"},
		"X-Failed-Recipients: a@b.example, c@d.example\nReturn-Path: < >\nX-Autoreply: yes\n\n": {Failed: []string{"a@b.example", "c@d.example"}, NoReturn: true, AutoReply: true},
		"Date: Mon, 32 Foo\n\n":                                                                 {},
	} {
		got := ReadHead([]byte(raw))
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%q: %+v, not %+v", raw, got, want)
		}
	}
}

func TestKinds(t *testing.T) {
	all := samples(t)
	for name, want := range map[string]ledger.ReplyKind{
		"postfix": ledger.ReplyBounce, "delayed": ledger.ReplyBounce, "exim": ledger.ReplyBounce, "free": ledger.ReplyBounce, "exchange": ledger.ReplyBounce,
		"vacation": ledger.ReplyAuto, "readreceipt": ledger.ReplyAuto,
		"forwarded": ledger.ReplyPerson, "gmail": ledger.ReplyPerson,
	} {
		if m := read(t, all[name]); m.Kind != want {
			t.Errorf("%s is %s", name, m.Kind)
		}
	}
	for raw, want := range map[string]ledger.ReplyKind{
		"From: a@b.example\nSubject: Absence du bureau\n\nx":                            ledger.ReplyAuto,
		"From: a@b.example\nSubject: Abwesenheitsnotiz: x\n\nx":                         ledger.ReplyAuto,
		"From: a@b.example\nAuto-Submitted: no\n\nx":                                    ledger.ReplyPerson,
		"From: a@b.example\nX-Autoreply: no\n\nx":                                       ledger.ReplyPerson,
		"From: postmaster@durand.example\nSubject: Re: Rappel\n\nNous payons vendredi.": ledger.ReplyPerson,
		"From: a@b.example\nReturn-Path: <>\nSubject: Re: Rappel\n\nBonjour":            ledger.ReplyPerson,
		"From: a@b.example\nSubject: Re: Undelivered Mail\n\nQue faire ?":               ledger.ReplyPerson,
	} {
		if m := read(t, raw); m.Kind != want {
			t.Errorf("%q is %s", raw, m.Kind)
		}
	}
	good := strings.NewReplacer("Action: failed", "Action: delivered", "5.1.1", "2.0.0").Replace(all["postfix"])
	if m := read(t, good); m.Kind != ledger.ReplyAuto || m.Bounces != nil {
		t.Errorf("a report of delivery is %s, %+v", m.Kind, m.Bounces)
	}
}

func TestBounces(t *testing.T) {
	all := samples(t)
	for name, want := range map[string]Bounce{
		"postfix":  {"compta@durand.example", Failed, "5.1.1", "550 5.1.1 <compta@durand.example>: Recipient address rejected: User unknown", "42.c1@plomberie-vasseur.fr"},
		"delayed":  {"andré@durand.example", Delayed, "4.4.1", "connect to mx: Connection timed out", "41.a7@plomberie-vasseur.fr"},
		"exim":     {"inconnu@durand.example", Failed, "5.7.1", "550 5.7.1 Relaying denied", "42.c1@plomberie-vasseur.fr"},
		"free":     {"marie@orange.example", Failed, "", "Remote host said: 552 mailbox full", "43.ff@plomberie-vasseur.fr"},
		"exchange": {"compta@durand.example", Failed, "5.4.1", "Échec de la remise pour ces destinataires. 550 5.4.1 Recipient address rejected: Access denied", "42.c1@plomberie-vasseur.fr"},
	} {
		if m := read(t, all[name]); len(m.Bounces) != 1 || m.Bounces[0] != want {
			t.Errorf("%s: %+v", name, m.Bounces)
		}
	}
}

func TestAttachments(t *testing.T) {
	raw := samples(t)["attached"]
	m := read(t, raw)
	want := []Attachment{{"Bon détaillé.pdf", "application/pdf", 9, false, false}, {"autoexec.bat", "application/octet-stream", 5, false, true}}
	if fmt.Sprint(m.Attachments) != fmt.Sprint(want) {
		t.Errorf("%+v", m.Attachments)
	}
	if data, err := File([]byte(raw), 0); err != nil || string(data) != "%PDF-1.4\n" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := File([]byte(raw), 2); ledger.CodeOf(err) != "reply_attachment" {
		t.Error(err)
	}
	if m := read(t, samples(t)["outlook"]); len(m.Attachments) != 1 || !m.Attachments[0].Inline {
		t.Errorf("%+v", m.Attachments)
	}
	for in, want := range map[string]string{
		"facture.pdf": "facture.pdf", "../../etc/passwd": "passwd", `C:\x\y.pdf`: "y.pdf", "facture\u202efdp.exe": "facturefdp.exe",
		"facture.pdf                    .exe": "facture.pdf .exe", "con.pdf": "_con.pdf", "LPT1": "_LPT1", "a\x00b\r\nc.pdf": "ab c.pdf", "": "file", "...": "file",
		"a<b>|c?.pdf": "a_b__c_.pdf", "x.pdf. ": "x.pdf", "facture.pdf\u200b": "facture.pdf", ".htaccess": "htaccess",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("%q is named %q, not %q", in, got, want)
		}
	}
	if got := CleanName(strings.Repeat("é", 300) + ".pdf"); len(got) > maxName || !strings.HasSuffix(got, "….pdf") {
		t.Errorf("%q", got)
	}
}

// TestHostile holds reading to its bounds.
func TestHostile(t *testing.T) {
	deep := "Content-Type: multipart/mixed; boundary=b0\n\n"
	for i := range 200 {
		deep += fmt.Sprintf("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	deep += "--b200\nContent-Type: text/plain\n\nfond\n"
	if m := read(t, deep); !m.Damaged {
		t.Error("200 parts within each other are whole")
	}
	for name, raw := range map[string]string{
		"lines":     strings.Repeat("X-Field: x\n", 50000) + "\ntext",
		"continued": "To: a@b.example,\n" + strings.Repeat(" a@b.example,\n", 50000) + "\ntext",
		"one line":  "Subject: " + strings.Repeat("x", MaxHeader) + "\n\ntext",
		"no end":    strings.Repeat("X-Field: x\n", 5000),
	} {
		if _, err := Read([]byte(raw)); ledger.CodeOf(err) != "reply_header" {
			t.Errorf("%s: %v", name, err)
		}
	}
	many := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 5000)
	if m := read(t, many); !m.Damaged {
		t.Error("5,000 parts are whole")
	}
	for raw, text := range map[string]string{
		"":                           "",
		"no header at all\nat all":   "no header at all\nat all",
		"Subject: x":                 "",
		"bad line\nSubject: x\n\nok": "bad line\nSubject: x\n\nok",
		"Content-Type: multipart/mixed\n\n--abcdef\nContent-Type: text/plain\n\nsans nom\n--abcdef--":               "sans nom",
		"Content-Type: multipart/mixed; boundary=zz\n\ntexte seul":                                                  "texte seul",
		"Content-Type: multipart/mixed; boundary=zz\n\n--zz\nContent-Type: text/plain\n\nsans fin":                  "sans fin",
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nQm9uam91*&cg":                "Bonjour",
		"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nd=C3=A9j=C3=A0=ZZ": "déjà=ZZ",
		"Content-Type: text/plain; charset=x-none\n\ncaf\xe9":                                                       "café",
		"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9":                                                        "café",
		"From: a@b.example\nFrom: c@d.example\n\nabc":                                                               "abc",
		"Content-Transfer-Encoding: x-uuencode\n\nabc":                                                              "abc",
	} {
		if m := read(t, raw); m.Text != text || !m.Damaged && raw != "Subject: x" {
			t.Errorf("%q: %q, damaged %t", raw, m.Text, m.Damaged)
		}
	}
	if m := read(t, "Subject: x\n\n"+strings.Repeat("a", 300000)); !m.Cut || len(m.Text) > maxKept+200 {
		t.Errorf("%d bytes, cut %t", len(m.Text), m.Cut)
	}
}

// TestTooBig refuses 100 MB without a copy of them.
func TestTooBig(t *testing.T) {
	raw := append([]byte("Subject: x\n\n"), bytes.Repeat([]byte("x"), 100<<20)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read(raw)
	runtime.ReadMemStats(&after)
	if ledger.CodeOf(err) != "reply_too_big" {
		t.Error(err)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("%d bytes were taken", n)
	}
}

func TestHTMLText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a<p>b":                                      "a\n\nb",
		"<ul><li>un<li>deux</ul>":                       "- un\n- deux",
		"<ol><li>un</li><li>deux</ol>x":                 "1. un\n2. deux\n\nx",
		"a<br>b<br><br><br>c":                           "a\nb\n\nc",
		"<p hidden>non<p>oui":                           "oui",
		"<script>x</script>a<!-- b --><style>c</style>": "a",
		"<table><tr><td>Facture</td><td>120 €</td></tr><tr><td>F-1<td>3</table>":          "Facture | 120 €\nF-1 | 3",
		`<a href="https://banque.example/x">Ma banque</a>`:                                "Ma banque (https://banque.example/x)",
		`<a href="https://exemple.fr/">exemple.fr</a>`:                                    "exemple.fr",
		`<a href="javascript:alert(1)">ici</a>`:                                           "ici",
		`<span style="display: NONE">x</span><span style="font-size:0px">y</span>z`:       "z",
		`<blockquote type="cite">cité<blockquote>deux</blockquote></blockquote>à moi`:     "> cité\n> \n> > deux\n> > \nà moi",
		`<blockquote style="margin:0 0 0 40px;border:none;padding:0">décalé</blockquote>`: "décalé",
		"<pre>a\n  b</pre>":           "a\n  b",
		"a&nbsp;b &lt;c&gt;":          "a b <c>",
		"<b>gras</b>es":               "grases",
		"<div>a</div></div></td>b":    "a\nb",
		"<svg><text>x</text></svg>y":  "y",
		"<td><blockquote>q</td>après": "> q\n> \naprès",
	} {
		if got := htmlText(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	if got := htmlText(strings.Repeat("<div>", 100000) + "fond"); got != "fond" {
		t.Errorf("%q", clip(got, 100))
	}
	if got := htmlText(strings.Repeat("<b a=1>", 50000) + strings.Repeat("<p>x", 20000)); len(got) < 20000 {
		t.Errorf("%d bytes", len(got))
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"a\u202eb\u2066c\u200dd\ufeffe":   "abcde",
		"a\r\nb\rc\u2028d\x00\x1b[31me":   "a\nb\nc\nd[31me",
		"e\u0301\u0301\u0301\u0301\u0301": "e\u0301\u0301\u0301",
		"a\U000e0041b\u00ad":              "ab",
		"عربي":                            "عربي",
	} {
		if got := Safe(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	long := strings.Repeat("mot ", 1000)
	for l := range strings.SplitSeq(Safe(long+strings.Repeat("x", 2000)), "\n") {
		if len(l) > foldAt {
			t.Errorf("a line of %d", len(l))
		}
	}
	if got := strings.ReplaceAll(Safe(long), "\n", " "); got != long {
		t.Error("folding changed words")
	}
}

// htmlText writes what HTML is reduced to: blocks, lists and tables as lines, quotations marked with "> ", links with their address where the
// text does not show it. What is not shown (scripts, styles, comments, hidden parts) is left out. Nothing is fetched.
func htmlText(s string) string {
	var b strings.Builder
	for _, r := range reduce(s) {
		for range min(r.depth, 20) {
			b.WriteString("> ")
		}
		b.WriteString(r.text)
		b.WriteByte('\n')
	}
	return strings.TrimSpace(Safe(b.String()))
}
