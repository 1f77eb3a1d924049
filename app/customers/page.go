package customers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// pageView is one customer's page.
type pageView struct {
	c      *screen.Context
	id     ledger.CustomerID
	m      *page
	claims dialogs.ClaimSum
	card   *dialogs.InvoiceCard // the last one opened, or nil

	head                    *kit.Heading
	chip                    *kit.Chip
	call, note, write, edit *kit.Button
	owed, overdue, claimed  *kit.KeyFigure
	invoices                *invoiceCard
	contacts                *contactCard
	habits                  *fyne.Container
	notes                   *noteCard
	turnover                *turnoverCard
	files                   *fileCard
	events                  *eventCard
	offer                   *fyne.Container // a scenario proposed
	object                  fyne.CanvasObject
}

// NewPage makes the page of a customer; Show says whose.
func NewPage(c *screen.Context) screen.Screen {
	v := &pageView{c: c, m: &page{}, chip: kit.NewChip(look.None, "")}
	v.edit = kit.NewButton(kit.Secondary, look.IconEdit, c.T("common.edit"), v.editCustomer)
	v.call = kit.NewButton(kit.Primary, look.IconPhone, c.T("call.open"), func() {
		c.Go(screen.Place{Screen: screen.Call, Customer: v.id})
	})
	v.write = kit.NewButton(kit.Secondary, look.IconLetter, c.T("customers.write"), func() {
		c.Go(screen.Place{Screen: screen.Letters, Customers: []ledger.CustomerID{v.id}})
	})
	v.note = kit.NewButton(kit.Secondary, look.NoIcon, c.T("calls.menu"), v.showNotes)
	v.head = kit.NewHeading("", "", v.edit, v.note, v.write, v.call).WithBack(c.Back).WithChip(v.chip)
	v.owed = kit.NewKeyFigure(c.T("customers.owed"), "", "", func() { v.invoices.choose(invoicesOpen) })
	v.overdue = kit.NewKeyFigure(c.T("customers.overdue"), "", "", func() { v.invoices.choose(invoicesOpen) })
	v.claimed = kit.NewKeyFigure(c.T("customers.page.claims"), "–", "", v.showClaim)
	v.invoices = newInvoiceCard(v)
	v.contacts = newContactCard(v)
	v.habits = kit.Stack(6)
	v.notes = newNoteCard(v)
	v.turnover, v.files = newTurnoverCard(v), newFileCard(v)
	v.events = newEventCard(v)
	figures := kit.Shares(look.Gap4, v.owed, v.overdue, v.claimed)
	below := kit.Shares(look.Gap4, kit.NewTitledCard(c.T("customers.habits"), nil, v.habits), v.notes.object)
	foot := kit.Shares(look.Gap4, v.turnover.object, v.files.object)
	v.offer = container.NewStack()
	v.offer.Hide()
	v.object = kit.Page(v.head, []fyne.CanvasObject{v.offer}, newColumns(figures, v.invoices.object, below, foot, v.contacts.object, v.events.object))
	return v
}

// Object implements screen.Screen.
func (v *pageView) Object() fyne.CanvasObject { return v.object }

// Show implements screen.Screen.
func (v *pageView) Show(p screen.Place) {
	if p.Customer != 0 && p.Customer != v.id {
		v.id = p.Customer
		v.claims = dialogs.ClaimSum{}
		v.claimed.Set("–", "")
		v.invoices.begin()
		v.events.begin()
	}
	v.Refresh()
	if cv := v.c.Canvas(); cv != nil {
		cv.Focus(v.invoices.table)
	}
	if p.Invoice != 0 {
		v.openInvoice(p.Invoice)
	}
}

func (v *pageView) openInvoice(id ledger.InvoiceID) {
	v.card = dialogs.ShowInvoice(v.c, id, v.Refresh)
}

// Refresh implements screen.Screen.
func (v *pageView) Refresh() {
	id := v.id
	var m *page
	var claims dialogs.ClaimSum
	v.c.Run.Go("customers.page", func(ctx context.Context, _ *run.Progress) error {
		m = readPage(v.c.Words, v.c.Desk.State(), id)
		return ctx.Err()
	}, func(err error) {
		switch {
		case err != nil:
			v.c.Error(err)
		case m == nil:
			v.c.Go(screen.Place{Screen: screen.Customers}) // taken back meanwhile
		default:
			v.show(m)
		}
	})
	v.c.Run.Go("customers.claims", func(ctx context.Context, _ *run.Progress) error {
		claims = claimsOf(v.c, v.c.Desk, id)
		return ctx.Err()
	}, func(err error) {
		if err == nil {
			v.claims = claims
			v.claimed.Set(claims.Figure, claims.Small)
		}
	})
}

