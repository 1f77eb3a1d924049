package ledger

// MessageState is how far an e-mail is. The values are written in ledger files.
type MessageState string

// States of messages.
const (
	MessageWaiting MessageState = "waiting" // approved, in the outbox
	MessageSent    MessageState = "sent"
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
	Letter      LetterID     `json:"letter,omitempty"`      // attached as PDF
	Attachments []DocumentID `json:"attachments,omitempty"` // kept with the invoices
	To          string       `json:"-"`                     // address; empty while none is known
	Subject     string       `json:"-"`
	Body        string       `json:"-"` // plain text
}

func (r *Message) Kind() Kind          { return KindMessage }
func (r *Message) Key() uint32         { return uint32(r.ID) }
func (r *Message) setKey(k uint32)     { r.ID = MessageID(k) }
func (r *Message) Personal() []*string { return []*string{&r.To, &r.Subject, &r.Body} }
