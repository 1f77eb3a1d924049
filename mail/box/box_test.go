package box

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/mailtest"
)

// memory starts a server that keeps its mailbox in memory.
func memory(t *testing.T, caps ...imap.Cap) (*imapmemserver.User, ledger.MailServer, mail.Access) {
	t.Helper()
	authority := mailtest.NewAuthority(t)
	u := imapmemserver.NewUser(user, secret)
	if err := u.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	store := imapmemserver.New()
	store.AddUser(u)
	known := imap.CapSet{imap.CapIMAP4rev1: {}}
	for _, c := range caps {
		known[c] = struct{}{}
	}
	server := imapserver.New(&imapserver.Options{
		Caps: known,
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return store.NewSession(), nil, nil
		},
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(tls.NewListener(l, authority.TLS(t, mailtest.Good))) }()
	t.Cleanup(func() { _ = server.Close() })
	return u, ledger.MailServer{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: ledger.MailTLS},
		mail.Access{User: user, Secret: secret, Roots: authority.Roots, Timeout: 5 * time.Second}
}

type text struct{ *strings.Reader }

func (r text) Size() int64 { return r.Reader.Size() }

// add puts a message into a folder of a memory server.
func add(t testing.TB, u *imapmemserver.User, folder, raw string, when time.Time) {
	t.Helper()
	if _, err := u.Append(folder, text{strings.NewReader(raw)}, &imap.AppendOptions{Time: when}); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, server ledger.MailServer, access mail.Access) *Box {
	t.Helper()
	b, err := Open(t.Context(), server, access)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// found collects what a scan gives.
type found struct {
	heads   []uint32
	whole   map[uint32]string
	left    map[uint32]string // code of the reason
	reached []Position
	last    Head
}

func (f *found) scanning() Scanning {
	*f = found{whole: map[uint32]string{}, left: map[uint32]string{}}
	return Scanning{
		Wanted:  func(h *Head) bool { f.heads, f.last = append(f.heads, h.UID), *h; return true },
		Message: func(h *Head, raw []byte) error { f.whole[h.UID] = string(raw); return nil },
		Left:    func(l Left) error { f.left[l.Head.UID] = ledger.CodeOf(l.Why); return nil },
		Reached: func(p Position) error { f.reached = append(f.reached, p); return nil },
	}
}

func day(n int) time.Time { return time.Date(2026, 9, n, 12, 0, 0, 0, time.UTC) }

func TestScan(t *testing.T) {
	u, server, access := memory(t)
	b := open(t, server, access)
	b.chunk = 3
	var f found

	// Nothing in it.
	at, err := b.Scan(t.Context(), "INBOX", Position{}, f.scanning())
	if err != nil || at.UIDValidity == 0 || len(f.heads) != 0 {
		t.Fatalf("empty: %v %v %v", at, f.heads, err)
	}

	for n := range 10 {
		add(t, u, "INBOX", message(n+1), day(n+1))
	}
	s := f.scanning()
	s.Since = ledger.Day(2026, 9, 4)
	at, err = b.Scan(t.Context(), "INBOX", Position{}, s)
	if err != nil || !slices.Equal(f.heads, []uint32{3, 4, 5, 6, 7, 8, 9, 10}) || at.LastUID != 10 {
		t.Fatalf("first: %v %v %v", at, f.heads, err)
	}
	if f.whole[5] != message(5) {
		t.Errorf("whole message: %q", f.whole[5])
	}
	if want := []uint32{5, 8, 10}; !slices.EqualFunc(f.reached, want, func(p Position, uid uint32) bool { return p == Position{at.UIDValidity, uid} }) {
		t.Errorf("reached: %v", f.reached)
	}
	if h := f.last; h.Folder != "INBOX" || h.Size != int64(len(message(10))) || !h.Received.Equal(day(10)) || !strings.Contains(string(h.Header), "Message-ID: <m10@client.test>") || strings.Contains(string(h.Header), "Bonjour") {
		t.Errorf("head: %+v %q", h, h.Header)
	}

	// What is known is not looked at again.
	if again, err := b.Scan(t.Context(), "INBOX", at, f.scanning()); err != nil || again != at || len(f.heads) != 0 || len(f.reached) != 0 {
		t.Errorf("nothing new: %v %v %v %v", again, f.heads, f.reached, err)
	}
	add(t, u, "INBOX", message(11), day(11))
	if at, err = b.Scan(t.Context(), "INBOX", at, f.scanning()); err != nil || !slices.Equal(f.heads, []uint32{11}) || at.LastUID != 11 {
		t.Errorf("one more: %v %v %v", at, f.heads, err)
	}

	// Only what is wanted is fetched whole.
	s = f.scanning()
	s.Wanted = func(h *Head) bool { return h.UID == 4 }
	if _, err := b.Scan(t.Context(), "INBOX", Position{}, s); err != nil || len(f.whole) != 1 || f.whole[4] == "" {
		t.Errorf("wanted: %v %v", f.whole, err)
	}
}

// A scan that is stopped goes on where it was.
func TestScanResumes(t *testing.T) {
	u, server, access := memory(t)
	for n := range 10 {
		add(t, u, "INBOX", message(n+1), day(n+1))
	}
	b := open(t, server, access)
	b.chunk = 3
	var f found
	stop := errors.New("the program ends")
	s := f.scanning()
	s.Message = func(h *Head, _ []byte) error {
		if h.UID == 8 {
			return stop
		}
		return nil
	}
	at, err := b.Scan(t.Context(), "INBOX", Position{}, s)
	if !errors.Is(err, stop) || at.LastUID != 7 || f.reached[len(f.reached)-1].LastUID != 6 {
		t.Fatalf("stopped: %v %v %v", at, f.reached, err)
	}
	stored := f.reached[len(f.reached)-1]
	if at, err = b.Scan(t.Context(), "INBOX", stored, f.scanning()); err != nil || !slices.Equal(f.heads, []uint32{7, 8, 9, 10}) || at.LastUID != 10 {
		t.Errorf("resumed: %v %v %v", at, f.heads, err)
	}
}

// A folder that was made anew has other numbers: it is read from the day on.
func TestScanOfARenumberedFolder(t *testing.T) {
	u, server, access := memory(t)
	if err := u.Create("Clients", nil); err != nil {
		t.Fatal(err)
	}
	add(t, u, "Clients", message(1), day(1))
	add(t, u, "Clients", message(2), day(2))
	b := open(t, server, access)
	var f found
	before, err := b.Scan(t.Context(), "Clients", Position{}, f.scanning())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(u.Delete("Clients"), u.Create("Clients", nil)); err != nil {
		t.Fatal(err)
	}
	add(t, u, "Clients", message(3), day(3))
	after, err := b.Scan(t.Context(), "Clients", before, f.scanning())
	if err != nil || after.UIDValidity == before.UIDValidity || !slices.Equal(f.heads, []uint32{1}) || f.whole[1] != message(3) {
		t.Errorf("%v, then %v: %v %v", before, after, f.heads, err)
	}
	if _, err := b.Scan(t.Context(), "Ailleurs", Position{}, f.scanning()); ledger.CodeOf(err) != "mail_folder" {
		t.Errorf("a folder that does not exist: %v", err)
	}
	if _, err := b.Scan(t.Context(), "Clients", after, f.scanning()); err != nil {
		t.Errorf("and after it: %v", err)
	}
}

// Names are read and written as they are, in the old way of the protocol and in the new one.
func TestFolders(t *testing.T) {
	for _, caps := range [][]imap.Cap{nil, {imap.CapIMAP4rev2}} {
		u, server, access := memory(t, caps...)
		for _, name := range []string{"Éléments envoyés", "Réponses/2026", "Courrier indésirable", "Brouillons", "Corbeille", "A & B"} {
			if err := u.Create(name, nil); err != nil {
				t.Fatal(err)
			}
		}
		b := open(t, server, access)
		list, err := b.Folders(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range list {
			got = append(got, fmt.Sprintf("%s:%s:%v", f.Name, f.Use, f.Look))
			if err := b.examine(t.Context(), f.Name); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
		want := "INBOX:inbox:true, A & B::true, Brouillons:drafts:false, Corbeille:trash:false, Réponses/2026::true, Éléments envoyés:sent:false, Courrier indésirable:junk:true"
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("%v: %s\nwant %s", caps, got, want)
		}
	}
}

func TestFolderNames(t *testing.T) {
	list := func(delim rune, folders ...string) (out []*imap.ListData) {
		for _, f := range folders {
			name, attrs, _ := strings.Cut(f, "|")
			d := &imap.ListData{Mailbox: name, Delim: delim}
			for a := range strings.FieldsSeq(attrs) {
				d.Attrs = append(d.Attrs, imap.MailboxAttr(a))
			}
			out = append(out, d)
		}
		return out
	}
	for _, c := range []struct {
		name  string
		list  []*imap.ListData
		gmail bool
		sent  string
		look  string
	}{
		{"in the inbox", list('.', "INBOX.Sent", "INBOX.Drafts", "INBOX.Trash", "INBOX.spam", "inbox", "INBOX.Clients"), false, "INBOX.Sent", "inbox INBOX.Clients INBOX.spam"},
		{"German", list('/', "INBOX", "Gesendete Objekte", "Papierkorb", "Entwürfe", "Spamverdacht", "Rechnungen"), false, "Gesendete Objekte", "INBOX Rechnungen Spamverdacht"},
		{"Dutch", list('/', "INBOX", "Verzonden items", "Prullenbak", "Concepten", "Ongewenste e-mail"), false, "Verzonden items", "INBOX Ongewenste e-mail"},
		{"told", list('/', "INBOX", `Sent`, `Verstuurd|\Sent`, `Junk|\junk`), false, "Verstuurd", "INBOX Sent Junk"},
		{"only folders", list('/', "INBOX", `Sent|\Noselect`, "Sent/2026"), false, "", "INBOX Sent/2026"},
		{"Gmail", list('/', "INBOX", `[Gmail]|\Noselect`, `[Gmail]/Tous les messages|\All`, `[Gmail]/Suivis|\Flagged`, `[Gmail]/Messages envoyés|\Sent`, `[Gmail]/Spam|\Junk`, "Clients"), true, "[Gmail]/Messages envoyés", "[Gmail]/Tous les messages [Gmail]/Spam"},
		{"Gmail without All Mail", list('/', "INBOX", `[Gmail]/Spam|\Junk`, "Clients"), true, "", "INBOX Clients [Gmail]/Spam"},
		{"All elsewhere", list('/', "INBOX", `Virtual/All|\All`, "Clients"), false, "", "INBOX Clients"},
		{"another's name deeper", list('/', "INBOX", "Clients/Sent"), false, "", "INBOX Clients/Sent"},
	} {
		var sent string
		var look []string
		for _, f := range sorted(c.list, c.gmail) {
			if f.Use == UseSent && f.Selectable {
				sent = f.Name
			}
			if f.Look {
				look = append(look, f.Name)
			}
		}
		if sent != c.sent || strings.Join(look, " ") != c.look {
			t.Errorf("%s: sent %q, look through %q", c.name, sent, look)
		}
	}
}

func TestSent(t *testing.T) {
	u, server, access := memory(t)
	b := open(t, server, access)
	raw := []byte(message(1))
	if _, err := b.FileSent(t.Context(), "m1@client.test", raw, day(1)); ledger.CodeOf(err) != "mail_no_sent" {
		t.Errorf("no folder: %v", err)
	}
	if err := u.Create("Sent", nil); err != nil {
		t.Fatal(err)
	}
	for n, want := range []bool{true, false} {
		if filed, err := b.FileSent(t.Context(), "m1@client.test", raw, day(1)); filed != want || err != nil {
			t.Errorf("time %d: %v %v", n+1, filed, err)
		}
	}
	for id, want := range map[string]bool{"m1@client.test": true, "m": false, "m2@client.test": false} {
		if got, err := b.FindSent(t.Context(), id); got != want || err != nil {
			t.Errorf("%s: %v %v", id, got, err)
		}
	}
	var f found
	if _, err := b.Scan(t.Context(), "Sent", Position{}, f.scanning()); err != nil || len(f.heads) != 1 || f.whole[1] != message(1) || !f.last.Received.Equal(day(1)) {
		t.Errorf("filed: %v %+v %v", f.whole, f.last, err)
	}
	for host, want := range map[string]bool{"smtp.gmail.com": true, "SMTP.Office365.com.": true, "smtp-mail.outlook.com": true, "smtp.orange.fr": false} {
		if FilesItself(host) != want {
			t.Errorf("%s files itself: %v", host, !want)
		}
	}
}

func TestLogin(t *testing.T) {
	_, server, access := memory(t)
	if err := Check(t.Context(), server, access); err != nil {
		t.Error(err)
	}
	access.Secret = "Sésame, ferme-toi"
	err := Check(t.Context(), server, access)
	if ledger.CodeOf(err) != "mail_login_imap" || strings.Contains(err.Error(), access.Secret) {
		t.Errorf("wrong password: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Check(ctx, server, access); !errors.Is(err, context.Canceled) {
		t.Errorf("ended before: %v", err)
	}
}

// watched runs a watch and gives a channel of what it calls.
func watched(t *testing.T, b *Box, poll time.Duration) (news chan bool, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	news, done := make(chan bool, 10), make(chan error, 1)
	go func() { done <- b.Watch(ctx, "INBOX", poll, func() { news <- true }) }()
	return news, func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(10 * time.Second):
			return errors.New("the watch does not end")
		}
	}
}

func expect(t *testing.T, news chan bool, what string) {
	t.Helper()
	select {
	case <-news:
	case <-time.After(10 * time.Second):
		t.Fatalf("not told: %s", what)
	}
}

// IDLE is begun again many times, and tells at once.
func TestWatch(t *testing.T) {
	u, server, access := memory(t)
	b := open(t, server, access)
	b.idle = 50 * time.Millisecond
	news, end := watched(t, b, time.Minute)
	expect(t, news, "the beginning")
	time.Sleep(200 * time.Millisecond)
	add(t, u, "INBOX", message(1), day(1))
	expect(t, news, "a message")
	if err := end(); !errors.Is(err, context.Canceled) {
		t.Errorf("the end: %v", err)
	}
	if len(news) > 0 {
		t.Error("told once too often")
	}
}
