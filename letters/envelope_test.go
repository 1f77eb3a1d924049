package letters

import (
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestEnvelopes(t *testing.T) {
	if len(envelopes) != len(ledger.Envelopes) {
		t.Errorf("%d geometries for %d envelopes", len(envelopes), len(ledger.Envelopes))
	}
	for _, name := range ledger.Envelopes {
		e, ok := envelopes[name]
		if !ok {
			t.Errorf("no geometry for %s", name)
			continue
		}
		if e.window.x < 15 || e.window.right() > pageWidth-15 || e.window.y < senderTop+25 || e.window.bottom() > placeY {
			t.Errorf("%s: window %v", name, e.window)
		}
		if strings.HasSuffix(name, "_left") != e.atLeft() {
			t.Errorf("%s: at the left %v", name, e.atLeft())
		}
		for _, f := range e.folds {
			if f > e.window.y && f < e.window.bottom() {
				t.Errorf("%s is folded across the address", name)
			}
		}
	}
	for country, want := range map[string]string{"FR": "fr_dl_right", "BE": "be_dl_right", "CH": "ch_c5_right", "DE": "de_dl_left", "LU": "fr_dl_right", "": "fr_dl_right"} {
		if got := EnvelopeOf(ledger.Company{Country: country}); got != want {
			t.Errorf("%s: %s", country, got)
		}
	}
	if got := EnvelopeOf(ledger.Company{Country: "BE", Envelope: "ch_c5_left"}); got != "ch_c5_left" {
		t.Error(got)
	}
	if got := EnvelopeOf(ledger.Company{Country: "BE", Envelope: "other"}); got != "be_dl_right" {
		t.Error(got)
	}
}

// slips are the envelopes by their sizes: how far a folded sheet may lie from the window's own corner, across and down, and
// the windows that are sold, as distances from the envelope's upper left corner.
var slips = []struct {
	name         string
	across, down float64
	windows      []area
}{
	{"ch_c5_left", 229 - 210, 162 - 148.5, []area{{20, 162 - 65 - 45, 100, 45}, {20, 162 - 60 - 45, 90, 45}}},
	{"ch_c5_right", 229 - 210, 162 - 148.5, []area{{229 - 17 - 90, 162 - 77 - 40, 90, 40}}},
	{"de_dl_left", 220 - 210, 110 - 105, []area{{20, 110 - 15 - 45, 90, 45}}},
}

// TestWindowsWhereverTheSheetSlips: the areas show in the windows, in any place that the sheet may take.
func TestWindowsWhereverTheSheetSlips(t *testing.T) {
	for _, k := range slips {
		for _, w := range k.windows {
			shown := area{w.x, w.y, w.w - k.across, w.h - k.down}
			a := envelopes[k.name].window
			if a.x < shown.x || a.y < shown.y || a.right() > shown.right()+0.01 || a.bottom() > shown.bottom()+0.01 {
				t.Errorf("%s: %v does not always show in %v", k.name, a, shown)
			}
		}
	}
}

// TestSwissAddressShowsInOlderWindows: four lines at the right stand low enough for the windows of the older norm.
func TestSwissAddressShowsInOlderWindows(t *testing.T) {
	s := newSample(t)
	l, _ := s.compose(Request{Customer: func() ledger.CustomerID { c := s.dervaux(); s.invoice(c, "F-1", 1000, 10); return c }()})
	l.Envelope = "ch_c5_right"
	for _, w := range placesOf(t, mustPDF(t, l)).Pages[0].Words {
		if w.Text == "CABINET" && w.YMin*mmPerPoint < 162-65-45 {
			t.Errorf("the name stands at %.1f mm", w.YMin*mmPerPoint)
		}
	}
}

// TestNothingLostInTheHead: where the window leaves less room for the sender, its lines stand side by side.
func TestNothingLostInTheHead(t *testing.T) {
	s := newSample(t)
	c := s.dervaux()
	s.invoice(c, "F-1", 1000, 10)
	company := s.d.Next().Company()
	company.Address = []string{"Bâtiment C", "Porte 4", "Zone artisanale", "14 chemin des Tanneurs"}
	s.d.Put(&company)
	l, _ := s.compose(Request{Customer: c, Logo: sampleLogo(t)})
	for _, kind := range ledger.Envelopes {
		l.Envelope = kind
		text := flat(textOf(t, s.pdf(l)))
		for _, want := range append([]string{"Votre compte : C-0117", "Notre référence : R1-20261124-C-0117", "01 99 00 27 60"}, company.Address...) {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", kind, want)
			}
		}
	}
	company.Name, company.LegalForm = strings.TrimSpace(strings.Repeat("Société d’exploitation ", 9))[:200], "SARL"
	s.d.Put(&company)
	for _, kind := range ledger.Envelopes {
		l, _ = s.compose(Request{Customer: c, Logo: sampleLogo(t)})
		l.Envelope = kind
		head := tool(t, s.pdf(l), "pdftotext", "-layout", "-x", "0", "-y", "0", "-W", "595", "-H", fmt.Sprintf("%.0f", senderBottom/mmPerPoint+3), "FILE", "-")
		if got := flat(head); !strings.HasPrefix(got, flat(company.Name)) || strings.Contains(got, "…") || !strings.Contains(got, "claire@valdore.example") {
			t.Errorf("%s: a name of 200 characters: %q", kind, got)
		}
	}
	if got := joined([]string{"aaaa", "b", "c", "dddd"}, 3); fmt.Sprint(got) != "[aaaa b · c dddd]" {
		t.Error(got)
	}
}

// TestWideAddress: capitals wider than the window are broken into lines, and what does not fit is told.
func TestWideAddress(t *testing.T) {
	for name, e := range envelopes {
		lines, dropped := recipient(&ledger.Customer{Name: strings.Repeat("W", 90), Address: "1 rue", Postcode: "26150", Town: "Die"}, nil, "FR", e.addressRoom())
		kept := strings.Join(append(lines, dropped...), "")
		if strings.Count(kept, "W") != 90 || strings.Contains(kept, "…") {
			t.Errorf("%s: %q, %q", name, lines, dropped)
		}
		for _, l := range lines {
			if typeface().width(l, false, leastAddress) > e.addressRoom() {
				t.Errorf("%s: %q is too wide", name, l)
			}
		}
	}
}
