package dialogs

import (
	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/assets/words"
	"quitus/ledger"
)

// The parts of the forms about calls that the call screen has too.

// MeansOptions are the means of payment, for a choice.
func MeansOptions(w *words.Words) []kit.Option { return meansOptions(w) }

// DisputeReasonOptions are the reasons of disputes, for a choice.
func DisputeReasonOptions(w *words.Words) []kit.Option { return options(disputeReasons(w)) }

// ComingTermsOptions are terms for coming orders, after none that change; TermsOf reads the chosen one.
func ComingTermsOptions(w *words.Words) []kit.Option { return options(comingTerms(w)) }

// TermsOf reads terms chosen among ComingTermsOptions.
func TermsOf(code string) ledger.Terms { return termsOf(code) }

// Chips makes the possibilities of a row of chips.
func Chips[T ~string](list []T, word func(T) string) []kit.FilterOption { return chips(list, word) }

// NewSaying makes a sentence below chips, like that of a field, hidden while it is empty.
func NewSaying() interface {
	fyne.CanvasObject
	Messenger
} {
	return newSaying()
}
