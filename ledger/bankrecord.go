package ledger

// EntryType is what kind of operation a bank entry books. The values are written in ledger files.
type EntryType string

// Types of bank entries.
const (
	EntryTransfer    EntryType = "transfer"
	EntryDirectDebit EntryType = "direct_debit"
	EntryCheques     EntryType = "cheques" // one cheque, or a deposit of several
	EntryCards       EntryType = "cards"   // receipts of a card terminal or a payment service
	EntryCash        EntryType = "cash"
	EntryBill        EntryType = "bill"     // bill of exchange: LCR, effet
	EntryFee         EntryType = "fee"      // the bank's own charges and interest
	EntryInternal    EntryType = "internal" // between own accounts
	EntryOther       EntryType = ""
)

// BankAccount is one of the owner's accounts, as statements name it.
type BankAccount struct {
	ID       BankAccountID `json:"-"`
	IBAN     string        `json:"iban,omitempty"`   // without blanks; empty where no statement told it
	Number   string        `json:"number,omitempty"` // as statements without IBAN name it
	Currency Currency      `json:"currency"`
}

// BankStatement is what one file said of an account over some days.
type BankStatement struct {
	ID      BankStatementID `json:"-"`
	Account BankAccountID   `json:"account"`
	Import  ImportID        `json:"import"`
	Number  string          `json:"number,omitempty"`
	From    Date            `json:"from"` // the first and last days of its entries or balances
	To      Date            `json:"to"`
	Opening int64           `json:"opening,omitempty"` // minor units of the account's currency, where Opened
	Opened  bool            `json:"opened,omitempty"`  // the file tells the opening balance
	Closing int64           `json:"closing,omitempty"`
	Closed  bool            `json:"closed,omitempty"`
}

// AsideReason says why a bank entry settles no invoice. The values are written in ledger files.
type AsideReason string

// Reasons to leave a bank entry aside.
const (
	AsideOwner     AsideReason = "owner"      // the owner says that it is no customer's payment
	AsideNoReceipt AsideReason = "no_receipt" // reconciliation found that it is none: a fee, a payment made, a transfer between own accounts
)

// BankEntry is one booking on an account. What it settles is said by the payments that refer to it.
type BankEntry struct {
	ID         BankEntryID     `json:"-"`
	Account    BankAccountID   `json:"account"`
	Statement  BankStatementID `json:"statement"`
	Rank       int             `json:"rank"` // its place in the file, from 1
	Booked     Date            `json:"booked"`
	Value      Date            `json:"value,omitempty"`
	Amount     Money           `json:"amount"` // money in is positive
	Type       EntryType       `json:"type,omitempty"`
	Code       string          `json:"code,omitempty"` // the bank's own
	Returned   bool            `json:"returned,omitempty"`
	Reason     string          `json:"reason,omitempty"`     // why it was returned, as the bank's code says
	References []string        `json:"references,omitempty"` // structured, without blanks
	EndToEnd   string          `json:"end_to_end,omitempty"`
	Mandate    string          `json:"mandate,omitempty"`
	Charges    int64           `json:"charges,omitempty"` // kept back by the bank, minor units
	BatchSize  int             `json:"batch_size,omitempty"`
	Aside      AsideReason     `json:"aside,omitempty"`
	Label      string          `json:"-"` // all that the bank and the payer wrote, lines apart
	PartyName  string          `json:"-"`
	PartyIBAN  string          `json:"-"`
	Details    string          `json:"-"` // the payments of a batch and the invoices named, as package bank writes them
}

func (r *BankAccount) Kind() Kind   { return KindBankAccount }
func (r *BankStatement) Kind() Kind { return KindBankStatement }
func (r *BankEntry) Kind() Kind     { return KindBankEntry }

func (r *BankAccount) Key() uint32   { return uint32(r.ID) }
func (r *BankStatement) Key() uint32 { return uint32(r.ID) }
func (r *BankEntry) Key() uint32     { return uint32(r.ID) }

func (r *BankAccount) setKey(k uint32)   { r.ID = BankAccountID(k) }
func (r *BankStatement) setKey(k uint32) { r.ID = BankStatementID(k) }
func (r *BankEntry) setKey(k uint32)     { r.ID = BankEntryID(k) }

// Personal is empty: the account is the owner's own.
func (r *BankAccount) Personal() []*string   { return nil }
func (r *BankStatement) Personal() []*string { return nil }
func (r *BankEntry) Personal() []*string {
	return []*string{&r.Label, &r.PartyName, &r.PartyIBAN, &r.Details}
}

// BankRead gives the last day up to which the bank is known: of the newest entry or balance of any account, or the
// day up to which the owner says to have checked it; 0 where nothing is known.
func (b *Book) BankRead() Date {
	day := b.Company().BankChecked
	for s := range b.BankStatements.All() {
		day = max(day, s.To)
	}
	return day
}

// PaymentsOfEntry gives the payments that a bank entry brought.
func (b *Book) PaymentsOfEntry(id BankEntryID) []*Payment {
	return b.index.paymentsOfEntry.get(func() map[BankEntryID][]*Payment {
		x := map[BankEntryID][]*Payment{}
		for p := range b.Payments.All() {
			if p.Entry != 0 {
				x[p.Entry] = append(x[p.Entry], p)
			}
		}
		return x
	})[id]
}
