package bank

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
)

// camt makes a document of camt.053.001.08 of the account FR7630004000031234567890143, with 100.00 before.
func camt(entries ...string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr/>
<Stmt><Id>S1</Id><CreDtTm>2026-03-31T06:00:00+02:00</CreDtTm><Acct><Id><IBAN>FR7630004000031234567890143</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Atelier Nadrier</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
` + strings.Join(entries, "\n") + `</Stmt></BkToCstmrStmt></Document>`)
}

// ntry makes an entry of an amount, negative for money out, with more inside.
func ntry(amount, inside string) string {
	side := "CRDT"
	if rest, ok := strings.CutPrefix(amount, "-"); ok {
		side, amount = "DBIT", rest
	}
	return `<Ntry><Amt Ccy="EUR">` + amount + `</Amt><CdtDbtInd>` + side + `</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-10</Dt></BookgDt>` + inside + `</Ntry>`
}

func details(payments ...string) string {
	return `<NtryDtls><TxDtls>` + strings.Join(payments, `</TxDtls><TxDtls>`) + `</TxDtls></NtryDtls>`
}

func readOne(t *testing.T, data []byte) (Entry, *File) {
	t.Helper()
	f, err := readCAMT(context.Background(), data, sampleDay)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if countEntries(f) == 0 {
		return Entry{}, f
	}
	return f.Statements[0].Entries[0], f
}

func TestCAMTSignsAndStates(t *testing.T) {
	for _, c := range []struct {
		name, entry, amount string
		returned            bool
		problems            string
	}{
		{"credit", ntry("12.50", ""), "12.50 EUR", false, ""},
		{"debit", ntry("-12.50", ""), "-12.50 EUR", false, ""},
		{"reversed credit keeps its own sign", ntry("-12.50", "<RvslInd>true</RvslInd>"), "-12.50 EUR", true, ""},
		{"reversed debit keeps its own sign", ntry("12.50", "<RvslInd>1</RvslInd>"), "12.50 EUR", true, ""},
		{"not reversed", ntry("12.50", "<RvslInd>false</RvslInd>"), "12.50 EUR", false, ""},
		{"pending", strings.ReplaceAll(ntry("1", ""), "BOOK", "PDNG"), "", false, "pending_left_out"},
		{"for information", strings.ReplaceAll(ntry("1", ""), "BOOK", "INFO"), "", false, "pending_left_out"},
		{"pending before version 7", strings.ReplaceAll(ntry("1", ""), "<Cd>BOOK</Cd>", "PDNG"), "", false, "pending_left_out"},
		{"booked before version 7", strings.ReplaceAll(ntry("1", ""), "<Cd>BOOK</Cd>", " BOOK "), "1.00 EUR", false, ""},
		{"no state", strings.ReplaceAll(ntry("1", ""), "<Sts><Cd>BOOK</Cd></Sts>", ""), "1.00 EUR", false, ""},
		{"neither credit nor debit", strings.ReplaceAll(ntry("1", ""), "CRDT", ""), "", false, "side_missing"},
		{"five decimals", ntry("8.85000", ""), "8.85 EUR", false, ""},
		{"no decimals", ntry("200000", ""), "200000.00 EUR", false, ""},
		{"a third decimal that counts", ntry("8.855", ""), "", false, "amount_invalid"},
		{"two points", ntry("12..34", ""), "", false, "amount_invalid"},
		{"no amount", ntry("", ""), "", false, "amount_missing"},
		{"a sign", ntry("+3", ""), "", false, "amount_invalid"},
		{"beyond any amount", ntry("99999999999999999999", ""), "", false, "amount_invalid"},
		{"yen", strings.ReplaceAll(ntry("2700.00", ""), "EUR", "JPY"), "2700 JPY", false, ""},
		{"dinars", strings.ReplaceAll(ntry("2.700", ""), "EUR", "TND"), "2.700 TND", false, ""},
		{"no currency", strings.ReplaceAll(ntry("2.7", ""), ` Ccy="EUR"`, ""), "2.70 EUR", false, ""},
	} {
		e, f := readOne(t, camt(c.entry))
		got := ""
		if countEntries(f) == 1 {
			got = e.Amount.String()
		}
		if got != c.amount || e.Returned != c.returned || strings.Join(codesOf(f), " ") != c.problems {
			t.Errorf("%s: %s, returned %v, %v", c.name, got, e.Returned, f.Problems)
		}
	}
}

func TestCAMTDays(t *testing.T) {
	for _, c := range []struct{ booked, value, want, problems string }{
		{"<Dt>2026-03-10</Dt>", "<Dt>2026-03-11</Dt>", "2026-03-10 2026-03-11", ""},
		{"<DtTm>2026-03-10T00:30:00+02:00</DtTm>", "<DtTm>2026-03-10T23:30:00-05:00</DtTm>", "2026-03-10 2026-03-10", ""}, // the bank's own days
		{"<Dt>2026-03-10T00:00:00.000000000</Dt>", "<Dt>2026-03-10+01:00</Dt>", "2026-03-10 2026-03-10", ""},
		{"", "<Dt>2026-03-11</Dt>", "2026-03-11 2026-03-11", "date_assumed"},
		{"", "", "2026-03-31 ", "date_assumed"},
		{"<Dt>2026-02-30</Dt>", "", " ", "date_invalid"},
		{"<Dt>soon</Dt>", "", " ", "date_invalid"},
	} {
		entry := strings.ReplaceAll(ntry("1", "<ValDt>"+c.value+"</ValDt>"), "<Dt>2026-03-10</Dt></BookgDt>", c.booked+"</BookgDt>")
		e, f := readOne(t, camt(entry))
		if got := e.Booked.String() + " " + e.Value.String(); got != c.want || strings.Join(codesOf(f), " ") != c.problems {
			t.Errorf("%s, %s: %s %v", c.booked, c.value, got, f.Problems)
		}
	}
}

// batchSummary says what was made of an entry's payments.
func batchSummary(e Entry) string {
	var out []string
	for _, d := range e.Batch {
		out = append(out, d.Amount.Decimal())
	}
	return fmt.Sprintf("%s = [%s] charges %d size %d", e.Amount.Decimal(), strings.Join(out, " "), e.Charges, e.BatchSize)
}

func TestCAMTBatches(t *testing.T) {
	amt := func(s string) string { return `<Amt Ccy="EUR">` + s + `</Amt>` }
	side := func(s, side string) string { return amt(s) + "<CdtDbtInd>" + side + "</CdtDbtInd>" }
	old := func(s string) string { return `<AmtDtls><TxAmt><Amt Ccy="EUR">` + s + `</Amt></TxAmt></AmtDtls>` }
	btch := func(n string) string { return `<NtryDtls><Btch><NbOfTxs>` + n + `</NbOfTxs></Btch></NtryDtls>` }
	for _, c := range []struct{ name, entry, want, problems string }{
		{"adds up", ntry("30", btch("2")+details(amt("10"), amt("20"))), "30.00 = [10.00 20.00] charges 0 size 2", ""},
		{"adds up in version 2", ntry("30", details(old("10"), old("20"))), "30.00 = [10.00 20.00] charges 0 size 0", ""},
		{"money out", ntry("-30", details(amt("10"), amt("20"))), "-30.00 = [-10.00 -20.00] charges 0 size 0", ""},
		{"kept back of what came in", ntry("28.80", details(amt("10"), amt("20"))), "28.80 = [10.00 20.00] charges 120 size 0", ""},
		{"charged on top of what went out", ntry("-1526", details(amt("1000"), amt("500"))), "-1526.00 = [-1000.00 -500.00] charges 2600 size 0", ""},
		{"one payment, less than it", ntry("990", details(amt("1000"))), "990.00 = [] charges 1000 size 0", ""},
		{"one payment as instructed", ntry("990", details(`<AmtDtls><InstdAmt><Amt Ccy="EUR">1000</Amt></InstdAmt></AmtDtls>`)), "990.00 = [] charges 1000 size 0", ""},
		{"no amounts: none is made up", ntry("30", details("", "")), "30.00 = [0.00 0.00] charges 0 size 0", ""},
		{"one amount missing proves nothing", ntry("30", details(amt("10"), "")), "30.00 = [10.00 0.00] charges 0 size 0", ""},
		{"more payments than are listed", ntry("-30", btch("20")+details(amt("10"), amt("5"))), "-30.00 = [-10.00 -5.00] charges 0 size 20", ""},
		{"less than was booked", ntry("30", details(amt("10"), amt("5"))), "30.00 = [10.00 5.00] charges 0 size 0", "details_differ"},
		{"sides all wrong", ntry("-30", details(side("10", "CRDT"), side("20", "CRDT"))), "-30.00 = [-10.00 -20.00] charges 0 size 0", ""},
		{"one side wrong", ntry("30", details(side("10", "DBIT"), side("20", "CRDT"))), "30.00 = [10.00 20.00] charges 0 size 0", ""},
		{"a return among payments", ntry("10", details(side("10", "DBIT"), side("20", "CRDT"))), "10.00 = [-10.00 20.00] charges 0 size 0", ""},
		{"several lots", ntry("30", btch("2")+btch("3")), "30.00 = [] charges 0 size 5", ""},
		{"foreign payment, amount in euros told", ntry("30", details(`<Amt Ccy="USD">35</Amt>`+old("10"), amt("20"))), "30.00 = [10.00 20.00] charges 0 size 0", ""},
		{"foreign payments", ntry("30", details(`<Amt Ccy="USD">35</Amt>`, amt("20"))), "30.00 = [35.00 20.00] charges 0 size 0", ""},
	} {
		e, f := readOne(t, camt(c.entry))
		if got := batchSummary(e); got != c.want || strings.Join(codesOf(f), " ") != c.problems {
			t.Errorf("%s: %s, problems %v", c.name, got, f.Problems)
		}
		for _, d := range e.Batch {
			if d.Amount.Currency == "" {
				t.Errorf("%s: %+v has no currency", c.name, d)
			}
		}
	}
}

func TestCAMTCharges(t *testing.T) {
	for _, c := range []struct {
		inside string
		want   int64
	}{
		{`<Chrgs><Rcrd><Amt Ccy="EUR">2</Amt></Rcrd><Rcrd><Amt Ccy="EUR">0.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>`, 250},
		{`<Chrgs><Rcrd><Amt Ccy="EUR">2</Amt><ChrgInclInd>false</ChrgInclInd></Rcrd></Chrgs>`, 0},                      // booked apart
		{`<Chrgs><Rcrd><Amt Ccy="USD">2</Amt></Rcrd></Chrgs>`, 0},                                                      // of another currency
		{`<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3</TtlChrgsAndTaxAmt></Chrgs>`, 300},                                     // only the sum is told
		{`<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3</TtlChrgsAndTaxAmt><Amt Ccy="EUR">3</Amt></Chrgs>`, 300},               // version 2
		{`<Chrgs><Amt Ccy="EUR">3</Amt></Chrgs><Chrgs><Amt Ccy="EUR">1</Amt></Chrgs>`, 400},                            // version 2, repeated
		{`<Chrgs><Amt Ccy="EUR">3</Amt></Chrgs><Chrgs><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Chrgs>`, 200}, // one given back
		{details(`<Chrgs><Rcrd><Amt Ccy="EUR">2</Amt></Rcrd></Chrgs>`), 200},
	} {
		if e, _ := readOne(t, camt(ntry("100", c.inside))); e.Charges != c.want {
			t.Errorf("%s: %d, want %d", c.inside, e.Charges, c.want)
		}
	}
}

// The other side is the one that is not our account, wherever the bank wrote it and however the version wraps it.
func TestCAMTParty(t *testing.T) {
	const own, other = "FR7630004000031234567890143", "BE22313215646432"
	dbtr := func(name, iban string) string { return camtParty("Dbtr", name, iban) }
	cdtr := func(name, iban string) string { return camtParty("Cdtr", name, iban) }
	for _, c := range []struct{ name, amount, code, parties, want string }{
		{"payer", "10", "", dbtr("Prosol", other) + cdtr("Atelier", own), "Prosol " + other},
		{"payee", "-10", "", dbtr("Atelier", own) + cdtr("Prosol", other), "Prosol " + other},
		{"payer written as creditor", "10", "", cdtr("Prosol", other), "Prosol " + other},
		{"sides exchanged", "10", "", dbtr("Atelier", own) + cdtr("Prosol", other), "Prosol " + other},
		{"no accounts, by sign", "10", "", dbtr("Prosol", "") + cdtr("Other", ""), "Prosol "},
		{"no accounts, money out", "-10", "", dbtr("Other", "") + cdtr("Prosol", ""), "Prosol "},
		{"no accounts, the holder is known by name", "10", "", dbtr("ATELIER  NADRIER", "") + cdtr("Prosol", ""), "Prosol "},
		{"returned direct debit with its first sides", "-10", "UPDD", dbtr("Prosol", "") + cdtr("Other", ""), "Prosol "},
		{"returned transfer of ours", "10", "RRTN", dbtr("Other", "") + cdtr("Prosol", ""), "Prosol "},
		{"only the account", "10", "", dbtr("", other) + cdtr("Atelier", own), " " + other},
		{"only ourselves", "10", "", cdtr("Atelier", own), " "},
		{"own transfer", "10", "", dbtr("Atelier Nadrier", ""), "Atelier Nadrier "},
		{"only behind the payer", "10", "", `<UltmtDbtr><Nm>Prosol</Nm></UltmtDbtr>`, "Prosol "},
		{"a bank as payer", "10", "", `<Dbtr><Agt><FinInstnId><BICFI>BANKFRPP</BICFI><Nm>Banque X</Nm></FinInstnId></Agt></Dbtr>`, "Banque X "},
		{"account under another heading", "10", "", strings.NewReplacer("<IBAN>", "<Othr><Id>", "</IBAN>", "</Id></Othr>").Replace(dbtr("Prosol", "BE71096123456769")), "Prosol BE71096123456769"},
	} {
		code := `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>` + c.code + `</SubFmlyCd></Fmly></Domn></BkTxCd>`
		for _, wrap := range []string{"Pty", ""} {
			data := camt(ntry(c.amount, code+details("<RltdPties>"+c.parties+"</RltdPties>")))
			if wrap == "" {
				data = []byte(strings.NewReplacer("<Pty>", "", "</Pty>", "").Replace(string(data)))
			}
			e, _ := readOne(t, data)
			if got := e.Party.Name + " " + e.Party.IBAN; got != c.want || e.Label == "" {
				t.Errorf("%s: %q, want %q; label %q", c.name, got, c.want, e.Label)
			}
		}
	}
}

func camtParty(side, name, iban string) string {
	out := ""
	if name != "" {
		out = "<" + side + "><Pty><Nm>" + name + "</Nm></Pty></" + side + ">"
	}
	if iban != "" {
		out += "<" + side + "Acct><Id><IBAN>" + iban + "</IBAN></Id></" + side + "Acct>"
	}
	return out
}

func TestCAMTRemittance(t *testing.T) {
	e, _ := readOne(t, camt(ntry("1200", `<AcctSvcrRef>B-77</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>`+
		details(`<Refs><EndToEndId>NOTPROVIDED</EndToEndId><MndtId>M-1</MndtId></Refs>
<RltdPties><Dbtr><Pty><Nm>Plateforme</Nm><Id><OrgId><Othr><Id>552100554</Id></Othr></OrgId></Id></Pty></Dbtr><UltmtDbtr><Pty><Nm>Prosol</Nm></Pty></UltmtDbtr></RltdPties>
<RltdAgts><DbtrAgt><FinInstnId><BICFI>agrifrpp</BICFI></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>Facture  FA-118&#10;du 3 mars</Ustrd><Ustrd>Merci &amp; à bientôt</Ustrd>
<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>FA-118</Nb></RfrdDocInf><RfrdDocAmt><DuePyblAmt Ccy="EUR">1300</DuePyblAmt><RmtdAmt Ccy="EUR">1250.50</RmtdAmt></RfrdDocAmt></Strd>
<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CREN</Cd></CdOrPrtry></Tp><Nb>AV-3</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="EUR">50.50</RmtdAmt></RfrdDocAmt></Strd>
<Strd><RfrdDocInf><Nb>AV-4</Nb></RfrdDocInf><RfrdDocAmt><CdtNoteAmt Ccy="EUR">1</CdtNoteAmt></RfrdDocAmt></Strd>
<Strd><RfrdDocInf><Nb>FA-1</Nb></RfrdDocInf><RfrdDocInf><Nb>FA-2</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="EUR">9</RmtdAmt></RfrdDocAmt></Strd>
<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18 5390 0754 7034</Ref></CdtrRefInf><AddtlRmtInf>Second envoi</AddtlRmtInf></Strd>
<Strd><CdtrRefInf><Ref>+++090/9337/55493+++</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>dossier 12</Ref></CdtrRefInf></Strd></RmtInf>
<AddtlTxInf>VIR SEPA</AddtlTxInf>`)+`<AddtlNtryInf>VIR SEPA</AddtlNtryInf>`)))
	want := Entry{
		Rank: 1, Booked: ledger.Day(2026, 3, 10), Amount: ledger.Euros(120000), Type: ledger.EntryTransfer, Code: "PMNT/RCDT/ESCT",
		Label:      "Facture FA-118 du 3 mars\nMerci & à bientôt\nSecond envoi\nProsol\nVIR SEPA",
		Party:      Party{Name: "Plateforme", BIC: "AGRIFRPP", ID: "552100554"},
		Mandate:    "M-1",
		References: []string{"RF18539007547034", "090933755493", "dossier12"},
		Documents:  []Document{{"FA-118", 125050}, {"AV-3", -5050}, {"AV-4", -100}, {"FA-1", 0}, {"FA-2", 0}},
		BankRef:    "B-77",
	}
	if got := fmt.Sprintf("%+v", e); got != fmt.Sprintf("%+v", want) {
		t.Errorf("\n got %s\nwant %+v", got, want)
	}
}

// What is taken back, by the code of the entry, of the payment, or by the reason that is given.
func TestCAMTReturns(t *testing.T) {
	code := func(family, sub string) string {
		return `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>` + family + `</Cd><SubFmlyCd>` + sub + `</SubFmlyCd></Fmly></Domn></BkTxCd>`
	}
	reason := func(s string) string {
		return `<RtrInf><Rsn><Cd>` + s + `</Cd></Rsn><AddtlInf>Provision</AddtlInf></RtrInf>`
	}
	for _, c := range []struct {
		name, inside string
		kind         ledger.EntryType
		returned     bool
		reason       string
	}{
		{"unpaid direct debit", code("IDDT", "UPDD") + details(reason("AM04")), ledger.EntryDirectDebit, true, "AM04"},
		{"code of the payment only", details(code("IDDT", "UPDD") + reason("MD06")), ledger.EntryDirectDebit, true, "MD06"},
		{"transfer sent back", code("RCDT", "RRTN") + details(reason("AC04")), ledger.EntryTransfer, true, "AC04"},
		{"reason without a code", code("RCDT", "ESCT") + details(reason("AC01")), ledger.EntryTransfer, true, "AC01"},
		{"reason in the text", code("IDDT", "UPDD") + "<AddtlNtryInf>REJET PRLV MD01 12/03</AddtlNtryInf>", ledger.EntryDirectDebit, true, "MD01"},
		{"unpaid cheque", code("RCHQ", "UPCQ"), ledger.EntryCheques, true, ""},
		{"all payments returned", code("IDDT", "ESDD") + details(reason("AM04"), reason("AM04")), ledger.EntryDirectDebit, true, "AM04"},
		{"several reasons", code("IDDT", "UPDD") + details(reason("AM04"), reason("MD01")), ledger.EntryDirectDebit, true, ""},
		{"one of two returned", code("IDDT", "ESDD") + details(reason("AM04"), ""), ledger.EntryDirectDebit, false, ""},
		{"received at once", code("RRCT", "ESCT"), ledger.EntryTransfer, false, ""},
		{"cards", code("MCRD", "POSP"), ledger.EntryCards, false, ""},
		{"cash from a card", code("CCRD", "CWDL"), ledger.EntryCash, false, ""},
		{"cheques at the counter", code("CNTR", "CHKD"), ledger.EntryCheques, false, ""},
		{"bill", code("DRFT", "STAM"), ledger.EntryBill, false, ""},
		{"charges", code("RCDT", "CHRG"), ledger.EntryFee, false, ""},
		{"pooling", code("RCCN", "COAT"), ledger.EntryInternal, false, ""},
		{"no code", "", ledger.EntryOther, false, ""},
		{"German", `<BkTxCd><Prtry><Cd>NTRF+109+931</Cd><Issr>DK</Issr></Prtry></BkTxCd>`, ledger.EntryDirectDebit, true, ""},
		{"French", `<BkTxCd><Prtry><Cd>B3</Cd><Issr>CFONB</Issr></Prtry></BkTxCd>`, ledger.EntryDirectDebit, true, ""},
		{"French, with others", `<BkTxCd><Prtry><Cd>02/0123/CHK</Cd><Issr>CFONB/Interne/SWIFT</Issr></Prtry></BkTxCd>`, ledger.EntryCheques, false, ""},
		{"French, not in the first place", `<BkTxCd><Prtry><Cd>0123/30</Cd><Issr>Interne/CFONB</Issr></Prtry></BkTxCd>`, ledger.EntryCards, false, ""},
		{"French, beside ISO's", `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>02</Cd><Issr>CFONB</Issr></Prtry></BkTxCd>`, ledger.EntryTransfer, false, ""},
		{"digits of another list", `<BkTxCd><Prtry><Cd>02</Cd><Issr>BBA</Issr></Prtry></BkTxCd>`, ledger.EntryOther, false, ""},
		{"told by the bank's words", `<BkTxCd><Prtry><Cd>Z24</Cd></Prtry></BkTxCd><AddtlNtryInf>REMISE CHEQUES 1234567</AddtlNtryInf>`, ledger.EntryCheques, false, ""},
		{"of a bank that nobody knows", `<BkTxCd><Prtry><Cd>544</Cd></Prtry></BkTxCd>`, ledger.EntryOther, false, ""},
	} {
		e, _ := readOne(t, camt(ntry("-10", c.inside)))
		if e.Type != c.kind || e.Returned != c.returned || e.Reason != c.reason {
			t.Errorf("%s: %q, returned %v, reason %q", c.name, e.Type, e.Returned, e.Reason)
		}
		for _, d := range e.Batch {
			if e.Returned && !d.Returned {
				t.Errorf("%s: a payment of it is not returned: %+v", c.name, d)
			}
		}
	}
}

func TestCAMTDocuments(t *testing.T) {
	plain := string(camt(ntry("5", "<AddtlNtryInf>Réglé</AddtlNtryInf>")))
	prefixed := strings.NewReplacer("</", "</n:", "<?xml", "<?xml", "<", "<n:").Replace(plain)
	prefixed = strings.NewReplacer("<n:?xml", "<?xml", "<n:/", "</", "xmlns=", "xmlns:n=").Replace(prefixed)
	latin := func(s string) []byte {
		return []byte(strings.ReplaceAll(strings.ReplaceAll(s, "é", "\xe9"), "UTF-8", "ISO-8859-1"))
	}
	utf16 := []byte("\xff\xfe")
	for _, r := range strings.ReplaceAll(plain, "UTF-8", "UTF-16") {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string][]byte{
		"plain": []byte(plain), "no namespace": []byte(strings.ReplaceAll(plain, ` xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"`, "")),
		"prefixed": []byte(prefixed), "byte order mark": append([]byte("\xef\xbb\xbf"), plain...), "latin 1": latin(plain),
		"latin 1 that says it is UTF-8": []byte(strings.ReplaceAll(plain, "é", "\xe9")), "UTF-16": utf16,
		"no document":    []byte(strings.NewReplacer(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">`, "", "</Document>", "").Replace(plain)),
		"in an envelope": []byte(strings.NewReplacer("<Document", "<Envelope><AppHdr><Fr>X</Fr></AppHdr><Document", "</Document>", "</Document></Envelope>").Replace(plain)),
		"report":         []byte(strings.NewReplacer("BkToCstmrStmt", "BkToCstmrAcctRpt", "Stmt>", "Rpt>").Replace(plain)),
		"notification":   []byte(strings.NewReplacer("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "Stmt>", "Ntfctn>").Replace(plain)),
		"first version":  []byte(strings.ReplaceAll(plain, "BkToCstmrStmt", "BkToCstmrStmtV01")),
		"two documents":  []byte(strings.Replace(plain, "</Stmt>", "</Stmt><Stmt><Id>empty</Id></Stmt>", 1)),
	} {
		if !likelyCAMT(data[:min(len(data), 400)]) {
			t.Errorf("%s is not recognised", name)
		}
		e, f := readOne(t, data)
		if e.Label != "Réglé" || e.Amount != ledger.Euros(500) || f.Statements[0].Opening.Amount != 10000 || countEntries(f) != 1 {
			t.Errorf("%s: %+v", name, e)
		}
	}
	for name, data := range map[string]string{"not_a_statement": `<Document xmlns="urn:x:pain.001"><CstmrCdtTrfInitn/></Document>`, "damaged": plain[:len(plain)-20], "empty": " \n"} {
		if _, err := readCAMT(context.Background(), []byte(data), sampleDay); ledger.CodeOf(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Pages of balances, and balances in another currency, do not mislead.
func TestCAMTBalances(t *testing.T) {
	bal := func(kind, amount, side, day string) string {
		return `<Bal><Tp><CdOrPrtry><Cd>` + kind + `</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">` + amount + `</Amt><CdtDbtInd>` + side + `</CdtDbtInd><Dt><Dt>` + day + `</Dt></Dt></Bal>`
	}
	read := func(balances string, entries ...string) *File {
		data := string(camt(entries...))
		from, to := strings.Index(data, "<Bal>"), strings.LastIndex(data, "</Bal>")+len("</Bal>")
		_, f := readOne(t, []byte(data[:from]+balances+data[to:]))
		return f
	}
	f := read(bal("PRCD", "7", "CRDT", "2026-02-28")+bal("OPBD", "5", "DBIT", "2026-03-01")+bal("CLAV", "3", "CRDT", "2026-03-31")+bal("CLBD", "5", "CRDT", "2026-03-31"), ntry("10", ""))
	if s := f.Statements[0]; s.Opening.Amount != -500 || s.Closing.Amount != 500 || s.Closing.On != ledger.Day(2026, 3, 31) || len(f.Problems) != 0 {
		t.Errorf("%+v %+v %v", s.Opening, s.Closing, f.Problems)
	}
	f = read(bal("PRCD", "7", "CRDT", "2026-02-28")+bal("ITBD", "8", "CRDT", "2026-03-10"), ntry("10", ""))
	if s := f.Statements[0]; s.Opening.Amount != 700 || s.Closing != nil {
		t.Errorf("%+v %+v", s.Opening, s.Closing)
	}
	f = read(strings.ReplaceAll(bal("OPBD", "5", "CRDT", "2026-03-01"), "EUR", "USD"), ntry("10", ""))
	if s := f.Statements[0]; s.Opening != nil || s.Currency != ledger.EUR {
		t.Errorf("%+v", s)
	}
}

func TestCAMTLabels(t *testing.T) {
	long := strings.Repeat("é", MaxText)
	for _, c := range []struct{ inside, want string }{
		{"<AddtlNtryInf>VIR RECU</AddtlNtryInf>" + details("<RmtInf><Ustrd>FA 12</Ustrd></RmtInf>"), "FA 12\nVIR RECU"},
		{details("<RltdPties><Dbtr><Nm>Prosol</Nm></Dbtr></RltdPties>"), "Prosol"},
		{details("<Refs><EndToEndId>E-1</EndToEndId></Refs>"), "E-1"},
		{"<BkTxCd><Prtry><Cd>544</Cd></Prtry></BkTxCd>", "544"},
		{"", ""},
		{details("<RmtInf><Ustrd>un</Ustrd></RmtInf>", "<RmtInf><Ustrd>deux</Ustrd></RmtInf>"), "un\ndeux"},
		{"<AddtlNtryInf>REMISE</AddtlNtryInf>" + details("<RmtInf><Ustrd>un</Ustrd></RmtInf>", "<RmtInf><Ustrd>deux</Ustrd></RmtInf>"), "REMISE"},
		{details("<RmtInf><Ustrd>" + long + "</Ustrd></RmtInf>"), long[:MaxText]},
		{details("<RmtInf><Ustrd>a" + long + "</Ustrd></RmtInf>"), "a" + long[:MaxText-2]}, // no half character
	} {
		if e, _ := readOne(t, camt(ntry("1", c.inside))); e.Label != c.want {
			t.Errorf("%.200s: %.200q", c.inside, e.Label)
		}
	}
}

func TestCAMTRanksAndOrder(t *testing.T) {
	f, err := readCAMT(context.Background(), camt(ntry("1", ""), ntry("x", ""), strings.ReplaceAll(ntry("9", ""), "BOOK", "PDNG"), ntry("2", "")), sampleDay)
	if err != nil {
		t.Fatal(err)
	}
	var ranks []int
	for _, e := range f.Statements[0].Entries {
		ranks = append(ranks, e.Rank)
	}
	if !slices.Equal(ranks, []int{1, 3}) || f.Problems[0].Entry != 2 || !f.Problems[0].Refused {
		t.Errorf("ranks %v, problems %v", ranks, f.Problems)
	}
}
