package bank

// What is kept of a document: for each element of interest, by its path, where its value goes. The paths are those of version
// 08 without the elements in camtThin, which makes them those of all versions; names that a version has of its own are listed.

// camtStatement is one statement, report or notification.
type camtStatement struct {
	id, number, created, until string
	iban, account, currency    string
	holder, bic                string
	opening, closing           camtBalance
	entries                    []Entry
	pending                    int // entries left out, for they are not booked
}

// camtBalance is one balance of a statement.
type camtBalance struct {
	kind, side, on string
	amount         camtLeaf
}

// camtEntry is one entry as written.
type camtEntry struct {
	amount         camtLeaf
	side, status   string
	reversal       string
	booked, value  string
	code           camtCode
	bankRef, about string
	batch          int
	charges        camtCharges
	payments       []*camtPayment
}

// camtPayment is one payment of an entry as written.
type camtPayment struct {
	amount, booked, counter, instructed camtLeaf // of the payment itself, of the transaction, its counter-value, as instructed
	side                                string
	code                                camtCode
	endToEnd, mandate, bankRef, cheque  string
	debtor, creditor                    camtSide
	free                                []string
	blocks                              []camtBlock
	about                               string
	charges                             camtCharges
	reason, reasonText                  string
}

// camtSide is what is known of the debtor or the creditor.
type camtSide struct{ name, ultimate, iban, account, bic, id string }

// camtBlock is one structured part of a remittance.
type camtBlock struct {
	reference               string
	documents               []camtDocument
	due, remitted, credited camtLeaf
	about                   []string
}

// camtDocument is an invoice or a credit note (CREN) that the payer names.
type camtDocument struct{ number, kind string }

// camtCode is a code of operation: ISO 20022, and the bank's own with whose list it is of.
type camtCode struct{ domain, family, sub, own, issuer string }

// camtCharges is what an operation cost.
type camtCharges struct {
	total   camtLeaf
	records []camtCharge
}

type camtCharge struct {
	amount         camtLeaf
	side, included string
}

// keepFirst keeps the first of several values.
func keepFirst(to *string, v camtLeaf) {
	if *to == "" {
		*to = v.text
	}
}

type camtTable[T any] map[string]func(*T, camtLeaf)

var camtStatementFields = camtTable[camtStatement]{
	"Id":              func(s *camtStatement, v camtLeaf) { s.id = v.text },
	"ElctrncSeqNb":    func(s *camtStatement, v camtLeaf) { s.number = v.text },
	"LglSeqNb":        func(s *camtStatement, v camtLeaf) { keepFirst(&s.number, v) },
	"CreDtTm":         func(s *camtStatement, v camtLeaf) { s.created = v.text },
	"FrToDt/ToDtTm":   func(s *camtStatement, v camtLeaf) { s.until = v.text },
	"Acct/Id/IBAN":    func(s *camtStatement, v camtLeaf) { s.iban = v.text },
	"Acct/Id/BBAN":    func(s *camtStatement, v camtLeaf) { s.account = v.text },
	"Acct/Id/Id":      func(s *camtStatement, v camtLeaf) { s.account = v.text },
	"Acct/Id/Othr/Id": func(s *camtStatement, v camtLeaf) { s.account = v.text },
	"Acct/Ccy":        func(s *camtStatement, v camtLeaf) { s.currency = v.text },
	"Acct/Ownr/Nm":    func(s *camtStatement, v camtLeaf) { s.holder = v.text },
	"Acct/Svcr/BIC":   func(s *camtStatement, v camtLeaf) { s.bic = v.text },
	"Acct/Svcr/BICFI": func(s *camtStatement, v camtLeaf) { s.bic = v.text },
}

var camtBalanceFields = camtTable[camtBalance]{
	"Tp/CdOrPrtry/Cd": func(b *camtBalance, v camtLeaf) { b.kind = v.text },
	"Tp/Cd":           func(b *camtBalance, v camtLeaf) { b.kind = v.text },
	"Amt":             func(b *camtBalance, v camtLeaf) { b.amount = v },
	"CdtDbtInd":       func(b *camtBalance, v camtLeaf) { b.side = v.text },
	"Dt/Dt":           func(b *camtBalance, v camtLeaf) { b.on = v.text },
	"Dt/DtTm":         func(b *camtBalance, v camtLeaf) { b.on = v.text },
}

