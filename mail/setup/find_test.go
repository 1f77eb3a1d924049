package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"quitus/ledger"
)

// web answers for hosts of the Internet without a network, and remembers what was asked.
type web struct {
	mu    sync.Mutex
	asked []string
	pages map[string]string // address without its query -> text, or "-> address" for a redirect
	fail  error             // of every request that has no page
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r.URL.String())
	page, _, _ := strings.Cut(r.URL.String(), "?")
	text, ok := w.pages[page]
	res := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(text))}
	switch to, redirect := strings.CutPrefix(text, "-> "); {
	case redirect:
		res.StatusCode = http.StatusFound
		res.Header.Set("Location", to)
	case !ok && w.fail != nil:
		return nil, w.fail
	case !ok:
		res.StatusCode = http.StatusNotFound
	}
	return res, nil
}

// names is a resolver without a network.
type names struct {
	srv  map[string][]*net.SRV // "_imaps._tcp.example.fr"
	mx   []*net.MX
	fail error
}

func (n names) none(name string) error {
	if n.fail != nil {
		return n.fail
	}
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (n names) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	name = "_" + service + "._" + proto + "." + name
	if r := n.srv[name]; r != nil {
		return name, r, nil
	}
	return "", nil, n.none(name)
}

func (n names) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if n.mx != nil {
		return n.mx, nil
	}
	return nil, n.none(name)
}

func online(w *web, n names) Options {
	return Options{Online: true, HTTP: &http.Client{Transport: w}, Resolver: n}
}

