package ledger

// Company is the owner's own company; a ledger has at most one. Its form in JSON is that of the
// command line's company file.
type Company struct {
	Name         string    `json:"name"`
	LegalForm    string    `json:"legal_form"`
	Capital      string    `json:"capital"` // "20000.00 EUR"
	Address      []string  `json:"address"` // street lines, without postcode and town
	Postcode     string    `json:"postcode"`
	Town         string    `json:"town"`
	Country      string    `json:"country"` // ISO 3166-1, two capitals
	SIREN        string    `json:"siren"`   // company number: SIREN, BCE, IDE
	RegisterTown string    `json:"register_town"`
	VAT          string    `json:"vat"`
	IBAN         string    `json:"iban"`
	BIC          string    `json:"bic"`
	Holder       string    `json:"account_holder,omitempty"` // of the bank account; the company where empty
	Email        string    `json:"email"`
	Phone        string    `json:"phone"`
	Signatory    Signatory `json:"signatory"`
	Terms        Terms     `json:"terms,omitzero"`      // usual payment terms
	Logo         Hash      `json:"logo,omitempty"`      // of a PNG or JPEG document
	SignedBy     Hash      `json:"signature,omitempty"` // picture of the signatory's signature, a PNG or JPEG document
	Envelope     string    `json:"envelope,omitempty"`  // one of [Envelopes]; the usual one of the country where empty
	NoQR         bool      `json:"no_qr,omitempty"`     // letters that ask for payment have no code to scan
	// BankChecked is the day up to which the owner says to have checked the bank by hand.
	BankChecked Date   `json:"bank_checked,omitempty"`
	Scenario    string `json:"scenario,omitempty"` // name of the usual one; the program's where empty
	House       House  `json:"house,omitzero"`
	// PrincipalFirst says that part payments settle the principal before interest: the owner's choice, in the debtor's favour.
	PrincipalFirst bool `json:"principal_first,omitempty"`
}

// Envelopes names the envelopes that letters can be made for: country, format, and where the window is.
var Envelopes = []string{"fr_dl_right", "fr_c5_right", "be_dl_right", "be_dl_left", "ch_c5_right", "ch_c5_left", "de_dl_left"}

// Signatory is the person who signs the company's letters.
type Signatory struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// CustomerKind says which law applies to a customer.
type CustomerKind string

// Kinds of customers. A non-professional is neither consumer nor trader: an association or a
// co-ownership (copropriété).
const (
	CompanyCustomer CustomerKind = "company"
	PublicBody      CustomerKind = "public"
	Consumer        CustomerKind = "consumer"
	NonProfessional CustomerKind = "non_professional"
)

// CustomerKinds lists the kinds in the order in which forms offer them.
var CustomerKinds = []CustomerKind{CompanyCustomer, PublicBody, Consumer, NonProfessional}

// Customer is someone who is invoiced.
type Customer struct {
	ID       CustomerID   `json:"-"`
	Ref      string       `json:"ref"`                 // code, unique without regard to case
	RefGiven bool         `json:"ref_given,omitempty"` // the code is this program's, not the owner's
	Name     string       `json:"-"`
	Type     CustomerKind `json:"kind"`
	Country  string       `json:"country"`  // ISO 3166-1, two capitals
	Language string       `json:"language"` // of letters: "fr", "en", "nl" or "de"; French where empty
	SIREN    string       `json:"siren,omitempty"`
	VAT      string       `json:"vat,omitempty"`
	Address  string       `json:"-"` // street lines, separated by line feeds
	Postcode string       `json:"-"`
	Town     string       `json:"-"`
	Email    string       `json:"-"` // general; contacts have their own
	Phone    string       `json:"-"`
	Names    string       `json:"-"` // other names in use (trade, bank, group), separated by line feeds
	Terms    Terms        `json:"terms,omitzero"`
	Rate     string       `json:"rate,omitempty"`     // contractual late rate, percent a year ("12.5")
	Scenario string       `json:"scenario,omitempty"` // name; the company's where empty, [NoScenario] for no follow-up
	// DoNotContact says that the owner is not to write or call: another takes care, or the customer asked for it.
	DoNotContact bool       `json:"do_not_contact,omitempty"`
	Manager      CustomerID `json:"manager,omitempty"`   // who is spoken to for it: the syndic of a co-ownership
	Insolvent    Date       `json:"insolvent,omitempty"` // day of the judgment that opened insolvency proceedings
	Published    Date       `json:"published,omitempty"` // of that judgment, from which the time to declare claims runs
	Officer      Officer    `json:"officer,omitzero"`    // to whom claims are declared in the insolvency proceedings
	Habit        Habit      `json:"habit,omitzero"`      // of paying less than is open
	Indemnity    int64      `json:"indemnity,omitempty"` // per late invoice, as a clause gives it to a Belgian consumer; euro cents
}

