package reply

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// row is one line of a message's text, and what its place in the message says about it.
type row struct {
	text  string
	depth int  // how many quotations it stands in
	sign  bool // in what a mail program marks as a signature
	cut   bool // here a mail program begins the quoted message: all that follows is quoted
}

// htmlCharset gives the charset of a part of HTML: what its header says, else what stands in it.
func htmlCharset(raw []byte, declared string) string {
	if declared != "" || utf8.Valid(raw) {
		return declared
	}
	_, name, _ := charset.DetermineEncoding(raw[:min(len(raw), 1024)], "")
	return name
}

// element is an open element.
type element struct {
	name          string
	skip          bool // nothing in it is shown
	quote, sign   bool
	pre           bool
	number        int    // the next of an ordered list; 0 where it has none
	href, visible string // of a link, and its text so far
}

// maxOpen bounds the elements within elements: deeper ones are read as if they had no bounds of their own.
const maxOpen = 100

// reducer makes rows from HTML in one pass. It has no tree: a page is read in time that grows with its length alone.
type reducer struct {
	out              []row
	line             strings.Builder
	blank            bool // a blank is due before the next word
	open             []element
	skip, quote, pre int // how many open elements have the property
	sign             int
	size             int
}

func reduce(s string) []row {
	r := &reducer{}
	z := html.NewTokenizer(strings.NewReader(clip(s, maxHTML)))
	z.SetMaxBuf(maxHTML + 1)
	for r.size < maxText {
		switch z.Next() {
		case html.ErrorToken:
			r.end()
			return r.out
		case html.TextToken:
			r.text(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z.Token())
		case html.EndTagToken:
			r.close(z.Token().Data)
		}
	}
	r.end()
	return r.out
}

// end writes the line that is under way, where it has words.
func (r *reducer) end() {
	if text := strings.TrimRight(r.line.String(), " "); strings.Trim(text, " |-") != "" || text == rule {
		r.out = append(r.out, row{text: text, depth: r.quote, sign: r.sign > 0})
		r.size += len(text) + 1
	}
	r.line.Reset()
	r.blank = false
}

// paragraph ends the line and leaves one empty.
func (r *reducer) paragraph() {
	r.end()
	if n := len(r.out); n > 0 && r.out[n-1].text != "" && !r.out[n-1].cut {
		r.out = append(r.out, row{depth: r.quote, sign: r.sign > 0})
	}
}

func (r *reducer) text(s string) {
	if r.skip > 0 || r.size+r.line.Len() > maxText {
		return
	}
	if r.pre > 0 {
		for i, l := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
			if i > 0 {
				r.end()
			}
			r.word(l)
		}
		return
	}
	s = strings.ReplaceAll(s, "\u00a0", " ")
	if s != "" && strings.TrimLeft(s, " \t\r\n") != s {
		r.blank = true
	}
	for w := range strings.FieldsSeq(s) {
		r.word(w)
		r.blank = true
	}
	if s != "" && strings.TrimRight(s, " \t\r\n") == s {
		r.blank = false
	}
}

func (r *reducer) word(s string) {
	if s == "" {
		return
	}
	if r.blank && r.line.Len() > 0 {
		r.line.WriteByte(' ')
	}
	r.blank = false
	r.line.WriteString(s)
	for i := range r.open {
		if e := &r.open[i]; e.href != "" && len(e.visible) < 500 {
			e.visible += s
		}
	}
}

