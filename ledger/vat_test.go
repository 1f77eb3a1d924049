package ledger

import "testing"

func TestValidSIRET(t *testing.T) {
	for s, want := range map[string]bool{
		"73282932000074": true, "732 829 320 00074": true, "73282932000075": false, "73282932100074": false,
		"35600000000048": true, // La Poste's head office, by the common rule
		"35600000049837": true, // one of her branches, by the sum of its digits
		"35600000049838": false, "732829320": false, "7328293200007a": false, "": false,
	} {
		if ValidSIRET(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}

func TestValidVAT(t *testing.T) {
	for s, want := range map[string]bool{
		"FR40303265045": true, "FR 40 303 265 045": true, "fr40.303.265.045": true, "FR41303265045": false,
		"FR40303265046": false, "FRK7399859412": true, "FRK6399859412": false, "FR4030326504": false, "FRO0303265045": false,
		"BE0428759497": true, "BE 0428.759.497": true, "BE0428759498": false, "BE428759497": false,
		"LU15027442": true, "LU15027443": false, "LU1502744": false,
		"CHE-107.787.577 MWST": true, "CHE-107.787.577": true, "CHE107787578": false,
		"DE136695976": true, "DE036695976": false, "DE13669597": false,
		"NL004495445B01": true, "NL004495445": false, "IT00743110157": true, "IT0074311015": false,
		"ESA13585625": true, "ES12345678Z": true, "ES12345678": false, "GR094259216": true, "EL094259216": true,
		"ATU13585627": true, "AT13585627": false, "GB980780684": true, "TN1234567AM": true, "NONASSUJETTI": false, "": false, "40303265045": false, "FR": false,
	} {
		if ValidVAT(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
	if got := NormalVAT("che-107.787.577 tva"); got != "CHE107787577" {
		t.Error(got)
	}
}