// Habit is how a customer is known to pay less than is open, as the owner confirmed by giving up the difference.
type Habit struct {
	Discount int   `json:"discount,omitempty"` // for paying early, in hundredths of a percent; 0 is none
	Fee      Money `json:"fee,omitzero"`       // bank charges kept back
	Since    Date  `json:"since,omitempty"`    // the day on which the newest of them was confirmed
}

// Contact is a person at a customer's.
type Contact struct {
	ID           ContactID  `json:"-"`
	Customer     CustomerID `json:"customer"`
	Name         string     `json:"-"`
	Role         string     `json:"-"`
	Phone        string     `json:"-"`
	Email        string     `json:"-"`
	DoNotContact bool       `json:"do_not_contact,omitempty"`
}

// Invoice is an invoice or a credit note as issued. What is open of it follows from payments and
// write-offs: see [Book.Standing].
type Invoice struct {
	ID           InvoiceID
	Customer     CustomerID
	Number       string
	CreditNote   bool
	Issued       Date
	Due          Date  // of the first instalment where there are any; zero when unknown
	DueEstimated bool  // Due was computed from terms, not read
	Total        Money // including VAT; negative for a credit note
	// Instalments are the parts that an invoice is payable in, in the order of their due dates: none, or at
	// least two that make the total.
	Instalments []Instalment
	// Net and VAT are what the total is made of, as [SplitTotal] gives them: minor units of its currency,
	// with its sign. Both are 0 where nothing told them. [Invoice.Tax] reads them.
	Net, VAT int64
	// RegisterPaid is the one figure that a register gave as paid, on the day RegisterDay of its import.
	// It is no payment: see [Book.Standing]. Same sign as Total.
	RegisterPaid   int64
	RegisterDay    Date
	RegisterImport ImportID // the import that brought the figure
	Terms          Terms
	OrderRef       string // the customer's order number
	Completed      Date   // day of delivery or on which the work was done; zero when unknown
	// Of an invoice to a French public body: the day on which it received the payment demand (Chorus Pro), the code of
	// the service that pays, and the number of the legal commitment.
	Demanded            Date
	Service, Commitment string
	Subject             string // what was delivered
	Scenario            string // name; the customer's where empty, [NoScenario] for no follow-up
}

// Allocation is the part of a payment that settles one invoice.
type Allocation struct {
	Invoice InvoiceID `json:"invoice"`
	Amount  int64     `json:"amount"` // minor units of the payment's currency
	// Above is the import whose paid figure is known not to include this: an owner who enters a payment
	// by hand means it on top of what is shown as paid. 0 where only the days tell.
	Above ImportID `json:"above,omitempty"`
}

// Means is how a payment was made.
type Means string

// Means of payment.
const (
	Transfer   Means = "transfer"
	Cheque     Means = "cheque"
	Cash       Means = "cash"
	Card       Means = "card"
	OtherMeans Means = ""
)

// MeansList lists the means in the order in which forms offer them.
var MeansList = []Means{Transfer, Cheque, Card, Cash}

// Payment is money received from a customer on a day. Allocations never exceed the amount; what is
// left is the customer's credit. A negative amount is money that went back (an unpaid cheque, a refund);
// an amount of nothing sets credit notes against invoices.
type Payment struct {
	ID          PaymentID
	Customer    CustomerID
	On          Date
	Amount      Money
	Means       Means
	Reference   string // cheque number, bank reference
	Allocations []Allocation
	Entry       BankEntryID // the bank entry that brought it; 0 where it was entered otherwise
	Noted       bool        // it was entered by hand before the bank entry came
}

// WriteOff is a part of an invoice that the owner gave up.
type WriteOff struct {
	ID      WriteOffID `json:"-"`
	Invoice InvoiceID  `json:"invoice"`
	On      Date       `json:"on"`
	Amount  Money      `json:"amount"`
	Reason  string     `json:"-"`
}

// Promise is a customer's word to pay an amount by a day.
type Promise struct {
	ID       PromiseID   `json:"-"`
	Customer CustomerID  `json:"customer"`
	Made     Date        `json:"made"`
	Due      Date        `json:"due"`
	Amount   Money       `json:"amount"`
	Invoices []InvoiceID `json:"invoices"` // what it is about; all that is open where empty
	Means    Means       `json:"means,omitempty"`
	Words    string      `json:"-"` // what was said
}

// DisputeReason says what is contested.
type DisputeReason string

