package bank

import "quitus/ledger"

// Item is a row of the list: a bank entry, or what stands between them.
type Item struct {
	Kind  Kind
	Row   int    // of Model.Rows, for Entry
	Title string // for Section
	Note  string
	First bool // where a card begins and ends
	Last  bool
}

// Kind is what an item is.
type Kind uint8

// Kinds of items.
const (
	Entry   Kind = iota
	Titles       // the titles of the two halves
	Section      // a title between cards
	AllDone      // nothing is left to check
)

// Items lists what a filter shows: the entries to check, and below them those that are settled. While the owner checks,
// what the newest statement brought stays in view as it is recorded.
func (m *Model) Items(filter string) []Item {
	var out []Item
	card := func(titles bool, shown func(*Row) bool) int {
		from, n := len(out), 0
		if titles {
			out = append(out, Item{Kind: Titles})
		}
		for i := range m.Rows {
			if shown(&m.Rows[i]) {
				out = append(out, Item{Row: i})
				n++
			}
		}
		if n == 0 {
			out = out[:from]
			return 0
		}
		out[from].First, out[len(out)-1].Last = true, true
		return n
	}
	in := func(filter string) func(*Row) bool { return func(r *Row) bool { return r.Filter == filter } }
	if filter != ToCheck && filter != All {
		card(false, in(filter))
		return out
	}
	if card(true, in(ToCheck)) == 0 && len(m.Rows) > 0 && filter == ToCheck {
		out = append(out, Item{Kind: AllDone})
	}
	recorded := in(Recorded)
	if filter == ToCheck {
		recorded = func(r *Row) bool { return r.Filter == Recorded && r.entry.Statement == m.newest }
	}
	m.section(&out, m.w.T("bank.filter.recorded"), "bank.section.recorded", func() int { return card(false, recorded) })
	if filter == All {
		m.section(&out, m.w.T("bank.filter.other"), "", func() int { return card(false, in(Other)) })
	}
	return out
}

// section puts a title before the rows that card adds, if it adds any.
func (m *Model) section(out *[]Item, title, note string, card func() int) {
	at := len(*out)
	*out = append(*out, Item{Kind: Section, Title: title})
	n := card()
	if n == 0 {
		*out = (*out)[:at]
		return
	}
	if note != "" {
		(*out)[at].Note = m.w.N(note, n, "all", m.Counts[ToCheck]+m.Counts[Recorded])
	}
}

// At gives the place of an entry among items, -1 where it is not shown.
func (m *Model) At(items []Item, id ledger.BankEntryID) int {
	for i, it := range items {
		if it.Kind == Entry && m.Rows[it.Row].ID == id {
			return i
		}
	}
	return -1
}

// NextToCheck gives the entry that waits after a place among items, or else the first that does; 0 where none waits.
func (m *Model) NextToCheck(items []Item, at int) ledger.BankEntryID {
	first := ledger.BankEntryID(0)
	for i, it := range items {
		if it.Kind != Entry || !m.Rows[it.Row].Waits() {
			continue
		}
		if i > at {
			return m.Rows[it.Row].ID
		}
		if first == 0 && i != at {
			first = m.Rows[it.Row].ID
		}
	}
	return first
}
