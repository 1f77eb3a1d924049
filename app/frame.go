package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
)

// frame is what all screens share: the rail at the left, the top bar, and the place of the screen.
type frame struct {
	app    *App
	object fyne.CanvasObject
	stage  *kit.Stage
	rail   *kit.Rail
	search *kit.Search
	banner *fyne.Container
	body   *fyne.Container
	framed fyne.CanvasObject // rail, bar and body
}

func newFrame(a *App) *frame {
	w := a.words
	f := &frame{app: a, banner: container.NewStack(), body: container.NewStack()}
	item := func(n screen.Name, icon look.Icon) kit.RailItem {
		return kit.RailItem{ID: string(n), Icon: icon, Word: w.T("app.rail." + string(n))}
	}
	f.rail = kit.NewRail(w.T("app.name"), a.ledgerTitle(), f.goTo,
		item(screen.Today, look.IconCalendar), item(screen.Customers, look.IconAccount), item(screen.Invoices, look.IconInvoice),
		item(screen.Bank, look.IconBank), item(screen.Letters, look.IconLetter), item(screen.Settings, look.IconSettings))
	f.rail.OnCompany = f.chooseLedger
	f.search = kit.NewSearch(w.T("app.search"), "Ctrl+K", f.query)
	top := kit.NewTopBar(f.search, kit.NewButton(kit.Secondary, look.IconImport, w.T("app.import"), a.importFile),
		kit.NewIconButton(look.IconHelp, a.help))
	f.banner.Hide()
	f.framed = kit.Frame(f.rail, top, container.NewBorder(f.banner, nil, nil, nil, f.body))
	f.stage = kit.NewStage(w, f.framed)
	f.search.On(f.stage)
	f.stage.OnStop = a.runner.Cancel
	if l, ok := a.runner.(*run.Live); ok {
		l.Watch = f.stage.Watch
	}
	f.object = f.stage
	f.warnSynced()
	return f
}

// goTo leads to a screen of the rail. Who goes along the rail by keyboard stays on it.
func (f *frame) goTo(id string) {
	c := f.app.win.Canvas()
	along := c.Focused() == fyne.Focusable(f.rail)
	f.app.Go(screen.Place{Screen: screen.Name(id)})
	if along {
		c.Focus(f.rail)
	}
}

// put shows a screen and marks its place in the rail.
func (f *frame) put(rail screen.Name, o fyne.CanvasObject) {
	f.rail.SetCurrent(string(rail))
	if len(f.body.Objects) > 0 && f.body.Objects[0] != o {
		f.app.win.Canvas().Unfocus() // keys must not act on a screen that is out of sight
	}
	f.body.Objects = []fyne.CanvasObject{o}
	f.body.Refresh()
	f.stage.SetContent(f.framed)
}

// putWhole shows a screen in the place of all that is framed.
func (f *frame) putWhole(o fyne.CanvasObject) {
	f.app.win.Canvas().Unfocus()
	f.stage.SetContent(o)
}

// tellUnfinished tells of a call that was begun and never ended, such as one that the program's end cut short.
func (f *frame) tellUnfinished() {
	a := f.app
	s := a.desk.State()
	for _, c := range s.RunningCalls() {
		customer := s.Book.Customer(c.Customer)
		if customer == nil {
			continue
		}
		text := a.words.T("call.unfinished", "name", customer.Name, "day", a.words.DateShort(c.On), "time", c.At)
		f.show(kit.NewBanner(look.Late, look.IconPhone, text, a.words.T("call.unfinished.resume"), func() {
			f.banner.Hide()
			a.Go(screen.Place{Screen: screen.Call, Customer: c.Customer})
		}))
		return
	}
}

// show puts a banner over the screens.
func (f *frame) show(b *kit.Banner) {
	f.banner.Objects = []fyne.CanvasObject{kit.Inset(look.Gap3, look.Gap6, 0, look.Gap6, b)}
	f.banner.Show()
}

// update brings rail and company up to date with the ledger: how many letters are due and
// e-mails reached nobody, and how many tasks there are today.
func (f *frame) update(due, tasks int) {
	f.rail.SetCompany(f.app.ledgerTitle())
	f.count(screen.Letters, due)
	f.count(screen.Today, tasks)
	f.showBank()
}

// count shows a number beside a word of the rail; none for zero.
func (f *frame) count(n screen.Name, v int) {
	text := ""
	if v > 0 {
		text = f.app.words.Number(v)
	}
	f.rail.SetCount(string(n), text)
}

// showBank says at the foot of the rail up to which day the bank is known; nothing where it is not.
func (f *frame) showBank() {
	s := f.app.desk.State()
	f.count(screen.Bank, len(s.Undecided()))
	read := s.Book.BankRead()
	if read == 0 {
		f.rail.SetBank(look.None, "")
		return
	}
	status := look.Paid
	if int(s.On-read) > desk.BankOldAfter {
		status = look.Late
	}
	f.rail.SetBank(status, f.app.words.T("app.rail.bank_read", "day", f.app.words.DateShort(read)))
}

