package dialogs

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// CloseDispute opens "Clore le litige" for the open disputes of a customer: how it ended is kept for the next time. changed,
// which may be nil, is called after it was recorded.
func CloseDispute(c *screen.Context, customer ledger.CustomerID, changed func()) {
	list, w := openDisputes(c.Desk.State(), c.Words, customer), c.Words
	if len(list) == 0 {
		kit.Ask(c.Canvas(), kit.Question{Title: w.T("calls.close.none"), Text: w.T("calls.close.none.next"), Act: w.T("common.ok")}, nil)
		return
	}
	chosen := list[0]
	said := kit.NewNote(chosen.Said).Wrapped()
	var which []kit.Option
	for k, x := range list {
		which = append(which, kit.Option{ID: strconv.Itoa(k), Word: x.Word})
	}
	dispute := kit.NewChoice(w.T("calls.close.which"), "0", func(id string) {
		k, _ := strconv.Atoi(id)
		chosen = list[k]
		said.SetText(chosen.Said)
	}, which...)
	said.Hidden = !slices.ContainsFunc(list, func(x openDispute) bool { return x.Said != "" })
	ended := kit.NewArea(w.T("calls.close.ended"), "", 2).Placeholder(w.T("calls.close.ended.hint"))
	ended.Check = func(text string) string {
		if strings.TrimSpace(text) == "" {
			return w.T("calls.close.ended.needed")
		}
		return ""
	}
	form := kit.NewWideForm(c.Canvas(), w, 560, w.T("calls.close.title"), w.T("calls.close.act"), dispute, said, ended,
		kit.NewNote(w.T("calls.close.note")).Ink(look.Ink2).Wrapped())
	form.OnAct = func() {
		Save(c, "calls.close", form, nil, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.CloseDispute(ctx, chosen.ID, strings.TrimSpace(ended.Text()))
		}, func(e ledger.Entry) {
			c.Done(w.T("calls.close.done"), e)
			call(changed)
		})
	}
	form.Show()
}
