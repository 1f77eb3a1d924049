package letters

import (
	"fmt"
	"strings"

	"quitus/assets/words"
	"quitus/ledger"
)

// DepositSlip makes the slip (bordereau de remise de chèques) that goes to the bank with cheques: the account and its
// holder, a line a cheque, how many they are and what they come to, and the place to sign. The number of a slip that is
// not recorded yet is given by its ID.
func DepositSlip(b *ledger.Book, d *ledger.Deposit, lang words.Lang, logo *Logo) *Letter {
	w, company := words.New(lang), b.Company()
	number := w.T("deposit.slip.reference", "number", int(d.ID))
	l := &Letter{
		Lang: string(lang), Model: "deposit", Reference: number, Date: d.On, Amount: d.Amount, Handed: true,
		Sender: senderOf(w, company, "", logo), Place: placeOf(w, company, d.On), Legal: legalLine(w, company),
		Subject: number, Signature: []string{w.T("deposit.slip.signature")},
	}
	if name := company.Signatory.Name; name != "" {
		l.Signature = append(l.Signature, name)
	}
	account := &Bank{}
	add := func(label, value string) {
		if value != "" {
			account.Fields = append(account.Fields, [2]string{w.T(label), value})
		}
	}
	holder := company.Holder
	if holder == "" {
		holder = company.Name
	}
	add("letters.bank.holder", holder)
	add("letters.bank.iban", words.Grouped(d.IBAN, 4))
	if d.IBAN == ledger.PlainIBAN(company.IBAN) {
		add("letters.bank.bic", company.BIC)
	}
	add("deposit.slip.day", w.Date(d.On))
	l.Body = []Block{{Bank: account}, {Table: chequeTable(b, d, w)}, {Sums: &Sums{Lines: [][2]string{
		{w.T("deposit.slip.count"), w.Number(d.Cheques)}, {w.T("deposit.slip.total"), w.Money(d.Amount)},
	}}}}
	return l
}

func chequeTable(b *ledger.Book, d *ledger.Deposit, w *words.Words) *Table {
	t := &Table{
		Head: []string{w.T("deposit.slip.drawer"), w.T("deposit.slip.number"), w.T("deposit.slip.received"), w.T("deposit.slip.amount")}, Right: []bool{false, false, true, true},
	}
	for n, c := range ledger.ChequesOf(d.PaymentsIn(b)) {
		drawer := ""
		if k := b.Customer(c.Customer); k != nil {
			drawer = k.Name
		}
		t.Rows = append(t.Rows, []string{
			fmt.Sprintf("%d. %s", n+1, drawer), strings.TrimSpace(c.Reference), w.Date(c.On), w.Money(c.Amount),
		})
	}
	return t
}
