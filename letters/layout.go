package letters

import (
	"fmt"
	"math"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
)

// Places on the page, in millimetres. Where the address stands and the sheet is folded depends on the envelope: see
// envelopes.
const (
	left, right    = 20.0, 190.0
	textWidth      = right - left
	senderTop      = 14.0
	senderBottom   = 51.0
	senderPitch    = 4.0
	referencesTop  = 55.0 // at most, less the first line
	nameLines      = 3
	senderGap      = 4.0   // between the sender and the top of the window
	secondColumn   = 113.5 // place and date, signature
	besideWindow   = 6.0   // between the references and the window
	placeY         = 95.5
	subjectY       = 105.0
	handedPlaceY   = 55.0
	handedSubjectY = 63.0
	continuedTop   = 30.0 // first line of the following pages
	bodyBottom     = 274.0
	footY          = 283.0
	legalLines     = 3
	logoWidth      = 42.0
	logoHeight     = 20.0
	signatureSpace = 15.0
	signatureWidth = 50.0
)

// style is a letter's sizes: normal, or a little tighter where that saves a page.
type style struct {
	size  float64 // points
	pitch float64 // millimetres from line to line
	gap   float64 // between paragraphs
	row   float64 // height of a table's row
}

var styles = []style{
	{10, 4.9, 3.6, 6.6},
	{9.5, 4.4, 2.4, 5.5},
}

// item is a strip of the page that is never cut.
type item struct {
	height float64
	space  float64 // before it, left out at the top of a page
	keep   bool    // never parted from the next item
	draw   func(s *sheet, y float64)
	head   *item // drawn again when a page begins with this item
	annex  bool  // begins a page, unless all that follows fits on one that is not the first
}

// placed is an item on its page.
type placed struct {
	item *item
	y    float64
}

// paginate puts items on pages. Items tied by keep move to the next page together, unless they are
// longer than a page.
func paginate(items []*item, top float64) [][]placed {
	pages := [][]placed{nil}
	y := top
	turn := func() {
		pages = append(pages, nil)
		y = continuedTop
	}
	for i := 0; i < len(items); {
		group := i + 1
		for group < len(items) && items[group-1].keep {
			group++
		}
		fresh := len(pages[len(pages)-1]) == 0
		switch {
		case items[i].annex && (len(pages) == 1 || y+heightOf(items[i:]) > bodyBottom):
			turn()
		case !fresh && y+heightOf(items[i:group]) > bodyBottom:
			turn()
		}
		for ; i < group; i++ {
			it := items[i]
			page := &pages[len(pages)-1]
			if len(*page) > 0 && y+it.space+it.height > bodyBottom {
				turn()
				page = &pages[len(pages)-1]
			}
			if len(*page) == 0 && it.head != nil && len(pages) > 1 {
				*page = append(*page, placed{it.head, y})
				y += it.head.height
			} else if len(*page) > 0 {
				y += it.space
			}
			*page = append(*page, placed{it, y})
			y += it.height
		}
	}
	return pages
}

func heightOf(items []*item) float64 {
	sum := 0.0
	for _, it := range items {
		sum += it.space + it.height
	}
	return sum
}

// pages lays a letter out, in the tighter style where that takes fewer pages or brings the signature to an
// earlier one.
func (l *Letter) pages() [][]placed {
	top := subjectY
	if l.Handed {
		top = handedSubjectY
	}
	best := paginate(l.items(styles[0]), top)
	if len(best) == 1 {
		return best
	}
	tight := paginate(l.items(styles[1]), top)
	if len(tight) < len(best) || (len(tight) == len(best) && signedOn(tight) < signedOn(best)) {
		return tight
	}
	return best
}

// signedOn gives the page on which the letter proper ends, before any annex.
func signedOn(pages [][]placed) int {
	for n, page := range pages {
		for _, p := range page {
			if p.item.annex {
				if p.item == page[0].item {
					return n - 1
				}
				return n
			}
		}
	}
	return len(pages) - 1
}

// draw writes the letter's pages onto a sheet.
func (l *Letter) draw(s *sheet) {
	pages := l.pages()
	if l.SwissBill != nil && lastLine(pages) > bodyBottom-swissHeight {
		pages = append(pages, nil)
	}
	w := words.New(words.Lang(l.Lang))
	for n, page := range pages {
		s.page()
		if n == 0 {
			l.drawHead(s)
		} else {
			l.drawContinued(s)
		}
		for _, p := range page {
			p.item.draw(s, p.y)
		}
		number := ""
		if all := len(pages) + l.behind; all > 1 {
			number = w.T("letters.page", "page", n+1, "pages", all)
		}
		if l.SwissBill != nil && n == len(pages)-1 {
			l.drawFoot(s, number, footY-swissHeight)
			l.SwissBill.draw(s, w)
		} else {
			l.drawFoot(s, number, footY)
		}
	}
}

// lastLine is how far down the last page is written on.
func lastLine(pages [][]placed) float64 {
	y := 0.0
	for _, p := range pages[len(pages)-1] {
		y = max(y, p.y+p.item.height)
	}
	return y
}

func (l *Letter) drawHead(s *sheet) {
	x, y := left, senderTop
	if g := l.Sender.Logo; g != nil {
		scale := min(logoWidth/float64(g.width), logoHeight/float64(g.height))
		w, h := float64(g.width)*scale, float64(g.height)*scale
		s.logo(g, left, senderTop, w, h)
		x += w + 5
	}
	bottom := senderBottom
	if !l.Handed {
		bottom = min(bottom, l.envelope().window.y-senderGap)
	}
	l.drawSender(s, x, y, right-x, bottom)
	if l.Handed {
		s.text(secondColumn, handedPlaceY, printed(l.Place), false, styles[0].size, black)
		return
	}
	l.drawReferences(s)
	l.drawRecipient(s)
	s.text(secondColumn, placeY, printed(l.Place), false, styles[0].size, black)
	for _, y := range l.envelope().folds {
		s.line(5, y, 9, y, 0.15, rule)
	}
}