// Reasons of disputes.
const (
	LateDelivery   DisputeReason = "late_delivery"
	FaultyGoods    DisputeReason = "faulty_goods"
	WrongAmount    DisputeReason = "wrong_amount"
	WrongAddressee DisputeReason = "wrong_addressee"
	MissingOrder   DisputeReason = "missing_order"
	MissingProof   DisputeReason = "missing_proof" // of delivery or of the work done
	NotOrdered     DisputeReason = "not_ordered"
	OtherDispute   DisputeReason = "other"
)

// Dispute is a customer's objection to an invoice, open until Closed is set.
type Dispute struct {
	ID      DisputeID     `json:"-"`
	Invoice InvoiceID     `json:"invoice"`
	Opened  Date          `json:"opened"`
	Closed  Date          `json:"closed,omitempty"`
	Reason  DisputeReason `json:"reason"`
	Amount  int64         `json:"amount"`       // contested, minor units of the invoice's currency; 0 for all of it
	By      Date          `json:"by,omitempty"` // until when it is to be settled
	Words   string        `json:"-"`            // what is contested
	Settles string        `json:"-"`            // what would settle it
	Who     string        `json:"-"`            // who does it
	Ended   string        `json:"-"`            // how it ended, for the next time
}

// Note is a free text about a customer.
type Note struct {
	ID       NoteID     `json:"-"`
	Customer CustomerID `json:"customer"`
	On       Date       `json:"on"`
	Text     string     `json:"-"`
}

// Hash is the lower-case hexadecimal SHA-256 of a document's bytes, by which it is kept.
type Hash string

// Document is a file kept with an invoice or a customer.
type Document struct {
	ID       DocumentID `json:"-"`
	Customer CustomerID `json:"customer"`
	Invoice  InvoiceID  `json:"invoice,omitempty"`
	On       Date       `json:"on"`
	Hash     Hash       `json:"hash"`
	Size     int64      `json:"size"` // bytes
	Name     string     `json:"-"`    // the file's name, without folder
}

// LetterLine is one invoice in a letter, with what was left to pay that day: of an invoice in parts, of
// those that were overdue.
type LetterLine struct {
	Invoice InvoiceID `json:"invoice"`
	Open    int64     `json:"open"` // minor units of the letter's currency
}

// Letter is a letter made for a customer; its pages are the document Hash.
type Letter struct {
	ID        LetterID     `json:"-"`
	Customer  CustomerID   `json:"customer"`
	Model     string       `json:"model"` // "first_reminder", "formal_notice"
	Reference string       `json:"reference"`
	On        Date         `json:"on"`       // the letter's date
	Deadline  Date         `json:"deadline"` // the day until which it asks for payment
	Sent      Date         `json:"sent,omitempty"`
	Amount    Money        `json:"amount"`
	Lines     []LetterLine `json:"lines"`
	Hash      Hash         `json:"hash"`
	Size      int64        `json:"size"` // bytes
	// Registered is what is known of its way where it went by registered mail.
	Registered Registered `json:"registered,omitzero"`
}

// Import is a file that was taken in.
type Import struct {
	ID         ImportID `json:"-"`
	File       string   `json:"file"` // name, without folder
	Hash       Hash     `json:"hash"`
	Sheet      string   `json:"sheet,omitempty"`
	Format     string   `json:"format"`
	HeaderLine int      `json:"header_line"`
	Shape      string   `json:"shape,omitempty"` // of a register's titles: lists of the same columns have the same
	On         Date     `json:"on"`
	Created    int      `json:"created"`
	Updated    int      `json:"updated"`
	Rejected   int      `json:"rejected"`
}

// AliasSource says how an alias became known. The values are written in ledger files.
type AliasSource string

// Sources of aliases.
const (
	AliasLettered AliasSource = "lettered" // the accountant's lettering of receipts
	AliasOwner    AliasSource = "owner"    // the owner's own decision about a bank entry
)

// Alias is a payer's name as bank statements write it, and the customer it stands for.
type Alias struct {
	ID       AliasID     `json:"-"`
	Customer CustomerID  `json:"customer"`
	Source   AliasSource `json:"source"`
	Since    Date        `json:"since,omitempty"` // the day on which it became known; 0 where that was not noted
	Label    string      `json:"-"`               // as [PayerLabel] gives it
	IBAN     string      `json:"-"`               // or the payer's account, without blanks
}

// Mapping says what the columns of one shape of register hold: of files with the same titles in the same order. It is
// remembered when the owner chose what the program did not see by itself.
type Mapping struct {
	ID      MappingID      `json:"-"`
	Name    string         `json:"name"` // unique without regard to case
	Columns []MappedColumn `json:"columns"`
}

// MappedColumn is a column's title as the file has it, and the name of the field that it holds; no name where it is
// not taken.
type MappedColumn struct {
	Title string `json:"title"`
	Field string `json:"field,omitempty"`
}

