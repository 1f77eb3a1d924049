package reply

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"quitus/ledger"
)

func TestToken(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []ledger.MessageID{1, 2, 31, 32, 44, 1023, 1024, 123456, 1<<32 - 1} {
		token := TokenOf(testKey, id)
		if seen[token] || len(token) > 19 {
			t.Error(token)
		}
		seen[token] = true
		bare := strings.Trim(token, "[]")
		for _, text := range []string{token, bare, strings.ToLower(token), "Re: [" + bare + "] x", strings.ReplaceAll(bare, "-", "\u2011"), strings.ReplaceAll(bare, "-", " – "),
			strings.NewReplacer("0", "O", "1", "l").Replace(bare), bare + "."} {
			if got := FindToken(testKey, text); len(got) != 1 || got[0] != id {
				t.Errorf("%d in %q: %v", id, text, got)
			}
		}
		if got := FindToken([]byte("another key"), token); got != nil {
			t.Errorf("%s under another key: %v", token, got)
		}
		if got := FindToken(testKey, "x"+bare+"y"); got != nil {
			t.Errorf("within a word: %v", got)
		}
	}
	// Of all the checks that one could try for a number, one is right.
	right := 0
	for i := range 32 {
		for j := range 32 {
			token := TokenOf(testKey, 44)
			token = token[:6] + string(alphabet[i]) + string(alphabet[j]) + token[8:]
			right += len(FindToken(testKey, token))
		}
	}
	if right != 1 {
		t.Errorf("%d of 1,024 are taken", right)
	}
}

func TestMatch(t *testing.T) {
	x, all := index(), samples(t)
	thread := func(m ledger.MessageID, c ledger.CustomerID, p ledger.ContactID) Found {
		return Found{ledger.FoundThread, m, c, p}
	}
	token := TokenOf(testKey, 42)
	for _, c := range []struct {
		raw  string
		want Found // none: not found
	}{
		{all["gmail"], thread(42, 1, 3)},
		{all["apple"], thread(43, 2, 0)},
		{all["vacation"], thread(42, 1, 3)},
		{all["postfix"], thread(42, 1, 3)},
		{all["delayed"], thread(41, 1, 3)},
		{all["free"], thread(43, 2, 0)},
		{all["exchange"], thread(42, 1, 3)},
		{"References: <0@x.example> <41.A7@plomberie-vasseur.fr> <42.c1@plomberie-vasseur.fr> <9@x.example>\nFrom: autre@x.example\n\nx", thread(42, 1, 3)},
		{"From: autre@x.example\nSubject: votre courrier " + token + "\n\nx", Found{ledger.FoundReference, 42, 1, 3}},
		{"From: autre@x.example\n\nRéf. " + token + "\n", Found{ledger.FoundReference, 42, 1, 3}},
		{"From: compta@durand.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\nSubject: facture F2026 0042\n\nx", Found{ledger.FoundSender, 0, 1, 3}},
		{"From: chef@durand.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n\nLa facture F-2026/0042 est payée.", Found{ledger.FoundSender, 0, 1, 3}},
		{"From: marie@orange.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n\nfacture 1234 payée", Found{ledger.FoundSender, 0, 2, 0}},
		{"From: marie@orange.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n\nmon numéro : 06 12 34 56 78", Found{}},
		{"From: marie@orange.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\nSubject: anniversaire\n\nEn 2026 !", Found{}},
		{"From: compta@durand.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n\nOffre pour 2026", Found{}},
		{"From: compta@durand.example\nDate: Tue, 12 Nov 2030 10:00:00 +0100\n\nF-2026-0042", Found{}},
		{"From: autre@x.example\n\nF-2026-0042", Found{}},
		{"From: contact@plomberie-vasseur.fr\nIn-Reply-To: <42.c1@plomberie-vasseur.fr>\n\nma suite", Found{}},
		{"Message-ID: <42.c1@plomberie-vasseur.fr>\nFrom: x@y.example\nIn-Reply-To: <41.a7@plomberie-vasseur.fr>\n\ncopie", Found{}},
		// The owner's own answer in a thread of ours came back: no message of ours did.
		{strings.Replace(all["postfix"], "<42.c1@plomberie-vasseur.fr>", "<own@plomberie-vasseur.fr>\r\nReferences: <42.c1@plomberie-vasseur.fr>", 1), Found{}},
		// A bounce that returns nothing.
		{"Return-Path: <>\nFrom: MAILER-DAEMON@free.example\nSubject: failure notice\nDate: Thu, 12 Nov 2026 10:00:00 +0100\n\n<marie@orange.example>: user unknown", Found{ledger.FoundSender, 0, 2, 0}},
	} {
		got, ok := Match(read(t, c.raw), x)
		if got != c.want || ok != (c.want != Found{}) {
			t.Errorf("%q: %+v %t, not %+v", clip(c.raw, 120), got, ok, c.want)
		}
		h := ReadHead([]byte(c.raw))
		if inText := c.want.By == ledger.FoundReference && !strings.Contains(h.Subject, "Q-"); ok && !inText && !Maybe(&h, x) {
			t.Errorf("%q would not be fetched", clip(c.raw, 120))
		}
	}
	x.AddMessage(&ledger.Message{ID: 44, Customer: 3, Sent: ledger.Day(2026, 11, 10), To: "marie@orange.example"})
	bounce := read(t, "Return-Path: <>\nFrom: MAILER-DAEMON@free.example\nSubject: failure notice\n\n<marie@orange.example>: user unknown")
	if got, ok := Match(bounce, x); ok {
		t.Errorf("of two customers with one address, %+v is taken", got)
	}
	for raw, want := range map[string]bool{
		"From: lettre@boutique.example\nSubject: Soldes\n\n":                                      false,
		"From: marie@orange.example\nDate: Thu, 12 Nov 2026 10:00:00 +0100\nSubject: Bonjour\n\n": true,
		"From: marie@orange.example\nDate: Thu, 12 Nov 2020 10:00:00 +0100\nSubject: Bonjour\n\n": false,
		"From: contact@plomberie-vasseur.fr\nIn-Reply-To: <42.c1@plomberie-vasseur.fr>\n\n":       false,
		"From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>\nSubject: Delivery\n\n": true,
	} {
		h := ReadHead([]byte(raw))
		if got := Maybe(&h, x); got != want {
			t.Errorf("%q: %t", raw, got)
		}
	}
}

// TestMaybeIsFast looks at as many heads as a mailbox may have, in a ledger of many messages.
func TestMaybeIsFast(t *testing.T) {
	x := NewIndex(testKey, 60)
	for i := range 20000 {
		x.AddMessage(&ledger.Message{ID: ledger.MessageID(i + 1), Customer: 1, Sent: ledger.Day(2026, 1, 1), Header: fmt.Sprintf("%d@v.example", i), To: fmt.Sprintf("a%d@c.example", i%3000)})
	}
	h := ReadHead([]byte("From: Boutique <lettre@boutique.example>\nSubject: Soldes d'hiver : -50 %\nMessage-ID: <1@b.example>\nReferences: <2@b.example>\n\n"))
	done := testing.Benchmark(func(b *testing.B) {
		for range b.N {
			Maybe(&h, x)
		}
	})
	t.Logf("%d ns a head", done.NsPerOp())
	if d := time.Duration(done.NsPerOp()); d > 100*time.Microsecond {
		t.Errorf("%v a head", d)
	}
}
