package reply

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-message/charset"

	"quitus/ledger"
)

// header is the header of a message or part: for each name, in small letters, its values in their order.
type header struct {
	values  map[string][]string
	fields  int
	damaged bool
}

// get gives the first value of a field.
func (h header) get(name string) string {
	if v := h.values[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// cutHeader reads a header of at most MaxHeader bytes, leniently: lines that are no field are passed over. It returns what follows, which
// is everything where there is no header at all, and where the header has no end within the bounds.
func cutHeader(raw []byte) (header, []byte) {
	h := header{values: map[string][]string{}}
	rest := raw
	if bytes.HasPrefix(rest, []byte("From ")) { // of a file with many messages
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	var name string
	var value []byte
	end := func() {
		if name != "" {
			h.values[name] = append(h.values[name], strings.TrimSpace(clip(string(value), MaxHeader)))
		}
		name, value = "", nil
	}
	for len(rest) > 0 && len(raw)-len(rest) <= MaxHeader && h.fields <= maxFields {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			end()
			return h, after
		}
		if line[0] == ' ' || line[0] == '\t' {
			value = append(append(value, ' '), bytes.TrimSpace(line)...)
			rest = after
			continue
		}
		end()
		key, v, ok := bytes.Cut(line, []byte(":"))
		if key = bytes.TrimRight(key, " \t"); !ok || !isFieldName(key) {
			h.damaged = true
			if h.fields == 0 { // no header: all is text
				return h, raw
			}
		} else {
			h.fields++
			name, value = strings.ToLower(string(key)), bytes.TrimSpace(slices.Clone(v))
		}
		rest = after
	}
	end()
	h.damaged = h.damaged || h.fields == 0
	return h, rest
}

func isFieldName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c >= 0x7F {
			return false
		}
	}
	return len(b) > 0 && len(b) < 100
}

// Head is what the header of a message says, decoded. Texts are fit for display.
type Head struct {
	ID         string   // the message's own name, without angle brackets
	InReplyTo  []string // names of messages that it answers
	References []string // names of the messages of its thread
	From       Address
	To         []Address // To and Cc
	Subject    string
	At         time.Time   // of its Date, in the zone of its sender; zero where it cannot be read
	On         ledger.Date // the civil day of At

	AutoSubmitted string   // "auto-replied"; empty and "no" for persons
	Precedence    string   // "bulk", "auto_reply"
	AutoReply     bool     // a field that only automatic answers have
	Failed        []string // addresses of X-Failed-Recipients
	NoReturn      bool     // the empty Return-Path of reports
	Report        string   // which kind of multipart/report: "delivery-status", "disposition-notification"
}

// ReadHead reads the header of a message, or of as many of its fields as were fetched. It never fails: what is wrong is left out.
func ReadHead(raw []byte) Head {
	h, _ := cutHeader(raw)
	return headOf(h)
}

func headOf(h header) Head {
	out := Head{
		InReplyTo: ids(h.get("in-reply-to")), References: ids(h.get("references")), From: first(addresses(h.get("from"))),
		To: append(addresses(h.get("to")), addresses(h.get("cc"))...), Subject: line(decodeWords(h.get("subject"))),
		AutoSubmitted: token(h.get("auto-submitted")), Precedence: token(h.get("precedence")),
		NoReturn: strings.ReplaceAll(h.get("return-path"), " ", "") == "<>",
	}
	if id := ids(h.get("message-id")); len(id) > 0 {
		out.ID = id[0]
	}
	if out.From.Address == "" {
		out.From.Address = first(addresses(h.get("sender"))).Address
	}
	for _, a := range addresses(h.get("x-failed-recipients")) {
		out.Failed = append(out.Failed, a.Address)
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-vacation"} {
		v := strings.ToLower(h.get(name))
		out.AutoReply = out.AutoReply || v != "" && v != "no" && v != "false" && v != "0"
	}
	if media, params := mediaType(h); media == "multipart/report" {
		out.Report = token(params["report-type"])
	}
	out.At = dateOf(h.get("date"))
	if !out.At.IsZero() {
		out.On = ledger.DateOf(out.At)
	}
	return out
}

func first(list []Address) Address {
	if len(list) == 0 {
		return Address{}
	}
	return list[0]
}

// token is the first word of a value, in small letters.
func token(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return clip(strings.ToLower(strings.TrimSpace(line(s))), 50)
}

var zoneName = regexp.MustCompile(`\s*\([^)]*\)\s*$`)

