// Package help holds the help pages, one Markdown text for each language.
package help

import "embed"

//go:embed *.md
var files embed.FS

// Text gives the help in a language ("fr", "en"), in Markdown: sections with a heading of the second
// level, plain paragraphs and lists.
func Text(lang string) string {
	data, err := files.ReadFile("help." + lang + ".md")
	if err != nil {
		data, _ = files.ReadFile("help.fr.md")
	}
	return string(data)
}
