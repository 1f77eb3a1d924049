package bank

import (
	"regexp"
	"strings"

	"quitus/ledger"
)

// What the codes of banks say about an entry: the kind of operation, and whether it takes an earlier payment back.

// isoFamilies are the families of ISO 20022's bank transaction codes: issued and received transfers, at once or not, cash
// concentration, direct debits, cheques, cards, drafts, and cash pooling.
var isoFamilies = map[string]ledger.EntryType{
	"RCDT": ledger.EntryTransfer, "ICDT": ledger.EntryTransfer, "RRCT": ledger.EntryTransfer, "IRCT": ledger.EntryTransfer,
	"RCCN": ledger.EntryInternal, "ICCN": ledger.EntryInternal, "ACCB": ledger.EntryInternal, "CAPL": ledger.EntryInternal,
	"RDDT": ledger.EntryDirectDebit, "IDDT": ledger.EntryDirectDebit,
	"RCHQ": ledger.EntryCheques, "ICHQ": ledger.EntryCheques, "LBOX": ledger.EntryCheques,
	"MCRD": ledger.EntryCards, "CCRD": ledger.EntryCards,
	"CNTR": ledger.EntryCash, "DRFT": ledger.EntryBill,
}

// isoSubs are the sub-families that say more than their family.
var isoSubs = map[string]ledger.EntryType{
	"CHRG": ledger.EntryFee, "FEES": ledger.EntryFee, "INTR": ledger.EntryFee, "TAXE": ledger.EntryFee,
	"COMM": ledger.EntryFee, "COME": ledger.EntryFee, "COMI": ledger.EntryFee, "COMT": ledger.EntryFee,
	"CHKD": ledger.EntryCheques, "TCDP": ledger.EntryCheques,
	"CDPT": ledger.EntryCash, "CWDL": ledger.EntryCash, "XBCW": ledger.EntryCash,
}

// isoReturns are the sub-families of unpaid, returned, reversed and cancelled payments.
var isoReturns = map[string]bool{
	"UPDD": true, "PRDD": true, "RCDD": true, "RRTN": true, "RPCR": true, "UPCQ": true, "XPCQ": true, "CQRV": true,
	"UPCT": true, "UDFT": true, "ARET": true, "AREV": true,
}

// swiftTypes are the types of transactions of MT940 without their first letter.
var swiftTypes = map[string]ledger.EntryType{
	"TRF": ledger.EntryTransfer, "STO": ledger.EntryTransfer, "DDT": ledger.EntryDirectDebit,
	"CHK": ledger.EntryCheques, "CLR": ledger.EntryCheques, "ECK": ledger.EntryCheques, "TCK": ledger.EntryCheques, "LBX": ledger.EntryCheques,
	"BOE": ledger.EntryBill, "CHG": ledger.EntryFee, "INT": ledger.EntryFee, "COM": ledger.EntryFee, "BNK": ledger.EntryFee,
	"CMI": ledger.EntryInternal, "CMN": ledger.EntryInternal, "CMP": ledger.EntryInternal, "CMS": ledger.EntryInternal,
	"CMT": ledger.EntryInternal, "CMZ": ledger.EntryInternal,
}

// gvcTypes are the German codes of operations (Geschäftsvorfallcodes), as spans of three digits.
var gvcTypes = []struct {
	from, to int
	kind     ledger.EntryType
}{
	{1, 3, ledger.EntryCheques}, {4, 5, ledger.EntryDirectDebit}, {6, 6, ledger.EntryCards}, {8, 8, ledger.EntryTransfer},
	{9, 9, ledger.EntryDirectDebit}, {13, 20, ledger.EntryTransfer}, {51, 69, ledger.EntryTransfer}, {70, 70, ledger.EntryCheques},
	{71, 71, ledger.EntryDirectDebit}, {72, 73, ledger.EntryBill}, {82, 83, ledger.EntryCash}, {84, 84, ledger.EntryDirectDebit},
	{87, 88, ledger.EntryTransfer}, {93, 93, ledger.EntryBill}, {98, 98, ledger.EntryCards},
	{101, 103, ledger.EntryCheques}, {104, 105, ledger.EntryDirectDebit}, {106, 106, ledger.EntryCards}, {107, 109, ledger.EntryDirectDebit},
	{110, 110, ledger.EntryCards}, {111, 111, ledger.EntryCheques}, {116, 119, ledger.EntryTransfer}, {122, 122, ledger.EntryCheques},
	{152, 169, ledger.EntryTransfer}, {170, 170, ledger.EntryCheques}, {171, 174, ledger.EntryDirectDebit}, {177, 177, ledger.EntryTransfer},
	{181, 181, ledger.EntryDirectDebit}, {182, 182, ledger.EntryCards}, {183, 183, ledger.EntryCheques}, {184, 184, ledger.EntryDirectDebit},
	{185, 185, ledger.EntryCheques}, {188, 189, ledger.EntryTransfer}, {190, 190, ledger.EntryCards}, {191, 191, ledger.EntryTransfer},
	{192, 193, ledger.EntryDirectDebit}, {194, 194, ledger.EntryTransfer}, {195, 197, ledger.EntryDirectDebit}, {198, 199, ledger.EntryCards},
	{201, 202, ledger.EntryTransfer}, {206, 206, ledger.EntryTransfer}, {209, 209, ledger.EntryCheques}, {210, 212, ledger.EntryTransfer},
	{213, 213, ledger.EntryDirectDebit}, {216, 217, ledger.EntryBill}, {220, 223, ledger.EntryCheques},
	{804, 817, ledger.EntryFee}, {820, 820, ledger.EntryInternal}, {833, 834, ledger.EntryInternal},
}

