// Package mail is how e-mails leave and come back. This root holds what its parts share: who may log in, how a connection is made, and
// what can go wrong with it, told apart so that a person knows what to do.
//
//	compose/   a message's parts -> its bytes, the same for the same parts
//	send/      hands bytes to an SMTP server, and tells delivered, refused, to be tried again and unknown apart
//	box/       the owner's mailbox by IMAP: what is new, and copies of what was sent. It changes nothing else
//	reply/     a message that came: its words, what it answers, what it seems to say. Pure
//	setup/     an address -> its servers, what its provider asks for, and a test of both sides
//	secret/    passwords and refresh tokens in the operating system's keyring, else in memory only
//	oauth/     logging in at Google and Microsoft, in the owner's browser
//	mailtest/  real servers for tests
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strconv"
	"time"

	"quitus/ledger"
)

// Access is what a connection needs beside the server: who logs in, with what, and whom to trust.
type Access struct {
	User   string
	Secret string // password, app password or access token
	Token  bool   // Secret is an OAuth2 access token (XOAUTH2)
	// Roots are the authorities to trust; the operating system's where nil.
	Roots *x509.CertPool
	// Timeout bounds each step; [Timeout] where 0.
	Timeout time.Duration
}

// Timeout is how long a server may take to answer one step.
const Timeout = 60 * time.Second

// Step gives the time for one step.
func (a Access) Step() time.Duration {
	if a.Timeout > 0 {
		return a.Timeout
	}
	return Timeout
}

// TLS is the configuration for a host: TLS 1.2 at least, and a certificate that verifies.
func (a Access) TLS(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: a.Roots, MinVersion: tls.VersionTLS12}
}

// Dial connects to a server: secretly from the first byte, or in plain where STARTTLS follows. Errors are those of [Fault].
func Dial(ctx context.Context, s ledger.MailServer, a Access) (net.Conn, error) {
	address := net.JoinHostPort(s.Host, strconv.Itoa(s.Port))
	dialer := &net.Dialer{Timeout: a.Step()}
	if s.Security == ledger.MailStartTLS {
		c, err := dialer.DialContext(ctx, "tcp", address)
		return c, Fault(ctx, s, err)
	}
	ctx, cancel := context.WithTimeout(ctx, a.Step())
	defer cancel()
	c, err := (&tls.Dialer{NetDialer: dialer, Config: a.TLS(s.Host)}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, Fault(ctx, s, err)
	}
	return c, nil
}

// Fault says for people what went wrong with a connection; all have the facts host and port. Codes: mail_host_unknown, mail_unreachable,
// mail_timeout, mail_certificate (fact reason: a term mail.certificate.expired, .host, .authority or .other), mail_connection for what
// is none of these. Errors for people pass as they are, and so does the end of the context.
func Fault(ctx context.Context, s ledger.MailServer, err error) error {
	var known *ledger.Error
	var dns *net.DNSError
	var op *net.OpError
	var timeout net.Error
	host := []any{"host", s.Host, "port", s.Port}
	fault := func(code string, more ...any) error {
		return ledger.Errorf(code, append(append(host, more...), "cause", err)...)
	}
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case certificateReason(err) != "":
		return fault("mail_certificate", "reason", ledger.Term("mail.certificate."+certificateReason(err)))
	case errors.As(err, &dns) && dns.IsNotFound:
		return fault("mail_host_unknown")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault("mail_timeout")
	case errors.As(err, &op) && op.Op == "dial":
		return fault("mail_unreachable")
	}
	return fault("mail_connection")
}

// certificateReason says why a certificate was not taken; nothing where that is not the fault.
func certificateReason(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var other *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "expired"
	case errors.As(err, &host):
		return "host"
	case errors.As(err, &authority):
		return "authority"
	case errors.As(err, &invalid), errors.As(err, &other):
		return "other"
	}
	return ""
}
