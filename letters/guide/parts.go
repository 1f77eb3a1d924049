package guide

import "strings"

// Part is what an owner edits of a file at a time: a step, an objection, or all neighbouring parts of one other word.
type Part struct {
	Word  string // "step", "objection", "phrase", …; nothing for what stands before the first part
	Title string // of a step or an objection
	Line  int    // of the file, from 1, that it begins on
	Text  string // without the blank lines at its end
	Blank string // those, as written
}

// Parts cuts a file into its parts, in their order; a file that [Check] refuses too. [JoinParts] makes the same file of them.
func Parts(text string) []Part {
	var out []Part
	var b strings.Builder
	p := Part{Line: 1}
	end := func() {
		p.Text = strings.TrimRight(b.String(), " \t\r\n")
		if p.Blank = b.String()[len(p.Text):]; b.Len() > 0 {
			out = append(out, p)
		}
		b.Reset()
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if word, title := partOf(line); word != "" && (word != p.Word || title != "") {
			end()
			p = Part{Word: word, Title: title, Line: n}
		}
		b.WriteString(line)
	}
	end()
	return out
}

// partOf gives the word of a line that begins an entry, and the title that makes it a part of its own.
func partOf(line string) (word, title string) {
	rest, directive := strings.CutPrefix(strings.TrimSpace(line), "@")
	word, rest, _ = strings.Cut(rest, " ")
	if _, known := sections[word]; !directive || !known {
		return "", ""
	}
	if word != "step" && word != "objection" {
		return word, ""
	}
	name, title, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if title = strings.TrimSpace(title); title == "" {
		title = name
	}
	return word, title
}

// JoinParts makes a file of its parts.
func JoinParts(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
		b.WriteString(p.Blank)
	}
	return b.String()
}
