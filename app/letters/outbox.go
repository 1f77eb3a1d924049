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
	"quitus/app/screen"
	"quitus/ledger"
)

// mailSettings is where the mailbox is set up.
var mailSettings = screen.Place{Screen: screen.Settings, Filter: "mail"}

// mailListed is an e-mail's line in the list.
func (v *view) mailListed(x *Mail) kit.Line {
	second, warn := v.model.mailSecond(x)
	line := kit.Line{Title: v.model.state.Book.Customer(x.Customer).Name, Second: second, Right: v.c.Words.Money(x.Amount), Plain: true}
	if warn {
		line.Warn = look.Late
	}
	if !x.Amount.Positive() {
		line.Right = ""
	}
	return line
}

// posted brings the head's buttons up to date with the list shown: those of letters, or those of the outbox.
func (v *view) posted() {
	out := v.model.Tab == Outbox
	v.save.Hidden, v.mark.Hidden, v.print.Hidden = out, out, out
	v.fetch.Hidden, v.sendAll.Hidden = !out || !v.model.Mailbox, !out || !v.model.Mailbox
	n := len(v.model.sendable())
	v.sendAll.SetText(v.c.Words.N("outbox.send_all", n))
	if n == 0 {
		v.sendAll.SetText(v.c.T("outbox.send_none"))
	}
	v.sendAll.Off(n == 0)
}

// postBanner says what keeps e-mails from leaving or coming, the gravest alone; nil where nothing does.
func (v *view) postBanner() fyne.CanvasObject {
	c := v.c
	banner := func(s look.Status, key string, do func(), pairs ...any) fyne.CanvasObject {
		return kit.NewBanner(s, look.NoIcon, c.T("outbox.banner."+key, pairs...), c.T("outbox.banner."+key+".act"), do)
	}
	s := c.Post.State()
	wrong := s.Wrong()
	switch {
	case !v.model.Mailbox:
		return banner(look.Soon, "mailbox", func() { c.Go(mailSettings) })
	case s.NeedsPassword:
		return banner(look.Late, "password", v.askPassword)
	case s.Busy && s.Send:
		return banner(look.Soon, "sending", c.Post.Cancel)
	case s.Held:
		return banner(look.Late, "held", c.Post.Retry)
	case wrong != nil && wrong == &s.Sending:
		return banner(look.VeryLate, "send", func() { v.whyNot(wrong.Err) }, "moment", desk.MomentText(c.Words, wrong.Seen, wrong.Again))
	case wrong != nil:
		return banner(look.Late, "fetch", func() { v.whyNot(wrong.Err) }, "moment", desk.MomentText(c.Words, wrong.Seen, wrong.Again))
	}
	return nil
}

// askPassword asks for the mailbox's password.
func (v *view) askPassword() {
	if v.c.Post.OnPassword != nil {
		v.c.Post.OnPassword()
		return
	}
	v.c.Go(mailSettings)
}

// whyNot tells why the post could not work, and offers to try again at once.
func (v *view) whyNot(err error) {
	c := v.c
	kit.Ask(c.Canvas(), kit.Question{Title: c.T("outbox.wrong"), Text: c.Words.Error(err), Keep: c.T("common.close"), Act: c.T("outbox.again")}, c.Post.Retry)
}

// mailSide shows how far an e-mail is, and what can be done with it.
func (v *view) mailSide(x *Mail) {
	c := v.c
	second, warn := v.model.mailSecond(x)
	head := kit.NewLabel(upper(second)).Bold().Wrapped()
	if warn {
		head.SetInk(look.Late.Text())
	}
	box := kit.Stack(look.Gap2, head)
	for _, fact := range v.model.mailFacts(x) {
		box.Add(kit.NewNote(fact).Wrapped())
	}
	links := kit.Stack(0)
	link := func(icon look.Icon, key string, do func()) {
		links.Add(kit.Inset(0, 0, 0, -8, kit.Row(0, kit.NewButton(kit.Quiet, icon, c.T(key), do).Low())))
	}
	button := func(icon look.Icon, key string, do func()) { box.Add(kit.NewButton(kit.Secondary, icon, c.T(key), do)) }
	switch x.State {
	case ledger.MessageWaiting:
		if v.model.Mailbox {
			if x.To != "" {
				button(look.IconSend, "outbox.send_one", func() { v.send([]ledger.MessageID{x.ID}) })
			}
		} else {
			button(look.NoIcon, "outbox.open", func() { v.openElsewhere(x.Message) })
		}
		link(look.IconEdit, "outbox.edit", func() { v.edit(x.Message) })
		if !v.model.Mailbox || c.Post.State().Sending.Err != nil {
			link(look.IconSave, "outbox.draft", func() { v.saveDraft(x.Message) })
			link(look.IconTick, "outbox.by_hand", func() { v.sentByHand(x.ID) })
		}
		link(look.IconDelete, "lettering.mail.drop", func() { v.drop(x.ID) })
	case ledger.MessageRefused:
		button(look.IconEdit, "outbox.correct", func() { v.resend(x.Message) })
		link(look.IconEdit, "outbox.edit", func() { v.edit(x.Message) })
		link(look.IconDelete, "outbox.remove", func() { v.drop(x.ID) })
	case ledger.MessageUnknown:
		button(look.IconTick, "outbox.did_leave", func() { v.didLeave(x.ID) })
		button(look.IconSend, "outbox.resend", func() { v.resend(x.Message) })
		link(look.IconDelete, "outbox.remove", func() { v.drop(x.ID) })
	}
	link(look.IconAccount, "lettering.customer", func() { c.Go(screen.Place{Screen: screen.Customer, Customer: x.Customer}) })
	box.Add(links)
	box.Add(kit.Row(look.Gap2, kit.NewCopyButton(x.Subject+"\n\n"+x.Body), kit.NewNote(c.T("lettering.mail.copy"))))
	v.side.Objects = []fyne.CanvasObject{kit.NewTitledCard(c.T("lettering.mail.this"), nil, box)}
	v.side.Refresh()
}

