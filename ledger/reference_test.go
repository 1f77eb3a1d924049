package ledger

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// rfOf makes an RF reference of a number.
func rfOf(number string) string { return fmt.Sprintf("RF%02d%s", 98-Mod97(number+"RF00"), number) }

func ogmOf(ten string) string {
	check := Mod97(ten)
	if check == 0 {
		check = 97
	}
	return fmt.Sprintf("%s%02d", ten, check)
}

// Every reference made by its rule is read, in groups or not; with any one digit changed it is not.
func TestReferencesCheck(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	digits := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('0' + rnd.IntN(10))
		}
		return string(b)
	}
	for range 2000 {
		rf, ogm := rfOf(digits(1+rnd.IntN(21))), ogmOf(digits(10))
		for _, text := range []string{rf, ogm, "+++" + ogm[:3] + "/" + ogm[3:7] + "/" + ogm[7:] + "+++", inFours(rf)} {
			value := strings.NewReplacer("+", "", "/", "", " ", "").Replace(text)
			if r, ok := StructuredReference(text); !ok || r.Value != value {
				t.Fatalf("%s is not read: %v", text, r)
			}
			at := strings.IndexAny(text[4:], "0123456789") + 4
			wrong := []byte(text)
			wrong[at] = '0' + (wrong[at]-'0'+1)%10
			if _, ok := StructuredReference(string(wrong)); ok {
				t.Fatalf("%s is taken for right", wrong)
			}
		}
	}
}

// inFours groups a reference as it is printed.
func inFours(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

func TestStructuredReference(t *testing.T) {
	for s, want := range map[string]string{
		"RF18 5390 0754 7034": "rf RF18539007547034", "+++090/9337/55493+++": "ogm 090933755493",
		"21 00000 00003 13947 14300 09017": "qrr 210000000003139471430009017", "4654654654654654": "", "RF": "", "RF18": "", "RF18É": "", "": "",
		"rf18 5390 0754 7034": "rf RF18539007547034", "RF18539007547035": "", "090 9337 55493": "ogm 090933755493", "090933755494": "", "000000000000": "", "***090/9337/55493***": "ogm 090933755493",
		"+++000/0000/09797+++": "ogm 000000009797", "000/0000/00097": "ogm 000000000097", "210000000003139471430009018": "", "000000000000000000000000000": "", "FA 118": "",
		"RF18\u00a05390\u202f0754 7034": "rf RF18539007547034", "1090933755493": "", "090933755493A": "", "BE71 0961 2345 6769": "",
	} {
		r, ok := StructuredReference(s)
		if got := strings.TrimSpace(string(r.Kind) + " " + r.Value); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", s, got, ok)
		}
	}
}

// What the issuer put into a reference is what an invoice is found by.
func TestReferenceGiven(t *testing.T) {
	for s, want := range map[string]string{
		"RF18539007547034": "539007547034", "RF18 5390 0754 7034": "539007547034", "rf21fa20240012": "FA20240012", "RF22FA20240012": "",
		"+++090/9337/55493+++": "909337554", "21 00000 00003 13947 14300 09017": "21000000000313947143000901", "000000000097": "", "FA-2025-00119": "",
	} {
		if r, _ := StructuredReference(s); r.Given() != want {
			t.Errorf("%s: %q, want %q", s, r.Given(), want)
		}
	}
}

func FuzzStructuredReference(f *testing.F) {
	for _, s := range []string{"RF18 5390 0754 7034", "+++090/9337/55493+++", "21 00000 00003 13947 14300 09017", "ŉRF18539007547034", "\xff1\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if r, ok := StructuredReference(s); ok {
			if again, ok := StructuredReference(r.Value); !ok || again != r {
				t.Errorf("%q: %v does not stand by itself", s, r)
			}
		}
	})
}
