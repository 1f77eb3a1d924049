package reply

import (
	"slices"
	"strings"
	"unicode"

	"quitus/ledger"
)

// Index is what is looked up to tie a message that came to a case. Its caller builds it from the ledger; then it is only read, by
// several goroutines if need be.
type Index struct {
	key      []byte
	days     int
	names    map[string]*sent
	numbers  map[ledger.MessageID]*sent
	writtens map[string][]*sent // by address
	own      map[string]bool
	invoices map[ledger.CustomerID][]string
}

// sent is a message of ours, as far as an answer to it can be told.
type sent struct {
	id       ledger.MessageID
	customer ledger.CustomerID
	contact  ledger.ContactID
	on       ledger.Date
}

// NewIndex makes an index without contents. The key is that of [TokenOf]; days is for how long after we wrote to an address its messages
// are looked at for invoice numbers.
func NewIndex(key []byte, days int) *Index {
	return &Index{key: key, days: days, names: map[string]*sent{}, numbers: map[ledger.MessageID]*sent{}, writtens: map[string][]*sent{},
		own: map[string]bool{}, invoices: map[ledger.CustomerID][]string{}}
}

// AddMessage adds a message of ours that left, or may have left.
func (x *Index) AddMessage(m *ledger.Message) {
	on := m.Sent
	if on == 0 {
		on = m.On
	}
	s := &sent{m.ID, m.Customer, m.Contact, on}
	x.numbers[m.ID] = s
	if m.Header != "" {
		x.names[nameKey(m.Header)] = s
	}
	for _, list := range []string{m.To, m.Cc} {
		for _, a := range looseAddresses(list) {
			x.writtens[a.Address] = append(x.writtens[a.Address], s)
		}
	}
}

// AddName adds another name by which a message of ours is known: servers rewrite names, and the copy in the sent folder shows which.
func (x *Index) AddName(name string, m ledger.MessageID) {
	if s := x.numbers[m]; s != nil && name != "" {
		x.names[nameKey(name)] = s
	}
}

// AddOwn adds an address of the owner: what comes from there is no reply.
func (x *Index) AddOwn(address string) { x.own[strings.ToLower(strings.TrimSpace(address))] = true }

