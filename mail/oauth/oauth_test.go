package oauth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"quitus/assets/words"
	"quitus/ledger"
)

// provider is a Google or Microsoft of ours: it checks what the real ones check.
type provider struct {
	*httptest.Server
	mu        sync.Mutex
	challenge string
	redirect  string
	asked     url.Values // of the page to log in
	refresh   string     // the token that counts now
	n         int        // tokens given
	rotate    bool
	fault     string // of the token's page
	status    int
	scope     string
	expires   int
	page      string // instead of a token
}

func serve(t *testing.T) *provider {
	p := &provider{refresh: "refresh-0", expires: 3600}
	mux := http.NewServeMux()
	mux.HandleFunc("/token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// allow is what the owner's click on the provider's page does: it gives the address that the browser is sent back to.
func (p *provider) allow(page string) (*url.URL, error) {
	u, err := url.Parse(page)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = u.Query()
	p.challenge, p.redirect = p.asked.Get("code_challenge"), p.asked.Get("redirect_uri")
	back, err := url.Parse(p.redirect)
	if err != nil || p.asked.Get("code_challenge_method") != "S256" || p.asked.Get("response_type") != "code" {
		return nil, errors.New("not a question that a provider takes: " + page)
	}
	back.RawQuery = url.Values{"code": {"the code"}, "state": {p.asked.Get("state")}}.Encode()
	return back, nil
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r.ParseForm()
	w.Header().Set("Content-Type", "application/json")
	refuse := func(code string, status int) {
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(map[string]string{"error": code, "error_description": "secret-of-the-provider"})
	}
	f := r.PostForm
	sum := sha256.Sum256([]byte(f.Get("code_verifier")))
	switch {
	case p.page != "":
		w.WriteHeader(max(p.status, 200))
		io.WriteString(w, p.page)
		return
	case p.fault != "":
		refuse(p.fault, max(p.status, 400))
		return
	case f.Get("client_id") != "id":
		refuse("invalid_client", 401)
		return
	case f.Get("grant_type") == "authorization_code":
		if f.Get("code") != "the code" || f.Get("redirect_uri") != p.redirect || base64.RawURLEncoding.EncodeToString(sum[:]) != p.challenge {
			refuse("invalid_grant", 400)
			return
		}
	case f.Get("refresh_token") != p.refresh:
		refuse("invalid_grant", 400)
		return
	}
	p.n++
	if p.rotate {
		p.refresh = "refresh-" + string(rune('0'+p.n))
	}
	answer := map[string]any{"access_token": "access-" + string(rune('0'+p.n)), "token_type": "Bearer", "expires_in": p.expires}
	if p.rotate || f.Get("grant_type") == "authorization_code" {
		answer["refresh_token"] = p.refresh
	}
	if p.scope != "" {
		answer["scope"] = p.scope
	}
	json.NewEncoder(w).Encode(answer)
}

// keeper is where refresh tokens go.
type keeper struct {
	mu    sync.Mutex
	saved []string
	fail  error
}

func (k *keeper) save(_ context.Context, token string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fail != nil {
		return k.fail
	}
	k.saved = append(k.saved, token)
	return nil
}

// clock stands still until it is set.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	c.t = c.t.Add(d)
	c.mu.Unlock()
}

func options(p *provider, auth ledger.MailAuth) (Options, *keeper, *clock) {
	k, c := &keeper{}, &clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	return Options{
		Client: Client{Auth: auth, ID: "id"}, Address: "compta@vasseur.fr", Now: c.now, Save: k.save,
		Endpoint: oauth2.Endpoint{AuthURL: "https://provider.invalid/auth?tenant=x", TokenURL: p.URL + "/token"},
	}, k, c
}

// browser comes back with what change makes of the provider's answer, and tells the page it got.
func browser(p *provider, change func(back *url.URL)) (Browser, <-chan string) {
	pages := make(chan string, 10)
	return Browser{Words: words.New(words.FR), Timeout: 5 * time.Second, Open: func(page string) error {
		back, err := p.allow(page)
		if err != nil {
			return err
		}
		if change != nil {
			change(back)
		}
		go func() { pages <- get(back.String()) }()
		return nil
	}}, pages
}

func get(page string) string {
	res, err := http.Get(page)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	return res.Status + " " + string(text)
}

func TestLogin(t *testing.T) {
	for auth, want := range map[ledger.MailAuth]struct{ host, scope, extra string }{
		ledger.AuthGoogle:    {"http://127.0.0.1:", "https://mail.google.com/", "offline consent"},
		ledger.AuthMicrosoft: {"http://localhost:", "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send", " "},
	} {
		p := serve(t)
		o, k, _ := options(p, auth)
		b, pages := browser(p, nil)
		s, err := Login(t.Context(), o, b)
		if err != nil {
			t.Fatal(auth, err)
		}
		if a, err := s.Access(t.Context()); a != "access-1" || err != nil || p.n != 1 {
			t.Errorf("%s: %q %v, %d tokens", auth, a, err, p.n)
		}
		if len(k.saved) != 1 || k.saved[0] != "refresh-0" || s.Unsaved() != nil {
			t.Errorf("%s: saved %v", auth, k.saved)
		}
		q := p.asked
		if !strings.HasPrefix(p.redirect, want.host) || q.Get("scope") != want.scope || q.Get("login_hint") != "compta@vasseur.fr" || q.Get("access_type")+" "+q.Get("prompt") != want.extra || len(q.Get("state")) < 20 || q.Get("tenant") != "x" {
			t.Errorf("%s: asked %v", auth, q)
		}
		if text := <-pages; !strings.Contains(text, "200 OK") || !strings.Contains(text, "Quitus est connecté") || !strings.Contains(text, `lang="fr"`) {
			t.Error(text)
		}
		if text := get(p.redirect); !strings.Contains(text, "refused") && !strings.Contains(text, "connect") {
			t.Errorf("%s: the port is still open: %s", auth, text)
		}
	}
}

// What comes from elsewhere, or twice, is as if it had not come.
func TestStrayRequests(t *testing.T) {
	p := serve(t)
	o, _, _ := options(p, ledger.AuthGoogle)
	b, _ := browser(p, nil)
	var strays []string
	var after string
	asked := make(chan struct{})
	b.Open = func(page string) error {
		back, err := p.allow(page)
		if err != nil {
			return err
		}
		go func() {
			defer close(asked)
			wrong, path, missing := *back, *back, *back
			wrong.RawQuery = "code=x&state=wrong"
			path.Path = "/favicon.ico"
			missing.RawQuery = "error=access_denied"
			for _, u := range []url.URL{wrong, path, missing} {
				strays = append(strays, get(u.String()))
			}
			res, err := http.Post(back.String(), "text/plain", nil)
			if err == nil {
				strays = append(strays, res.Status)
				res.Body.Close()
			}
			req, _ := http.NewRequest(http.MethodGet, back.String(), nil)
			req.Host = "evil.example" // a page elsewhere whose name was made to mean this computer
			if res, err = http.DefaultClient.Do(req); err == nil {
				strays = append(strays, res.Status)
				res.Body.Close()
			}
			after = get(back.String())
		}()
		return nil
	}
	if s, err := Login(t.Context(), o, b); err != nil || s == nil {
		t.Fatal(err)
	}
	<-asked
	for i, s := range strays {
		if !strings.HasPrefix(s, "404") {
			t.Errorf("stray %d: %s", i, s)
		}
	}
	if len(strays) != 5 || strings.HasPrefix(after, "404") {
		t.Errorf("%d strays, then %s", len(strays), after)
	}
}

func TestLoginsThatFail(t *testing.T) {
	set := func(key, value string) func(*url.URL) {
		return func(u *url.URL) {
			q := url.Values{"state": {u.Query().Get("state")}, "code": {u.Query().Get("code")}}
			q.Set(key, value)
			if key == "error" {
				q.Del("code")
			}
			u.RawQuery = q.Encode()
		}
	}
	for name, c := range map[string]struct {
		provider func(*provider)
		back     func(*url.URL)
		want     string
	}{
		"refused by the owner": {back: set("error", "access_denied"), want: "mail_login_denied"},
		"another fault":        {back: set("error", "<script>server_error"), want: "mail_login_failed"},
		"no code":              {back: set("code", ""), want: "mail_login_failed"},
		"a code of others":     {back: set("code", "stolen"), want: "mail_login_failed"},
		"unknown client":       {provider: func(p *provider) { p.fault = "invalid_client" }, want: "mail_login_failed"},
		"down":                 {provider: func(p *provider) { p.fault, p.status = "server_error", 503 }, want: "mail_login_unreachable"},
		"gone":                 {provider: func(p *provider) { p.Close() }, want: "mail_login_unreachable"},
		"nonsense":             {provider: func(p *provider) { p.page = "<html>" }, want: "mail_login_failed"},
		"page of a gateway":    {provider: func(p *provider) { p.page, p.status = "secret-of-the-provider", 502 }, want: "mail_login_unreachable"},
		"no token":             {provider: func(p *provider) { p.page = `{"expires_in":3600}` }, want: "mail_login_failed"},
		"no refresh token":     {provider: func(p *provider) { p.page = `{"access_token":"secret-of-the-provider","token_type":"Bearer"}` }, want: "mail_login_failed"},
		"mail not ticked":      {provider: func(p *provider) { p.scope = "openid email" }, want: "mail_login_scope"},
		"mail ticked":          {provider: func(p *provider) { p.scope = "openid https://mail.google.com/" }},
	} {
		p := serve(t)
		if c.provider != nil {
			c.provider(p)
		}
		o, k, _ := options(p, ledger.AuthGoogle)
		b, pages := browser(p, c.back)
		s, err := Login(t.Context(), o, b)
		if ledger.CodeOf(err) != c.want || (s == nil) != (err != nil) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		text := <-pages
		if err == nil {
			continue
		}
		for _, l := range words.Langs {
			if s := words.New(l).Error(err); strings.ContainsAny(s, "[{") {
				t.Errorf("%s: %q", name, s)
			}
		}
		if len(k.saved) > 0 || strings.Contains(err.Error(), "secret-of") || strings.Contains(text, "secret-of") || strings.Contains(text, "<script>") || !strings.Contains(text, "La connexion n’a pas abouti") {
			t.Errorf("%s: %v, saved %v, page %s", name, err, k.saved, text)
		}
	}
}

func TestLoginEndsWithoutTheBrowser(t *testing.T) {
	p := serve(t)
	o, _, _ := options(p, ledger.AuthMicrosoft)
	b := Browser{Words: words.New(words.EN), Timeout: 20 * time.Millisecond, Open: func(string) error { return nil }}
	if _, err := Login(t.Context(), o, b); ledger.CodeOf(err) != "mail_login_timeout" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	b.Timeout = time.Minute
	b.Open = func(string) error { cancel(); return nil }
	if _, err := Login(ctx, o, b); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	b.Open = func(string) error { return errors.New("no browser") }
	if _, err := Login(t.Context(), o, b); ledger.CodeOf(err) != "mail_login_browser" {
		t.Error(err)
	}
}

func TestSession(t *testing.T) {
	p := serve(t)
	p.rotate = true
	o, k, c := options(p, ledger.AuthMicrosoft)
	s := Resume(o, "refresh-0")
	access := func(want string, tokens int) {
		t.Helper()
		if got, err := s.Access(t.Context()); got != want || err != nil || p.n != tokens {
			t.Errorf("%q %v after %d tokens, want %q", got, err, p.n, want)
		}
	}
	access("access-1", 1)
	c.pass(57 * time.Minute)
	access("access-1", 1)
	c.pass(2 * time.Minute) // a minute is left
	access("access-2", 2)
	s.Drop()
	access("access-3", 3)
	if got := strings.Join(k.saved, " "); got != "refresh-1 refresh-2 refresh-3" {
		t.Error("saved ", got)
	}

	k.fail = errors.New("locked") // the session goes on, and tries again
	s.Drop()
	access("access-4", 4)
	if s.Unsaved() == nil {
		t.Error("it was not saved, and nobody knows")
	}
	k.fail = nil
	access("access-4", 4)
	if s.Unsaved() != nil || k.saved[len(k.saved)-1] != "refresh-4" {
		t.Error(s.Unsaved(), k.saved)
	}

	p.expires = 0 // not said
	s.Drop()
	access("access-5", 5)
	access("access-5", 5)
	c.pass(time.Hour)
	access("access-6", 6)

	p.refresh = "another" // the owner changed the password, or took the permission back
	s.Drop()
	if _, err := s.Access(t.Context()); ledger.CodeOf(err) != "mail_login_again" || strings.Contains(err.Error(), "refresh-") {
		t.Error(err)
	}
	p.fault, p.status = "temporarily_unavailable", 400
	if _, err := s.Access(t.Context()); ledger.CodeOf(err) != "mail_login_unreachable" {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Access(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Resume(o, "").Access(t.Context()); ledger.CodeOf(err) != "mail_login_again" {
		t.Error(err)
	}
}

// Many ask at once, one refreshes.
func TestSessionAtOnce(t *testing.T) {
	p := serve(t)
	p.rotate = true
	o, _, _ := options(p, ledger.AuthGoogle)
	s := Resume(o, "refresh-0")
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if a, err := s.Access(t.Context()); a != "access-1" || err != nil {
				t.Error(a, err)
			}
		})
	}
	all.Wait()
}

