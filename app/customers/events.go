package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// eventCard is the line of what happened.
type eventCard struct {
	v      *pageView
	line   *kit.Timeline
	none   *kit.Label
	kind   *kit.Choice
	shown  []event
	object fyne.CanvasObject
}

func newEventCard(v *pageView) *eventCard {
	k := &eventCard{v: v, line: kit.NewTimeline(nil), none: kit.NewLabel(v.c.T("customers.events.none")).Ink(look.Ink2).Wrapped()}
	k.kind = kit.NewChoice("", eventsAll, func(string) { k.narrow() }, k.options()...).Flat()
	k.line.OnOpen = func(i int) { k.open(k.shown[i]) }
	k.object = kit.NewTitledCard(v.c.T("customers.events"), k.kind, container.NewStack(k.line, k.none))
	return k
}

func (k *eventCard) options() []kit.Option {
	out := make([]kit.Option, len(eventFilters))
	for i, f := range eventFilters {
		out[i] = kit.Option{ID: f, Word: k.v.c.T("customers.events." + f)}
	}
	return out
}

// begin shows all again for another customer.
func (k *eventCard) begin() { k.kind.Choose(eventsAll) }

func (k *eventCard) show(*page) { k.narrow() }

func (k *eventCard) narrow() {
	k.shown = k.shown[:0]
	var out []kit.Event
	for _, e := range k.v.m.Events {
		if f := k.kind.Chosen(); f != eventsAll && f != e.Group {
			continue
		}
		k.shown = append(k.shown, e)
		status, icon := looks(e)
		out = append(out, kit.Event{Status: status, Icon: icon, Title: e.Title, Second: e.Second, Day: e.Day, Opens: e.opens(), Quiet: e.Quiet})
	}
	k.line.Set(out)
	if len(out) == 0 {
		k.none.Show()
	} else {
		k.none.Hide()
	}
}

// open opens what is behind an event.
func (k *eventCard) open(e event) {
	switch {
	case e.Hash != "":
		k.v.c.View(e.Hash, e.Name)
	case e.Message != 0:
		dialogs.Mail(k.v.c, e.Message)
	case e.Reply != 0:
		dialogs.Reply(k.v.c, e.Reply, k.v.Refresh)
	case e.Note != 0:
		k.v.notes.open(e.Note)
	case e.Invoice != 0:
		k.v.openInvoice(e.Invoice)
	case e.Said != "":
		kit.Ask(k.v.c.Canvas(), kit.Question{Title: e.Title, Text: e.Said, Act: k.v.c.T("common.close")}, nil)
	}
}

// looks gives an event's colour and icon.
func looks(e event) (look.Status, look.Icon) {
	if e.Group == eventsCalls {
		return look.None, look.IconPhone
	}
	switch e.Kind {
	case ledger.EventCreditNote:
		return look.Soon, look.IconInvoice
	case ledger.EventFellDue:
		return look.Late, look.NoIcon
	case ledger.EventPayment, ledger.EventSettled, ledger.EventPromiseKept:
		return look.Paid, look.NoIcon
	case ledger.EventWriteOff:
		return look.None, look.IconAvoid
	case ledger.EventPromise, ledger.EventPlan:
		return look.Promised, look.NoIcon
	case ledger.EventPromiseKeptInPart:
		return look.Late, look.IconPromise
	case ledger.EventPromiseBroken:
		return look.VeryLate, look.NoIcon
	case ledger.EventDispute, ledger.EventDisputeClosed:
		return look.Disputed, look.NoIcon
	case ledger.EventNote:
		return look.None, look.IconEdit
	case ledger.EventDocument:
		return look.None, look.IconAttach
	case ledger.EventMailBack:
		return look.None, look.IconReply
	case ledger.EventReply:
		switch {
		case e.Waits:
			return look.Soon, look.IconReply
		case e.Quiet:
			return look.None, look.IconInfo
		}
		return look.None, look.IconReply
	case ledger.EventStep:
		return look.None, look.IconSend
	case ledger.EventCall:
		return look.None, look.IconPhone
	case ledger.EventAction:
		return look.None, look.IconTick
	case ledger.EventLetter, ledger.EventMessage:
		if e.Sent {
			return look.None, look.IconSend
		}
		return look.None, look.IconLetter
	}
	return look.None, look.IconInvoice
}
