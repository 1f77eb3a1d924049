package ledger

import (
	"slices"
	"time"
)

// Act names what an entry of the journal did. The values are written in ledger files.
type Act string

// Acts of the journal.
const (
	ActImport       Act = "import"
	ActCompany      Act = "company"
	ActCustomer     Act = "customer"
	ActContact      Act = "contact"
	ActInvoice      Act = "invoice"
	ActPayment      Act = "payment"
	ActPaymentTaken Act = "payment_taken_back"
	ActWriteOff     Act = "write_off"
	ActNote         Act = "note"
	ActDocument     Act = "document"
	ActLetters      Act = "letters"
	ActLettersSent  Act = "letters_sent"
	ActUndo         Act = "undo"
	ActErase        Act = "erase"
	ActSample       Act = "sample"
	ActMapping      Act = "mapping"
	ActSteps        Act = "steps"
	ActReconcile    Act = "reconcile"
	ActConfirm      Act = "confirm"
	ActAside        Act = "aside"
	ActBankChecked  Act = "bank_checked"
	ActPromise      Act = "promise"
	ActDispute      Act = "dispute"
	ActPlan         Act = "plan"
	ActCallNotes    Act = "call_notes" // kept while a call lasts
	ActCall         Act = "call"
	ActScenario     Act = "scenario"
	ActTasks        Act = "tasks" // a batch of the agenda, done
	ActTaskMark     Act = "task_mark"
	ActMessage      Act = "message"
	ActHouse        Act = "house"
	ActDeposit      Act = "deposit"
	ActForgotten    Act = "forgotten"
	ActRate         Act = "rate"
	ActWaiver       Act = "waiver"
	ActInterruption Act = "interruption"
	ActHandover     Act = "handover"
	ActText         Act = "text" // a text that comes with the program, edited or as it came
	ActMailAccount  Act = "mail_account"
	ActMail         Act = "mail"       // what became of an e-mail on its way
	ActReply        Act = "reply"      // messages that came back, and what they mean
	ActRegistered   Act = "registered" // what is known of a registered letter
)

// Op is what a change did to a record.
type Op string

// Operations on records.
const (
	Created Op = "created"
	Changed Op = "changed"
	Removed Op = "removed"
	Erased  Op = "erased" // its personal text is gone for good; the rest of the record is as before
)

// Span is a run of records, From to To, to which an entry did the same.
type Span struct {
	Kind Kind   `json:"kind"`
	Op   Op     `json:"op"`
	From uint32 `json:"from"`
	To   uint32 `json:"to"`
}

// Entry is one entry of the journal: one change of the ledger. It holds no personal text; its hash
// covers all its fields, among them the hash of the entry before, so that none can be changed, removed
// or inserted without all later ones telling.
type Entry struct {
	Seq    uint64            `json:"seq"` // from 1, without gaps
	At     time.Time         `json:"at"`
	On     Date              `json:"on"` // the day taken as today
	Who    string            `json:"who"`
	Act    Act               `json:"act"`
	Facts  map[string]string `json:"facts,omitempty"` // what the act was about, no personal text
	Undoes uint64            `json:"undoes,omitempty"`
	Spans  []Span            `json:"spans,omitempty"`
	// Digest is the SHA-256 over all records written, personal text as its hash only.
	Digest Hash `json:"digest"`
	Prev   Hash `json:"prev"`
	Hash   Hash `json:"hash"`
}

// Count is how many records of a kind the entry did something to.
func (e *Entry) Count(k Kind, op Op) int {
	n := 0
	for _, s := range e.Spans {
		if s.Kind == k && s.Op == op {
			n += int(s.To-s.From) + 1
		}
	}
	return n
}

// Made says whether the entry created a record.
func (e *Entry) Made(k Kind, key uint32) bool { return e.did(k, key, Created) }

// did says whether the entry did one of some operations to a record.
func (e *Entry) did(k Kind, key uint32, ops ...Op) bool {
	for _, s := range e.Spans {
		if s.Kind == k && slices.Contains(ops, s.Op) && key >= s.From && key <= s.To {
			return true
		}
	}
	return false
}

// SpansOf gives what a draft changes as spans, for its entry.
func SpansOf(changes func(yield func(Change) bool)) []Span {
	var out []Span
	for c := range changes {
		op := Changed
		switch {
		case c.Before == nil:
			op = Created
		case c.After == nil:
			op = Removed
		}
		if n := len(out) - 1; n >= 0 && out[n].Kind == c.Kind && out[n].Op == op && out[n].To+1 == c.Key {
			out[n].To++
			continue
		}
		out = append(out, Span{c.Kind, op, c.Key, c.Key})
	}
	return out
}
