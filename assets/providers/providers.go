// Package providers is the table of mail providers: which servers an address of theirs uses, and how one logs in there. Data.
//
// The table is our own work, of facts that anybody can look up. Each entry names the page that its facts rest on and how they were
// checked (basis): "provider", read on a page of the provider's own; "ispdb", the same facts as in Mozilla's configuration database, of
// which no text is taken; "usual", several public configurations agree, and the source is where to look them up.
// What could not be confirmed is left out: such an entry has a page to read and no servers.
package providers

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"quitus/ledger"
)

//go:embed providers.json
var table []byte

// Way is how one logs in at a provider.
type Way string

// Ways to log in.
const (
	Password    Way = "password"     // the mailbox's own
	AppPassword Way = "app_password" // one made for this program at the provider; the mailbox's own is refused
	Google      Way = "google"       // OAuth2
	Microsoft   Way = "microsoft"    // OAuth2
	Bridge      Way = "bridge"       // one that a program on this computer gives, which keeps the servers too
)

// Provider is one entry of the table. It is shared: it is not to be changed.
type Provider struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Domains []string          `json:"domains"` // of addresses; with a dot in front, those below
	MX      []string          `json:"mx"`      // what the names of its customers' mail exchangers end in
	IMAP    ledger.MailServer `json:"imap"`    // none where not confirmed
	SMTP    ledger.MailServer `json:"smtp"`
	User    string            `json:"user"`      // what one logs in with: "address", or "local" for what stands before the @
	Ways    []Way             `json:"ways"`      // the easiest first
	Switch  bool              `json:"switch_on"` // IMAP is off until the owner switches it on at the provider
	Page    string            `json:"page"`      // where the owner finds what has to be done there
	Basis   string            `json:"basis"`
	Source  string            `json:"source"`
}

// Has says whether the provider knows a way to log in.
func (p *Provider) Has(way Way) bool {
	for _, w := range p.Ways {
		if w == way {
			return true
		}
	}
	return false
}

// All gives the table.
var All = sync.OnceValue(func() []*Provider {
	var all []*Provider
	if err := json.Unmarshal(table, &all); err != nil {
		panic("providers: " + err.Error()) // a mistake of ours: a test reads them all
	}
	return all
})

// Of finds the provider of a name; nil where there is none.
func Of(id string) *Provider { return first(func(p *Provider) bool { return p.ID == id }) }

// OfDomain finds the provider of the addresses of a domain, in small letters; nil where the table does not know it.
func OfDomain(domain string) *Provider {
	return first(func(p *Provider) bool {
		for _, d := range p.Domains {
			if d == domain || (d[0] == '.' && strings.HasSuffix(domain, d)) {
				return true
			}
		}
		return false
	})
}

// OfExchanger finds the provider that a mail exchanger belongs to: the one with the longest ending that fits; nil where none does.
func OfExchanger(host string) *Provider {
	host = "." + strings.ToLower(strings.TrimSuffix(host, "."))
	var found *Provider
	longest := 0
	for _, p := range All() {
		for _, end := range p.MX {
			if strings.HasSuffix(host, "."+end) && len(end) > longest {
				found, longest = p, len(end)
			}
		}
	}
	return found
}

// OfServer finds the provider that a server to send or read mail belongs to; nil where none does.
func OfServer(host string) *Provider {
	host = strings.ToLower(host)
	return first(func(p *Provider) bool { return host != "" && (p.IMAP.Host == host || p.SMTP.Host == host) })
}

func first(fits func(*Provider) bool) *Provider {
	for _, p := range All() {
		if fits(p) {
			return p
		}
	}
	return nil
}