// upper begins a sentence with what stands in a list without a capital.
func upper(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// sendThem sends all that can leave.
func (v *view) sendThem() {
	if len(v.model.sendable()) > 0 {
		v.send(nil)
	}
}

// send sends e-mails, all where none is named; out of the company's hours it asks first.
func (v *view) send(only []ledger.MessageID) {
	c := v.c
	n := len(only)
	if n == 0 {
		n = len(v.model.sendable())
	}
	now := func() {
		dialogs.AskMailSecret(c, func() {
			c.Post.Send(c.Words.N("outbox.sending", n), true, only, func(r desk.SendReport, err error) {
				if !v.failed(err) {
					c.Done(sentText(c, r), ledger.Entry{})
				}
				v.Refresh()
			})
		})
	}
	x, out := c.Desk.OutOfHours()
	if !out {
		now()
		return
	}
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("outbox.late", "time", desk.ClockText(x.Now)),
		Text:  c.Words.N("outbox.late.text", n, "moment", desk.MomentText(c.Words, x.Now, x.Until)),
		Keep:  c.T("outbox.late.wait"), Act: c.T("outbox.send_one"),
	}, now)
}

// failed tells an error, unless the post asks for the password itself: it may have been forgotten since it was asked for.
func (v *view) failed(err error) bool {
	if err != nil && !(ledger.CodeOf(err) == "mail_secret_missing" && v.c.Post.OnPassword != nil) {
		v.c.Error(err)
	}
	return err != nil
}

// sentText tells what became of e-mails.
func sentText(c *screen.Context, r desk.SendReport) string {
	var parts []string
	for _, x := range []struct {
		key string
		n   int
	}{{"sent", r.Sent}, {"refused", r.Refused}, {"unknown", r.Unknown}, {"later", r.Later}} {
		if x.n > 0 {
			parts = append(parts, c.Words.N("outbox.done."+x.key, x.n))
		}
	}
	if len(parts) == 0 {
		return c.T("outbox.done.none")
	}
	return strings.Join(parts, " ")
}

// fetchNow looks into the mailbox.
func (v *view) fetchNow() {
	c := v.c
	dialogs.AskMailSecret(c, func() {
		c.Post.Fetch(c.T("outbox.fetching"), func(r desk.FetchReport, err error) {
			if v.failed(err) {
				return
			}
			text := c.Words.N("outbox.fetched", r.Replies)
			if r.Replies == 0 {
				text = c.T("outbox.fetched.none")
			}
			if r.Bounces > 0 {
				text += " " + c.Words.N("outbox.fetched.returned", r.Bounces)
			}
			c.Done(text, ledger.Entry{})
		})
	})
}

// act does something with an e-mail, and says so.
func (v *view) act(done string, do func(context.Context) (ledger.Entry, error)) {
	v.c.Act("letters.act", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) { return do(ctx) }, func() string {
		v.Refresh()
		return v.c.T(done)
	})
}

// drop takes an e-mail out of the outbox.
func (v *view) drop(id ledger.MessageID) {
	v.act("lettering.done.dropped", func(ctx context.Context) (ledger.Entry, error) { return v.c.Desk.DropMessage(ctx, id) })
}

// didLeave notes that an uncertain e-mail left.
func (v *view) didLeave(id ledger.MessageID) {
	v.act("outbox.done.did_leave", func(ctx context.Context) (ledger.Entry, error) { return v.c.Desk.DidLeave(ctx, id) })
}

// sentByHand notes that an e-mail left by the owner's own program.
func (v *view) sentByHand(id ledger.MessageID) {
	v.act("outbox.done.by_hand", func(ctx context.Context) (ledger.Entry, error) { return v.c.Desk.SentByHand(ctx, id) })
}
