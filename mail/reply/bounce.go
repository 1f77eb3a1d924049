package reply

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
)

// Bounce is what a report says about one recipient of a message.
type Bounce struct {
	Recipient  string // address, in small letters; empty where the report names none
	Action     Action
	Status     string // enhanced status: "5.1.1"; empty where none is given
	Diagnostic string // the server's own words, one line
	// OriginalID is the name of the message that was returned, without angle brackets; empty where the report does not give it.
	OriginalID string
}

// Action is what a mail server did with a message.
type Action string

// Actions of bounces.
const (
	Failed  Action = "failed"  // it gave up
	Delayed Action = "delayed" // it goes on trying
)

const maxBounces = 50

// reportPart finds the part that reports for programs, or nil.
func reportPart(p *part) *part {
	return find(p, "message/delivery-status", "message/global-delivery-status")
}

// returnedPart finds what was returned of the message, or nil.
func returnedPart(p *part) *part {
	return find(p, "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
}

func find(p *part, media ...string) *part {
	var found *part
	p.each(func(p *part) {
		if found == nil && slices.Contains(media, p.media) {
			found = p
		}
	})
	return found
}

// delivered says whether a report says of nobody that the message failed or is late: it tells that it arrived.
func delivered(p *part) bool {
	r := reportPart(p)
	if r == nil || p.media != "multipart/report" {
		return false
	}
	good, bad := 0, 0
	for _, b := range reportBlocks(r.body) {
		switch token(b.get("action")) {
		case "delivered", "relayed", "expanded":
			good++
		case "":
		default:
			bad++
		}
	}
	return good > 0 && bad == 0
}

// reportBlocks parts the body of a report in its blocks of fields.
func reportBlocks(body []byte) []header {
	body = bytes.ReplaceAll(body[:min(len(body), maxText)], []byte("\r\n"), []byte("\n"))
	var out []header
	for len(bytes.TrimSpace(body)) > 0 && len(out) <= maxBounces {
		h, rest := cutHeader(bytes.TrimLeft(body, "\n"))
		if h.fields == 0 || len(rest) >= len(body) {
			break
		}
		out, body = append(out, h), rest
	}
	return out
}

// bounces reads what a report says: from the part for programs, else from its header and its words.
func (w *walk) bounces(p *part, head *Head, words []row) []Bounce {
	original := w.originalID(p, words)
	var out []Bounce
	if r := reportPart(p); r != nil {
		for _, b := range reportBlocks(w.content(r, maxText)) {
			if b.get("final-recipient") == "" && b.get("original-recipient") == "" && b.get("action") == "" {
				continue // about the message
			}
			recipient := typed(b.get("original-recipient"))
			if recipient == "" {
				recipient = typed(b.get("final-recipient"))
			}
			out = append(out, Bounce{Recipient: recipient, Action: Action(token(b.get("action"))), Status: status(b.get("status")),
				Diagnostic: line(decodeWords(afterType(b.get("diagnostic-code"))))})
		}
	}
	if out == nil && (head.Undelivered() || head.NoReturn) {
		out = bouncesOfWords(head, words)
	}
	for i := range out {
		b := &out[i]
		b.OriginalID = original
		if b.Status == "" {
			b.Status = status(b.Diagnostic)
		}
		if b.Action != Failed && b.Action != Delayed {
			b.Action = Failed
			if strings.HasPrefix(b.Status, "4") {
				b.Action = Delayed
			}
		}
	}
	return out[:min(len(out), maxBounces)]
}

// typed reads "rfc822; name@domain".
func typed(s string) string { return first(addresses(afterType(s))).Address }

// afterType takes "rfc822;" or "smtp;" off.
func afterType(s string) string {
	if before, after, ok := strings.Cut(s, ";"); ok && !strings.ContainsAny(strings.TrimSpace(before), " @") {
		return strings.TrimSpace(after)
	}
	return strings.TrimSpace(s)
}

var (
	enhanced = regexp.MustCompile(`(?:^|[^0-9.])([45]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|\.?$|\.\s)`)
	answered = regexp.MustCompile(`(?:^|[\s:<(#])([45][0-9]{2})[\s\-#]`)
)

// status finds an enhanced status in a text.
func status(s string) string {
	if m := enhanced.FindStringSubmatch(clip(s, 2000)); m != nil {
		return m[1]
	}
	return ""
}

// bouncesOfWords reads reports that have no part for programs.
func bouncesOfWords(head *Head, words []row) []Bounce {
	folded := foldRows(words)
	if len(head.Failed) == 0 && !saysBounce(folded) && !startsWith(ledger.Fold(head.Subject), kinds()["bounce subject"]) {
		return nil
	}
	late := contains(folded, kinds()["delayed"]) || contains(ledger.Fold(head.Subject), kinds()["delayed"])
	var b Bounce
	if len(head.Failed) > 0 {
		b.Recipient = head.Failed[0]
	}
	for _, r := range words[:min(len(words), 200)] {
		text := clip(r.text, 1000)
		if labelled(text, "label from") { // the returned message begins
			break
		}
		if a := first(looseAddresses(text)); b.Recipient == "" && a.Address != "" && a.Address != head.From.Address {
			b.Recipient = a.Address
		}
		if s := status(text); b.Diagnostic == "" && (s != "" || answered.MatchString(text+" ")) {
			b.Status, b.Diagnostic = s, line(text)
		}
	}
	if late {
		b.Action = Delayed
	} else if b.Status == "" {
		if m := answered.FindStringSubmatch(b.Diagnostic + " "); m != nil && m[1][0] == '4' {
			b.Action = Delayed
		}
	}
	out := []Bounce{b}
	for _, a := range head.Failed[min(1, len(head.Failed)):] {
		b.Recipient = a
		out = append(out, b)
	}
	return out
}

var idLine = regexp.MustCompile(`(?i)^[> ]*message-id:\s*(<[^<>\s]{1,500}>)`)

// originalID finds the name of the message that was returned.
func (w *walk) originalID(p *part, words []row) string {
	if r := returnedPart(p); r != nil {
		h, _ := cutHeader(bytes.TrimLeft(w.content(r, MaxHeader), "\r\n"))
		if id := ids(h.get("message-id")); len(id) > 0 {
			return id[0]
		}
	}
	for _, r := range words {
		if m := idLine.FindStringSubmatch(clip(r.text, 600)); m != nil {
			return strings.Trim(m[1], "<>")
		}
	}
	return ""
}
