package dialogs

import (
	"testing"

	"fyne.io/fyne/v2"

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
	s := stage(t, shot.Setup{})
	customer, invoice := owing(t, b)
	Pay(b.Context, customer, invoice, nil)
	s.Golden("pay_fr")
}

func TestCardLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	_, invoice := owing(t, b)
	ShowInvoice(b.Context, invoice, nil)
	s.Golden("card_fr")
}

func TestCustomerFormLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	customer, _ := owing(t, b)
	EditCustomer(b.Context, customer, nil)
	s.Golden("customer_fr")
}

func TestInvoiceFormLooks(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := stage(t, shot.Setup{})
	NewInvoice(b.Context, 0, nil)
	s.Type("ga")
	s.Golden("invoice_fr")
}
