package grid

import "testing"

func TestFormats(t *testing.T) {
	for code, want := range map[string]Format{
		"General": {}, "Standard": {}, "0": {}, "0.00": {}, "#,##0.00": {}, "0%": {}, "0.00E+00": {}, "@": {Text: true},
		"dd/mm/yyyy": {Date: true}, `[$-40C]d\ mmmm\ yyyy`: {Date: true}, "mm/dd/yy": {Date: true}, "yyyy-mm-dd hh:mm:ss": {Date: true}, "mmm-yy": {Date: true}, "dddd": {Date: true}, `d"er" mmmm`: {Date: true}, "d.m.yy;@": {Date: true},
		"jj/mm/aaaa": {Date: true}, "TT.MM.JJJJ": {Date: true}, "dd-mm-jjjj": {Date: true}, "mmmm": {Date: true}, `dd/mm/yyyy\ hh:mm:ss.000`: {Date: true},
		"hh:mm": {Time: true}, "[h]:mm:ss": {Time: true}, "mm:ss.0": {Time: true}, "[mm]:ss": {Time: true},
		"000000": {Digits: 6}, `"FA-"0000`: {Digits: 4, Prefix: "FA-"}, `0000"/26"`: {Digits: 4, Suffix: "/26"}, `\F0`: {Digits: 1, Prefix: "F"}, `00\-000`: {},
		`#,##0.00\ "€"`: {Currency: "€"}, "[$CHF-100C] #,##0.00": {Currency: "CHF"}, "#,##0.00 [$€-40C]": {Currency: "€"}, "$#,##0.00": {Currency: "$"}, `_-* #,##0.00\ _€_-`: {Currency: "€"}, "[$£-809]0": {Currency: "£"},
	} {
		if got := ParseFormat(code); got != want {
			t.Errorf("%s is %+v, want %+v", code, got, want)
		}
	}
	for id, want := range map[int]Format{0: {}, 4: {}, 14: {Date: true}, 20: {Time: true}, 22: {Date: true}, 44: {}, 47: {Time: true}, 49: {Text: true}, 57: {Date: true}} {
		if got := Builtin(id); got != want {
			t.Errorf("%d is %+v, want %+v", id, got, want)
		}
	}
}

func TestSerials(t *testing.T) {
	for _, c := range []struct {
		days int64
		mac  bool
		want string
	}{
		{46037, false, "2026-01-15"}, {1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"}, {60, false, ""}, {0, false, ""}, {-1, false, ""}, {2958465, false, "9999-12-31"}, {2958466, false, ""},
		{44591, true, "2026-01-31"}, {0, true, "1904-01-01"}, {2958465, true, ""},
	} {
		d, ok := Serial(c.days, c.mac)
		got := d.String()
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("%d (%t) is %s, want %s", c.days, c.mac, got, c.want)
		}
	}
	for text, want := range map[string]int64{"46037": 46037, "46037.75": 46037, "4.6037E4": 46037, "x": -1, "": -1, "1e300": -1} {
		got, ok := Whole([]byte(text))
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d", text, got)
		}
	}
}

func TestLetters(t *testing.T) {
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letters(col); got != want {
			t.Errorf("%d is %s, want %s", col, got, want)
		}
	}
}

func TestGrid(t *testing.T) {
	s := &Strings{}
	s.Add([]byte("un"))
	s.Add(nil)
	g := New(s)
	g.StartRow(7, false)
	g.AddShared(2, 0, 0)
	g.AddShared(3, 0, 1)
	g.StartRow(3, true)
	g.Add(0, Number, 0, []byte("5"))
	g.StartRow(4, false)
	if g.AddShared(0, 0, 2) || g.AddShared(0, 0, -1) {
		t.Error("a text that is not there")
	}
	g.Finish()
	if g.Len() != 2 || g.Row(0).Line != 3 || !g.Row(0).Hidden || g.String(g.At(7, 2)) != "un" || g.At(7, 3).Kind != Empty || g.At(4, 0).Kind != Empty || g.String(g.At(3, 0)) != "5" {
		t.Error(g)
	}
	if i, ok := g.Index(5); i != 1 || ok {
		t.Error(i, ok)
	}
}
