// Package dialogs holds the dialogs that several screens open: noting a payment, an invoice with all that
// is known of it, the forms of an invoice and of a customer, and what to export. It also has the words that
// invoices and customers are described with at a glance, so that every screen says the same.
//
// Each dialog is opened by a function that takes the screen's context; what it calls back tells that the
// ledger has changed. The models beside (…_model.go) know nothing of windows.
//
//	dialogs.Pay(c, customer, invoice, v.Refresh)
//	dialogs.ShowInvoice(c, invoice, v.Refresh)
package dialogs

import (
	"context"
	"errors"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Messenger is a field that can show a sentence.
type Messenger interface{ SetMessage(string) }

// Save runs a form's act in the background, and closes the form when it is done. What is wrong with a
// field is said at the field, by the name that the error gives it; anything else goes to the window. The
// form then stays as it was typed.
func Save(c *screen.Context, key string, form *kit.Form, fields map[string]Messenger,
	act func(context.Context) (ledger.Entry, error), done func(ledger.Entry)) {
	var entry ledger.Entry
	c.Run.Go(key, func(ctx context.Context, _ *run.Progress) (err error) {
		entry, err = act(ctx)
		return err
	}, func(err error) {
		if err == nil {
			form.Close()
			done(entry)
			return
		}
		if !showAtFields(c, fields, err) {
			c.Error(err)
			return
		}
		form.Refresh()
	})
}

// showAtFields shows what is wrong at the fields and says whether all of it found its place.
func showAtFields(c *screen.Context, fields map[string]Messenger, err error) bool {
	var wrong desk.FieldErrors
	if !errors.As(err, &wrong) {
		one := (*ledger.Error)(nil)
		if !errors.As(err, &one) || one.Args["field"] == nil {
			return false
		}
		wrong = desk.FieldErrors{one}
	}
	for _, e := range wrong {
		f, ok := fields[FieldOf(e)]
		if !ok {
			return false
		}
		f.SetMessage(c.Words.Error(e))
	}
	return true
}
