package bank

import (
	"fyne.io/fyne/v2"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
)

// cheques leads to the slip of cheques that go to the bank.
func (v *view) cheques() fyne.CanvasObject {
	return kit.NewLink(look.NoIcon, v.c.T("deposit.open"), v.deposit)
}

// deposit asks which cheques in hand go to the bank, and makes their slip.
func (v *view) deposit() { dialogs.Deposit(v.c, v.Refresh) }
