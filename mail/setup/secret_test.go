package setup

import (
	"testing"

	"quitus/ledger"
)

func TestSecret(t *testing.T) {
	gmail, other := account(t, "vasseur@gmail.com"), account(t, "compta@vasseur.fr")
	company := other // an address of its own at Google
	company.SMTP = gmail.SMTP
	token := gmail
	token.Auth = ledger.AuthGoogle
	for _, c := range []struct {
		a           ledger.MailAccount
		typed, want string
	}{
		{gmail, "abcd efgh ijkl mnop", "abcdefghijklmnop"},
		{gmail, "\tabcd\u00a0efgh\u00a0ijkl\u00a0mnop \r\n", "abcdefghijklmnop"},
		{company, "abcd efgh ijkl mnop\n", "abcdefghijklmnop"},
		{gmail, "mon mot de passe", "mon mot de passe"}, // the usual one, which Google refuses: it is not made another
		{gmail, "abcd efgh ijkl mno!", "abcd efgh ijkl mno!"},
		{other, "abcd efgh ijkl mnop\r\n", "abcd efgh ijkl mnop"},
		{other, " deux espaces  ", " deux espaces  "},
		{token, "abcd efgh ijkl mnop", "abcd efgh ijkl mnop"},
		{gmail, "", ""},
	} {
		if got := Secret(c.a, c.typed); got != c.want {
			t.Errorf("%q at %s: %q", c.typed, c.a.SMTP.Host, got)
		}
	}
}
