package box

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/emersion/go-imap/v2"
	"golang.org/x/text/unicode/norm"

	"quitus/ledger"
)

// inbox is the one folder that every mailbox has, by this name.
const inbox = "INBOX"

// maxFolders is how many folders are known of a mailbox at most.
const maxFolders = 5000

// Use is what a folder is for.
type Use string

// Uses of folders; most folders have none.
const (
	UseInbox   Use = "inbox"
	UseSent    Use = "sent"
	UseJunk    Use = "junk"
	UseTrash   Use = "trash"
	UseDrafts  Use = "drafts"
	UseAll     Use = "all" // shows the messages of all others
	UseArchive Use = "archive"
	UseFlagged Use = "flagged" // shows messages of others
)

// Folder is one folder of a mailbox.
type Folder struct {
	Name       string // as the server names it, decoded: "INBOX.Réponses"
	Use        Use
	Selectable bool // holds messages, not only folders
	// Look says whether replies are to be looked for in it.
	Look bool
}

// uses are the attributes of RFC 6154.
var uses = map[imap.MailboxAttr]Use{
	imap.MailboxAttrSent: UseSent, imap.MailboxAttrJunk: UseJunk, imap.MailboxAttrTrash: UseTrash, imap.MailboxAttrDrafts: UseDrafts,
	imap.MailboxAttrAll: UseAll, imap.MailboxAttrArchive: UseArchive, imap.MailboxAttrFlagged: UseFlagged,
}

// names are what folders are called where a server does not tell their use, as [plainName] writes it: of mail programs and providers in
// French, English, German and Dutch, the likeliest first.
var names = map[Use][]string{
	UseSent: {"sent", "sentitems", "sentmessages", "sentmail", "envoyes", "elementsenvoyes", "messagesenvoyes", "courrierenvoye", "courriersenvoyes", "objetsenvoyes",
		"gesendet", "gesendeteelemente", "gesendeteobjekte", "gesendetenachrichten", "verzonden", "verzondenitems", "verzondenberichten"},
	UseJunk: {"junk", "spam", "junkemail", "junkmail", "bulk", "bulkmail", "indesirables", "courrierindesirable", "courriersindesirables", "pourriel", "pourriels",
		"unerwunscht", "spamverdacht", "werbung", "ongewenst", "ongewensteemail", "quarantaine"},
	UseTrash: {"trash", "bin", "deleted", "deleteditems", "deletedmessages", "corbeille", "poubelle", "elementssupprimes", "messagessupprimes",
		"papierkorb", "geloscht", "geloschteelemente", "geloschteobjekte", "prullenbak", "verwijderd", "verwijderdeitems"},
	UseDrafts:  {"drafts", "draft", "brouillons", "brouillon", "entwurfe", "entwurf", "concepten", "concept"},
	UseArchive: {"archive", "archives", "archiv", "archief"},
}

// plainName writes the name of a folder without what varies: capitals, accents, spaces, and the inbox that it lies in.
func plainName(name string, delim rune) string {
	if delim != 0 {
		if top, rest, ok := strings.Cut(name, string(delim)); ok && strings.EqualFold(top, inbox) {
			name = rest
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == delim {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

// Folders lists the folders: the inbox first, spam last. Looked through is all but drafts, trash, what was sent, and folders that only show
// messages of others. At Gmail, where every label is such a folder, it is All Mail (which has the messages sent too) and spam, so that each
// message is seen once.
//
// Where the server's list cannot be read, the inbox alone is given, together with the error mail_folders.
func (b *Box) Folders(ctx context.Context) ([]Folder, error) {
	if err := b.ready(ctx); err != nil {
		return nil, err
	}
	var list []*imap.ListData
	err := b.do(ctx, listAnswer, func() (err error) {
		list, err = b.list()
		return err
	})
	if ledger.CodeOf(err) == "mail_answer_imap" || ledger.CodeOf(err) == "mail_refused_imap" {
		return []Folder{{Name: inbox, Use: UseInbox, Selectable: true, Look: true}}, ledger.Errorf("mail_folders", "host", b.server.Host, "cause", err)
	}
	if err != nil {
		return nil, err
	}
	return sorted(list, b.caps.Has("X-GM-EXT-1")), nil
}

// list asks for all folders, with their use where the server knows it.
func (b *Box) list() ([]*imap.ListData, error) {
	var options *imap.ListOptions
	if b.caps.Has(imap.CapSpecialUse) && b.caps.Has(imap.CapListExtended) {
		options = &imap.ListOptions{ReturnSpecialUse: true}
	}
	cmd := b.client.List("", "*", options)
	var list []*imap.ListData
	for d := cmd.Next(); d != nil; d = cmd.Next() {
		if len(list) < maxFolders {
			list = append(list, d)
		}
	}
	return list, cmd.Close()
}

// sorted makes folders of what a server lists.
func sorted(list []*imap.ListData, gmail bool) []Folder {
	var out []Folder
	told := map[Use]bool{}
	plain := map[string]int{}
	for _, d := range list {
		f := Folder{Name: d.Mailbox, Selectable: true}
		for _, a := range d.Attrs {
			switch attr := imap.MailboxAttr(strings.ToLower(string(a))); {
			case attr == "\\noselect", attr == "\\nonexistent":
				f.Selectable = false
			default:
				for known, use := range uses {
					if f.Use == "" && strings.EqualFold(string(known), string(a)) {
						f.Use = use
					}
				}
			}
		}
		if strings.EqualFold(f.Name, inbox) {
			f.Use = UseInbox
		}
		if f.Selectable {
			told[f.Use] = true
			if _, twice := plain[plainName(f.Name, d.Delim)]; !twice {
				plain[plainName(f.Name, d.Delim)] = len(out)
			}
		}
		out = append(out, f)
	}
	for use, known := range names {
		if told[use] {
			continue
		}
		for _, name := range known {
			if at, ok := plain[name]; ok && out[at].Use == "" {
				out[at].Use = use
				break
			}
		}
	}
	look(out, gmail && told[UseAll])
	slices.SortStableFunc(out, func(a, b Folder) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a.Name, b.Name))
	})
	return slices.CompactFunc(out, func(a, b Folder) bool { return a.Name == b.Name })
}

// look chooses where replies are looked for.
func look(folders []Folder, all bool) {
	for n := range folders {
		f := &folders[n]
		switch f.Use {
		case UseJunk:
			f.Look = f.Selectable
		case UseAll:
			f.Look = f.Selectable && all
		case UseInbox, UseArchive, "":
			f.Look = f.Selectable && !all
		}
	}
}

func place(f Folder) int {
	switch f.Use {
	case UseInbox:
		return 0
	case UseJunk:
		return 2
	}
	return 1
}

// sent finds the folder of messages sent; the error mail_no_sent where there is none.
func (b *Box) sent(ctx context.Context) (string, error) {
	folders, err := b.Folders(ctx)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(folders, func(f Folder) bool { return f.Use == UseSent && f.Selectable })
	if at < 0 {
		return "", ledger.Errorf("mail_no_sent", "host", b.server.Host)
	}
	return folders[at].Name, nil
}
