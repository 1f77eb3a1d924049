package letters

import (
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// What the post takes of an address: lines, and characters a line.
const (
	addressLines = 6
	addressChars = 38
)

// recipient gives the lines of an address: name, person, street lines, postcode and town, country when it
// is not the sender's. Everything is in capitals, as the post asks for the last lines. What does not
// fit six lines of 38 characters is left out from the middle; dropped lists it.
func recipient(c *ledger.Customer, contact *ledger.Contact, from string) (lines, dropped []string) {
	var tail []string
	if town := strings.TrimSpace(c.Postcode + " " + c.Town); town != "" {
		tail = append(tail, town)
	}
	if c.Country != "" && from != "" && !strings.EqualFold(c.Country, from) {
		tail = append(tail, words.New(words.FR).Country(c.Country))
	}
	var street []string
	for _, s := range strings.Split(c.Address, "\n") {
		street = append(street, foldLine(s)...)
	}
	name := foldLine(c.Name)
	var person []string
	if contact != nil && contact.Name != "" {
		person = foldLine(contact.Name)
	}
	room := addressLines - len(tail)
	head, dropped := share(room, name, person, street)
	for _, s := range append(head, tail...) {
		lines = append(lines, strings.ToUpper(s))
	}
	return lines, dropped
}

// share gives the name its lines, then the street, then the person, within room lines in all: the
// street keeps at least one line, and the person goes first when there is none left.
func share(room int, name, person, street []string) (lines, dropped []string) {
	take := func(from []string, most int) []string {
		most = max(0, min(most, len(from)))
		dropped = append(dropped, from[most:]...)
		return from[:most]
	}
	streetLines := min(len(street), max(1, room-min(len(name), 2)))
	if len(street) == 0 {
		streetLines = 0
	}
	name = take(name, room-streetLines)
	street = take(street, room-len(name))
	person = take(person, room-len(name)-len(street))
	lines = append(append(append(lines, name...), person...), street...)
	return lines, dropped
}

// foldLine breaks a line of an address at spaces, and cuts longer words, so that none has more than 38
// characters.
func foldLine(s string) []string {
	var lines []string
	line := []rune{}
	for _, w := range strings.Fields(s) {
		word := []rune(w)
		if len(line) > 0 && len(line)+1+len(word) <= addressChars {
			line = append(append(line, ' '), word...)
			continue
		}
		if len(line) > 0 {
			lines = append(lines, string(line))
		}
		for len(word) > addressChars {
			lines, word = append(lines, string(word[:addressChars])), word[addressChars:]
		}
		line = word
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}
