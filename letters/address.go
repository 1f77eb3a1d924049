package letters

import (
	"slices"
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
// fit six lines of 38 characters, or the window's room in millimetres, is left out; dropped lists it.
func recipient(c *ledger.Customer, contact *ledger.Contact, from string, room float64) (lines, dropped []string) {
	var tail []string
	end := func(line string) {
		if folded := foldLine(line, room); len(folded) > 0 {
			tail, dropped = append(tail, folded[0]), append(dropped, folded[1:]...)
		}
	}
	end(c.Postcode + " " + c.Town)
	if c.Country != "" && from != "" && !strings.EqualFold(c.Country, from) {
		end(words.New(words.FR).Country(c.Country))
	}
	var street [][]string
	for _, line := range strings.Split(c.Address, "\n") {
		if folded := foldLine(line, room); len(folded) > 0 {
			street = append(street, folded)
		}
	}
	var person []string
	if contact != nil {
		person = foldLine(contact.Name, room)
	}
	head, left := share(addressLines-len(tail), foldLine(c.Name, room), person, street)
	for _, s := range append(head, tail...) {
		lines = append(lines, strings.ToUpper(s))
	}
	return lines, append(left, dropped...)
}

// share gives name, person and street their lines, room in all. The name keeps at least its first line
// and the street what stands nearest to the town; the person comes in only where there is room left.
func share(room int, name, person []string, street [][]string) (lines, dropped []string) {
	kept, first := 0, len(street)
	for first > 0 && kept+len(street[first-1]) < room {
		first--
		kept += len(street[first])
	}
	take := func(from []string, most int) {
		most = max(0, min(most, len(from)))
		lines, dropped = append(lines, from[:most]...), append(dropped, from[most:]...)
	}
	take(name, room-kept)
	take(person, room-kept-len(lines))
	for i, s := range street {
		if i < first {
			dropped = append(dropped, s...)
		} else {
			lines = append(lines, s...)
		}
	}
	return lines, dropped
}

// foldLine breaks a line of an address at spaces, and cuts longer words, so that none has more than 38
// characters or is wider than the room in millimetres in the smallest type, in capitals.
func foldLine(s string, room float64) []string {
	var lines []string
	fits := func(line []rune) bool {
		return len(line) <= addressChars && (len(line) < addressChars/2 || typeface().width(strings.ToUpper(printed(string(line))), false, leastAddress) <= room)
	}
	line := []rune{}
	for _, w := range strings.Fields(s) {
		word := []rune(w)
		if longer := slices.Concat(line, []rune{' '}, word); len(line) > 0 && fits(longer) {
			line = longer
			continue
		}
		if len(line) > 0 {
			lines = append(lines, string(line))
		}
		for !fits(word) {
			n := min(len(word)-1, addressChars)
			for !fits(word[:n]) {
				n--
			}
			lines, word = append(lines, string(word[:n])), word[n:]
		}
		line = word
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}
