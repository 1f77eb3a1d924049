package customers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

// contactCard lists the persons at a customer's.
type contactCard struct {
	v      *pageView
	list   *fyne.Container
	object fyne.CanvasObject
}

func newContactCard(v *pageView) *contactCard {
	k := &contactCard{v: v, list: kit.Stack(look.Gap3)}
	add := kit.NewLink(look.NoIcon, v.c.T("common.add"), func() { k.edit(ledger.Contact{Customer: v.id}) })
	k.object = kit.NewTitledCard(v.c.T("customers.contacts"), add, k.list)
	return k
}

func (k *contactCard) show(m *page) {
	k.list.Objects = nil
	if len(m.Contacts) == 0 {
		k.list.Add(kit.NewLabel(k.v.c.T("customers.contacts.none")).Ink(look.Ink2).Wrapped())
	}
	for _, c := range m.Contacts {
		k.list.Add(k.row(c))
	}
	if m.NoAddress {
		k.list.Add(container.NewHBox(kit.NewLink(look.IconLate, k.v.c.T("customers.contacts.no_address"), k.v.editCustomer)))
	}
	k.list.Refresh()
}

// row shows a person: name and role at the left, telephone and e-mail to copy at the right.
func (k *contactCard) row(c ledger.Contact) fyne.CanvasObject {
	icon, ink := look.IconAccount, look.Ink2
	if c.DoNotContact {
		icon, ink = look.IconAvoid, look.Danger
	}
	open := func() { k.edit(c) }
	if c.ID == 0 {
		open = k.v.editCustomer
	}
	l := contactLayout{dot: kit.NewDot(icon, look.Sunken, ink, 36), name: kit.NewLink(look.NoIcon, c.Name, open)}
	if c.Role != "" {
		l.role = kit.NewNote(c.Role)
	}
	switch {
	case c.DoNotContact:
		l.phone = kit.NewNote(k.v.c.T("customers.contacts.avoid")).Ink(look.Danger)
	case c.Phone != "":
		l.phone = kit.Row(0, kit.NewLabel(c.Phone), kit.NewCopyButton(c.Phone))
	}
	if c.Email != "" && !c.DoNotContact {
		l.email, l.copy = kit.NewNote(c.Email), kit.NewCopyButton(c.Email)
	}
	row := container.New(l)
	for _, o := range []fyne.CanvasObject{l.dot, l.name, l.role, l.phone, l.email, l.copy} {
		if o != nil {
			row.Add(o)
		}
	}
	return row
}

// edit opens the form of a new or known person.
func (k *contactCard) edit(c ledger.Contact) {
	ctx := k.v.c
	name := kit.NewField(ctx.T("common.name"), c.Name)
	name.Check = k.checker(func(x *ledger.Contact, s string) { x.Name = s }, "name", c)
	role := kit.NewField(ctx.T("customers.contacts.role"), c.Role).Placeholder(ctx.T("customers.contacts.role.hint"))
	phone := kit.NewField(ctx.T("common.phone"), c.Phone)
	email := kit.NewField(ctx.T("common.email"), c.Email)
	email.Check = k.checker(func(x *ledger.Contact, s string) { x.Email = s }, "email", c)
	may := kit.NewFilterChoice(yesNo(c.DoNotContact), nil,
		kit.FilterOption{ID: "no", Word: ctx.T("customers.contacts.may")}, kit.FilterOption{ID: "yes", Word: ctx.T("customers.contacts.may_not")})
	title := ctx.T("customers.contacts.new")
	objects := []fyne.CanvasObject{name, role, phone, email, may}
	var form *kit.Form
	if c.ID != 0 {
		title = ctx.T("customers.contacts.edit")
		objects = append(objects, kit.Row(0, kit.NewLink(look.NoIcon, ctx.T("customers.contacts.remove"), func() {
			form.Close()
			k.remove(c)
		})))
	}
	form = kit.NewForm(ctx.Canvas(), ctx.Words, title, ctx.T("common.save"), objects...)
	form.OnAct = func() {
		c.Name, c.Role = strings.TrimSpace(name.Text()), strings.TrimSpace(role.Text())
		c.Phone, c.Email = strings.TrimSpace(phone.Text()), strings.TrimSpace(email.Text())
		c.DoNotContact = may.Chosen() == "yes"
		fields := map[string]dialogs.Messenger{"name": name, "email": email}
		dialogs.Save(ctx, "customers.contact", form, fields, func(cx context.Context) (ledger.Entry, error) {
			return ctx.Desk.SaveContact(cx, c)
		}, func(e ledger.Entry) {
			ctx.Done(ctx.T("customers.contacts.saved", "name", c.Name), e)
			k.v.Refresh()
		})
	}
	form.Show()
}

// checker checks one field of a contact by the ledger's rules.
func (k *contactCard) checker(set func(*ledger.Contact, string), field string, c ledger.Contact) func(string) string {
	return func(text string) string {
		x := c
		set(&x, strings.TrimSpace(text))
		return checkContact(k.v.c.Words, x, field)
	}
}

func (k *contactCard) remove(c ledger.Contact) {
	ctx := k.v.c
	ctx.Act("customers.contact", func(cx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return ctx.Desk.RemoveContact(cx, c.ID)
	}, func() string {
		k.v.Refresh()
		return ctx.T("customers.contacts.removed", "name", c.Name)
	})
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
