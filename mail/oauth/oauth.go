// Package oauth logs in at Google and Microsoft: once in the owner's browser, then with the token that this gave. The program never sees
// a password. Access tokens are in memory only; the refresh token, which is worth a password, goes where the caller keeps secrets.
//
// The program is known to the provider by a client ID: the owner's own, in the account, or one that the program was built with.
package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/endpoints"

	"quitus/ledger"
)

// The clients that the program was built with, by -ldflags "-X quitus/mail/oauth.GoogleClient=…"; usually none. Form as in
// [ledger.MailAccount].Client.
var GoogleClient, MicrosoftClient string

// Client is how a provider knows this program.
type Client struct {
	Auth ledger.MailAuth // AuthGoogle or AuthMicrosoft
	ID   string
	// Secret is what Google gives with the ID of a desktop program and asks for; it keeps nothing secret, as Google says itself
	// (https://developers.google.com/identity/protocols/oauth2#installed). Microsoft has none for such programs.
	Secret string
}

// ClientOf gives the client for an account: its own, written as the ID, followed for Google by a space and the client secret; else the
// one that the program was built with. Error mail_login_no_client (fact name) where there is none.
func ClientOf(a ledger.MailAccount) (Client, error) {
	built := map[ledger.MailAuth]string{ledger.AuthGoogle: GoogleClient, ledger.AuthMicrosoft: MicrosoftClient}
	text, ok := built[a.Auth]
	if own := strings.TrimSpace(a.Client); own != "" {
		text = own
	}
	parts := strings.Fields(text)
	if !ok || len(parts) == 0 || len(parts) > 2 {
		return Client{}, ledger.Errorf("mail_login_no_client", "name", Client{Auth: a.Auth}.name())
	}
	return Client{Auth: a.Auth, ID: parts[0], Secret: strings.Join(parts[1:], "")}, nil
}

func (c Client) name() string {
	if c.Auth == ledger.AuthGoogle {
		return "Google"
	}
	return "Microsoft"
}

// scopes are what the owner is asked to allow. Microsoft's are those of
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth.
func (c Client) scopes() []string {
	if c.Auth == ledger.AuthGoogle {
		return []string{"https://mail.google.com/"}
	}
	return []string{"offline_access", "https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"}
}

// Options are what a login and all that follows from it need.
type Options struct {
	Client  Client
	Address string                              // of the mailbox; shown in the browser, and in errors
	Now     func() time.Time                    // the program's clock
	Save    func(context.Context, string) error // keeps the refresh token for the next start; providers renew it at any time
	HTTP    *http.Client                        // the usual one where nil
	// Endpoint is the provider's where it is empty.
	Endpoint oauth2.Endpoint
}

// config is what the library needs.
func (o Options) config(redirect string) *oauth2.Config {
	e := o.Endpoint
	if e.TokenURL == "" && o.Client.Auth == ledger.AuthGoogle {
		e = endpoints.Google
	} else if e.TokenURL == "" {
		e = endpoints.AzureAD("common")
	}
	e.AuthStyle = oauth2.AuthStyleInParams
	return &oauth2.Config{ClientID: o.Client.ID, ClientSecret: o.Client.Secret, Endpoint: e, RedirectURL: redirect, Scopes: o.Client.scopes()}
}

// step bounds one request, which goes to the provider and nowhere else: a redirect would take the secrets along.
func (o Options) step(ctx context.Context) (context.Context, context.CancelFunc) {
	c := http.Client{}
	if o.HTTP != nil {
		c = *o.HTTP
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return context.WithTimeout(context.WithValue(ctx, oauth2.HTTPClient, &c), 30*time.Second)
}

// Session is a login that holds. Any goroutine may use it.
type Session struct {
	o Options

	mu      sync.Mutex
	access  string
	until   time.Time
	refresh string
	unsaved error
}

// Resume goes on with the refresh token that an earlier login gave.
func Resume(o Options, refresh string) *Session { return &Session{o: o, refresh: refresh} }

// early is how long before its end an access token counts as ended.
const early = 2 * time.Minute

// Access gives an access token that holds for some minutes, a new one where need be. Where the provider renewed the refresh token with it,
// that is saved; see [Session.Unsaved].
//
// Errors: mail_login_again (fact address) where the provider does not take the login any more; mail_login_unreachable (fact name);
// mail_login_failed (facts name, reason); the end of the context.
func (s *Session) Access(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unsaved != nil {
		s.unsaved = s.o.Save(ctx, s.refresh)
	}
	if s.access != "" && s.o.Now().Before(s.until) {
		return s.access, nil
	}
	if s.refresh == "" {
		return "", ledger.Errorf("mail_login_again", "address", s.o.Address)
	}
	step, cancel := s.o.step(ctx)
	defer cancel()
	t, err := s.o.config("").TokenSource(step, &oauth2.Token{RefreshToken: s.refresh}).Token()
	if err != nil {
		return "", s.o.fault(ctx, err)
	}
	s.take(ctx, t)
	return s.access, nil
}

// Drop forgets the access token, when a server refused it before its time. The next [Session.Access] gets another.
func (s *Session) Drop() {
	s.mu.Lock()
	s.access = ""
	s.mu.Unlock()
}

// Unsaved says why the refresh token could not be kept; nil where it was. The session goes on all the same, until the program ends, and
// tries again.
func (s *Session) Unsaved() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unsaved
}

// take keeps what the provider gave. Time is counted by the program's own clock.
func (s *Session) take(ctx context.Context, t *oauth2.Token) {
	holds := time.Duration(t.ExpiresIn) * time.Second
	if holds <= 0 || holds > 24*time.Hour {
		holds = 10 * time.Minute // not said, or not to be believed
	}
	s.access, s.until = t.AccessToken, s.o.Now().Add(holds-min(early, holds/2))
	if t.RefreshToken != "" && t.RefreshToken != s.refresh {
		s.refresh = t.RefreshToken
		s.unsaved = s.o.Save(ctx, s.refresh)
	}
}

// fault says for people what a provider answered. Its text is not repeated: it may name what is nobody's business.
func (o Options) fault(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	var answer *oauth2.RetrieveError
	var web *url.Error
	switch {
	case errors.As(err, &answer):
		status := 0
		if answer.Response != nil {
			status = answer.Response.StatusCode
		}
		cause := fmt.Errorf("status %d, %q", status, plain(answer.ErrorCode))
		if slices.Contains([]string{"invalid_grant", "interaction_required", "consent_required", "login_required"}, answer.ErrorCode) {
			return ledger.Errorf("mail_login_again", "address", o.Address, "cause", cause)
		}
		if answer.ErrorCode == "" || answer.ErrorCode == "temporarily_unavailable" || status >= 500 {
			return ledger.Errorf("mail_login_unreachable", "name", o.Client.name(), "cause", cause)
		}
		return ledger.Errorf("mail_login_failed", "name", o.Client.name(), "reason", plain(answer.ErrorCode), "cause", cause)
	case errors.As(err, &web), errors.Is(err, context.DeadlineExceeded):
		return ledger.Errorf("mail_login_unreachable", "name", o.Client.name(), "cause", err)
	}
	return ledger.Errorf("mail_login_failed", "name", o.Client.name(), "reason", "invalid_response")
}

// plain keeps of a code from outside what codes are made of.
func plain(code string) string {
	code = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return -1
	}, code)
	return code[:min(len(code), 40)]
}
