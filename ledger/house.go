package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

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

// Bounds of the house rules.
const (
	MostCallsAWeek  = 20
	MostActionsADay = 50
)

// CheckHouse finds what is wrong with the house rules, field by field: house_number (facts least and most), house_hour (fact value),
// house_hours (the end does not come after the beginning). A field that is not set is right.
func CheckHouse(h House) []*Error {
	var out []*Error
	number := func(field string, v, most int) {
		if v < 0 || v > most {
			out = append(out, fieldError(field, "house_number", "least", 1, "most", most))
		}
	}
	number("calls_a_week", h.CallsAWeek, MostCallsAWeek)
	number("actions_a_day", h.ActionsADay, MostActionsADay)
	hours := true
	for _, x := range []struct{ field, value string }{{"call_from", h.CallFrom}, {"call_to", h.CallTo}} {
		if kept, ok := ParseHour(x.value); x.value != "" && (!ok || kept != x.value) {
			out = append(out, fieldError(x.field, "house_hour", "value", x.value))
			hours = false
		}
	}
	if u := h.Usual(); hours && u.CallFrom >= u.CallTo {
		out = append(out, fieldError("call_to", "house_hours"))
	}
	return out
}

var hourShape = regexp.MustCompile(`^(\d{1,2})\s*(?:[:h.]\s*(\d{2})?)?$`)

// ParseHour reads a time of day as people write it ("9 h 30", "9:30", "9h", "9") and writes it as it is kept: "09:30".
func ParseHour(text string) (string, bool) {
	found := hourShape.FindStringSubmatch(strings.ToLower(strings.Join(strings.Fields(text), "")))
	if found == nil {
		return "", false
	}
	hour, _ := strconv.Atoi(found[1])
	minute, _ := strconv.Atoi(found[2])
	if hour > 23 || minute > 59 {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d", hour, minute), true
}
