package box

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"quitus/ledger"
)

// headsAtOnce is how many heads one command fetches: enough for distant servers, and 16 MB at the very worst.
const headsAtOnce = 250

// fields are the fields of a message that are fetched of all: by them one sees whether it could be about a case, or is a report. Others, which
// tell automatic answers, are in the whole message; each field that is asked for takes time, as servers repeat its name with every message.
var fields = []string{
	"Message-ID", "In-Reply-To", "References", "From", "Sender", "To", "Subject", "Date", "Return-Path", "Content-Type", "Auto-Submitted",
	"X-Failed-Recipients",
}

// heads fetches the heads of n messages. Those that came before an error are given with it.
func (b *Box) heads(ctx context.Context, set imap.NumSet, n int) ([]Head, error) {
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: fields, Peek: true}
	return b.fetchHeads(ctx, set, n, &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{section}})
}

// headAlone fetches a head in the form in which the least can go wrong: without size and date, and its fields cut by the server.
func (b *Box) headAlone(ctx context.Context, set imap.NumSet) ([]Head, error) {
	section := &imap.FetchItemBodySection{
		Specifier: imap.PartSpecifierHeader, HeaderFields: fields, Peek: true, Partial: &imap.SectionPartial{Size: MaxHeader},
	}
	return b.fetchHeads(ctx, set, 1, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
}

func (b *Box) fetchHeads(ctx context.Context, set imap.NumSet, n int, options *imap.FetchOptions) ([]Head, error) {
	heads := make([]Head, 0, n)
	err := b.do(ctx, shortAnswer+int64(n)*MaxHeader, func() error {
		cmd := b.client.Fetch(set, options)
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			h := Head{Folder: b.opened.folder}
			complete := false
			for item := m.Next(); item != nil; item = m.Next() {
				switch item := item.(type) {
				case imapclient.FetchItemDataUID:
					h.UID = uint32(item.UID)
				case imapclient.FetchItemDataRFC822Size:
					h.Size = item.Size
				case imapclient.FetchItemDataInternalDate:
					h.Received = item.Time
				case imapclient.FetchItemDataBodySection:
					text, err := literal(item.Literal, MaxHeader)
					h.Header, complete = text, err == nil
				}
			}
			if complete && len(heads) < n {
				heads = append(heads, h)
			}
		}
		return cmd.Close()
	})
	return heads, err
}

// literal reads a text of at most limit bytes; the rest of it is passed over. What does not come in full is an error.
func literal(r imap.LiteralReader, limit int64) ([]byte, error) {
	if r == nil {
		return nil, nil
	}
	text := make([]byte, min(r.Size(), limit))
	_, err := io.ReadFull(r, text)
	return text, err
}

// whole fetches a message; none where the server gives none. The error is mail_message_size where it is larger than the server said.
func (sc *scan) whole(ctx context.Context, uid imap.UID) (raw []byte, err error) {
	section := &imap.FetchItemBodySection{Peek: true}
	err = sc.do(ctx, shortAnswer+MaxMessage, func() error {
		cmd := sc.client.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		var wrong error
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				body, ok := item.(imapclient.FetchItemDataBodySection)
				if !ok || body.Literal == nil {
					continue
				}
				if size := body.Literal.Size(); size > MaxMessage {
					wrong = sc.tooLarge(size)
					sc.cut()
					continue
				}
				raw, _ = literal(body.Literal, MaxMessage) // what does not come in full is an error of the command
			}
		}
		if err := cmd.Close(); wrong == nil {
			return err
		}
		return wrong
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// since searches for what came after a number and not before a day.
func (b *Box) since(ctx context.Context, after uint32, day ledger.Date) ([]imap.UIDRange, error) {
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(after) + 1}}}}
	if day > 0 {
		y, m, d := day.Add(-1).Civil()
		criteria.Since = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	}
	var found imap.UIDSet
	err := b.do(ctx, searchAnswer, func() error {
		data, err := b.client.UIDSearch(criteria, b.compact()).Wait()
		if err == nil {
			found, _ = data.All.(imap.UIDSet)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return b.sane(found, imap.UID(after))
}

// compact asks for the answer of a search in the form that is short, where the server knows it.
func (b *Box) compact() *imap.SearchOptions {
	if b.caps.Has(imap.CapESearch) {
		return &imap.SearchOptions{ReturnAll: true}
	}
	return nil
}

// sane orders the numbers that a search found, of which only those after one count: a server that is asked for what comes after the last
// message answers with the last message. More numbers than messages are no answer; some may have come meanwhile.
func (b *Box) sane(found imap.UIDSet, after imap.UID) ([]imap.UIDRange, error) {
	ranges := slices.Clone([]imap.UIDRange(found))
	slices.SortFunc(ranges, func(a, b imap.UIDRange) int { return cmp.Compare(a.Start, b.Start) })
	const meanwhile = 10_000
	room := int64(b.opened.messages) + meanwhile
	out := ranges[:0]
	for _, r := range ranges {
		if r.Start = max(r.Start, after+1); r.Stop < r.Start {
			continue
		}
		after = r.Stop
		room -= int64(r.Stop-r.Start) + 1
		out = append(out, r)
	}
	if room < 0 || slices.ContainsFunc(found, func(r imap.UIDRange) bool { return r.Start == 0 || r.Stop == 0 }) {
		return nil, ledger.Errorf("mail_answer_imap", "host", b.server.Host, "cause", errTooMany)
	}
	return out, nil
}

var errTooMany = errors.New("the server finds more messages than there are")

// chunks gives the numbers of ranges, n at a time.
func chunks(ranges []imap.UIDRange, n int) iter.Seq[[]imap.UID] {
	return func(yield func([]imap.UID) bool) {
		uids := make([]imap.UID, 0, n)
		for _, r := range ranges {
			for uid := uint64(r.Start); uid <= uint64(r.Stop); uid++ {
				if uids = append(uids, imap.UID(uid)); len(uids) == n {
					if !yield(uids) {
						return
					}
					uids = uids[:0]
				}
			}
		}
		if len(uids) > 0 {
			yield(uids)
		}
	}
}

// place gives the place in the folder of the message with a number; none where there is no such message.
func (b *Box) place(ctx context.Context, uid imap.UID) (place imap.SeqSet, err error) {
	err = b.do(ctx, shortAnswer, func() error {
		data, err := b.client.Search(&imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(uid)}}, nil).Wait()
		if err == nil {
			place, _ = data.All.(imap.SeqSet)
		}
		return err
	})
	if len(place) > 1 {
		place = place[:1]
	}
	return place, err
}
