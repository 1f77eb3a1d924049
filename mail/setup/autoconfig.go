package setup

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"quitus/assets/providers"
	"quitus/ledger"
)

// Bounds on what a web server may answer with.
const (
	mostBytes     = 64 << 10
	mostRedirects = 3
	mostServers   = 20
)

// autoconfig asks the domain's own web servers, in the places that Mozilla's programs look at.
func (a *asked) autoconfig(ctx context.Context) (Found, error) {
	query := "?emailaddress=" + url.QueryEscape(a.address())
	err := errNothing
	for _, page := range []string{
		"https://autoconfig." + a.domain + "/mail/config-v1.1.xml" + query,
		"https://" + a.domain + "/.well-known/autoconfig/mail/config-v1.1.xml" + query,
	} {
		f, failed := a.configuration(ctx, page, FromAutoconfig)
		if failed == nil {
			return f, nil
		}
		if !errors.Is(failed, errNothing) {
			err = failed
		}
	}
	return Found{}, err
}

// database asks Mozilla's database, which learns the domain and nothing else.
func (a *asked) database(ctx context.Context) (Found, error) {
	return a.configuration(ctx, "https://autoconfig.thunderbird.net/v1.1/"+url.PathEscape(a.domain), FromDatabase)
}

// configuration gets and reads one configuration file.
func (a *asked) configuration(ctx context.Context, page string, from Source) (Found, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return Found{}, err
	}
	res, err := a.client().Do(req)
	if err != nil {
		return Found{}, webUnknown(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return Found{}, errNothing
	}
	text, err := io.ReadAll(io.LimitReader(res.Body, mostBytes+1))
	if err != nil {
		return Found{}, err
	}
	if len(text) > mostBytes {
		return Found{}, errNothing
	}
	return a.read(text, from)
}

// client is the HTTP client to ask with: no cookies, redirects to https only.
func (a *asked) client() *http.Client {
	c := http.Client{}
	if a.HTTP != nil {
		c = *a.HTTP
	}
	c.Jar = nil
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if req.URL.Scheme != "https" || len(via) > mostRedirects {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return &c
}

// webUnknown tells a web server that does not exist apart from one that cannot be reached.
func webUnknown(err error) error {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return unknown(err)
	}
	return err
}

// clientConfig is a configuration file, as far as it is of use here. See https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat.
type clientConfig struct {
	XMLName  xml.Name `xml:"clientConfig"`
	Provider []struct {
		Incoming []configServer `xml:"incomingServer"`
		Outgoing []configServer `xml:"outgoingServer"`
	} `xml:"emailProvider"`
}

type configServer struct {
	Type           string   `xml:"type,attr"`
	Host           string   `xml:"hostname"`
	Port           string   `xml:"port"`
	Socket         string   `xml:"socketType"`
	User           string   `xml:"username"`
	Authentication []string `xml:"authentication"`
}

// read takes the first servers of a configuration file that are kept secret and that this program can log in to.
func (a *asked) read(text []byte, from Source) (Found, error) {
	var c clientConfig
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) { return nil, fmt.Errorf("charset %q", charset) }
	if err := d.Decode(&c); err != nil || len(c.Provider) == 0 {
		return Found{}, errNothing
	}
	f := Found{Source: from, Ways: []providers.Way{providers.Password}}
	f.Account = ledger.MailAccount{Address: a.address(), Auth: ledger.AuthPassword}
	var ok bool
	if f.Account.SMTP, f.Account.User, ok = a.first(c.Provider[0].Outgoing, "smtp"); !ok {
		return Found{}, errNothing
	}
	if imap, user, ok := a.first(c.Provider[0].Incoming, "imap"); ok {
		f.Account.IMAP = imap
		if f.Account.User == "" {
			f.Account.User = user
		}
	}
	return a.recognised(f, true), nil
}

// first is the first server of a kind that can be used, and the name to log in with there: empty for the address.
func (a *asked) first(servers []configServer, kind string) (ledger.MailServer, string, bool) {
	security := map[string]ledger.MailSecurity{"SSL": ledger.MailTLS, "STARTTLS": ledger.MailStartTLS}
	for _, c := range servers[:min(len(servers), mostServers)] {
		s := ledger.MailServer{Host: strings.ToLower(a.fill(c.Host)), Security: security[strings.ToUpper(strings.TrimSpace(c.Socket))]}
		port, err := strconv.Atoi(strings.TrimSpace(c.Port))
		if s.Port = port; err != nil || c.Type != kind || s.Security == "" || !publicHost(s.Host) || port < 1 || port > 65535 || !c.usable(s.Host) {
			continue
		}
		user := a.fill(c.User)
		if user == a.address() || strings.ContainsFunc(user, func(r rune) bool { return r < ' ' || r == '%' }) || len(user) > 254 {
			user = ""
		}
		return s, user, true
	}
	return ledger.MailServer{}, "", false
}

// usable says whether this program can log in: with a password, or with OAuth2 at the providers of the table.
func (c *configServer) usable(host string) bool {
	if len(c.Authentication) == 0 {
		return true
	}
	for _, a := range c.Authentication {
		a = strings.TrimSpace(a)
		if a == "password-cleartext" || a == "plain" || a == "password-encrypted" || (a == "OAuth2" && providers.OfServer(host) != nil) {
			return true
		}
	}
	return false
}

// fill puts the address into the places that the format has for it.
func (a *asked) fill(s string) string {
	return strings.NewReplacer("%EMAILADDRESS%", a.address(), "%EMAILLOCALPART%", a.local, "%EMAILDOMAIN%", a.domain).Replace(strings.TrimSpace(s))
}
