package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Expands lets Tab replace an abbreviation before the cursor: find gives the text that a word stands for, and false where it
// stands for none; Tab then goes on to the next field, as everywhere.
func (f *Field) Expands(find func(word string) (text string, ok bool)) *Field {
	f.input.wantsTab = func() bool {
		word, _ := f.wordBefore()
		_, ok := find(word)
		return word != "" && ok
	}
	before := f.input.onKey
	f.input.onKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyTab {
			word, at := f.wordBefore()
			if text, ok := find(word); ok && word != "" {
				f.replace(at, len([]rune(word)), text)
			}
			return true
		}
		return before != nil && before(ev)
	}
	return f
}

// Insert puts a text where the cursor is, with a blank before it where a word ends there, and leaves the cursor after it.
func (f *Field) Insert(text string) {
	at := f.input.CursorTextOffset()
	if runes := []rune(f.input.Text); at > 0 && at <= len(runes) && runes[at-1] != ' ' {
		text = " " + text
	}
	f.replace(at, 0, text)
}

// wordBefore gives the word that ends at the cursor, and where it begins.
func (f *Field) wordBefore() (string, int) {
	runes := []rune(f.input.Text)
	end := min(f.input.CursorTextOffset(), len(runes))
	start := end
	for start > 0 && !strings.ContainsRune(" \n\u00a0", runes[start-1]) {
		start--
	}
	return string(runes[start:end]), start
}

// replace puts a text in the place of some characters; the cursor goes to its "…", which is selected to be written over, or else
// after it.
func (f *Field) replace(at, count int, text string) {
	runes := []rune(f.input.Text)
	at = min(at, len(runes))
	put := []rune(text)
	rest := runes[min(at+count, len(runes)):]
	f.input.SetText(string(runes[:at]) + string(put) + string(rest))
	for k := len([]rune(f.input.Text)) - len(rest); f.input.CursorTextOffset() < k; {
		was := f.input.CursorTextOffset()
		f.input.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if f.input.CursorTextOffset() == was {
			break
		}
	}
	if n := len(put); n > 0 && put[n-1] == '…' {
		f.input.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace}) // what follows is typed there
	}
	if f.OnChanged != nil {
		f.OnChanged(f.input.Text)
	}
}
