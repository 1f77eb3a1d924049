package settings

import (
	"cmp"
	"context"
	"encoding/pem"
	"errors"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/providers"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/secret"
	"quitus/mail/setup"
)

// MailTools are the section's ways to the outside. None is called on the window's goroutine.
type MailTools struct {
	Secrets func() secret.Store // a keyring may wait for the owner
	Find    func(ctx context.Context, address string, o setup.Options) ([]setup.Found, error)
	Check   func(ctx context.Context, a ledger.MailAccount, secret string, token bool) setup.Report
	Login   func(ctx context.Context, o oauth.Options) (MailSession, error)
	Resume  func(o oauth.Options, refresh string) MailSession
	Browse  func(page string) error // shows a page in the owner's browser
}

// MailSession gives access tokens of a login at a provider.
type MailSession interface {
	Access(ctx context.Context) (string, error)
}

// mailDesk is what the section needs of the desk.
type mailDesk interface {
	State() *desk.State
	SaveMailAccount(ctx context.Context, a ledger.MailAccount) (ledger.Entry, error)
	ForgetMailAccount(ctx context.Context, s secret.Store) (ledger.Entry, error)
	LoginOptions(a ledger.MailAccount, s secret.Store) (oauth.Options, error)
}

// mailFields are the fields that are typed or chosen, by the names that [setup.Validate] gives them.
var mailFields = []string{"address", "name", "user", "client", "per_minute", "imap.host", "imap.port", "imap.security", "smtp.host", "smtp.port", "smtp.security"}

// MailKept says where the password is, and whether there is one.
type MailKept struct {
	State secret.State // empty until it was asked for
	Known bool         // the recorded mailbox's is there
}

// Mail is the mailbox as typed so far, what was found about it, and how its test ended. It belongs to the window's goroutine; its
// methods that give a function prepare work to be done elsewhere, of which the end is told by a Set method.
type Mail struct {
	// Online allows to ask others for the servers.
	Online bool
	// Sure is the owner's word that servers nobody vouches for are the provider's.
	Sure bool
	// Editing shows the settings of a mailbox that is recorded, Changing the field of its password only.
	Editing, Changing bool
	// Advanced shows all fields.
	Advanced bool
	// Kept says where the password is.
	Kept MailKept
	// Said is a sentence about the last search.
	Said string

	w     *words.Words
	desk  mailDesk
	tools MailTools

	saved   *ledger.MailAccount // nil where none is recorded
	base    ledger.MailAccount  // as the fields show what is recorded
	typed   map[string]string
	first   string // the address proposed
	auth    ledger.MailAuth
	trust   string
	byHand  bool
	found   []setup.Found
	pick    int
	secret  string             // as typed: never shown, told or written
	pending secret.Store       // holds the token of a login until it is saved
	asked   ledger.MailAccount // what that login is of
	session MailSession
	failed  string // why the last login did not come about
	test    *MailTest
	wrong   map[string]string // what the desk said of fields beyond [setup.Validate]
}

// MailTest is how a test of settings ended.
type MailTest struct {
	of     ledger.MailAccount
	secret string
	report setup.Report
}

// NewMail begins with the mailbox as recorded, or with the company's address.
func NewMail(w *words.Words, d mailDesk, t MailTools) *Mail {
	m := &Mail{w: w, desk: d, tools: t}
	m.Reset()
	return m
}

// Reset puts back what is recorded.
func (m *Mail) Reset() {
	book := m.desk.State().Book
	*m = Mail{w: m.w, desk: m.desk, tools: m.tools, Online: m.Online, Kept: m.Kept, saved: book.Mail(), typed: map[string]string{}, auth: ledger.AuthPassword}
	if m.saved == nil {
		m.first = book.Company().Email
		m.typed["address"] = m.first
		return
	}
	m.take(*m.saved)
	m.base = m.Now()
}

// take fills the fields with an account.
func (m *Mail) take(a ledger.MailAccount) {
	port := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	user := a.User
	if user == "" {
		user = a.Address
	}
	m.auth, m.trust = a.Auth, a.Trust
	for name, text := range map[string]string{
		"address": a.Address, "name": a.Name, "user": user, "client": a.Client, "per_minute": port(a.PerMinute),
		"imap.host": a.IMAP.Host, "imap.port": port(a.IMAP.Port), "imap.security": string(a.IMAP.Security),
		"smtp.host": a.SMTP.Host, "smtp.port": port(a.SMTP.Port), "smtp.security": string(a.SMTP.Security),
	} {
		m.typed[name] = text
	}
}

// Now is the account as typed. A figure that cannot be read is -1, which no rule allows.
func (m *Mail) Now() ledger.MailAccount {
	number := func(name string) int {
		if m.typed[name] == "" {
			return 0
		}
		n, err := strconv.Atoi(m.typed[name])
		if err != nil {
			return -1
		}
		return n
	}
	server := func(side string) ledger.MailServer {
		return ledger.MailServer{Host: m.typed[side+".host"], Port: number(side + ".port"), Security: ledger.MailSecurity(m.typed[side+".security"])}
	}
	a := ledger.MailAccount{Address: m.typed["address"], Name: m.typed["name"], User: m.typed["user"], Auth: m.auth, Trust: m.trust, PerMinute: number("per_minute"), SMTP: server("smtp")}
	if a.User == a.Address {
		a.User = ""
	}
	if a.Auth != ledger.AuthPassword {
		a.Client = m.typed["client"]
	}
	if m.typed["imap.host"] != "" {
		a.IMAP = server("imap")
	}
	return a
}

// Text gives what a field shows.
func (m *Mail) Text(name string) string { return m.typed[name] }

