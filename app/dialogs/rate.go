package dialogs

import (
	"context"
	"strings"

	"quitus/app/kit"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// AddRate opens the form of a reference rate that the owner read at its source, for the half-year or year of a day. done is called
// after it was recorded.
func AddRate(c *screen.Context, table claim.TableName, day ledger.Date, done func()) {
	w, name := c.Words, string(table)
	covers := kit.NewNote("").Wrapped()
	on := kit.NewDateEntry(w, w.T("rates.form.day."+periodKey(table)), c.Desk.Today())
	on.Needed = w.Error(ledger.Errorf("field_required"))
	on.OnDate = func(d ledger.Date) {
		covers.SetText(w.T("rates.form.covers", "from", table.Start(d), "to", table.End(d)))
	}
	on.SetDate(day)
	percent := kit.NewField(w.T("rates.form.percent"), "").Placeholder(w.T("rates.form.percent.hint"))
	percent.Check = func(text string) string { return checkPercent(c, text) }
	source := kit.NewField(w.T("rates.source"), "").Placeholder(w.T("rates.form.source.hint." + name))
	source.Check = func(text string) string {
		if strings.TrimSpace(text) == "" {
			return w.T("rates.form.source.needed")
		}
		return ""
	}
	form := kit.NewWideForm(c.Canvas(), w, 520, w.T("rates.form.title", "table", ledger.Term("claim.table."+name)), w.T("common.save"),
		kit.NewNote(w.T("rates.form.which."+name)).Wrapped(), kit.Shares(12, on, percent), covers, source)
	form.OnAct = func() {
		d, _ := on.Date()
		rate, _ := rateOf(percent.Text())
		row := ledger.RateRow{Table: name, Day: d, Percent: rate, Source: strings.TrimSpace(source.Text())}
		Save(c, "dialogs.rate", form, map[string]Messenger{"day": on, "percent": percent, "source": source}, func(ctx context.Context) (ledger.Entry, error) {
			return c.Desk.AddRate(ctx, row)
		}, func(e ledger.Entry) {
			c.Done(w.T("rates.form.done", "percent", w.Percent(rate), "from", table.Start(d), "to", table.End(d)), e)
			call(done)
		})
	}
	form.Show()
	c.Canvas().Focus(percent.Entry())
}

func periodKey(table claim.TableName) string {
	if table.Yearly() {
		return "year"
	}
	return "half"
}

// checkPercent gives the sentence for a rate that is missing or cannot be read.
func checkPercent(c *screen.Context, text string) string {
	rate, err := rateOf(text)
	switch {
	case err != nil:
		return c.Words.Error(ledger.Errorf("rate_invalid", "value", strings.TrimSpace(text)))
	case rate == "":
		return c.Words.Error(ledger.Errorf("field_required"))
	}
	return ""
}