// dateOf reads the date of a message, as its sender's program wrote it; years of which no e-mail is are none.
func dateOf(s string) time.Time {
	s = clip(s, 100)
	t, err := mail.ParseDate(s)
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04:05 -07:00", time.RFC3339, time.ANSIC} {
		if err == nil {
			break
		}
		t, err = time.Parse(layout, zoneName.ReplaceAllString(s, ""))
	}
	if err != nil || t.Year() < 1980 || t.Year() > 2200 {
		return time.Time{}
	}
	return t
}

var bracketed = regexp.MustCompile(`<[^<>\s]{1,500}>`)

// ids finds the names of messages in a value: what stands in angle brackets, else words with an at sign. Of many the last 100 count: in
// References these are the nearest.
func ids(s string) []string {
	var out []string
	for _, id := range bracketed.FindAllString(s, -1) {
		out = append(out, strings.Trim(id, "<>"))
	}
	if out == nil {
		for w := range strings.FieldsSeq(s) {
			if w = strings.Trim(w, `<>",;`); strings.Contains(w, "@") && len(w) <= 500 {
				out = append(out, w)
			}
		}
	}
	return out[max(0, len(out)-100):]
}

var (
	parser    = mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charsetReader}}
	looseName = regexp.MustCompile(`[^\s<>,;:"'()\[\]]{1,64}@[^\s<>,;:"'()\[\]]{1,255}`)
)

// addresses reads a list of addresses; where it does not keep the rules, what stands in angle brackets, else whatever looks like an address.
// Of many, the first 200.
func addresses(s string) []Address {
	var out []Address
	s = clip(s, 64<<10)
	if list, err := parser.ParseList(plain(s)); err == nil {
		for _, a := range list[:min(len(list), 200)] {
			out = append(out, Address{line(a.Name), strings.ToLower(line(a.Address))})
		}
		return out
	}
	if inBrackets := bracketed.FindAllStringIndex(s, 200); inBrackets != nil {
		for _, at := range inBrackets {
			out = append(out, looseAddresses(s[at[0]:at[1]])...)
		}
		if name := strings.Trim(s[:inBrackets[0][0]], ` "'`); len(out) > 0 {
			out[0].Name = line(decodeWords(name))
		}
		return out
	}
	return looseAddresses(s)
}

// looseAddresses finds what looks like addresses in a text, at most 200.
func looseAddresses(s string) []Address {
	var out []Address
	for _, a := range looseName.FindAllString(s, 200) {
		out = append(out, Address{Address: strings.ToLower(line(strings.TrimRight(a, ".")))})
	}
	return out
}

// decodeWords decodes encoded words, and bytes above ASCII that have no business in a header.
func decodeWords(s string) string {
	s = plain(s)
	d := mime.WordDecoder{CharsetReader: charsetReader}
	if out, err := d.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

// plain gives a header's value as UTF-8.
func plain(s string) string {
	out, _ := toUTF8([]byte(s), "")
	return out
}

// charsetReader decodes what encoded words are in; unknown charsets as best they can be.
func charsetReader(name string, r io.Reader) (io.Reader, error) {
	if out, err := charset.Reader(name, r); err == nil {
		return out, nil
	}
	b, err := io.ReadAll(io.LimitReader(r, MaxHeader))
	s, _ := toUTF8(b, name)
	return strings.NewReader(s), err
}

// line makes one safe line of a text, of at most 1,000 bytes.
func line(s string) string {
	return clip(strings.Join(strings.Fields(Safe(clip(s, 4000))), " "), 1000)
}

var looseParam = regexp.MustCompile(`(?i);\s*([a-z0-9*-]{1,40})\s*=\s*("[^"]*"|[^\s;"]+)`)

// mediaType reads the Content-Type of a part: text/plain where there is none.
func mediaType(h header) (string, map[string]string) {
	v := h.get("content-type")
	if v == "" {
		return "text/plain", nil
	}
	media, params := withParams(v)
	if !strings.Contains(media, "/") {
		media = "text/plain"
	}
	return media, params
}

// withParams reads a value with parameters; where it does not keep the rules, whatever looks like them.
func withParams(v string) (string, map[string]string) {
	if s, params, err := mime.ParseMediaType(v); err == nil {
		return s, params
	}
	s, _, _ := strings.Cut(v, ";")
	params := map[string]string{}
	for _, p := range looseParam.FindAllStringSubmatch(v, 50) {
		if name := strings.ToLower(p[1]); params[name] == "" {
			params[name] = strings.Trim(p[2], `"`)
		}
	}
	return strings.ToLower(strings.TrimSpace(s)), params
}
