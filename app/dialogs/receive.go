package dialogs

import (
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/ledger"
)

// Measures of the choice, in units.
const (
	receiveWidth  = 680
	receiveHeight = 320
)

// Receive asks which invoice was paid, and opens [Pay] for it: a cheque or cash that no statement tells yet. changed, which
// may be nil, is called after the payment was recorded.
func Receive(c *screen.Context, changed func()) {
	items := OpenItems(c.Words, c.Desk.State(), "", false)
	if len(items) == 0 {
		kit.Ask(c.Canvas(), kit.Question{Title: c.T("dialogs.receive.nothing_open"), Text: c.T("dialogs.receive.nothing_open.next"), Act: c.T("common.ok")}, nil)
		return
	}
	table := kit.NewTable(c.Run, ItemColumns(c, c.T("dialogs.receive.open"))...)
	table.SetRows(items)
	table.SetEmpty(kit.NewEmpty(look.IconSearch, c.T("dialogs.receive.not_found"), "", nil))
	var search *kit.Field
	search = kit.NewListSearch(c.T("dialogs.receive.search"), func() { table.SetFilter(Matching(search.Text())) }, table)
	form := kit.NewWideForm(c.Canvas(), c.Words, receiveWidth, c.T("dialogs.receive.title"), c.T("dialogs.receive.act"),
		kit.NewLabel(c.T("dialogs.receive.text")).Wrapped().Ink(look.Ink2), search, kit.Fixed(0, receiveHeight, table))
	form.OnAct = func() {
		if x := table.Selected(); x != nil {
			form.Close()
			Pay(c, x.Payer, x.ID, changed)
		}
	}
	table.OnOpen = func(*OpenItem) { form.OnAct() }
	form.Show()
}

// ItemColumns are the columns of a list of invoices to choose from; amount is the title of the last one.
func ItemColumns(c *screen.Context, amount string) []kit.Column[OpenItem] {
	return []kit.Column[OpenItem]{
		{ID: "number", Title: c.T("common.invoice"), Width: 120, Text: func(x *OpenItem) string { return x.Number }},
		{ID: "customer", Title: c.T("common.customer"), Width: 180, Flex: true, Text: func(x *OpenItem) string { return x.Customer }},
		{ID: "due", Title: c.T("common.due_date"), Width: 96, Text: func(x *OpenItem) string { return x.Due }, Ink: func(*OpenItem) fyne.ThemeColorName { return look.Ink2 }},
		{ID: "open", Title: amount, Width: 108, Align: kit.Right, Text: func(x *OpenItem) string { return x.Money }},
	}
}

// Matching narrows a list of invoices to those that hold every word typed.
func Matching(typed string) func(*OpenItem) bool {
	words := strings.Fields(ledger.Fold(typed))
	return func(x *OpenItem) bool {
		for _, w := range words {
			if !strings.Contains(x.Search, w) {
				return false
			}
		}
		return true
	}
}
