package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quitus/ledger"
)

// Country names a country by its ISO 3166 code, or gives the code back when it is not one we name.
func (w *Words) Country(code string) string {
	key := "common.country." + strings.ToUpper(strings.TrimSpace(code))
	if !w.Has(key) {
		return code
	}
	return w.T(key)
}

// CompanyNumber names the number under which the companies of a country are registered.
func (w *Words) CompanyNumber(country string) string {
	if ledger.InFrenchRegister(country) {
		country = "FR"
	}
	if key := "common.company_number." + country; w.Has(key) {
		return w.T(key)
	}
	return w.T("common.company_number")
}

// Grouped writes a code in capitals and in groups of n characters: an IBAN in fours, a SIREN in threes.
func Grouped(code string, n int) string {
	var b strings.Builder
	for i, r := range []rune(strings.ToUpper(strings.Join(strings.Fields(code), ""))) {
		if i > 0 && i%n == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// RegisteredAs writes a company number: nine digits, a SIREN, in groups of three, and others as they are kept.
func RegisteredAs(number string) string {
	if compact := strings.Join(strings.Fields(number), ""); len(compact) == 9 && strings.Trim(compact, "0123456789") == "" {
		return Grouped(compact, 3)
	}
	return number
}

// NumberDoubt words what [ledger.NumberDoubt] tells of a company's two numbers; nothing where there is nothing to say.
func (w *Words) NumberDoubt(country, number, vat string) string {
	e := ledger.NumberDoubt(country, number, vat)
	if e == nil {
		return ""
	}
	kept, _ := ledger.CompanyNumber(country, number)
	e.Args["number"] = RegisteredAs(kept)
	return w.Error(e)
}

// CustomerKind names a kind of customer; a kind not said is a company.
func (w *Words) CustomerKind(k ledger.CustomerKind) string {
	if k == "" {
		k = ledger.CompanyCustomer
	}
	return w.T("common.kind." + string(k))
}

// Status names the status of an invoice.
func (w *Words) Status(s ledger.Status) string { return w.T("common.status." + string(s)) }

// situations are the endings of the keys, in the order of [ledger.Situation].
var situations = [...]string{"settled", "written_off", "credit_to_use", "not_due", "no_due_date", "due_soon",
	"promised", "disputed", "late", "very_late", "promise_broken"}

// Situation names what is to be known of an invoice at a glance.
func (w *Words) Situation(s ledger.Situation) string {
	return w.T("common.situation." + situations[s])
}

// Means names how a payment was made.
func (w *Words) Means(m ledger.Means) string {
	if m == ledger.OtherMeans {
		m = "other"
	}
	return w.T("common.means." + string(m))
}

// Letter names a model of letter.
func (w *Words) Letter(model string) string { return w.T("common.letter." + model) }

// DisputeReason names why an invoice is contested.
func (w *Words) DisputeReason(r ledger.DisputeReason) string {
	return w.T("common.dispute." + string(r))
}

// Act names what an entry of the journal did.
func (w *Words) Act(a ledger.Act) string { return w.T("common.act." + string(a)) }

// buckets are the endings of the keys, in the order of [ledger.Bucket].
var buckets = [...]string{"not_due", "30", "60", "90", "older", "no_date", "credit"}

// Bucket names a bucket of an ageing report.
func (w *Words) Bucket(b ledger.Bucket) string { return w.T("common.ageing." + buckets[b]) }

// Step says what was done, and how often: "Relancé 2 fois".
func (w *Words) Step(s *ledger.Step) string {
	return w.N("common.step."+string(s.Done), max(s.Times, 1))
}

// Fact is a code with what its sentence needs.
type Fact struct {
	Code string
	Args map[string]any
}

// Fact is the sentence of a fact under a prefix of keys, without its full stop. A fact "count" chooses between one and several.
func (w *Words) Fact(prefix string, f Fact) string {
	var pairs []any
	for k, v := range f.Args {
		pairs = append(pairs, k, v)
	}
	if n, ok := f.Args["count"].(int); ok {
		return w.N(prefix+f.Code, n, pairs...)
	}
	return w.T(prefix+f.Code, pairs...)
}

// Facts joins facts into one sentence.
func (w *Words) Facts(prefix string, list []Fact) string {
	text := ""
	for i, f := range list {
		if next := w.Fact(prefix, f); i == 0 {
			text = next
		} else {
			text = w.T("common.and_fact", "first", text, "next", next)
		}
	}
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") { // a month that is cut short has its own
		text += "."
	}
	return text
}

// Channel names how a customer is reached.
func (w *Words) Channel(c ledger.Channel) string { return w.T("followup.channel." + string(c)) }

// FollowUpStep names a step of a scenario; one that the owner named has the owner's name.
func (w *Words) FollowUpStep(step string) string {
	if key := "followup.step." + step; w.Has(key) {
		return w.T(key)
	}
	return step
}

// Reach names whom a call reached.
func (w *Words) Reach(r ledger.Reach) string { return w.T("followup.reach." + string(r)) }

// DelayReason names why a customer has not paid.
func (w *Words) DelayReason(r ledger.DelayReason) string { return w.T("followup.delay." + string(r)) }

// Outcome names what a call brought.
func (w *Words) Outcome(o ledger.Outcome) string { return w.T("followup.outcome." + string(o)) }

// When says on which day a step of a scenario falls: "J+3", "7 jours après la précédente".
func (w *Words) When(t ledger.ScenarioStep) string {
	switch {
	case t.After == ledger.AfterPrevious:
		return w.N("followup.when.previous", t.Days)
	case t.After == ledger.AfterDueEndOfMonth:
		return w.T("followup.when.end_of_month", "days", t.Days)
	case t.Days < 0:
		return w.T("followup.when.before", "days", -t.Days)
	}
	return w.T("followup.when.after", "days", t.Days)
}
