package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/dialogs"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

// post are the customer's words in a reply, or the server's answer, folded.
func (v *view) post(c Card) []fyne.CanvasObject {
	switch p := c.Post; {
	case p == nil:
	case p.Words != "":
		card := kit.NewBareCard(kit.Padded(10, kit.NewPlainText(p.Words)))
		if p.Lit {
			return []fyne.CanvasObject{card.Tinted(look.Soon)}
		}
		return []fyne.CanvasObject{card.Sunken()}
	case p.Detail != "":
		const fold = "today.lost.detail"
		icon := look.IconDown
		if v.unfolded[fold] {
			icon = look.IconUp
		}
		out := []fyne.CanvasObject{kit.Row(0, kit.NewLink(icon, v.c.T(fold), func() {
			v.unfolded[fold] = !v.unfolded[fold]
			v.show(v.model)
		}))}
		if v.unfolded[fold] {
			out = append(out, kit.NewBareCard(kit.Padded(10, kit.NewPlainText(p.Detail).Role(look.Fine))).Sunken())
		}
		return out
	}
	return nil
}

// doPost does what the first button of a task about an e-mail says.
func (v *view) doPost(r *Row, p *Post) {
	switch {
	case p.Reply != nil:
		dialogs.Reply(v.c, p.Reply.ID, v.Refresh)
	case p.Message.State == ledger.MessageUnknown:
		v.c.Act("today.left", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return v.c.Desk.DidLeave(ctx, p.Message.ID)
		}, func() string {
			v.Refresh()
			return v.c.T("today.lost.left", "name", v.model.name(&r.Tasks[0]))
		})
	default:
		dialogs.LostMail(v.c, p.Message.ID, v.Refresh)
	}
}

// postVerbs are the buttons of a task about an e-mail. It is decided about, not passed over; an e-mail is looked after here, and whether it left
// takes one look, which is not put off either.
func (v *view) postVerbs(c Card, later, hand *kit.Button) []*kit.Button {
	row, p := &c.Row, c.Post
	do := kit.NewButton(kit.Primary, iconOf(&row.Tasks[0]), c.Act, func() { v.doPost(row, p) })
	if p.Reply != nil {
		return []*kit.Button{do, later, hand}
	}
	drop := kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("today.lost.drop"), func() { dialogs.DropLostMail(v.c, p.Message.ID, v.Refresh) })
	if p.Message.State == ledger.MessageUnknown {
		again := kit.NewButton(kit.Secondary, look.NoIcon, v.c.T("today.lost.again"), func() { dialogs.LostMail(v.c, p.Message.ID, v.Refresh) })
		return []*kit.Button{do, again, drop}
	}
	return []*kit.Button{do, drop, later}
}

// smallNote is a line that needs no attention.
func smallNote(text string) fyne.CanvasObject {
	left := kit.Inset(0, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconWait, look.Ink2, 16)))
	return container.NewBorder(nil, nil, left, nil, kit.NewNote(text).Wrapped())
}
