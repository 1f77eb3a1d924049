package reply

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// part is a message or a part of one. Its body is a piece of the message's own bytes.
type part struct {
	header header
	body   []byte
	media  string
	params map[string]string
	parts  []*part // of a multipart
}

// walk is the reading of one message: what is left of its bounds, and whether something was wrong.
type walk struct {
	parts   int
	damaged bool
	cut     bool // a text was longer than is looked at
}

// part reads a part, and those within it.
func (w *walk) part(h header, body []byte, depth int) *part {
	p := &part{header: h, body: body}
	p.media, p.params = mediaType(h)
	w.parts++
	if !strings.HasPrefix(p.media, "multipart/") {
		return p
	}
	if depth >= maxDepth {
		w.damaged = true
		return p
	}
	pieces, ok := pieces(body, p.params["boundary"])
	w.damaged = w.damaged || !ok
	if pieces == nil { // no part to be found: it is text after all
		p.media, p.params = "text/plain", nil
		return p
	}
	for _, piece := range pieces {
		if w.parts >= maxParts {
			w.damaged = true
			break
		}
		ph, pb := cutHeader(piece)
		if ph.fields == 0 { // a part may have no header; then an empty line comes first
			w.damaged = w.damaged || !bytes.HasPrefix(bytes.TrimLeft(piece, "\r"), []byte("\n")) && len(piece) > 0
			ph.damaged = false
		}
		w.damaged = w.damaged || ph.damaged
		p.parts = append(p.parts, w.part(ph, pb, depth+1))
	}
	return p
}

// pieces cuts the body of a multipart at its boundary; where that is not given, at what looks like one. ok is false where the boundary or
// its end is missing.
func pieces(body []byte, boundary string) (out [][]byte, ok bool) {
	ok = boundary != ""
	if !ok {
		if boundary = guessBoundary(body); boundary == "" {
			return nil, false
		}
	}
	mark := []byte("--" + boundary)
	from := -1 // where the part that is open begins
	for at := 0; at < len(body) && len(out) <= maxParts; {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		if i > 0 && body[i-1] != '\n' {
			continue
		}
		rest, next, _ := bytes.Cut(body[at:], []byte("\n"))
		rest = bytes.TrimRight(rest, " \t\r")
		last := bytes.Equal(rest, []byte("--"))
		if !last && len(rest) > 0 {
			continue
		}
		if from >= 0 {
			out = append(out, cutEnd(body[from:i]))
		}
		if last {
			return out, ok
		}
		from = len(body) - len(next)
		at = from
	}
	if from >= 0 {
		out = append(out, body[from:])
	}
	return out, false
}

// cutEnd takes the end of line off that belongs to the boundary.
func cutEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// guessBoundary gives the boundary of a body whose header does not name it: a first line that begins with two dashes.
func guessBoundary(body []byte) string {
	first, _, _ := bytes.Cut(bytes.TrimLeft(body[:min(len(body), 1000)], "\r\n"), []byte("\n"))
	s, ok := strings.CutPrefix(strings.TrimRight(string(first), " \t\r"), "--")
	if !ok || len(s) < 5 || len(s) > 70 || strings.Contains(s, " ") {
		return ""
	}
	return s
}

// each calls f for every part that is none of several, in their order. Parts of messages within are not among them.
func (p *part) each(f func(*part)) {
	if p.parts == nil {
		f(p)
	}
	for _, c := range p.parts {
		c.each(f)
	}
}

// content gives what a part holds, decoded, up to a limit.
func (w *walk) content(p *part, limit int) []byte {
	out, ok := decode(p.body, p.header.get("content-transfer-encoding"), limit)
	w.damaged = w.damaged || !ok
	return out
}

// contentText is content for texts: where it is cut, no character of UTF-8 is cut in two.
func (w *walk) contentText(p *part, limit int) []byte {
	out := w.content(p, limit)
	if len(out) < limit {
		return out
	}
	w.cut = true
	for n := len(out) - utf8.UTFMax; len(out) > n && out[len(out)-1] >= 0x80; {
		out = out[:len(out)-1]
	}
	return out
}

// words gives the text of a message, line by line: of alternatives the plain one where it says something.
func (w *walk) words(p *part) []row {
	var out []row
	size := 0
	for _, t := range texts(p) {
		rows := w.rowsOf(t)
		for _, r := range rows {
			if room := maxText - size; len(r.text) > room {
				r.text, w.cut = clip(r.text, room), true
			}
			size += len(r.text) + 1
			out = append(out, r)
			if size >= maxText {
				w.cut = true
				return out
			}
		}
	}
	return out
}

// choice is one place of a message where text stands: the ways in which it is written, the plain one first.
type choice []*part

// texts finds the places of text in a message, in their order.
func texts(p *part) []choice {
	switch {
	case p.parts == nil && isText(p):
		return []choice{{p}}
	case p.media == "multipart/alternative":
		var c choice
		for _, a := range p.parts {
			a.each(func(p *part) {
				if isText(p) {
					c = append(c, p)
				}
			})
		}
		slices.SortStableFunc(c, func(a, b *part) int { return strings.Compare(b.media, a.media) }) // text/plain, text/html
		if len(c) > 0 {
			return []choice{c}
		}
		return nil
	case p.media == "multipart/report" && len(p.parts) > 0:
		return texts(p.parts[0])
	}
	var out []choice
	for _, c := range p.parts {
		out = append(out, texts(c)...)
	}
	return out
}

// isText says whether a part is text to be read, and no attachment.
func isText(p *part) bool {
	if p.parts != nil || p.media != "text/plain" && p.media != "text/html" {
		return false
	}
	disposition, params := withParams(p.header.get("content-disposition"))
	return disposition != "attachment" && params["filename"] == "" && params["filename*"] == "" && p.params["name"] == ""
}

// rowsOf reads the text of one place: the first way of writing it that says something.
func (w *walk) rowsOf(c choice) []row {
	var best []row
	letters := -1
	for _, p := range c {
		rows := w.rows(p)
		n := 0
		for _, r := range rows {
			n += len(strings.TrimSpace(r.text))
		}
		if best == nil || letters < 20 && n > 5*letters { // "this message is in HTML" is not what was written
			best, letters = rows, n
		}
	}
	return best
}

func (w *walk) rows(p *part) []row {
	if p.media == "text/html" {
		raw := w.contentText(p, maxHTML)
		s, ok := toUTF8(raw, htmlCharset(raw, p.params["charset"]))
		w.damaged = w.damaged || !ok
		return reduce(s)
	}
	s, ok := toUTF8(w.contentText(p, maxText), p.params["charset"])
	w.damaged = w.damaged || !ok
	return plainRows(s, strings.EqualFold(p.params["format"], "flowed"), strings.EqualFold(p.params["delsp"], "yes"))
}
