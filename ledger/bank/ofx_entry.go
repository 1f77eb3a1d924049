package bank

import (
	"strings"
	"unicode"

	"quitus/ledger"
)

// ofxEntry is an entry as its elements give it.
type ofxEntry struct {
	line, rank                              int
	kind, posted, valued, amount, currency  string
	id, reference, cheque, name, full, memo string
	account                                 string // of the other side
}

// value takes the text of an element; part is the one around it within the entry, if any.
func (e *ofxEntry) value(part, name, text string) {
	switch name {
	case "TRNTYPE":
		e.kind = tidy(text)
	case "DTPOSTED":
		e.posted = text
	case "DTAVAIL", "VALUEDATE":
		e.valued = text
	case "TRNAMT":
		e.amount = text
	case "FITID":
		e.id = tidy(text)
	case "REFNUM":
		e.reference = tidy(text)
	case "CHECKNUM":
		e.cheque = tidy(text)
	case "NAME":
		e.name = text
	case "EXTDNAME":
		e.full = text
	case "MEMO":
		e.memo = text
	case "CURSYM":
		if part == "CURRENCY" { // in ORIGCURRENCY it is what the amount was converted from
			e.currency = text
		}
	case "ACCTID":
		e.account = text
	}
}

// entry makes the entry of its texts.
func (e *ofxEntry) entry(booked ledger.Date, amount ledger.Money) Entry {
	out := Entry{Rank: e.rank, Line: e.line, Booked: booked, Amount: amount, Code: strings.ToUpper(e.kind)}
	out.Value, _ = ofxDay(e.valued)
	lines := strings.Split(e.name+"\n"+e.full+"\n"+e.memo, "\n")
	if out.Code == "CHECK" && strings.Trim(e.cheque, "0") != "" {
		lines = append(lines, e.cheque)
	}
	out.Label = labelOf(lines)
	for _, ref := range []string{e.id, e.reference, e.cheque} {
		if out.BankRef == "" && strings.Trim(ref, "0") != "" {
			out.BankRef = ref
		}
	}
	out.Party.IBAN = ibanOr(e.account, "")
	byLabel, back := TypeOf(out.Label, amount.Minor)
	out.Type = ofxTypes[out.Code]
	if out.Type == ledger.EntryOther {
		out.Type = byLabel
	}
	out.Returned = back && out.Type != ledger.EntryFee
	return out
}

// ofxTypes are the kinds of entries that say what kind of payment it is. Most French banks write CREDIT and DEBIT only.
var ofxTypes = map[string]ledger.EntryType{
	"INT": ledger.EntryFee, "FEE": ledger.EntryFee, "SRVCHG": ledger.EntryFee,
	"CHECK": ledger.EntryCheques, "CASH": ledger.EntryCash, "ATM": ledger.EntryCash,
	"DIRECTDEP": ledger.EntryTransfer, "XFER": ledger.EntryTransfer, "REPEATPMT": ledger.EntryTransfer,
	"DIRECTDEBIT": ledger.EntryDirectDebit,
}

// moneyOut are the kinds of entries that take money from the account.
var moneyOut = map[string]bool{"DEBIT": true, "FEE": true, "SRVCHG": true, "ATM": true, "POS": true, "CHECK": true, "PAYMENT": true, "DIRECTDEBIT": true, "REPEATPMT": true}

// ofxDay reads YYYYMMDD, with or without hyphens, whatever time and time zone follow: it is the bank's own day.
func ofxDay(s string) (ledger.Date, bool) {
	s = strings.TrimSpace(s)
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' {
		s = s[:4] + s[5:7] + s[8:10]
	}
	if len(s) < 8 {
		return 0, false
	}
	n, ok := number(s[:8])
	if !ok {
		return 0, false
	}
	return ledger.MakeDate(n/10000, n/100%100, n%100)
}

// ofxAmount reads an amount in minor units. Both a dot and a comma may stand before the decimals; of the two the last one
// does, and one that comes more than once parts thousands. What is beyond the currency's decimals is rounded half up.
// Where the only separator stands before three digits, so that it can be either, the amount is not read.
func ofxAmount(s string, cur ledger.Currency) (int64, bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' {
			return -1
		}
		return r
	}, s)
	s, before := strings.CutPrefix(s, "-")
	s, after := strings.CutSuffix(s, "-")
	s = strings.TrimPrefix(s, "+")
	whole, frac, ok := splitDecimals(s)
	n := cur.Decimals()
	if !ok || len(frac) == 3 && n != 3 && len(whole) <= 3 && whole != "" && whole[0] != '0' {
		return 0, false
	}
	up := len(frac) > n && frac[n] >= '5'
	v, ok := number("0" + strings.TrimLeft(whole, "0") + (frac + "000")[:n])
	if up {
		v++
	}
	if before != after {
		v = -v
	}
	return int64(v), ok && v <= mostMinor && v >= -mostMinor && !(before && after)
}

// mostMinor is the largest amount believed, in minor units: that of 14 digits with a sign which CFONB can write, and more.
const mostMinor = 1_000_000_000_000_000

// splitDecimals parts the digits before and after the decimal separator.
func splitDecimals(s string) (whole, frac string, ok bool) {
	at := strings.LastIndexAny(s, ".,")
	if at < 0 {
		return s, "", onlyDigits(s) && s != ""
	}
	sep, other := s[at:at+1], "."
	if sep == "." {
		other = ","
	}
	if n := strings.Count(s, sep); n > 1 {
		for _, group := range strings.Split(s, sep)[1:] {
			if len(group) != 3 {
				return "", "", false
			}
		}
		whole = strings.ReplaceAll(s, sep, "")
		return whole, "", onlyDigits(whole)
	}
	whole, frac = strings.ReplaceAll(s[:at], other, ""), s[at+1:]
	return whole, frac, onlyDigits(whole) && onlyDigits(frac) && whole+frac != ""
}

func onlyDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }
