// Package call is the call screen: the file at hand, the guide filled with it, and notes while talking; then the few questions
// that end a call, with the summary that is to be confirmed.
//
// It takes the whole window and is worked by keyboard: letters and digits go to the notes, function keys open answers.
package call

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// pause is how long the owner stops writing before the notes are kept.
const pause = time.Second

// view is the call screen.
type view struct {
	c      *screen.Context
	m      *model
	object *fyne.Container
	page   *fyne.Container // the call, beside which the ending is put

	head     *callHead
	file     *fyne.Container
	guide    *guideColumn
	notes    *notesColumn
	ending   *endingView // nil while the call goes on
	starting bool
	ahead    []func() // what waits for the call to be started

	writes atomic.Int64 // notes asked to be kept: the newest count
	kept   string
	own    atomic.Int64 // changes of the ledger that are notes of this call, and bring nothing new
}

// New makes the call screen; Show says with whom.
func New(c *screen.Context) screen.Screen {
	v := &view{c: c, m: &model{desk: c.Desk, w: c.Words}, object: container.NewStack()}
	v.object.Add(kit.Ground(look.Ground))
	return v
}

// Object implements screen.Screen.
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements screen.Screen.
func (v *view) Show(p screen.Place) {
	if v.page != nil && v.m.running() && p.Customer == v.m.File.Customer.ID && p.Task == "" {
		v.tick()
		return
	}
	var l *loaded
	v.c.Run.Go("call.load", func(ctx context.Context, _ *run.Progress) (err error) {
		l, err = v.m.load(p.Customer, p.Task)
		return err
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			v.c.Back()
			return
		}
		v.m.take(l)
		v.kept, v.ending, v.ahead = v.m.notes(), nil, nil
		v.build()
	})
}

// Refresh implements screen.Screen: the ledger changed, but not by the notes of this call.
func (v *view) Refresh() {
	if v.own.Load() > 0 {
		v.own.Add(-1)
		return
	}
	if v.page == nil {
		return
	}
	page, was := v.page, v.m.File
	v.c.Run.Go("call.refresh", func(context.Context, *run.Progress) error {
		f, err := v.c.Desk.Refreshed(was)
		if err == nil {
			was = f
		}
		return err
	}, func(err error) {
		if v.page != page {
			return // the call ended meanwhile, or another began
		}
		if err != nil {
			v.c.Error(err)
			return
		}
		v.m.File = was
		v.c.Error(v.m.refill())
		v.show()
	})
}

// build makes the page of a call anew.
func (v *view) build() {
	v.head = newCallHead(v)
	v.file = kit.Stack(10)
	v.guide = newGuideColumn(v)
	v.notes = newNotesColumn(v)
	v.page = container.New(pageLayout{}, v.head.object,
		container.NewStack(kit.Ground(look.Surface), kit.Inset(12, 16, 0, 16, kit.NewScroll(kit.Inset(0, 0, 12, 0, v.file)))),
		v.guide.object, v.notes.object, vline(), vline())
	v.front(v.page)
	v.show()
	v.notes.focus()
	v.tick()
}

// front puts the call or its ending on the screen.
func (v *view) front(o fyne.CanvasObject) {
	v.object.Objects = []fyne.CanvasObject{kit.Ground(look.Ground), o}
	v.object.Refresh()
}

// show brings all parts up to date.
func (v *view) show() {
	v.head.show()
	v.showFile()
	v.guide.show()
	v.notes.show()
	v.page.Refresh()
}

// start begins the call, once, and then does what waits for it.
func (v *view) start(then func()) {
	if then != nil {
		v.ahead = append(v.ahead, then)
	}
	switch {
	case v.m.running():
		v.begun()
		return
	case v.starting:
		return
	case v.m.needsWhy():
		v.askWhy()
		return
	}
	v.starting = true
	var c *ledger.Call
	v.own.Add(1)
	v.c.Run.Go("call.start", func(ctx context.Context, _ *run.Progress) (err error) {
		c, err = v.m.start(ctx)
		return err
	}, func(err error) {
		v.starting = false
		if err != nil {
			v.own.Add(-1)
			v.ahead = nil
			v.c.Error(err)
			return
		}
		v.m.started(c)
		v.show()
		v.tick()
		v.save(true)
		v.begun()
	})
}

func (v *view) begun() {
	list := v.ahead
	v.ahead = nil
	for _, f := range list {
		f()
	}
}

// askWhy asks why the owner goes past a house rule, then begins.
func (v *view) askWhy() {
	c := v.c
	why := kit.NewField(c.T("call.against.why"), "")
	why.Check = func(s string) string {
		if s == "" {
			return c.Words.Error(ledger.Errorf("field_required"))
		}
		return ""
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("call.against.title"), c.T("call.start"), kit.NewLabel(v.m.against()).Ink(look.Ink2).Wrapped(), why)
	form.OnAct = func() {
		v.m.Why = why.Text()
		form.Close()
		v.start(nil)
		v.notes.focus()
	}
	form.OnCancel = func() { v.ahead = nil }
	form.Show()
}

