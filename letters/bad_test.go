package letters

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quitus/assets/rates"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// badLetters are letters of what registers and settings may hold at their worst.
func badLetters(t *testing.T) map[string]*Letter {
	all, _ := badInput(t)
	return all
}

// badInput gives bad letters and the codes of their warnings.
func badInput(t *testing.T) (map[string]*Letter, map[string][]string) {
	all, warned := map[string]*Letter{}, map[string][]string{}
	put := func(name string, s *sample, r Request) {
		l, w := s.compose(r)
		all[name], warned[name] = l, codes(w)
	}
	s := newSample(t)
	nine := s.customer(ledger.Customer{Ref: "C-9", Name: "Syndicat mixte d’aménagement du Haut-Valbrie", Postcode: "38998", Town: "Valbrie Cedex 09",
		Address: "À l’attention de la direction\nService de la comptabilité\nBâtiment C, escalier 4\nTroisième étage\nPorte 312\nZone d’activités des Tilleuls\n14 bis rue du Pressoir\nBP 40117\nLe Bas-Chemin"})
	s.d.Put(&ledger.Contact{Customer: nine, Name: "M. Anselme de Montgolfier-Lacroix"})
	s.invoice(nine, "F-2026-0401", 164020, 20)
	put("nine lines of address", s, Request{Customer: nine})
	cyrillic := s.customer(ledger.Customer{Ref: "C-10", Name: "ООО «Весна» 🌷 Εταιρεία 漢字 ŁÓDŹ", Address: "ул. Пушкина, дом 7 👍🏽", Postcode: "101000", Town: "Москва"})
	s.invoice(cyrillic, "СЧЁТ-2026/117 🧾", 98765, 20)
	put("emoji and Cyrillic", s, Request{Customer: cyrillic, Model: FormalNotice})
	fields := s.customer(ledger.Customer{Ref: "{numbers}", Name: "{customer} **@table** {{total}}", Address: "@if claim", Postcode: "38998", Town: "{salutation"})
	s.invoice(fields, "{numbers}|@bank", 98765, 20)
	put("fields in names", s, Request{Customer: fields, Model: FormalNotice})
	c := s.dervaux()
	s.many(c, 400)
	put("four hundred invoices", s, Request{Customer: c})
	put("four hundred invoices, notice", s, Request{Customer: c, Model: FormalNotice})

	s = newSample(t)
	company := s.d.Next().Company()
	company.Name = strings.TrimSpace(strings.Repeat("Société d’exploitation des établissements ", 6))[:200]
	company.Name = strings.ToValidUTF8(company.Name, "")
	s.d.Put(&company)
	c = s.customer(ledger.Customer{Ref: "C-11", Rate: "1000", Name: strings.Repeat("Compagnie générale de navigation fluviale ", 5)[:200], Address: "8 rue du Pressoir", Postcode: "38998", Town: "Valbrie"})
	s.invoice(c, "F-2026-0402", 164020, 200)
	put("names of 200 characters, rate of 1,000 %", s, Request{Customer: c, Model: FormalNotice, Logo: sampleLogo(t)})
	return all, warned
}

// TestBadInput: what cannot be printed as it is, or not at all, is told, and nothing else is lost.
func TestBadInput(t *testing.T) {
	all, warned := badInput(t)
	for name, want := range map[string][]string{
		"nine lines of address": {"address_too_long"}, "emoji and Cyrillic": {"characters_replaced"}, "fields in names": nil,
		"four hundred invoices": nil, "four hundred invoices, notice": nil, "names of 200 characters, rate of 1,000 %": {"address_too_long"},
	} {
		got := slices.DeleteFunc(warned[name], func(code string) bool { return code == "level_skipped" || code == "rate_unconfirmed" })
		if !slices.Equal(got, want) {
			t.Errorf("%s: warned of %v, want %v", name, got, want)
		}
	}
	for name, l := range all {
		sum, text := int64(0), flat(tool(t, mustPDF(t, l), "pdftotext", "-raw", "FILE", "-"))
		for _, line := range l.Lines {
			sum += line.Open
		}
		if sum != l.Principal.Minor {
			t.Errorf("%s: lines of %d, principal %s", name, sum, l.Principal)
		}
		for _, row := range rowsOf(l) {
			if !strings.Contains(text, flat(printed(strings.Join(row, " ")))) {
				t.Errorf("%s: no %q", name, row)
			}
		}
	}
	contains(t, bodyText(all["names of 200 characters, rate of 1,000 %"]), "1 000,00 % au 2e semestre 2026", "Pénalités de retard arrêtées au 24/11/2026 8 987,40 €")
	for name, whole := range map[string]string{"nine lines of address": "Syndicat mixte d’aménagement du Haut-Valbrie", "names of 200 characters, rate of 1,000 %": strings.Repeat("Compagnie générale de navigation fluviale ", 4)} {
		contains(t, flat(strings.Join(all[name].References, " ")), "Client : "+flat(whole))
	}
	if n := len(rowsOf(all["four hundred invoices"])); n != 400 {
		t.Errorf("%d rows", n)
	}
}

