package dialogs

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// Deposit opens "Remise de chèques": which of the cheques in hand go to the bank together. It ends with the slip recorded
// and opened for printing, or saved. changed, which may be nil, is called after it was recorded.
func Deposit(c *screen.Context, changed func()) {
	var m *depositModel
	c.Run.Go("dialogs.deposit", func(context.Context, *run.Progress) (err error) {
		m, err = newDepositModel(c.Desk, c.Words)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			c.Error(err)
		case len(m.Lines) == 0 && len(m.Earlier) == 0:
			kit.Ask(c.Canvas(), kit.Question{Title: c.T("deposit.none"), Text: c.T("deposit.none_text"), Act: c.T("common.ok")}, nil)
		default:
			d := &depositDialog{c: c, m: m, changed: changed}
			d.open()
		}
	})
}

type depositDialog struct {
	c       *screen.Context
	m       *depositModel
	changed func()
	list    *kit.Lines
	day     *kit.DateEntry
	total   *kit.Label
	form    *kit.Form
}

const (
	chequesInView = 5   // at most, before the list scrolls
	besideCheques = 300 // the height of all else, in units before scaling
)

func (d *depositDialog) open() {
	c, text, act := d.c, kit.NewLabel(d.c.T("deposit.text")).Ink(look.Ink2), d.c.T("deposit.print")
	objects := []fyne.CanvasObject{text}
	if some := len(d.m.Lines) > 0; some {
		d.total = kit.NewLabel(d.m.total()).Bold()
		links := kit.Row(look.Gap4, kit.NewLink(look.NoIcon, c.T("deposit.preview"), d.preview), kit.NewLink(look.NoIcon, c.T("deposit.save"), d.save))
		objects = append(objects, d.cheques(), container.NewBorder(nil, nil, d.total, links), d.where())
	} else {
		text.Wrapped().SetText(c.T("deposit.none_text"))
		act = c.T("common.ok")
	}
	if len(d.m.Earlier) > 0 {
		objects = append(objects, d.earlier())
	}
	d.form = kit.NewWideForm(c.Canvas(), c.Words, 600, c.T("deposit.title"), act, objects...)
	d.form.OnAct = d.print
	d.form.Show()
	if d.list != nil {
		c.Canvas().Focus(d.list)
	}
}

// cheques is the list of cheques in hand, with ticks.
func (d *depositDialog) cheques() fyne.CanvasObject {
	d.list = kit.NewLines(nil).Ticks()
	d.list.OnTick = func(k int, on bool) {
		d.m.Lines[k].Ticked = on
		d.total.SetText(d.m.total())
		d.day.Validate() // a cheque that came later than the day may go, or come
		d.form.Refresh()
	}
	var lines []kit.Line
	for _, l := range d.m.Lines {
		lines = append(lines, kit.Line{Title: l.Name, Second: l.Fact, Right: d.c.Words.Money(l.Amount), Ticked: l.Ticked, Plain: true})
	}
	d.list.Set(lines)
	return kit.Fixed(0, d.inView()*look.TwoLineHeight+2, kit.NewBareCard(kit.Padded(1, d.list)))
}

// inView is how many cheques are shown before the list scrolls, as the window's height allows: half a line tells that
// there are more.
func (d *depositDialog) inView() float32 {
	room := d.c.Canvas().Size().Height/look.Px(1) - besideCheques
	if n := len(d.m.Earlier); n > 0 {
		room -= float32(n+1) * 32
	}
	shown := min(max(int(room/look.TwoLineHeight), 2), chequesInView)
	if len(d.m.Lines) <= shown {
		return float32(len(d.m.Lines))
	}
	return float32(shown) - 0.5
}

// where is the day and the account.
func (d *depositDialog) where() fyne.CanvasObject {
	c, m := d.c, d.m
	d.day = kit.NewDateEntry(c.Words, c.T("deposit.day"), c.Desk.Today())
	d.day.Needed = c.Words.Error(ledger.Errorf("field_required"))
	d.day.Limit = m.checkDay
	d.day.SetDate(m.On)
	if len(m.Accounts) == 0 {
		return kit.Stack(look.Gap2, d.day, kit.NewNote(c.T("deposit.no_account")).Wrapped())
	}
	account := kit.NewChoice(c.T("deposit.account"), m.Account, func(id string) { m.Account = id }, options(m.Accounts)...)
	return shares(look.Gap3, 2, account, d.day)
}

