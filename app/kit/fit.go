package kit

import (
	"sort"
	"sync"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"quitus/app/look"
)

// fitted remembers texts that had to be measured, so that scrolling up and down a table measures each
// once.
var (
	fitted   = map[fitKey]string{}
	fittedMu sync.Mutex
)

type fitKey struct {
	text  string
	size  float32
	bold  bool
	width int
}

// fit shortens a text with an ellipsis to a width. Texts that cannot be too wide are not measured: no
// letter of the face is wider than 1.1 times its size.
func fit(text string, role look.Role, bold bool, width float32) string {
	size := look.TextSize(role)
	if float32(utf8.RuneCountInString(text))*size*1.1 <= width || text == "" {
		return text
	}
	key := fitKey{text, size, bold, int(width)}
	fittedMu.Lock()
	defer fittedMu.Unlock()
	if s, ok := fitted[key]; ok {
		return s
	}
	if len(fitted) > 8192 {
		clear(fitted)
	}
	s := shorten(text, size, bold, width)
	fitted[key] = s
	return s
}

func shorten(text string, size float32, bold bool, width float32) string {
	wide := func(s string) bool {
		return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width > width+0.5
	}
	if !wide(text) {
		return text
	}
	r := []rune(text)
	n := sort.Search(len(r), func(i int) bool { return wide(string(r[:i+1]) + "…") })
	return string(r[:n]) + "…"
}
