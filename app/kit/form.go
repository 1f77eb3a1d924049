package kit

import (
	"log"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"quitus/app/look"
	"quitus/assets/words"
)

// Checked is a field that can say whether what is in it is right.
type Checked interface{ Validate() bool }

// Wrong checks all fields, has each show its sentence, and counts those that are not right.
func Wrong(fields ...Checked) int {
	n := 0
	for _, f := range fields {
		if !f.Validate() {
			n++
		}
	}
	return n
}

// Form is a dialog with fields to fill in. Escape and Cancel close it without a word when nothing was
// typed; Enter in a field of one line and the primary button check all fields and act when all are
// right.
//
//	form := kit.NewForm(win.Canvas(), w, "Noter un paiement", "Enregistrer", amount, day)
//	form.OnAct = func() { …; form.Close() }
//	form.Show(amount)
type Form struct {
	// OnAct is called when all fields are right; it closes the form.
	OnAct func()
	// OnCancel is called when the form was left without acting.
	OnCancel func()

	dialog *Dialog
	act    *Button
	fields []Checked
	first  fyne.Focusable
}

// NewForm makes a form with a title, the verb that acts, and fields and other objects below each other.
// Fields inside rows are found too.
func NewForm(c fyne.Canvas, w *words.Words, title, act string, objects ...fyne.CanvasObject) *Form {
	return NewWideForm(c, w, 440, title, act, objects...)
}

// NewWideForm is NewForm of another width.
func NewWideForm(c fyne.Canvas, w *words.Words, width float32, title, act string, objects ...fyne.CanvasObject) *Form {
	f := &Form{}
	f.collect(objects)
	f.act = NewButton(Primary, look.NoIcon, act, f.press)
	cancel := NewButton(Secondary, look.NoIcon, w.T("common.cancel"), func() { f.dialog.Cancel() })
	body := append([]fyne.CanvasObject{NewSection(title).Wrapped()}, objects...)
	body = append(body, Inset(6, 0, 0, 0, Row(look.Gap2, layout.NewSpacer(), cancel, f.act)))
	f.dialog = NewDialog(c, width, Stack(14, body...), func() {
		if f.OnCancel != nil {
			f.OnCancel()
		}
	})
	f.dialog.enter = f.press
	return f
}

// Checks has fields checked that the form does not find by itself, such as those within what scrolls.
func (f *Form) Checks(objects ...fyne.CanvasObject) *Form {
	f.collect(objects)
	return f
}

func (f *Form) collect(objects []fyne.CanvasObject) {
	for _, o := range objects {
		if c, ok := o.(Checked); ok {
			f.fields = append(f.fields, c)
		}
		if e, ok := o.(interface{ Entry() fyne.Focusable }); ok && f.first == nil {
			f.first = e.Entry()
		}
		if c, ok := o.(*fyne.Container); ok {
			f.collect(c.Objects)
		}
	}
}

func (f *Form) press() {
	if Wrong(f.fields...) == 0 {
		if f.OnAct != nil {
			f.OnAct()
		}
		return
	}
	f.dialog.Refresh()
	for _, c := range f.fields {
		if wrong, ok := c.(interface{ Focus() }); ok && !c.Validate() {
			wrong.Focus()
			return
		}
	}
}

// Show opens the form with the keyboard in its first field.
func (f *Form) Show() { f.dialog.Open(f.first) }

// Close closes the form after the act.
func (f *Form) Close() { f.dialog.Hide() }

// Refresh lays the form out again when fields were shown or hidden.
func (f *Form) Refresh() { f.dialog.Refresh() }

// ShowError says what went wrong and what to do about it, and writes the whole error to the log. It does
// nothing for nil.
func ShowError(c fyne.Canvas, w *words.Words, err error) {
	if err == nil {
		return
	}
	log.Printf("shown to the owner: %v", err)
	Ask(c, Question{Title: w.T("kit.error.title"), Text: w.Error(err), Act: w.T("common.ok")}, nil)
}
