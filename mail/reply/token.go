package reply

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"

	"quitus/ledger"
)

// alphabet is Crockford's base 32: no letter that is taken for another, or for a digit.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// checks is the number of check characters: 25 bits.
const checks = 5

// TokenOf gives the reference that stands in a message of ours, such as "[Q-1C-7K3FM]": the message's number, and five characters that only
// the ledger's key gives for it. A text that happens to look like a reference is taken for one once in 33 million times, and somebody who
// has one of ours can make no other: the check is HMAC-SHA256 of the number under the key, cut to 25 bits. The key must be the same as
// long as the ledger lives.
func TokenOf(key []byte, id ledger.MessageID) string {
	n := ""
	for v := uint32(id); v > 0 || len(n) < 2; v /= 32 {
		n = string(alphabet[v%32]) + n
	}
	return "[Q-" + n + "-" + check(key, id) + "]"
}

func check(key []byte, id ledger.MessageID) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("quitus reply reference\x00"))
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(id))
	mac.Write(b[:])
	v := binary.BigEndian.Uint64(mac.Sum(nil))
	out := make([]byte, checks)
	for i := range out {
		out[i] = alphabet[v%32]
		v /= 32
	}
	return string(out)
}

// Dashes are what programs make of "-"; brackets may be lost.
var tokens = regexp.MustCompile(`(?i)(?:^|[^0-9A-Za-z])Q ?[-\x{2010}-\x{2015}] ?([0-9A-Z]{2,7}) ?[-\x{2010}-\x{2015}] ?([0-9A-Z]{5})(?:$|[^0-9A-Za-z])`)

// maxTokens bounds what is looked at of a text that is full of what looks like references.
const maxTokens = 50

// FindToken finds the numbers of our messages whose references stand in a text, each once, in their order.
func FindToken(key []byte, text string) []ledger.MessageID {
	var out []ledger.MessageID
	text = clip(text, maxText)
	for range maxTokens {
		m := tokens.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		id, ok := number(text[m[2]:m[3]])
		if ok && canonical(text[m[4]:m[5]]) == check(key, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
		text = text[m[5]:]
	}
	return out
}

// canonical reads letters as those of the alphabet that they are taken for.
func canonical(s string) string {
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(s))
}

func number(s string) (ledger.MessageID, bool) {
	var v uint64
	for _, c := range canonical(s) {
		i := strings.IndexRune(alphabet, c)
		if i < 0 {
			return 0, false
		}
		v = v*32 + uint64(i)
	}
	return ledger.MessageID(v), v > 0 && v <= 1<<32-1
}
