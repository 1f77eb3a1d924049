package xlsx

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

type tokenKind uint8

const (
	tokenEnd   tokenKind = iota // the end of the document
	tokenOpen                   // <name attrs> or <name attrs/>
	tokenClose                  // </name>
	tokenText                   // characters between tags, entities not yet replaced
	tokenCData                  // characters taken as they are
)

// tokenizer cuts XML into tokens, without copies: what a token shows is valid until the next one. It
// knows as much of XML 1.0 as parts of workbooks may use; document types are refused.
type tokenizer struct {
	r          io.Reader
	buf        []byte
	pos, end   int
	eof        bool
	depth      int
	pendingEnd bool // the tag just given was <name/>: its end comes next

	name  []byte // local name of an Open or Close
	attrs []byte // attributes of an Open
	text  []byte // characters of a Text or CData
}

var (
	errSyntax = errors.New("not well-formed XML")
	errToken  = errors.New("a tag or text is too long")
	errDepth  = errors.New("elements are nested too deeply")
)

func newTokenizer(r io.Reader) (*tokenizer, error) {
	t := &tokenizer{r: r, buf: make([]byte, 64<<10)}
	for t.end < 512 && !t.eof {
		if err := t.fill(); err != nil {
			return nil, err
		}
	}
	return t, t.decode()
}

// decode looks at the byte order mark and the declared encoding, and has anything but UTF-8 converted.
func (t *tokenizer) decode() error {
	head := t.buf[:t.end]
	rest := func() io.Reader { return io.MultiReader(bytes.NewReader(bytes.Clone(head)), t.r) }
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		t.pos = 3
		return nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("<\x00")), bytes.HasPrefix(head, []byte("\x00<")):
		order := unicode.LittleEndian
		if head[0] == 0 || head[0] == 0xfe {
			order = unicode.BigEndian
		}
		t.r = transform.NewReader(rest(), unicode.UTF16(order, unicode.UseBOM).NewDecoder())
	default:
		declared := declaredEncoding(head)
		if declared == "" {
			return nil
		}
		e, err := htmlindex.Get(declared)
		if err != nil {
			return nil
		}
		if n, _ := htmlindex.Name(e); n == "utf-8" || n == "utf-16le" || n == "utf-16be" {
			return nil
		}
		t.r = transform.NewReader(rest(), e.NewDecoder())
	}
	t.pos, t.end, t.eof = 0, 0, false
	return nil
}

func declaredEncoding(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok {
		return ""
	}
	return string(attr(decl, "encoding"))
}

