package reply

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestReadIsFast reads messages that are made to be slow: the time is bounded by their size, whatever stands in them.
func TestReadIsFast(t *testing.T) {
	nested := ""
	for i := range 40 {
		nested += fmt.Sprintf("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	nested = "Content-Type: multipart/mixed; boundary=b0\n\n" + nested + strings.Repeat("\n--b", 8<<20)
	for name, raw := range map[string][]byte{
		"boundaries that are none": []byte(nested[:min(len(nested), MaxSize)]),
		"parts":                    append([]byte("Content-Type: multipart/mixed; boundary=b\n\n"), bytes.Repeat([]byte("--b\n\n"), 6<<20)...),
		"base64":                   append([]byte("Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"), bytes.Repeat([]byte("QQ=="), 12<<20)...),
		"elements":                 []byte("Content-Type: text/html\n\n" + strings.Repeat("<div><a href=https://x.example>", 30000) + strings.Repeat("<p>x</td>", 30000)),
		"list elements":            []byte("Content-Type: text/html\n\n" + strings.Repeat("<b>", 100) + strings.Repeat("<li></i>", 100000)),
		"attributes":               []byte("Content-Type: text/html\n\n<p " + strings.Repeat("a=b ", 250000) + ">x"),
		"one line":                 []byte("Content-Type: text/plain\n\n" + strings.Repeat("x", 1<<20)),
		"attributions":             []byte("Content-Type: text/plain\n\n" + strings.Repeat("Le 1\n", 60000)),
		"labels":                   []byte("Content-Type: text/plain\n\n" + strings.Repeat("De : x\n", 40000)),
		"rules":                    []byte("Content-Type: text/plain\n\n" + strings.Repeat("-----\n\n", 40000)),
		"parameters":               []byte("Content-Type: text/plain" + strings.Repeat("; a*1=x", 30000) + "\n\nx"),
		"addresses":                []byte("From: " + strings.Repeat("(", 100000) + strings.Repeat("a@b,", 10000) + "\n\nx"),
		"words":                    []byte("Subject: " + strings.Repeat("=?utf-8?Q?a?= ", 15000) + "\n\nx"),
	} {
		start := time.Now()
		m, err := Read(raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		Propose(m.Text, written, "fr")
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s: %v", name, d)
		} else {
			t.Logf("%s: %v for %d KB", name, d.Round(time.Millisecond), len(raw)>>10)
		}
	}
}

// TestProposeIsFast reads texts of nothing but words of phrases.
func TestProposeIsFast(t *testing.T) {
	words := strings.Fields("nous ne paierons pas facture virement le 15 décembre 500 € merci de envoyer la copie du rib erreur sur montant avoir reçu si confirme accord")
	var b strings.Builder
	for i := 0; b.Len() < maxKept; i++ {
		b.WriteString(words[(i*i+i/7)%len(words)])
		b.WriteByte(' ')
		if i%190 == 189 {
			b.WriteString(". X")
		}
	}
	for _, text := range []string{b.String(), strings.Repeat("paiement ", 7000), strings.Repeat("merci de ", 7000), strings.Repeat("1 € ", 10000), strings.Repeat("le 15/12 ", 7000), strings.Repeat("a\n", 30000)} {
		start := time.Now()
		Propose(text, written, "fr")
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q: %v", clip(text, 30), d)
		} else {
			t.Logf("%q: %v", clip(text, 30), d.Round(time.Millisecond))
		}
	}
}
