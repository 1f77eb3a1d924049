package oauth

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"

	"quitus/assets/words"
	"quitus/ledger"
)

// Patience is how long the owner may take in the browser.
const Patience = 5 * time.Minute

// Browser is where the owner logs in.
type Browser struct {
	Open    func(page string) error // shows a page
	Words   *words.Words            // of the page that tells the end
	Timeout time.Duration           // [Patience] where 0
}

// Login sends the owner to the provider's page, waits for the answer on a port of this computer that nobody else reaches, and gives the
// session. Only an answer with the secret that left with the question counts (state), and only this program can use it (PKCE, RFC 7636);
// other requests are ignored.
//
// Errors: mail_login_denied where the owner refused there; mail_login_timeout (fact minutes); mail_login_browser where no page could be
// shown; mail_login_port where no port could be had; mail_login_scope where the owner logged in without allowing mail; those of
// [Session.Access]; the end of the context.
func Login(ctx context.Context, o Options, b Browser) (s *Session, err error) {
	if b.Timeout <= 0 {
		b.Timeout = Patience
	}
	w, err := listen(o.Client.Auth, b.Words)
	if err != nil {
		return nil, ledger.Errorf("mail_login_port", "cause", err)
	}
	defer func() { w.close(err) }()
	config, verifier := o.config(w.redirect), oauth2.GenerateVerifier()
	ask := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("login_hint", o.Address)}
	if o.Client.Auth == ledger.AuthGoogle { // else Google gives a refresh token at the first login only
		ask = append(ask, oauth2.AccessTypeOffline, oauth2.SetAuthURLParam("prompt", "consent"))
	}
	if err := b.Open(config.AuthCodeURL(w.state, ask...)); err != nil {
		return nil, ledger.Errorf("mail_login_browser", "cause", err)
	}
	late := time.NewTimer(b.Timeout)
	defer late.Stop()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-late.C:
		return nil, ledger.Errorf("mail_login_timeout", "minutes", max(1, int(b.Timeout.Minutes())))
	case a := <-w.answers:
		return o.exchange(ctx, config, a, verifier)
	}
}

// exchange makes a session of the provider's answer.
func (o Options) exchange(ctx context.Context, config *oauth2.Config, a answer, verifier string) (*Session, error) {
	switch {
	case a.fault == "access_denied":
		return nil, ledger.Errorf("mail_login_denied", "name", o.Client.name())
	case a.code == "":
		return nil, ledger.Errorf("mail_login_failed", "name", o.Client.name(), "reason", cmp.Or(plain(a.fault), "no_code"))
	}
	step, cancel := o.step(ctx)
	defer cancel()
	t, err := config.Exchange(step, a.code, oauth2.VerifierOption(verifier))
	if err = o.fault(ctx, err); ledger.CodeOf(err) == "mail_login_again" { // there was none before
		err = ledger.Errorf("mail_login_failed", "name", o.Client.name(), "reason", "invalid_grant", "cause", errors.Unwrap(err))
	}
	if err != nil {
		return nil, err
	}
	// At Google the owner can log in and leave the box for mail unticked.
	if granted, _ := t.Extra("scope").(string); o.Client.Auth == ledger.AuthGoogle && granted != "" && !slices.Contains(strings.Fields(granted), config.Scopes[0]) {
		return nil, ledger.Errorf("mail_login_scope", "name", o.Client.name())
	}
	if t.RefreshToken == "" {
		return nil, ledger.Errorf("mail_login_failed", "name", o.Client.name(), "reason", "no_refresh_token")
	}
	s := &Session{o: o}
	s.take(ctx, t)
	return s, nil
}

// answer is what the provider sent the browser back with.
type answer struct{ code, fault string }

// waiter listens on this computer for the browser that comes back.
type waiter struct {
	state, redirect string
	hosts           []string
	words           *words.Words
	server          *http.Server
	used            atomic.Bool
	answers         chan answer
	over            chan struct{} // closed when the login ended, and err says how, for the page
	err             error
}

// listen opens a port. Google knows this computer as 127.0.0.1, Microsoft as localhost, which may be either address.
func listen(auth ledger.MailAuth, say *words.Words) (*waiter, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	w := &waiter{state: rand.Text(), words: say, answers: make(chan answer, 1), over: make(chan struct{})}
	w.hosts = []string{fmt.Sprintf("127.0.0.1:%d", port), fmt.Sprintf("localhost:%d", port)}
	w.redirect = "http://" + w.hosts[0]
	w.server = &http.Server{Handler: w, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10}
	go w.server.Serve(l)
	if auth == ledger.AuthMicrosoft {
		w.redirect = "http://" + w.hosts[1]
		if six, err := net.Listen("tcp", fmt.Sprintf("[::1]:%d", port)); err == nil { // where this computer has it
			go w.server.Serve(six)
		}
	}
	return w, nil
}

// close has the page sent, if the browser came, and ends the port.
func (w *waiter) close(err error) {
	if errors.Is(err, context.Canceled) {
		err = ledger.Errorf("mail_login_canceled")
	}
	w.err = err
	close(w.over)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if w.server.Shutdown(ctx) != nil {
		w.server.Close()
	}
}

// ServeHTTP takes the one request that knows the state.
func (w *waiter) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	known := subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(w.state)) == 1
	if r.Method != http.MethodGet || r.URL.Path != "/" || !slices.Contains(w.hosts, r.Host) || !known || !w.used.CompareAndSwap(false, true) {
		http.NotFound(out, r)
		return
	}
	w.answers <- answer{code: q.Get("code"), fault: q.Get("error")}
	select {
	case <-w.over:
	case <-r.Context().Done():
		return
	}
	title, text := w.words.T("mailsetup.login.done"), w.words.T("mailsetup.login.close")
	if w.err != nil {
		title, text = w.words.T("mailsetup.login.failed"), w.words.Error(w.err)
	}
	h := out.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Connection", "close")
	fmt.Fprintf(out, page, w.words.Lang(), html.EscapeString(title), html.EscapeString(title), html.EscapeString(text))
}

const page = `<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><title>%s</title>
<style>body{font:18px/1.5 sans-serif;max-width:34em;margin:4em auto;padding:0 1em;color:#222;background:#fff}@media(prefers-color-scheme:dark){body{color:#eee;background:#1c1c1e}}</style>
<h1>%s</h1><p>%s</p></html>
`