// Set takes what was typed or chosen over. Servers that were found belong to their address: another one is to be looked for anew.
func (m *Mail) Set(name, typed string) {
	if name != "client" {
		typed = strings.TrimSpace(typed)
	}
	before := m.typed["address"]
	m.typed[name] = typed
	delete(m.wrong, name)
	if name == "client" {
		m.session, m.failed = nil, "" // it is of another
	}
	if name != "address" || typed == before {
		return
	}
	if m.typed["user"] == before {
		m.typed["user"] = typed
	}
	m.session = nil
	m.found, m.Sure, m.Said = nil, false, ""
}

// SetSecret takes a password over.
func (m *Mail) SetSecret(typed string) {
	m.secret = typed
	delete(m.wrong, "secret")
}

// Typed is the password as typed, for its field alone.
func (m *Mail) Typed() string { return m.secret }

// Auth is how to log in.
func (m *Mail) Auth() ledger.MailAuth { return m.auth }

// SetAuth chooses how to log in.
func (m *Mail) SetAuth(a ledger.MailAuth) { m.auth, m.session, m.failed = a, nil, "" }

// SetTrust takes the certificate of a program on this computer, from the file that the owner chose, and reaches its servers where it
// holds. Of the file nothing but the certificate is kept. Errors are those of [setup.Trust].
func (m *Mail) SetTrust(file []byte) error {
	_, host, err := setup.Trust(file)
	if err != nil {
		return err
	}
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			m.trust = string(pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: block.Bytes}))
			break
		}
	}
	m.typed["smtp.host"] = host
	if m.typed["imap.host"] != "" {
		m.typed["imap.host"] = host
	}
	return nil
}

// DropTrust takes the certificate away.
func (m *Mail) DropTrust() { m.trust = "" }

// Trusted says whether there is such a certificate.
func (m *Mail) Trusted() bool { return m.trust != "" }

// ByHand shows the fields of the servers, to be typed.
func (m *Mail) ByHand() {
	m.byHand, m.Advanced, m.Said = true, true, ""
	for name, usual := range map[string]string{"imap.port": "993", "imap.security": string(ledger.MailTLS), "smtp.port": "465", "smtp.security": string(ledger.MailTLS)} {
		m.typed[name] = cmp.Or(m.typed[name], usual)
	}
	m.typed["user"] = cmp.Or(m.typed["user"], m.typed["address"])
}

// Recorded is the mailbox in the ledger, nil where there is none.
func (m *Mail) Recorded() *ledger.MailAccount { return m.saved }

// Ready says whether servers are there, so that the rest can be asked for.
func (m *Mail) Ready() bool { return m.saved != nil || m.byHand || len(m.found) > 0 }

// Changed says whether something is to be saved.
func (m *Mail) Changed() bool {
	if m.saved == nil {
		return m.Ready() || m.typed["address"] != m.first || m.secret != ""
	}
	return m.Editing || m.Changing || m.Now() != m.base || m.secret != "" || m.session != nil
}

// Problems are the sentences about fields, by name: those of the account, "secret", "client" and "sure".
func (m *Mail) Problems() map[string]string {
	a := m.Now()
	wrong := map[string]string{}
	for _, e := range setup.Validate(a) {
		field, _ := e.Args["field"].(string)
		wrong[field] = m.w.Error(e)
	}
	if a.Auth != ledger.AuthPassword {
		if _, err := oauth.ClientOf(a); err != nil {
			wrong["client"] = m.w.Error(err)
		}
	}
	if m.NeedsSecret() {
		wrong["secret"] = m.w.Error(ledger.Errorf("field_required"))
		if a.Auth != ledger.AuthPassword {
			wrong["secret"] = m.w.T("mailaccount.login_needed", "name", m.AuthName())
		}
	}
	if m.Doubtful() && !m.Sure {
		wrong["sure"] = m.w.T("mailaccount.confirm_first")
	}
	for name, text := range m.wrong {
		wrong[name] = text
	}
	return wrong
}

// Check gives the sentence about a field, or nothing.
func (m *Mail) Check(name string) string { return m.Problems()[name] }

// Wrong counts what has to be corrected before saving.
func (m *Mail) Wrong() int { return len(m.Problems()) }

// Words say so.
func (m *Mail) Words() string {
	if !m.Ready() {
		return m.w.T("mailaccount.facts.find")
	}
	return m.w.N("settings.wrong", m.Wrong())
}

// NeedsSecret says whether a password or a login is still to be given: that of the recorded mailbox need not be repeated.
func (m *Mail) NeedsSecret() bool {
	if m.auth != ledger.AuthPassword && m.session != nil || m.auth == ledger.AuthPassword && m.secret != "" {
		return false
	}
	return m.saved == nil || m.Changing || secret.Key(*m.saved) != secret.Key(m.Now())
}

// FieldWrong shows what the desk said of fields; it says whether it was about fields at all.
func (m *Mail) FieldWrong(err error) bool {
	var all desk.FieldErrors
	if one := (*ledger.Error)(nil); !errors.As(err, &all) && errors.As(err, &one) && one.Code == "mail_secret_invalid" {
		m.wrong = map[string]string{"secret": m.w.Error(one)}
		return true
	}
	m.wrong = map[string]string{}
	for _, e := range all {
		field, _ := e.Args["field"].(string)
		m.wrong[field] = m.w.Error(e)
	}
	return len(all) > 0
}

// provider is the entry of the table that the mailbox belongs to; nil where it is not known.
func (m *Mail) provider() *providers.Provider {
	if len(m.found) > 0 {
		if p := providers.Of(m.found[m.pick].Provider); p != nil {
			return p
		}
	}
	a := m.Now()
	if p := providers.OfServer(a.SMTP.Host); p != nil {
		return p
	}
	_, domain, _ := strings.Cut(a.Address, "@")
	return providers.OfDomain(strings.ToLower(domain))
}
