package bank

import (
	"context"

	"quitus/ledger"
)

// maxProblems is how many problems of one file are told: a file with more of them is no better understood by all.
const maxProblems = 1_000

// tell notes a problem.
func (f *File) tell(p Problem) {
	if len(f.Problems) < maxProblems {
		f.Problems = append(f.Problems, p)
	}
}

// refused is the problem of an entry that is left out because a field of it is missing or cannot be read.
func refused(line, entry int, field, value string) Problem {
	code := field + "_invalid"
	if value == "" {
		code = field + "_missing"
	}
	return Problem{Line: line, Entry: entry, Refused: true, Field: field, Value: value, Code: code}
}

// room says whether one more statement and one more entry may be read; the error's code is too_large.
func (f *File) room(entries int) error {
	if entries >= MaxEntries || len(f.Statements) >= MaxEntries {
		return ledger.Errorf("too_large")
	}
	return nil
}

// pace tells how far a reading is and stops it when it is cancelled, once in a megabyte.
type pace struct {
	ctx         context.Context
	told        func(done, total int64)
	total, next int64
}

const megabyte = 1 << 20

// at is called with the bytes read so far; the error is the context's.
func (p *pace) at(done int64) error {
	if done < p.next {
		return nil
	}
	p.next = done + megabyte
	if p.told != nil {
		p.told(done, p.total)
	}
	return p.ctx.Err()
}

// end tells that all is read.
func (p *pace) end() error {
	p.next = 0
	return p.at(p.total)
}
