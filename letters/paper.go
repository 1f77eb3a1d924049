package letters

import (
	"quitus/assets/words"
	"quitus/ledger"
)

// NewPaper begins a document of the company's that is handed over rather than posted: head, place, day and foot are those of
// its letters, the body is the caller's.
func NewPaper(company ledger.Company, model, reference, subject string, on ledger.Date, lang words.Lang, logo *Logo) *Letter {
	w := words.New(lang)
	return &Letter{
		Lang: string(lang), Model: model, Reference: reference, Date: on, Handed: true, Subject: subject,
		Sender: senderOf(w, company, "", logo), Place: placeOf(w, company, on), Legal: legalLine(w, company),
	}
}
