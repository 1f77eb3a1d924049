package setup

import (
	"strings"
	"unicode"

	"quitus/assets/providers"
	"quitus/ledger"
)

// Secret gives a password as it is to be used, from what the owner typed or pasted. Line ends at its sides, which copying brings along,
// are never part of one. Providers that make a password for this program show it in groups, which are to be typed without their spaces:
// 16 letters and digits at Google, Yahoo and others. Whatever else stays as it is: a password may have spaces.
func Secret(a ledger.MailAccount, typed string) string {
	typed = strings.Trim(typed, "\r\n\t")
	p := provider(a)
	if a.Auth != ledger.AuthPassword || p == nil || !p.Has(providers.AppPassword) {
		return typed
	}
	joined := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, typed)
	if len(joined) != appPassword || strings.ContainsFunc(joined, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') }) {
		return typed
	}
	return joined
}

// appPassword is how many characters such a password has.
const appPassword = 16
