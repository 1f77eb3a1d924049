package ledger

import "strings"

// MailOutcome is what came of a registered letter. The values are written in ledger files.
type MailOutcome string

// Outcomes of registered letters.
const (
	MailDelivered      MailOutcome = "delivered"
	MailUnclaimed      MailOutcome = "unclaimed" // nobody fetched it from the post office
	MailRefused        MailOutcome = "refused"
	MailUnknownAddress MailOutcome = "unknown_address" // nobody of that name there
	MailNotYetBack     MailOutcome = ""
)

// MailOutcomes lists the outcomes in the order in which forms offer them.
var MailOutcomes = []MailOutcome{MailDelivered, MailUnclaimed, MailRefused, MailUnknownAddress}

// Registered is what is known of a letter's way as registered mail; the zero value is a letter of which nothing is noted.
type Registered struct {
	// Certified says that it went as a qualified electronic registered delivery (eIDAS art. 44; in France CPCE L100).
	Certified bool        `json:"certified,omitempty"`
	Number    string      `json:"number,omitempty"` // for tracking, as [TrackingNumber] keeps it
	Posted    Date        `json:"posted,omitempty"`
	Proof     DocumentID  `json:"proof,omitempty"` // of posting
	Outcome   MailOutcome `json:"outcome,omitempty"`
	OutcomeOn Date        `json:"outcome_on,omitempty"` // the day that the outcome bears
	Receipt   DocumentID  `json:"receipt,omitempty"`    // acknowledgement of receipt, or the envelope that came back
}

// IsZero says that nothing is noted.
func (r Registered) IsZero() bool { return r == Registered{} }

// Lengths of tracking numbers, without blanks.
const (
	leastTracking = 8
	mostTracking  = 40
)

// TrackingNumber reads a number as typed or scanned, and gives it as it is kept: capitals and digits, without blanks, dots or
// dashes. checked says that the number has a check digit that is right: one of the form of UPU S10. Of other forms (La Poste's
// own 1A or 2C with eleven digits among them) the check is not public, and any number of eight to forty letters and digits is
// taken. Errors: tracking_form, tracking_check (of the form of S10, but a digit is wrong).
func TrackingNumber(written string) (number string, checked bool, err *Error) {
	n := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-\u00a0\u202f\t", r) {
			return -1
		}
		return r
	}, strings.ToUpper(written))
	if n == "" {
		return "", false, nil
	}
	if len(n) < leastTracking || len(n) > mostTracking || strings.Trim(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return written, false, fieldError("number", "tracking_form", "number", written)
	}
	if !likeS10(n) {
		return n, false, nil
	}
	if !ValidS10(n) {
		return n, false, fieldError("number", "tracking_check", "number", n)
	}
	return n, true, nil
}

// likeS10 says whether a number has the form of UPU S10: two letters, nine digits, two letters.
func likeS10(n string) bool {
	if len(n) != 13 {
		return false
	}
	for i := range len(n) {
		if letter := i < 2 || i > 10; letter == isDigit(n[i]) {
			return false
		}
	}
	return true
}

// ValidS10 says whether a number of thirteen capitals and digits is one of UPU standard S10 with the right check digit:
// weights 8 6 4 2 3 5 9 7, and of the remainder r by 11 the digit 11 − r, 5 for 0 and 0 for 1.
func ValidS10(n string) bool {
	if !likeS10(n) {
		return false
	}
	sum := 0
	for i, w := range [...]int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += w * int(n[2+i]-'0')
	}
	check := 11 - sum%11
	switch check {
	case 11:
		check = 5
	case 10:
		check = 0
	}
	return int(n[10]-'0') == check
}

// CheckRegistered finds what is wrong with what is noted of a letter on a day, by field: number (those of [TrackingNumber]),
// posted (posted_in_future, posted_before_letter with the fact "day"), outcome (mail_outcome) and outcome_on (field_required,
// outcome_in_future, outcome_before_posting with the fact "day").
func CheckRegistered(l *Letter, on Date) []*Error {
	r := l.Registered
	var out []*Error
	if _, _, err := TrackingNumber(r.Number); err != nil {
		out = append(out, err)
	}
	switch {
	case r.Posted > on:
		out = append(out, fieldError("posted", "posted_in_future", "date", r.Posted))
	case r.Posted != 0 && r.Posted < l.On:
		out = append(out, fieldError("posted", "posted_before_letter", "date", r.Posted, "day", l.On))
	}
	switch r.Outcome {
	case MailNotYetBack:
		return out
	case MailDelivered, MailUnclaimed, MailRefused, MailUnknownAddress:
	default:
		return append(out, fieldError("outcome", "mail_outcome", "value", string(r.Outcome)))
	}
	switch from := max(r.Posted, l.On); {
	case r.OutcomeOn == 0:
		out = append(out, fieldError("outcome_on", "field_required"))
	case r.OutcomeOn > on:
		out = append(out, fieldError("outcome_on", "outcome_in_future", "date", r.OutcomeOn))
	case r.OutcomeOn < from:
		out = append(out, fieldError("outcome_on", "outcome_before_posting", "date", r.OutcomeOn, "day", from))
	}
	return out
}

// RecordRegistered stages what is noted of a letter's way. Noting the posting of a letter that had not left says that it left
// that day. Errors: letter_unknown, and those of [CheckRegistered].
func RecordRegistered(d *Draft, id LetterID, r Registered, on Date) []*Error {
	known, ok := d.Record(KindLetter, uint32(id)).(*Letter)
	if !ok {
		return []*Error{Errorf("letter_unknown")}
	}
	l := Clone(known)
	if r.Outcome == MailNotYetBack {
		r.OutcomeOn = 0
	}
	l.Registered = r
	if list := CheckRegistered(l, on); len(list) > 0 {
		return list
	}
	l.Registered.Number, _, _ = TrackingNumber(r.Number)
	if l.Sent == 0 {
		l.Sent = r.Posted
	}
	d.Put(l)
	return nil
}