// A token's page that sends elsewhere does not get the refresh token sent there.
func TestNoRedirect(t *testing.T) {
	reached := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer elsewhere.Close()
	from := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer from.Close()
	o, _, _ := options(serve(t), ledger.AuthGoogle)
	o.Endpoint.TokenURL = from.URL
	if _, err := Resume(o, "refresh-0").Access(t.Context()); err == nil || reached {
		t.Error(err, reached)
	}
}

func TestClientOf(t *testing.T) {
	for _, c := range []struct {
		auth       ledger.MailAuth
		own, built string
		id, secret string
		code       string
	}{
		{ledger.AuthGoogle, "", "", "", "", "mail_login_no_client"},
		{ledger.AuthGoogle, " id  secret ", "", "id", "secret", ""},
		{ledger.AuthGoogle, "", "built secret", "built", "secret", ""},
		{ledger.AuthMicrosoft, "own", "built", "own", "", ""},
		{ledger.AuthMicrosoft, "a b c", "built", "", "", "mail_login_no_client"},
		{ledger.AuthPassword, "own", "", "", "", "mail_login_no_client"},
	} {
		GoogleClient, MicrosoftClient = c.built, c.built
		got, err := ClientOf(ledger.MailAccount{Auth: c.auth, Client: c.own})
		if got.ID != c.id || got.Secret != c.secret || ledger.CodeOf(err) != c.code {
			t.Errorf("%+v: %+v %v", c, got, err)
		}
	}
	GoogleClient, MicrosoftClient = "", ""
	for auth, want := range map[ledger.MailAuth]string{ledger.AuthGoogle: "https://oauth2.googleapis.com/token", ledger.AuthMicrosoft: "https://login.microsoftonline.com/common/oauth2/v2.0/token"} {
		if got := (Options{Client: Client{Auth: auth}}).config("").Endpoint.TokenURL; got != want {
			t.Errorf("%s: %s", auth, got)
		}
	}
}
