package ledger

import (
	"strings"
	"testing"
)

func TestParseHour(t *testing.T) {
	for text, want := range map[string]string{
		"9": "09:00", "9h": "09:00", "9 h 30": "09:30", "09:30": "09:30", "18.15": "18:15", "9\u202fh\u202f05": "09:05", "0:00": "00:00",
		"": "", "24:00": "", "9:60": "", "9:5": "", "midi": "", "-1": "", "123": "", "9:30:00": "",
	} {
		if got, ok := ParseHour(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}

func TestCheckHouse(t *testing.T) {
	for _, x := range []struct {
		h    House
		want string // fields and codes
	}{
		{House{}, ""},
		{House{CallsAWeek: 20, CallFrom: "08:30", CallTo: "12:00", ActionsADay: 50}, ""},
		{House{CallsAWeek: -1, ActionsADay: 51}, "calls_a_week:house_number actions_a_day:house_number"},
		{House{CallFrom: "9:00"}, "call_from:house_hour"},
		{House{CallFrom: "25:00", CallTo: "noon"}, "call_from:house_hour call_to:house_hour"},
		{House{CallFrom: "12:00", CallTo: "12:00"}, "call_to:house_hours"},
		{House{CallFrom: "19:00"}, "call_to:house_hours"}, // the usual end is before
	} {
		var got []string
		for _, e := range CheckHouse(x.h) {
			got = append(got, e.Args["field"].(string)+":"+e.Code)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%+v: %v, want %s", x.h, got, x.want)
		}
	}
}
