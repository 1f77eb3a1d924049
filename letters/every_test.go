package letters

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
)

var update = flag.Bool("update", false, "write the golden texts anew")

// ready is a request that has all that its model needs.
type ready Request

func (r ready) letter(t *testing.T, lang words.Lang) *Letter {
	t.Helper()
	r.Lang = lang
	l, _, err := Compose(Request(r))
	if err != nil {
		t.Fatalf("%s: %v", r.Model, err)
	}
	return l
}

func (r ready) message(t *testing.T, lang words.Lang) *Message {
	t.Helper()
	r.Lang = lang
	m, _, err := Mail(Request(r))
	if err != nil {
		t.Fatalf("%s: %v", r.Model, err)
	}
	return m
}

// everyModel gives a request of every model for a customer of a kind, with a number of invoices each.
func everyModel(t *testing.T, of ledger.CustomerKind, invoices int) map[string]ready {
	all := map[string]ready{}
	for _, model := range Models() {
		s := newSample(t)
		customer := ledger.Customer{Ref: "C-0117", Name: "Cabinet Dervaux-Pellin", Type: of, SIREN: "999000224", Address: "8 rue du Pressoir", Postcode: "38998", Town: "Valbrie"}
		if model == BelgianReminder {
			customer.Type, customer.Country, customer.SIREN = ledger.Consumer, "BE", ""
		}
		c := s.customer(customer)
		r := Request{Customer: c, Model: model, On: today, Rates: rates.BuiltIn()}
		var ids []ledger.InvoiceID
		late, sum := 60, int64(0)
		if model == PreDue {
			late = -9
		}
		for n := range invoices {
			cents := int64(164020 + 10055*n)
			inv := &ledger.Invoice{Customer: c, Number: fmt.Sprintf("F-2026-%04d", 361+n), Issued: today.Add(-late - 30 + n), Due: today.Add(-late + n), Total: ledger.Euros(cents), Subject: "Pose d'un parquet en chêne"}
			s.d.Put(inv)
			ids, sum = append(ids, inv.ID), sum+cents
		}
		f := &r.Facts
		plan := &Plan{Agreed: today.Add(-40), Instalments: []Instalment{{Due: today.Add(40), Amount: ledger.Euros(sum - 100000)}, {Due: today.Add(10), Amount: ledger.Euros(100000)}}}
		switch model {
		case CallSummary:
			f.Call = &Call{On: today, With: "Mme Odile Pellin", Reason: "attend le règlement d'un client : la mairie de Valbrie.", Documents: []string{"la facture", "le bon de livraison signé"},
				Promises: []Promise{{Due: today.Add(7), Amount: ledger.Euros(50000), Words: "c'est promis", Invoices: ids[:1]}}, Plan: plan,
				Others: []string{"Le chantier de l'étage commence le 4 janvier"}, CallBack: today.Add(8), At: "14 h 30", Uncontested: true}
		case PromiseConfirmation:
			f.Promise = &Promise{Made: today.Add(-1), Due: today.Add(9), Amount: ledger.Euros(sum), Words: "le virement part vendredi"}
		case PlanProposal, PlanAgreement:
			f.Plan = plan
		case PlanLapse:
			plan.Instalments[1].Due, plan.Instalments[1].Paid = today.Add(-5), ledger.Euros(20000)
			f.Plan = plan
		case DisputeReply:
			f.Dispute = &Dispute{Invoice: ids[0], Raised: today.Add(-3), Reason: ledger.FaultyGoods, Amount: ledger.Euros(40000), Settles: "le remplacement de deux lames"}
		case VisitNotice:
			f.Visit = &Visit{On: today.Add(7), At: "10 h", By: "Claire Valdoré"}
		case HandoverNotice:
			f.Handover = &Handover{}
		case InsolvencyClaim:
			soon := &ledger.Invoice{Customer: c, Number: "F-2026-0399", Issued: today.Add(-25), Due: today.Add(5), Total: ledger.Euros(80000)}
			s.d.Put(soon)
			f.Insolvency = &Insolvency{Proceedings: Reorganisation, Opened: today.Add(-20), Published: today.Add(-12), Court: "tribunal de commerce de Grenoble",
				Trustee: "Maître Jeanne Aubrac", Address: "3 place du Palais", Postcode: "38999", Town: "Saint-Orvain"}
		case BelgianReminder:
			f.Belgian = &Belgian{Indemnity: ledger.Euros(9000)}
		case Receipt:
			p := &ledger.Payment{Customer: c, On: today.Add(-1), Amount: ledger.Euros(sum - 1000), Means: ledger.Transfer}
			for _, id := range ids {
				p.Allocations = append(p.Allocations, ledger.Allocation{Invoice: id, Amount: 100000})
			}
			s.d.Put(p)
		case Quitus:
			for _, id := range ids {
				s.pay(c, id, s.d.Invoice(id).Total.Minor, 4)
			}
		}
		r.Book = s.d.Next()
		all[model] = ready(r)
	}
	return all
}

var (
	twoSpaces = regexp.MustCompile(`[ \x{a0}\x{202f}]{2}|^ | [,.]|\(\)|\*\*|[{}\[\]]|\.\.( |$)| –? ?$`)
	dashes    = regexp.MustCompile(`–[.,]|\b(le|du|on|of) –`)
)

