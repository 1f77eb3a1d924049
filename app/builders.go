package app

import (
	"quitus/app/bank"
	"quitus/app/call"
	"quitus/app/customers"
	"quitus/app/help"
	"quitus/app/imports"
	"quitus/app/invoices"
	"quitus/app/letters"
	"quitus/app/screen"
	"quitus/app/settings"
	"quitus/app/today"
	"quitus/app/welcome"
)

// builders makes each screen when it is first gone to.
var builders = map[screen.Name]func(*screen.Context) screen.Screen{
	screen.Welcome:   welcome.New,
	screen.Today:     today.New,
	screen.Customers: customers.New,
	screen.Customer:  customers.NewPage,
	screen.Invoices:  invoices.New,
	screen.Bank:      bank.New,
	screen.Letters:   letters.New,
	screen.Import:    imports.New,
	screen.Settings:  settings.New,
	screen.Help:      help.New,
	screen.Call:      call.New,
}
