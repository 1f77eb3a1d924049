package box

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"quitus/ledger"
)

// Position is how far a folder was read. The names are written in ledger files.
type Position struct {
	UIDValidity uint32 `json:"uid_validity"` // under which numbers hold; when it changes, they do not any more
	LastUID     uint32 `json:"last_uid"`     // the last number that was read; 0 for none
}

// Head is what is fetched of every new message.
type Head struct {
	Folder string
	UID    uint32
	Size   int64 // of the whole message, in bytes, as the server says; 0 where it could not be asked
	// Received is when the message came into the mailbox; zero where it could not be asked.
	Received time.Time
	// Header has the fields that tell replies, reports and automatic answers, as they came; at most [MaxHeader] bytes of them.
	Header []byte
}

// MaxHeader is how much of the fields of one message is taken, in bytes.
const MaxHeader = 64 << 10

// MaxMessage is how large a message may be to be fetched whole, in bytes.
const MaxMessage = 35 << 20

// Left is a message that was not read. Why is mail_message_size (facts size and limit in MB) for one that is too large, and
// mail_message_unread for one that the server cannot give or gives in a form that cannot be read. Head has at least its folder and number.
type Left struct {
	Head Head
	Why  error
}

// Scanning says what to do with what is found. The functions are called in order of the numbers, one at a time; those that return an error
// end the scan with it.
type Scanning struct {
	// Since is the day before which nothing that came is looked at; everything is where it is 0. A day more is looked at, for servers in other
	// time zones.
	Since ledger.Date
	// Wanted says whether the whole message is to be fetched.
	Wanted func(*Head) bool
	// Message takes a whole message, as it is in the mailbox. It may keep both.
	Message func(*Head, []byte) error
	// Left takes a message that could not be read.
	Left func(Left) error
	// Reached is told how far the folder was read, each time after what Message and Left were given until there: who stores it and begins
	// there next time sees nothing twice and misses nothing.
	Reached func(Position) error
}

// maxTrouble is how often a scan connects again or leaves what cannot be read: after that the server is in disorder, not a message.
const maxTrouble = 60

// Scan looks through what came into a folder since a position, and returns the new one. Where the folder has been renumbered, or from is
// empty, it begins at Since. What was deleted meanwhile is passed over. Errors beside those of [Open] are mail_folder where the folder cannot
// be opened, and those of the functions; the position is then the one until which all was done.
func (b *Box) Scan(ctx context.Context, folder string, from Position, s Scanning) (Position, error) {
	if err := b.examine(ctx, folder); err != nil {
		return from, err
	}
	now := b.opened
	sc := &scan{Box: b, Scanning: s, folder: folder, at: from, told: from}
	if from.UIDValidity != now.validity || now.next > 0 && from.LastUID >= now.next {
		sc.at = Position{UIDValidity: now.validity}
	}
	if now.messages > 0 && (now.next == 0 || sc.at.LastUID < now.next-1) {
		found, err := b.since(ctx, sc.at.LastUID, s.Since)
		if err != nil {
			return from, err
		}
		for uids := range chunks(found, b.chunk) {
			if err := sc.read(ctx, uids); err != nil {
				return sc.at, err
			}
		}
	}
	// Numbers below the next one are given away: what lies there and was not found is too old.
	if now.next > 0 {
		sc.at.LastUID = max(sc.at.LastUID, now.next-1)
	}
	return sc.at, sc.reach()
}

// scan is a scan of a folder under way.
type scan struct {
	*Box
	Scanning
	folder  string
	at      Position // until which all is done
	told    Position // that Reached was told, or that the caller has
	trouble int      // how often the connection was lost, or a message could not be read
	rough   bool     // something went wrong since the last chunk
}

// reach tells how far the folder was read.
func (sc *scan) reach() error {
	if sc.at == sc.told || sc.Reached == nil {
		return nil
	}
	sc.told = sc.at
	return sc.Reached(sc.at)
}

// read takes one chunk of messages: their heads together, and those that did not come that way one by one.
func (sc *scan) read(ctx context.Context, uids []imap.UID) error {
	if err := sc.again(ctx); err != nil {
		return err
	}
	heads, err := sc.heads(ctx, imap.UIDSetNum(uids...), len(uids))
	if err != nil && !passable(ctx, err) {
		return err
	}
	sc.rough = err != nil
	slices.SortFunc(heads, func(a, b Head) int { return cmp.Compare(a.UID, b.UID) })
	for _, uid := range uids {
		if at, ok := slices.BinarySearchFunc(heads, uint32(uid), func(h Head, uid uint32) int { return cmp.Compare(h.UID, uid) }); ok {
			err = sc.take(ctx, heads[at])
		} else {
			err = sc.alone(ctx, uid)
		}
		if err != nil {
			return err
		}
		sc.at.LastUID = uint32(uid)
		if sc.rough {
			if err := sc.reach(); err != nil {
				return err
			}
		}
	}
	return sc.reach()
}

