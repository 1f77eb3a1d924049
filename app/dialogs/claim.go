package dialogs

import (
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
)

// ShowClaim opens what interest and indemnity are made of, each figure with its rule, or why they are
// not computed. waive, where it is not nil, opens what gives them up.
func ShowClaim(c *screen.Context, s ClaimSum, waive func()) {
	if s.Refused != "" || len(s.Lines) == 0 {
		text := s.Refused
		if text == "" {
			text = c.T("dialogs.claim.nothing")
		}
		kit.Ask(c.Canvas(), kit.Question{Title: c.T("dialogs.claim.title"), Text: text, Act: c.T("common.ok")}, nil)
		return
	}
	lines := kit.Stack(look.Gap1)
	for _, l := range s.Lines {
		lines.Add(kit.NewLabel(l).Wrapped())
	}
	lines.Add(kit.Inset(look.Gap2, 0, look.Gap1, 0, kit.Separator()))
	for _, l := range s.Rules {
		lines.Add(kit.NewNote(l).Wrapped())
	}
	var d *kit.Dialog
	done := kit.NewButton(kit.Primary, look.NoIcon, c.T("common.close"), func() { d.Hide() })
	room := func() float32 { return max(160, c.Canvas().Size().Height/look.Px(100)*100-cardRoom) }
	buttons := kit.Row(look.Gap2, layout.NewSpacer(), done)
	if waive != nil && s.Some {
		buttons = kit.Row(look.Gap2, kit.NewButton(kit.Secondary, look.NoIcon, c.T("rights.waive.open"), func() {
			d.Hide()
			waive()
		}), layout.NewSpacer(), done)
	}
	body := kit.Stack(look.Gap4,
		kit.Stack(look.Gap1, kit.NewSection(c.T("dialogs.claim.title")), kit.NewLabel(c.T("dialogs.claim.total", "amount", s.Figure)).Ink(look.Ink2).Wrapped()),
		scrolling(room, lines),
		buttons)
	d = kit.NewDialog(c.Canvas(), cardWidth, body, nil)
	d.Open(done)
}