// drawSender writes name and address down to a height: a name longer than a line in smaller type, an address of many or long lines
// side by side and in smaller type.
func (l *Letter) drawSender(s *sheet, x, y, room, bottom float64) {
	name, size := []Run{{l.Sender.Name, true}}, 11.5
	lines := wrap(name, size, room)
	if len(lines) > 1 {
		size = 9
		lines = wrap(name, size, room)
	}
	for i, line := range lines[:min(len(lines), nameLines)] {
		line.draw(s, x, y+3.6+senderPitch*float64(i), size)
	}
	y += 9 + senderPitch*float64(max(0, min(len(lines), nameLines)-1))
	rows := int((bottom-y)/senderPitch) + 1
	var address []textLine
	for size = 8.5; ; size -= 0.5 {
		address = nil
		for _, line := range joined(l.Sender.Lines, rows) {
			address = append(address, wrap([]Run{{line, false}}, size, room)...)
		}
		if len(address) <= rows || size <= leastSize {
			break
		}
	}
	for _, line := range address[:min(len(address), rows)] {
		s.text(x, y, line.runs[0].Text, false, size, grey)
		y += senderPitch
	}
}

// joined puts lines side by side, the shortest first, until there are no more than most.
func joined(lines []string, most int) []string {
	lines = slices.Clone(lines)
	for len(lines) > max(1, most) {
		at, least := 0, math.MaxInt
		for i := range len(lines) - 1 {
			if n := len(lines[i]) + len(lines[i+1]); n < least {
				at, least = i, n
			}
		}
		lines[at] += " · " + lines[at+1]
		lines = slices.Delete(lines, at+1, at+2)
	}
	return lines
}

// drawReferences writes how the letter is sent and what it refers to beside the window.
func (l *Letter) drawReferences(s *sheet) {
	e := l.envelope()
	x, width, bottom := left, e.window.x-besideWindow-left, placeY
	if e.atLeft() {
		x, width, bottom = secondColumn, right-secondColumn, placeY-besideWindow
	}
	y := min(e.window.y, referencesTop) + 5
	if l.Delivery != "" {
		for _, line := range wrap([]Run{{l.Delivery, true}}, 9.5, width) {
			line.draw(s, x, y, 9.5)
			y += 4.4
		}
		y += 1.6
	}
	for _, t := range l.References {
		for _, line := range wrap([]Run{{t, false}}, 8.5, width) {
			if y > bottom {
				return
			}
			line.draw(s, x, y, 8.5)
			y += 4
		}
	}
}

func (l *Letter) drawContinued(s *sheet) {
	s.text(left, 18, fit(printed(l.Sender.Name), true, 8.5, 90), true, 8.5, grey)
	ref := fit(printed(l.Reference), false, 8.5, 70)
	s.text(right-typeface().width(ref, false, 8.5), 18, ref, false, 8.5, grey)
	s.line(left, 20.5, right, 20.5, 0.2, rule)
}

// drawFoot writes the page's number and the legal line at a height, in smaller type where it needs more than legalLines.
func (l *Letter) drawFoot(s *sheet, number string, foot float64) {
	size := 7.5
	lines := l.legalLines(size)
	for len(lines) > legalLines && size > leastSize {
		size -= 0.5
		lines = l.legalLines(size)
	}
	s.line(left, foot-4.2, right, foot-4.2, 0.15, rule)
	y := foot
	for _, line := range lines[:min(len(lines), legalLines)] {
		s.text(left+(textWidth-line.width)/2, y, line.runs[0].Text, false, size, grey)
		y += 3.5
	}
	s.text(right-typeface().width(number, false, 8), foot-5.8, number, false, 8, grey)
}

func (l *Letter) legalLines(size float64) []textLine {
	var lines []textLine
	for _, t := range l.Legal {
		lines = append(lines, wrap([]Run{{t, false}}, size, textWidth)...)
	}
	return lines
}

// fit shortens a text to a width with an ellipsis.
func fit(t string, bold bool, size, room float64) string {
	f := typeface()
	if f.width(t, bold, size) <= room {
		return t
	}
	runes := []rune(t)
	for len(runes) > 0 && f.width(string(runes)+"…", bold, size) > room {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// PDF writes the letter as a document of its own. The error's code is "letter_pdf_failed".
func (l *Letter) PDF() ([]byte, error) {
	return Batch([]*Letter{l})
}

// Batch writes letters one after the other into one document, each with its copies behind it, for a print run. Its date is the first
// letter's. The error's code is "letter_pdf_failed", or "letter_none" for no letter.
func Batch(list []*Letter) ([]byte, error) {
	if len(list) == 0 {
		return nil, ledger.Errorf("letter_none")
	}
	return guarded(func() ([]byte, error) {
		first := list[0]
		title := printed(first.Subject)
		if len(list) > 1 {
			title = fmt.Sprintf("%s (+%d)", title, len(list)-1)
		}
		d := document{title: title, author: printed(first.Sender.Name), date: first.Date}
		s := newSheet(d)
		starts, copies := []int{0}, false
		for _, l := range list {
			l.draw(s)
			starts, copies = append(starts, s.pages()), copies || len(l.Copies) > 0
		}
		file, err := s.bytes()
		if err != nil || !copies {
			return file, err
		}
		return withCopies(d, file, list, starts)
	})
}
