package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/mail/secret"
)

// passwordVariable names the variable of the environment that holds the mailbox's password where there is no keyring.
const passwordVariable = "QUITUS_MAIL_PASSWORD"

// messageDoc is an e-mail of the outbox.
type messageDoc struct {
	Message  uint32 `json:"message"`
	Customer string `json:"customer"`
	To       string `json:"to"`
	Subject  string `json:"subject"`
	State    string `json:"state"`
	Sent     day    `json:"sent"`
	SHA256   string `json:"sha256"` // of the bytes as they left; empty before
	Attempts int    `json:"attempts"`
	Code     int    `json:"code"` // of the server's last answer
	Answer   string `json:"answer"`
	Fault    string `json:"fault"` // the code of the error where no server answered
}

// replyDoc is a message that came back.
type replyDoc struct {
	Reply    uint32 `json:"reply"`
	Customer string `json:"customer"`
	Message  uint32 `json:"message"` // that it answers; 0 where that is not known
	Sort     string `json:"sort"`
	On       day    `json:"on"`
	From     string `json:"from"`
	Subject  string `json:"subject"`
	Proposed string `json:"proposed"`
	Passage  string `json:"passage"`
	Meant    string `json:"meant"`
	SHA256   string `json:"sha256"`
	Text     string `json:"text"`
}

type mailSendDoc struct {
	Sent      int          `json:"sent"`
	Later     int          `json:"later"`
	Refused   int          `json:"refused"`
	Unknown   int          `json:"unknown"`
	NoAddress int          `json:"no_address"`
	Waiting   int          `json:"waiting"`
	Next      *time.Time   `json:"next"`
	Messages  []messageDoc `json:"messages"` // of which something is still to happen or to be decided
	Error     *errorBody   `json:"error"`    // that ended the run before its end; null for none
}

type mailFetchDoc struct {
	Looked  int        `json:"looked"`
	Found   int        `json:"replies"`
	Bounces int        `json:"bounces"`
	Autos   int        `json:"auto"`
	Left    int        `json:"unreadable"`
	Waiting []replyDoc `json:"waiting"`
}

type mailStatusDoc struct {
	Account *ledger.MailAccount `json:"account"`
	Outbox  []messageDoc        `json:"outbox"`
	Replies []replyDoc          `json:"replies"`
}

// way connects to the mailbox with the environment's secret, or else the keyring's: that one may ask to be unlocked, where nobody may be
// there to do so.
func (c *call) way() desk.MailWay {
	if password := os.Getenv(passwordVariable); password != "" {
		return c.desk.MailWay(secret.InMemory(), password)
	}
	return c.desk.MailWay(desk.Secrets(), "")
}

// runMailSend hands the outbox to the server; with --now also out of hours. Its status is [Refused] where an e-mail was refused or is
// uncertain. Where the run broke off, what had become of some e-mails until then is told with the error.
func runMailSend(c *call) (*reply, error) {
	r, err := c.desk.Send(c.ctx, c.way(), desk.SendOptions{Now: c.given("now")})
	if err != nil && r.Sent+r.Later+r.Refused+r.Unknown == 0 {
		return nil, err
	}
	doc := mailSendDoc{r.Sent, r.Later, r.Refused, r.Unknown, r.NoAddress, r.Waiting, nil, c.outbox(), nil}
	if !r.Next.IsZero() {
		doc.Next = &r.Next
	}
	status := Done
	switch {
	case err != nil:
		doc.Error, status = &errorBody{code(err), c.p.sentence(err)}, statusOf(err)
	case r.Refused+r.Unknown > 0:
		status = Refused
	}
	return &reply{doc: doc, status: status, text: func(p *page) {
		p.sendReport(r)
		if doc.Error != nil {
			p.line(doc.Error.Message)
		}
	}}, nil
}

func (p *page) sendReport(r desk.SendReport) {
	p.line(p.w.N("cli.mail.sent", r.Sent))
	for _, x := range []struct {
		key string
		n   int
	}{{"later", r.Later}, {"refused", r.Refused}, {"unknown", r.Unknown}, {"no_address", r.NoAddress}} {
		if x.n > 0 {
			p.line(p.w.N("cli.mail."+x.key, x.n))
		}
	}
	if r.Waiting > 0 {
		p.line(p.w.N("cli.mail.waiting", r.Waiting, "day", ledger.DateOf(r.Next), "time", r.Next.Format("15:04")))
	}
}

