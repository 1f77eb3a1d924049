package ledger

import (
	"regexp"
	"strings"
)

// NoteLine is a line of the notes of a call: when it was written, who speaks, and what.
type NoteLine struct {
	At   string // "10:42", or nothing
	Who  string // a name, or nothing
	Own  bool   // the owner speaks, not the customer
	Text string
}

// noteSep stands between the parts of a line, and ownMark before the name of the owner.
const (
	noteSep = " · "
	ownMark = "– "
)

// String writes a line as notes keep it: "10:42 · Mme Lepage · Pas de facture au dossier."
func (n NoteLine) String() string {
	who := n.Who
	if n.Own {
		who = ownMark + who
	}
	text := strings.TrimSpace(strings.ReplaceAll(n.Text, "\n", " "))
	if n.At == "" && who == "" {
		return text
	}
	return n.At + noteSep + strings.ReplaceAll(who, noteSep, " ") + noteSep + text
}

var noteLine = regexp.MustCompile(`^(\d\d:\d\d)? · (– )?(.*?) · (.*)$`)

// ReadNotes reads the lines of notes; one that was not written as [NoteLine.String] writes it is all text.
func ReadNotes(notes string) []NoteLine {
	var out []NoteLine
	for line := range strings.SplitSeq(notes, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if m := noteLine.FindStringSubmatch(line); m != nil {
			out = append(out, NoteLine{At: m[1], Who: m[3], Own: m[2] != "", Text: m[4]})
			continue
		}
		out = append(out, NoteLine{Text: line})
	}
	return out
}

// WriteNotes writes lines as the notes of a call.
func WriteNotes(list []NoteLine) string {
	lines := make([]string, len(list))
	for i, n := range list {
		lines[i] = n.String()
	}
	return strings.Join(lines, "\n")
}
