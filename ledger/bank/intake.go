package bank

import (
	"bytes"
	"context"
	"math"
	"strings"

	"quitus/ledger"
)

// intake gathers what a reader finds in a file, in order and within the limits.
type intake struct {
	file  *File
	opts  Options
	ranks int   // entries met, the refused ones too
	load  int   // entries and payments of batches held
	next  int64 // bytes after which progress is told again
}

const (
	progressStep = 1 << 20
	mostProblems = 1_000
	maxMinor     = math.MaxInt64 / (2 * MaxEntries) // most minor units of an amount, so that no sum of a file overflows
)

func newIntake(format string, data []byte, opts Options) (*intake, error) {
	if len(data) > MaxFileSize {
		return nil, tooLarge(MaxFileSize)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, ledger.Errorf("empty")
	}
	if opts.Currency == "" {
		opts.Currency = ledger.EUR
	}
	return &intake{file: &File{Format: format}, opts: opts}, nil
}

func tooLarge(limit int) *ledger.Error { return ledger.Errorf("too_large", "limit", limit) }

// step is called often while reading: it ends a reading that was cancelled or holds too much, and tells progress.
func (in *intake) step(ctx context.Context, done, total int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if in.load+len(in.file.Statements) > MaxEntries {
		return tooLarge(MaxEntries)
	}
	if in.opts.Progress != nil && (done >= in.next || done == total) {
		in.next = done + progressStep
		in.opts.Progress(done, total)
	}
	return nil
}

// rank gives the next entry its place in the file.
func (in *intake) rank() int {
	in.ranks++
	return in.ranks
}

func (in *intake) add(s *Statement, e Entry) {
	in.load += 1 + len(e.Batch)
	s.Entries = append(s.Entries, e)
}

// note keeps a problem, with pairs of fact name and value for its sentence. A file with more than mostProblems is no better
// understood by all of them.
func (in *intake) note(p Problem, pairs ...any) {
	if len(in.file.Problems) >= mostProblems {
		return
	}
	p.Value = cut(flat(p.Value), 100)
	for i := 0; i+1 < len(pairs); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[pairs[i].(string)] = pairs[i+1]
	}
	in.file.Problems = append(in.file.Problems, p)
}

// date makes a day of a year of two digits, a month and a day, all in digits. Banks whose months have 30 days write
// 30 February: such a day is the last of its month.
func (in *intake) date(yy, mm, dd string) (ledger.Date, bool) {
	y, m, d := smallNumber(yy), smallNumber(mm), smallNumber(dd)
	if y < 0 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	last := 2069
	if !in.opts.Today.IsZero() {
		last, _, _ = in.opts.Today.Civil()
		last += 20
	}
	y += last - last%100
	if y > last {
		y -= 100
	}
	return ledger.MakeDate(y, m, min(d, ledger.DaysIn(y, m)))
}

// smallNumber reads up to nine digits; −1 for anything else.
func smallNumber(s string) int {
	if !allDigits(s) || len(s) > 9 {
		return -1
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// amountOf reads an unsigned amount in which sep parts the decimals, into minor units. Zeros beyond the currency's decimals
// are allowed, other digits there are not.
func amountOf(s string, sep byte, c ledger.Currency) (int64, bool) {
	whole, frac := s, ""
	if i := strings.IndexByte(s, sep); i >= 0 {
		whole, frac = s[:i], s[i+1:]
	}
	if whole == "" && frac == "" || whole != "" && !allDigits(whole) || frac != "" && !allDigits(frac) {
		return 0, false
	}
	if frac = strings.TrimRight(frac, "0"); len(frac) > c.Decimals() {
		return 0, false
	}
	n := int64(0)
	for _, d := range whole + frac + strings.Repeat("0", c.Decimals()-len(frac)) {
		if n = n*10 + int64(d-'0'); n > maxMinor {
			return 0, false
		}
	}
	return n, true
}

// plainHead is the beginning of a file without byte order mark, and without the zeros of UTF-16.
func plainHead(head []byte) string {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	return string(bytes.ReplaceAll(head, []byte{0}, nil))
}
