package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Report is what a check found.
type Report struct {
	Entries  uint64
	Head     ledger.Hash // of the newest entry
	Problems []*ledger.Error
}

// OK says whether nothing was found.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// maxProblems is how many problems a report lists.
const maxProblems = 1000

// Verify checks the whole ledger: the file's structure, the journal's chain, that every state of every
// record agrees with the entry that left it so, personal texts and documents against their hashes, and
// the book's rules. It reports everything it finds. progress, where not nil, hears of entries checked.
// Codes of problems: verify_structure, verify_last_change (the newest one may be lost), verify_chain, verify_gap, verify_digest, verify_record,
// verify_unexplained, verify_personal, verify_not_erased, verify_document, verify_index, and those of
// [ledger.Book.Faults]. The error tells that checking itself was impossible, or cancelled.
func (s *Store) Verify(ctx context.Context, progress func(done, total int)) (Report, error) {
	s.writing.Lock() // pages must stay as they are
	defer s.writing.Unlock()
	if progress == nil {
		progress = func(int, int) {}
	}
	v := &verifier{ctx: ctx, progress: progress, schema: s.schema}
	if !bothHeads(s.file) {
		v.problem("verify_last_change")
	}
	for _, err := range checkPages(s.file) {
		v.problem("verify_structure", "detail", err.Error())
	}
	err := s.view(func(tx *bolt.Tx) error { return v.all(tx) })
	if ledger.CodeOf(err) == "cancelled" {
		return Report{}, err
	}
	if err != nil { // damage that stopped the reading
		v.problem("verify_structure", "detail", err.Error())
	}
	return v.report, nil
}

type verifier struct {
	ctx      context.Context
	progress func(done, total int)
	report   Report
	schema   int

	tx     *bolt.Tx
	before *bolt.Bucket
	images int // before images used
	state  map[ledger.Kind]*past
	wiped  map[ledger.Hash]bool // documents whose content an entry erased
}

// past is the records of one kind as they were after the entry being checked.
type past struct {
	rows   [][]byte        // by number − 1; nil where there was no record
	erased map[uint32]bool // an entry after the one being checked erased the personal texts
}

func (p *past) get(key uint32) []byte {
	if key == 0 || int(key) > len(p.rows) {
		return nil
	}
	return p.rows[key-1]
}

func (v *verifier) problem(code string, pairs ...any) {
	if len(v.report.Problems) < maxProblems {
		v.report.Problems = append(v.report.Problems, ledger.Errorf(code, pairs...))
	}
}

func (v *verifier) record(code string, k ledger.Kind, key uint32) {
	v.problem(code, "record", k.String()+" "+strconv.FormatUint(uint64(key), 10))
}

func (v *verifier) entry(code string, seq uint64) {
	v.problem(code, "entry", strconv.FormatUint(seq, 10))
}

func (v *verifier) all(tx *bolt.Tx) error {
	v.tx, v.before = tx, tx.Bucket(beforeBucket)
	v.wiped = map[ledger.Hash]bool{}
	if err := v.present(); err != nil {
		return err
	}
	if err := v.walk(); err != nil {
		return err
	}
	v.unexplained()
	v.undone()
	return v.documents()
}

// present takes the records as they are now, and checks the book's rules.
func (v *verifier) present() error {
	v.state = map[ledger.Kind]*past{}
	records := map[ledger.Kind][]ledger.Record{}
	for _, k := range kindsOf(v.schema) {
		b := v.tx.Bucket(kindBuckets[k])
		last, _ := b.Cursor().Last()
		n := max(uint64(keyNumber(last)), b.Sequence())
		if n > maxRecords {
			return errDamaged("%s: number %d", k, n)
		}
		rows, read := make([][]byte, n), make([]ledger.Record, n)
		c := b.Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			id := keyNumber(key)
			if id == 0 {
				v.record("verify_record", k, id)
				continue
			}
			rows[id-1] = value
			r, err := decode(k, id, value)
			if err != nil {
				v.record("verify_record", k, id)
				continue
			}
			read[id-1] = r
			if uint64(id) > b.Sequence() {
				v.record("verify_index", k, id)
			}
		}
		v.state[k] = &past{rows, map[uint32]bool{}}
		records[k] = read
	}
	for _, f := range ledger.LoadBook(records).Faults() {
		if len(v.report.Problems) < maxProblems {
			v.report.Problems = append(v.report.Problems, f.Err)
		}
	}
	return cancelled(v.ctx)
}

// walk goes back over the journal.
func (v *verifier) walk() error {
	c := v.tx.Bucket(journalBucket).Cursor()
	last, h := head(v.tx)
	v.report.Entries, v.report.Head = last, h
	want := h // what the entry after says this one's hash is
	if stored := hexHash(v.tx.Bucket(metaBucket).Get(headKey)); stored != h {
		v.entry("verify_chain", last)
	}
	seq := last
	for k, text := c.Last(); k != nil; k, text = c.Prev() {
		if n := entryNumber(k); n != seq {
			v.entry("verify_gap", seq)
			seq = n
		}
		e, err := readEntry(text)
		if err != nil || e.Seq != seq || e.Hash != want {
			v.entry("verify_chain", seq)
		}
		if err := v.back(&e); err != nil {
			return err
		}
		want = e.Prev
		v.progress(int(last-seq)+1, int(last))
		seq--
	}
	if seq != 0 {
		v.entry("verify_gap", seq)
	} else if want != "" {
		v.entry("verify_chain", 1)
	}
	return nil
}

