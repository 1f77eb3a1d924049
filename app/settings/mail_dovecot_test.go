package settings

import (
	"crypto/tls"
	"encoding/pem"
	"strconv"
	"strings"
	"testing"

	"quitus/app/screentest"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/mailtest"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

// certificateOf gives a running server's certificate as a file, as Proton Mail Bridge exports its own.
func certificateOf(t *testing.T, s ledger.MailServer) []byte {
	t.Helper()
	c, err := tls.Dial("tcp", s.Host+":"+strconv.Itoa(s.Port), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.ConnectionState().PeerCertificates[0].Raw})
}

// dovecot is a mailbox of a real server as an owner types it.
func dovecot(t *testing.T, s *mailtest.Server) (*Mail, *screentest.Bench, secret.Store) {
	t.Helper()
	b, store := screentest.Empty(t, words.FR), secret.InMemory()
	tools := world().tools()
	tools.Secrets, tools.Check = func() secret.Store { return store }, b.Desk.CheckMail
	m := NewMail(b.Words, b.Desk, tools)
	m.Set("address", mailtest.Owner)
	m.ByHand()
	for side, server := range map[string]ledger.MailServer{"imap": s.IMAP, "smtp": s.SMTPStartTLS} {
		m.Set(side+".host", server.Host)
		m.Set(side+".port", strconv.Itoa(server.Port))
		m.Set(side+".security", string(server.Security))
	}
	m.SetSecret(mailtest.Password)
	return m, b, store
}

func tryOut(t *testing.T, m *Mail) (setup.Report, string) {
	t.Helper()
	if wrong := m.Problems(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	m.SetTest(m.Testing()(t.Context()))
	r, ok := m.Test()
	if !ok {
		t.Fatal("not tested")
	}
	sides, todo := m.Sides()
	text := ""
	for _, x := range sides {
		text += x.Text + "\n"
	}
	return r, text + strings.Join(todo, "\n")
}

func TestDovecotMailIsSetUp(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	m, b, store := dovecot(t, server)

	r, text := tryOut(t, m)
	if ledger.CodeOf(r.IMAP) != "mail_certificate" || ledger.CodeOf(r.SMTP) != "mail_certificate" || !strings.Contains(text, "autorité reconnue") {
		t.Errorf("a certificate that nobody vouches for: %v, %v\n%s", r.IMAP, r.SMTP, text)
	}
	if err := m.SetTrust(certificateOf(t, server.IMAP)); err != nil {
		t.Fatal(err)
	}
	if r, text = tryOut(t, m); !r.OK() || strings.Count(text, "fonctionne") != 2 {
		t.Fatalf("%v, %v\n%s", r.IMAP, r.SMTP, text)
	}

	m.SetSecret("Sésame, ferme-toi")
	r, text = tryOut(t, m)
	if ledger.CodeOf(r.IMAP) != "mail_login_imap" || ledger.CodeOf(r.SMTP) != "mail_login_smtp" || strings.Count(text, "refuse le nom d’utilisateur ou le mot de passe") != 2 || strings.Contains(text, "ferme-toi") {
		t.Errorf("a wrong password: %v, %v\n%s", r.IMAP, r.SMTP, text)
	}

	m.SetSecret(mailtest.Password)
	m.Set("smtp.port", "1")
	r, text = tryOut(t, m)
	if r.IMAP != nil || ledger.CodeOf(r.SMTP) != "mail_unreachable" || !strings.Contains(text, "ne répond pas sur le port 1") {
		t.Errorf("one side: %v, %v\n%s", r.IMAP, r.SMTP, text)
	}

	// What is saved is what both sides are reached with.
	m.Set("smtp.port", strconv.Itoa(server.SMTPStartTLS.Port))
	if _, err := m.Saving()(t.Context()); err != nil {
		t.Fatal(err)
	}
	box, err := b.Desk.MailWay(store, "").Mailbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	box.Close()
}

func TestDovecotMailCertificateExpired(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{Certificate: mailtest.Expired})
	m, _, _ := dovecot(t, server)
	if err := m.SetTrust(certificateOf(t, server.IMAP)); err != nil {
		t.Fatal(err)
	}
	r, text := tryOut(t, m)
	if ledger.CodeOf(r.IMAP) != "mail_certificate" || ledger.CodeOf(r.SMTP) != "mail_certificate" || strings.Count(text, "il a expiré") != 2 {
		t.Errorf("%v, %v\n%s", r.IMAP, r.SMTP, text)
	}
}
