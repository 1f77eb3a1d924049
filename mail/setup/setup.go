// Package setup finds the servers of an e-mail address, says what its provider asks for, and tests an account before it is used.
//
// The table of providers (assets/providers) is asked first, and needs no network. Only when the owner allows it are others asked, and
// they learn something: the address's own domain (by HTTPS) the address, Mozilla's database and the name servers its domain. No password
// has a part in any of this: servers are never found by trying.
package setup

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"

	"quitus/assets/providers"
	"quitus/ledger"
)

// Source is where servers were found.
type Source string

// Sources, the surest first.
const (
	FromTable      Source = "table"      // the program's own table knows the domain
	FromAutoconfig Source = "autoconfig" // the domain says so itself
	FromExchanger  Source = "mx"         // the domain's mail is kept by a provider of the table
	FromDatabase   Source = "database"   // Mozilla's database knows the domain
	FromServices   Source = "srv"        // the domain's name servers say so (RFC 6186)
	FromGuess      Source = "guess"      // usual names, found nowhere
)

// Found is a way to set up an address.
type Found struct {
	Source   Source
	Provider string             // its name in the table of providers; empty where that does not know it
	Account  ledger.MailAccount // address, user, way to log in and servers
	Ways     []providers.Way    // to log in, the easiest first
	// Confirm is set where nobody vouches for the servers: usual names, and servers outside of the address's domain that only name
	// servers told of. The owner confirms them before a password goes there.
	Confirm bool
}

// Resolver looks names up; a [net.Resolver] does.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// Options say whom [Find] may ask.
type Options struct {
	// Online allows to ask others than the program's own table, who learn the domain of the address (its own web server the address).
	Online   bool
	HTTP     *http.Client  // the usual one where nil; it follows redirects to https only
	Resolver Resolver      // the operating system's where nil
	Timeout  time.Duration // of all that is asked, together; [Patience] where 0
}

// Patience is how long others may take to answer.
const Patience = 15 * time.Second

// Find gives ways to set up an address, the surest first. Where none is known it gives usual names, to be looked at by the owner.
//
// Errors: email_invalid; mail_lookup_failed where others were to be asked and none could be (usual names are given all the same);
// the end of the context.
func Find(ctx context.Context, address string, o Options) ([]Found, error) {
	local, domain, err := split(address)
	if err != nil {
		return nil, err
	}
	a := asked{local: local, domain: domain, Options: o}
	p := providers.OfDomain(domain)
	if p != nil && p.SMTP.Host != "" {
		return []Found{a.known(p, FromTable)}, nil
	}
	var all []Found
	var failed error
	if o.Online {
		all, failed = a.online(ctx)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	return a.guesses(p), failed
}

// asked is one address that is being looked for.
type asked struct {
	local, domain string
	Options
}

func (a *asked) address() string { return a.local + "@" + a.domain }

// split parts an address, its domain in the form that name servers know.
func split(address string) (local, domain string, err error) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at < 1 || len(address) > 254 || !ledger.ValidEmail(address) {
		return "", "", ledger.Errorf("email_invalid", "value", address)
	}
	domain, err = idna.Lookup.ToASCII(address[at+1:])
	if domain = strings.ToLower(domain); err != nil || !publicHost(domain) {
		return "", "", ledger.Errorf("email_invalid", "value", address)
	}
	return address[:at], domain, nil
}

// known is what the table says, for this address.
func (a *asked) known(p *providers.Provider, from Source) Found {
	f := Found{Source: from, Provider: p.ID, Ways: p.Ways, Account: ledger.MailAccount{Address: a.address(), Auth: ledger.AuthPassword, IMAP: p.IMAP, SMTP: p.SMTP}}
	if p.User == "local" {
		f.Account.User = a.local
	}
	switch p.Ways[0] {
	case providers.Google:
		f.Account.Auth = ledger.AuthGoogle
	case providers.Microsoft:
		f.Account.Auth = ledger.AuthMicrosoft
	}
	return f
}

// guesses are names that many providers use. p is what the table knows of the domain, if anything.
func (a *asked) guesses(p *providers.Provider) []Found {
	var all []Found
	for _, n := range []struct{ imap, smtp string }{{"imap.", "smtp."}, {"mail.", "mail."}} {
		f := Found{Source: FromGuess, Confirm: true, Ways: []providers.Way{providers.Password}, Account: ledger.MailAccount{
			Address: a.address(), Auth: ledger.AuthPassword,
			IMAP: ledger.MailServer{Host: n.imap + a.domain, Port: 993, Security: ledger.MailTLS},
			SMTP: ledger.MailServer{Host: n.smtp + a.domain, Port: 465, Security: ledger.MailTLS},
		}}
		if p != nil {
			f.Provider, f.Ways = p.ID, p.Ways
		}
		all = append(all, f)
	}
	return all
}

// online asks everybody at once, and gives the answers in order of trust. The error is mail_lookup_failed where nobody answered.
func (a *asked) online(ctx context.Context) ([]Found, error) {
	if a.Timeout <= 0 {
		a.Timeout = Patience
	}
	if a.Resolver == nil {
		a.Resolver = net.DefaultResolver
	}
	ctx, cancel := context.WithTimeout(ctx, a.Timeout)
	defer cancel()
	ask := []func(context.Context) (Found, error){a.autoconfig, a.exchanger, a.database, a.services}
	found, errs := make([]Found, len(ask)), make([]error, len(ask))
	var all sync.WaitGroup
	for i, f := range ask {
		all.Go(func() { found[i], errs[i] = f(ctx) })
	}
	all.Wait()
	var out []Found
	answered := false
	for i, f := range found {
		if errs[i] == nil || errors.Is(errs[i], errNothing) {
			answered = true
		}
		same := func(g Found) bool { return g.Account == f.Account }
		if errs[i] == nil && !slices.ContainsFunc(out, same) {
			out = append(out, f)
		}
	}
	if !answered {
		return nil, ledger.Errorf("mail_lookup_failed", "domain", a.domain, "cause", errors.Join(errs...))
	}
	return out, nil
}

// errNothing is the answer of somebody who knows nothing of the domain.
var errNothing = errors.New("nothing known")

// recognised gives servers that were found elsewhere, with what the table knows of whose they are. What only name servers told of is to
// be confirmed where it lies outside of the address's domain; a provider of the table needs no such doubt.
func (a *asked) recognised(f Found, surely bool) Found {
	if p := providers.OfServer(f.Account.SMTP.Host); p != nil {
		k := a.known(p, f.Source)
		k.Account.IMAP, k.Account.SMTP = f.Account.IMAP, f.Account.SMTP
		if f.Account.User != "" {
			k.Account.User = f.Account.User
		}
		return k
	}
	for _, s := range []ledger.MailServer{f.Account.IMAP, f.Account.SMTP} {
		if !surely && s.Host != "" && s.Host != a.domain && !strings.HasSuffix(s.Host, "."+a.domain) {
			f.Confirm = true
		}
	}
	return f
}

// publicHost says whether a text that came from others can name a server on the Internet: a name, and none of this computer.
func publicHost(s string) bool {
	return validHost(s) && net.ParseIP(s) == nil && strings.Contains(s, ".") && !strings.HasSuffix(s, ".localhost")
}

// validHost says whether a text has the shape of a server's name or of an address of the Internet.
func validHost(s string) bool {
	if net.ParseIP(s) != nil {
		return true
	}
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
				return false
			}
		}
	}
	return true
}
