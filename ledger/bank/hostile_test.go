package bank

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"quitus/ledger"
)

// pack makes an archive of files, name and content by turns.
func pack(t testing.TB, files ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		w, err := z.Create(files[i].(string))
		if err != nil {
			t.Fatal(err)
		}
		switch c := files[i+1].(type) {
		case []byte:
			_, err = w.Write(c)
		case io.Reader:
			_, err = io.Copy(w, c)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zeros gives so many blanks after a text.
func blanksAfter(text string, n int64) io.Reader {
	return io.MultiReader(strings.NewReader(text), io.LimitReader(blanks{}, n))
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestCAMTArchives(t *testing.T) {
	march, april := camt(ntry("1", "")), camt(ntry("2", ""), ntry("3", ""))
	data := pack(t, "releves/", []byte{}, "lisez-moi.txt", []byte("bonjour"), "releves/mars.xml", march, "__MACOSX/._mars.xml", []byte("\x00\x05\x16\x07"),
		"releves/avril.XML", april, "copie.pdf", []byte("%PDF-1.7"), "zip.zip", pack(t, "a.xml", march))
	if !likelyCAMT(data[:100]) {
		t.Error("not recognised")
	}
	f, err := readCAMT(context.Background(), data, sampleDay)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Statements) != 2 || countEntries(f) != 3 || f.Statements[1].Entries[1].Rank != 3 {
		t.Errorf("%d statements, %d entries", len(f.Statements), countEntries(f))
	}
	encrypted := bytes.Clone(pack(t, "a.xml", march))
	encrypted[6] |= 1
	encrypted[bytes.Index(encrypted, []byte("PK\x01\x02"))+8] |= 1
	for code, data := range map[string][]byte{
		"encrypted": encrypted, "damaged": data[:len(data)-40], "not_a_statement": pack(t, "a.txt", []byte("bonjour")), "empty": {},
	} {
		if _, err := readCAMT(context.Background(), data, sampleDay); ledger.CodeOf(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if broken := pack(t, "a.xml", march, "b.xml", april[:len(april)-30]); true {
		if _, err := readCAMT(context.Background(), broken, sampleDay); ledger.CodeOf(err) != "damaged" {
			t.Errorf("an archive with a damaged statement: %v", err)
		}
	}
	if likelyCAMT(pack(t, "[Content_Types].xml", []byte("<Types/>"))) || likelyCAMT(pack(t, "mimetype", []byte("application/vnd.oasis"))) {
		t.Error("a workbook is taken for an archive of statements")
	}
}

// A small archive that inflates to more than any statement is refused before it is inflated, also where it says of itself that
// it is small, and where only all its files together are too much.
func TestZipBomb(t *testing.T) {
	start := string(camt())
	bomb := pack(t, "a.xml", blanksAfter(start, 80<<20))
	if len(bomb) > 1<<20 {
		t.Fatalf("%d bytes", len(bomb))
	}
	lying := bytes.Clone(bomb)
	at := bytes.Index(lying, []byte("PK\x01\x02"))
	copy(lying[at+24:], []byte{100, 0, 0, 0}) // its size, inflated
	many := []any{}
	for _, name := range []string{"a.xml", "b.xml", "c.xml"} {
		many = append(many, name, blanksAfter(start, 30<<20))
	}
	files := []any{}
	for range MaxArchived + 1 {
		files = append(files, "a.xml", []byte("x"))
	}
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"one file": {bomb, "too_large"}, "lying": {lying, "damaged"}, "together": {pack(t, many...), "too_large"}, "too many files": {pack(t, files...), "too_large"},
		"not a statement, however large": {pack(t, "a.txt", blanksAfter("bonjour", 80<<20)), "not_a_statement"},
	} {
		if _, err := readCAMT(context.Background(), c.data, sampleDay); ledger.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostileXML(t *testing.T) {
	document := string(camt(ntry("1", "<AddtlNtryInf>&lol;</AddtlNtryInf>")))
	lol := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>`
	outside := `<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/hostname">]>`
	declare := func(d string) string { return strings.Replace(document, "?>", "?>"+d, 1) }
	deep := func(inside string, n int) string {
		return string(camt(ntry("1", strings.Repeat("<"+inside+">", n)+strings.Repeat("</"+inside+">", n))))
	}
	wide := string(camt(ntry("1", details("<RmtInf>"+strings.Repeat("<Strd/>", maxWithin+1)+"</RmtInf>"))))
	for name, c := range map[string]struct{ data, code string }{
		"unknown entity":              {document, "damaged"},
		"entities that multiply":      {declare(lol), "damaged"},
		"entity of a file":            {declare(outside), "damaged"},
		"type declared":               {strings.Replace(declare("<!DOCTYPE x>"), "&lol;", "", 1), "damaged"},
		"deep":                        {deep("a", 1_000_000), "too_large"},
		"deep in a known path":        {deep("NtryDtls", MaxDepth), "too_large"},
		"deep before the root":        {strings.Repeat("<a>", 1_000_000), "too_large"},
		"one endless payment":         {wide, "too_large"},
		"deep enough":                 {deep("a", MaxDepth-10), ""},
		"crossed":                     {string(camt(ntry("1", "<a><b></a></b>"))), "damaged"},
		"a long name":                 {string(camt(ntry("1", "<"+strings.Repeat("a", 1<<20)+"/>"))), ""},
		"a long text":                 {string(camt(ntry("1", "<AddtlNtryInf>"+strings.Repeat("a ", 1<<20)+"</AddtlNtryInf>"))), ""},
		"entries within entries":      {string(camt(ntry("1", ntry("2", "")))), ""},
		"a statement within an entry": {string(camt(ntry("1", "<Stmt><Ntry/></Stmt>"))), ""},
		"wrappers in a balance":       {strings.Replace(string(camt(ntry("1", ""))), "<Bal>", "<Bal><Pty><Rcrd/></Pty>", 1), ""},
		"payments within payments":    {string(camt(ntry("1", details("<TxDtls><Amt>3</Amt></TxDtls>")))), ""},
	} {
		f, err := readCAMT(context.Background(), []byte(c.data), sampleDay)
		if code := ledger.CodeOf(err); code != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && countEntries(f) != 1 {
			t.Errorf("%s: %d entries", name, countEntries(f))
		}
	}
}

func TestTooManyEntries(t *testing.T) {
	if _, err := readCAMT(context.Background(), camt(strings.Repeat("<Ntry><Amt>1</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-10</Dt></BookgDt></Ntry>", MaxEntries+2000)), sampleDay); ledger.CodeOf(err) != "too_large" {
		t.Errorf("camt: %v", err)
	}
	batch := ntry("1", "<NtryDtls>"+strings.Repeat("<TxDtls/>", MaxEntries+2000)+"</NtryDtls>")
	if _, err := readCAMT(context.Background(), camt(batch), sampleDay); ledger.CodeOf(err) != "too_large" {
		t.Errorf("camt, one batch: %v", err)
	}
	if _, err := readMT940(context.Background(), mt(strings.Repeat(":61:260310C1,NTRF\n", MaxEntries+2)), sampleDay); ledger.CodeOf(err) != "too_large" {
		t.Errorf("mt940: %v", err)
	}
	if _, err := readMT940(context.Background(), []byte(strings.Repeat(":20:X\n:25:Y\n", MaxEntries+2)), sampleDay); ledger.CodeOf(err) != "too_large" {
		t.Errorf("mt940, statements: %v", err)
	}
	if f, err := readMT940(context.Background(), mt(strings.Repeat(":61:nothing\n", MaxEntries+2)), sampleDay); err != nil || len(f.Problems) != mostProblems {
		t.Errorf("mt940, unreadable: %v", err)
	}
	for _, record := range []string{move21("00010000", ten, "00150000", "0", ""), move21("00010001", ten, "00150000", "0", "")} {
		if _, err := readCODA(context.Background(), coda(strings.Repeat(record+"\n", MaxEntries+2)), sampleDay); ledger.CodeOf(err) != "too_large" {
			t.Errorf("coda: %v", err)
		}
	}
}

// A text of an entry that never ends costs neither time nor memory: it is cut.
func TestEndlessTexts(t *testing.T) {
	const much = 4 << 20
	for name, c := range map[string]struct {
		read func(context.Context, []byte, Options) (*File, error)
		data []byte
	}{
		"German":         {readMT940, mt(":61:260310C1,NTRF", ":86:"+strings.Repeat("166?20EREF+A SVWZ+", much/18))},
		"Dutch":          {readMT940, mt(":61:260310C1,NTRF", ":86:/TRTP/"+strings.Repeat("/EREF/a/REMI/b", much/14))},
		"lines":          {readMT940, mt(":61:260310C1,NTRF", ":86:A"+strings.Repeat("\nB", much/2))},
		"references":     {readMT940, mt(":61:260310C1,NTRF" + strings.Repeat("A//", much/3))},
		"numbered":       {readMT940, mt(":61:260310C1,NTRF", strings.Repeat(":NS:15a\n:NS:01b\n", much/16))},
		"information":    {readCODA, coda(move21("00010000", ten, "00150000", "0", "X"), strings.Repeat(put(0, "33", 2, "00010000", 10, "AAA")+"\n", much/128))},
		"communication":  {readCODA, coda(move21("00010000", ten, "00150000", "0", "X"), strings.Repeat(put(0, "22", 2, "00010000", 10, "AAA")+"\n", much/128))},
		"remittance":     {readCAMT, camt(ntry("1", details("<RmtInf>"+strings.Repeat("<Ustrd>a b</Ustrd>", 90_000)+"</RmtInf>")))},
		"structured":     {readCAMT, camt(ntry("1", details("<RmtInf>"+strings.Repeat("<Strd><CdtrRefInf><Ref>X</Ref></CdtrRefInf></Strd>", 30_000)+"</RmtInf>")))},
		"one long value": {readCAMT, camt(ntry("1", "<AddtlNtryInf>"+strings.Repeat("a&amp;", much/6)+"</AddtlNtryInf>"))},
	} {
		f, err := c.read(context.Background(), c.data, sampleDay)
		checkFile(t, f, err)
		if err != nil || countEntries(f) != 1 || f.Statements[0].Entries[0].Label == "" && name != "references" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooLargeFile(t *testing.T) {
	data := bytes.Repeat([]byte(" "), MaxFileSize+1)
	for name, read := range allReaders {
		if _, err := read(context.Background(), data, sampleDay); ledger.CodeOf(err) != "too_large" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var allReaders = map[string]func(context.Context, []byte, Options) (*File, error){"camt": readCAMT, "mt940": readMT940, "coda": readCODA}

// A reading that is cancelled ends at once with the context's own error; one that is not tells how far it is, up to the end.
func TestCancelAndProgress(t *testing.T) {
	const many = 20_000
	for name, data := range map[string][]byte{
		"camt":  camt(strings.Repeat(ntry("1", "<AddtlNtryInf>"+strings.Repeat("a", 200)+"</AddtlNtryInf>"), many)),
		"mt940": mt(strings.Repeat(":61:260310C1,NTRF\n:86:"+strings.Repeat("a", 200)+"\n", many)),
		"coda":  coda(strings.Repeat(move21("00010000", ten, "00150000", "0", "")+"\n", many)),
	} {
		ctx, cancel := context.WithCancel(context.Background())
		var told []int64
		opts := sampleDay
		opts.Progress = func(done, total int64) {
			told = append(told, done)
			if total != int64(len(data)) || done > total {
				t.Fatalf("%s: %d of %d", name, done, total)
			}
			if len(told) == 2 {
				cancel()
			}
		}
		if _, err := allReaders[name](ctx, data, opts); err != context.Canceled || len(told) != 2 {
			t.Errorf("%s: %v, told %v", name, err, told)
		}
		cancel()
		told = nil
		opts.Progress = func(done, _ int64) { told = append(told, done) }
		if _, err := allReaders[name](context.Background(), data, opts); err != nil || len(told) < 2 || len(told) > 4+len(data)/progressStep || told[len(told)-1] != int64(len(data)) {
			t.Errorf("%s: %v, told %v", name, err, told)
		}
	}
}

// No file is taken for one of another format.
func TestLikelyFormats(t *testing.T) {
	likely := map[string]func([]byte) bool{"camt": likelyCAMT, "mt940": likelyMT940, "coda": likelyCODA}
	for name, data := range map[string][]byte{
		"camt": camt(ntry("1", "<AddtlNtryInf>\n:20:X\n:25:Y\n</AddtlNtryInf>")), "mt940": mt(":61:260310C1,NTRF", ":86:00000 110326 <Stmt>"), "coda": coda(),
		"none": []byte("Date;Libellé;Montant\n01/03/2026;:camt.053.;12,50\n"), "nothing": nil, "blank": []byte(" \r\n"), "zip of nothing": []byte("PK"),
	} {
		for format, is := range likely {
			if is(data) != (format == name) {
				t.Errorf("%s: taken for %s: %v", name, format, is(data))
			}
		}
	}
}

// checkFile says what must hold of anything that was read.
func checkFile(t *testing.T, f *File, err error) {
	if err != nil {
		switch ledger.CodeOf(err) {
		case "encrypted", "damaged", "empty", "too_large", "not_a_statement", "unsupported_format":
		default:
			t.Errorf("error %v", err)
		}
		return
	}
	rank := 0
	for _, s := range f.Statements {
		if len(s.Currency) != 3 {
			t.Errorf("currency %q", s.Currency)
		}
		for _, e := range s.Entries {
			if e.Rank <= rank || e.Booked == 0 || len(e.Amount.Currency) != 3 || len(e.Label) > MaxText || e.Charges < 0 || strings.ContainsAny(e.Label, "\x00\r") {
				t.Errorf("%+v", e)
			}
			rank = e.Rank
			for _, d := range e.Batch {
				if len(d.Label) > MaxText || len(d.Amount.Currency) != 3 {
					t.Errorf("%+v", d)
				}
			}
		}
	}
	for _, p := range f.Problems {
		if p.Code == "" || p.Refused && p.Field == "" {
			t.Errorf("%+v", p)
		}
	}
}

func FuzzCAMT(f *testing.F) {
	f.Add(camt(ntry("990", details(`<Amt Ccy="EUR">1000</Amt><RmtInf><Ustrd>FA 118</Ustrd></RmtInf>`)), ntry("-1", "<RvslInd>true</RvslInd>")))
	f.Add(pack(f, "a.xml", camt(ntry("1", ""))))
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		likelyCAMT(data)
		file, err := readCAMT(context.Background(), data, sampleDay)
		checkFile(t, file, err)
	})
}

// camtWords are the elements and values from which FuzzCAMTElements makes documents.
var camtWords = strings.Fields(`Document BkToCstmrStmt BkToCstmrAcctRpt Stmt Rpt Ntry NtryDtls TxDtls Btch NbOfTxs Bal Tp CdOrPrtry Cd Prtry Amt CdtDbtInd Dt DtTm
Sts BookgDt ValDt Acct Id IBAN Othr Ccy Ownr Nm Chrgs Rcrd ChrgInclInd TtlChrgsAndTaxAmt RltdPties Dbtr Cdtr UltmtDbtr DbtrAcct CdtrAcct Pty Agt FinInstnId BICFI
RmtInf Ustrd Strd RfrdDocInf RfrdDocAmt RmtdAmt CdtNoteAmt Nb CdtrRefInf Ref AddtlRmtInf AddtlNtryInf RtrInf Rsn BkTxCd Domn Fmly SubFmlyCd RvslInd AmtDtls TxAmt
=1.00 =99999999999.99 =CRDT =DBIT =BOOK =PDNG =2026-03-10 =OPBD =CLBD =UPDD =CREN =EUR =true =RF18539007547034 =FR7630004000031234567890143 =NTRF+109+1 =3`)

// Documents whose elements are all known, in any order and depth: each byte opens an element or writes a value, or closes one.
func FuzzCAMTElements(f *testing.F) {
	f.Add([]byte{0, 1, 3, 5, 15, 80, 255, 16, 82, 255, 20, 17, 86, 255, 255, 255, 255, 255})
	f.Add([]byte("\x00\x01\x03\x0a\x27\xff\xff\x05\x06\x07\x0f\x50\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, program []byte) {
		var b strings.Builder
		var open []string
		for _, c := range program {
			switch word := camtWords[int(c)%len(camtWords)]; {
			case c >= 200 && len(open) > 0:
				b.WriteString("</" + open[len(open)-1] + ">")
				open = open[:len(open)-1]
			case word[0] == '=':
				b.WriteString(word[1:])
			default:
				b.WriteString("<" + word + ` Ccy="EUR">`)
				open = append(open, word)
			}
		}
		for i := len(open) - 1; i >= 0; i-- {
			b.WriteString("</" + open[i] + ">")
		}
		file, err := readCAMT(context.Background(), []byte(b.String()), sampleDay)
		checkFile(t, file, err)
	})
}

func FuzzMT940(f *testing.F) {
	f.Add(mt(":61:2603100310RC4,5NRTINONREF//X", ":86:159?00RETOURE?20EREF+A?21SVWZ+B?32C?34914", ":62M:C260310EUR95,50", "-"))
	f.Add(mt(":61:260310C1,NTRF", ":86:/EREF/A//CNTP/B/C/D/E//REMI/STRD/CUR/1/", ":NS:01A", "-}{5:}{1:F01X}{4:", ":20:X"))
	f.Fuzz(func(t *testing.T, data []byte) {
		likelyMT940(data)
		file, err := readMT940(context.Background(), data, sampleDay)
		checkFile(t, file, err)
	})
}

func FuzzCODA(f *testing.F) {
	f.Add(coda(move21("00010000", ten, "00550000", "1", "127120326110"), put(0, "22", 2, "00010000"), put(0, "23", 2, "00010000", 10, "BE22")))
	f.Add(coda(move21("00010000", ten, "00150000", "1", "101090933755493"), move21("00010001", ten, "00150000", "0", ""), put(0, "31", 2, "00010001", 39, "1", 40, "001X"), put(0, "32")))
	f.Fuzz(func(t *testing.T, data []byte) {
		likelyCODA(data)
		file, err := readCODA(context.Background(), data, sampleDay)
		checkFile(t, file, err)
	})
}

// The sample files, cut off anywhere, are read in part or refused, but never trip a reader.
func TestTruncatedSamples(t *testing.T) {
	for _, pattern := range []string{"formats/camt/test/data/camt05*v8.xml", "formats/mt940/betterplace/sepa_snippet.sta", "formats/mt940/self-provided/*.sta", "formats/coda/*.cod"} {
		for _, file := range sampleFiles(t, pattern) {
			data := mustLoad(t, file)
			read := map[string]func(context.Context, []byte, Options) (*File, error){".xml": readCAMT, ".sta": readMT940, ".cod": readCODA}[filepath.Ext(file)]
			for n := 0; n < len(data); n += 1 + len(data)/200 {
				got, err := read(context.Background(), data[:n], sampleDay)
				checkFile(t, got, err)
			}
		}
	}
}
