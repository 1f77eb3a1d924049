package dialogs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// stage opens an empty window for a dialog to stand in.
func stage(t *testing.T, s shot.Setup) *shot.Screen {
	t.Helper()
	return shot.Open(t, s, func() fyne.CanvasObject { return kit.Ground(look.Ground) })
}

// owing gives a customer of the sample with several open invoices, and one of these that is late and was
// paid in part where there is one.
func owing(t *testing.T, b *screentest.Bench) (ledger.CustomerID, ledger.InvoiceID) {
	t.Helper()
	s := b.Desk.State()
	for i := range s.Book.Invoices.All() {
		st := s.Standings.Of(i.ID)
		if st.Paid > 0 && st.Open > 0 && st.DaysLate > 0 && s.Book.Summary(i.Customer, s.Standings).OpenCount > 1 {
			return i.Customer, i.ID
		}
	}
	t.Fatal("the sample has no invoice paid in part")
	return 0, 0
}

func TestPayLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	s := stage(t, shot.Setup{})
	Pay(b.Context, customer, invoice, nil)
	s.Golden("pay_fr")
}

// A wrong amount and a day to come are said at their fields, and nothing is recorded.
func TestPayRefuses(t *testing.T) {
	b := screentest.New(t, words.EN)
	customer, invoice := owing(t, b)
	before := b.Desk.State().Standings.Of(invoice)
	s := stage(t, shot.Setup{Appearance: look.Dark})
	Pay(b.Context, customer, invoice, nil)
	s.Type("99999")                              // over what is proposed, which is selected
	s.Key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // past the second invoice to the day
	s.Key(fyne.KeyUp)
	s.Tap("Record the payment")
	s.Has("More than is open:", "€3,204.00.", "has not come yet")
	s.Golden("pay_wrong_en_dark")
	if after := b.Desk.State().Standings.Of(invoice); after != before || len(b.Dones) > 0 {
		t.Errorf("something was recorded: %+v %v", after, b.Dones)
	}
}

func TestPayRecords(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	s := stage(t, shot.Setup{})
	told := 0
	Pay(b.Context, customer, invoice, func() { told++ })
	s.Key(fyne.KeyReturn)
	if st := b.Desk.State().Standings.Of(invoice); st.Open != 0 {
		t.Errorf("%d is still open", st.Open)
	}
	if told != 1 || len(b.Dones) != 1 || len(b.Errors) > 0 {
		t.Errorf("told %d times, said %v, errors %v", told, b.Dones, b.Errors)
	}
	s.HasNot("Noter un paiement")
}

// Where several invoices are open and none was chosen, the owner must say which were paid.
func TestPayAsksWhich(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, _ := owing(t, b)
	s := stage(t, shot.Setup{})
	Pay(b.Context, customer, 0, nil)
	s.Key(fyne.KeyReturn)
	s.Has("Écrivez au moins un", "montant reçu.")
	s.Tap("Tout")
	s.Tap("Noter le paiement")
	if len(b.Dones) != 1 {
		t.Errorf("not recorded: %v %v", b.Dones, b.Errors)
	}
}

func TestPayNothingOpen(t *testing.T) {
	b := screentest.New(t, words.FR)
	state := b.Desk.State()
	for c := range state.Book.Customers.All() {
		if state.Summaries()[c.ID].OpenCount == 0 {
			s := stage(t, shot.Setup{})
			Pay(b.Context, c.ID, 0, nil)
			s.Has("Rien n’est à payer par "+c.Name, "D’accord")
			return
		}
	}
	t.Skip("everybody owes something")
}