// alone takes a message whose head did not come with the others.
func (sc *scan) alone(ctx context.Context, uid imap.UID) error {
	var heads []Head
	err := sc.again(ctx)
	if err != nil {
		return err
	}
	if heads, err = sc.headAlone(ctx, imap.UIDSetNum(uid)); err == nil && len(heads) == 0 {
		// Deleted, or the server puts the number behind the text, where the library does not look for it; a place in the folder helps then.
		var place imap.SeqSet
		if place, err = sc.place(ctx, uid); err == nil && len(place) == 0 {
			return nil
		} else if err == nil {
			heads, err = sc.headAlone(ctx, place)
		}
	}
	if at := slices.IndexFunc(heads, func(h Head) bool { return h.UID == uint32(uid) }); at >= 0 {
		return sc.take(ctx, heads[at])
	}
	return sc.leave(ctx, Head{Folder: sc.folder, UID: uint32(uid)}, err)
}

// take looks at a head, and fetches the whole message where it is wanted.
func (sc *scan) take(ctx context.Context, h Head) error {
	if !sc.Wanted(&h) {
		return nil
	}
	var raw []byte
	var err error
	for range 2 {
		if h.Size > MaxMessage {
			err = sc.tooLarge(h.Size)
			break
		}
		if err := sc.again(ctx); err != nil {
			return err
		}
		if raw, err = sc.whole(ctx, imap.UID(h.UID)); err == nil && raw != nil {
			return sc.Message(&h, raw)
		}
		if sc.rough = true; err != nil && !passable(ctx, err) {
			break
		}
	}
	return sc.leave(ctx, h, err)
}

// leave tells that a message could not be read, for a reason; nothing for none, where it was not given. It is left only where the server
// works otherwise and still has it: else all would be left while a server is out of order.
func (sc *scan) leave(ctx context.Context, h Head, why error) error {
	sc.rough = true
	left := Left{Head: h, Why: why}
	if ledger.CodeOf(why) != "mail_message_size" {
		if why != nil && !passable(ctx, why) {
			return why
		}
		if err := sc.again(ctx); err != nil {
			return err
		}
		place, err := sc.place(ctx, imap.UID(h.UID))
		if err != nil || len(place) == 0 {
			return err
		}
		if why == nil {
			why = errNotGiven
		}
		if err := sc.worse(why); err != nil {
			return err
		}
		left.Why = ledger.Errorf("mail_message_unread", "folder", sc.folder, "cause", why)
	}
	if sc.Left == nil {
		return nil
	}
	return sc.Left(left)
}

var errNotGiven = errors.New("the server has the message and does not give it")

// tooLarge is the reason to leave a message of so many bytes.
func (sc *scan) tooLarge(size int64) error {
	return ledger.Errorf("mail_message_size", "folder", sc.folder, "size", size>>20, "limit", MaxMessage>>20)
}

// again opens the folder where it is not any more, which needs a new connection where that was lost.
func (sc *scan) again(ctx context.Context) error {
	lost, cause := sc.wire.lost()
	if !lost && sc.opened.folder == sc.folder {
		return nil
	}
	if lost {
		if err := sc.worse(cause); err != nil {
			return err
		}
	}
	if err := sc.examine(ctx, sc.folder); err != nil {
		return err
	}
	if sc.opened.validity != sc.at.UIDValidity {
		return ledger.Errorf("mail_answer_imap", "host", sc.server.Host, "cause", errRenumbered)
	}
	return nil
}

// worse counts what goes wrong, and ends the scan where it is too much.
func (sc *scan) worse(cause error) error {
	if sc.trouble++; sc.trouble > maxTrouble {
		return ledger.Errorf("mail_answer_imap", "host", sc.server.Host, "cause", cause)
	}
	return nil
}

var errRenumbered = errors.New("the folder was renumbered while it was read")

// passable says whether the fault may lie in one message: not where the server says that it cannot now, and not at the end of ctx.
func passable(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	switch ledger.CodeOf(err) {
	case "mail_timeout", "mail_connection", "mail_answer_imap", "mail_refused_imap":
		return true
	}
	return false
}
