package reply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quitus/ledger"
)

// samples reads the messages in testdata, by name. Their lines end as in mail; "\xE9" and the like stand for bytes.
func samples(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatal("no messages", err)
	}
	out := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".eml")] = mailLines(string(data))
	}
	return out
}

func mailLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
	for i := 0x80; i < 0x100; i++ {
		const digits = "0123456789ABCDEF"
		s = strings.ReplaceAll(s, `\x`+string(digits[i>>4])+string(digits[i&15]), string([]byte{byte(i)}))
	}
	return s
}

var testKey = []byte("a key of the tests")

// index is a ledger's index with two customers.
func index() *Index {
	x := NewIndex(testKey, 60)
	x.AddMessage(&ledger.Message{ID: 41, Customer: 1, Contact: 3, On: ledger.Day(2026, 11, 2), Sent: ledger.Day(2026, 11, 2), Header: "41.a7@plomberie-vasseur.fr",
		To: "compta@durand.example", Cc: "Chef <chef@durand.example>"})
	x.AddMessage(&ledger.Message{ID: 42, Customer: 1, Contact: 3, On: ledger.Day(2026, 11, 9), Header: "42.c1@plomberie-vasseur.fr", To: "compta@durand.example"})
	x.AddMessage(&ledger.Message{ID: 43, Customer: 2, On: ledger.Day(2026, 11, 9), Header: "43.ff@plomberie-vasseur.fr", To: "marie@orange.example"})
	x.AddInvoice(1, "F-2026-0042")
	x.AddInvoice(1, "2026")
	x.AddInvoice(2, "1234")
	x.AddOwn("Contact@Plomberie-Vasseur.fr")
	return x
}
