package imports

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/imports/fec"
	"quitus/ledger/imports/people"
)

// list shows a file that has no columns to choose: what it comes to, one line each, and what becomes of it.
func (v *view) list(p *desk.Preview) {
	c, m := v.c, NewListing(v.c.Words, v.c.Desk.State(), p)
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
	top := kit.Stack(look.Gap4, kit.Shares(look.Gap4, figures...))
	if m.Banner != "" {
		top.Add(kit.NewBanner(look.Late, look.NoIcon, m.Banner, m.BannerVerb, v.takeCarried))
	}
	foot := kit.Stack(look.Gap2)
	table := kit.NewTable(c.Run, listColumns(m)...).Plain()
	table.OnSelect = func(r *Listed) { v.explain(foot, r) }
	table.SetRows(m.Rows)
	v.body.Objects = []fyne.CanvasObject{kit.Inset(0, 0, pageFoot, 0, container.NewBorder(
		kit.Inset(0, 0, look.Gap4, 0, top), kit.Inset(look.Gap2, 0, 0, 0, foot), nil, nil, table))}
	v.body.Refresh()
}

func listColumns(m *Listing) []kit.Column[Listed] {
	var out []kit.Column[Listed]
	for i, c := range m.Columns {
		col := kit.Column[Listed]{ID: strconv.Itoa(i), Title: c.Title, Width: c.Width, Flex: c.Flex, Text: func(r *Listed) string { return r.Cells[i] }}
		if c.Right {
			col.Align = kit.Right
		}
		if c.Bold {
			col.Bold = func(*Listed) bool { return true }
		}
		out = append(out, col)
	}
	return append(out, kit.Column[Listed]{ID: "state", Width: 190, Chip: func(r *Listed) (look.Status, string) { return status(r.State), r.Word }})
}

func status(s State) look.Status {
	switch s {
	case Anew:
		return look.Soon
	case Unchanged:
		return look.None
	case NotTaken:
		return look.VeryLate
	case ToDecide:
		return look.Late
	}
	return look.Paid
}

// explain says below the table what is to be known of a line, and offers what else may become of it.
func (v *view) explain(foot *fyne.Container, r *Listed) {
	foot.Objects = nil
	if r != nil && r.Why != "" {
		foot.Add(kit.NewLabel(r.Why).Wrapped().Ink(look.Ink2))
	}
	if r != nil && len(r.Options) > 0 {
		chosen := ""
		var words []kit.FilterOption
		for i, o := range r.Options {
			id := strconv.Itoa(i)
			words = append(words, kit.FilterOption{ID: id, Word: o.Word, Count: -1})
			if o.Chosen {
				chosen = id
			}
		}
		foot.Add(kit.NewFilterChoice(chosen, func(id string) {
			i, _ := strconv.Atoi(id)
			v.decide(r, r.Options[i])
		}, words...))
	}
	foot.Refresh()
	v.body.Refresh()
}

// decide makes of a line what the owner chose.
func (v *view) decide(r *Listed, o Option) {
	if v.listing.Kind == desk.FEC {
		v.carry(func(c *fec.Choices) { carryOne(c, v.listing.FEC, r.Item, o.Decision == carriedTaken) })
		return
	}
	v.listing.Customers.Plan.Decide(r.Item, people.Decision(o.Decision), o.Into)
	v.list(v.listing)
}

// takeCarried also takes all that earlier years left open.
func (v *view) takeCarried() { v.carry(func(c *fec.Choices) { c.AllCarried = true }) }

// carry changes what is taken of earlier years, and compares the file with the ledger anew.
func (v *view) carry(change func(*fec.Choices)) {
	p := v.listing
	v.c.Run.Go(looking, func(context.Context, *run.Progress) error {
		choices := p.FEC.Choices
		change(&choices)
		v.c.Desk.ReplanFEC(p.FEC, choices)
		return nil
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.list(p)
	})
}

// takeList writes what is listed into the ledger.
func (v *view) takeList() {
	p := v.listing
	after := v.after()
	switch p.Kind {
	case desk.Customers:
		after = screen.Place{Screen: screen.Customers}
	case desk.Statement:
		after = screen.Place{Screen: screen.Bank}
	}
	if !NewListing(v.c.Words, v.c.Desk.State(), p).Ready {
		if p.Kind == desk.Statement {
			after.File = p.Name
		}
		v.c.Go(after)
		return
	}
	v.act.Disable()
	v.writing = true
	var e ledger.Entry
	recorded := 0
	v.c.Run.Go(writing, func(ctx context.Context, run *run.Progress) (err error) {
		run.Start(v.c.T("preview.writing", "file", p.Name), 0)
		e, err = v.c.Desk.TakeIn(ctx, p)
		if err == nil && p.Kind == desk.Statement {
			e, recorded, err = v.c.Desk.ReconcileAfter(ctx, e)
		}
		return err
	}, func(err error) {
		v.writing = false
		if err != nil {
			v.c.Error(err)
			v.list(p)
			return
		}
		v.listing = nil
		v.c.Go(after)
		if p.Kind == desk.Statement {
			v.c.Done(v.c.Words.N("preview.bank.done", p.Statement.Plan.New, "recorded", v.c.Words.N("bank.recorded", recorded)), e)
			return
		}
		v.c.Done(v.listed(p), e)
	})
}

// listed says what taking in a listing did.
func (v *view) listed(p *desk.Preview) string {
	switch p.Kind {
	case desk.FEC:
		return v.c.Words.N("preview.done", p.FEC.Plan.New)
	case desk.Customers:
		return v.c.Words.N("preview.people.done", p.Customers.Plan.New+p.Customers.Plan.Changed)
	}
	return done(v.c, Counts{New: p.EInvoices.New, Changed: p.EInvoices.Changed})
}
