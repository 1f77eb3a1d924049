package bank

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestFindReferences(t *testing.T) {
	for text, want := range map[string]string{
		"RF18539007547034":                            "rf:RF18539007547034",
		"rf18 5390 0754 7034":                         "rf:RF18539007547034",
		"REGLEMENT RF18 5390 0754 7034 DU 12/03":      "rf:RF18539007547034",
		"REF:RF18539007547034.":                       "rf:RF18539007547034",
		"RF18 5390\n0754 7034":                        "rf:RF18539007547034", // wrapped
		"RF21FA20240012":                              "rf:RF21FA20240012",
		"RF22FA20240012":                              "", // wrong check digits
		"XRF18539007547034":                           "", // in a longer run
		"RF18539007547034X":                           "",
		"RF18-5390-0754-7034":                         "", // not how it is printed
		"+++090/9337/55493+++":                        "ogm:090933755493",
		"***090/9337/55493***":                        "ogm:090933755493",
		"+++ 090/9337/55493 +++":                      "ogm:090933755493",
		"+++090933755493+++":                          "ogm:090933755493",
		"+++0909/33755/493+++":                        "ogm:090933755493", // between its marks, whatever the groups
		"COMM 090/9337/55493":                         "ogm:090933755493",
		"090 9337 55493":                              "ogm:090933755493",
		"090.9337.55493":                              "ogm:090933755493",
		"FACTURE 090933755493 MERCI":                  "ogm:090933755493",
		"090933755494":                                "",
		"1090933755493":                               "", // in a longer run
		"090933755493A":                               "",
		"A090933755493":                               "",
		"é090933755493":                               "",
		"N°090933755493":                              "ogm:090933755493",
		"«\u00a0RF18\u00a05390\u202f0754 7034\u00a0»": "rf:RF18539007547034",
		"09 0933 755493":                              "", // not how it is printed
		"000000000000":                                "",
		"000/0000/00097":                              "ogm:000000000097", // the remainder nought is written 97
		"21 00000 00003 13947 14300 09017":            "qrr:210000000003139471430009017",
		"210000000003139471430009017":                 "qrr:210000000003139471430009017",
		"QRR 210000000003139471430009017 12.03.26":    "qrr:210000000003139471430009017",
		"210000000003139471430009018":                 "",
		"2100 0000 0003 1394 7143 0009 017":           "", // not how it is printed
		"000000000000000000000000000":                 "",
		"12 090/9337/55493 RF18539007547034":          "ogm:090933755493 rf:RF18539007547034",
		"090/9337/55493 +++090/9337/55493+++":         "ogm:090933755493", // once
		"BE71 0961 2345 6769":                         "",
		"":                                            "",
		"VIR PROSOL FA-118 FA-121":                    "",
	} {
		var got []string
		for _, r := range FindReferences(text) {
			got = append(got, string(r.Kind)+":"+r.Value)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

// Of two ends that are both right, both are given: which is meant, the invoices tell.
func TestReferenceWithTwoEnds(t *testing.T) {
	first := rfOf("12345678")
	for n := range 10_000 {
		tail := fmt.Sprintf("%04d", n)
		if _, ok := StructuredRF(first + tail); !ok {
			continue
		}
		want := []Reference{{ReferenceRF, first}, {ReferenceRF, first + tail}}
		if got := FindReferences(first + " " + tail); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		return
	}
	t.Error("no tail found")
}

// rfOf makes an RF reference of a number.
func rfOf(number string) string { return fmt.Sprintf("RF%02d%s", 98-mod97(number+"RF00"), number) }

func ogmOf(ten string) string {
	check := mod97(ten)
	if check == 0 {
		check = 97
	}
	return fmt.Sprintf("%s%02d", ten, check)
}

// Every reference made by its rule is found, in groups or not; with any one digit changed it is not.
func TestReferencesAreFoundAndCheck(t *testing.T) {
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
			if !slices.ContainsFunc(FindReferences("VIR "+text+" DU"), func(r Reference) bool { return r.Value == value }) {
				t.Fatalf("%s is not found", text)
			}
			at := strings.IndexAny(text[4:], "0123456789") + 4
			wrong := []byte(text)
			wrong[at] = '0' + (wrong[at]-'0'+1)%10
			value = strings.NewReplacer("+", "", "/", "", " ", "").Replace(string(wrong))
			if slices.ContainsFunc(FindReferences(string(wrong)), func(r Reference) bool { return r.Value == value }) {
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
	} {
		r, ok := StructuredReference(s)
		if got := strings.TrimSpace(string(r.Kind) + " " + r.Value); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", s, got, ok)
		}
	}
}

func FuzzFindReferences(f *testing.F) {
	for _, s := range []string{"RF18 5390 0754 7034 DU", "+++090/9337/55493+++", "21 00000 00003 13947 14300 09017", "ŉRF18539007547034", "\xff1\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range FindReferences(s) {
			if again, ok := StructuredReference(r.Value); !ok || again != r {
				t.Errorf("%q: %v does not stand by itself", s, r)
			}
		}
	})
}
