package store

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"

	"quitus/ledger"
)

// saltLen is the number of random bytes before personal texts, so that nobody can guess an erased text
// and prove the guess by its hash.
const saltLen = 16

var errValue = errors.New("a record's value is not readable")

// value is a record's value, cut into its parts.
type value struct {
	chained  []byte
	personal []byte // salt and texts; nothing where there are none, or where they were erased
}

func cut(v []byte) (value, error) {
	n, w := binary.Uvarint(v)
	if w <= 0 || n == 0 || n > uint64(len(v)-w) {
		return value{}, errValue
	}
	x := value{v[w : w+int(n)], v[w+int(n):]}
	switch {
	case x.chained[0] > 1, x.chained[0] == 1 && len(x.chained) < 1+sha256.Size,
		x.chained[0] == 0 && len(x.personal) > 0, len(x.personal) > 0 && len(x.personal) < saltLen:
		return value{}, errValue
	}
	return x, nil
}

// hash is the hash of the personal texts; nothing where the record has none.
func (x value) hash() []byte {
	if x.chained[0] == 0 {
		return nil
	}
	return x.chained[1 : 1+sha256.Size]
}

func (x value) body() []byte { return x.chained[1+len(x.hash()):] }

// erased says whether the record's personal texts are gone.
func (x value) erased() bool { return x.chained[0] == 1 && len(x.personal) == 0 }

// genuine says whether the personal texts are those that the chain knows.
func (x value) genuine() bool {
	h := sha256.Sum256(x.personal)
	return bytes.Equal(h[:], x.hash())
}

// bytes puts the value together, into memory of its own.
func (x value) bytes() []byte {
	out := make([]byte, 0, binary.MaxVarintLen32+len(x.chained)+len(x.personal))
	out = binary.AppendUvarint(out, uint64(len(x.chained)))
	out = append(out, x.chained...)
	return append(out, x.personal...)
}

// encoder makes values. They stay valid: it never uses memory twice.
type encoder struct {
	chunk []byte // room for values
	body  []byte // for use again
	texts []byte
	salt  []byte // random bytes not used yet
}

// chunkSize is how much memory an encoder takes at once.
const chunkSize = 1 << 18

// encode gives a record's value. Where the texts are those of the value that the record had, their salt
// stays the same, so that an unchanged record has an unchanged value.
func (e *encoder) encode(r ledger.Record, had value) ([]byte, value, error) {
	var err error
	if e.body, err = appendBody(e.body[:0], r); err != nil {
		return nil, value{}, err
	}
	e.texts = appendTexts(append(e.texts[:0], make([]byte, saltLen)...), r)
	hashLen, personal := 0, e.texts[:0]
	if len(e.texts) > saltLen {
		personal = e.texts
		hashLen = sha256.Size
		if len(had.personal) > saltLen && bytes.Equal(had.personal[saltLen:], e.texts[saltLen:]) {
			copy(e.texts, had.personal[:saltLen])
		} else {
			copy(e.texts, e.random())
		}
	}
	size := 1 + hashLen + len(e.body)
	out := e.room(binary.MaxVarintLen32 + size + len(personal))
	out = binary.AppendUvarint(out, uint64(size))
	at := len(out)
	if hashLen == 0 {
		out = append(out, 0)
	} else {
		h := sha256.Sum256(personal)
		out = append(append(out, 1), h[:]...)
	}
	out = append(out, e.body...)
	out = append(out, personal...)
	e.chunk = e.chunk[:len(e.chunk)+len(out)]
	return out, value{out[at : at+size], out[at+size:]}, nil
}

// room gives memory for n bytes, right after what the chunk holds.
func (e *encoder) room(n int) []byte {
	if cap(e.chunk)-len(e.chunk) < n {
		e.chunk = make([]byte, 0, max(chunkSize, n))
	}
	at := len(e.chunk)
	return e.chunk[at : at : at+n]
}

func (e *encoder) random() []byte {
	if len(e.salt) < saltLen {
		e.salt = make([]byte, 256*saltLen)
		rand.Read(e.salt) // never fails
	}
	s := e.salt[:saltLen]
	e.salt = e.salt[saltLen:]
	return s
}

// appendTexts writes a record's personal texts, empty ones at the end left out.
func appendTexts(out []byte, r ledger.Record) []byte {
	ps := r.Personal()
	for len(ps) > 0 && *ps[len(ps)-1] == "" {
		ps = ps[:len(ps)-1]
	}
	for _, p := range ps {
		out = binary.AppendUvarint(out, uint64(len(*p)))
		out = append(out, *p...)
	}
	return out
}

// decode reads a record's value. The record keeps no reference to v.
func decode(k ledger.Kind, key uint32, v []byte) (ledger.Record, error) {
	r := ledger.NewRecord(k, key)
	if r == nil {
		return nil, errValue
	}
	return r, decodeInto(r, v)
}

func decodeInto(r ledger.Record, v []byte) error {
	x, err := cut(v)
	if err != nil {
		return err
	}
	body, personal := x.body(), x.personal
	s := string(v[len(v)-len(personal)-len(body):]) // all texts share one allocation
	if err := decodeBody(r, fields{v: body, s: s}); err != nil {
		return err
	}
	if len(personal) == 0 {
		return nil
	}
	return setTexts(r, personal[saltLen:], s[len(body)+saltLen:])
}

// setTexts reads personal texts; s is the same as v.
func setTexts(r ledger.Record, v []byte, s string) error {
	ps := r.Personal()
	for at := 0; at < len(v); {
		n, w := binary.Uvarint(v[at:])
		if w <= 0 || n > uint64(len(v)-at-w) {
			return errValue
		}
		at += w
		if len(ps) > 0 { // a newer program may know more texts
			*ps[0], ps = s[at:at+int(n)], ps[1:]
		}
		at += int(n)
	}
	return nil
}

func appendBody(out []byte, r ledger.Record) ([]byte, error) {
	switch r := r.(type) {
	case *ledger.Customer:
		return appendCustomer(out, r), nil
	case *ledger.Invoice:
		return appendInvoice(out, r), nil
	case *ledger.Payment:
		return appendPayment(out, r), nil
	}
	b, err := json.Marshal(r)
	return append(out, b...), err
}

func decodeBody(r ledger.Record, f fields) error {
	switch r := r.(type) {
	case *ledger.Customer:
		return f.customer(r)
	case *ledger.Invoice:
		return f.invoice(r)
	case *ledger.Payment:
		return f.payment(r)
	}
	return json.Unmarshal(f.v, r)
}
