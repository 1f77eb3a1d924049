package setup

import (
	"context"
	"errors"
	"net"
	"strings"

	"quitus/assets/providers"
	"quitus/ledger"
)

// mostAnswers is how many answers of a name server are looked at.
const mostAnswers = 10

// exchanger recognises a provider of the table by the servers that take the domain's mail.
func (a *asked) exchanger(ctx context.Context) (Found, error) {
	mx, err := a.Resolver.LookupMX(ctx, a.domain)
	if err != nil && len(mx) == 0 {
		return Found{}, unknown(err)
	}
	for _, m := range mx[:min(len(mx), mostAnswers)] {
		if p := providers.OfExchanger(m.Host); p != nil && p.SMTP.Host != "" {
			return a.known(p, FromExchanger), nil
		}
	}
	return Found{}, errNothing
}

// services reads the domain's service records (RFC 6186, and RFC 8314 for submissions). What is secret from the first byte goes first.
func (a *asked) services(ctx context.Context) (Found, error) {
	smtp, err := a.service(ctx, "submissions", "submission")
	if err != nil {
		return Found{}, err
	}
	imap, err := a.service(ctx, "imaps", "imap")
	if err != nil && !errors.Is(err, errNothing) {
		return Found{}, err
	}
	f := Found{Source: FromServices, Ways: []providers.Way{providers.Password}}
	f.Account = ledger.MailAccount{Address: a.address(), Auth: ledger.AuthPassword, IMAP: imap, SMTP: smtp}
	return a.recognised(f, false), nil
}

// service gives the server of the first of two services that the domain has: one with TLS, one with STARTTLS.
func (a *asked) service(ctx context.Context, tls, startTLS string) (ledger.MailServer, error) {
	for _, s := range []struct {
		name     string
		security ledger.MailSecurity
	}{{tls, ledger.MailTLS}, {startTLS, ledger.MailStartTLS}} {
		_, records, err := a.Resolver.LookupSRV(ctx, s.name, "tcp", a.domain)
		if err != nil && len(records) == 0 {
			if err = unknown(err); !errors.Is(err, errNothing) {
				return ledger.MailServer{}, err
			}
		}
		for _, r := range records[:min(len(records), mostAnswers)] {
			host := strings.ToLower(strings.TrimSuffix(r.Target, ".")) // a lone dot: the domain does not have the service
			if publicHost(host) && r.Port > 0 {
				return ledger.MailServer{Host: host, Port: int(r.Port), Security: s.security}, nil
			}
		}
	}
	return ledger.MailServer{}, errNothing
}

// unknown tells a name server's "there is none" apart from no answer.
func unknown(err error) error {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		return errNothing
	}
	return err
}
