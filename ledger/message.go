package ledger

import (
	"slices"
	"time"
)

// MessageState is how far an e-mail is. The values are written in ledger files.
type MessageState string

// States of messages. One that was being handed to the server when the program or the connection ended stays sending; what became of it
// is unknown until the owner's mailbox or the owner says so: it never leaves again by itself.
const (
	MessageWaiting MessageState = "waiting" // approved, in the outbox
	MessageSending MessageState = "sending" // being handed to the server
	MessageSent    MessageState = "sent"    // the server took it
	MessageUnknown MessageState = "unknown" // whether it left cannot be told
	MessageRefused MessageState = "refused" // the server refused it for good, or it came back
	MessageDropped MessageState = "dropped" // taken out of the outbox by the owner
)

// Message is an e-mail that the owner approved. It is stored before it leaves.
type Message struct {
	ID          MessageID    `json:"-"`
	Customer    CustomerID   `json:"customer"`
	Contact     ContactID    `json:"contact,omitempty"`
	On          Date         `json:"on"` // of the approval
	Model       string       `json:"model"`
	State       MessageState `json:"state"`
	Sent        Date         `json:"sent,omitempty"`
	Deadline    Date         `json:"deadline,omitempty"` // the day until which it asks for payment
	Amount      Money        `json:"amount"`
	Lines       []LetterLine `json:"lines,omitempty"`
	Sheet       Hash         `json:"sheet,omitempty"`       // the letter as PDF that is attached, a document of the ledger
	Attachments []DocumentID `json:"attachments,omitempty"` // kept with the invoices

	// Header is the message's own name in mail, without angle brackets; given when it is first made ready to leave.
	Header string `json:"header,omitempty"`
	// Raw is the message byte for byte as it left, a document of the ledger.
	Raw  Hash  `json:"raw,omitempty"`
	Size int64 `json:"size,omitempty"` // of Raw, in bytes
	// At is when the server took it, or when the last attempt was made.
	At       time.Time `json:"at,omitzero"`
	Attempts int       `json:"attempts,omitempty"`
	// Next is before when it does not leave by itself: another attempt after a passing refusal or, of one that was not tried, the end of the
	// moment in which its approval can be taken back.
	Next time.Time `json:"next,omitzero"`
	// Code is the server's last answer as a number (421, 550); 0 where there was none.
	Code int `json:"code,omitempty"`
	// Fault is the code of the error for which it could not be made ready; none where a server refused it.
	Fault  string `json:"fault,omitempty"`
	ByHand bool   `json:"by_hand,omitempty"` // the owner sent it with another program
	Filed  bool   `json:"filed,omitempty"`   // a copy is in the mailbox's folder of sent messages

	To      string `json:"-"` // address; empty while none is known
	Subject string `json:"-"`
	Body    string `json:"-"` // plain text
	Cc      string `json:"-"` // addresses, parted by commas
	Answer  string `json:"-"` // the server's own words where it refused
}

func (r *Message) Kind() Kind      { return KindMessage }
func (r *Message) Key() uint32     { return uint32(r.ID) }
func (r *Message) setKey(k uint32) { r.ID = MessageID(k) }
func (r *Message) Personal() []*string {
	return []*string{&r.To, &r.Subject, &r.Body, &r.Cc, &r.Answer}
}

// Open says whether something is still to happen to the message, or to be decided about it.
func (r *Message) Open() bool {
	return slices.Contains([]MessageState{MessageWaiting, MessageSending, MessageUnknown, MessageRefused}, r.State)
}