// config is a configuration file with one server of each kind.
func config(imap, smtp string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><clientConfig version="1.1"><emailProvider id="x"><domain>x</domain>` + imap + smtp + `</emailProvider></clientConfig>`
}

func incoming(host string, port int, socket, user string) string {
	return fmt.Sprintf(`<incomingServer type="imap"><hostname>%s</hostname><port>%d</port><socketType>%s</socketType><username>%s</username><authentication>password-cleartext</authentication></incomingServer>`, host, port, socket, user)
}

func outgoing(host string, port int, socket, user string) string {
	return fmt.Sprintf(`<outgoingServer type="smtp"><hostname>%s</hostname><port>%d</port><socketType>%s</socketType><username>%s</username><authentication>password-cleartext</authentication></outgoingServer>`, host, port, socket, user)
}

// say writes what was found in one line, to be compared.
func say(all []Found) string {
	var lines []string
	for _, f := range all {
		a := f.Account
		s := fmt.Sprintf("%s %s %s %s %s:%d/%s %s:%d/%s", f.Source, f.Provider, a.Auth, a.Login(), a.IMAP.Host, a.IMAP.Port, a.IMAP.Security, a.SMTP.Host, a.SMTP.Port, a.SMTP.Security)
		if f.Confirm {
			s += " ?"
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

func TestFindInTheTableAsksNobody(t *testing.T) {
	for address, want := range map[string]string{
		"Anne.Vasseur@gmail.com":           "table gmail password Anne.Vasseur@gmail.com imap.gmail.com:993/tls smtp.gmail.com:465/tls",
		" compta@FREE.fr ":                 "table free password compta imap.free.fr:993/tls smtp.free.fr:465/tls",
		"v@hotmail.fr":                     "table outlook microsoft v@hotmail.fr outlook.office365.com:993/tls smtp-mail.outlook.com:587/starttls",
		"v@vasseur.onmicrosoft.com":        "table microsoft365 microsoft v@vasseur.onmicrosoft.com outlook.office365.com:993/tls smtp.office365.com:587/starttls",
		"v@proton.me":                      "table proton password v@proton.me 127.0.0.1:1143/starttls 127.0.0.1:1025/starttls",
		"\"compta v\"@wanadoo.fr":          "email_invalid",
		"compta@wanadoo":                   "email_invalid",
		"compta@[127.0.0.1]":               "email_invalid",
		"compta@127.0.0.1":                 "email_invalid",
		"compta":                           "email_invalid",
		"a@b.fr/../x?y=.fr":                "email_invalid",
		strings.Repeat("a", 260) + "@b.fr": "email_invalid",
	} {
		w := &web{}
		found, err := Find(t.Context(), address, online(w, names{fail: errors.New("asked")}))
		if got := say(found) + ledger.CodeOf(err); got != want {
			t.Errorf("%q:\n%s, want\n%s", address, got, want)
		}
		if len(w.asked) > 0 {
			t.Errorf("%q: asked %v", address, w.asked)
		}
	}
}

func TestFindAsksNobodyUnlessAllowed(t *testing.T) {
	w := &web{pages: map[string]string{"https://autoconfig.vasseur.fr/mail/config-v1.1.xml": config("", outgoing("mail.vasseur.fr", 465, "SSL", "%EMAILADDRESS%"))}}
	o := online(w, names{})
	o.Online = false
	found, err := Find(t.Context(), "compta@vasseur.fr", o)
	want := "guess  password compta@vasseur.fr imap.vasseur.fr:993/tls smtp.vasseur.fr:465/tls ?\nguess  password compta@vasseur.fr mail.vasseur.fr:993/tls mail.vasseur.fr:465/tls ?"
	if got := say(found); err != nil || got != want || len(w.asked) > 0 {
		t.Errorf("%s %v, asked %v; want %s", got, err, w.asked, want)
	}
	found, _ = Find(t.Context(), "compta@pt.lu", o) // known, but its servers could not be confirmed
	if want := "guess postlu password compta@pt.lu imap.pt.lu:993/tls smtp.pt.lu:465/tls ?"; !strings.HasPrefix(say(found), want) {
		t.Errorf("%s, want %s", say(found), want)
	}
}

func TestFindOnline(t *testing.T) {
	own, wellKnown, database := "https://autoconfig.vasseur.fr/mail/config-v1.1.xml", "https://vasseur.fr/.well-known/autoconfig/mail/config-v1.1.xml", "https://autoconfig.thunderbird.net/v1.1/vasseur.fr"
	both := config(incoming("IMAP.%EMAILDOMAIN%", 993, "SSL", "%EMAILLOCALPART%"), outgoing("smtp.vasseur.fr", 587, "STARTTLS", "%EMAILLOCALPART%"))
	secret := "autoconfig  password compta imap.vasseur.fr:993/tls smtp.vasseur.fr:587/starttls"
	guess := "guess  password compta@vasseur.fr imap.vasseur.fr:993/tls smtp.vasseur.fr:465/tls ?\nguess  password compta@vasseur.fr mail.vasseur.fr:993/tls mail.vasseur.fr:465/tls ?"
	for name, c := range map[string]struct {
		pages map[string]string
		names names
		want  string
	}{
		"own":            {pages: map[string]string{own: both}, want: secret},
		"well known":     {pages: map[string]string{wellKnown: both}, want: secret},
		"redirect":       {pages: map[string]string{own: "-> https://host.example/c.xml", "https://host.example/c.xml": both}, want: secret},
		"to plain http":  {pages: map[string]string{own: "-> http://host.example/c.xml", "http://host.example/c.xml": both}, want: guess},
		"round in rings": {pages: map[string]string{own: "-> " + own}, want: guess},
		"database":       {pages: map[string]string{database: both}, want: strings.Replace(secret, "autoconfig", "database", 1)},
		"sending only":   {pages: map[string]string{own: config("", outgoing("mail.vasseur.fr", 465, "SSL", "%EMAILADDRESS%"))}, want: "autoconfig  password compta@vasseur.fr :0/ mail.vasseur.fr:465/tls"},
		"plain is left out": {pages: map[string]string{own: config(incoming("imap.vasseur.fr", 143, "plain", "")+incoming("imap.vasseur.fr", 993, "SSL", ""), outgoing("smtp.vasseur.fr", 25, "plain", "")+outgoing("smtp.vasseur.fr", 465, "SSL", ""))},
			want: "autoconfig  password compta@vasseur.fr imap.vasseur.fr:993/tls smtp.vasseur.fr:465/tls"},
		"plain only":      {pages: map[string]string{own: config(incoming("imap.vasseur.fr", 143, "plain", ""), outgoing("smtp.vasseur.fr", 25, "plain", ""))}, want: guess},
		"reading only":    {pages: map[string]string{own: config(incoming("imap.vasseur.fr", 993, "SSL", ""), "")}, want: guess},
		"no XML":          {pages: map[string]string{own: "<html><p>Bienvenue"}, want: guess},
		"too long":        {pages: map[string]string{own: both + strings.Repeat(" ", mostBytes)}, want: guess},
		"entities":        {pages: map[string]string{own: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + strings.Replace(both, "smtp.vasseur.fr", "&b;", 1)}, want: guess},
		"deep":            {pages: map[string]string{own: `<clientConfig>` + strings.Repeat("<a>", 20_000)}, want: guess},
		"odd charset":     {pages: map[string]string{own: strings.Replace(both, "UTF-8", "UTF-7", 1)}, want: guess},
		"odd host":        {pages: map[string]string{own: config("", outgoing("smtp.vasseur.fr/@evil", 465, "SSL", ""))}, want: guess},
		"this computer":   {pages: map[string]string{own: config("", outgoing("127.0.0.1", 1025, "STARTTLS", ""))}, want: guess},
		"localhost":       {pages: map[string]string{own: config("", outgoing("localhost", 1025, "STARTTLS", ""))}, want: guess},
		"odd port":        {pages: map[string]string{own: config("", outgoing("smtp.vasseur.fr", 70000, "SSL", ""))}, want: guess},
		"OAuth2 only":     {pages: map[string]string{own: strings.ReplaceAll(both, "password-cleartext", "OAuth2")}, want: guess},
		"at Microsoft":    {pages: map[string]string{own: strings.ReplaceAll(config(incoming("outlook.office365.com", 993, "SSL", "%EMAILADDRESS%"), outgoing("smtp.office365.com", 587, "STARTTLS", "%EMAILADDRESS%")), "password-cleartext", "OAuth2")}, want: "autoconfig microsoft365 microsoft compta@vasseur.fr outlook.office365.com:993/tls smtp.office365.com:587/starttls"},
		"many servers":    {pages: map[string]string{own: config("", strings.Repeat(outgoing("s.vasseur.fr", 25, "plain", ""), mostServers)+outgoing("smtp.vasseur.fr", 465, "SSL", ""))}, want: guess},
		"exchanger":       {names: names{mx: []*net.MX{{Host: "mx1.mail.ovh.net.", Pref: 1}}}, want: "mx ovh password compta@vasseur.fr ssl0.ovh.net:993/tls ssl0.ovh.net:465/tls"},
		"exchanger, own":  {pages: map[string]string{own: both}, names: names{mx: []*net.MX{{Host: "mx1.mail.ovh.net."}}}, want: secret + "\nmx ovh password compta@vasseur.fr ssl0.ovh.net:993/tls ssl0.ovh.net:465/tls"},
		"other exchanger": {names: names{mx: []*net.MX{{Host: "mx.vasseur.fr."}}}, want: guess},
		"services": {names: names{srv: map[string][]*net.SRV{"_imaps._tcp.vasseur.fr": {{Target: "mx.vasseur.fr.", Port: 993}}, "_imap._tcp.vasseur.fr": {{Target: "mx.vasseur.fr.", Port: 143}}, "_submission._tcp.vasseur.fr": {{Target: "Mx.vasseur.fr.", Port: 587}}}},
			want: "srv  password compta@vasseur.fr mx.vasseur.fr:993/tls mx.vasseur.fr:587/starttls"},
		"services elsewhere": {names: names{srv: map[string][]*net.SRV{"_submissions._tcp.vasseur.fr": {{Target: "mx.evilvasseur.fr.", Port: 465}}}}, want: "srv  password compta@vasseur.fr :0/ mx.evilvasseur.fr:465/tls ?"},
		"no service":         {names: names{srv: map[string][]*net.SRV{"_submissions._tcp.vasseur.fr": {{Target: ".", Port: 0}}, "_imaps._tcp.vasseur.fr": {{Target: ".", Port: 0}}}}, want: guess},
		"nothing":            {want: guess},
	} {
		w := &web{pages: c.pages}
		found, err := Find(t.Context(), "compta@vasseur.fr", online(w, c.names))
		if got := say(found); err != nil || got != c.want {
			t.Errorf("%s: %v\n%s, want\n%s", name, err, got, c.want)
		}
		for _, u := range w.asked {
			if !strings.HasPrefix(u, "https://") || (strings.Contains(u, "thunderbird.net") && strings.Contains(u, "compta")) {
				t.Errorf("%s: asked %s", name, u)
			}
		}
	}
}

// Without a network the owner is told, and can go on by hand.
func TestFindWithoutNetwork(t *testing.T) {
	away := &net.DNSError{Err: "server misbehaving", IsTemporary: true}
	found, err := Find(t.Context(), "compta@vasseur.fr", online(&web{fail: away}, names{fail: away}))
	if ledger.CodeOf(err) != "mail_lookup_failed" || len(found) != 2 || !found[0].Confirm {
		t.Errorf("%v %v", say(found), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if found, err = Find(ctx, "compta@vasseur.fr", online(&web{}, names{})); !errors.Is(err, context.Canceled) || found != nil {
		t.Errorf("canceled: %v %v", say(found), err)
	}
}

// slow never answers, but minds the context.
type slow struct{}

func (slow) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestFindTakesNoLongerThanAllowed(t *testing.T) {
	o := Options{Online: true, HTTP: &http.Client{Transport: slow{}}, Timeout: 20 * time.Millisecond, Resolver: names{mx: []*net.MX{{Host: "mta-gw.infomaniak.ch"}}}}
	found, err := Find(t.Context(), "compta@vasseur.ch", o)
	if err != nil || len(found) != 1 || found[0].Provider != "infomaniak" {
		t.Errorf("%s %v", say(found), err)
	}
}

func FuzzConfiguration(f *testing.F) {
	f.Add([]byte(config(incoming("imap.x.fr", 993, "SSL", "%EMAILADDRESS%"), outgoing("smtp.x.fr", 465, "SSL", "a%EMAILLOCALPART%"))))
	f.Add([]byte(`<clientConfig><emailProvider>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		a := asked{local: "compta", domain: "vasseur.fr"}
		found, err := a.read(text, FromAutoconfig)
		if err != nil {
			return
		}
		if wrong := Validate(found.Account); len(wrong) > 0 {
			t.Errorf("%s: %v", say([]Found{found}), wrong)
		}
	})
}
