package bank

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
)

// BenchmarkTable reads a year of a busy account, 100,000 entries, from a text in columns.
func BenchmarkTable(b *testing.B) {
	text := []byte(habit{sides: true, balances: true, days: "DD/MM/YYYY"}.csv(drawn(rand.New(rand.NewPCG(1, 2)), 100_000), ";"))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f, err := Read(context.Background(), "x.csv", bytes.NewReader(text), int64(len(text)), Options{})
		if err != nil || len(f.Statements[0].Entries) != 100_000 {
			b.Fatal(err)
		}
	}
}