// runMailFetch looks for what came back. The error is mail_no_imap where the mailbox is for sending alone.
func runMailFetch(c *call) (*reply, error) {
	if a := c.desk.State().Book.Mail(); a != nil && a.IMAP.Host == "" {
		return nil, ledger.Errorf("mail_no_imap")
	}
	r, err := c.desk.Fetch(c.ctx, c.way(), desk.FetchOptions{})
	if err != nil {
		return nil, err
	}
	doc := mailFetchDoc{r.Looked, r.Replies, r.Bounces, r.Autos, r.Left, c.replies()}
	return &reply{doc: doc, text: func(p *page) {
		p.line(p.w.N("cli.mail.looked", r.Looked))
		p.line(p.w.N("cli.mail.replies", r.Replies))
		if r.Bounces > 0 {
			p.line(p.w.N("cli.mail.bounces", r.Bounces))
		}
		if r.Left > 0 {
			p.line(p.w.N("cli.mail.left", r.Left))
		}
		p.replies(doc.Waiting)
	}}, nil
}

// runMailStatus tells how far the e-mails are, and which replies wait.
func runMailStatus(c *call) (*reply, error) {
	doc := mailStatusDoc{c.desk.State().Book.Mail(), c.outbox(), c.replies()}
	return &reply{doc: doc, text: func(p *page) {
		if doc.Account == nil {
			p.say("cli.mail.no_account")
		} else {
			p.say("cli.mail.account", "address", doc.Account.Address)
		}
		p.line(p.w.N("cli.mail.outbox", len(doc.Outbox)))
		for _, m := range doc.Outbox {
			p.say("cli.mail.message", "message", m.Message, "to", cmp.Or(m.To, p.w.T("cli.mail.no_to")), "subject", m.Subject, "state", ledger.Term("mail.state."+m.State))
		}
		p.replies(doc.Replies)
	}}, nil
}

// runMailSet takes the mailbox from a file: the form of "account" in mail status. The password is in the keyring, or in the environment.
func runMailSet(c *call) (*reply, error) {
	account, err := readMailAccount(c.args[0])
	if err != nil {
		return nil, err
	}
	if _, err := c.desk.SaveMailAccount(c.ctx, account); err != nil {
		return nil, err
	}
	return runMailStatus(c)
}

// runMailReply records what a reply means.
func runMailReply(c *call) (*reply, error) {
	n, err := strconv.ParseUint(c.args[0], 10, 32)
	if err != nil {
		return nil, ledger.Errorf("reply_unknown", "reply", c.args[0])
	}
	if _, err := c.desk.DecideReply(c.ctx, desk.ReplyDecision{Reply: ledger.ReplyID(n), Meant: ledger.Meaning(c.args[1])}); err != nil {
		return nil, err
	}
	return runMailStatus(c)
}

func (c *call) outbox() []messageDoc {
	out := []messageDoc{}
	book := c.desk.State().Book
	for m := range book.Messages.All() {
		if m.Open() {
			out = append(out, messageDoc{uint32(m.ID), book.Customer(m.Customer).Ref, m.To, m.Subject, string(m.State), day(m.Sent), string(m.Raw), m.Attempts, m.Code, m.Answer, m.Fault})
		}
	}
	return out
}

func (c *call) replies() []replyDoc {
	out := []replyDoc{}
	for _, r := range c.desk.State().Replies() {
		out = append(out, replyDoc{uint32(r.ID), c.desk.State().Book.Customer(r.Customer).Ref, uint32(r.Message), string(r.Sort), day(r.On), r.From, r.Subject,
			string(r.Proposed), r.Passage(), string(r.Meant), string(r.Raw), r.Text})
	}
	return out
}

func (p *page) replies(list []replyDoc) {
	for _, r := range list {
		p.say("cli.mail.reply", "reply", r.Reply, "customer", r.Customer, "from", r.From, "subject", r.Subject, "meaning", ledger.Term("mail.meaning."+r.Proposed))
	}
}

// maxAccountFile is the most bytes that a mailbox file may have.
const maxAccountFile = 64 << 10

// readMailAccount reads a mailbox file. Errors: those of reading a file, and mail_file.
func readMailAccount(path string) (ledger.MailAccount, error) {
	var a ledger.MailAccount
	content, err := desk.ReadFile(path, maxAccountFile)
	if err != nil {
		return a, err
	}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	err = d.Decode(&a)
	if err == nil {
		if _, end := d.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("more than one document")
		}
	}
	if err != nil {
		line := 1 + bytes.Count(content[:min(int(d.InputOffset()), len(content))], []byte("\n"))
		return a, ledger.Errorf("mail_file", "file", filepath.Base(path), "line", line, "cause", err)
	}
	return a, nil
}
