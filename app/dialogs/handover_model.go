package dialogs

import (
	"context"
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
	"quitus/letters/handover"
)

// handoverDesk is what handing a case over needs of the desk.
type handoverDesk interface {
	State() *desk.State
	Handover(r desk.HandoverRequest) (*handover.Case, error)
	MakeHandover(c *handover.Case) (*handover.Bundle, error)
	KeepHandover(ctx context.Context, b *handover.Bundle) (ledger.Entry, error)
}

// Those to whom a case can go, in the order in which the form offers them.
var handlers = []string{"lawyer", "bailiff", "agency", "other"}

// handoverModel is a case that is being handed over.
type handoverModel struct {
	desk      handoverDesk
	w         *words.Words
	state     *desk.State
	customer  *ledger.Customer
	Who       string // one of handlers
	Name      string
	Documents []choice // that can go along
	Calls     []choice
	ticked    map[string]bool // by the ID of a choice
	Case      *handover.Case  // as last gathered
}

// Beginnings of the IDs of what can be ticked.
const (
	documentTick = "document:"
	callTick     = "call:"
)

// longestTick is how many characters of a name are shown.
const longestTick = 52

// newHandoverModel begins with all documents and no call notes: notes may hold what is nobody else's business.
func newHandoverModel(d handoverDesk, w *words.Words, id ledger.CustomerID) *handoverModel {
	s := d.State()
	m := &handoverModel{desk: d, w: w, state: s, customer: s.Book.Customer(id), Who: handlers[0], ticked: map[string]bool{}}
	for _, x := range handover.Offered(s.Book, s.Standings, id) {
		about := w.T("handover.dialog.of_customer")
		if i := s.Book.Invoice(x.Invoice); i != nil {
			about = i.Number
		}
		tick := documentTick + strconv.Itoa(int(x.ID))
		m.Documents = append(m.Documents, choice{tick, w.T("handover.dialog.document", "name", shortened(x.Name, longestTick), "about", about)})
		m.ticked[tick] = true
	}
	for _, x := range handover.OfferedCalls(s.Book, s.Standings, id) {
		reach := w.Reach(ledger.NoTalk)
		if x.Reach != "" {
			reach = w.Reach(x.Reach)
		}
		m.Calls = append(m.Calls, choice{callTick + strconv.Itoa(int(x.ID)), w.T("handover.dialog.call", "day", x.On, "reach", reach)})
	}
	return m
}

// shortened keeps the beginning and the ending of a long name.
func shortened(name string, most int) string {
	r := []rune(name)
	if len(r) <= most {
		return name
	}
	return string(r[:most-9]) + "…" + string(r[len(r)-8:])
}

// to says to whom the case goes.
func (m *handoverModel) to() string {
	who := m.w.T("handover.to." + m.Who)
	switch name := strings.TrimSpace(m.Name); {
	case name == "":
		return who
	case m.Who == "other":
		return name
	default:
		return m.w.T("handover.to.named", "who", who, "name", name)
	}
}

func (m *handoverModel) request() desk.HandoverRequest {
	r := desk.HandoverRequest{Customer: m.customer.ID, To: m.to(), Lang: m.w.Lang()}
	for _, c := range m.Documents {
		if n, err := strconv.Atoi(strings.TrimPrefix(c.ID, documentTick)); err == nil && m.ticked[c.ID] {
			r.Documents = append(r.Documents, ledger.DocumentID(n))
		}
	}
	for _, c := range m.Calls {
		if n, err := strconv.Atoi(strings.TrimPrefix(c.ID, callTick)); err == nil && m.ticked[c.ID] {
			r.Calls = append(r.Calls, ledger.CallID(n))
		}
	}
	return r
}

// gathering gives what works out the case as it is ticked now; it may run beside the window.
func (m *handoverModel) gathering() func() (*handover.Case, error) {
	r := m.request()
	return func() (*handover.Case, error) { return m.desk.Handover(r) }
}

// sum says what is handed over, and what it comes to.
func (m *handoverModel) sum() string {
	principal, total := ledger.Sums{}, ledger.Sums{}
	for _, a := range m.Case.Accounts {
		principal.Add(a.Principal)
		total.Add(a.Total)
	}
	text := m.w.N("handover.dialog.sum", len(m.Case.Invoices), "amount", principal)
	if m.w.Sums(principal) == m.w.Sums(total) {
		return text
	}
	return m.w.T("handover.dialog.extra", "sum", text, "total", total)
}

// always says what goes in without being ticked.
func (m *handoverModel) always() string {
	n := 0
	for _, x := range m.Case.Exhibits {
		if x.Kind == handover.LetterSent || x.Kind == handover.Email {
			n++
		}
	}
	return m.w.N("handover.dialog.always", n)
}

// lack is something that is missing, and what to do about it.
type lack struct {
	Text  string
	Check bool
}

func (m *handoverModel) lacks() []lack {
	var out []lack
	for _, x := range m.Case.Missing {
		key := "handover.missing_line"
		if x.Check {
			key = "handover.check_line"
		}
		text := m.w.T(key, "text", x.Sentence(m.w))
		if mend := x.Mend(m.w); mend != "" {
			text += " " + mend
		}
		out = append(out, lack{text, x.Check})
	}
	for _, f := range m.state.Readiness(m.customer.ID) {
		if ownFindings[f.Code] {
			out = append(out, lack{letters.FindingText(m.w, f), true})
		}
	}
	return out
}

// ownFindings are the findings about a claim that the list of what a file lacks does not tell: what speaks against handing
// over now, and the time left to act.
var ownFindings = map[string]bool{
	"due_estimated": true, "due_missing": true, "paid_day_unknown": true, "promised": true, "planned": true, "limit_near": true, "limit_past": true,
	"limit_unknown": true, "unallocated": true, "credit_open": true, "number_unusual": true, "kind_unlikely": true,
}

// steps are the ways on, each with its source.
func (m *handoverModel) steps() []line {
	var out []line
	for _, s := range handover.NextSteps(m.state.Book.Company().Country, m.customer, m.state.On) {
		out = append(out, line{s.Line(m.w), s.Source(m.w)})
	}
	return out
}

// line is a text and a smaller one below it.
type line struct{ Text, Second string }