// fill reads more, keeping what is between pos and end.
func (t *tokenizer) fill() error {
	if t.pos > 0 {
		copy(t.buf, t.buf[t.pos:t.end])
		t.end -= t.pos
		t.pos = 0
	}
	if t.end == len(t.buf) {
		if len(t.buf) >= maxToken {
			return errToken
		}
		t.buf = append(t.buf, make([]byte, len(t.buf))...)
	}
	for range 100 {
		n, err := t.r.Read(t.buf[t.end:])
		t.end += n
		if err == io.EOF {
			t.eof = true
			return nil
		}
		if err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// find gives the index of c at or after from, relative to pos, reading on as needed; −1 at the end.
func (t *tokenizer) find(c byte, from int) (int, error) {
	for {
		if i := bytes.IndexByte(t.buf[t.pos+from:t.end], c); i >= 0 {
			return from + i, nil
		}
		if t.eof {
			return -1, nil
		}
		from = t.end - t.pos
		if err := t.fill(); err != nil {
			return 0, err
		}
	}
}

// findSeq is find for a sequence of bytes.
func (t *tokenizer) findSeq(seq string, from int) (int, error) {
	for {
		if i := bytes.Index(t.buf[t.pos+from:t.end], []byte(seq)); i >= 0 {
			return from + i, nil
		}
		if t.eof {
			return 0, io.ErrUnexpectedEOF
		}
		from = max(from, t.end-t.pos-len(seq)+1)
		if err := t.fill(); err != nil {
			return 0, err
		}
	}
}

// next gives the next token.
func (t *tokenizer) next() (tokenKind, error) {
	if t.pendingEnd {
		t.pendingEnd = false
		t.depth--
		return tokenClose, nil
	}
	for {
		if t.pos == t.end {
			if t.eof {
				if t.depth != 0 {
					return tokenEnd, io.ErrUnexpectedEOF
				}
				return tokenEnd, nil
			}
			if err := t.fill(); err != nil {
				return tokenEnd, err
			}
			continue
		}
		if t.buf[t.pos] != '<' {
			n, err := t.find('<', 0)
			if err != nil {
				return tokenEnd, err
			}
			if n < 0 {
				n = t.end - t.pos
			}
			t.text = t.buf[t.pos : t.pos+n]
			t.pos += n
			return tokenText, nil
		}
		kind, err := t.markup()
		if err != nil || kind != tokenEnd {
			return kind, err
		}
	}
}

// markup reads what begins with <; tokenEnd means that it was something to pass over.
func (t *tokenizer) markup() (tokenKind, error) {
	for t.end-t.pos < 3 && !t.eof {
		if err := t.fill(); err != nil {
			return tokenEnd, err
		}
	}
	if t.end-t.pos < 3 {
		return tokenEnd, io.ErrUnexpectedEOF
	}
	switch t.buf[t.pos+1] {
	case '/':
		n, err := t.find('>', 2)
		if err != nil {
			return tokenEnd, err
		}
		if n < 0 {
			return tokenEnd, io.ErrUnexpectedEOF
		}
		if t.depth--; t.depth < 0 {
			return tokenEnd, errSyntax
		}
		name := t.buf[t.pos+2 : t.pos+n]
		for len(name) > 0 && name[len(name)-1] <= ' ' {
			name = name[:len(name)-1]
		}
		t.name = localName(name)
		t.pos += n + 1
		return tokenClose, nil
	case '?':
		n, err := t.findSeq("?>", 2)
		t.pos += n + 2
		return tokenEnd, err
	case '!':
		return t.declaration()
	}
	return t.openTag()
}

func (t *tokenizer) declaration() (tokenKind, error) {
	for t.end-t.pos < 9 && !t.eof {
		if err := t.fill(); err != nil {
			return tokenEnd, err
		}
	}
	head := t.buf[t.pos:t.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		n, err := t.findSeq("-->", 4)
		t.pos += n + 3
		return tokenEnd, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		n, err := t.findSeq("]]>", 9)
		if err != nil {
			return tokenEnd, err
		}
		t.text = t.buf[t.pos+9 : t.pos+n]
		t.pos += n + 3
		return tokenCData, nil
	}
	return tokenEnd, errSyntax
}

func (t *tokenizer) openTag() (tokenKind, error) {
	n := 1
	for {
		if t.pos+n >= t.end {
			if t.eof {
				return tokenEnd, io.ErrUnexpectedEOF
			}
			if err := t.fill(); err != nil {
				return tokenEnd, err
			}
			continue
		}
		c := t.buf[t.pos+n]
		if c == '>' {
			break
		}
		n++
		if c == '"' || c == '\'' {
			i, err := t.find(c, n)
			if err != nil {
				return tokenEnd, err
			}
			if i < 0 {
				return tokenEnd, io.ErrUnexpectedEOF
			}
			n = i + 1
		}
	}
	tag := t.buf[t.pos+1 : t.pos+n]
	t.pos += n + 1
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		tag = tag[:len(tag)-1]
		t.pendingEnd = true
	}
	i := 0
	for i < len(tag) && tag[i] > ' ' {
		i++
	}
	if i == 0 {
		return tokenEnd, errSyntax
	}
	if t.depth++; t.depth > maxDepth {
		return tokenEnd, errDepth
	}
	t.name, t.attrs = localName(tag[:i]), tag[i:]
	return tokenOpen, nil
}

// skip passes over the rest of the element whose Open was given last.
func (t *tokenizer) skip() error {
	for depth := t.depth; ; {
		k, err := t.next()
		if err != nil {
			return err
		}
		if k == tokenClose && t.depth < depth {
			return nil
		}
		if k == tokenEnd {
			return io.ErrUnexpectedEOF
		}
	}
}

func localName(b []byte) []byte {
	if i := bytes.IndexByte(b, ':'); i >= 0 {
		return b[i+1:]
	}
	return b
}

// nextAttr cuts the first attribute off; the local name is empty when there is none left.
func nextAttr(b []byte) (name, value, rest []byte) {
	i := 0
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	start := i
	for i < len(b) && b[i] != '=' && b[i] > ' ' {
		i++
	}
	name = b[start:i]
	for i < len(b) && b[i] != '"' && b[i] != '\'' {
		i++
	}
	if i >= len(b) || len(name) == 0 {
		return nil, nil, nil
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return nil, nil, nil
	}
	return localName(name), b[i+1 : i+1+end], b[i+end+2:]
}

// attr gives the raw value of the attribute of that local name, nil if there is none.
func attr(attrs []byte, local string) []byte {
	for rest := attrs; len(rest) > 0; {
		var name, value []byte
		if name, value, rest = nextAttr(rest); name == nil {
			return nil
		}
		if string(name) == local {
			return value
		}
	}
	return nil
}

// attrText is attr with its entities replaced.
func attrText(attrs []byte, local string) string {
	return string(appendText(nil, attr(attrs, local)))
}