func TestCardLooks(t *testing.T) {
	for _, x := range []struct {
		name  string
		lang  words.Lang
		setup shot.Setup
	}{
		{"card_fr", words.FR, shot.Setup{}},
		{"card_en_small", words.EN, shot.Setup{Width: 1024, Height: 600}},
		{"card_dark", words.FR, shot.Setup{Appearance: look.Dark}},
	} {
		b := screentest.New(t, x.lang)
		_, invoice := owing(t, b)
		file := filepath.Join(t.TempDir(), "bon de livraison signé.pdf")
		if err := os.WriteFile(file, bytes.Repeat([]byte("x"), 48_200), 0o600); err != nil {
			t.Fatal(err)
		}
		s := stage(t, x.setup)
		Attach(b.Context, []string{file}, 0, invoice, nil)
		ShowInvoice(b.Context, invoice, nil)
		s.Has("bon de livraison signé.pdf")
		s.Golden(x.name)
	}
}

// A payment taken back opens the invoice again; the dialog shows it at once.
func TestCardTakesBack(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, invoice := owing(t, b)
	if _, err := b.Desk.PayTogether(context.Background(), []desk.Part{{Invoice: invoice, Amount: ledger.Euros(1234)}}, screentest.Day, ledger.Cheque, "n° 77"); err != nil {
		t.Fatal(err)
	}
	before := b.Desk.State().Standings.Of(invoice).Open
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, invoice, nil)
	s.Has("12,34\u00a0€", "24/11/2026 · Chèque · n° 77")
	s.Tap("Reprendre")
	s.Has("Reprendre ce paiement")
	s.Key(fyne.KeyReturn)
	if after := b.Desk.State().Standings.Of(invoice).Open; after != before+1234 {
		t.Errorf("%d is open, was %d; errors %v", after, before, b.Errors)
	}
	s.HasNot("n° 77")
	if len(b.Dones) != 1 || customer == 0 {
		t.Errorf("said %v", b.Dones)
	}
}

func TestWriteOff(t *testing.T) {
	b := screentest.New(t, words.FR)
	_, invoice := owing(t, b)
	s := stage(t, shot.Setup{})
	ShowInvoice(b.Context, invoice, nil)
	s.Tap("Abandonner le reste…")
	s.Golden("write_off_fr")
	s.Tap("Abandonner")
	if st := b.Desk.State().Standings.Of(invoice); st.Situation != ledger.WrittenOff {
		t.Errorf("%+v, errors %v", st, b.Errors)
	}
	s.Has("Abandonnée")
	s.HasNot("Noter un paiement")
}

func TestCustomerFormLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	customer, _ := owing(t, b)
	s := stage(t, shot.Setup{})
	EditCustomer(b.Context, customer, nil)
	s.Golden("customer_fr")
	b = screentest.New(t, words.EN)
	s = stage(t, shot.Setup{Width: 1024, Height: 600})
	NewCustomer(b.Context, nil)
	s.Key(fyne.KeyReturn)
	s.Has("Fill it in")
	s.Golden("customer_wrong_en_small")
}

func TestCustomerFormSaves(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	s := stage(t, shot.Setup{})
	made := ledger.CustomerID(0)
	NewCustomer(b.Context, func(id ledger.CustomerID) { made = id })
	s.Type("Serrurerie Pradel")
	s.Key(fyne.KeyReturn)
	c := b.Desk.State().Book.Customer(made)
	if c == nil || c.Name != "Serrurerie Pradel" || c.Country != "FR" || c.Type != ledger.CompanyCustomer {
		t.Fatalf("%+v, errors %v", c, b.Errors)
	}
	if !c.RefGiven {
		t.Error("the code does not say that it is the program's")
	}
	EditCustomer(b.Context, made, nil)
	s.Type("La ")
	s.Key(fyne.KeyEscape)
	if now := b.Desk.State().Book.Customer(made); now.Name != "Serrurerie Pradel" {
		t.Errorf("Escape saved %q", now.Name)
	}
}

