package dialogs

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/mail/reply"
)

// Mail opens an e-mail of the company's to be read: what it said, what went with it, how far it came, and its bytes to be saved.
func Mail(c *screen.Context, id ledger.MessageID) {
	m := shownMessage(c.Desk.State(), c.Words, id)
	if m == nil {
		c.Error(ledger.Errorf("message_unknown"))
		return
	}
	showMail(c, m)
}

// Measures of an e-mail that is read, in units.
const (
	mailWidth  = 720
	mailHeight = 620
)

// showMail shows an e-mail or a reply to be read.
func showMail(c *screen.Context, m *shownMail) {
	w := c.Words
	var d *kit.Dialog
	head := kit.Stack(look.Gap1)
	for _, r := range m.Head {
		head.Add(mailRow(r.Label, r.Text, r.Bold))
	}
	for _, n := range m.Notes {
		head.Add(kit.NewNote(n).Wrapped())
	}
	for _, n := range m.Warnings {
		head.Add(warning(n))
	}
	leave := kit.NewButton(kit.Secondary, look.NoIcon, w.T("common.close"), func() { d.Hide() })
	left := kit.Row(look.Gap2)
	foot := kit.Stack(look.Gap2)
	if m.Raw != "" {
		raw := func() ([]byte, error) { return c.Desk.RawMail(m.Raw) }
		left.Add(kit.NewButton(kit.Secondary, look.IconSave, w.T("replies.save_eml"), func() { saveFile(c, w.T("replies.save_eml"), m.File, raw) }))
		sum := container.NewBorder(nil, nil, nil, kit.NewCopyButton(string(m.Raw)), kit.Fixed(40, 0, kit.NewNote(w.T("replies.sha256", "hash", string(m.Raw)))))
		foot.Add(sum)
	}
	foot.Add(container.NewBorder(nil, nil, left, leave))
	body := container.New(tallDialog{c.Canvas(), mailHeight}, container.NewBorder(kit.NewSection(m.Title).Wrapped(), kit.Inset(look.Gap3, 0, 0, 0, foot), nil, nil,
		kit.Inset(look.Gap3, 0, 0, 0, mailCard(head, mailBody(c, m, func() { d.Refresh() })))))
	d = kit.NewDialog(c.Canvas(), mailWidth, body, nil)
	d.Open(leave)
}

// mailCard has the head of an e-mail above, and its text below, which scrolls.
func mailCard(head, text fyne.CanvasObject) fyne.CanvasObject {
	top := kit.Stack(0, kit.Padded(look.Gap3, head), kit.Separator())
	return kit.NewBareCard(container.NewBorder(top, nil, nil, nil, kit.Inset(0, 1, 6, 1, kit.NewScroll(kit.Padded(look.Gap3, text)))))
}

// mailRow is a line of an e-mail's head; its words are somebody else's.
func mailRow(label, text string, bold bool) fyne.CanvasObject {
	words := kit.NewPlainText(text)
	if bold {
		words.Bold()
	}
	return container.NewBorder(nil, nil, kit.Fixed(64, 0, kit.Stack(0, kit.NewLabel(label).Ink(look.Ink2))), nil, words)
}

// warning is a line that the owner must not overlook.
func warning(text string) fyne.CanvasObject {
	icon := kit.Inset(1, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconLate, look.Late.Text(), 16)))
	return container.NewBorder(nil, nil, icon, nil, kit.NewNote(text).Ink(look.Late.Text()).Wrapped())
}

// mailBody is an e-mail's text with its passage lit, its files, and what it quotes, folded.
func mailBody(c *screen.Context, m *shownMail, resized func()) fyne.CanvasObject {
	w := c.Words
	box := kit.Stack(look.Gap3)
	if m.Text == "" {
		box.Add(kit.NewLabel(w.T("replies.empty")).Ink(look.Ink2).Wrapped())
	} else {
		box.Add(kit.NewPlainText(m.Text).Lit(m.From, m.To))
	}
	if m.ReadErr != nil {
		box.Add(warning(w.Error(m.ReadErr)))
	}
	if m.Cut {
		box.Add(kit.NewNote(w.T("replies.cut")).Wrapped())
	}
	if len(m.Files) > 0 {
		box.Add(kit.Stack(look.Gap1, kit.NewNote(w.N("replies.files", len(m.Files))).Bold(), fileList(c, m)))
	}
	if m.Quoted != "" {
		quoted := kit.NewPlainText(m.Quoted).Ink(look.Ink2)
		quoted.Hide()
		var fold *kit.Button
		fold = kit.NewLink(look.IconDown, w.T("replies.quoted"), func() {
			if quoted.Visible() {
				quoted.Hide()
				fold.SetIcon(look.IconDown)
			} else {
				quoted.Show()
				fold.SetIcon(look.IconUp)
			}
			resized()
		})
		box.Add(kit.Stack(look.Gap1, kit.Row(0, fold), quoted))
	}
	return box
}

