package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/look"
	"quitus/assets/words"
	"quitus/ledger"
)

// DateEntry is a field for a day, as people write it: 15/3, 15/03/26, +30, ven. On leaving the field the
// day is written in full, with its weekday. Arrow up and down go a day on and back; the calendar at the
// right shows a month to choose from.
type DateEntry struct {
	Field
	// Limit gives a sentence when a day that can be read is not right.
	Limit func(ledger.Date) string
	// OnDate is told the day on leaving the field, when it can be read.
	OnDate func(ledger.Date)
	// Needed is the sentence for an empty field; without it the field may be empty.
	Needed string

	words *words.Words
	today ledger.Date
}

// NewDateEntry makes an empty field; relative days count from today.
func NewDateEntry(w *words.Words, label string, today ledger.Date) *DateEntry {
	d := &DateEntry{words: w, today: today}
	d.action = NewIconButton(look.IconCalendar, d.pick).Low()
	d.build(d, label, "")
	d.Check = d.check
	d.OnLeft = func() {
		if v, ok := d.Date(); ok {
			d.input.SetText(d.words.DateField(v))
			d.tell(v)
		}
	}
	d.input.onKey = d.key
	return d
}

func (d *DateEntry) check(text string) string {
	if blank(text) {
		return d.Needed
	}
	v, err := d.words.ParseDate(text, d.today)
	if err != nil {
		return d.words.Error(err)
	}
	if d.Limit != nil {
		return d.Limit(v)
	}
	return ""
}

// key goes a day on or back.
func (d *DateEntry) key(ev *fyne.KeyEvent) bool {
	step := map[fyne.KeyName]int{fyne.KeyUp: 1, fyne.KeyDown: -1}[ev.Name]
	v, ok := d.Date()
	if step == 0 || !ok {
		return false
	}
	d.SetDate(v.Add(step))
	return true
}

// Date gives the day, and false when the field is empty or cannot be read.
func (d *DateEntry) Date() (ledger.Date, bool) {
	if blank(d.Text()) {
		return 0, false
	}
	v, err := d.words.ParseDate(d.Text(), d.today)
	return v, err == nil
}

// SetDate writes a day into the field; the zero day empties it.
func (d *DateEntry) SetDate(v ledger.Date) {
	if v.IsZero() {
		d.SetText("")
		return
	}
	d.SetText(d.words.DateField(v))
}

func (d *DateEntry) tell(v ledger.Date) {
	if d.OnDate != nil {
		d.OnDate(v)
	}
}

// pick opens the calendar at the field's day, or today.
func (d *DateEntry) pick() {
	v, ok := d.Date()
	if !ok {
		v = d.today
	}
	showCalendar(d.words, d.today, v, d, func(day ledger.Date) {
		d.SetDate(day)
		d.Validate()
		d.tell(day)
		d.Focus()
	})
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