// Company and VAT numbers are checked on leaving their fields, and written as they are kept: of a SIRET, the SIREN.
func TestCustomerFormNumbers(t *testing.T) {
	for _, x := range []struct {
		name, number, vat, country string
		says, hasNot               string
	}{
		{"right", "732 829 320 00074", "44 732829320", "", "732 829 320", "Vérifiez"},
		{"branch of the post", "35600000049837", "", "", "356 000 000", "faux"},
		{"siret", "73282932000075", "", "", "quatorze chiffres", ""},
		{"doubt", "732829320", "fr 40 303 265 045", "", "320. Vérifiez lequel", "n’est pas un numéro"},
		{"belgian", "0428759497", "0428759497", "Belgique", "0428.759.497", "n’est pas"},
		{"swiss", "CHE107787577", "CHE-107.787.577 TVA", "Suisse", "CHE-107.787.577", "n’est pas"},
		{"luxembourgish", "B 12345", "15027443", "Luxembourg", "« 15027443 » n’est pas", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := screentest.Empty(t, words.FR)
			s := stage(t, shot.Setup{})
			NewCustomer(b.Context, nil)
			s.Type("Essai")
			if x.country != "" {
				s.Tap("France")
				s.Tap(x.country)
			}
			s.Tap(map[string]string{"": "SIREN", "Belgique": "(BCE)", "Suisse": "N° IDE", "Luxembourg": "N° RCS"}[x.country])
			s.Type(x.number)
			s.Key(fyne.KeyTab)
			s.Type(x.vat)
			s.Key(fyne.KeyTab)
			s.Has(x.says)
			if x.hasNot != "" {
				s.HasNot(x.hasNot)
			}
		})
	}
}

// A wrong number keeps the form open; two numbers of two companies are the owner's to judge.
func TestCustomerFormNumbersLook(t *testing.T) {
	fill := func(s *shot.Screen, number, vat string) {
		s.Type("Serrurerie Pradel")
		s.Tap("SIREN")
		s.Type(number)
		s.Key(fyne.KeyTab)
		s.Type(vat)
		s.Key(fyne.KeyTab)
	}
	b := screentest.Empty(t, words.FR)
	s := stage(t, shot.Setup{})
	NewCustomer(b.Context, nil)
	fill(s, "732829321", "FR41303265045")
	s.Golden("customer_numbers_fr")
	s.Key(fyne.KeyReturn)
	if n := b.Desk.State().Book.Customers.Len(); n != 0 {
		t.Errorf("%d customers saved", n)
	}
	b = screentest.Empty(t, words.FR)
	s = stage(t, shot.Setup{Appearance: look.Dark})
	made := ledger.CustomerID(0)
	NewCustomer(b.Context, func(id ledger.CustomerID) { made = id })
	fill(s, "732 829 320 00074", "FR40303265045")
	s.Golden("customer_numbers_dark")
	s.Key(fyne.KeyReturn)
	if c := b.Desk.State().Book.Customer(made); c == nil || c.SIREN != "732829320" || c.VAT != "FR40303265045" {
		t.Errorf("%+v, errors %v", c, b.Errors)
	}
}

func TestInvoiceFormLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	NewInvoice(b.Context, 0, nil)
	s.Type("maison")
	s.Golden("invoice_fr")
}

// An invoice typed by hand: the customer found, the due date from the terms.
func TestInvoiceFormSaves(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	made := ledger.InvoiceID(0)
	NewInvoice(b.Context, 0, func(id ledger.InvoiceID) { made = id })
	s.Type("tesson")
	s.Tap("Garage Tessonnier")
	next := func(text string) {
		s.Key(fyne.KeyTab)
		s.Type(text)
	}
	s.Type("H-1")
	next("BC 12")                                // the order
	next("1/11")                                 // issued on
	s.Key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // past the calendars and the due date
	next("1200,5")
	s.Key(fyne.KeyReturn)
	i := b.Desk.State().Book.Invoice(made)
	if i == nil {
		t.Fatalf("not saved: %v\n%s", b.Errors, s.Texts())
	}
	want := ledger.Invoice{ID: made, Customer: i.Customer, Number: "H-1", OrderRef: "BC 12", Issued: ledger.Day(2026, 11, 1),
		Due: ledger.Day(2026, 12, 1), Total: ledger.Euros(120050)}
	if !reflect.DeepEqual(*i, want) {
		t.Errorf("%+v, want %+v", *i, want)
	}
}

func TestClaimLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	claims, err := b.Desk.Claims(id)
	s := stage(t, shot.Setup{})
	ShowClaim(b.Context, SumClaims(b.Words, claims, err), func() {})
	s.Golden("claim_fr")
}

func TestExportLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	Export(b.Context)
	s.Golden("export_fr")
	s = stage(t, shot.Setup{Appearance: look.Dark})
	Export(b.Context)
	s.Key(fyne.KeyDown, fyne.KeyDown) // the doubtful debts
	s.Has("Créances douteuses", "provision")
	s.Golden("export_doubtful_dark")
}

// What is chosen is written, as of the day that was typed, under the name that was chosen.
func TestExportWrites(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = filepath.Join(t.TempDir(), "créances 31.10") // without an ending, as some dialogs give it
	s := stage(t, shot.Setup{})
	Export(b.Context)
	s.Key(fyne.KeyDown, fyne.KeyDown, fyne.KeyTab) // the doubtful debts
	s.Key(fyne.KeyDown, fyne.KeyTab)               // as CSV
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("31/10/2026")
	s.Tap("Enregistrer sous…")
	content, err := os.ReadFile(b.Chosen + ".csv")
	if err != nil || len(b.Dones) != 1 || len(b.Errors) > 0 {
		t.Fatal(err, b.Dones, b.Errors)
	}
	if _, rows, _ := bytes.Cut(content, []byte("\n")); !bytes.HasPrefix(content, []byte("\ufeffCode client;Client;SIREN;")) || len(rows) == 0 || bytes.Contains(rows, []byte("/11/2026")) {
		t.Errorf("%s", content)
	}
	s.HasNot("Enregistrer sous…")
	Export(b.Context)
	s.Key(fyne.KeyDown, fyne.KeyDown, fyne.KeyTab, fyne.KeyDown)
	s.Tap("Enregistrer sous…")
	s.Has("Remplacer créances 31.10.csv")
	if len(b.Dones) != 1 {
		t.Error("replaced without a question")
	}
	s.Tap("Remplacer")
	if again, err := os.ReadFile(b.Chosen + ".csv"); err != nil || bytes.Equal(again, content) || len(b.Dones) != 2 {
		t.Error("not replaced: ", err, b.Errors)
	}
}

// A closing date must have come; the form says so and stays, and so it does when the file cannot be written.
func TestExportRefuses(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.Chosen = filepath.Join(t.TempDir(), "x.xlsx")
	s := stage(t, shot.Setup{})
	Export(b.Context)
	s.Key(fyne.KeyTab, fyne.KeyTab, fyne.KeyUp)
	s.Tap("Enregistrer sous…")
	s.Has("Ce jour n’est pas encore venu")
	if _, err := os.Stat(b.Chosen); err == nil {
		t.Error("written all the same")
	}
	s.Key(fyne.KeyEscape)
	if err := os.WriteFile(b.Chosen, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b.Chosen = filepath.Join(b.Chosen, "y.xlsx") // a file is no folder
	Export(b.Context)
	s.Tap("Enregistrer sous…")
	s.Has("Enregistrer sous…")
	if len(b.Errors) != 1 || len(b.Dones) != 0 {
		t.Error(b.Errors, b.Dones)
	}
}

// A receipt for no invoice in particular: which one it was is asked first, by any words of it; without open invoices that is said.
func TestReceiveAsksForTheInvoice(t *testing.T) {
	b := screentest.New(t, words.EN)
	s := stage(t, shot.Setup{})
	Receive(b.Context, nil)
	s.Type("nobody at all")
	s.Has("No open invoice matches")
	s.Key(fyne.KeyEscape)
	s.Type("0306 tesso")
	s.Tap("Continue…")
	s.Has("Garage Tessonnier", "F-2026-0306", "Record the payment")
	empty := screentest.Empty(t, words.FR)
	s = stage(t, shot.Setup{})
	Receive(empty.Context, nil)
	s.Has("Aucune facture n’est ouverte")
}
