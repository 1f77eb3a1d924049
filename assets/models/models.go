// Package models holds the texts of letters, one file per model and language, as data. How they are
// written is said in package letters, which reads them.
package models

import "embed"

//go:embed *.txt
var files embed.FS

// Names lists the models: the reminders first, from the mildest on.
var Names = []string{"pre_due", "first_reminder", "second_reminder", "last_reminder", "formal_notice", "be_first_reminder",
	"call_summary", "promise_confirmation", "plan_proposal", "plan_agreement", "plan_lapse", "dispute_reply", "statement",
	"visit_notice", "handover_notice", "insolvency_claim", "receipt", "quitus"}

// Text gives the text of a model in a language ("fr", "en", "nl", "de"), or false when there is none.
func Text(name, lang string) (string, bool) {
	data, err := files.ReadFile(name + "." + lang + ".txt")
	return string(data), err == nil
}
