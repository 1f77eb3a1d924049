package letters

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

const (
	editWidth = 640
	editLines = 11 // that fit a window of 600 with the other fields
)

// edit changes an e-mail before it leaves.
func (v *view) edit(x *ledger.Message) {
	c := v.c
	to, cc := kit.NewField(c.T("outbox.field.to"), x.To), kit.NewField(c.T("outbox.field.cc"), x.Cc)
	subject, body := kit.NewField(c.T("outbox.field.subject"), x.Subject), kit.NewArea(c.T("outbox.field.body"), x.Body, editLines)
	to.Check, cc.Check, subject.Check, body.Check = dialogs.MailAddress(c, false), dialogs.MailAddress(c, false), dialogs.Required(c), dialogs.Required(c)
	form := kit.NewWideForm(c.Canvas(), c.Words, editWidth, c.T("outbox.edit.title"), c.T("common.save"), kit.Shares(look.Gap3, to, cc), subject, body)
	form.OnAct = func() {
		fields := map[string]dialogs.Messenger{"to": to, "cc": cc, "subject": subject, "body": body}
		dialogs.Save(c, "letters.edit", form, fields, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.EditMessage(ctx, x.ID, desk.MessageEdit{To: to.Text(), Cc: cc.Text(), Subject: subject.Text(), Body: body.Text()})
		}, v.changed("outbox.done.edited"))
	}
	form.Show()
}

// changed says that something was done with an e-mail, and shows the list as it is then.
func (v *view) changed(key string) func(ledger.Entry) {
	return func(e ledger.Entry) {
		v.c.Done(v.c.T(key), e)
		v.Refresh()
	}
}

// resend asks for the address to which an e-mail leaves again, and whether it is the customer's from now on.
func (v *view) resend(x *ledger.Message) {
	c := v.c
	key := "correct"
	if x.State == ledger.MessageUnknown {
		key = "resend"
	}
	to := kit.NewField(c.T("outbox.field.to"), x.To)
	to.Check = dialogs.MailAddress(c, true)
	objects := []fyne.CanvasObject{kit.NewLabel(c.T("outbox." + key + ".text")).Wrapped(), to}
	keep := kit.NewFilterTicks(nil, kit.FilterOption{ID: "keep", Word: c.T("outbox.keep")})
	keep.Choose("keep")
	if known(v.model.state.Book, x) {
		objects = append(objects, keep)
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("outbox."+key+".title"), c.T("outbox.resend"), objects...)
	form.OnAct = func() {
		dialogs.Save(c, "letters.resend", form, map[string]dialogs.Messenger{"to": to}, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.Resend(ctx, x.ID, to.Text(), len(keep.Ticked()) > 0)
		}, v.changed("outbox.done.resent"))
	}
	form.Show()
}

// known says whether an e-mail's address is on the page of its customer.
func known(b *ledger.Book, x *ledger.Message) bool {
	if k := b.Contacts.Get(uint32(x.Contact)); k != nil && k.Email == x.To {
		return true
	}
	c := b.Customer(x.Customer)
	return c != nil && c.Email == x.To
}

// openElsewhere opens an e-mail in the owner's mail program, then asks whether it left.
func (v *view) openElsewhere(x *ledger.Message) {
	c := v.c
	link, whole := c.Desk.MailLink(x)
	seen := c.Desk.Seen(x)
	parts := []string{c.T("outbox.opened")}
	if !whole {
		fyne.CurrentApp().Clipboard().SetContent(seen.Text)
		parts = append(parts, c.T("outbox.opened.paste"))
	}
	if len(seen.Attached) > 0 {
		var names []string
		for _, a := range seen.Attached {
			names = append(names, a.Name)
		}
		parts = append(parts, c.T("outbox.opened.attach", "names", strings.Join(names, ", ")))
	}
	c.OpenLink(link)
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("outbox.opened.title"), Text: strings.Join(parts, " "), Keep: c.T("outbox.opened.not_yet"), Act: c.T("outbox.opened.left")},
		func() { v.sentByHand(x.ID) })
}

// saveDraft saves an e-mail with its attachments as a draft for another program.
func (v *view) saveDraft(x *ledger.Message) {
	c := v.c
	name := strings.TrimSuffix(desk.SheetName(x, c.Words.Lang()), ".pdf") + ".eml"
	c.SaveFile(c.T("outbox.draft"), name, func(path string) {
		c.Act("letters.draft", func(context.Context, *run.Progress) (ledger.Entry, error) {
			raw, err := c.Desk.MailDraft(x)
			if err != nil {
				return ledger.Entry{}, err
			}
			return ledger.Entry{}, desk.WriteFile(path, raw)
		}, func() string { return c.T("outbox.done.draft") })
	})
}
