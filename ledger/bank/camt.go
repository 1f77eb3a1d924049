package bank

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// camtRoots are the elements that hold statements (camt.053), reports within the day (052) and notifications (054), and
// what one of each is called. The first version of each had its number behind the name.
var camtRoots = map[string]string{"BkToCstmrStmt": "Stmt", "BkToCstmrAcctRpt": "Rpt", "BkToCstmrDbtCdtNtfctn": "Ntfctn"}

// likelyCAMT says whether a file that begins with head may hold statements of CAMT, or is an archive that may hold such files.
func likelyCAMT(head []byte) bool {
	if isZip(head) {
		return !isOffice(head)
	}
	text := plainHead(head)
	if !strings.HasPrefix(strings.TrimSpace(text), "<") {
		return false
	}
	for root := range camtRoots {
		if strings.Contains(text, root) {
			return true
		}
	}
	return strings.Contains(text, ":camt.052.") || strings.Contains(text, ":camt.053.") || strings.Contains(text, ":camt.054.")
}

// readCAMT reads statements of CAMT, any version: one document, or an archive of several.
func readCAMT(ctx context.Context, data []byte, opts Options) (*File, error) {
	in, err := newIntake("camt", data, opts)
	if err != nil {
		return nil, err
	}
	documents := [][]byte{data}
	if isZip(data) {
		if documents, err = unzip(ctx, data); err != nil {
			return nil, err
		}
	}
	var total, done int64
	for _, d := range documents {
		total += int64(len(d))
	}
	found := false
	for _, d := range documents {
		r := &camtReader{intake: in, done: done, total: total}
		if err := r.read(ctx, d); err != nil {
			return nil, err
		}
		found = found || r.root != ""
		done += int64(len(d))
	}
	switch {
	case !found:
		return nil, ledger.Errorf("not_a_statement")
	case len(in.file.Statements) == 0:
		return nil, ledger.Errorf("empty")
	}
	return in.file, in.step(ctx, total, total)
}

// maxWithin is how many elements one payment may have: a thousand invoices with ten each are the most that was thought of.
const maxWithin = 100_000

// camtReader reads one document, element by element; no more of it is held than the entry at hand.
type camtReader struct {
	*intake
	done, total int64 // bytes of the documents before, and of all

	root  string   // the element that holds the statements, once it was met
	names []string // of the open elements
	path  []byte   // of the element at hand, below one of the root's children; names that only some versions have are left out
	marks []int    // lengths of path before each open element below the root
	text  []byte   // of the element at hand
	ccy   string   // its currency
	leaf  bool     // it has no elements within
	count int      // elements met
	since int      // of these, since something was finished

	statement *camtStatement
	balance   *camtBalance
	entry     *camtEntry
	payment   *camtPayment
}

// read reads a document. Documents that declare their own type are refused: no statement does, and such declarations are how
// XML is made to do harm. Entities other than the five of XML itself are unknown to the decoder: none is ever expanded.
func (r *camtReader) read(ctx context.Context, data []byte) error {
	text, err := decode(ctx, data, camtEncoding(data))
	if err != nil {
		return err
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	for n := 0; ; n++ {
		if n%1000 == 0 {
			if err := r.step(ctx, r.done+min(d.InputOffset(), int64(len(data))), r.total); err != nil {
				return err
			}
		}
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = r.token(t)
		}
		if err == nil {
			continue
		}
		if e := (*ledger.Error)(nil); errors.As(err, &e) {
			return e
		}
		line, _ := d.InputPos()
		return ledger.Errorf("damaged", "line", line, "cause", err)
	}
	return r.step(ctx, r.done+int64(len(data)), r.total)
}

// camtEncoding is the encoding that the document declares, which decides only where its bytes do not.
func camtEncoding(data []byte) charset.Encoding {
	head := plainHead(data[:min(len(data), 200)])
	_, after, ok := strings.Cut(head, "encoding=")
	if !ok || len(after) < 2 {
		return charset.Unknown
	}
	name, _, _ := strings.Cut(after[1:], after[:1])
	return charset.Parse(name)
}

var errDeclares = errors.New("the document declares its type")

func (r *camtReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if r.count++; r.count > MaxElements {
			return tooLarge(MaxElements)
		}
		if r.since++; r.since > maxWithin {
			return tooLarge(maxWithin)
		}
		if len(r.names) >= MaxDepth {
			return tooLarge(MaxDepth)
		}
		r.start(t)
	case xml.EndElement:
		r.end()
	case xml.CharData:
		if r.statement != nil && len(r.text) < MaxText {
			r.text = append(r.text, t[:min(len(t), MaxText-len(r.text))]...)
		}
	case xml.Directive:
		return errDeclares
	}
	return nil
}