// fileList lists an e-mail's files. Nothing opens them: they are saved, with a warning for those that can do harm.
func fileList(c *screen.Context, m *shownMail) fyne.CanvasObject {
	w := c.Words
	list := kit.Stack(look.Gap1)
	for n, f := range m.Files {
		name := container.NewBorder(nil, nil, kit.Inset(2, look.Gap2, 0, 0, kit.Stack(0, kit.NewIcon(look.IconAttach, look.Ink2, 16))), nil, kit.NewPlainText(Joined(f.Name, f.Size)))
		if m.bytes == nil {
			list.Add(name)
			continue
		}
		save := func() {
			saveFile(c, w.T("replies.save_file"), f.Name, func() ([]byte, error) { return reply.File(m.bytes, n) })
		}
		if f.Risky {
			ask := save
			save = func() {
				kit.Ask(c.Canvas(), kit.Question{Title: w.T("replies.risky.title"), Text: w.T("replies.risky"), Keep: w.T("common.cancel"), Act: w.T("replies.risky.act"), Danger: true}, ask)
			}
		}
		list.Add(container.NewBorder(nil, nil, nil, kit.Stack(0, kit.NewLink(look.NoIcon, w.T("replies.save_file"), save)), name))
		if f.Risky {
			list.Add(warning(w.T("replies.risky")))
		}
	}
	return list
}

// LostMail opens what can be done about an e-mail that did not arrive, or may not have left: to send it again, to another address or the same.
func LostMail(c *screen.Context, id ledger.MessageID, changed func()) {
	w := c.Words
	m := c.Desk.State().Book.Messages.Get(uint32(id))
	if m == nil {
		c.Error(ledger.Errorf("message_unknown"))
		return
	}
	to := kit.NewField(w.T("replies.again.to"), m.To)
	to.Check = func(text string) string {
		if !ledger.ValidEmail(text) {
			return w.Error(ledger.Errorf("email_invalid", "value", text))
		}
		return ""
	}
	keep := true
	var tick *kit.FilterRow
	tick = kit.NewFilterTicks(func(string) { keep = len(tick.Ticked()) > 0 }, kit.FilterOption{ID: "keep", Word: w.T("replies.again.keep"), Count: -1})
	tick.Choose("keep")
	title, text := w.T("replies.again.title"), w.T("replies.again.refused", "reason", w.T("replies.refusal."+refusalOf(m)))
	if m.State == ledger.MessageUnknown {
		text = w.T("replies.again.unknown")
	}
	form := kit.NewWideForm(c.Canvas(), w, 520, title, w.T("replies.again.act"), kit.NewLabel(text).Ink(look.Ink2).Wrapped(), to, tick)
	form.OnAct = func() {
		address := to.Text()
		Save(c, "replies.again", form, map[string]Messenger{"to": to}, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.Resend(ctx, id, address, keep)
		}, func(e ledger.Entry) {
			c.Done(w.T("replies.again.done", "address", address), e)
			call(changed)
		})
	}
	form.Show()
	selectAll(c, to.Entry())
}

// DropLostMail asks whether an e-mail is given up: its step is then to be done again.
func DropLostMail(c *screen.Context, id ledger.MessageID, changed func()) {
	w := c.Words
	kit.Ask(c.Canvas(), kit.Question{Title: w.T("replies.drop.title"), Text: w.T("replies.drop.text"), Keep: w.T("common.cancel"), Act: w.T("replies.drop.act")}, func() {
		c.Act("replies.drop", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.DropMessage(ctx, id)
		}, func() string {
			call(changed)
			return w.T("replies.drop.done")
		})
	})
}
