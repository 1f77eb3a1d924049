package imports

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// list shows e-invoices: what they come to, one line each, and what becomes of it.
func (v *view) list(p *desk.Preview) {
	c, m := v.c, NewListing(v.c.Words, p)
	v.listing = p
	v.heading.Set(m.Title, m.Facts)
	v.setAct(m.VerbText, true)
	figures := make([]fyne.CanvasObject, len(m.Figures))
	for i, f := range m.Figures {
		k := kit.NewKeyFigure(f.Label, f.Value, f.Small, nil)
		if f.Alarm {
			k.SetInk(look.VeryLate.Text())
		}
		figures[i] = k
	}
	t := c.T
	table := kit.NewTable(c.Run,
		kit.Column[Listed]{ID: "number", Title: t("common.invoice"), Width: 120, Text: func(r *Listed) string { return r.Number }},
		kit.Column[Listed]{ID: "customer", Title: t("common.customer"), Width: 200, Flex: true, Text: func(r *Listed) string { return r.Customer }},
		kit.Column[Listed]{ID: "issued", Title: t("common.date"), Width: 90, Optional: true, Text: func(r *Listed) string { return r.Issued }},
		kit.Column[Listed]{ID: "due", Title: t("common.due_date"), Width: 92, Text: func(r *Listed) string { return r.Due }},
		kit.Column[Listed]{ID: "total", Title: t("common.amount"), Width: 104, Align: kit.Right, Bold: func(*Listed) bool { return true }, Text: func(r *Listed) string { return r.Total }},
		kit.Column[Listed]{ID: "file", Title: t("preview.listing.file"), Width: 180, Optional: true, Text: func(r *Listed) string { return r.File }},
		kit.Column[Listed]{ID: "state", Title: "", Width: 130, Chip: func(r *Listed) (look.Status, string) { return state(c, r.State) }},
	).Plain()
	why := kit.NewLabel("").Wrapped().Ink(look.Ink2)
	table.OnSelect = func(r *Listed) {
		if r != nil {
			why.SetText(r.Why)
		}
	}
	table.SetRows(m.Rows)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, container.NewBorder(
		kit.Inset(0, 0, look.Gap4, 0, kit.Shares(look.Gap4, figures...)), kit.Inset(look.Gap2, 0, 0, 0, why), nil, nil, table))}
	v.body.Refresh()
}

func state(c *screen.Context, s State) (look.Status, string) {
	switch s {
	case Anew:
		return look.Soon, c.T("preview.listing.anew")
	case Unchanged:
		return look.None, c.T("preview.listing.unchanged")
	case NotTaken:
		return look.VeryLate, c.T("preview.listing.not_taken")
	}
	return look.Paid, c.T("preview.listing.fresh")
}

// takeList writes the e-invoices into the ledger.
func (v *view) takeList() {
	p := v.listing
	if p.EInvoices.New+p.EInvoices.Changed == 0 {
		v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
		return
	}
	v.act.Disable()
	v.writing = true
	var e ledger.Entry
	v.c.Run.Go(writing, func(ctx context.Context, run *run.Progress) (err error) {
		run.Start(v.c.T("preview.writing", "file", p.Name), 0)
		e, err = v.c.Desk.TakeIn(ctx, p)
		return err
	}, func(err error) {
		v.writing = false
		if err != nil {
			v.c.Error(err)
			v.list(p)
			return
		}
		v.listing = nil
		v.c.Go(screen.Place{Screen: screen.Invoices, Filter: "open"})
		v.c.Done(done(v.c, Counts{New: p.EInvoices.New, Changed: p.EInvoices.Changed}), e)
	})
}
