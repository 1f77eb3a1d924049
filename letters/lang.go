package letters

import (
	"strconv"

	"quitus/assets/words"
	"quitus/ledger"
)

// speech is a language as the layout needs it.
type speech struct{ w *words.Words }

func wordsOf(lang string) speech { return speech{words.New(words.Lang(lang))} }

// page says which page of how many this is.
func (s speech) page(page, pages int) string {
	return s.w.T("letters.page", "page", page, "pages", pages)
}

// yearText keeps a year from being grouped like a count.
func yearText(y int) string { return strconv.Itoa(y) }

func errNoLetter() error { return ledger.Errorf("letter_none") }
