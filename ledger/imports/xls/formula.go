package xls

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"quitus/ledger/imports/grid"
)

// operators are the tokens of formulas with two operands, [MS-XLS] §2.5.198.
var operators = map[byte]string{
	0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/", 0x07: "^", 0x08: "&", 0x09: "<", 0x0a: "<=", 0x0b: "=", 0x0c: ">=", 0x0d: ">", 0x0e: "<>",
}

// functions that registers use, by number: name and count of arguments, 0 where the token says it.
var functions = map[int]struct {
	name string
	args int
}{1: {"IF", 0}, 4: {"SUM", 0}, 5: {"AVERAGE", 0}, 6: {"MIN", 0}, 7: {"MAX", 0}, 24: {"ABS", 1}, 25: {"INT", 1}, 27: {"ROUND", 2}, 221: {"TODAY", 0}}

// decompile writes the tokens of a formula as a person would. words says that texts occur in it, so that it may well give one. It
// says false for what registers do not use; the text is empty then.
func decompile(b []byte, biff8 bool) (text string, words, ok bool) {
	if len(b) < 2 {
		return "", false, false
	}
	n := int(binary.LittleEndian.Uint16(b))
	d := &decompiler{b: b[2:min(len(b), 2+n)], biff8: biff8}
	for len(d.b) > 0 {
		if !d.token() || d.size > 4000 {
			return "", d.words, false
		}
	}
	if len(d.stack) != 1 {
		return "", d.words, false
	}
	return d.stack[0], d.words, true
}

type decompiler struct {
	b     []byte
	stack []string
	size  int // of what was pushed, in bytes: a bound for its cost
	biff8 bool
	words bool
}

func (d *decompiler) push(s string) bool {
	d.size += len(s)
	d.stack = append(d.stack, s)
	return len(d.stack) < 100
}

func (d *decompiler) pop(n int) ([]string, bool) {
	if n > len(d.stack) || n < 0 {
		return nil, false
	}
	out := d.stack[len(d.stack)-n:]
	d.stack = d.stack[:len(d.stack)-n]
	return out, true
}

// take gives the next n bytes.
func (d *decompiler) take(n int) ([]byte, bool) {
	if n > len(d.b) {
		return nil, false
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out, true
}

func (d *decompiler) token() bool {
	t := d.b[0]
	d.b = d.b[1:]
	if op := operators[t]; op != "" {
		v, ok := d.pop(2)
		d.words = d.words || op == "&"
		return ok && d.push(v[0]+op+v[1])
	}
	switch t {
	case 0x12, 0x13, 0x14, 0x15: // plus, minus, percent, brackets
		v, ok := d.pop(1)
		return ok && d.push([...]string{"+", "-", "", "("}[t-0x12]+v[0]+[...]string{"", "", "%", ")"}[t-0x12])
	case 0x16: // an argument left out
		return d.push("")
	case 0x17:
		return d.literal()
	case 0x19:
		return d.attribute()
	case 0x1d:
		v, ok := d.take(1)
		return ok && d.push([...]string{"FALSE", "TRUE"}[v[0]&1])
	case 0x1e:
		v, ok := d.take(2)
		return ok && d.push(strconv.Itoa(int(binary.LittleEndian.Uint16(v))))
	case 0x1f:
		v, ok := d.take(8)
		return ok && d.push(strconv.FormatFloat(math.Float64frombits(binary.LittleEndian.Uint64(v)), 'f', -1, 64))
	}
	if t < 0x20 {
		return false
	}
	switch t&0x1f | 0x20 {
	case 0x21:
		v, ok := d.take(2)
		return ok && d.call(int(binary.LittleEndian.Uint16(v)), -1)
	case 0x22:
		v, ok := d.take(3)
		return ok && d.call(int(binary.LittleEndian.Uint16(v[1:])), int(v[0]&0x7f))
	case 0x24:
		return d.reference(1)
	case 0x25:
		return d.reference(2)
	}
	return false
}

func (d *decompiler) literal() bool {
	d.words = true
	head := 1
	if d.biff8 {
		head = 2
	}
	h, ok := d.take(head)
	if !ok {
		return false
	}
	n := int(h[0])
	if d.biff8 && h[1]&1 != 0 {
		n *= 2
	}
	_, ok = d.take(n)
	return ok && d.push(`"…"`)
}

// attribute reads what steers the computation: jumps, spaces, and the short form of a sum.
func (d *decompiler) attribute() bool {
	v, ok := d.take(3)
	if !ok {
		return false
	}
	switch {
	case v[0]&0x04 != 0: // a table of jumps
		_, ok = d.take(2 * (int(binary.LittleEndian.Uint16(v[1:])) + 1))
		return ok
	case v[0]&0x10 != 0:
		return d.call(4, 1)
	}
	return true
}

func (d *decompiler) call(function, args int) bool {
	f, known := functions[function]
	if !known {
		return false
	}
	if args < 0 {
		args = f.args
	}
	v, ok := d.pop(args)
	return ok && d.push(f.name+"("+strings.Join(v, ",")+")")
}

// reference reads a cell, or an area from one cell to another.
func (d *decompiler) reference(cells int) bool {
	width := 1
	if d.biff8 {
		width = 2
	}
	v, ok := d.take(cells * (2 + width))
	if !ok {
		return false
	}
	names := make([]string, cells)
	for i := range names {
		row, col := int(binary.LittleEndian.Uint16(v[2*i:])), int(v[2*cells+width*i])
		if !d.biff8 {
			row &= 0x3fff // the upper bits say whether the reference moves
		}
		names[i] = grid.Letters(col) + strconv.Itoa(row+1)
	}
	return d.push(strings.Join(names, ":"))
}
