// Package models holds the texts of letters, one file per model and language, as data. How they are
// written is said in package letters, which reads them.
package models

import "embed"

//go:embed *.txt
var files embed.FS

// Names lists the models, mildest first.
var Names = []string{"first_reminder", "formal_notice"}

// Text gives the text of a model in a language ("fr", "en"), or false when there is none.
func Text(name, lang string) (string, bool) {
	data, err := files.ReadFile(name + "." + lang + ".txt")
	return string(data), err == nil
}
