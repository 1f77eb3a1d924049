package store

import (
	"encoding/binary"
	"encoding/hex"
	"slices"

	bolt "go.etcd.io/bbolt"

	"quitus/ledger"
)

// Buckets and keys; see the package's comment.
var (
	metaBucket      = []byte("quitus")
	beforeBucket    = []byte("before")
	journalBucket   = []byte("journal")
	undoneBucket    = []byte("undone")
	documentsBucket = []byte("documents")

	schemaKey = []byte("schema")
	idKey     = []byte("id")
	headKey   = []byte("head")
)

// kindBuckets holds the name of each kind's bucket.
var kindBuckets = func() map[ledger.Kind][]byte {
	m := map[ledger.Kind][]byte{}
	for _, k := range ledger.Kinds {
		m[k] = []byte(k.String())
	}
	return m
}()

// since says with which schema a kind came, unless with the first.
var since = map[ledger.Kind]int{
	ledger.KindMapping: 2, ledger.KindStep: 2,
	ledger.KindBankAccount: 3, ledger.KindBankStatement: 3, ledger.KindBankEntry: 3,
	ledger.KindPlan: 4, ledger.KindMessage: 4, ledger.KindCall: 4, ledger.KindAction: 4, ledger.KindScenario: 4, ledger.KindTaskMark: 4,
	ledger.KindDeposit: 4, ledger.KindRateRow: 4, ledger.KindWaiver: 4, ledger.KindInterruption: 4, ledger.KindText: 4,
	ledger.KindMailAccount: 5, ledger.KindReply: 5,
}

// kindsOf lists the kinds that a schema knows.
func kindsOf(schema int) []ledger.Kind {
	return slices.DeleteFunc(slices.Clone(ledger.Kinds), func(k ledger.Kind) bool { return since[k] > schema })
}

// bucketNames lists all buckets of a schema.
func bucketNames(schema int) [][]byte {
	out := [][]byte{metaBucket, beforeBucket, journalBucket, undoneBucket, documentsBucket}
	for _, k := range kindsOf(schema) {
		out = append(out, kindBuckets[k])
	}
	return out
}

func recordKey(key uint32) []byte { return binary.BigEndian.AppendUint32(nil, key) }
func entryKey(seq uint64) []byte  { return binary.BigEndian.AppendUint64(nil, seq) }

func beforeKey(k ledger.Kind, key uint32, seq uint64) []byte {
	out := binary.BigEndian.AppendUint32([]byte{byte(k)}, key)
	return binary.BigEndian.AppendUint64(out, seq)
}

// keyNumber reads a record's key; 0 where it is none.
func keyNumber(k []byte) uint32 {
	if len(k) != 4 {
		return 0
	}
	return binary.BigEndian.Uint32(k)
}

// entryNumber reads an entry's key; 0 where it is none.
func entryNumber(k []byte) uint64 {
	if len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}

func documentKey(h ledger.Hash) []byte {
	b, err := hex.DecodeString(string(h))
	if err != nil || len(b) != 32 {
		return nil
	}
	return b
}

func hexHash(b []byte) ledger.Hash { return ledger.Hash(hex.EncodeToString(b)) }

// head gives the number and the hash of the newest entry.
func head(tx *bolt.Tx) (uint64, ledger.Hash) {
	k, v := tx.Bucket(journalBucket).Cursor().Last()
	if len(v) < 32 {
		return entryNumber(k), ""
	}
	return entryNumber(k), hexHash(v[:32])
}
