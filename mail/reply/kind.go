package reply

import (
	"strings"

	"quitus/ledger"
)

// kindOf tells persons, bounces and automatic answers apart. A bounce is found first: it must never be taken for a reply.
func kindOf(h *Head, p *part, words []row, bounces []Bounce) ledger.ReplyKind {
	folded := foldRows(words)
	switch {
	case h.Report == "disposition-notification":
		return ledger.ReplyAuto
	case delivered(p):
		return ledger.ReplyAuto
	case reportPart(p) != nil && (p.media == "multipart/report" || h.daemon() || h.NoReturn), len(h.Failed) > 0:
		return ledger.ReplyBounce
	case h.daemon() && (startsWith(ledger.Fold(h.Subject), kinds()["bounce subject"]) || saysBounce(folded) || returnedPart(p) != nil || len(bounces) > 0):
		return ledger.ReplyBounce
	case h.NoReturn && (startsWith(ledger.Fold(h.Subject), kinds()["bounce subject"]) || returnedPart(p) != nil) && saysBounce(folded):
		return ledger.ReplyBounce
	case h.Automatic():
		return ledger.ReplyAuto
	}
	return ledger.ReplyPerson
}

// Automatic says whether a header is one of an automatic answer.
func (h *Head) Automatic() bool {
	if h.AutoReply || h.AutoSubmitted != "" && h.AutoSubmitted != "no" || h.Precedence == "auto_reply" || h.Precedence == "auto-reply" {
		return true
	}
	return startsWith(ledger.Fold(h.Subject), kinds()["auto subject"])
}

// Undelivered says whether a header looks like one of a bounce. The message may still turn out to be something else.
func (h *Head) Undelivered() bool {
	return h.Report == "delivery-status" || len(h.Failed) > 0 || h.daemon() || h.NoReturn && startsWith(ledger.Fold(h.Subject), kinds()["bounce subject"])
}

// daemon says whether a message comes from the part of a mail server that reports.
func (h *Head) daemon() bool {
	name, _, _ := strings.Cut(h.From.Address, "@")
	return startsWith(name, kinds()["bounce sender"])
}

// foldRows folds the beginning of a text for looking for phrases.
func foldRows(rows []row) string {
	var b strings.Builder
	for _, r := range rows {
		if b.Len() > 16<<10 {
			break
		}
		b.WriteString(clip(r.text, 2000))
		b.WriteByte(' ')
	}
	return ledger.Fold(b.String())
}

func saysBounce(folded string) bool { return contains(folded, kinds()["bounce text"]) }

func contains(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
