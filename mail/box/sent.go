package box

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"quitus/ledger"
)

// filers are the servers for sending that put a copy among the messages sent by themselves: one more would be there twice.
var filers = []string{"smtp.gmail.com", "smtp.googlemail.com", "smtp.office365.com", "smtp-mail.outlook.com"}

// FilesItself says whether a server for sending puts the copy of a message in the mailbox itself, so that [Box.FileSent] is not to be called.
func FilesItself(host string) bool {
	return slices.Contains(filers, strings.ToLower(strings.TrimSuffix(host, ".")))
}

// lastSent is how many of the last messages sent are looked at one by one, for servers whose search does not know what just came.
const lastSent = 30

// FindSent says whether a message is among those sent, by its Message-ID, without angle brackets. What the server's search finds is looked
// at: an answer that finds too much proves nothing. The error is mail_no_sent where there is no such folder.
func (b *Box) FindSent(ctx context.Context, messageID string) (bool, error) {
	folder, err := b.sent(ctx)
	if err != nil {
		return false, err
	}
	return b.holds(ctx, folder, messageID)
}

// holds says whether a folder has the message with a Message-ID.
func (b *Box) holds(ctx context.Context, folder, messageID string) (bool, error) {
	if err := b.examine(ctx, folder); err != nil || b.opened.messages == 0 {
		return false, err
	}
	var found imap.UIDSet
	err := b.do(ctx, searchAnswer, func() error {
		criteria := &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}}}
		data, err := b.client.UIDSearch(criteria, b.compact()).Wait()
		if err == nil {
			found, _ = data.All.(imap.UIDSet)
		}
		return err
	})
	if err != nil {
		return false, err
	}
	ranges, err := b.sane(found, 0)
	if err != nil {
		return false, err
	}
	for uids := range chunks(ranges[max(0, len(ranges)-lastSent):], lastSent) {
		if yes, err := b.named(ctx, imap.UIDSetNum(uids...), messageID); yes || err != nil {
			return yes, err
		}
	}
	last := imap.SeqSet{{Start: b.opened.messages - min(b.opened.messages, lastSent) + 1, Stop: b.opened.messages}}
	return b.named(ctx, last, messageID)
}

// named says whether one of some messages has a Message-ID.
func (b *Box) named(ctx context.Context, set imap.NumSet, messageID string) (yes bool, err error) {
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-ID"}, Peek: true}
	heads, err := b.fetchHeads(ctx, set, lastSent, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	return slices.ContainsFunc(heads, func(h Head) bool { return messageIDOf(h.Header) == messageID }), err
}

// messageIDOf reads a header that has nothing but a Message-ID.
func messageIDOf(header []byte) string {
	_, id, _ := bytes.Cut(header, []byte(":"))
	return strings.Trim(strings.TrimSpace(string(id)), "<>")
}

// FileSent puts a copy of a message among those sent, read already and dated when, unless it is there: then filed is false. The server for
// sending may do so itself, see [FilesItself]. Errors are mail_no_sent where there is no such folder (none is made without being asked) and
// mail_quota where the mailbox is full.
func (b *Box) FileSent(ctx context.Context, messageID string, raw []byte, when time.Time) (filed bool, err error) {
	folder, err := b.sent(ctx)
	if err != nil {
		return false, err
	}
	there, err := b.holds(ctx, folder, messageID)
	if err != nil || there {
		return false, err
	}
	err = b.do(ctx, shortAnswer+int64(len(raw)), func() error {
		cmd := b.client.Append(folder, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}, Time: when})
		_, writing := cmd.Write(raw)
		closing := cmd.Close()
		if _, err := cmd.Wait(); full(err) {
			return ledger.Errorf("mail_quota", "host", b.server.Host)
		} else if err != nil {
			return err
		}
		return errors.Join(writing, closing)
	})
	return err == nil, err
}

// full says whether a server refuses because the mailbox has no room.
func full(err error) bool {
	said, ok := status(err)
	return ok && (said.Code == imap.ResponseCodeOverQuota || strings.Contains(strings.ToLower(said.Text), "quota"))
}