// earlier are the latest slips, each to be opened again.
func (d *depositDialog) earlier() fyne.CanvasObject {
	rows := kit.Stack(look.Gap2, kit.NewTitle(d.c.T("deposit.earlier")))
	for _, e := range d.m.Earlier {
		text := kit.Row(look.Gap3, kit.NewLabel(e.Text), kit.NewNote(e.Bank))
		rows.Add(container.NewBorder(nil, nil, nil, kit.NewLink(look.NoIcon, d.c.T("common.open"), func() {
			d.show(func() (*desk.Slip, error) { return d.c.Desk.SlipOf(e.ID, d.c.Words.Lang()) })
		}), text))
	}
	return rows
}

// right says whether a slip can be made as it is, and shows what is wrong.
func (d *depositDialog) right() bool {
	if kit.Wrong(d.day) > 0 {
		d.form.Refresh()
		return false
	}
	if len(d.m.request().Payments) == 0 { // the total's place says what is missing
		d.c.Canvas().Focus(d.list)
		return false
	}
	d.m.On, _ = d.day.Date()
	return true
}

// preview opens the slip as it would be; nothing is recorded.
func (d *depositDialog) preview() {
	if d.right() {
		d.show(func() (*desk.Slip, error) {
			s, _, err := d.c.Desk.Deposit(context.Background(), d.m.request(), true)
			return s, err
		})
	}
}

// show opens a slip in the system's reader.
func (d *depositDialog) show(make func() (*desk.Slip, error)) {
	var path string
	d.c.Run.Go("dialogs.deposit.show", func(context.Context, *run.Progress) error {
		s, err := make()
		if err == nil {
			path, err = d.write(s)
		}
		return err
	}, func(err error) {
		if err != nil {
			d.c.Error(err)
			return
		}
		d.c.OpenPath(path)
	})
}

// write puts a slip into a file that another program is to open.
func (d *depositDialog) write(s *desk.Slip) (string, error) {
	path, err := desk.TempPath(d.c.T("deposit.file", "number", int(s.ID)))
	if err != nil {
		return "", err
	}
	return path, desk.WriteFile(path, s.PDF)
}

// print records the slip and opens it for printing.
func (d *depositDialog) print() {
	if len(d.m.Lines) == 0 {
		d.form.Close()
		return
	}
	if d.right() {
		d.record(d.write, d.c.OpenPath)
	}
}

// save records the slip and writes it to a file of the owner's choice.
func (d *depositDialog) save() {
	if !d.right() {
		return
	}
	next := int(d.c.Desk.State().Book.Last(ledger.KindDeposit)) + 1
	d.c.SaveFile(d.c.T("deposit.save"), d.c.T("deposit.file", "number", next), func(path string) {
		if filepath.Ext(path) == "" {
			path += ".pdf"
		}
		d.record(func(s *desk.Slip) (string, error) { return path, desk.WriteFile(path, s.PDF) }, func(string) {})
	})
}

// record writes the slip first, as it will be, then records it: a slip that could not be written is not recorded.
func (d *depositDialog) record(write func(*desk.Slip) (string, error), then func(path string)) {
	var slip *desk.Slip
	var path string
	request := d.m.request()
	Save(d.c, "dialogs.deposit", d.form, map[string]Messenger{"on": d.day}, func(ctx context.Context) (ledger.Entry, error) {
		made, _, err := d.c.Desk.Deposit(ctx, request, true)
		if err == nil {
			path, err = write(made)
		}
		if err != nil {
			return ledger.Entry{}, err
		}
		var entry ledger.Entry
		slip, entry, err = d.c.Desk.Deposit(ctx, request, false)
		return entry, err
	}, func(e ledger.Entry) {
		then(path)
		d.c.Done(d.m.done(slip), e)
		call(d.changed)
	})
}
