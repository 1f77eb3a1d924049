package app

import "quitus/app/screen"

// trail is where the owner went, for the way back. Going to a screen of the rail starts anew; a page
// inside (a customer, an import) comes on top.
type trail struct {
	places []screen.Place
}

// mainScreens lists the screens of the rail, in its order.
var mainScreens = []screen.Name{
	screen.Today, screen.Customers, screen.Invoices, screen.Bank, screen.Letters, screen.Settings,
}

// railOf says under which word of the rail a screen stands.
func railOf(n screen.Name) screen.Name {
	switch n {
	case screen.Customer, screen.Call:
		return screen.Customers
	case screen.Import:
		return screen.Invoices
	case screen.Welcome, screen.Help:
		return screen.Today
	}
	return n
}

func isMain(n screen.Name) bool { return railOf(n) == n }

// push moves to a place.
func (t *trail) push(p screen.Place) {
	if isMain(p.Screen) || p.Screen == screen.Welcome {
		t.places = t.places[:0]
	} else if n := len(t.places); n > 0 && t.places[n-1].Screen == p.Screen {
		t.places = t.places[:n-1] // one customer after another: back leads to the list
	}
	t.places = append(t.places, p)
}

// back gives the place before and forgets the present one; false where there is none.
func (t *trail) back() (screen.Place, bool) {
	n := len(t.places)
	if n == 0 {
		return screen.Place{}, false
	}
	if n > 1 {
		t.places = t.places[:n-1]
		// Coming back leaves the screen as it was.
		return screen.Place{Screen: t.places[n-2].Screen, Customer: t.places[n-2].Customer}, true
	}
	if up := railOf(t.places[0].Screen); up != t.places[0].Screen {
		t.places[0] = screen.Place{Screen: up}
		return t.places[0], true
	}
	return screen.Place{}, false
}

// here is the present place.
func (t *trail) here() screen.Place {
	if n := len(t.places); n > 0 {
		return t.places[n-1]
	}
	return screen.Place{}
}