var camtEntryFields = camtTable[camtEntry]{
	"Amt":                        func(e *camtEntry, v camtLeaf) { e.amount = v },
	"CdtDbtInd":                  func(e *camtEntry, v camtLeaf) { e.side = v.text },
	"RvslInd":                    func(e *camtEntry, v camtLeaf) { e.reversal = v.text },
	"Sts":                        func(e *camtEntry, v camtLeaf) { e.status = v.text },
	"Sts/Cd":                     func(e *camtEntry, v camtLeaf) { e.status = v.text },
	"Sts/Prtry":                  func(e *camtEntry, v camtLeaf) { keepFirst(&e.status, v) },
	"BookgDt/Dt":                 func(e *camtEntry, v camtLeaf) { e.booked = v.text },
	"BookgDt/DtTm":               func(e *camtEntry, v camtLeaf) { e.booked = v.text },
	"ValDt/Dt":                   func(e *camtEntry, v camtLeaf) { e.value = v.text },
	"ValDt/DtTm":                 func(e *camtEntry, v camtLeaf) { e.value = v.text },
	"AcctSvcrRef":                func(e *camtEntry, v camtLeaf) { e.bankRef = v.text },
	"BkTxCd/Domn/Cd":             func(e *camtEntry, v camtLeaf) { e.code.domain = v.text },
	"BkTxCd/Domn/Fmly/Cd":        func(e *camtEntry, v camtLeaf) { e.code.family = v.text },
	"BkTxCd/Domn/Fmly/SubFmlyCd": func(e *camtEntry, v camtLeaf) { e.code.sub = v.text },
	"BkTxCd/Prtry/Cd":            func(e *camtEntry, v camtLeaf) { e.code.own = v.text },
	"BkTxCd/Prtry/Issr":          func(e *camtEntry, v camtLeaf) { e.code.issuer = v.text },
	"Chrgs/TtlChrgsAndTaxAmt":    func(e *camtEntry, v camtLeaf) { e.charges.total = v },
	"Chrgs/Amt":                  func(e *camtEntry, v camtLeaf) { e.charges.last().amount = v },
	"Chrgs/CdtDbtInd":            func(e *camtEntry, v camtLeaf) { e.charges.last().side = v.text },
	"Chrgs/ChrgInclInd":          func(e *camtEntry, v camtLeaf) { e.charges.last().included = v.text },
	"Btch/NbOfTxs":               func(e *camtEntry, v camtLeaf) { e.batch += max(0, smallNumber(v.text)) },
	"AddtlNtryInf":               func(e *camtEntry, v camtLeaf) { e.about = v.text },
}

