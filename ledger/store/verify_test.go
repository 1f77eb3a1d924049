package store

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Whoever changes the file behind the program's back is found out.
func TestVerifyFindsTampering(t *testing.T) {
	content := sample(t)
	put := func(bucket string, key []byte, alter func(v []byte) []byte) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			return b.Put(key, alter(bytes.Clone(b.Get(key))))
		}
	}
	last := func(v []byte) []byte { v[len(v)-1] ^= 1; return v }
	with := func(s string) func([]byte) []byte { return func([]byte) []byte { return []byte(s) } }
	// In the sample the import is undone but for the first customer, on whom a letter rests.
	for name, c := range map[string]struct {
		change func(*bolt.Tx) error
		code   string
	}{
		"a name":           {put("customer", recordKey(1), last), "verify_personal"},
		"a letter's line":  {put("letter", recordKey(1), func(v []byte) []byte { return bytes.Replace(v, []byte(`"Minor":1`), []byte(`"Minor":2`), 1) }), "verify_digest"},
		"a letter's form":  {put("letter", recordKey(1), func(v []byte) []byte { return v[:len(v)-3] }), "verify_record"},
		"a letter removed": {func(tx *bolt.Tx) error { return tx.Bucket([]byte("letter")).Delete(recordKey(1)) }, "verify_digest"},
		"a customer added": {func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("customer"))
			return b.Put(recordKey(50), bytes.Clone(b.Get(recordKey(1))))
		}, "verify_unexplained"},
		"the past":          {put("before", beforeKey(ledger.KindInvoice, 7, 3), func(v []byte) []byte { v[12] ^= 1; return v }), "verify_digest"},
		"a past text":       {put("before", beforeKey(ledger.KindInvoice, 7, 3), last), "verify_personal"},
		"the past removed":  {func(tx *bolt.Tx) error { return tx.Bucket(beforeBucket).Delete(beforeKey(ledger.KindInvoice, 7, 3)) }, "verify_record"},
		"the past added":    {put("before", beforeKey(ledger.KindInvoice, 7, 2), with("x")), "verify_index"},
		"an entry":          {put("journal", entryKey(2), func(v []byte) []byte { return bytes.Replace(v, []byte("test"), []byte("tost"), 1) }), "verify_chain"},
		"an entry removed":  {func(tx *bolt.Tx) error { return tx.Bucket(journalBucket).Delete(entryKey(2)) }, "verify_gap"},
		"the first entry":   {func(tx *bolt.Tx) error { return tx.Bucket(journalBucket).Delete(entryKey(1)) }, "verify_gap"},
		"the newest entry":  {func(tx *bolt.Tx) error { return tx.Bucket(journalBucket).Delete(entryKey(3)) }, "verify_chain"},
		"the head":          {put("quitus", headKey, with("x")), "verify_chain"},
		"an undo":           {put("undone", entryKey(1), func([]byte) []byte { return entryKey(2) }), "verify_chain"},
		"an undo forgotten": {func(tx *bolt.Tx) error { return tx.Bucket(undoneBucket).Delete(entryKey(1)) }, "verify_index"},
		"a document": {func(tx *bolt.Tx) error {
			b := tx.Bucket(documentsBucket)
			k, _ := b.Cursor().First()
			return b.Put(bytes.Clone(k), []byte("y"))
		}, "verify_document"},
		"a document wiped": {func(tx *bolt.Tx) error {
			b := tx.Bucket(documentsBucket)
			k, _ := b.Cursor().First()
			return b.Put(bytes.Clone(k), []byte{})
		}, "verify_document"},
		"a document gone": {func(tx *bolt.Tx) error {
			b := tx.Bucket(documentsBucket)
			k, _ := b.Cursor().First()
			return b.Delete(k)
		}, "verify_document"},
		"a rule": {func(tx *bolt.Tx) error { return tx.Bucket([]byte("customer")).Delete(recordKey(1)) }, "reference_missing"},
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t, place(t, content), options())
			if err := s.db.Update(c.change); err != nil {
				t.Fatal(err)
			}
			r, err := s.Verify(bg, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Problems, func(p *ledger.Error) bool { return p.Code == c.code }) {
				t.Errorf("no %s in %v", c.code, r.Problems)
			}
		})
	}
}

func TestVerifyCanBeStopped(t *testing.T) {
	s := opened(t, place(t, sample(t)), options())
	ctx, cancel := context.WithCancel(bg)
	cancel()
	if _, err := s.Verify(ctx, nil); ledger.CodeOf(err) != "cancelled" {
		t.Error(err)
	}
	var seen []int
	s.Verify(bg, func(done, total int) { seen = append(seen, done, total) })
	if !slices.Equal(seen, []int{1, 3, 2, 3, 3, 3}) {
		t.Error(seen)
	}
}

// Whatever was done, the file gives the same book.
func TestBookFromFile(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s := fresh(t)
	for n := range 60 {
		if _, err := oneAct(s, r); err != nil {
			t.Fatal(err)
		}
		if n%10 == 9 {
			book := s.Book()
			s = again(t, s)
			sameBooks(t, book, s.Book())
			clean(t, s)
		}
	}
}