// TestPapersOfBadInput: what is handed over keeps its columns apart, and loses nothing, whatever names and numbers are.
func TestPapersOfBadInput(t *testing.T) {
	s := newSample(t)
	company := s.d.Next().Company()
	company.Name = strings.Repeat("Établissements ", 13) + "Dupré"
	s.d.Put(&company)
	long := strings.Repeat("Compagnie générale de navigation ", 6) + "fin"
	c := s.customer(ledger.Customer{Ref: "C-11", Rate: "1000", Name: long, Address: strings.Repeat("8 rue du Pressoir\n", 9), Postcode: "38998", Town: "Valbrie"})
	inv := s.invoice(c, "F-2026-"+strings.Repeat("0123456789", 6), 999_999_999_99, 300)
	s.pay(c, inv, 12345, 10)
	slip := s.cheques(3, func(k int) ledger.Payment {
		return cheque(c, int64(1000+k), strings.Repeat("n° 0093317 Banque ", 6)+"fin", k)
	})
	sent := &ledger.Letter{Customer: c, Model: FormalNotice, On: today, Sent: today, Registered: ledger.Registered{Number: strings.Repeat("2C 180 987 654 3 ", 6) + "fin"}}
	book := s.d.Next()
	cases, err := claim.CasesOf(book, book.Standings(today), []ledger.InvoiceID{inv}, nil)
	if err != nil {
		t.Fatal(err)
	}
	one, err := claim.Compute(cases[0], rates.BuiltIn(), today)
	if err != nil {
		t.Fatal(err)
	}
	account := ClaimAccount{Customer: book.Customer(c), On: today, Cases: cases, Claims: []claim.Claim{one}}
	for name, l := range map[string]*Letter{
		"slip": DepositSlip(book, slip, words.FR, sampleLogo(t)), "post list": PostList(book, []*ledger.Letter{sent, sent}, today, words.FR, nil), "account": account.Letter(book, words.FR, nil),
	} {
		pdf := mustPDF(t, l)
		checkMargins(t, name, pdf)
		if text := textOf(t, pdf); strings.Contains(text, "…") || strings.Contains(text, ", ,") || name != "account" && strings.Count(text, "fin") < 3 {
			t.Errorf("%s: something is lost:\n%s", name, text)
		}
	}
}

func rowsOf(l *Letter) [][]string {
	for _, b := range l.Body {
		if b.Table != nil {
			return b.Table.Rows
		}
	}
	return nil
}

// everySound gives letters of every model and kind of customer in both languages, and those of bad input.
func everySound(t *testing.T) map[string]*Letter {
	all := badLetters(t)
	for _, of := range ledger.CustomerKinds {
		for model, r := range everyModel(t, of, 3) {
			for _, lang := range words.Langs {
				all[fmt.Sprintf("%s, %s, %s", model, of, lang)] = r.letter(t, lang)
			}
		}
	}
	return all
}

// TestEveryModelReadsInOrder: the file gives the letter's texts in the order in which they are read, each once, and the typeface has all
// their characters. Where it lacks one the page shows a box, and only the text looks right.
func TestEveryModelReadsInOrder(t *testing.T) {
	all := everySound(t)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var list []*Letter
	for _, name := range names {
		list = append(list, all[name])
	}
	pdf, err := Batch(list)
	if err != nil {
		t.Fatal(err)
	}
	if out := tool(t, pdf, "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	pages := strings.Split(tool(t, pdf, "pdftotext", "-raw", "FILE", "-"), "\f")
	for i, l := range list {
		n := len(l.pages())
		if l.SwissBill != nil {
			t.Fatal("a page more may be needed")
		}
		text := strings.Join(pages[:n], "\n")
		pages = pages[n:]
		for _, r := range text {
			if r != '\n' && !typeface().has(r) {
				t.Errorf("%s: %q is not in the typeface", names[i], r)
			}
		}
		inOrder(t, names[i], l, flat(text))
	}
	if len(pages) != 1 {
		t.Errorf("%d pages more than letters have", len(pages)-1)
	}
}

// inOrder looks for a letter's texts one after the other.
func inOrder(t *testing.T, name string, l *Letter, text string) {
	t.Helper()
	at := 0
	for _, want := range textsInOrder(l) {
		want = flat(printed(want))
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Errorf("%s: %q is not after what goes before it in:\n%s", name, want, text[max(0, at-200):min(len(text), at+1500)])
			return
		}
		at += i + len(want)
	}
}

// textsInOrder are a letter's texts without the foot and what a new page repeats, which may cut a text: where there are several
// pages, lines of tables and sentences stand for the rest.
func textsInOrder(l *Letter) []string {
	var all []string
	put := func(s ...string) { all = append(all, s...) }
	paragraph := func(runs []Run) {
		text := ""
		for _, r := range runs {
			text += r.Text
		}
		if len(l.pages()) == 1 {
			put(text)
		} else {
			put(strings.Fields(printed(text))...)
		}
	}
	rows := func(t *Table) {
		for _, row := range t.Rows {
			put(strings.Fields(printed(strings.Join(row, " ")))...)
		}
		put(t.Total...)
	}
	put(strings.Fields(l.Sender.Name)...)
	if l.Delivery != "" {
		put(strings.Fields(l.Delivery)...)
	}
	put(l.Recipient...)
	put(l.Place)
	paragraph([]Run{{l.Subject, true}})
	for _, b := range l.Body {
		switch {
		case b.Heading != "":
			put(b.Heading)
		case b.Paragraph != nil:
			paragraph(b.Paragraph)
		case b.Table != nil:
			rows(b.Table)
		case b.Sums != nil:
			for _, line := range b.Sums.Lines {
				put(line[0], line[1])
			}
		case b.Bank != nil:
			for _, f := range b.Bank.Fields {
				put(f[0], f[1])
			}
		case b.Form != nil:
			put(append([]string{b.Form.Title}, b.Form.Lines...)...)
		}
		for _, s := range b.List {
			paragraph([]Run{{s, false}})
		}
	}
	put(l.Signature...)
	put(strings.Fields(l.Enclosures)...)
	if l.Statement != nil {
		put(strings.Fields(l.Statement.Title)...)
		rows(&l.Statement.Table)
	}
	return all
}