// warnSynced warns, once for each ledger, of a folder that a service copies between computers.
func (f *frame) warnSynced() {
	a := f.app
	provider, path := a.desk.SyncedBy(), a.desk.Path()
	if provider == "" || slices.Contains(a.prefs.Synced, path) {
		return
	}
	banner := kit.NewBanner(look.Late, look.IconLate, a.words.T("app.synced", "provider", provider), a.words.T("app.synced.understood"), func() {
		f.banner.Hide()
		a.Error(a.prefs.Update(func(p *desk.Prefs) { p.Synced = append(p.Synced, path) }))
	})
	f.show(banner)
}

// query shows what a search finds while the owner types.
func (f *frame) query(text string) {
	f.app.findHits(text, func(found []hit) {
		out := make([]kit.Result, len(found))
		for i, h := range found {
			icon := look.IconInvoice
			if h.customer {
				icon = look.IconAccount
			}
			out[i] = kit.Result{
				Line: kit.Line{Icon: icon, Title: h.title, Second: h.detail, Right: h.amount},
				Open: func() { f.app.Go(h.place) },
			}
		}
		if len(out) == 0 {
			out = []kit.Result{{Line: kit.Line{Icon: look.IconSearch, Title: f.app.words.T("app.search.nothing", "query", text), Plain: true}}}
		}
		f.search.SetResults(out)
	})
}

// chooseLedger offers the recent ledgers below the company's name.
func (f *frame) chooseLedger() {
	a := f.app
	var items []*fyne.MenuItem
	for _, r := range a.prefs.RecentLedgers() {
		if r.Path == a.desk.Path() {
			continue
		}
		name := r.Name
		if name == "" {
			name = r.Path
		}
		items = append(items, fyne.NewMenuItem(name, func() { a.OpenLedger(r.Path) }))
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	if p, err := desk.SampleLedger(); err == nil && p != a.desk.Path() {
		items = append(items, fyne.NewMenuItem(a.words.T("app.ledger.sample"), a.openSample))
	}
	items = append(items,
		fyne.NewMenuItem(a.words.T("app.ledger.open"), a.chooseLedger),
		fyne.NewMenuItem(a.words.T("app.ledger.new"), a.newLedger))
	kit.ShowMenu(a.win.Canvas(), fyne.NewPos(look.Px(12), look.Px(72)), items)
}

// importFile asks for a file and shows what it holds.
func (a *App) importFile() {
	a.OpenFile(a.words.T("app.import"), screen.Registers, func(path string) {
		a.Go(screen.Place{Screen: screen.Import, File: path})
	})
}

// help shows the help; pressing again leads back.
func (a *App) help() {
	if a.trail.here().Screen == screen.Help {
		a.Back()
		return
	}
	a.Go(screen.Place{Screen: screen.Help})
}

// shortcuts gives the window its keys.
func (a *App) shortcuts() {
	c := a.win.Canvas()
	on := func(key fyne.KeyName, mod fyne.KeyModifier, do func()) {
		kit.AddShortcut(c, &desktop.CustomShortcut{KeyName: key, Modifier: mod}, func() {
			if w := a.whole(); w != nil {
				w.Key(key, true)
			} else if do != nil {
				do()
			}
		})
	}
	for _, key := range []fyne.KeyName{fyne.KeyP, fyne.KeyR, fyne.KeyM, fyne.KeyReturn, fyne.KeyEnter} {
		on(key, fyne.KeyModifierShortcutDefault, nil) // of whole screens only
	}
	on(fyne.KeyK, fyne.KeyModifierShortcutDefault, a.frame.search.Focus)
	on(fyne.KeyO, fyne.KeyModifierShortcutDefault, a.importFile)
	on(fyne.KeyPageDown, fyne.KeyModifierShortcutDefault, func() { a.frame.rail.Step(1) })
	on(fyne.KeyPageUp, fyne.KeyModifierShortcutDefault, func() { a.frame.rail.Step(-1) })
	kit.AddShortcut(c, &fyne.ShortcutUndo{}, func() {
		if a.whole() == nil {
			a.undo()
		}
	})
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6} {
		on(key, fyne.KeyModifierShortcutDefault, func() { a.Go(screen.Place{Screen: mainScreens[i]}) })
	}
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if w := a.whole(); w != nil {
			w.Key(ev.Name, false)
			return
		}
		switch ev.Name {
		case fyne.KeyEscape:
			a.Back()
		case fyne.KeyF1:
			a.help()
		}
	})
}

// toast says that something is done.
func (f *frame) toast(text string, undo func()) { f.stage.Toast(text, undo) }