// Elements by what they do to the text.
var (
	voids      = set("area base br col embed hr img input link meta param source track wbr")
	skipped    = set("script style title noscript template svg math object iframe noembed noframes select textarea audio video canvas xml")
	paragraphs = set("p blockquote h1 h2 h3 h4 h5 h6 ul ol dl table pre")
	blocks     = set("div section article header footer main aside nav address figure form fieldset center tr li dt dd caption body html thead tbody tfoot")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// Elements that end by themselves when another begins, and where that stops.
var implied = map[string]struct{ ends, within []string }{
	"li": {[]string{"li"}, []string{"ul", "ol"}},
	"dt": {[]string{"dt", "dd"}, []string{"dl"}},
	"dd": {[]string{"dt", "dd"}, []string{"dl"}},
	"td": {[]string{"td", "th"}, []string{"table", "tr"}},
	"th": {[]string{"td", "th"}, []string{"table", "tr"}},
	"tr": {[]string{"tr"}, []string{"table"}},
}

var ofParagraph = struct{ ends, within []string }{[]string{"p"}, []string{"div", "td", "th", "li", "blockquote", "table", "body"}}

// rule is what a horizontal rule is written as.
const rule = "________________________________"

func (r *reducer) start(t html.Token) {
	name := t.Data
	if i, ok := implied[name]; ok {
		r.closeUpTo(i.ends, i.within)
	}
	if paragraphs[name] || blocks[name] {
		r.closeUpTo(ofParagraph.ends, ofParagraph.within)
	}
	switch {
	case r.skip > 0:
	case name == "br":
		r.lineBreak()
	case name == "hr":
		r.end()
		if beginsQuoted(attr(t, "id")) {
			r.cut()
		} else {
			r.line.WriteString(rule)
			r.end()
		}
	case paragraphs[name]:
		r.paragraph()
	case blocks[name]:
		r.end()
	case name == "td" || name == "th":
		if strings.TrimSpace(r.line.String()) != "" {
			r.line.WriteString(" | ")
			r.blank = false
		}
	}
	if name == "li" && r.skip == 0 {
		r.line.WriteString(r.bullet())
	}
	if voids[name] {
		return
	}
	e := element{name: name, skip: skipped[name] || hidden(t), pre: name == "pre", quote: quotes(t), sign: signs(t)}
	switch name {
	case "ol":
		e.number = 1
	case "a":
		e.href = link(attr(t, "href"))
	}
	if r.skip == 0 && !e.skip && beginsQuoted(attr(t, "id")) {
		r.end()
		r.cut()
	}
	if t.Type != html.SelfClosingTagToken || e.skip && name != "object" {
		r.push(e)
	}
}

// lineBreak ends the line; of several breaks one empty line remains.
func (r *reducer) lineBreak() {
	if strings.TrimSpace(r.line.String()) == "" {
		r.paragraph()
		return
	}
	r.end()
}

func (r *reducer) cut() { r.out = append(r.out, row{cut: true, depth: r.quote}) }

// bullet gives what stands before an element of the innermost list.
func (r *reducer) bullet() string {
	for i := len(r.open) - 1; i >= 0; i-- {
		switch e := &r.open[i]; {
		case e.name == "ul":
			return "- "
		case e.number > 0:
			e.number++
			return strconv.Itoa(e.number-1) + ". "
		}
	}
	return "- "
}

func (r *reducer) push(e element) {
	if len(r.open) >= maxOpen {
		return
	}
	r.open = append(r.open, e)
	r.count(e, 1)
}

func (r *reducer) count(e element, n int) {
	for _, p := range []struct {
		has bool
		to  *int
	}{{e.skip, &r.skip}, {e.quote, &r.quote}, {e.sign, &r.sign}, {e.pre, &r.pre}} {
		if p.has {
			*p.to += n
		}
	}
}

// closeUpTo closes the innermost of some elements with all in it, unless another kind of element stands between.
func (r *reducer) closeUpTo(ends, within []string) {
	for i := len(r.open) - 1; i >= 0 && !slices.Contains(within, r.open[i].name); i-- {
		if slices.Contains(ends, r.open[i].name) {
			r.pop(i)
			return
		}
	}
}

// close ends an element; a cell of a table is not left by the end of what began outside of it.
func (r *reducer) close(name string) {
	table := name == "table" || blocks[name] && name != "div"
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			r.pop(i)
			return
		}
		if !table && (r.open[i].name == "td" || r.open[i].name == "th") {
			return
		}
	}
}

// pop closes the element at i and all within.
func (r *reducer) pop(i int) {
	for j := len(r.open) - 1; j >= i; j-- {
		e := r.open[j]
		if e.href != "" && !shows(e.visible, e.href) && r.skip == 0 {
			r.word(" (" + e.href + ")")
		}
		switch {
		case r.skip > 0:
		case paragraphs[e.name]:
			r.paragraph()
		case blocks[e.name]:
			r.end()
		}
		r.count(e, -1)
		r.open = r.open[:j]
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// compact is a style without blanks, in small letters.
func compact(style string) string {
	return strings.ToLower(strings.Join(strings.Fields(clip(style, 2000)), ""))
}

// hidden says whether an element is not shown to the reader of a message.
func hidden(t html.Token) bool {
	style := compact(attr(t, "style"))
	for _, s := range []string{"display:none", "visibility:hidden", "mso-hide:all", "opacity:0;", "max-height:0;", "max-height:0px", "font-size:0;", "font-size:0px", "font-size:0pt"} {
		if strings.Contains(style+";", s) {
			return true
		}
	}
	return slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

// quotes says whether an element holds a quotation: mail programs use blockquote for these, and some for indenting, without border.
func quotes(t html.Token) bool {
	class := strings.ToLower(attr(t, "class"))
	if strings.Contains(class, "yahoo_quoted") || strings.Contains(class, "protonmail_quote") {
		return true
	}
	return t.Data == "blockquote" &&
		(strings.Contains(class, "quote") || strings.EqualFold(attr(t, "type"), "cite") || !strings.Contains(compact(attr(t, "style")), "border:none"))
}

// signs says whether a mail program marked an element as signature.
func signs(t html.Token) bool {
	mark := strings.ToLower(attr(t, "class") + " " + attr(t, "id"))
	for _, s := range []string{"gmail_signature", "moz-signature", "outlook-mobile-signature", "applemailsignature", "outlook-signature", "protonmail_signature"} {
		if strings.Contains(mark, s) {
			return true
		}
	}
	return strings.EqualFold(attr(t, "id"), "signature")
}

// beginsQuoted says whether a mail program gives an element this name where the quoted message begins.
func beginsQuoted(id string) bool {
	switch strings.ToLower(id) {
	case "divrplyfwdmsg", "appendonsend", "zwchr", "olk_src_body_section", "mail-editor-reference-message-container", "reply-intro", "replysplit":
		return true
	}
	return false
}

// link gives the address of a link that may be shown, or nothing.
func link(href string) string {
	href = clip(line(href), 300)
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if len(href) > len(scheme) && strings.EqualFold(href[:len(scheme)], scheme) {
			return href
		}
	}
	return ""
}

// shows says whether a link's text is its address.
func shows(text, href string) bool {
	norm := func(s string) string {
		s = strings.ToLower(strings.TrimSpace(s))
		for _, prefix := range []string{"https://", "http://", "mailto:", "tel:"} {
			s = strings.TrimPrefix(s, prefix)
		}
		return strings.TrimSuffix(strings.ReplaceAll(s, " ", ""), "/")
	}
	return norm(text) == "" || norm(text) == norm(href)
}
