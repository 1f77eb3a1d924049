// Package replies holds the words by which e-mails that come back are understood, as data: where a quoted message begins, what an
// automatic answer or a bounce looks like, and the phrases by which people confirm, contest, pay or ask for documents. How the files are
// written is said in package mail/reply, which reads them.
package replies

import "embed"

//go:embed *.txt
var files embed.FS

// Langs lists the languages that have phrases and words of dates.
var Langs = []string{"fr", "en", "nl", "de"}

// Text gives a file ("kinds", "quoting", "dates.fr", "meaning.fr"), or false when there is none.
func Text(name string) (string, bool) {
	data, err := files.ReadFile(name + ".txt")
	return string(data), err == nil
}