// claimsOf adds up the claims on a customer's late invoices.
func claimsOf(c *screen.Context, d *desk.Desk, id ledger.CustomerID) dialogs.ClaimSum {
	list, err := d.Claims(id)
	return dialogs.SumClaims(c.Words, list, err)
}

// showClaim opens what is claimed besides the principal; the owner may give it up.
func (v *pageView) showClaim() {
	dialogs.ShowClaim(v.c, v.claims, func() {
		s := v.c.Desk.State()
		var late []ledger.InvoiceID
		for _, id := range s.Book.InvoicesOf(v.id) {
			if i := s.Book.Invoice(id); !i.CreditNote && s.Standings.Of(id).DaysLate > 0 {
				late = append(late, id)
			}
		}
		dialogs.Waive(v.c, late, v.Refresh)
	})
}

// showOffer proposes a scenario, where there is one to propose.
func (v *pageView) showOffer() {
	name := v.m.Offer
	if v.offer.Hidden = name == ""; v.offer.Hidden {
		return
	}
	v.offer.Objects = []fyne.CanvasObject{kit.NewBanner(look.Soon, look.NoIcon, v.c.T("scenario.offer", "name", name), v.c.T("scenario.offer_act", "name", name), func() {
		id, customer := v.id, v.m.Name
		v.c.Act("customers.follow", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return v.c.Desk.AssignScenario(ctx, name, []ledger.CustomerID{id})
		}, func() string {
			v.Refresh()
			return v.c.T("scenario.offer_done", "customer", customer, "name", name)
		})
	})}
	v.offer.Refresh()
}

func (v *pageView) show(m *page) {
	v.m = m
	v.chip.Set(look.StatusOf(m.Situation), m.Word)
	v.head.Set(m.Name, m.Facts)
	v.showOffer()
	v.owed.Set(m.Owed.Value, m.Owed.Small)
	v.overdue.Set(m.Overdue.Value, m.Overdue.Small)
	v.write.Off(!m.Late) // letters are about what is late
	v.invoices.show(m)
	v.contacts.show(m)
	v.notes.show(m)
	v.turnover.show(m)
	v.files.show(m)
	v.events.show(m)
	v.habits.Objects = nil
	for _, l := range m.Habits {
		label := kit.Fixed(138, 0, kit.NewLabel(l.Label).Ink(look.Ink2))
		v.habits.Add(container.NewBorder(nil, nil, label, nil, kit.Fixed(40, 20, kit.NewLabel(l.Text))))
	}
	v.habits.Refresh()
	v.object.Refresh()
}

// showNotes opens the menu of what can be noted about the customer.
func (v *pageView) showNotes() {
	item := func(key string, open func(c *screen.Context, id ledger.CustomerID, changed func())) *fyne.MenuItem {
		return fyne.NewMenuItem(v.c.T(key), func() { open(v.c, v.id, v.Refresh) })
	}
	pay := func(c *screen.Context, id ledger.CustomerID, changed func()) { dialogs.Pay(c, id, 0, changed) }
	dispute := func(c *screen.Context, id ledger.CustomerID, changed func()) { dialogs.Dispute(c, id, 0, changed) }
	items := []*fyne.MenuItem{item("calls.menu.call", dialogs.NoteCall)}
	if v.m.CanPay {
		items = append(items, item("calls.menu.payment", pay), item("calls.menu.promise", dialogs.Promise), item("calls.menu.dispute", dispute))
	}
	if dialogs.HasOpenDispute(v.c.Desk.State(), v.id) {
		items = append(items, item("calls.menu.close", dialogs.CloseDispute))
	}
	items = append(items, item("calls.menu.insolvency", dialogs.Insolvency))
	if v.m.Late {
		items = append(items, item("handover.menu", dialogs.Handover))
	}
	below := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.note).AddXY(0, v.note.Size().Height+look.Px(4))
	kit.ShowMenu(v.c.Canvas(), below, items)
}

func (v *pageView) editCustomer() {
	dialogs.EditCustomer(v.c, v.id, func(ledger.CustomerID) { v.Refresh() })
}

// Drop implements screen.Dropper: files are kept with the invoice that is open or that they were dropped
// on, or else with the customer.
func (v *pageView) Drop(at fyne.Position, paths []string) bool {
	if v.card.Drop(paths) {
		return true
	}
	invoice := ledger.InvoiceID(0)
	if r := v.invoices.table.RowAt(at); r != nil {
		invoice = r.ID
	}
	dialogs.Attach(v.c, paths, v.id, invoice, v.Refresh)
	return true
}
