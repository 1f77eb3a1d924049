package ledger

import (
	"slices"
	"testing"
)

func TestTrackingNumber(t *testing.T) {
	for _, c := range []struct {
		written, kept string
		checked       bool
		code          string
	}{
		{"RB123456785GB", "RB123456785GB", true, ""},
		{"rb 12 345 678 5 us", "RB123456785US", true, ""},
		{"RB123456786US", "RB123456786US", false, "tracking_check"},
		{"RR000000005FR", "RR000000005FR", true, ""},      // remainder 0
		{"RR000040000FR", "RR000040000FR", true, ""},      // remainder 1
		{"2C 123 456 789 01", "2C12345678901", false, ""}, // La Poste's own: no public check
		{"99.00.123456.12345678", "990012345612345678", false, ""},
		{"", "", false, ""},
		{"  ", "", false, ""},
		{"123", "123", false, "tracking_form"},
		{"RB123456785GÉ", "RB123456785GÉ", false, "tracking_form"},
		{"RB1234567/85GB", "RB1234567/85GB", false, "tracking_form"},
	} {
		kept, checked, err := TrackingNumber(c.written)
		code := ""
		if err != nil {
			code = err.Code
		}
		if kept != c.kept || checked != c.checked || code != c.code {
			t.Errorf("%q: %q %v %q", c.written, kept, checked, code)
		}
	}
}

// A wrong check digit is always found, another wrong digit mostly: remainders 0 and 6 have the same check digit.
func TestS10FindsADigit(t *testing.T) {
	good, missed := "RB123456785GB", 0
	for i := 2; i < 11; i++ {
		for d := byte('0'); d <= '9'; d++ {
			n := []byte(good)
			n[i] = d
			if ValidS10(string(n)) == (d == good[i]) {
				continue
			}
			if missed++; i == 10 {
				t.Errorf("%s", n)
			}
		}
	}
	if missed > 8 {
		t.Errorf("%d of 81 wrong digits were missed", missed)
	}
}

func TestRecordRegistered(t *testing.T) {
	on := Day(2026, 11, 24)
	d := NewDraft(&Book{})
	c := &Customer{Ref: "C1", Name: "A", Country: "FR"}
	d.Put(c)
	l := &Letter{Customer: c.ID, Model: "formal_notice", On: on.Add(-20), Amount: Euros(100)}
	d.Put(l)
	codes := func(r Registered) []string {
		out := []string{}
		for _, e := range RecordRegistered(d, l.ID, r, on) {
			out = append(out, e.Args["field"].(string)+":"+e.Code)
		}
		return out
	}
	for _, x := range []struct {
		r    Registered
		want []string
	}{
		{Registered{Number: "RB123456786US", Posted: on.Add(1)}, []string{"number:tracking_check", "posted:posted_in_future"}},
		{Registered{Posted: on.Add(-21)}, []string{"posted:posted_before_letter"}},
		{Registered{Outcome: "lost"}, []string{"outcome:mail_outcome"}},
		{Registered{Outcome: MailRefused}, []string{"outcome_on:field_required"}},
		{Registered{Outcome: MailRefused, OutcomeOn: on.Add(1)}, []string{"outcome_on:outcome_in_future"}},
		{Registered{Posted: on.Add(-10), Outcome: MailRefused, OutcomeOn: on.Add(-11)}, []string{"outcome_on:outcome_before_posting"}},
		{Registered{Number: "rb 123456785 gb", Posted: on.Add(-19), Outcome: MailUnclaimed, OutcomeOn: on.Add(-2)}, []string{}},
	} {
		if got := codes(x.r); !slices.Equal(got, x.want) {
			t.Errorf("%+v: %v", x.r, got)
		}
	}
	b := d.Next()
	got := b.Letters.Get(uint32(l.ID))
	if got.Registered.Number != "RB123456785GB" || got.Sent != on.Add(-19) {
		t.Errorf("%+v", got)
	}
	told := false
	for _, e := range b.Events(c.ID, b.Standings(on)) {
		told = told || e.Kind == EventMailBack && e.On == on.Add(-2)
	}
	if !told {
		t.Error("the events do not tell of it")
	}
}

func TestHandedOver(t *testing.T) {
	on := Day(2026, 11, 24)
	d := NewDraft(&Book{})
	d.Put(&Action{Step: StepOfHandover, On: on, Lines: []ActionLine{{Invoice: 1}}})
	d.Put(&Action{Step: StepOfHandover, On: on, Skipped: true, Lines: []ActionLine{{Invoice: 2}}})
	d.Put(&Action{Step: StepOfHandover, On: on.Add(1), Lines: []ActionLine{{Invoice: 3}}})
	d.Put(&Step{Done: StepHandover, On: on.Add(-5), Invoices: []InvoiceID{1, 4}})
	got := d.Next().HandedOver(on)
	if len(got) != 2 || got[1] != on || got[4] != on.Add(-5) {
		t.Error(got)
	}
}
