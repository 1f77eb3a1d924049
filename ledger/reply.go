package ledger

import "time"

// ReplyKind says what a message that came back is. The values are written in ledger files.
type ReplyKind string

// Kinds of messages that come back.
const (
	ReplyPerson ReplyKind = "reply"  // somebody's own words
	ReplyBounce ReplyKind = "bounce" // a report that a message could not be delivered
	ReplyAuto   ReplyKind = "auto"   // an automatic answer: out of office, ticket opened
)

// Meaning is what a reply says about the case. The values are written in ledger files.
type Meaning string

// Meanings of replies.
const (
	MeansConfirms  Meaning = "confirms"  // agrees with what was written
	MeansContests  Meaning = "contests"  // the debt, or a part of it
	MeansPays      Meaning = "pays"      // announces a payment
	MeansDocuments Meaning = "documents" // asks for documents
	MeansOther     Meaning = "other"
)

// Meanings lists them in the order in which forms offer them.
var Meanings = []Meaning{MeansConfirms, MeansContests, MeansPays, MeansDocuments, MeansOther}

// ReplyFound says by what a reply was tied to a case. The values are written in ledger files.
type ReplyFound string

// Ways in which a reply is found, the surest first.
const (
	FoundThread    ReplyFound = "thread"    // it names a message of ours as the one that it answers
	FoundReference ReplyFound = "reference" // our reference stands in its subject or text
	FoundSender    ReplyFound = "sender"    // its sender is one we wrote to, and it names an invoice
)

// Reply is a message that came back on a case, kept byte for byte. Until the owner decided what it means, nobody is reminded of that customer.
type Reply struct {
	ID       ReplyID    `json:"-"`
	Customer CustomerID `json:"customer"`
	Contact  ContactID  `json:"contact,omitempty"`
	Message  MessageID  `json:"message,omitempty"` // of ours that it answers
	Sort     ReplyKind  `json:"sort"`
	Found    ReplyFound `json:"found"`
	On       Date       `json:"on"`               // the day of its date, as its sender's program wrote it
	At       time.Time  `json:"at"`               // when it was fetched
	Header   string     `json:"header,omitempty"` // its Message-ID, without angle brackets
	Raw      Hash       `json:"raw"`              // the message as it came, a document of the ledger
	Size     int64      `json:"size"`             // of Raw, in bytes
	// Proposed is what its words seem to say; PassageFrom and PassageTo are where in Text, in bytes.
	Proposed    Meaning `json:"proposed,omitempty"`
	PassageFrom int     `json:"passage_from,omitempty"`
	PassageTo   int     `json:"passage_to,omitempty"`
	// Meant is what the owner says that it means, on the day of Decided; nothing before.
	Meant   Meaning `json:"meant,omitempty"`
	Decided Date    `json:"decided,omitempty"`

	From    string `json:"-"` // address
	Subject string `json:"-"`
	Text    string `json:"-"` // the words of the sender alone, as plain text; what was quoted is in Raw
}

func (r *Reply) Kind() Kind          { return KindReply }
func (r *Reply) Key() uint32         { return uint32(r.ID) }
func (r *Reply) setKey(k uint32)     { r.ID = ReplyID(k) }
func (r *Reply) Personal() []*string { return []*string{&r.From, &r.Subject, &r.Text} }

// Waits says whether the owner is still to decide what the reply means.
func (r *Reply) Waits() bool { return r.Decided == 0 }

// Passage is the part of the text by which a meaning was proposed; empty where there is none.
func (r *Reply) Passage() string {
	if r.PassageFrom < 0 || r.PassageTo > len(r.Text) || r.PassageFrom >= r.PassageTo { // the text may have been erased
		return ""
	}
	return r.Text[r.PassageFrom:r.PassageTo]
}
