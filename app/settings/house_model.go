package settings

import (
	"strconv"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// House are the house rules as typed so far. What is left empty stands for the usual figure.
type House struct {
	typed map[string]string
	saved ledger.House
	w     *words.Words
}

// houseFields are the fields of the form, by the names that [ledger.CheckHouse] gives them.
var houseFields = []string{"calls_a_week", "call_from", "call_to", "actions_a_day"}

// NewHouse begins with the rules as recorded.
func NewHouse(w *words.Words, h ledger.House) *House {
	m := &House{typed: map[string]string{}, saved: h, w: w}
	for _, name := range houseFields {
		m.typed[name] = houseText(h, name)
	}
	return m
}

func houseText(h ledger.House, name string) string {
	switch name {
	case "calls_a_week":
		return figure(h.CallsAWeek)
	case "call_from":
		return h.CallFrom
	case "call_to":
		return h.CallTo
	}
	return figure(h.ActionsADay)
}

// Text gives what a field shows, Usual the figure that counts while it is empty.
func (m *House) Text(name string) string { return m.typed[name] }

// Usual gives the figure that counts while a field is empty.
func (m *House) Usual(name string) string { return houseText(ledger.House{}.Usual(), name) }

// Set takes what was typed over; an hour is written as it is kept.
func (m *House) Set(name, typed string) {
	m.typed[name] = strings.TrimSpace(typed)
	if kept, ok := ledger.ParseHour(typed); ok && strings.HasPrefix(name, "call_") {
		m.typed[name] = kept
	}
}

// Now gives the rules, and the sentences about what cannot be read, by field.
func (m *House) Now() (ledger.House, map[string]string) {
	h := ledger.House{CallFrom: m.typed["call_from"], CallTo: m.typed["call_to"]}
	wrong := map[string]string{}
	for name, to := range map[string]struct {
		figure *int
		most   int
	}{"calls_a_week": {&h.CallsAWeek, ledger.MostCallsAWeek}, "actions_a_day": {&h.ActionsADay, ledger.MostActionsADay}} {
		if m.typed[name] == "" {
			continue
		}
		n, err := strconv.Atoi(m.typed[name])
		if *to.figure = n; err != nil || n < 1 {
			*to.figure = 0
			wrong[name] = m.w.Error(ledger.Errorf("house_number", "least", 1, "most", to.most))
		}
	}
	for _, e := range ledger.CheckHouse(h) {
		name, _ := e.Args["field"].(string)
		wrong[name] = m.w.Error(e)
	}
	return h, wrong
}

// Check gives the sentence about a field, or nothing.
func (m *House) Check(name string) string {
	_, wrong := m.Now()
	return wrong[name]
}

// Wrong counts the fields to correct.
func (m *House) Wrong() int {
	_, wrong := m.Now()
	return len(wrong)
}

// Changed says whether something is to be saved.
func (m *House) Changed() bool {
	h, wrong := m.Now()
	return len(wrong) > 0 || h != m.saved
}
