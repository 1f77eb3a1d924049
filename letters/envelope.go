package letters

import (
	"slices"

	"quitus/ledger"
)

// area is a rectangle on the sheet, in millimetres from its upper left corner.
type area struct{ x, y, w, h float64 }

func (a area) right() float64  { return a.x + a.w }
func (a area) bottom() float64 { return a.y + a.h }

// envelope says where the window of an envelope shows the sheet, and where the sheet is folded for it.
type envelope struct {
	window area // holds the address and nothing else
	inset  float64
	low    bool // the address stands at the foot of the window's area, else in its middle
	folds  []float64
}

// envelopes has the geometry of each of [ledger.Envelopes].
//
//   - France: box of 33 × 85 mm, 55 mm from the top and 110 mm from the left, for DL and C5 (edics.fr, La Poste's rules on
//     addresses); the usual DL window is 35 × 100 mm, 20 mm from the right and from the foot.
//   - Switzerland: an envelope maker's table of SN 010130 and of the older norm (studylibfr.com/doc/2273411). C5 at the right:
//     90 × 40 mm, 17 mm from the right and 77 mm from the foot; older ones 100 × 45 mm, 12 and 65 mm. C5 at the left: 100 ×
//     45 mm, 20 mm from the left and 65 mm from the foot, or as DIN has it 90 × 45 mm, 20 and 60 mm. The areas are what
//     shows wherever half a sheet of A4 slips in 162 × 229 mm: at the left in both kinds of window, at the right in the one of
//     the norm, and low enough for four lines to show in an older one as well.
//   - Belgium: bpost, MassPost Guide 2025, section 1: the frame of the address at least 15 mm from the edge, at most 100 mm
//     wide, below the upper 40 mm. The windows of 35 × 100 mm, 20 mm from the side and from the foot, keep to that; the areas
//     leave out what a sheet of 210 mm that slips in 220 mm may hide.
//   - Germany: DIN 5008, form B: field of 45 × 85 mm, 20 mm from the left and 45 mm from the top, whose lower 27.3 mm are the
//     address; folds at 105 and 210 mm. In the window of DIN 680 (90 × 45 mm, 20 mm from the left, 15 mm from the foot) 80
//     mm of it show wherever the sheet slips.
var envelopes = map[string]envelope{
	"fr_dl_right": {window: area{110, 55, 85, 33}, inset: 3.5, folds: foldedInThree},
	"fr_c5_right": {window: area{110, 55, 85, 33}, inset: 3.5, folds: foldedInTwo},
	"ch_c5_left":  {window: area{20, 57, 71, 26.5}, inset: 1.5, folds: foldedInTwo},
	"ch_c5_right": {window: area{122, 45, 71, 26.5}, inset: 1.5, low: true, folds: foldedInTwo},
	"be_dl_left":  {window: area{20, 55, 85, 33}, inset: 3.5, folds: foldedInThree},
	"be_dl_right": {window: area{105, 55, 85, 33}, inset: 3.5, folds: foldedInThree},
	"de_dl_left":  {window: area{20, 62.7, 80, 27.3}, inset: 5, folds: []float64{105, 210}},
}

var (
	foldedInThree = []float64{99, 198}
	foldedInTwo   = []float64{148.5}
)

// usualEnvelope is the envelope of a country's companies that chose none.
var usualEnvelope = map[string]string{"BE": "be_dl_right", "CH": "ch_c5_right", "LI": "ch_c5_right", "DE": "de_dl_left", "AT": "de_dl_left"}

// EnvelopeOf gives the envelope that a company's letters are made for: the one that it chose or, where it chose none
// or one that the program does not know, the usual one of its country.
func EnvelopeOf(c ledger.Company) string {
	if slices.Contains(ledger.Envelopes, c.Envelope) {
		return c.Envelope
	}
	if usual := usualEnvelope[c.Country]; usual != "" {
		return usual
	}
	return ledger.Envelopes[0]
}

// envelope gives the geometry of a letter's envelope.
func (l *Letter) envelope() envelope {
	if e, ok := envelopes[l.Envelope]; ok {
		return e
	}
	return envelopes[ledger.Envelopes[0]]
}

// atLeft says whether the window is at the left, where a letter otherwise has its references.
func (e envelope) atLeft() bool { return e.window.x < pageWidth/2-10 }

// addressRoom is how wide a line of the address may be.
func (e envelope) addressRoom() float64 { return e.window.w - 2*e.inset }

// Sizes of the address in points, and its lines' distances in millimetres.
const (
	addressSize  = 10.0
	leastAddress = 7.0
	addressPitch = 4.6
	capHeight    = 0.73 // of the size
)

// drawRecipient writes the address into the window: as large as its longest line allows.
func (l *Letter) drawRecipient(s *sheet) {
	e := l.envelope()
	size, room := addressSize, e.addressRoom()
	lines := make([]string, len(l.Recipient))
	for i, line := range l.Recipient {
		lines[i] = printed(line)
		for size > leastAddress && typeface().width(lines[i], false, size) > room {
			size -= 0.25
		}
	}
	const margin = 1.5 // above the first line and below the last
	caps := size * capHeight * mmPerPoint
	pitch := addressPitch
	if n := len(lines); n > 1 {
		pitch = min(pitch, (e.window.h-2*margin-caps)/float64(n-1))
	}
	height := caps + pitch*float64(len(lines)-1)
	y := e.window.y + (e.window.h-height)/2 + caps
	if e.low {
		y = e.window.bottom() - margin - height + caps
	}
	for _, line := range lines {
		s.text(e.window.x+e.inset, y, fit(line, false, size, room), false, size, black)
		y += pitch
	}
}