// AddInvoice adds the number of an invoice of a customer. Numbers that stand in any text are passed over: those of fewer than three
// characters, and years.
func (x *Index) AddInvoice(c ledger.CustomerID, number string) {
	n := squeeze(number)
	year := len(n) == 4 && digitsOnly(n) && (strings.HasPrefix(n, "19") || strings.HasPrefix(n, "20"))
	if len(n) >= 3 && !year {
		x.invoices[c] = append(x.invoices[c], n)
	}
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

func nameKey(name string) string { return strings.ToLower(strings.Trim(strings.TrimSpace(name), "<>")) }

// Found is the case that a message belongs to.
type Found struct {
	By       ledger.ReplyFound
	Message  ledger.MessageID // of ours that it answers; 0 where that is not known
	Customer ledger.CustomerID
	Contact  ledger.ContactID // to whom we wrote; 0 where not known
}

// Match finds the case that a message belongs to: by the thread it names, by our reference, by an invoice number of a customer that we
// wrote to at its sender's address not long ago; never by the sender alone. A bounce is found by the message that it returns, and where it
// returns nothing by the address that it is about, without saying which message that was.
func Match(m *Message, x *Index) (Found, bool) {
	if m.ID != "" && x.names[nameKey(m.ID)] != nil { // our own message, copied
		return Found{}, false
	}
	if m.Kind != ledger.ReplyBounce && x.own[m.From.Address] {
		return Found{}, false
	}
	if m.Kind == ledger.ReplyBounce {
		return x.bounced(m)
	}
	if s := x.thread(&m.Head); s != nil {
		return s.found(ledger.FoundThread), true
	}
	if s := x.reference(m); s != nil {
		return s.found(ledger.FoundReference), true
	}
	return x.byInvoice(m)
}

// bounced finds the message that a bounce returns. Where that bears a name that is not ours, it may be the owner's own answer in one of our
// threads: our reference in it tells of the customer, not which message came back.
func (x *Index) bounced(m *Message) (Found, bool) {
	named := false
	for _, b := range m.Bounces {
		if s := x.names[nameKey(b.OriginalID)]; s != nil {
			return s.found(ledger.FoundThread), true
		}
		named = named || b.OriginalID != ""
	}
	for _, id := range m.InReplyTo {
		if s := x.names[nameKey(id)]; s != nil && !named {
			return s.found(ledger.FoundThread), true
		}
	}
	if s := x.reference(m); s != nil {
		f := s.found(ledger.FoundReference)
		if named {
			f.Message = 0
		}
		return f, true
	}
	if named {
		return Found{}, false
	}
	return x.byRecipient(m)
}

// reference finds the message of ours whose reference stands in a message.
func (x *Index) reference(m *Message) *sent {
	for _, text := range []string{m.Subject, m.Text, m.Quoted, m.Signature} {
		for _, id := range FindToken(x.key, text) {
			if s := x.numbers[id]; s != nil {
				return s
			}
		}
	}
	return nil
}

func (s *sent) found(by ledger.ReplyFound) Found { return Found{by, s.id, s.customer, s.contact} }

// thread finds the message of ours that a header names: what it answers first, then its thread, the nearest first.
func (x *Index) thread(h *Head) *sent {
	for _, id := range h.InReplyTo {
		if s := x.names[nameKey(id)]; s != nil {
			return s
		}
	}
	for _, id := range slices.Backward(h.References) {
		if s := x.names[nameKey(id)]; s != nil {
			return s
		}
	}
	return nil
}

// recent says whether a message came in the days after we wrote.
func (x *Index) recent(s *sent, on ledger.Date) bool {
	return on == 0 || on >= s.on-1 && on <= s.on.Add(x.days) // -1: zones of time
}

func (x *Index) byInvoice(m *Message) (Found, bool) {
	words := ""
	for _, s := range slices.Backward(x.writtens[m.From.Address]) {
		if !x.recent(s, m.On) {
			continue
		}
		if words == "" {
			words = alphanumeric(m.Subject + "\n" + m.Text + "\n" + m.Quoted)
		}
		for _, n := range x.invoices[s.customer] {
			if names(words, n) {
				return Found{By: ledger.FoundSender, Customer: s.customer, Contact: s.contact}, true
			}
		}
	}
	return Found{}, false
}

// byRecipient finds whom a bounce that returns nothing is about, where no two customers have that address.
func (x *Index) byRecipient(m *Message) (Found, bool) {
	var out Found
	for _, b := range m.Bounces {
		for _, s := range slices.Backward(x.writtens[b.Recipient]) {
			switch {
			case !x.recent(s, m.On):
			case out == (Found{}):
				out = Found{By: ledger.FoundSender, Customer: s.customer, Contact: s.contact}
			case out.Customer != s.customer:
				return Found{}, false
			}
		}
	}
	return out, out != Found{}
}

// Maybe says by its header alone whether a message is worth fetching: it names a message of ours, has our reference in its subject, looks
// like a bounce, or comes from an address that we wrote to.
func Maybe(h *Head, x *Index) bool {
	if h.ID != "" && x.names[nameKey(h.ID)] != nil {
		return false
	}
	if h.Undelivered() {
		return true
	}
	if x.own[h.From.Address] {
		return false
	}
	if x.thread(h) != nil {
		return true
	}
	for _, s := range x.writtens[h.From.Address] {
		if x.recent(s, h.On) {
			return true
		}
	}
	for _, id := range FindToken(x.key, h.Subject) {
		if x.numbers[id] != nil {
			return true
		}
	}
	return false
}

// squeeze gives the letters and digits of an invoice number, folded.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, ledger.Fold(s))
}

// alphanumeric prepares a text for looking for invoice numbers: letters and digits, with one blank for all between.
func alphanumeric(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	blank := true
	for _, r := range ledger.Fold(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
			blank = false
		} else if !blank {
			b.WriteByte(' ')
			blank = true
		}
	}
	b.WriteByte(' ')
	return b.String()
}

// names says whether a number stands in a text as a whole. What stands between its characters may differ ("F-2026-0042", "F2026 0042"),
// but not for numbers that are digits alone: these are found in telephone numbers otherwise.
func names(words, number string) bool {
	if digitsOnly(number) {
		return strings.Contains(words, " "+number+" ")
	}
	for at := range len(words) {
		if words[at] != ' ' {
			continue
		}
		i, j := at+1, 0
		for i < len(words) && j < len(number) && (words[i] == number[j] || words[i] == ' ' && j > 0) {
			if words[i] == number[j] {
				j++
			}
			i++
		}
		if j == len(number) && (i == len(words) || words[i] == ' ') {
			return true
		}
	}
	return false
}
