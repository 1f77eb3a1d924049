package handover

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"quitus/ledger"
)

// ExhibitKind says what an exhibit is.
type ExhibitKind string

// Kinds of exhibits, in the order in which they are numbered.
const (
	InvoiceDocument  ExhibitKind = "invoice"  // kept with an invoice: the invoice itself, an order, a delivery note
	CustomerDocument ExhibitKind = "document" // kept with the customer: terms, a contract, an acknowledgement of debt
	LetterSent       ExhibitKind = "letter"
	PostingProof     ExhibitKind = "posting"
	Receipt          ExhibitKind = "receipt" // acknowledgement of receipt, or the envelope that came back
	Email            ExhibitKind = "email"
	CallNotes        ExhibitKind = "call"
)

// Exhibit is one piece of evidence: a file beside the bound document.
type Exhibit struct {
	Number int
	Kind   ExhibitKind
	Title  string
	On     ledger.Date
	File   string      // its name in the zip: ASCII, unique
	Hash   ledger.Hash // of a kept document; of what is made here once it is made

	made []byte   // of what is not kept
	text []string // of what is made of text, to be read in the bound document
}

// exhibits lists and numbers what goes along.
func (c *Case) exhibits() {
	var docs []*ledger.Document
	for _, x := range Offered(c.Book, c.Standings, c.Customer) {
		if slices.Contains(c.Documents, x.ID) {
			docs = append(docs, x)
		}
	}
	for _, id := range c.Invoices {
		for _, x := range docs {
			if x.Invoice == id {
				c.kept(InvoiceDocument, c.w.T("handover.exhibit.invoice", "number", c.Book.Invoice(id).Number, "name", x.Name), x)
			}
		}
	}
	for _, x := range docs {
		if x.Invoice == 0 {
			c.kept(CustomerDocument, c.w.T("handover.exhibit.document", "name", x.Name), x)
		}
	}
	c.letters()
	for _, m := range c.Book.MessagesOf(c.Customer) {
		if m.State != ledger.MessageDropped && m.On <= c.Standings.On && c.about(m.Lines) {
			c.message(m)
		}
	}
	for _, r := range c.Book.RepliesOf(c.Customer) {
		if r.Message == 0 {
			c.reply(r)
		}
	}
	for _, x := range OfferedCalls(c.Book, c.Standings, c.Customer) {
		if slices.Contains(c.Calls, x.ID) {
			title := c.w.T("handover.exhibit.call", "day", x.On)
			c.add(Exhibit{Kind: CallNotes, Title: title, On: x.On, made: c.callNotes(x), text: strings.Split(string(c.callNotes(x)), "\r\n")}, c.w.T("handover.file.call")+".txt")
		}
	}
}

// letters lists the letters about what is handed over, each with its proofs.
func (c *Case) letters() {
	list := slices.DeleteFunc(slices.Clone(c.Book.LettersOf(c.Customer)), func(l *ledger.Letter) bool {
		return l.On > c.Standings.On || !c.about(l.Lines)
	})
	slices.SortStableFunc(list, func(x, y *ledger.Letter) int { return cmp.Or(int(x.On)-int(y.On), int(x.ID)-int(y.ID)) })
	for _, l := range list {
		name, key := c.w.T("letters.model."+l.Model), "handover.exhibit.letter_made"
		if l.Sent != 0 && l.Sent <= c.Standings.On {
			key = "handover.exhibit.letter"
		}
		c.add(Exhibit{Kind: LetterSent, Title: c.w.T(key, "letter", name, "day", l.On, "sent", l.Sent), On: l.On, Hash: l.Hash}, name+".pdf")
		proof := func(kind ExhibitKind, id ledger.DocumentID) {
			if x := c.Book.Documents.Get(uint32(id)); x != nil {
				c.kept(kind, c.w.T("handover.exhibit."+string(kind), "letter", name, "day", l.On), x)
			}
		}
		proof(PostingProof, l.Registered.Proof)
		proof(Receipt, l.Registered.Receipt)
	}
}

// kept adds a document of the ledger.
func (c *Case) kept(kind ExhibitKind, title string, x *ledger.Document) {
	c.add(Exhibit{Kind: kind, Title: title, On: x.On, Hash: x.Hash}, x.Name)
}

// add numbers an exhibit and gives its file a name.
func (c *Case) add(x Exhibit, name string) {
	x.Number = len(c.Exhibits) + 1
	x.File = fmt.Sprintf("%03d-%s", x.Number, SafeName(name))
	if x.made != nil {
		x.Hash = ledger.HashOf(x.made)
	}
	c.Exhibits = append(c.Exhibits, x)
}

// Longest names of files, in characters: of the part before the ending, and of the ending.
const (
	longestStem   = 60
	longestEnding = 8
)

// SafeName makes a name that every system can write, of letters without accents, digits, dashes, dots and underscores; the
// ending stays where it is one.
func SafeName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	name = path.Base(name)
	ending := path.Ext(name)
	stem := asciiOnly(strings.TrimSuffix(name, ending))
	ending = strings.ToLower(strings.Trim(asciiOnly(ending), "-."))
	if len(ending) > longestEnding {
		stem, ending = stem+"-"+ending, ""
	}
	if len(stem) > longestStem {
		stem = stem[:longestStem]
	}
	if stem = strings.Trim(stem, "-."); stem == "" {
		stem = "x"
	}
	if ending != "" {
		return stem + "." + ending
	}
	return stem
}

// asciiOnly takes accents off, and puts a dash for whatever else is not plain.
func asciiOnly(s string) string {
	var b strings.Builder
	dash := false
	for _, r := range norm.NFKD.String(strings.NewReplacer("œ", "oe", "Œ", "OE", "æ", "ae", "Æ", "AE", "ß", "ss", "ø", "o", "Ø", "O").Replace(s)) {
		switch {
		case r >= 0x300 && r < 0x370: // an accent, split off
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '.':
			b.WriteRune(r)
			dash = false
		case !dash:
			b.WriteByte('-')
			dash = true
		}
	}
	return b.String()
}
