package compose

import (
	"net/mail"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"quitus/ledger"
)

// Address is a mailbox and the name that is shown for it.
type Address struct {
	Name    string
	Address string // in ASCII, its domain too, as [ParseAddress] gives it
}

var local = regexp.MustCompile(`^[0-9A-Za-z!#$%&'*+/=?^_{|}~-]+(\.[0-9A-Za-z!#$%&'*+/=?^_{|}~-]+)*$`)

// ParseAddress reads an address, alone or behind a name as in "Jeanne Lemaître <jeanne@exemple.fr>". A domain with accents is turned into ASCII.
// Errors, with the fact address: mail_address_accent for accents before the @, which too many servers do not take, and mail_address_invalid.
func ParseAddress(s string) (Address, error) {
	s = strings.TrimSpace(s)
	a := Address{Address: s}
	if before, ok := strings.CutSuffix(s, ">"); ok {
		if at := strings.LastIndexByte(before, '<'); at >= 0 {
			a.Address = strings.TrimSpace(before[at+1:])
			a.Name = oneLine(unquoted(strings.TrimSpace(before[:at])))
		}
	}
	at := strings.LastIndexByte(a.Address, '@')
	if at < 0 {
		return Address{}, ledger.Errorf("mail_address_invalid", "address", s)
	}
	name, host := a.Address[:at], a.Address[at+1:]
	if strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		return Address{}, ledger.Errorf("mail_address_accent", "address", s)
	}
	domain, ok := asciiDomain(host)
	if !ok || len(name) > 64 || len(name)+1+len(domain) > 254 || !local.MatchString(name) {
		return Address{}, ledger.Errorf("mail_address_invalid", "address", s)
	}
	a.Address = name + "@" + domain
	return a, nil
}

// ParseAddressList reads addresses parted by commas, semicolons or line ends, as people type them; none from an empty text. The errors are
// those of [ParseAddress], for the first that is wrong.
func ParseAddressList(s string) ([]Address, error) {
	var out []Address
	for _, part := range split(s) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		a, err := ParseAddress(part)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// split parts a list where no quotation marks are open.
func split(s string) []string {
	var out []string
	begin, quoted := 0, false
	for i, r := range s {
		switch r {
		case '"':
			quoted = !quoted
		case ',', ';', '\n':
			if !quoted {
				out = append(out, s[begin:i])
				begin = i + 1
			}
		}
	}
	return append(out, s[begin:])
}

func unquoted(s string) string {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(s[1 : len(s)-1])
	}
	return s
}

// asciiDomain writes a domain as the DNS knows it; not ok for what is none, or has no dot.
func asciiDomain(s string) (string, bool) {
	domain, err := idna.Lookup.ToASCII(s)
	if err != nil || len(domain) > 253 || !strings.Contains(domain, ".") {
		return "", false
	}
	labels := strings.Split(domain, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 {
			return "", false
		}
	}
	last := labels[len(labels)-1]
	return domain, strings.ContainsFunc(last, func(r rune) bool { return r < '0' || r > '9' })
}

// check makes sure that an address is one that ParseAddress gave.
func (a Address) check() error {
	parsed, err := ParseAddress(a.Address)
	if err != nil {
		return err
	}
	if parsed.Address != a.Address || parsed.Name != "" {
		return ledger.Errorf("mail_address_invalid", "address", a.Address)
	}
	return nil
}

// headers gives addresses as go-mail writes them, each mailbox with its name on one line.
func headers(list []Address) []*mail.Address {
	var out []*mail.Address
	for _, a := range list {
		name := []rune(oneLine(a.Name))
		if len(name) > nameLength {
			name = name[:nameLength]
		}
		out = append(out, &mail.Address{Name: strings.TrimSpace(string(name)), Address: a.Address})
	}
	return out
}

// FileName makes a name for an attached file that every mail program writes alike: letters without accents, digits, points, hyphens and underscores, at
// most 100. It keeps the end behind the last point, and is never empty.
func FileName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ReplaceAll(strings.ToValidUTF8(s, "-"), "œ", "oe")) {
		switch {
		case r == '.' || r == '_' || r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String(), "-")
	end := path.Ext(name)
	if len(end) > 10 || end == "." {
		end = ""
	}
	stem := strings.Trim(strings.TrimSuffix(name, end), "-.")
	if stem == "" {
		stem = "document"
	}
	return strings.TrimRight(stem[:min(len(stem), 100-len(end))], "-.") + end
}
