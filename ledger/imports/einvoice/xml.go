package einvoice

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"quitus/ledger"
)

// Limits of an XML document. A real invoice of a thousand lines has 40,000 elements, twelve deep.
const (
	maxDepth = 64
	maxNodes = 1_000_000 // elements read
	maxLines = 20        // of an invoice's lines, kept for its subject
	maxText  = 4_000     // bytes of one text kept
)

// node is an element by its local name, whatever its namespace is called.
type node struct {
	name  string
	attrs []xml.Attr
	text  string // its own, outside of its children
	kids  []*node
}

// isLine says whether an element is a line of an invoice, of which only the first few are kept.
func isLine(name string) bool {
	switch name {
	case "IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine":
		return true
	}
	return false
}

// isBinary says whether an element holds an attached file, which nobody here reads.
func isBinary(name string) bool {
	return name == "AttachmentBinaryObject" || name == "EmbeddedDocumentBinaryObject"
}

// decoder reads XML in UTF-8, UTF-16 and the encodings of western Europe. Entities other than the five of XML
// itself are unknown to it, so that none is ever expanded.
func decoder(content []byte) *xml.Decoder {
	var r io.Reader = bytes.NewReader(content)
	utf16 := bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff"))
	if utf16 {
		r = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	} else {
		r = bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff")))
	}
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		var e encoding.Encoding
		switch strings.ToLower(label) {
		case "utf-16", "utf-16le", "utf-16be":
			if utf16 {
				return in, nil // already decoded
			}
		case "us-ascii", "ascii":
			return in, nil
		case "iso-8859-1", "latin1", "windows-1252", "cp1252":
			e = charmap.Windows1252
		case "iso-8859-15", "latin9":
			e = charmap.ISO8859_15
		}
		if e == nil {
			return nil, errors.New("unknown encoding " + clip(label, 40))
		}
		return e.NewDecoder().Reader(in), nil
	}
	return d
}

// rootName gives the local name of a document's root, which may be cut off after it. Documents that declare
// their own type are refused: none of an invoice does, and such declarations are how XML is made to do harm.
func rootName(content []byte) (string, error) {
	if !bytes.ContainsRune(content[:min(len(content), 4096)], '<') {
		return "", ledger.Errorf("einvoice_not_xml")
	}
	for d := decoder(content); ; {
		t, err := d.RawToken()
		switch t := t.(type) {
		case xml.StartElement:
			return t.Name.Local, nil
		case xml.Directive:
			return "", ledger.Errorf("damaged", "cause", errors.New("the document declares its type"))
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return "", ledger.Errorf("einvoice_not_xml")
			}
		}
		if err != nil {
			return "", ledger.Errorf("damaged", "cause", err)
		}
	}
}

// parse reads a document whole, within the limits.
func parse(ctx context.Context, content []byte) (*node, error) {
	if len(content) > MaxXML {
		return nil, ledger.Errorf("too_large", "what", "xml", "limit", int64(MaxXML))
	}
	p := parser{d: decoder(content), top: &node{}}
	p.open = []*node{p.top}
	for {
		if p.tokens++; p.tokens%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t, err := p.d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, ledger.Errorf("damaged", "cause", err)
		}
		if err := p.take(t); err != nil {
			return nil, err
		}
	}
	if len(p.top.kids) != 1 {
		return nil, ledger.Errorf("damaged", "cause", errors.New("not one root"))
	}
	return p.top.kids[0], nil
}

type parser struct {
	d       *xml.Decoder
	top     *node
	open    []*node // from the top to the element being read; nil where it is not kept
	tokens  int
	nodes   int
	lines   int
	skipped int // depth within an element that is not kept
}

func (p *parser) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if p.nodes++; p.nodes > maxNodes {
			return ledger.Errorf("too_large", "what", "elements", "limit", int64(maxNodes))
		}
		if len(p.open)+p.skipped > maxDepth {
			return ledger.Errorf("too_large", "what", "depth", "limit", int64(maxDepth))
		}
		if isLine(t.Name.Local) {
			p.lines++
		}
		if p.skipped > 0 || isLine(t.Name.Local) && p.lines > maxLines || isBinary(t.Name.Local) {
			p.skipped++
			return nil
		}
		n := &node{name: t.Name.Local, attrs: t.Attr}
		parent := p.open[len(p.open)-1]
		parent.kids = append(parent.kids, n)
		p.open = append(p.open, n)
	case xml.EndElement:
		if p.skipped > 0 {
			p.skipped--
			return nil
		}
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		if n := p.open[len(p.open)-1]; p.skipped == 0 && len(n.text) < maxText {
			n.text += string(t[:min(len(t), maxText-len(n.text))])
		}
	case xml.Directive:
		return ledger.Errorf("damaged", "cause", errors.New("the document declares its type"))
	}
	return nil
}

// all gives the children at a path of local names, "A/B"; several names of one step are parted by "|".
func (n *node) all(path string) []*node {
	at := []*node{n}
	for step := range strings.SplitSeq(path, "/") {
		var next []*node
		for _, x := range at {
			if x == nil {
				continue
			}
			for _, k := range x.kids {
				for name := range strings.SplitSeq(step, "|") {
					if k.name == name {
						next = append(next, k)
					}
				}
			}
		}
		at = next
	}
	return at
}

// one gives the first child at a path, or an empty node.
func (n *node) one(path string) *node {
	if found := n.all(path); len(found) > 0 {
		return found[0]
	}
	return &node{}
}

// get gives the first text at a path that is not blank, on one line.
func (n *node) get(path string) string {
	for _, x := range n.all(path) {
		if s := x.value(); s != "" {
			return s
		}
	}
	return ""
}

// value gives the element's own text with single blanks.
func (n *node) value() string { return strings.Join(strings.Fields(clean(n.text)), " ") }

// attr gives an attribute by its local name.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
