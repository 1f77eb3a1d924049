package ledger

// House are the owner's own rules against pestering and for the day's work. The law sets no such figures for one's own debts: they are
// the house's, and can be gone past with a reason. A zero field stands for the usual figure.
type House struct {
	CallsAWeek  int    `json:"calls_a_week,omitempty"` // to one customer, in any seven days
	CallFrom    string `json:"call_from,omitempty"`    // "08:30"
	CallTo      string `json:"call_to,omitempty"`      // "18:00"
	ActionsADay int    `json:"actions_a_day,omitempty"`
}

// Usual gives the rules with the usual figures in place of those that are not set.
func (h House) Usual() House {
	set := func(v *int, usual int) {
		if *v == 0 {
			*v = usual
		}
	}
	set(&h.CallsAWeek, 2)
	set(&h.ActionsADay, 10)
	if h.CallFrom == "" {
		h.CallFrom = "09:00"
	}
	if h.CallTo == "" {
		h.CallTo = "18:00"
	}
	return h
}
