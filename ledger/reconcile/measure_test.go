package reconcile

import (
	"fmt"
	"testing"
	"time"
)

// Targets of what is recorded, in percent: of the recorded, right; of the decidable receipts, recorded; of these, right
// among what is recorded or shown.
const (
	targetPrecision = 99.5
	targetCoverage  = 75
	targetShown     = 90
)

// measure is how well decisions did.
type measure struct {
	recorded, right           int // entries recorded, and rightly
	decidable, covered, shown int // decidable receipts; recorded rightly; that, or right among the answers shown
	undecidable, abstained    int // receipts that nobody could decide; not recorded
	kinds                     int // entries that are wrongly told from receipts
	wrong                     []int
}

func (w *labelled) measure(ds []Decision) measure {
	var m measure
	for i := range ds {
		d, t := &ds[i], &w.truths[i]
		right := w.right(i, d, &d.Answer)
		if d.Outcome == Recorded {
			m.recorded++
			if right {
				m.right++
			} else {
				m.wrong = append(m.wrong, i)
			}
		}
		if (t.Kind == "not_a_receipt") != (d.Outcome == NotAReceipt) && !right {
			m.kinds++
		}
		switch {
		case t.Kind != "receipt":
		case !t.Decidable:
			m.undecidable++
			if d.Outcome != Recorded {
				m.abstained++
			}
		default:
			m.decidable++
			if d.Outcome == Recorded && right {
				m.covered++
			}
			if w.shows(i, d) {
				m.shown++
			}
		}
	}
	return m
}

// shows says whether the truth is recorded, proposed or among the alternatives.
func (w *labelled) shows(i int, d *Decision) bool {
	if d.Outcome != Recorded && d.Outcome != ToConfirm {
		return false
	}
	if w.right(i, d, &d.Answer) {
		return true
	}
	for k := range d.Alternatives {
		if d.Outcome == ToConfirm && w.right(i, d, &d.Alternatives[k]) {
			return true
		}
	}
	return false
}

func (m *measure) precision() float64 { return percent(m.right, m.recorded) }
func (m *measure) coverage() float64  { return percent(m.covered, m.decidable) }

func percent(a, of int) float64 { return 100 * float64(a) / float64(max(of, 1)) }

func (m *measure) String() string {
	return fmt.Sprintf("recorded %d, precision %.2f %%; decidable %d, coverage %.1f %%, shown %.1f %%; abstained %d of %d; kinds wrong %d",
		m.recorded, m.precision(), m.decidable, m.coverage(), percent(m.shown, m.decidable), m.abstained, m.undecidable, m.kinds)
}

func TestWorlds(t *testing.T) {
	for _, name := range devWorlds {
		w := load(t, name, "releve_b.csv")
		ds := Decide(w.world, w.entries)
		m := w.measure(ds)
		t.Log(name, m.String())
		for _, i := range m.wrong {
			t.Log("wrong:", w.describe(i, &ds[i]))
		}
		if m.precision() < targetPrecision || m.coverage() < targetCoverage || percent(m.shown, m.decidable) < targetShown || m.kinds > 0 {
			t.Error("below the targets")
		}
		if testing.Verbose() {
			w.missed(t, ds)
		}
	}
}

// missed lists decidable receipts that were not recorded.
func (w *labelled) missed(t *testing.T, ds []Decision) {
	for i := range ds {
		if tr := &w.truths[i]; tr.Kind != "not_a_receipt" && tr.Decidable && ds[i].Outcome != Recorded {
			t.Log("not recorded:", w.describe(i, &ds[i]))
		}
	}
}

func (w *labelled) describe(i int, d *Decision) string {
	e, t := &w.entries[i], &w.truths[i]
	s := fmt.Sprintf("%d %v %v %q %s/%s truth %s %v | %s ", e.Rank, e.On, e.Amount, e.Label, t.Case, t.Basis, t.Customer, t.Allocations, d.Outcome)
	s += w.tell(&d.Answer)
	for k := range d.Alternatives {
		s += " or " + w.tell(&d.Alternatives[k])
	}
	return s
}

func (w *labelled) tell(a *Answer) string {
	s := fmt.Sprintf("[%.4f c%d", a.Confidence, a.Customer)
	for _, x := range a.Allocations {
		for _, it := range w.world.Items {
			if it.ID == x.Item {
				s += fmt.Sprintf(" %s=%d", it.Number, x.Amount)
			}
		}
	}
	for _, r := range a.Reasons {
		s += " " + r.Code
	}
	return s + "]"
}

// bands are the bounds of confidence that precision is printed for.
var bands = []float64{0.02, 0.1, 0.5, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.9995, 1.1}

// calibration counts, by band of confidence, the answers that could be recorded and those that are right.
type calibration [10][2]int

func (c *calibration) add(w *labelled, ds []Decision) {
	for i := range ds {
		d := &ds[i]
		if w.truths[i].Kind != "receipt" || d.Outcome != Recorded && d.Outcome != ToConfirm || !recordable(d) {
			continue
		}
		b := 0
		for d.Confidence >= bands[b+1] {
			b++
		}
		c[b][0]++
		if w.right(i, d, &d.Answer) {
			c[b][1]++
		}
	}
}

// recordable says whether an answer's form may be recorded at all.
func recordable(d *Decision) bool {
	for _, r := range d.Reasons {
		if w := (way{form: form(r.Code)}); !w.recordable() {
			return false
		}
	}
	return true
}

func (c *calibration) String() string {
	s := "confidence: right of answers\n"
	for b := range c {
		if c[b][0] > 0 {
			s += fmt.Sprintf("  %.4f to %.4f: %d of %d, %.2f %%\n", bands[b], min(1, bands[b+1]), c[b][1], c[b][0], percent(c[b][1], c[b][0]))
		}
	}
	return s
}

// BenchmarkWorlds prints precision, coverage and time beside two simple engines.
func BenchmarkWorlds(b *testing.B) {
	engines := []struct {
		name   string
		decide func(*World, []Entry) []Decision
	}{{"quitus", Decide}, {"reference_only", referenceOnly}, {"partner_then_greedy", partnerThenGreedy}}
	for _, name := range devWorlds {
		w := load(b, name, "releve_b.csv")
		for _, e := range engines {
			b.Run(name+"/"+e.name, func(b *testing.B) {
				var ds []Decision
				start := time.Now()
				for b.Loop() {
					ds = e.decide(w.world, w.entries)
				}
				b.ReportMetric(float64(time.Since(start).Microseconds())/float64(b.N)/float64(len(w.entries)), "µs/entry")
				m := w.measure(ds)
				b.ReportMetric(m.precision(), "%precision")
				b.ReportMetric(m.coverage(), "%coverage")
				b.ReportMetric(percent(m.shown, m.decidable), "%shown")
			})
		}
	}
}