// gvcReturns are the German codes of what comes back: direct debits, card payments, cheques and transfers, and reversals.
var gvcReturns = map[int]bool{
	9: true, 59: true, 108: true, 109: true, 110: true, 111: true, 159: true, 160: true,
	181: true, 182: true, 183: true, 184: true, 193: true, 199: true, 899: true,
}

// swiftOperation reads the type of a transaction of MT940 (NTRF, NMSC, N051, …) and, where it has one, its German code, which says
// more.
func swiftOperation(swift, gvc string) (kind ledger.EntryType, returned bool) {
	of := swift[min(len(swift), 1):]
	kind, returned = swiftTypes[of], of == "RTI"
	for _, code := range []string{of, gvc} {
		n := smallNumber(code)
		if n < 0 || len(code) != 3 {
			continue
		}
		for _, s := range gvcTypes {
			if n >= s.from && n <= s.to {
				kind = s.kind
			}
		}
		returned = returned || gvcReturns[n]
	}
	return kind, returned
}

// codaFamilies are the families of operations of CODA.
var codaFamilies = map[string]ledger.EntryType{
	"01": ledger.EntryTransfer, "02": ledger.EntryTransfer, "41": ledger.EntryTransfer,
	"03": ledger.EntryCheques, "43": ledger.EntryCheques, "04": ledger.EntryCards, "05": ledger.EntryDirectDebit,
	"07": ledger.EntryBill, "47": ledger.EntryBill, "09": ledger.EntryCash, "35": ledger.EntryFee, "80": ledger.EntryFee,
}

// codaReturns are the operations, by family, that take a payment back: unpaid, refunded, reversed, not executed.
var codaReturns = map[string]string{
	"01": "54 60 62", "02": "54", "03": "09 38 60 62", "05": "03 05 54 56 58", "07": "05 07 39", "43": "07 62", "47": "05 07",
}

// codaOperation reads a code of CODA by its family and operation. In every family, some operations are costs and their
// refund, cancellations, and transfers between own accounts or their centralisation.
func codaOperation(family, operation string) (kind ledger.EntryType, returned bool) {
	kind = codaFamilies[family]
	switch operation {
	case "37", "38", "87":
		if kind != ledger.EntryCheques || operation != "38" {
			return ledger.EntryFee, false
		}
	case "13", "17", "64", "66":
		if kind == ledger.EntryTransfer {
			return ledger.EntryInternal, false
		}
	case "49", "99":
		return kind, true
	}
	return kind, operation != "" && strings.Contains(codaReturns[family], operation)
}

// sayType tells the kind of an entry by the bank's words where no code told it: MT940's NMSC and NRTI, banks' own codes.
func (e *Entry) sayType(text string) {
	if e.Type == ledger.EntryOther {
		kind, returned := TypeOf(text, e.Amount.Minor)
		e.Type, e.Returned = kind, e.Returned || returned
	}
}

// explain looks for the reason of what was returned in the entry's text, where no field tells it.
func (e *Entry) explain() {
	if e.Returned && e.Reason == "" {
		e.Reason = isoReason.FindString(e.Label)
	}
}

// isoReason finds the code of a reason in the text of what was returned.
var isoReason = regexp.MustCompile(`\b(AC0[1-6]|AC13|AG0[12]|AM0[2459]|BE0[145]|CNOR|DNOR|DUPL|FF05|FOCR|FRAD` +
	`|MD0[1-9]|MS0[23]|RC01|RR0[1-4]|SL0[1-4]|TECH)\b`)
