package look

import (
	"fyne.io/fyne/v2"

	"quitus/ledger"
)

// Status is what colour, icon and word say together of an invoice, a customer or a message.
type Status int

// The statuses. Late is 1 to 60 days after the due date, VeryLate over 60 or a promise not kept at all.
const (
	None     Status = iota // not due, unknown
	Soon                   // due soon, to be confirmed, information
	Late                   // late, warning
	VeryLate               // very late, promise not kept, error
	Promised
	Disputed
	Paid // settled, recorded, done
)

var statusKeys = [...]string{"none", "soon", "late", "very", "prom", "disp", "paid"}

// Text is the colour of the word and the icon.
func (s Status) Text() fyne.ThemeColorName { return s.token("_t") }

// Tint is the ground of a chip, a banner or a dot.
func (s Status) Tint() fyne.ThemeColorName { return s.token("_b") }

// Solid is the colour of a bar.
func (s Status) Solid() fyne.ThemeColorName { return s.token("_s") }

func (s Status) token(end string) fyne.ThemeColorName {
	return fyne.ThemeColorName("quitus." + statusKeys[s] + end)
}

// Icon is the status's icon.
func (s Status) Icon() Icon {
	return [...]Icon{IconCalendar, IconClock, IconLate, IconVery, IconPromise, IconFlag, IconTick}[s]
}

// AgeSolid is the colour of the ageing bar of a bucket: 0 not due, 1 to 4 for 1–30, 31–60, 61–90 and
// over 90 days, anything else without due date.
func AgeSolid(bucket int) fyne.ThemeColorName {
	switch bucket {
	case 0:
		return None.Solid()
	case 1:
		return Late.Solid()
	case 2:
		return Age31
	case 3:
		return Age61
	case 4:
		return VeryLate.Solid()
	}
	return Ink3
}

// StatusOf is the colour and icon of a situation.
func StatusOf(s ledger.Situation) Status {
	switch s {
	case ledger.Settled, ledger.WrittenOff:
		return Paid
	case ledger.DueSoon, ledger.CreditToUse:
		return Soon
	case ledger.Promised:
		return Promised
	case ledger.Disputed:
		return Disputed
	case ledger.Late:
		return Late
	case ledger.VeryLate, ledger.PromiseBroken:
		return VeryLate
	}
	return None
}
