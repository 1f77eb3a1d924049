package setup

import (
	"context"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"

	"quitus/assets/providers"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail"
)

// Probe connects to one side of an account, logs in and out again. Its errors are those of [mail.Fault], and [Refusals] where the server
// did not let the owner in.
type Probe func(context.Context, ledger.MailAccount, mail.Access) error

// Probes are how the two sides are tried.
type Probes struct{ IMAP, SMTP Probe }

// Refusals are the codes of a login that was refused, by either server or by whom gives its tokens, or for which the server has no way
// that this program knows.
var Refusals = []string{"mail_login_imap", "mail_login_smtp", "mail_login_unknown", "mail_login_again"}

// Report is how a test ended.
type Report struct {
	IMAP, SMTP error // nil where the side works, or has no server
	Advice     []Advice
}

// OK says whether both sides work.
func (r Report) OK() bool { return r.IMAP == nil && r.SMTP == nil }

// Advice is something that the owner can do, by what failed and by whose servers they are.
type Advice struct {
	Code  string
	facts []any
}

// Text is the advice in words.
func (a Advice) Text(w *words.Words) string { return w.T("mailsetup.advice."+a.Code, a.facts...) }

// Check tries both sides of an account at once. Each may take three steps of the access's time, whether or not its probe minds the
// context; a side that takes longer fails with mail_timeout. A canceled context is the error of both sides, without advice.
func Check(ctx context.Context, a ledger.MailAccount, access mail.Access, p Probes) Report {
	var r Report
	var both sync.WaitGroup
	if a.IMAP.Host != "" {
		both.Go(func() { r.IMAP = bounded(ctx, p.IMAP, a, a.IMAP, access) })
	}
	both.Go(func() { r.SMTP = bounded(ctx, p.SMTP, a, a.SMTP, access) })
	both.Wait()
	if ctx.Err() == nil {
		r.Advice = advise(a, r)
	}
	return r
}

// bounded ends with the probe or with the time for it.
func bounded(ctx context.Context, p Probe, a ledger.MailAccount, s ledger.MailServer, access mail.Access) error {
	ctx, cancel := context.WithTimeout(ctx, 3*access.Step())
	defer cancel()
	end := make(chan error, 1)
	go func() { end <- p(ctx, a, access) }()
	select {
	case err := <-end:
		return mail.Fault(ctx, s, err)
	case <-ctx.Done():
		return mail.Fault(ctx, s, ctx.Err())
	}
}

// advise says what to do. What lies at the provider comes before what lies in the account, and that before the network.
func advise(a ledger.MailAccount, r Report) []Advice {
	p := provider(a)
	var all []Advice
	add := func(code string, facts ...any) {
		if !slices.ContainsFunc(all, func(b Advice) bool { return b.Code == code && slices.Equal(b.facts, facts) }) {
			all = append(all, Advice{code, facts})
		}
	}
	imap, smtp := ledger.CodeOf(r.IMAP), ledger.CodeOf(r.SMTP)
	refused := func(code string) bool { return slices.Contains(Refusals, code) }
	if refused(imap) || refused(smtp) {
		adviseLogin(a, p, refused(imap), refused(smtp), add)
	}
	for _, side := range []struct {
		code, other string
		server      ledger.MailServer
		send        bool
	}{{imap, smtp, a.IMAP, false}, {smtp, imap, a.SMTP, true}} {
		ip := net.ParseIP(side.server.Host)
		local := side.server.Host == "localhost" || (ip != nil && (ip.IsLoopback() || ip.IsUnspecified()))
		switch {
		case local && side.code == "mail_certificate":
			add("bridge_certificate")
		case local && side.code != "" && !refused(side.code):
			add("bridge_start")
		case side.code == "" || refused(side.code):
		case p != nil && usual(p, side.send).Host != "" && usual(p, side.send) != side.server:
			add("usual_server", "name", p.Name, "host", usual(p, side.send).Host, "port", port(usual(p, side.send).Port))
		case side.code == "mail_host_unknown" && side.other == "mail_host_unknown", unreachable(side.code) && unreachable(side.other):
			add("offline")
		case side.code == "mail_host_unknown":
			add("host_name", "host", side.server.Host)
		case unreachable(side.code):
			add("port_blocked", "port", port(side.server.Port), "host", side.server.Host)
		}
	}
	return all
}

// adviseLogin says what to do where the server did not let the owner in.
func adviseLogin(a ledger.MailAccount, p *providers.Provider, imap, smtp bool, add func(string, ...any)) {
	name := ""
	if p != nil {
		name = p.Name
	}
	password := a.Auth == ledger.AuthPassword
	switch {
	case !password:
		add("login_again")
	case p == nil:
	case !p.Has(providers.Password) && !p.Has(providers.AppPassword) && p.Has(providers.Microsoft):
		add("oauth_only", "name", name)
	case p.Has(providers.AppPassword):
		add("app_password", "name", name)
	case p.Has(providers.Bridge):
		add("bridge_password")
	}
	if p != nil && p.Switch && imap {
		add("switch_on", "name", name)
	}
	if at := strings.Contains(a.Login(), "@"); p != nil && at && p.User == "local" {
		local, _, _ := strings.Cut(a.Address, "@")
		add("user_local", "name", name, "user", local)
	} else if !at && (p == nil || p.User == "address") {
		add("user_address", "user", a.Address)
	}
	switch works := !(imap && smtp); {
	case password && works && imap:
		add("imap_only")
	case password && works && smtp:
		add("smtp_only")
	case password:
		add("password")
	}
}

// provider is the entry of the table that an account belongs to: by its servers, else by its address.
func provider(a ledger.MailAccount) *providers.Provider {
	for _, host := range []string{a.SMTP.Host, a.IMAP.Host} {
		if p := providers.OfServer(host); p != nil {
			return p
		}
	}
	if _, domain, err := split(a.Address); err == nil {
		return providers.OfDomain(domain)
	}
	return nil
}

// usual is the server of a provider for one side.
func usual(p *providers.Provider, send bool) ledger.MailServer {
	if send {
		return p.SMTP
	}
	return p.IMAP
}

func unreachable(code string) bool { return code == "mail_unreachable" || code == "mail_timeout" }

// port writes a port as it is typed: without a separator of thousands.
func port(n int) string { return strconv.Itoa(n) }
