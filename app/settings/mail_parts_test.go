package settings

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

var access0 = mail.Access{}

func probe(err error) setup.Probe {
	return func(context.Context, ledger.MailAccount, mail.Access) error { return err }
}

func ovhLike(host string) ledger.MailServer {
	return ledger.MailServer{Host: host, Port: 993, Security: ledger.MailTLS}
}

func refusedCertificate(host string) error {
	return ledger.Errorf("mail_certificate", "host", host, "port", 993, "reason", ledger.Term("mail.certificate.expired"))
}

// bridgeCertificate is a file as Proton Mail Bridge exports it, with its private key in front.
func bridgeCertificate(t *testing.T) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
}

// keyring is a store that says that it keeps.
type keyring struct {
	secret.Store
	left error // of Delete
}

func (*keyring) State() secret.State { return secret.Kept }

func (k *keyring) Delete(ctx context.Context, key string) error {
	return errors.Join(k.Store.Delete(ctx, key), k.left)
}

// outside is what the section meets instead of the world.
type outside struct {
	store   secret.Store
	found   []setup.Found // instead of the table
	findErr error
	online  []bool // of each search
	report  setup.Report
	checked []string // what each test logged in with
	logins  int
	pages   []string
}

type token string

func (t token) Access(context.Context) (string, error) { return string(t), nil }

func (o *outside) tools() MailTools {
	return MailTools{
		Secrets: func() secret.Store { return o.store },
		Find: func(ctx context.Context, address string, options setup.Options) ([]setup.Found, error) {
			o.online = append(o.online, options.Online)
			if o.found != nil || o.findErr != nil {
				return o.found, o.findErr
			}
			return setup.Find(ctx, address, setup.Options{})
		},
		Check: func(_ context.Context, a ledger.MailAccount, secret string, token bool) setup.Report {
			o.checked = append(o.checked, secret)
			return o.report
		},
		Login: func(ctx context.Context, l oauth.Options) (MailSession, error) {
			o.logins++
			return token("access"), l.Save(ctx, "refresh-token")
		},
		Resume: func(_ oauth.Options, refresh string) MailSession { return token("access of " + refresh) },
		Browse: func(page string) error { o.pages = append(o.pages, page); return nil },
	}
}

func world() *outside { return &outside{store: &keyring{Store: secret.InMemory()}} }

// openMail opens the section E-mail.
func openMail(t *testing.T, b *screentest.Bench, o *outside, s shot.Setup) *shot.Screen {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 1080, 744
	}
	b.Secrets = func() secret.Store { return o.store }
	return shot.Open(t, s, func() fyne.CanvasObject {
		v := newView(b.Context, o.tools())
		v.Show(screen.Place{Screen: screen.Settings, Filter: string(MailSection)})
		return v.Object()
	})
}

func word(b *screentest.Bench, key string, facts ...any) string {
	return b.T("mailaccount."+key, facts...)
}

// find types an address and has its servers found.
func find(b *screentest.Bench, s *shot.Screen, address string) {
	s.Tap(word(b, "field.address"))
	s.Key(fyne.KeyEnd)
	for range 40 {
		s.Key(fyne.KeyBackspace)
	}
	s.Type(address)
	s.Tap(word(b, "find"))
	s.Settle()
}

func recorded(t *testing.T, b *screentest.Bench, o *outside, a ledger.MailAccount, password string) {
	t.Helper()
	if _, err := b.Desk.SaveMailAccount(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if password != "" {
		if err := o.store.Set(t.Context(), secret.Key(a), password); err != nil {
			t.Fatal(err)
		}
	}
}

func ovh() ledger.MailAccount {
	return ledger.MailAccount{Address: "compta@vasseur.fr", Auth: ledger.AuthPassword, IMAP: ledger.MailServer{Host: "ssl0.ovh.net", Port: 993, Security: ledger.MailTLS},
		SMTP: ledger.MailServer{Host: "ssl0.ovh.net", Port: 465, Security: ledger.MailTLS}}
}
