package providers

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestTable(t *testing.T) {
	ids, domains := map[string]bool{}, map[string]string{}
	for _, p := range All() {
		if p.ID == "" || p.Name == "" || ids[p.ID] {
			t.Errorf("%q %q: no name, or a second time", p.ID, p.Name)
		}
		ids[p.ID] = true
		for _, d := range slices.Concat(p.Domains, p.MX) {
			if d != strings.ToLower(d) || strings.Contains(d, "@") || !strings.Contains(strings.Trim(d, "."), ".") {
				if d != "mx.microsoft" {
					t.Errorf("%s: domain %q", p.ID, d)
				}
			}
		}
		for _, d := range p.Domains {
			if other := domains[d]; other != "" {
				t.Errorf("%s is of %s and of %s", d, other, p.ID)
			}
			domains[d] = p.ID
		}
		if p.User != "address" && p.User != "local" {
			t.Errorf("%s: user %q", p.ID, p.User)
		}
		if len(p.Ways) == 0 || !slices.Contains([]string{"provider", "ispdb", "usual"}, p.Basis) {
			t.Errorf("%s: ways %v, basis %q", p.ID, p.Ways, p.Basis)
		}
		if u, err := url.Parse(p.Source); err != nil || u.Scheme != "https" || u.Host == "" {
			t.Errorf("%s: source %q", p.ID, p.Source)
		}
		if u, err := url.Parse(p.Page); p.Page != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
			t.Errorf("%s: page %q", p.ID, p.Page)
		}
		if (p.IMAP.Host == "") != (p.SMTP.Host == "") || (p.IMAP.Host == "" && p.Page == "") {
			t.Errorf("%s: one server without the other, or neither servers nor page", p.ID)
		}
		for _, s := range []ledger.MailServer{p.IMAP, p.SMTP} {
			if usual := map[int]ledger.MailSecurity{993: ledger.MailTLS, 465: ledger.MailTLS, 143: ledger.MailStartTLS, 587: ledger.MailStartTLS}; s.Host != "" && p.ID != "proton" && usual[s.Port] != s.Security {
				t.Errorf("%s: %v", p.ID, s)
			}
		}
	}
	if len(ids) < 25 {
		t.Errorf("%d providers only", len(ids))
	}
}

func TestLooking(t *testing.T) {
	name := func(p *Provider) string {
		if p == nil {
			return ""
		}
		return p.ID
	}
	for domain, want := range map[string]string{
		"gmail.com": "gmail", "hotmail.fr": "outlook", "wanadoo.fr": "orange", "neuf.fr": "sfr", "skynet.be": "proximus", "vasseur.onmicrosoft.com": "microsoft365", "onmicrosoft.com": "", "notgmail.com": "", "": "",
	} {
		if got := name(OfDomain(domain)); got != want {
			t.Errorf("%s is of %q, want %q", domain, got, want)
		}
	}
	for host, want := range map[string]string{
		"vasseur-fr.mail.protection.outlook.com.": "microsoft365", "eur.olc.protection.outlook.com": "outlook", "ASPMX.L.Google.com.": "gmail", "mx1.mail.ovh.net.": "ovh", "mta-gw.infomaniak.ch": "infomaniak",
		"spool.mail.gandi.net": "gandi", "mx00.ionos.fr": "ionos", "vasseur-fr.o-v1.mx.microsoft": "microsoft365", "notovh.net": "", "ovh.net.example": "", "": "",
	} {
		if got := name(OfExchanger(host)); got != want {
			t.Errorf("%s is of %q, want %q", host, got, want)
		}
	}
	if name(OfServer("SMTP.gmail.com")) != "gmail" || OfServer("") != nil || name(Of("free")) != "free" {
		t.Error("a server's or a name's provider is not found")
	}
}
