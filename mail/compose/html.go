package compose

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many characters the lines of our e-mails have at most: a line that ends earlier than it had to was ended on purpose.
const width = 72

// Styles set neither text nor background colours: mail programs choose them, for light and dark.
const (
	bodyStyle  = "margin:0;padding:16px;font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:15px;line-height:1.5"
	paraStyle  = "margin:0 0 1em"
	listStyle  = "margin:0 0 1em;padding-left:1.3em"
	fieldStyle = "margin:0 0 1em;padding-left:1.3em"
	tableStyle = "margin:0 0 1em;border-collapse:collapse"
	cellStyle  = "padding:3px 18px 3px 0;vertical-align:top;text-align:"
	lineStyle  = ";border-bottom:1px solid #808080"
)

// page is the HTML part: the same words as the text in the same order, and nothing that would have to be fetched.
func page(text, title, lang string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html")
	if lang != "" {
		b.WriteString(` lang="` + html.EscapeString(lang) + `"`)
	}
	b.WriteString(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
		html.EscapeString(title) + "</title>\n</head>\n<body style=\"" + bodyStyle + "\">\n<div style=\"max-width:42em\">\n")
	for _, block := range strings.Split(text, "\n\n") {
		if lines := strings.Split(strings.Trim(block, "\n"), "\n"); strings.TrimSpace(block) != "" {
			blockHTML(&b, lines)
		}
	}
	b.WriteString("</div>\n</body>\n</html>\n")
	return b.String()
}

// kind is what a run of lines is.
type kind int

const (
	plain    kind = iota
	items         // "– …", each with its further lines, which begin with two blanks
	indented      // two blanks, then fields of a form or rows of a table
)

var gap = regexp.MustCompile(` {3,}`)

// kindOf tells what a line belongs to, by the run before it.
func kindOf(line string, before kind) kind {
	switch {
	case strings.HasPrefix(line, "– "):
		return items
	case !strings.HasPrefix(line, "  "):
		return plain
	case before == items && !hasGap(line):
		return items
	}
	return indented
}

func hasGap(line string) bool { return gap.MatchString(strings.Trim(line, " ")) }

// blockHTML writes the lines between two empty ones, run by run.
func blockHTML(b *strings.Builder, lines []string) {
	for len(lines) > 0 {
		k := kindOf(lines[0], plain)
		n := 1
		for n < len(lines) && kindOf(lines[n], k) == k {
			n++
		}
		switch run := lines[:n]; {
		case k == items:
			listHTML(b, run)
		case k == plain:
			b.WriteString(`<p style="` + paraStyle + `">` + flow(run) + "</p>\n")
		case slices.ContainsFunc(run, hasGap):
			tableHTML(b, run)
		default:
			b.WriteString(`<p style="` + fieldStyle + `">` + flow(run) + "</p>\n")
		}
		lines = lines[n:]
	}
}

// flow joins lines that were wrapped, and keeps the ends of those that were ended on purpose.
func flow(lines []string) string {
	var b strings.Builder
	for n, l := range lines {
		if n > 0 {
			first, _, _ := strings.Cut(strings.TrimLeft(l, " "), " ")
			if utf8.RuneCountInString(lines[n-1])+1+utf8.RuneCountInString(first) > width && !strings.HasPrefix(l, ">") {
				b.WriteString("\n")
			} else {
				b.WriteString("<br>\n")
			}
		}
		b.WriteString(html.EscapeString(strings.Trim(l, " ")))
	}
	return b.String()
}

func listHTML(b *strings.Builder, lines []string) {
	b.WriteString(`<ul style="` + listStyle + "\">\n")
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && !strings.HasPrefix(lines[n], "– ") {
			n++
		}
		b.WriteString("<li>" + strings.TrimPrefix(flow(lines[:n]), "– ") + "</li>\n")
		lines = lines[n:]
	}
	b.WriteString("</ul>\n")
}

// tableRow is a line of a table: its cells, and whether it begins behind the first column.
type tableRow struct {
	cells []string
	late  bool
	ends  []int // where each cell ends in the line, in characters
}

// rowsOf reads the lines of a table. A first cell that is too long for its column stands on lines of its own, with the other cells below.
func rowsOf(lines []string) []tableRow {
	var rows []tableRow
	var long []string
	flush := func() {
		if long != nil {
			rows = append(rows, tableRow{cells: []string{strings.Join(long, " ")}})
			long = nil
		}
	}
	for _, l := range lines {
		indent := len(l) - len(strings.TrimLeft(l, " "))
		text := strings.Trim(l, " ")
		switch {
		case indent == 4 && !hasGap(l) && long != nil:
			long = append(long, text)
		case indent < 5 && !hasGap(l):
			flush()
			long = []string{text}
		default:
			r := tableRow{cells: gap.Split(text, -1), late: indent > 4}
			for _, m := range append(gap.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
				r.ends = append(r.ends, indent+utf8.RuneCountInString(text[:m[0]]))
			}
			if long != nil && r.late {
				r.cells, r.ends = append([]string{strings.Join(long, " ")}, r.cells...), append([]int{0}, r.ends...)
				long, r.late = nil, false
			}
			flush()
			rows = append(rows, r)
		}
	}
	flush()
	return rows
}

// tableHTML writes a table. Columns whose cells all end at the same place are set to the right, as the first is never; a first row of three cells or more
// without a figure is the heading.
func tableHTML(b *strings.Builder, lines []string) {
	rows := rowsOf(lines)
	columns := 0
	for _, r := range rows {
		columns = max(columns, len(r.cells))
	}
	right := rightColumns(rows, columns)
	b.WriteString(`<table cellspacing="0" style="` + tableStyle + "\">\n")
	for n, r := range rows {
		tag, style := "td", ""
		if n == 0 && columns > 2 && len(r.cells) == columns && !strings.ContainsFunc(strings.Join(r.cells, ""), unicode.IsDigit) {
			tag, style = "th", lineStyle
		}
		b.WriteString("<tr>")
		missing := columns - len(r.cells)
		if r.late {
			b.WriteString(strings.Repeat("<td></td>", missing))
		}
		for k, c := range r.cells {
			at, span := k+missing, ""
			if k == 0 && !r.late {
				at = 0
				if missing > 0 {
					span = fmt.Sprintf(` colspan="%d"`, missing+1)
				}
			}
			align := "left"
			if right[at] {
				align = "right"
			}
			fmt.Fprintf(b, `<%s%s style="%s%s%s">%s</%s>`, tag, span, cellStyle, align, style, html.EscapeString(c), tag)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}

// rightColumns tells which columns end at the same place in all rows that have all columns, though their cells are of different lengths.
func rightColumns(rows []tableRow, columns int) []bool {
	right := make([]bool, columns)
	for k := 1; k < columns; k++ {
		right[k] = true
		end, lengths := -1, map[int]bool{}
		for _, r := range rows {
			if len(r.cells) != columns {
				continue
			}
			if end >= 0 && r.ends[k] != end {
				right[k] = false
			}
			end = r.ends[k]
			lengths[utf8.RuneCountInString(r.cells[k])] = true
		}
		// Cells of one length say nothing but in the last column, which has the amounts.
		right[k] = right[k] && (len(lengths) > 1 || k == columns-1)
	}
	return right
}
