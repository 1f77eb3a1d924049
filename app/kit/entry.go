package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"quitus/app/look"
)

// entry is the toolkit's entry, which tells when the keyboard comes and goes, and passes on the keys and
// the window's shortcuts that it has no use for.
type entry struct {
	widget.Entry
	onFocus  func(bool)
	onKey    func(*fyne.KeyEvent) bool
	wantsTab func() bool
}

func newEntry() *entry {
	e := &entry{}
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer leaves box and border out: the field draws its own.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	return bareEntry{e.Entry.CreateRenderer()}
}

type bareEntry struct{ fyne.WidgetRenderer }

func (r bareEntry) Objects() []fyne.CanvasObject {
	return slices.DeleteFunc(slices.Clone(r.WidgetRenderer.Objects()), func(o fyne.CanvasObject) bool {
		_, box := o.(*canvas.Rectangle)
		return box
	})
}

// AcceptsTab is false for areas too: Tab leads to the next field, as everywhere, unless there is an abbreviation to expand.
func (e *entry) AcceptsTab() bool { return e.wantsTab != nil && e.wantsTab() }

// FocusGained tells onFocus.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.onFocus != nil {
		e.onFocus(true)
	}
	revealFocused()
}

// FocusLost tells onFocus.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	if e.onFocus != nil {
		e.onFocus(false)
	}
}

// TypedKey lets Escape, function keys and Enter go on when the entry has no use for them.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.MultiLine || e.OnSubmitted != nil {
			e.Entry.TypedKey(ev)
			return
		}
		passKey(e, ev)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		if !e.MultiLine {
			passKey(e, ev)
			return
		}
		e.Entry.TypedKey(ev)
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		passKey(e, ev)
	default:
		e.Entry.TypedKey(ev)
	}
}

// TypedShortcut keeps the entry's own shortcuts and hands the others to the window.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll,
		*fyne.ShortcutUndo, *fyne.ShortcutRedo:
		e.Entry.TypedShortcut(s)
		return
	}
	if k, ok := s.(fyne.KeyboardShortcut); ok {
		switch k.Key() {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			e.Entry.TypedShortcut(s)
			return
		}
	}
	passShortcut(e, s)
}

// MinSize is 36 high on one line, whatever the font says.
func (e *entry) MinSize() fyne.Size {
	s := e.Entry.MinSize()
	if !e.MultiLine {
		s.Height = look.Px(look.ButtonHeight)
	}
	return s
}
