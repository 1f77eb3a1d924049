package box

import (
	"encoding/base64"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestFaultsOfServers(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(f *fake)
		token   bool
		code    string
	}{
		"works":              {func(*fake) {}, false, ""},
		"PLAIN works":        {func(f *fake) { f.caps = "IMAP4rev1 SASL-IR AUTH=PLAIN" }, false, ""},
		"silent":             {func(f *fake) { f.hook = func(*fakeConn, string, string) bool { return true } }, false, "mail_timeout"},
		"another protocol":   {func(f *fake) { f.greeting = "HTTP/1.1 400 Bad Request" }, false, "mail_answer_imap"},
		"endless greeting":   {func(f *fake) { f.greeting = "* OK " + strings.Repeat("x", 2*shortAnswer) }, false, "mail_answer_imap"},
		"greets with BYE":    {func(f *fake) { f.greeting = "* BYE too busy" }, false, "mail_later_imap"},
		"knows us unasked":   {func(f *fake) { f.greeting = "* PREAUTH welcome" }, false, "mail_answer_imap"},
		"login not now":      {refusing("LOGIN", "NO [UNAVAILABLE] Temporary failure"), false, "mail_later_imap"},
		"login refused":      {refusing("LOGIN", "NO [AUTHENTICATIONFAILED] no "+secret), false, "mail_login_imap"},
		"login unknown":      {refusing("LOGIN", "BAD LOGIN is off"), false, "mail_login_imap"},
		"token works":        {func(f *fake) { f.caps = "IMAP4rev1 SASL-IR AUTH=XOAUTH2" }, true, ""},
		"token refused":      {refusing("AUTHENTICATE", "NO no "+secret), true, "mail_login_imap"},
		"token with reasons": {challenging, true, "mail_login_imap"},
		"token of another":   {refusing("LIST", "BAD User is authenticated but not connected."), true, "mail_login_imap"},
		"no inbox":           {refusing("EXAMINE", "NO none"), false, "mail_folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(1)
			f.caps = "IMAP4rev1 SASL-IR"
			c.prepare(f)
			if name == "silent" {
				f.patience = patience
			}
			server, access := f.start(t)
			access.Token = c.token
			err := Check(t.Context(), server, access)
			if ledger.CodeOf(err) != c.code {
				t.Errorf("%v", err)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the secret is in the error: %v", err)
			}
			if c.token && len(f.said("AUTHENTICATE XOAUTH2 "+base64.StdEncoding.EncodeToString([]byte("user="+user+"\x01auth=Bearer "+secret+"\x01\x01")))) != 1 {
				t.Errorf("said: %q", f.said("AUTHENTICATE"))
			}
		})
	}
}

func refusing(word, answer string) func(*fake) {
	return func(f *fake) {
		f.hook = func(c *fakeConn, tag, line string) bool {
			if strings.HasPrefix(line, word) {
				c.say("%s %s", tag, answer)
			}
			return strings.HasPrefix(line, word)
		}
	}
}

// challenging refuses a token as Google does: it says why, and waits.
func challenging(f *fake) {
	f.hook = func(c *fakeConn, tag, line string) bool {
		if strings.HasPrefix(line, "AUTHENTICATE") {
			c.say("+ eyJzdGF0dXMiOiI0MDAifQ==")
			return true
		}
		return false
	}
}

// STARTTLS that is not offered is not done without.
func TestStartTLSNotOffered(t *testing.T) {
	f := newFake(1)
	f.plain = true
	refusing("STARTTLS", "BAD unknown command")(f)
	server, access := f.start(t)
	if err := Check(t.Context(), server, access); ledger.CodeOf(err) != "mail_starttls_imap" {
		t.Error(err)
	}
	if got := append(f.said("LOGIN"), f.said("AUTHENTICATE")...); got != nil {
		t.Errorf("said in the open: %q", got)
	}
}
