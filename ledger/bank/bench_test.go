package bank

import (
	"context"
	"strings"
	"testing"
)

func BenchmarkCFONB(b *testing.B) {
	data := []byte(strings.Repeat(strings.Join(aStatement(), "\n")+"\n", 2_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := readCFONB(context.Background(), data, Options{Today: aDay}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOFX(b *testing.B) {
	data := []byte(strings.Repeat(sgml, 2_000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := readOFX(context.Background(), data, Options{Today: aDay}); err != nil {
			b.Fatal(err)
		}
	}
}
