// Package bank is the screen of the bank's receipts. It says what is coming, and how payments are
// entered until then.
package bank

import (
	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
)

type view struct{ object fyne.CanvasObject }

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	button := kit.NewButton(kit.Primary, look.IconInvoice, c.T("bank.button"), func() {
		c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
	})
	empty := kit.NewEmpty(look.IconBank, c.T("bank.empty.title"), c.T("bank.empty.text"), button)
	return &view{kit.Page(kit.NewHeading(c.T("bank.title"), c.T("bank.facts")), nil,
		kit.NewCard(empty))}
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show has nothing to prepare.
func (v *view) Show(screen.Place) {}

// Refresh has nothing to bring up to date.
func (v *view) Refresh() {}
