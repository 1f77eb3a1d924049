package setup

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"quitus/assets/providers"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail"
)

func TestValidate(t *testing.T) {
	good := ledger.MailAccount{
		Address: "compta@vasseur.fr", Auth: ledger.AuthPassword,
		IMAP: ledger.MailServer{Host: "imap.vasseur.fr", Port: 993, Security: ledger.MailTLS}, SMTP: ledger.MailServer{Host: "127.0.0.1", Port: 1025, Security: ledger.MailStartTLS},
	}
	for name, c := range map[string]struct {
		change func(*ledger.MailAccount)
		want   string
	}{
		"good":          {func(a *ledger.MailAccount) {}, ""},
		"no IMAP":       {func(a *ledger.MailAccount) { a.IMAP = ledger.MailServer{} }, ""},
		"nothing":       {func(a *ledger.MailAccount) { *a = ledger.MailAccount{} }, "address field_required, auth mail_auth_unknown, smtp.host field_required, smtp.port mail_port_invalid, smtp.security mail_security_missing"},
		"address":       {func(a *ledger.MailAccount) { a.Address = "compta@vasseur" }, "address email_invalid"},
		"port 0":        {func(a *ledger.MailAccount) { a.IMAP.Port = 0 }, "imap.port mail_port_invalid"},
		"port 65536":    {func(a *ledger.MailAccount) { a.SMTP.Port = 65536 }, "smtp.port mail_port_invalid"},
		"ports at ends": {func(a *ledger.MailAccount) { a.SMTP.Port, a.IMAP.Port = 65535, 1 }, ""},
		"plain":         {func(a *ledger.MailAccount) { a.SMTP.Security = "none" }, "smtp.security mail_security_missing"},
		"host":          {func(a *ledger.MailAccount) { a.IMAP.Host = "https://imap.vasseur.fr" }, "imap.host mail_server_invalid"},
		"user":          {func(a *ledger.MailAccount) { a.User = "compta\r\nX" }, "user mail_user_invalid"},
		"rate":          {func(a *ledger.MailAccount) { a.PerMinute = -1 }, "per_minute mail_rate_invalid"},
	} {
		a := good
		c.change(&a)
		var got []string
		for _, e := range Validate(a) {
			got = append(got, e.Args["field"].(string)+" "+e.Code)
			for _, l := range words.Langs {
				if s := words.New(l).Error(e); strings.ContainsAny(s, "[{") {
					t.Errorf("%s: %q", name, s)
				}
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

// account is that of an address at a provider of the table.
func account(t *testing.T, address string) ledger.MailAccount {
	t.Helper()
	found, err := Find(t.Context(), address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return found[0].Account
}

func probe(err error) Probe {
	return func(context.Context, ledger.MailAccount, mail.Access) error { return err }
}

func TestCheckAdvises(t *testing.T) {
	refused := ledger.Errorf("mail_login_imap")
	notSent, plain, noWay := ledger.Errorf("mail_login_smtp"), ledger.Errorf("mail_no_tls"), ledger.Errorf("mail_login_unknown")
	down, away, unknown, certificate := ledger.Errorf("mail_unreachable"), ledger.Errorf("mail_timeout"), ledger.Errorf("mail_host_unknown"), ledger.Errorf("mail_certificate")
	own := account(t, "compta@vasseur.fr")
	change := func(a ledger.MailAccount, f func(*ledger.MailAccount)) ledger.MailAccount { f(&a); return a }
	for name, c := range map[string]struct {
		a          ledger.MailAccount
		imap, smtp error
		want       string
	}{
		"fine":            {own, nil, nil, ""},
		"password":        {own, refused, refused, "password"},
		"reading refused": {own, refused, nil, "imap_only"},
		"sending refused": {own, nil, notSent, "smtp_only"},
		"no TLS":          {change(account(t, "v@orange.fr"), func(a *ledger.MailAccount) { a.SMTP.Port, a.SMTP.Security = 587, ledger.MailStartTLS }), nil, plain, "usual_server"},
		"no TLS, unknown": {own, nil, plain, ""}, // the error says it all
		"no way":          {change(account(t, "v@hotmail.fr"), func(a *ledger.MailAccount) { a.Auth = ledger.AuthPassword }), nil, noWay, "oauth_only smtp_only"},
		"mistyped":        {change(account(t, "v@orange.fr"), func(a *ledger.MailAccount) { a.IMAP.Host, a.SMTP.Host = "imap.orang.fr", "smtp.orang.fr" }), unknown, unknown, "usual_server usual_server"},
		"Gmail":           {account(t, "v@gmail.com"), refused, refused, "app_password password"},
		"Gmail by Google": {change(account(t, "v@gmail.com"), func(a *ledger.MailAccount) { a.Auth = ledger.AuthGoogle }), refused, refused, "login_again"},
		"Outlook":         {change(account(t, "v@outlook.fr"), func(a *ledger.MailAccount) { a.Auth = ledger.AuthPassword }), refused, refused, "oauth_only password"},
		"by its servers":  {change(account(t, "v@outlook.fr"), func(a *ledger.MailAccount) { a.Auth, a.Address = ledger.AuthPassword, "v@vasseur.fr" }), refused, refused, "oauth_only password"},
		"GMX":             {account(t, "v@gmx.fr"), refused, nil, "switch_on imap_only"},
		"Free":            {change(account(t, "v@free.fr"), func(a *ledger.MailAccount) { a.User = "" }), refused, refused, "user_local password"},
		"Orange":          {change(account(t, "v@orange.fr"), func(a *ledger.MailAccount) { a.User = "v" }), refused, refused, "user_address password"},
		"Bridge":          {account(t, "v@proton.me"), refused, refused, "bridge_password password"},
		"Bridge is off":   {account(t, "v@proton.me"), down, down, "bridge_start"},
		"Bridge's own":    {account(t, "v@proton.me"), certificate, certificate, "bridge_certificate"},
		"certificate":     {own, certificate, certificate, ""}, // the error says it all
		"offline":         {own, down, away, "offline"},
		"offline, names":  {own, unknown, unknown, "offline"},
		"name":            {own, nil, unknown, "host_name"},
		"port":            {own, nil, down, "port_blocked"},
		"another port":    {change(account(t, "v@orange.fr"), func(a *ledger.MailAccount) { a.SMTP.Port = 25 }), nil, away, "usual_server"},
		"blocked at last": {account(t, "v@orange.fr"), nil, away, "port_blocked"},
		"no replies":      {change(own, func(a *ledger.MailAccount) { a.IMAP = ledger.MailServer{} }), down, nil, ""},
	} {
		r := Check(t.Context(), c.a, mail.Access{}, Probes{probe(c.imap), probe(c.smtp)})
		var codes []string
		for _, a := range r.Advice {
			codes = append(codes, a.Code)
			for _, l := range words.Langs {
				if s := a.Text(words.New(l)); strings.ContainsAny(s, "[{") {
					t.Errorf("%s: %q", name, s)
				}
			}
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if r.SMTP != c.smtp || r.OK() != (c.smtp == nil && (c.imap == nil || c.a.IMAP.Host == "")) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if s := (Advice{"port_blocked", []any{"port", port(1025), "host", "x"}}).Text(words.New(words.FR)); !strings.Contains(s, "le port 1025 de x") {
		t.Error(s)
	}
}

// Both sides are tried at once, and one that never ends does not keep the other's answer.
func TestCheckIsBounded(t *testing.T) {
	stuck := make(chan struct{})
	defer close(stuck)
	never := func(context.Context, ledger.MailAccount, mail.Access) error { <-stuck; return nil }
	a := account(t, "compta@vasseur.fr")
	r := Check(t.Context(), a, mail.Access{Timeout: 10 * time.Millisecond}, Probes{never, probe(nil)})
	if ledger.CodeOf(r.IMAP) != "mail_timeout" || r.SMTP != nil || len(r.Advice) == 0 {
		t.Errorf("%+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	r = Check(ctx, a, mail.Access{}, Probes{never, never})
	if !errors.Is(r.IMAP, context.Canceled) || !errors.Is(r.SMTP, context.Canceled) || len(r.Advice) > 0 {
		t.Errorf("%+v", r)
	}
	meet := make(chan struct{})
	one := func(context.Context, ledger.MailAccount, mail.Access) error { meet <- struct{}{}; return nil }
	two := func(context.Context, ledger.MailAccount, mail.Access) error { <-meet; return nil }
	if r = Check(t.Context(), a, mail.Access{Timeout: time.Second}, Probes{one, two}); !r.OK() {
		t.Errorf("one after the other: %+v", r)
	}
}

// Every provider has steps, in both languages alike; those that ask for something of their own have their own.
func TestHelp(t *testing.T) {
	fr, en := words.New(words.FR), words.New(words.EN)
	general := HelpFor(fr, "")
	for _, p := range providers.All() {
		h, e := HelpFor(fr, p.ID), HelpFor(en, p.ID)
		if len(h.Steps) == 0 || len(h.Steps) != len(e.Steps) || h.Name == "" {
			t.Errorf("%s: %d steps, in English %d", p.ID, len(h.Steps), len(e.Steps))
		}
		own := !slices.Equal(h.Steps, general.Steps)
		if !p.Has(providers.Password) && !own {
			t.Errorf("%s: no password of the mailbox's own, and no help of its own", p.ID)
		}
		if p.Has(providers.AppPassword) && p.Page == "" && p.ID != "fastmail" {
			t.Errorf("%s: where is the app password made?", p.ID)
		}
	}
	if len(general.Steps) != 3 || general.Page != "" {
		t.Errorf("%+v", general)
	}
}

// certificate makes one as Proton Mail Bridge does: for an address of this computer, vouched for by itself.
func certificate(t *testing.T, ip string) ([]byte, tls.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.ParseIP(ip)},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// With the exported certificate, and with no other, a connection to this computer is verified as any other is.
func TestTrust(t *testing.T) {
	for _, ip := range []string{"0.0.0.0", "127.0.0.1"} {
		file, pair := certificate(t, ip)
		other, _ := certificate(t, ip)
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				c.(*tls.Conn).Handshake()
				c.Close()
			}
		}()
		for trusted, want := range map[string]string{string(file): "", string(other): "mail_certificate"} {
			roots, host, err := Trust([]byte("autre chose\n" + trusted))
			if err != nil || host != ip {
				t.Fatalf("%s: %q %v", ip, host, err)
			}
			c, err := mail.Dial(t.Context(), ledger.MailServer{Host: host, Port: l.Addr().(*net.TCPAddr).Port, Security: ledger.MailTLS}, mail.Access{Roots: roots, Timeout: 5 * time.Second})
			if got := ledger.CodeOf(err); got != want {
				t.Errorf("%s: %v, want %q", ip, err, want)
			}
			if c != nil {
				c.Close()
			}
		}
	}
	elsewhere, _ := certificate(t, "192.0.2.1")
	for text, want := range map[string]string{"": "mail_trust_file", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n": "mail_trust_file", string(elsewhere): "mail_trust_elsewhere", strings.Repeat("x", mostPEM+1): "mail_trust_file"} {
		if _, _, err := Trust([]byte(text)); ledger.CodeOf(err) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}
