package store

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"quitus/ledger"
)

// fill gives every field of a record a value, empty ones included where zero says so.
func fill(t *testing.T, r *rand.Rand, v reflect.Value, path string) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		b := make([]rune, 1+r.IntN(20))
		for i := range b {
			b[i] = []rune("aé€ \n\"<&\u202f0")[r.IntN(10)]
		}
		v.SetString(string(b))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1 + r.Int64N(1<<40) - 1<<39)
		if v.Int() == 0 {
			v.SetInt(1)
		}
	case reflect.Int32:
		if v.Type() != reflect.TypeFor[ledger.Date]() {
			t.Fatalf("%s: a new type %s: say here how it is filled", path, v.Type())
		}
		v.SetInt(int64(ledger.Day(1, 1, 1)) + r.Int64N(3_000_000))
	case reflect.Uint32:
		v.SetUint(uint64(1 + r.Uint32N(1<<31)))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(t, r, v.Index(i), path)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(r.Int64N(4_000_000_000), 0).UTC()))
			return
		}
		for i := range v.NumField() {
			fill(t, r, v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	default:
		t.Fatalf("%s: a new type %s: say here how it is filled", path, v.Type())
	}
}

// A field added to a record and not encoded makes this fail.
func TestEveryFieldIsWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, k := range ledger.Kinds {
		for range 50 {
			rec := ledger.NewRecord(k, 7)
			fill(t, r, reflect.ValueOf(rec).Elem(), k.String())
			if id := reflect.ValueOf(rec).Elem().FieldByName("ID"); id.IsValid() {
				id.SetUint(7)
			}
			roundTrip(t, rec)
		}
		roundTrip(t, ledger.NewRecord(k, 7)) // nothing filled
	}
}

func roundTrip(t *testing.T, rec ledger.Record) {
	t.Helper()
	var e encoder
	v, x, err := e.encode(rec, value{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(rec.Kind(), rec.Key(), bytes.Clone(v))
	if err != nil || !reflect.DeepEqual(rec, got) {
		t.Fatalf("%s: %v\n%+v\n%+v", rec.Kind(), err, rec, got)
	}
	if x.hash() != nil && !x.genuine() {
		t.Error("hash of the personal texts")
	}
	for _, p := range rec.Personal() {
		if len(*p) > 16 && bytes.Contains(x.chained, []byte(*p)) {
			t.Errorf("%s: %q is in the chain", rec.Kind(), *p)
		}
	}
	had, _ := cut(v)
	if same, _, _ := e.encode(got, had); !bytes.Equal(same, v) {
		t.Errorf("%s: written again, it differs", rec.Kind())
	}
	if len(x.personal) > 0 {
		if other, _, _ := e.encode(got, value{}); bytes.Equal(other, v) {
			t.Error("the salt is not random")
		}
	}
}

// What a newer program adds does not disturb.
func TestUnknownFields(t *testing.T) {
	i := &ledger.Invoice{Number: "F1", Total: ledger.Euros(5)}
	var e encoder
	v, x, _ := e.encode(i, value{})
	v = number(text(bytes.Clone(x.chained), 99, "plus tard"), 98, 7)
	got, err := decode(ledger.KindInvoice, 0, value{chained: v}.bytes())
	if err != nil || got.(*ledger.Invoice).Number != "F1" {
		t.Error(got, err)
	}
}

// Damaged values are errors or other records, never a panic.
func FuzzDecode(f *testing.F) {
	var e encoder
	for _, k := range ledger.Kinds {
		r := ledger.NewRecord(k, 1)
		for _, p := range r.Personal() {
			*p = "texte"
		}
		v, _, _ := e.encode(r, value{})
		f.Add(byte(k), bytes.Clone(v))
	}
	f.Fuzz(func(t *testing.T, k byte, v []byte) {
		if r, err := decode(ledger.Kind(k), 1, v); err == nil {
			if _, _, err := new(encoder).encode(r, value{}); err != nil {
				t.Error(err)
			}
		}
	})
}
