package reply

import (
	"slices"

	"quitus/assets/replies"
	"quitus/ledger"
)

// Proposal is what a reply seems to say. It is a guess from words, for the owner to decide about.
type Proposal struct {
	Meaning ledger.Meaning
	// From and To are the bytes of the text in which the sentence stands that decided; both 0 where none did.
	From, To int
	// Date is the day of an announced payment, where one is named: the last that the words may mean; the day of a payment that was made
	// where Done. Money is its amount, where exactly one is named.
	Date  ledger.Date
	Money *ledger.Money
	// Done: the payment is said to have been made.
	Done bool
	// Sure: the words say one thing, and clearly.
	Sure bool
}

// Weights from which on words count as saying something, and as saying it clearly.
const (
	enough  = 4
	plainly = 6
)

// said is what a text says of one kind: the weight of the sentence that says it most clearly, and which that is.
type said struct {
	weight   int
	sentence *sentence
	date     *day
}

// Propose says what a reply's words seem to mean, on the day of its date. The language is a hint ("fr", "en", "nl", "de"), for texts too
// short to tell. Of several things said, an objection counts before all else, then a payment with its date, what is asked for, agreement,
// a payment without date. When in doubt it is [ledger.MeansOther].
func Propose(text string, on ledger.Date, lang string) Proposal {
	text = clip(text, maxKept)
	list := sentences(text)
	lang = language(list, lang)
	m := languages()[lang]
	found := map[string]said{}
	for i := range list {
		s := &list[i]
		m.leaveOut(s)
		findDates(s, calendars()[lang], on)
		for section, weight := range m.weigh(s, on) {
			if weight > found[section].weight {
				found[section] = said{weight: weight, sentence: s}
			}
		}
	}
	return decide(found, on)
}

// weigh adds up what the phrases of a sentence say, by section.
func (m *meanings) weigh(s *sentence, on ledger.Date) map[string]int {
	hits := m.hits(s)
	sum := map[string]int{}
	conditional := false
	for _, h := range hits {
		if h.section == "condition" {
			conditional = true
			continue
		}
		sum[h.section] += h.weight
	}
	if sum["pays"] > 0 {
		if d := s.date(on, false); d != nil {
			sum["pays"] += 3
		}
		if conditional {
			sum["pays"] /= 2
		}
	}
	if sum["paid"] > 0 && s.date(on, true) != nil {
		sum["paid"] += 3
	}
	if s.question { // who asks does not announce
		for _, section := range []string{"pays", "paid", "confirms"} {
			sum[section] /= 2
		}
	}
	if conditional {
		sum["confirms"] /= 2
	}
	s.open = s.question || conditional
	for _, section := range []string{"pays", "paid", "confirms"} { // "we cannot pay": an objection or a request may stand beside it
		if sum[section] <= sum["other"] {
			sum[section] = 0
		}
	}
	return sum
}

// date gives the day in a sentence on which a payment is to be made, or was made; nil where none is named.
func (s *sentence) date(on ledger.Date, done bool) *day {
	var out *day
	for i := range s.words {
		d := s.words[i].date
		if d == nil || done && (d.date > on || d.date < on-183) || !done && (d.date < on || d.date > on+366) {
			continue
		}
		if out == nil || done && d.date > out.date {
			out = d
		}
	}
	return out
}

// dates counts the days to come that a sentence names.
func (s *sentence) dates(on ledger.Date) int {
	var seen []ledger.Date
	for i := range s.words {
		if d := s.words[i].date; d != nil && d.date >= on && !slices.Contains(seen, d.date) {
			seen = append(seen, d.date)
		}
	}
	return len(seen)
}

func decide(found map[string]said, on ledger.Date) Proposal {
	for section, f := range found {
		if f.weight < enough {
			delete(found, section)
		} else if section == "pays" || section == "paid" {
			f.date = f.sentence.date(on, section == "paid")
			found[section] = f
		}
	}
	order := []string{string(ledger.MeansContests), string(ledger.MeansPays), "paid", string(ledger.MeansDocuments), string(ledger.MeansConfirms), string(ledger.MeansPays)}
	for i, section := range order {
		f, ok := found[section]
		if !ok || i == 1 && (f.date == nil || found["paid"].weight >= f.weight) {
			continue
		}
		p := Proposal{Meaning: ledger.Meaning(section), From: f.sentence.from, To: f.sentence.to, Sure: f.weight >= plainly}
		for other, o := range found {
			confirmed := other == string(ledger.MeansConfirms) // goes with all but objections
			if other != section && other != "other" && o.weight*2 > f.weight && (!confirmed || section == string(ledger.MeansContests)) {
				p.Sure = false
			}
		}
		if f.sentence.open && section != string(ledger.MeansDocuments) && section != string(ledger.MeansContests) {
			p.Sure = false
		}
		if section == "paid" {
			p.Meaning, p.Done = ledger.MeansPays, true
		}
		if f.date != nil {
			p.Date = f.date.date
			p.Sure = p.Sure && !f.date.vague && f.sentence.dates(on) <= 1
		}
		if list := f.sentence.amounts(); len(list) == 1 && p.Meaning == ledger.MeansPays {
			p.Money = &list[0]
		}
		return p
	}
	return Proposal{Meaning: ledger.MeansOther}
}

// language tells the language of a text by its common words; the hint's, else French, where they do not.
func language(list []sentence, hint string) string {
	best := hint
	if !slices.Contains(replies.Langs, hint) {
		best = replies.Langs[0]
	}
	counts := map[string]int{}
	for i := range list {
		for _, w := range list[i].words {
			for _, lang := range replies.Langs {
				if languages()[lang].common[w.folded] {
					counts[lang]++
				}
			}
		}
	}
	for _, lang := range replies.Langs {
		if counts[lang] > counts[best] {
			best = lang
		}
	}
	return best
}
