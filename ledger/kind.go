package ledger

// Kind names a kind of record. The values are written in ledger files: they are never reused.
type Kind uint8

// The kinds of records.
const (
	KindCompany  Kind = 1
	KindCustomer Kind = 2
	KindContact  Kind = 3
	KindInvoice  Kind = 4
	KindPayment  Kind = 5
	KindWriteOff Kind = 6
	KindPromise  Kind = 7
	KindDispute  Kind = 8
	KindNote     Kind = 9
	KindDocument Kind = 10
	KindLetter   Kind = 11
	KindImport   Kind = 12
	KindAlias    Kind = 13
	KindMapping  Kind = 14
	KindStep     Kind = 15

	KindBankAccount   Kind = 16
	KindBankStatement Kind = 17
	KindBankEntry     Kind = 18

	KindPlan     Kind = 20
	KindMessage  Kind = 21
	KindCall     Kind = 22
	KindAction   Kind = 23
	KindScenario Kind = 24
	KindTaskMark Kind = 25
	KindDeposit  Kind = 19

	KindRateRow      Kind = 26
	KindWaiver       Kind = 27
	KindInterruption Kind = 28
	KindText         Kind = 29
	KindMailAccount  Kind = 30
	KindReply        Kind = 31
)

// Kinds lists every kind in the order in which records depend on each other: a record refers only to
// records of its own or earlier kinds, and to those of later kinds never.
var Kinds = []Kind{
	KindCompany, KindCustomer, KindContact, KindInvoice, KindPayment, KindWriteOff, KindPromise,
	KindDispute, KindNote, KindDocument, KindLetter, KindImport, KindAlias, KindMapping, KindStep,
	KindBankAccount, KindBankStatement, KindBankEntry, KindDeposit,
	KindPlan, KindMessage, KindCall, KindAction, KindScenario, KindTaskMark,
	KindRateRow, KindWaiver, KindInterruption, KindText, KindMailAccount, KindReply,
}

var kindNames = map[Kind]string{
	KindCompany: "company", KindCustomer: "customer", KindContact: "contact", KindInvoice: "invoice",
	KindPayment: "payment", KindWriteOff: "write_off", KindPromise: "promise", KindDispute: "dispute",
	KindNote: "note", KindDocument: "document", KindLetter: "letter", KindImport: "import",
	KindAlias: "alias", KindMapping: "mapping", KindStep: "step",
	KindBankAccount: "bank_account", KindBankStatement: "bank_statement", KindBankEntry: "bank_entry",
	KindPlan: "plan", KindMessage: "message", KindCall: "call", KindAction: "action", KindScenario: "scenario", KindTaskMark: "task_mark",
	KindDeposit: "deposit",
	KindRateRow: "rate_row", KindWaiver: "waiver", KindInterruption: "interruption",
	KindText: "text", KindMailAccount: "mail_account", KindReply: "reply",
}

// String is the kind's name in codes and logs.
func (k Kind) String() string { return kindNames[k] }

// Record is one thing that the ledger keeps. Records in a [Book] are shared and never modified: to
// change one, copy it, and put the copy into a [Draft].
type Record interface {
	Kind() Kind
	// Key is the record's number within its kind, from 1; 0 before it is put into a draft.
	Key() uint32
	setKey(uint32)
	// Personal points to the texts that tell about a person or that people wrote freely. They are kept
	// outside the journal's chain, which keeps only their hash, so that they can be erased. The order
	// is part of the file's format: new fields are added at the end.
	Personal() []*string
}

// Numbers of records within their kind, from 1.
type (
	CustomerID uint32
	ContactID  uint32
	InvoiceID  uint32
	PaymentID  uint32
	WriteOffID uint32
	PromiseID  uint32
	DisputeID  uint32
	NoteID     uint32
	DocumentID uint32
	LetterID   uint32
	ImportID   uint32
	AliasID    uint32
	MappingID  uint32
	StepID     uint32

	BankAccountID   uint32
	BankStatementID uint32
	BankEntryID     uint32

	PlanID     uint32
	MessageID  uint32
	CallID     uint32
	ActionID   uint32
	ScenarioID uint32
	TaskMarkID uint32
	DepositID  uint32

	RateRowID      uint32
	WaiverID       uint32
	InterruptionID uint32
	TextID         uint32
	ReplyID        uint32
)

// NewRecord gives an empty record of a kind with its number set, for readers of ledger files; nil for
// an unknown kind.
func NewRecord(k Kind, key uint32) Record {
	var r Record
	switch k {
	case KindCompany:
		r = &Company{}
	case KindCustomer:
		r = &Customer{}
	case KindContact:
		r = &Contact{}
	case KindInvoice:
		r = &Invoice{}
	case KindPayment:
		r = &Payment{}
	case KindWriteOff:
		r = &WriteOff{}
	case KindPromise:
		r = &Promise{}
	case KindDispute:
		r = &Dispute{}
	case KindNote:
		r = &Note{}
	case KindDocument:
		r = &Document{}
	case KindLetter:
		r = &Letter{}
	case KindImport:
		r = &Import{}
	case KindAlias:
		r = &Alias{}
	case KindMapping:
		r = &Mapping{}
	case KindStep:
		r = &Step{}
	case KindBankAccount:
		r = &BankAccount{}
	case KindBankStatement:
		r = &BankStatement{}
	case KindBankEntry:
		r = &BankEntry{}
	case KindPlan:
		r = &Plan{}
	case KindMessage:
		r = &Message{}
	case KindCall:
		r = &Call{}
	case KindAction:
		r = &Action{}
	case KindScenario:
		r = &Scenario{}
	case KindTaskMark:
		r = &TaskMark{}
	case KindDeposit:
		r = &Deposit{}
	case KindRateRow:
		r = &RateRow{}
	case KindWaiver:
		r = &Waiver{}
	case KindInterruption:
		r = &Interruption{}
	case KindText:
		r = &Text{}
	case KindMailAccount:
		r = &MailAccount{}
	case KindReply:
		r = &Reply{}
	default:
		return nil
	}
	r.setKey(key)
	return r
}

// Clone gives a copy of a record that may be changed and put into a draft.
func Clone[R any](r *R) *R {
	c := *r
	return &c
}
