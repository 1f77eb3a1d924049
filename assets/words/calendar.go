package words

import (
	"strings"
	"sync"
)

// names holds what the days and months are called in the languages of the program, folded and without full stops:
// full, abbreviated, and by their first three letters where these tell them apart.
type names struct{ weekdays, months map[string]int }

var calendar = sync.OnceValue(func() names {
	n := names{map[string]int{}, map[string]int{}}
	for _, l := range Langs {
		w := loaded()[l]
		for i := range 7 {
			n.weekdays[nameOf(w.weekdays[i])] = i
			n.weekdays[nameOf(w.days[i])] = i
			n.weekdays[nameOf(w.weekdays[i])[:3]] = i
		}
		for i := 1; i <= 12; i++ {
			n.months[nameOf(w.months[i])] = i
			n.months[nameOf(w.short[i])] = i
			if three := nameOf(w.months[i])[:3]; three != "jui" { // juin, juillet
				n.months[three] = i
			}
		}
	}
	return n
})

func nameOf(s string) string { return strings.TrimSuffix(foldDate(s), ".") }
