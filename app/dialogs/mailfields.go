package dialogs

import (
	"strings"

	"quitus/app/screen"
	"quitus/ledger"
)

// MailAddress checks a field of e-mail addresses, parted by commas; needed says that there must be one.
func MailAddress(c *screen.Context, needed bool) func(string) string {
	return func(text string) string {
		if needed && strings.TrimSpace(text) == "" {
			return c.Words.Error(ledger.Errorf("field_required"))
		}
		for one := range strings.SplitSeq(text, ",") {
			if one = strings.TrimSpace(one); one != "" && !ledger.ValidEmail(one) {
				return c.Words.Error(ledger.Errorf("email_invalid", "value", one))
			}
		}
		return ""
	}
}

// Required checks a field that must not be empty.
func Required(c *screen.Context) func(string) string {
	return func(text string) string {
		if strings.TrimSpace(text) == "" {
			return c.Words.Error(ledger.Errorf("field_required"))
		}
		return ""
	}
}
