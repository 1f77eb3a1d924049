package settings

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"quitus/assets/providers"
	"quitus/ledger"
	"quitus/mail/oauth"
	"quitus/mail/setup"
)

// Finding prepares the search for the servers of the address.
func (m *Mail) Finding() func(context.Context) ([]setup.Found, error) {
	find, address, online := m.tools.Find, m.typed["address"], m.Online
	return func(ctx context.Context) ([]setup.Found, error) {
		return find(ctx, address, setup.Options{Online: online})
	}
}

// SetFound takes what the search found. What is wrong with the address is said at its field.
func (m *Mail) SetFound(found []setup.Found, err error) {
	m.Said = ""
	switch {
	case errors.Is(err, context.Canceled):
		m.Said = m.w.T("mailaccount.stopped")
		return
	case ledger.CodeOf(err) == "email_invalid" || errors.As(err, new(*ledger.Error)) && len(found) == 0:
		m.wrong = map[string]string{"address": m.w.Error(err)}
		return
	case err != nil:
		m.Said = m.w.Error(err)
	}
	if m.found = found; len(found) > 0 {
		m.Pick(0)
	}
}

// Pick takes one of the servers found. Name, pace and client stay as typed.
func (m *Mail) Pick(i int) {
	if i < 0 || i >= len(m.found) {
		return
	}
	name, pace, client := m.typed["name"], m.typed["per_minute"], m.typed["client"]
	m.pick, m.Sure, m.session = i, false, nil
	m.take(m.found[i].Account)
	m.typed["name"], m.typed["per_minute"], m.typed["client"] = name, pace, client
	m.Advanced = false
}

// Picked is which of the servers found was taken.
func (m *Mail) Picked() int { return m.pick }

// Proposals name the servers found, to choose among.
func (m *Mail) Proposals() []string {
	var out []string
	for _, f := range m.found {
		out = append(out, f.Account.SMTP.Host)
	}
	return out
}

// Doubtful says whether the servers are as found and nobody vouches for them.
func (m *Mail) Doubtful() bool {
	if len(m.found) == 0 {
		return false
	}
	f, a := m.found[m.pick], m.Now()
	return f.Confirm && f.Account.IMAP == a.IMAP && f.Account.SMTP == a.SMTP
}

// FoundTitle is over the servers found, Source says where they were.
func (m *Mail) FoundTitle() string {
	if m.found[m.pick].Source == setup.FromGuess {
		return m.w.T("mailaccount.guessed")
	}
	return m.w.T("mailaccount.found")
}

// Found says whether a search found servers.
func (m *Mail) Found() bool { return len(m.found) > 0 }

// Source says who told of the servers.
func (m *Mail) Source() string {
	f := m.found[m.pick]
	_, domain, _ := strings.Cut(f.Account.Address, "@")
	name := domain
	if p := providers.Of(f.Provider); p != nil {
		name = p.Name
	}
	text := m.w.T("mailaccount.source."+string(f.Source), "domain", domain, "name", name)
	if f.Source == setup.FromGuess && !m.Online {
		text += " " + m.w.T("mailaccount.try_online")
	}
	return text
}

// Servers words both servers.
func (m *Mail) Servers() []string {
	a := m.Now()
	var out []string
	for _, x := range []struct {
		side string
		s    ledger.MailServer
	}{{"imap", a.IMAP}, {"smtp", a.SMTP}} {
		if x.s.Host == "" {
			out = append(out, m.w.T("mailaccount.side.none"))
			continue
		}
		out = append(out, m.w.T("mailaccount.server", "side", m.w.T("mailaccount."+x.side), "host", x.s.Host, "port", m.typed[x.side+".port"],
			"security", m.w.T("mailaccount.security."+cmp.Or(string(x.s.Security), string(ledger.MailTLS)))))
	}
	return out
}

// Auths are the ways to log in that the mailbox has here: a provider's own only where there is a client for it, and the one in use.
func (m *Mail) Auths() []ledger.MailAuth {
	p, a := m.provider(), m.Now()
	var out []ledger.MailAuth
	for _, auth := range []ledger.MailAuth{ledger.AuthPassword, ledger.AuthGoogle, ledger.AuthMicrosoft} {
		has := p == nil
		switch auth {
		case ledger.AuthPassword:
			has = has || p.Has(providers.Password) || p.Has(providers.AppPassword) || p.Has(providers.Bridge)
		default:
			a.Auth, a.Client = auth, m.typed["client"]
			_, err := oauth.ClientOf(a)
			has = !has && p.Has(providers.Way(auth)) && err == nil
		}
		if has || auth == m.auth {
			out = append(out, auth)
		}
	}
	return out
}

// AuthName names the provider whose page one logs in at.
func (m *Mail) AuthName() string { return m.w.T("mailaccount.auth." + string(m.auth)) }

// NoClient says whether the way to log in lacks its client, with the sentence that says so.
func (m *Mail) NoClient() string {
	if m.auth == ledger.AuthPassword {
		return ""
	}
	if _, err := oauth.ClientOf(m.Now()); err != nil {
		return m.w.T("mailaccount.login_only", "name", m.AuthName())
	}
	return ""
}

// LoginWords say how far the login at the provider's page is, and whether that needs looking at.
func (m *Mail) LoginWords() (text string, wrong bool) {
	switch {
	case m.auth == ledger.AuthPassword:
		return "", false
	case m.NoClient() != "":
		return m.NoClient(), true
	case m.failed != "":
		return m.failed, true
	case m.session != nil:
		return m.w.T("mailaccount.logged_in", "name", m.AuthName()), false
	}
	return m.w.T("mailaccount.login_text", "name", m.AuthName()), false
}

// SecretLabel names the field of the password as the provider names it.
func (m *Mail) SecretLabel() string {
	p := m.provider()
	switch {
	case p != nil && p.Has(providers.AppPassword):
		return m.w.T("mailaccount.secret.app_password")
	case p != nil && p.Has(providers.Bridge):
		return m.w.T("mailaccount.secret.bridge")
	}
	return m.w.T("mailaccount.secret")
}

// Help is what is to be done at the provider.
func (m *Mail) Help() setup.Help {
	id := ""
	if p := m.provider(); p != nil {
		id = p.ID
	}
	return setup.HelpFor(m.w, id)
}

// Local says whether the mailbox is reached through a program on this computer, which has a certificate of its own.
func (m *Mail) Local() bool {
	p := m.provider()
	return m.trust != "" || p != nil && p.Has(providers.Bridge)
}