func (r *Company) Kind() Kind  { return KindCompany }
func (r *Customer) Kind() Kind { return KindCustomer }
func (r *Contact) Kind() Kind  { return KindContact }
func (r *Invoice) Kind() Kind  { return KindInvoice }
func (r *Payment) Kind() Kind  { return KindPayment }
func (r *WriteOff) Kind() Kind { return KindWriteOff }
func (r *Promise) Kind() Kind  { return KindPromise }
func (r *Dispute) Kind() Kind  { return KindDispute }
func (r *Note) Kind() Kind     { return KindNote }
func (r *Document) Kind() Kind { return KindDocument }
func (r *Letter) Kind() Kind   { return KindLetter }
func (r *Import) Kind() Kind   { return KindImport }
func (r *Alias) Kind() Kind    { return KindAlias }
func (r *Mapping) Kind() Kind  { return KindMapping }
func (r *Step) Kind() Kind     { return KindStep }

// Key is 1: a ledger has one company.
func (r *Company) Key() uint32  { return 1 }
func (r *Customer) Key() uint32 { return uint32(r.ID) }
func (r *Contact) Key() uint32  { return uint32(r.ID) }
func (r *Invoice) Key() uint32  { return uint32(r.ID) }
func (r *Payment) Key() uint32  { return uint32(r.ID) }
func (r *WriteOff) Key() uint32 { return uint32(r.ID) }
func (r *Promise) Key() uint32  { return uint32(r.ID) }
func (r *Dispute) Key() uint32  { return uint32(r.ID) }
func (r *Note) Key() uint32     { return uint32(r.ID) }
func (r *Document) Key() uint32 { return uint32(r.ID) }
func (r *Letter) Key() uint32   { return uint32(r.ID) }
func (r *Import) Key() uint32   { return uint32(r.ID) }
func (r *Alias) Key() uint32    { return uint32(r.ID) }
func (r *Mapping) Key() uint32  { return uint32(r.ID) }
func (r *Step) Key() uint32     { return uint32(r.ID) }

func (r *Company) setKey(uint32)    {}
func (r *Customer) setKey(k uint32) { r.ID = CustomerID(k) }
func (r *Contact) setKey(k uint32)  { r.ID = ContactID(k) }
func (r *Invoice) setKey(k uint32)  { r.ID = InvoiceID(k) }
func (r *Payment) setKey(k uint32)  { r.ID = PaymentID(k) }
func (r *WriteOff) setKey(k uint32) { r.ID = WriteOffID(k) }
func (r *Promise) setKey(k uint32)  { r.ID = PromiseID(k) }
func (r *Dispute) setKey(k uint32)  { r.ID = DisputeID(k) }
func (r *Note) setKey(k uint32)     { r.ID = NoteID(k) }
func (r *Document) setKey(k uint32) { r.ID = DocumentID(k) }
func (r *Letter) setKey(k uint32)   { r.ID = LetterID(k) }
func (r *Import) setKey(k uint32)   { r.ID = ImportID(k) }
func (r *Alias) setKey(k uint32)    { r.ID = AliasID(k) }
func (r *Mapping) setKey(k uint32)  { r.ID = MappingID(k) }
func (r *Step) setKey(k uint32)     { r.ID = StepID(k) }

// Personal is empty: the owner's company is not a third person's data.
func (r *Company) Personal() []*string { return nil }

// Personal covers all that could tell who the customer is, but for its code and company number.
func (r *Customer) Personal() []*string {
	return []*string{&r.Name, &r.Address, &r.Postcode, &r.Town, &r.Email, &r.Phone, &r.Names}
}

func (r *Contact) Personal() []*string { return []*string{&r.Name, &r.Role, &r.Phone, &r.Email} }

// Personal is the subject: works are often described with the name of the person they were done for.
func (r *Invoice) Personal() []*string  { return []*string{&r.Subject} }
func (r *Payment) Personal() []*string  { return []*string{&r.Reference} }
func (r *WriteOff) Personal() []*string { return []*string{&r.Reason} }
func (r *Promise) Personal() []*string  { return []*string{&r.Words} }
func (r *Dispute) Personal() []*string  { return []*string{&r.Words, &r.Settles, &r.Who, &r.Ended} }
func (r *Note) Personal() []*string     { return []*string{&r.Text} }
func (r *Document) Personal() []*string { return []*string{&r.Name} }
func (r *Letter) Personal() []*string   { return nil }
func (r *Import) Personal() []*string   { return nil }
func (r *Alias) Personal() []*string    { return []*string{&r.Label, &r.IBAN} }
func (r *Mapping) Personal() []*string  { return nil }
func (r *Step) Personal() []*string     { return []*string{&r.Words} }
