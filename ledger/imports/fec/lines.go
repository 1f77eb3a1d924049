package fec

import (
	"context"
	"strings"

	"quitus/ledger"
)

// lines reads all lines.
func (c *collector) lines(ctx context.Context, s *scanner, tell func()) error {
	for {
		line, ok := s.next()
		if !ok {
			break
		}
		if c.b.Counts.Lines++; c.b.Counts.Lines&0x1fff == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			tell()
		}
		if c.b.Counts.Lines > MaxLines {
			return ledger.Errorf("fec_too_large", "what", "lines", "limit", MaxLines)
		}
		if len(c.items) > MaxItems || len(c.accounts.rows) > maxNames || len(c.parties.rows) > maxNames || len(c.journals.rows) > maxNames {
			return ledger.Errorf("fec_too_large", "what", "items", "limit", MaxItems)
		}
		if s.long {
			c.refuse(s.number, noColumn, string(line[:min(len(line), 40)]), "line_too_long")
			continue
		}
		c.line(s.number, line)
	}
	if s.err != nil {
		return unreadable(ctx, s.err)
	}
	c.dropPartial()
	c.endRun()
	tell()
	return nil
}

// line reads one line, or joins it to the broken one before it.
func (c *collector) line(number int, line []byte) {
	if len(c.partial) > 0 {
		if c.join(line) {
			return
		}
		c.dropPartial()
	}
	if blank(line, c.h.sep) {
		c.b.Counts.Lines--
		return
	}
	c.fields = c.h.split(line, c.fields)
	switch c.shape(c.fields) {
	case whole:
		c.record(number, c.fields)
	case short:
		c.partial = append(c.partial[:0], line...)
		c.begun, c.parts = number, 1
	default:
		fields, ok := c.fields, false
		if c.wide++; c.wide <= maxMended {
			fields, ok = c.h.mend(c.fields)
		}
		if !ok {
			c.refuse(number, noColumn, "", "fields")
			return
		}
		c.b.Counts.Realigned++
		c.warn(number, entryLib, string(trim(fields[max(0, c.h.at[entryLib])])), "realigned")
		c.record(number, fields)
	}
}

// blank says whether a line holds nothing but separators, or the sign with which DOS ended files.
func blank(line []byte, sep byte) bool {
	for _, b := range line {
		if b != sep && b != ' ' && b != '\t' && b != '"' && b != 0x1a {
			return false
		}
	}
	return true
}

type shape uint8

const (
	whole shape = iota
	short
	wide
)

// shape says whether a line has its fields. Separators too many at the end, and columns at the end left out, are fine.
func (c *collector) shape(fields [][]byte) shape {
	n := len(c.h.columns)
	c.fields = fields
	if len(fields) > n {
		if allBlank(fields[n:]) && c.fit(fields[:n]) {
			c.fields = fields[:n]
			return whole
		}
		return wide
	}
	if len(fields) == n {
		return whole
	}
	for _, k := range [...]column{entryDate, accountNum, debit, credit, amount, side} {
		if at := c.h.at[k]; at >= len(fields) || at >= 0 && cost(k, fields[at]) >= badField {
			return short
		}
	}
	for len(fields) < n {
		fields = append(fields, nil)
	}
	c.fields = fields
	return whole
}

func allBlank(fields [][]byte) bool {
	for _, f := range fields {
		if len(trim(f)) > 0 {
			return false
		}
	}
	return true
}

// join takes a line as the rest of the broken one; false if it is one of its own.
func (c *collector) join(line []byte) bool {
	if len(c.partial)+len(line) > maxLine || c.parts > 10 {
		return false
	}
	both := append(append(c.partial, ' '), line...)
	c.fields = c.h.split(both, c.fields)
	switch c.shape(c.fields) {
	case whole:
		if c.fit(c.fields) {
			c.b.Counts.Lines--
			c.b.Counts.Realigned++
			c.warn(c.begun, noColumn, "", "joined")
			c.record(c.begun, c.fields)
			c.partial = c.partial[:0]
			return true
		}
	case short:
		if c.fields = c.h.split(line, c.fields); c.shape(c.fields) == short {
			c.b.Counts.Lines--
			c.partial = both
			c.parts++
			return true
		}
	}
	return false
}

// fit says whether days, amounts and accounts are where they belong.
func (c *collector) fit(fields [][]byte) bool {
	for i, k := range c.h.columns {
		if k != noColumn && cost(k, fields[i]) >= badField {
			return false
		}
	}
	return true
}

func (c *collector) dropPartial() {
	if len(c.partial) > 0 {
		c.refuse(c.begun, noColumn, "", "fields")
		c.partial = c.partial[:0]
	}
}

func (c *collector) refuse(line int, k column, value, code string) {
	c.b.Counts.Refused++
	c.problem(Problem{Line: line, Column: titles[k], Value: value, Code: code})
}

func (c *collector) warn(line int, k column, value, code string) {
	c.problem(Problem{Line: line, Column: titles[k], Value: value, Code: code})
}

func (c *collector) problem(p Problem) { c.b.problem(p) }

// problem notes something to say; of many alike the first ones.
func (b *Books) problem(p Problem) {
	b.ByCode[p.Code]++
	if len(b.Problems) < maxProblems {
		if len(p.Value) > 200 {
			p.Value = strings.ToValidUTF8(p.Value[:200], "") + "…"
		}
		b.Problems = append(b.Problems, p)
	}
}