// letterLangs are the languages of letters with the German of Switzerland.
var letterLangs = append(slices.Clone(words.LetterLangs), words.SwissDE)

// TestEveryModel composes every model in all languages for all kinds of customers, with one invoice and several.
func TestEveryModel(t *testing.T) {
	for _, of := range ledger.CustomerKinds {
		for _, invoices := range []int{1, 3} {
			for model, r := range everyModel(t, of, invoices) {
				for _, lang := range letterLangs {
					name := fmt.Sprintf("%s %s %s %d", model, lang, of, invoices)
					l := r.letter(t, lang)
					checkText(t, name, l)
					if of != ledger.CompanyCustomer {
						checkPrivate(t, name, of, l)
					}
					checkMail(t, name, r.message(t, lang))
				}
			}
		}
	}
}

// TestEveryModelKeptTogether: whatever the model and however many invoices, nothing is parted that belongs together.
func TestEveryModelKeptTogether(t *testing.T) {
	for _, invoices := range []int{1, 7, 14, 45} {
		for model, r := range everyModel(t, ledger.CompanyCustomer, invoices) {
			for _, st := range styles {
				checkPages(t, fmt.Sprintf("%s of %d", model, invoices), r.letter(t, words.FR), st)
			}
		}
	}
}

func checkText(t *testing.T, name string, l *Letter) {
	t.Helper()
	texts := append([]string{l.Subject, l.Delivery, l.Place}, l.Recipient...)
	texts = append(texts, l.Legal...)
	for _, b := range l.Body {
		line := ""
		for _, r := range b.Paragraph {
			line += r.Text
		}
		texts = append(append(texts, line), b.List...)
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				if len(row) != len(b.Table.Head) || len(row) != len(b.Table.Right) {
					t.Errorf("%s: %d cells under %d heads", name, len(row), len(b.Table.Head))
				}
			}
		}
	}
	for _, s := range texts {
		if twoSpaces.MatchString(s) || dashes.MatchString(s) {
			t.Errorf("%s: %q", name, s)
		}
	}
	if len(l.Signature) == 0 || l.Reference == "" || !l.Amount.Positive() || len(l.Lines) == 0 {
		t.Errorf("%s: %+v", name, l)
	}
}

// checkPrivate: only companies hear of L441-10, of penalties and of the indemnity of 40 €; public bodies hear of their own
// regime, others of nothing such.
func checkPrivate(t *testing.T, name string, of ledger.CustomerKind, l *Letter) {
	t.Helper()
	text := bodyText(l)
	words := []string{"L441", "D441", "énalités", "40,00", "ate-payment interest at", "40.00"}
	if of != ledger.PublicBody && !strings.Contains(name, BelgianReminder) {
		words = append(words, "ndemnit", "moratoires", "L2192", "vergoeding", "chadebeding", "ntschädigung")
	}
	if of == ledger.PublicBody && strings.Contains(name, FormalNotice) { // with an indemnity of its own law
		words = words[:3]
	}
	for _, w := range words {
		if strings.Contains(text, w) && !strings.Contains(name, InsolvencyClaim) {
			t.Errorf("%s: says %q", name, w)
		}
	}
}

func checkMail(t *testing.T, name string, m *Message) {
	t.Helper()
	if m.Subject == "" || strings.Contains(m.Subject, "\n") || strings.HasPrefix(m.Subject, "Objet") || !strings.HasSuffix(m.Text, "\n") {
		t.Errorf("%s: subject %q", name, m.Subject)
	}
	for _, line := range strings.Split(m.Text, "\n") {
		if n := len([]rune(line)); n > mailWidth || strings.HasSuffix(line, " ") {
			t.Errorf("%s: %d characters: %q", name, n, line)
		}
		if strings.Contains(line, "cette lettre") || strings.Contains(line, "this letter") || strings.Contains(line, "deze brief") || strings.Contains(line, "dieses Schreiben") {
			t.Errorf("%s: an e-mail says %q", name, line)
		}
	}
	for _, want := range []string{"Claire Valdoré", "Menuiserie Valdoré", "SIREN 999 000 117", m.Letter.Reference} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("%s: no %q", name, want)
		}
	}
}

// TestGoldenTexts keeps every model's words as people read them, for review.
func TestGoldenTexts(t *testing.T) {
	for _, lang := range letterLangs {
		var b strings.Builder
		for _, of := range []ledger.CustomerKind{ledger.CompanyCustomer, ledger.PublicBody, ledger.Consumer} {
			all := everyModel(t, of, 1)
			for _, model := range Models() {
				if of != ledger.CompanyCustomer && model != LastReminder && model != FormalNotice && model != Quitus {
					continue
				}
				m := all[model].message(t, lang)
				fmt.Fprintf(&b, "######## %s, %s\n%s\n\n%s\n", model, of, m.Subject, m.Text)
			}
		}
		path := filepath.Join("testdata", "mails."+string(lang)+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != b.String() {
			t.Errorf("%s differs (%v): look at it, then run with -update", path, err)
		}
	}
}
