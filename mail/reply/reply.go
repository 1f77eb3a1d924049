// Package reply understands messages that came back: what they are, the sender's own words, which message of ours they answer, and what
// they seem to say. It works on bytes and values alone: no network, disk or clock. It never fetches what a message points to.
//
// What comes in is hostile until proved otherwise. Size, header, nesting, number of parts and text are bounded; what is broken is read as
// well as can be and marked [Message.Damaged]. The message's bytes stay the evidence, whatever is made of them here.
//
// The words by which all this is recognised are files of assets/replies. A file has sections, "[name]", of one phrase per line; "#" begins a
// comment. Phrases are written as [ledger.Fold] gives them: small letters, no accents.
package reply

import (
	"strings"

	"quitus/ledger"
)

// Bounds on what is read of one message.
const (
	MaxSize   = 50 << 20  // bytes of a message; larger ones are refused
	MaxHeader = 256 << 10 // bytes of a message's header; larger ones are refused
	maxFields = 1000      // fields of a message's header; more are refused
	maxDepth  = 20        // parts within parts; what lies deeper is left out
	maxParts  = 300       // parts in all; what comes after is left out
	maxText   = 256 << 10 // bytes of text that are looked at in one part, and in all
	maxHTML   = 1 << 20   // bytes of HTML that are looked at in one part
	maxKept   = 64 << 10  // bytes of each text that a Message holds
)

// Message is what could be read of a message.
type Message struct {
	Head
	Kind ledger.ReplyKind
	// Text is the sender's own words as plain text, fit for display (see [Safe]); answers between quoted lines are among them. Quoted is what
	// was quoted, Signature what programs, signatures after "-- " and lawyers add.
	Text, Quoted, Signature string
	// Cut: a text was longer than is kept here.
	Cut bool
	// Bounces tells of the recipients that a bounce is about; empty for other kinds, and where a bounce names none.
	Bounces     []Bounce
	Attachments []Attachment
	// Damaged: something in the message is not as it must be (charset, encoding, boundaries, header, bounds), so the text may lack
	// something.
	Damaged bool
}

// Address is one address of a header.
type Address struct {
	Name    string // as its owner wrote it, for display; may be empty, and may lie
	Address string // small letters; empty where there is none
}

// Read reads a message under bounds. Errors: reply_too_big (facts size and limit, in MB) and reply_header (a header without end). All
// else that is wrong is marked Damaged.
func Read(raw []byte) (*Message, error) {
	p, w, err := open(raw)
	if err != nil {
		return nil, err
	}
	m := &Message{Head: headOf(p.header)}
	words := w.words(p)
	m.Attachments = w.attachments(p)
	m.Bounces = w.bounces(p, &m.Head, words)
	m.Kind = kindOf(&m.Head, p, words, m.Bounces)
	if m.Kind != ledger.ReplyBounce {
		m.Bounces = nil
	}
	own, quoted, signature := split(words)
	if m.Kind == ledger.ReplyBounce { // what it returns is not a quotation of somebody's
		own, quoted, signature = join(words), "", ""
	}
	for _, t := range []struct {
		to   *string
		from string
	}{{&m.Text, own}, {&m.Quoted, quoted}, {&m.Signature, signature}} {
		kept := clip(t.from, maxKept)
		*t.to = strings.TrimSpace(Safe(kept))
		m.Cut = m.Cut || kept != t.from
	}
	m.Damaged = w.damaged || p.header.damaged || len(p.header.values["from"]) > 1
	m.Cut = m.Cut || w.cut
	return m, nil
}

// open parts a message: bounds first.
func open(raw []byte) (*part, *walk, error) {
	const mb = 1 << 20
	if len(raw) > MaxSize {
		return nil, nil, ledger.Errorf("reply_too_big", "size", len(raw)/mb, "limit", MaxSize/mb)
	}
	h, body := cutHeader(raw)
	if len(raw)-len(body) > MaxHeader || h.fields > maxFields {
		return nil, nil, ledger.Errorf("reply_header")
	}
	w := &walk{}
	return w.part(h, body, 0), w, nil
}

// clip gives at most n bytes of a text, in whole characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
