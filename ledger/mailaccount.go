package ledger

// MailAccount is the mailbox that the owner sends from and gets replies in; a ledger has at most one. Its password or token is kept by the
// operating system, never here.
type MailAccount struct {
	Name    string     `json:"name"`    // as recipients see it; the company's where empty
	Address string     `json:"address"` // "compta@plomberie-vasseur.fr"
	User    string     `json:"user"`    // to log in with; the address where empty
	Auth    MailAuth   `json:"auth"`
	Client  string     `json:"client,omitempty"` // the owner's own OAuth2 client; none for a password
	IMAP    MailServer `json:"imap"`             // no host: replies are not looked for
	SMTP    MailServer `json:"smtp"`
	// Trust is the certificate, in PEM, of a server on this computer that no authority vouches for (Proton Mail Bridge); none for all others.
	Trust string `json:"trust,omitempty"`
	// PerMinute is how many messages leave in a minute at most; the usual number where 0.
	PerMinute int `json:"per_minute,omitempty"`
}

// MailAuth is how to log in. The values are written in ledger files.
type MailAuth string

// Ways to log in.
const (
	AuthPassword  MailAuth = "password"
	AuthGoogle    MailAuth = "google"    // OAuth2
	AuthMicrosoft MailAuth = "microsoft" // OAuth2
)

// MailSecurity is how a connection is kept secret; there is none without. The values are written in ledger files.
type MailSecurity string

// Kinds of secret connections.
const (
	MailTLS      MailSecurity = "tls"      // from the first byte
	MailStartTLS MailSecurity = "starttls" // asked for before logging in
)

// MailServer is one of the two servers of a mailbox.
type MailServer struct {
	Host     string       `json:"host"`
	Port     int          `json:"port"`
	Security MailSecurity `json:"security"`
}

// Login is the name to log in with.
func (r *MailAccount) Login() string {
	if r.User != "" {
		return r.User
	}
	return r.Address
}

func (r *MailAccount) Kind() Kind          { return KindMailAccount }
func (r *MailAccount) Key() uint32         { return 1 }
func (r *MailAccount) setKey(uint32)       {}
func (r *MailAccount) Personal() []*string { return nil }