// save keeps the notes: now, or once the owner stops writing. A program that ends meanwhile keeps them too.
func (v *view) save(now bool) {
	if !v.m.running() {
		return
	}
	id, notes, mine := v.m.Call.ID, v.m.notes(), v.writes.Add(1)
	if notes == v.kept {
		return
	}
	wait := pause
	if now || look.Still {
		wait = 0
	}
	v.c.Run.Go("call.save", func(ctx context.Context, _ *run.Progress) error {
		select {
		case <-ctx.Done():
			if v.writes.Load() != mine {
				return ctx.Err()
			}
		case <-time.After(wait):
		}
		v.own.Add(1) // the ledger tells of the change before this task ends
		err := v.c.Desk.SaveCallNotes(context.WithoutCancel(ctx), id, notes)
		if err != nil {
			v.own.Add(-1)
		}
		return err
	}, func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.kept, v.m.SavedAt = notes, v.m.clock()
		v.notes.showSaved()
	})
}

// tick moves the timer on every second while the call runs and the screen is in front.
func (v *view) tick() {
	v.head.showTime()
	if look.Still || !v.m.running() {
		return
	}
	v.c.Run.Go("call.tick", func(ctx context.Context, _ *run.Progress) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			return nil
		}
	}, func(err error) {
		if err == nil && v.page != nil {
			v.tick()
		}
	})
}

// stop stops the timer.
func (v *view) stop() { v.c.Run.Cancel("call.tick") }

// Leave implements screen.Whole: the notes are kept at once.
func (v *view) Leave() {
	v.stop()
	v.save(true)
}

// Key implements screen.Whole.
func (v *view) Key(name fyne.KeyName, ctrl bool) {
	if v.page == nil {
		if name == fyne.KeyEscape {
			v.c.Back()
		}
		return
	}
	if v.ending != nil {
		v.ending.key(name, ctrl)
		return
	}
	if !ctrl {
		v.plainKey(name)
		return
	}
	switch name {
	case fyne.KeyO, fyne.KeyK:
		v.guide.search.Focus()
	case fyne.KeyP:
		v.start(v.notePromise)
	case fyne.KeyR:
		v.start(v.resend)
	case fyne.KeyM:
		v.notes.turn()
	case fyne.KeyReturn, fyne.KeyEnter:
		if !v.m.running() {
			v.start(nil)
			return
		}
		v.end()
	}
}

func (v *view) plainKey(name fyne.KeyName) {
	if o := v.m.Guide.ByKey(string(name)); o != nil {
		v.open(o.ID)
		return
	}
	if name != fyne.KeyEscape {
		return
	}
	switch {
	case v.m.Open != openNothing:
		v.open(v.m.Open)
	case !v.notes.focused():
		v.notes.focus()
	case !v.m.running():
		v.c.Back()
	}
}

// open opens an answer, or closes it where it is open. The keyboard stays with the notes.
func (v *view) open(id string) {
	v.m.toggle(id)
	v.guide.show()
	v.guide.top()
	v.notes.focus()
}

// back leaves the screen; a call that runs is kept with its notes.
func (v *view) back() {
	if v.m.running() {
		v.Leave()
		v.c.Done(v.c.T("call.left", "name", v.m.File.Customer.Name), ledger.Entry{})
	}
	v.c.Back()
}

// resend notes that the invoice is to be sent again.
func (v *view) resend() {
	v.m.resend()
	v.notes.show()
	v.guide.show()
	v.save(true)
}

// end goes to the questions that end the call.
func (v *view) end() {
	if v.m.commit() {
		v.notes.show()
	}
	v.notes.clear()
	v.save(true)
	v.ending = newEndingView(v, v.m.end())
	v.front(v.ending.object)
	v.ending.begin()
}

// resume goes back from the questions to the call.
func (v *view) resume() {
	v.ending = nil
	v.front(v.page)
	v.notes.focus()
}

// pageLayout has the head over three columns: the file, the guide, the notes, with a line between them.
type pageLayout struct{}

func (pageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(1000), look.Px(520))
}

func (pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, right := look.Px(352), look.Px(348)
	if s.Width < look.Px(1180) {
		left, right = look.Px(316), look.Px(300)
	}
	top := look.Px(80)
	h := s.Height - top
	put(o[0], 0, 0, s.Width, top)
	put(o[1], 0, top, left, h)
	put(o[2], left, top, s.Width-left-right, h)
	put(o[3], s.Width-right, top, right, h)
	put(o[4], left-1, top, 1, h)
	put(o[5], s.Width-right, top, 1, h)
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func vline() fyne.CanvasObject { return kit.Ground(look.Line) }