var camtPaymentFields = withSides(camtTable[camtPayment]{
	"Amt":                        func(p *camtPayment, v camtLeaf) { p.amount = v },
	"AmtDtls/TxAmt/Amt":          func(p *camtPayment, v camtLeaf) { p.booked = v },
	"AmtDtls/CntrValAmt/Amt":     func(p *camtPayment, v camtLeaf) { p.counter = v },
	"AmtDtls/InstdAmt/Amt":       func(p *camtPayment, v camtLeaf) { p.instructed = v },
	"CdtDbtInd":                  func(p *camtPayment, v camtLeaf) { p.side = v.text },
	"BkTxCd/Domn/Cd":             func(p *camtPayment, v camtLeaf) { p.code.domain = v.text },
	"BkTxCd/Domn/Fmly/Cd":        func(p *camtPayment, v camtLeaf) { p.code.family = v.text },
	"BkTxCd/Domn/Fmly/SubFmlyCd": func(p *camtPayment, v camtLeaf) { p.code.sub = v.text },
	"BkTxCd/Prtry/Cd":            func(p *camtPayment, v camtLeaf) { p.code.own = v.text },
	"BkTxCd/Prtry/Issr":          func(p *camtPayment, v camtLeaf) { p.code.issuer = v.text },
	"Refs/EndToEndId":            func(p *camtPayment, v camtLeaf) { p.endToEnd = v.text },
	"Refs/MndtId":                func(p *camtPayment, v camtLeaf) { p.mandate = v.text },
	"Refs/AcctSvcrRef":           func(p *camtPayment, v camtLeaf) { p.bankRef = v.text },
	"Refs/ChqNb":                 func(p *camtPayment, v camtLeaf) { p.cheque = v.text },
	"RmtInf/Ustrd":               func(p *camtPayment, v camtLeaf) { p.free = append(p.free, v.text) },
	"AddtlTxInf":                 func(p *camtPayment, v camtLeaf) { p.about = v.text },
	"Chrgs/TtlChrgsAndTaxAmt":    func(p *camtPayment, v camtLeaf) { p.charges.total = v },
	"Chrgs/Amt":                  func(p *camtPayment, v camtLeaf) { p.charges.last().amount = v },
	"Chrgs/CdtDbtInd":            func(p *camtPayment, v camtLeaf) { p.charges.last().side = v.text },
	"Chrgs/ChrgInclInd":          func(p *camtPayment, v camtLeaf) { p.charges.last().included = v.text },
	"RtrInf/Rsn/Cd":              func(p *camtPayment, v camtLeaf) { p.reason = v.text },
	"RtrInf/Rsn/Prtry":           func(p *camtPayment, v camtLeaf) { keepFirst(&p.reason, v) },
	"RtrInf/RtrRsn/Cd":           func(p *camtPayment, v camtLeaf) { p.reason = v.text },
	"RtrInf/RtrRsn/Prtry":        func(p *camtPayment, v camtLeaf) { keepFirst(&p.reason, v) },
	"RtrInf/AddtlInf":            func(p *camtPayment, v camtLeaf) { keepFirst(&p.reasonText, v) },

	"RmtInf/Strd/CdtrRefInf/Ref":             func(p *camtPayment, v camtLeaf) { p.block().reference = v.text },
	"RmtInf/Strd/CdtrRefInf/CdtrRef":         func(p *camtPayment, v camtLeaf) { p.block().reference = v.text },
	"RmtInf/Strd/RfrdDocInf/Nb":              func(p *camtPayment, v camtLeaf) { p.document().number = v.text },
	"RmtInf/Strd/RfrdDocInf/RfrdDocNb":       func(p *camtPayment, v camtLeaf) { p.document().number = v.text },
	"RmtInf/Strd/RfrdDocInf/Tp/CdOrPrtry/Cd": func(p *camtPayment, v camtLeaf) { p.document().kind = v.text },
	"RmtInf/Strd/RfrdDocInf/RfrdDocTp/Cd":    func(p *camtPayment, v camtLeaf) { p.document().kind = v.text },
	"RmtInf/Strd/RfrdDocAmt/DuePyblAmt":      func(p *camtPayment, v camtLeaf) { p.block().due = v },
	"RmtInf/Strd/RfrdDocAmt/RmtdAmt":         func(p *camtPayment, v camtLeaf) { p.block().remitted = v },
	"RmtInf/Strd/RfrdDocAmt/CdtNoteAmt":      func(p *camtPayment, v camtLeaf) { p.block().credited = v },
	"RmtInf/Strd/AddtlRmtInf":                func(p *camtPayment, v camtLeaf) { p.block().about = append(p.block().about, v.text) },
})

// withSides adds the elements of the debtor and of the creditor, which are alike.
func withSides(fields camtTable[camtPayment]) camtTable[camtPayment] {
	for name, of := range map[string]func(*camtPayment) *camtSide{
		"Dbtr": func(p *camtPayment) *camtSide { return &p.debtor },
		"Cdtr": func(p *camtPayment) *camtSide { return &p.creditor },
	} {
		set := func(path string, to func(*camtSide) *string) {
			fields[path] = func(p *camtPayment, v camtLeaf) { keepFirst(to(of(p)), v) }
		}
		party, account, agent := "RltdPties/"+name, "RltdPties/"+name+"Acct/Id/", "RltdAgts/"+name+"Agt/"
		set(party+"/Nm", func(s *camtSide) *string { return &s.name })
		set(party+"/Agt/Nm", func(s *camtSide) *string { return &s.name })
		set(party+"/Agt/BICFI", func(s *camtSide) *string { return &s.bic })
		set(party+"/Id/Othr/Id", func(s *camtSide) *string { return &s.id })
		set("RltdPties/Ultmt"+name+"/Nm", func(s *camtSide) *string { return &s.ultimate })
		set(account+"IBAN", func(s *camtSide) *string { return &s.iban })
		set(account+"Othr/Id", func(s *camtSide) *string { return &s.account })
		set(account+"BBAN", func(s *camtSide) *string { return &s.account })
		set(account+"Id", func(s *camtSide) *string { return &s.account })
		set(agent+"BIC", func(s *camtSide) *string { return &s.bic })
		set(agent+"BICFI", func(s *camtSide) *string { return &s.bic })
	}
	return fields
}

func (c *camtCharges) last() *camtCharge { return lastOf(&c.records) }

func (p *camtPayment) block() *camtBlock { return lastOf(&p.blocks) }

func (p *camtPayment) document() *camtDocument { return lastOf(&p.block().documents) }

// lastOf gives the last of a list, which gets one if it has none.
func lastOf[T any](list *[]T) *T {
	if len(*list) == 0 {
		*list = append(*list, *new(T))
	}
	return &(*list)[len(*list)-1]
}