// back checks one entry against the state that it left, and goes back to the state before it.
func (v *verifier) back(e *ledger.Entry) error {
	digest := sha256.New()
	for _, s := range e.Spans {
		p := v.state[s.Kind]
		if p == nil || s.From == 0 || s.To < s.From || int(s.To) > len(p.rows) {
			v.entry("verify_chain", e.Seq)
			continue
		}
		for key := s.From; key <= s.To; key++ {
			if key%1024 == 0 {
				if err := cancelled(v.ctx); err != nil {
					return err
				}
			}
			if s.Op == ledger.Erased {
				v.erase(p, s.Kind, key)
				continue
			}
			now := p.get(key)
			x := v.personal(p, s.Kind, key, now)
			sumRecord(digest, s.Kind, key, x.chained)
			if (s.Op == ledger.Removed) != (now == nil) {
				v.record("verify_record", s.Kind, key)
			}
			p.rows[key-1] = v.image(s, key, e.Seq)
		}
	}
	if hexHash(digest.Sum(nil)) != e.Digest {
		v.entry("verify_digest", e.Seq)
	}
	return nil
}

// image gives a record as it was before an entry.
func (v *verifier) image(s ledger.Span, key uint32, seq uint64) []byte {
	if s.Op == ledger.Created {
		return nil
	}
	b := v.before.Get(beforeKey(s.Kind, key, seq))
	if b == nil {
		v.record("verify_record", s.Kind, key)
		return nil
	}
	v.images++
	return b
}

// personal checks a state's personal texts, and gives its parts.
func (v *verifier) personal(p *past, k ledger.Kind, key uint32, now []byte) value {
	if now == nil {
		return value{}
	}
	x, err := cut(now)
	if err != nil {
		v.record("verify_record", k, key)
		return value{}
	}
	switch {
	case x.hash() == nil:
	case p.erased[key] && !x.erased():
		v.record("verify_not_erased", k, key)
	case !p.erased[key] && !x.genuine():
		v.record("verify_personal", k, key)
	}
	if _, err := decode(k, key, now); err != nil {
		v.record("verify_record", k, key)
	}
	if p.erased[key] {
		v.wipe(k, key, now)
	}
	return x
}

// erase notes that an entry erased a record's texts and documents, in its state then and before.
func (v *verifier) erase(p *past, k ledger.Kind, key uint32) {
	p.erased[key] = true
	v.wipe(k, key, p.get(key))
}

// withDocuments are the kinds of which a person's erasure takes documents away.
var withDocuments = []ledger.Kind{ledger.KindDocument, ledger.KindLetter, ledger.KindMessage, ledger.KindReply}

// wipe notes which document a state refers to whose content may be gone.
func (v *verifier) wipe(k ledger.Kind, key uint32, now []byte) {
	if now == nil || !slices.Contains(withDocuments, k) {
		return
	}
	if r, err := decode(k, key, now); err == nil {
		for _, h := range documentsOf(r) {
			v.wiped[h] = true
		}
	}
}

// unexplained reports what no entry made.
func (v *verifier) unexplained() {
	for _, k := range kindsOf(v.schema) {
		for i, r := range v.state[k].rows {
			if r != nil {
				v.record("verify_unexplained", k, uint32(i+1))
			}
		}
	}
	n := 0
	c := v.before.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	if n != v.images {
		v.problem("verify_index", "record", string(beforeBucket))
	}
}

// undone checks the index of entries taken back.
func (v *verifier) undone() {
	b := v.tx.Bucket(undoneBucket)
	want := map[string][]byte{}
	c := v.tx.Bucket(journalBucket).Cursor()
	for k, text := c.First(); k != nil; k, text = c.Next() {
		if e, err := readEntry(text); err == nil && e.Undoes != 0 {
			want[string(entryKey(e.Undoes))] = bytes.Clone(k)
		}
	}
	c = b.Cursor()
	n := 0
	for k, by := c.First(); k != nil; k, by = c.Next() {
		n++
		if !bytes.Equal(want[string(k)], by) {
			v.entry("verify_chain", entryNumber(k))
		}
	}
	if n != len(want) {
		v.problem("verify_index", "record", string(undoneBucket))
	}
}

// documents checks every document's content, and that those which records refer to are there.
func (v *verifier) documents() error {
	b := v.tx.Bucket(documentsBucket)
	c := b.Cursor()
	for k, content := c.First(); k != nil; k, content = c.Next() {
		if err := cancelled(v.ctx); err != nil {
			return err
		}
		h := hexHash(k)
		if sum := sha256.Sum256(content); !bytes.Equal(sum[:], k) && (len(content) > 0 || !v.wiped[h]) {
			v.problem("verify_document", "hash", string(h))
		}
	}
	for _, k := range append(slices.Clone(withDocuments), ledger.KindCompany) {
		if since[k] > v.schema {
			continue
		}
		c := v.tx.Bucket(kindBuckets[k]).Cursor()
		for key, value := c.First(); key != nil; key, value = c.Next() {
			r, err := decode(k, keyNumber(key), value)
			if err != nil {
				continue // reported already
			}
			for _, h := range documentsOf(r) {
				if b.Get(documentKey(h)) == nil {
					v.problem("verify_document", "hash", string(h))
				}
			}
		}
	}
	return nil
}
