package ledger

import "math/bits"

func abs64(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// mulDivAbs computes a × b ÷ c in 128 bits, rounded half-up: adding ⌊c/2⌋ before an integer division
// rounds half-up for even divisors, and an odd divisor has no exact half.
func mulDivAbs(a, b, c uint64) (uint64, bool) {
	if c == 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(a, b)
	lo, carry := bits.Add64(lo, c/2, 0)
	hi += carry
	if hi >= c {
		return 0, false
	}
	q, _ := bits.Div64(hi, lo, c)
	return q, true
}