// camtThin are elements around others that only some versions have: paths leave them out.
var camtThin = map[string]bool{
	"Pty": true, "FinInstnId": true, "NmAndAdr": true, "OrgId": true, "PrvtId": true, "PrtryAcct": true, "NtryDtls": true, "Rcrd": true,
}

func (r *camtReader) start(t xml.StartElement) {
	name := t.Name.Local
	r.names = append(r.names, name)
	r.text, r.ccy, r.leaf = r.text[:0], "", true
	if r.statement == nil {
		r.open(name)
		return
	}
	r.marks = append(r.marks, len(r.path))
	if !camtThin[name] {
		if len(r.path) > 0 {
			r.path = append(r.path, '/')
		}
		r.path = append(r.path, name...)
	}
	for _, a := range t.Attr {
		if a.Name.Local == "Ccy" {
			r.ccy = strings.TrimSpace(a.Value)
		}
	}
	r.begin(name)
}

// open looks for the root, and for statements below it.
func (r *camtReader) open(name string) {
	base := name
	if i := len(name) - 3; i > 0 && name[i] == 'V' && allDigits(name[i+1:]) {
		base = name[:i]
	}
	if camtRoots[base] != "" {
		r.root = base
	}
	if parent := len(r.names) - 2; parent >= 0 && camtRoots[r.root] == name && strings.HasPrefix(r.names[parent], r.root) {
		r.statement = &camtStatement{}
		r.path, r.marks = r.path[:0], r.marks[:0]
	}
}

// begin makes place for what an element holds.
func (r *camtReader) begin(name string) {
	switch path := string(r.path); {
	case path == "Bal" && name == "Bal":
		r.balance = &camtBalance{}
	case path == "Ntry" && name == "Ntry":
		r.entry = &camtEntry{}
	case path == "Ntry/TxDtls" && name == "TxDtls":
		r.payment = &camtPayment{}
	case path == "Ntry/Chrgs":
		r.entry.charges.records = append(r.entry.charges.records, camtCharge{})
	case r.payment == nil:
	case path == "Ntry/TxDtls/Chrgs":
		r.payment.charges.records = append(r.payment.charges.records, camtCharge{})
	case path == "Ntry/TxDtls/RmtInf/Strd":
		r.payment.blocks = append(r.payment.blocks, camtBlock{})
	case path == "Ntry/TxDtls/RmtInf/Strd/RfrdDocInf" && len(r.payment.blocks) > 0:
		b := &r.payment.blocks[len(r.payment.blocks)-1]
		b.documents = append(b.documents, camtDocument{})
	}
}

// end takes what an element held, and finishes what it is.
func (r *camtReader) end() {
	name := r.names[len(r.names)-1]
	r.names = r.names[:len(r.names)-1]
	if r.statement == nil {
		return
	}
	if len(r.marks) == 0 {
		r.finish(r.statement)
		r.statement = nil
		return
	}
	if r.leaf {
		r.take(camtLeaf{flat(string(r.text)), r.ccy})
	}
	r.complete(name)
	last := len(r.marks) - 1
	r.path, r.marks, r.leaf = r.path[:r.marks[last]], r.marks[:last], false
	r.text = r.text[:0]
}

// complete takes the element at hand, which ends, for what it is as a whole.
func (r *camtReader) complete(name string) {
	switch path := string(r.path); {
	case path == "Bal" && name == "Bal":
		r.statement.keep(r.balance)
		r.balance = nil
	case path == "Ntry/TxDtls" && name == "TxDtls":
		r.entry.payments = append(r.entry.payments, r.payment)
		r.payment = nil
		r.load++
	case path == "Ntry" && name == "Ntry":
		r.load -= len(r.entry.payments)
		r.book(r.statement, r.entry)
		r.entry = nil
	default:
		return
	}
	r.since = 0
}

// camtLeaf is an element without others within: its text, and its currency if it is an amount.
type camtLeaf struct{ text, ccy string }

// take hands a value to what is being read.
func (r *camtReader) take(v camtLeaf) {
	if v.text == "" {
		return
	}
	path := string(r.path)
	switch {
	case r.payment != nil:
		if f := camtPaymentFields[strings.TrimPrefix(path, "Ntry/TxDtls/")]; f != nil {
			f(r.payment, v)
		}
	case r.entry != nil:
		if f := camtEntryFields[strings.TrimPrefix(path, "Ntry/")]; f != nil {
			f(r.entry, v)
		}
	case r.balance != nil:
		if f := camtBalanceFields[strings.TrimPrefix(path, "Bal/")]; f != nil {
			f(r.balance, v)
		}
	default:
		if f := camtStatementFields[path]; f != nil {
			f(r.statement, v)
		}
	}
}
