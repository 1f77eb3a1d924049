// Package guides holds the texts that help through a call, one file per kind of call and language, as
// data. How they are written is said in package letters/guide, which reads them.
package guides

import "embed"

//go:embed *.txt
var files embed.FS

// Names lists the files: "common" for what every call has, then one per kind of call.
var Names = []string{"common", "late", "preventive"}

// Text gives a file in a language ("fr", "en"), or false when there is none.
func Text(name, lang string) (string, bool) {
	data, err := files.ReadFile(name + "." + lang + ".txt")
	return string(data), err == nil
}
