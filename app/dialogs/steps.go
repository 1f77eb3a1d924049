package dialogs

import (
	"context"
	"strconv"
	"strings"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Steps opens "Déjà fait…": what the owner did about invoices before, or outside of, this program. done is called
// after it was recorded.
func Steps(c *screen.Context, invoices []ledger.InvoiceID, done func()) {
	d := &stepsDialog{c: c, invoices: invoices, kind: ledger.StepReminder, times: 1}
	d.open(done)
}

type stepsDialog struct {
	c        *screen.Context
	invoices []ledger.InvoiceID
	kind     ledger.StepKind
	times    int
	often    *kit.Choice
	day      *kit.DateEntry
	words    *kit.Field
	form     *kit.Form
}

// oftenOffered is up to how many times the form offers.
const oftenOffered = 6

func (d *stepsDialog) open(done func()) {
	c := d.c
	var kinds []kit.FilterOption
	for _, k := range ledger.StepKinds {
		kinds = append(kinds, kit.FilterOption{ID: string(k), Word: c.T("dialogs.steps." + string(k)), Count: -1})
	}
	kind := kit.NewFilterChoice(string(d.kind), d.choose, kinds...)
	var often []kit.Option
	for n := 1; n <= oftenOffered; n++ {
		often = append(often, kit.Option{ID: strconv.Itoa(n), Word: strconv.Itoa(n)})
	}
	d.often = kit.NewChoice(c.T("dialogs.steps.times"), "1", func(id string) { d.times, _ = strconv.Atoi(id) }, often...)
	d.day = kit.NewDateEntry(c.Words, c.T("dialogs.steps.day"), c.Desk.Today())
	d.day.Needed = c.Words.Error(ledger.Errorf("field_required"))
	d.day.Limit = func(on ledger.Date) string {
		if on > c.Desk.Today() {
			return c.Words.Error(ledger.Errorf("step_in_future"))
		}
		return ""
	}
	d.words = kit.NewField(c.T("dialogs.steps.words"), "")
	d.form = kit.NewWideForm(c.Canvas(), c.Words, 560, c.Words.N("dialogs.steps.title", len(d.invoices)), c.T("dialogs.steps.act"),
		kit.NewLabel(c.T("dialogs.steps.text")).Ink(look.Ink2), kind, kit.Shares(look.Gap3, d.day, d.often), d.words)
	d.form.OnAct = func() { d.act(done) }
	d.form.Show()
}

// choose takes another kind; only reminders and calls are counted.
func (d *stepsDialog) choose(id string) {
	d.kind = ledger.StepKind(id)
	if d.kind == ledger.StepReminder || d.kind == ledger.StepCall {
		d.often.Show()
	} else {
		d.often.Hide()
	}
	d.form.Refresh()
}

func (d *stepsDialog) act(done func()) {
	on, _ := d.day.Date()
	times := d.times
	if d.often.Hidden {
		times = 1
	}
	d.form.Close()
	d.c.Act("dialogs.steps", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return d.c.Desk.RecordSteps(ctx, d.invoices, d.kind, times, on, strings.TrimSpace(d.words.Text()))
	}, func() string {
		done()
		return d.c.Words.N("dialogs.steps.done", len(d.invoices))
	})
}
