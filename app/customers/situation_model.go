package customers

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// news is what the open invoices and what is due today say of each customer, by customer number.
type news struct {
	kinds   []uint16 // the situations of the open invoices and credit notes, one bit each
	partly  map[ledger.CustomerID]bool
	reasons map[ledger.CustomerID]ledger.DisputeReason
	letters map[ledger.CustomerID]string      // model of the letter that is due
	handed  map[ledger.CustomerID]ledger.Date // since when all that is past due is with somebody else
}

func readNews(s *desk.State) *news {
	n := &news{
		kinds: make([]uint16, s.Book.Customers.Cap()+1), partly: map[ledger.CustomerID]bool{},
		reasons: map[ledger.CustomerID]ledger.DisputeReason{}, letters: map[ledger.CustomerID]string{},
		handed: s.HandedOver(),
	}
	for i := range s.Book.Invoices.All() {
		st := s.Standings.Of(i.ID)
		if st.Open == 0 || int(i.Customer) >= len(n.kinds) {
			continue
		}
		n.kinds[i.Customer] |= 1 << st.Situation
		if st.Broken != 0 && st.BrokenPart {
			n.partly[i.Customer] = true
		}
	}
	for d := range s.Book.Disputes.All() {
		if i := s.Book.Invoice(d.Invoice); i != nil && s.Standings.Of(i.ID).Contested != 0 {
			n.reasons[i.Customer] = d.Reason
		}
	}
	for _, c := range s.LetterCases() {
		due := c.Hold == "" || c.Hold == desk.HoldSpread // what the house rules spread is to be sent all the same
		if due && c.DaysLate > 0 && n.letters[c.Customer.ID] != letters.FormalNotice {
			n.letters[c.Customer.ID] = c.Model
		}
	}
	return n
}

// has says whether one of the customer's open invoices is in a situation.
func (n *news) has(id ledger.CustomerID, s ledger.Situation) bool { return n.kinds[id]>>s&1 != 0 }

// of gives what is to be known first of a customer, and its words: that the case was handed over, a promise kept in part, the letter
// that is due, what is contested; else the situation.
func (n *news) of(w *words.Words, id ledger.CustomerID, sum ledger.CustomerSummary) (ledger.Situation, string) {
	sit := sum.Foremost()
	late := sit == ledger.Late || sit == ledger.VeryLate
	switch {
	case n.handed[id] != 0: // whatever else there is, is no longer the owner's to do
		return ledger.NotDue, w.T("handover.chip", "day", w.DateShort(n.handed[id]))
	case late && n.partly[id]:
		return sit, w.T("customers.chip.in_part")
	case late && n.letters[id] == letters.FormalNotice:
		return ledger.VeryLate, w.T("customers.chip.notice")
	case late && n.letters[id] != "":
		return sit, w.T("customers.chip.reminder")
	case sit == ledger.Disputed && w.Has("customers.dispute."+string(n.reasons[id])):
		return sit, w.T("customers.chip.disputed", "reason", w.T("customers.dispute."+string(n.reasons[id])))
	}
	return sit, w.CustomerStanding(sum)
}
