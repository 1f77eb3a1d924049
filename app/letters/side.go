package letters

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// showSide shows what to look at before the letter leaves, and what of it can be changed.
func (v *view) showSide(k *Case, made *desk.Doing) {
	v.side.Objects = nil
	if made != nil {
		v.side.Add(kit.NewTitledCard(v.c.T("lettering.before"), nil, v.checkList(k, v.model.checks(k, made.Warnings))))
	}
	if list := v.model.ready(k); len(list) > 0 {
		v.side.Add(kit.NewCard(kit.Stack(look.Gap3, kit.NewTitle(v.c.T("dialogs.ready.title")).Wrapped(), dialogs.FindingList(v.c, list))))
	}
	v.side.Add(kit.NewTitledCard(v.c.T("lettering.this"), nil, v.settings(k, made != nil && made.Letter != nil)))
	v.side.Refresh()
}

func (v *view) checkList(k *Case, checks []Check) fyne.CanvasObject {
	box := kit.Stack(look.Gap3)
	for _, c := range checks {
		icon, token := look.IconTick, look.Paid.Text()
		if !c.Fine {
			icon, token = look.IconLate, look.Late.Text()
		}
		text := kit.Stack(0, kit.NewLabel(c.Title).Wrapped(), kit.NewNote(c.Fact).Wrapped())
		if c.Lead != "" {
			text.Add(kit.Inset(2, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, look.NoIcon, v.c.T("lettering.lead."+c.Lead), func() { v.lead(k, c.Lead) }).Low())))
		}
		box.Add(container.NewBorder(nil, nil, kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(icon, token, 18))), nil, text))
	}
	return box
}

// lead goes to where a check is mended.
func (v *view) lead(k *Case, to string) {
	if to == "settings" {
		v.c.Go(screen.Place{Screen: screen.Settings})
		return
	}
	v.c.Go(screen.Place{Screen: screen.Customer, Customer: k.Customer.ID})
}

// settings is what can be changed of a letter.
func (v *view) settings(k *Case, pages bool) fyne.CanvasObject {
	c := v.c
	var options []kit.Option
	for _, id := range k.models() {
		options = append(options, kit.Option{ID: id, Word: c.Words.Letter(id)})
	}
	box := kit.Stack(look.Gap3, container.New(slim{}, kit.NewChoice(c.T("lettering.model"), k.Model, func(id string) { v.rewrite(k, id) }, options...)))
	way := "letter"
	if k.ByEmail {
		way = "email"
	}
	box.Add(kit.NewChoice(c.T("lettering.way"), way, func(id string) {
		k.ByEmail = id == "email"
		v.refreshLine(k)
		v.counted()
		v.look()
	}, kit.Option{ID: "letter", Word: c.Words.Channel(ledger.ChannelLetter)}, kit.Option{ID: "email", Word: c.Words.Channel(ledger.ChannelEmail)}))
	if v.model.deadline(k) != 0 || k.Model == letters.VisitNotice {
		box.Add(v.dayOf(k))
	}
	links := kit.Stack(0)
	link := func(icon look.Icon, text string, do func()) {
		links.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, icon, text, do).Low())))
	}
	if pages {
		link(look.IconOpen, c.T("lettering.open"), v.openPDF)
	}
	link(look.IconAccount, c.T("lettering.customer"), func() { v.lead(k, "customer") })
	box.Add(links)
	return box
}

// slim gives its object the width that there is: the longest of many words does not push the column out of the window.
type slim struct{}

func (slim) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(100), o[0].MinSize().Height)
}

func (slim) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// rewrite takes another model for a case, and shows it in that model's list.
func (v *view) rewrite(k *Case, model string) {
	k.Model, k.Deadline, k.Told = model, 0, ledger.Money{}
	v.model.Tab = tabOf(model)
	v.model.Selected = v.index(k)
	v.show()
}

// dayOf is the entry for the day until which a letter asks for payment, or of the visit that it announces.
func (v *view) dayOf(k *Case) fyne.CanvasObject {
	c := v.c
	label := c.T("lettering.deadline")
	if k.Model == letters.VisitNotice {
		label = c.T("lettering.visit")
	}
	day := kit.NewDateEntry(c.Words, label, c.Desk.Today())
	day.SetDate(v.model.deadline(k))
	day.Limit = func(d ledger.Date) string {
		if d <= c.Desk.Today() {
			return c.T("lettering.deadline.past")
		}
		return ""
	}
	day.OnDate = func(d ledger.Date) {
		if d != v.model.deadline(k) && d > c.Desk.Today() {
			k.Deadline = d
			v.look()
		}
	}
	return day
}

// index is where a case stands in the present list.
func (v *view) index(k *Case) int {
	for i, o := range v.model.list() {
		if o == k {
			return i
		}
	}
	return 0
}

// madeSide shows what can be done with a letter made before.
func (v *view) madeSide(l *ledger.Letter) {
	c := v.c
	box := kit.Stack(look.Gap2, kit.NewLabel(v.model.letterSecond(l)).Wrapped())
	if l.Sent == 0 {
		box.Add(kit.NewButton(kit.Secondary, look.IconSend, c.T("lettering.mark.one"), v.markSent))
	}
	box.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, look.IconOpen, c.T("lettering.open"), v.openPDF).Low())))
	box.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, look.IconAccount, c.T("lettering.customer"), func() {
		c.Go(screen.Place{Screen: screen.Customer, Customer: l.Customer})
	}).Low())))
	if v.model.state.ByRegisteredMail(l) {
		box.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, look.IconSend, c.T("handover.mail.menu"), func() {
			dialogs.Registered(c, l.ID, v.Refresh)
		}).Low())))
	}
	v.side.Objects = []fyne.CanvasObject{kit.NewTitledCard(c.T("lettering.this"), nil, box)}
	v.side.Refresh()
}
