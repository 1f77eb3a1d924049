package setup

import (
	"strings"

	"quitus/ledger"
)

// Validate finds what is wrong with an account, field by field; nothing where it can be tried. Facts: field (address, user, auth, per_minute,
// imap.host, imap.port, imap.security, smtp.…), and those of the sentence. Codes: field_required, email_invalid, mail_user_invalid,
// mail_auth_unknown, mail_server_invalid, mail_port_invalid, mail_security_missing, mail_rate_invalid.
//
// Both servers must be secret: there is no connection without TLS. An IMAP server may be left out; then replies are not looked for.
func Validate(a ledger.MailAccount) []*ledger.Error {
	var wrong []*ledger.Error
	report := func(e *ledger.Error, field string) {
		e.Args["field"] = field
		wrong = append(wrong, e)
	}
	if _, _, err := split(a.Address); a.Address == "" {
		report(ledger.Errorf("field_required"), "address")
	} else if err != nil {
		report(ledger.Errorf("email_invalid", "value", a.Address), "address")
	}
	if strings.ContainsFunc(a.User, func(r rune) bool { return r < ' ' || r == 0x7f }) || strings.TrimSpace(a.User) != a.User {
		report(ledger.Errorf("mail_user_invalid"), "user")
	}
	switch a.Auth {
	case ledger.AuthPassword:
	case ledger.AuthGoogle, ledger.AuthMicrosoft:
		// Without a client of the owner's own, one that the program was built with may serve: package oauth knows.
	default:
		report(ledger.Errorf("mail_auth_unknown", "value", string(a.Auth)), "auth")
	}
	if a.PerMinute < 0 || a.PerMinute > 600 {
		report(ledger.Errorf("mail_rate_invalid"), "per_minute")
	}
	if a.IMAP != (ledger.MailServer{}) {
		for _, e := range server(a.IMAP) {
			report(e, "imap."+e.Args["field"].(string))
		}
	}
	for _, e := range server(a.SMTP) {
		report(e, "smtp."+e.Args["field"].(string))
	}
	return wrong
}

// server finds what is wrong with a server.
func server(s ledger.MailServer) []*ledger.Error {
	var wrong []*ledger.Error
	switch {
	case s.Host == "":
		wrong = append(wrong, ledger.Errorf("field_required", "field", "host"))
	case !validHost(s.Host):
		wrong = append(wrong, ledger.Errorf("mail_server_invalid", "field", "host", "host", s.Host))
	}
	if s.Port < 1 || s.Port > 65535 {
		wrong = append(wrong, ledger.Errorf("mail_port_invalid", "field", "port"))
	}
	if s.Security != ledger.MailTLS && s.Security != ledger.MailStartTLS {
		wrong = append(wrong, ledger.Errorf("mail_security_missing", "field", "security"))
	}
	return wrong
}
