package imports

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"quitus/ledger/imports/grid"
)

// Bounds of what is computed: a register's own sums are far below.
const (
	formulaDepth  = 16
	formulaCells  = 2000
	formulaLength = 500

	formulaCellsAll = 20_000_000 // of a sheet together
)

// compute works out a formula whose result the file does not hold: sums, differences, products and quotients of
// numbers and cells of the same sheet, SUM and ROUND. It says false for anything else, and never guesses.
func (r *reading) compute(text string, depth int) (string, bool) {
	if depth > formulaDepth || len(text) > formulaLength {
		return "", false
	}
	if depth == 0 {
		r.looked = 0
	}
	f := &formula{r: r, text: strings.ReplaceAll(strings.TrimPrefix(text, "="), "$", ""), depth: depth}
	v, ok := f.sum()
	f.blanks()
	if !ok || f.pos != len(f.text) {
		return "", false
	}
	return v.FloatString(10), true
}

// formula is a formula being worked out, from left to right.
type formula struct {
	r     *reading
	text  string
	pos   int
	depth int
}

func (f *formula) blanks() {
	for f.pos < len(f.text) && f.text[f.pos] == ' ' {
		f.pos++
	}
}

// accept passes over the next character if it is c.
func (f *formula) accept(c byte) bool {
	f.blanks()
	if f.pos < len(f.text) && f.text[f.pos] == c {
		f.pos++
		return true
	}
	return false
}

func (f *formula) sum() (*big.Rat, bool) {
	v, ok := f.product()
	for ok {
		var w *big.Rat
		switch {
		case f.accept('+'):
			if w, ok = f.product(); ok {
				v.Add(v, w)
			}
		case f.accept('-'):
			if w, ok = f.product(); ok {
				v.Sub(v, w)
			}
		default:
			return v, true
		}
	}
	return nil, false
}

func (f *formula) product() (*big.Rat, bool) {
	v, ok := f.operand()
	for ok {
		var w *big.Rat
		switch {
		case f.accept('*'):
			if w, ok = f.operand(); ok {
				v.Mul(v, w)
			}
		case f.accept('/'):
			if w, ok = f.operand(); ok {
				if ok = w.Sign() != 0; ok {
					v.Quo(v, w)
				}
			}
		default:
			return v, true
		}
	}
	return nil, false
}

func (f *formula) operand() (*big.Rat, bool) {
	if f.depth++; f.depth > 4*formulaDepth {
		return nil, false
	}
	defer func() { f.depth-- }()
	switch {
	case f.accept('-'):
		v, ok := f.operand()
		if ok {
			v.Neg(v)
		}
		return v, ok
	case f.accept('+'):
		return f.operand()
	case f.accept('('):
		v, ok := f.sum()
		return v, ok && f.accept(')')
	}
	f.blanks()
	start := f.pos
	for f.pos < len(f.text) && (f.text[f.pos] == '.' || f.text[f.pos] >= '0' && f.text[f.pos] <= '9') {
		f.pos++
	}
	if f.pos > start {
		v, ok := new(big.Rat).SetString(f.text[start:f.pos])
		if ok && f.accept('%') {
			v.Quo(v, big.NewRat(100, 1))
		}
		return v, ok && f.pos-start < 30
	}
	return f.named()
}

// named works out a cell or a function.
func (f *formula) named() (*big.Rat, bool) {
	word := f.word()
	switch up := strings.ToUpper(word); {
	case word == "":
		return nil, false
	case !f.accept('('):
		return f.cell(word)
	case up == "SUM":
		return f.sumOf()
	case up == "ROUND":
		v, ok := f.sum()
		if !ok || !(f.accept(',') || f.accept(';')) {
			return nil, false
		}
		n, ok := f.sum()
		if !ok || !n.IsInt() || n.Sign() < 0 || n.Cmp(big.NewRat(6, 1)) > 0 || !f.accept(')') {
			return nil, false
		}
		return new(big.Rat).SetString(v.FloatString(int(n.Num().Int64())))
	}
	return nil, false
}

func (f *formula) word() string {
	f.blanks()
	start := f.pos
	for f.pos < len(f.text) {
		c := f.text[f.pos]
		if !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || f.pos > start && c >= '0' && c <= '9') {
			break
		}
		f.pos++
	}
	return f.text[start:f.pos]
}

// sumOf adds up numbers, cells and ranges up to the closing bracket.
func (f *formula) sumOf() (*big.Rat, bool) {
	total := new(big.Rat)
	for {
		at := f.pos
		word := f.word()
		if word != "" && f.accept(':') {
			if !f.addRange(total, word, f.word()) {
				return nil, false
			}
		} else {
			f.pos = at
			v, ok := f.sum()
			if !ok {
				return nil, false
			}
			total.Add(total, v)
		}
		if f.accept(')') {
			return total, true
		}
		if !f.accept(',') && !f.accept(';') {
			return nil, false
		}
	}
}

func (f *formula) addRange(total *big.Rat, from, to string) bool {
	c1, l1, ok1 := cellName(from)
	c2, l2, ok2 := cellName(to)
	if !ok1 || !ok2 || c1 > c2 || l1 > l2 {
		return false
	}
	for line := l1; line <= l2; line++ {
		for col := c1; col <= c2; col++ {
			v, ok := f.at(line, col, true)
			if !ok {
				return false
			}
			total.Add(total, v)
		}
	}
	return true
}

func (f *formula) cell(name string) (*big.Rat, bool) {
	col, line, ok := cellName(name)
	if !ok {
		return nil, false
	}
	return f.at(line, col, false)
}

// at gives the number in a cell; blanks are zero. Texts count as nothing in a range only.
func (f *formula) at(line, col int, inRange bool) (*big.Rat, bool) {
	f.r.lookedAll++
	if f.r.looked++; f.r.looked > formulaCells || f.r.lookedAll > formulaCellsAll {
		return nil, false
	}
	g := f.r.s.grid
	c := g.At(line, col)
	text := g.String(c)
	if typed, ok := f.r.corrections[Cell{line, col}]; ok {
		a, p := parseAmount(typed, 0)
		if p != nil {
			return nil, false
		}
		text, c.Kind = plainDecimal(a), grid.Number
	}
	switch c.Kind {
	case grid.Empty:
		return new(big.Rat), true
	case grid.Number:
		return number(text)
	case grid.Text:
		return new(big.Rat), inRange
	case grid.Uncached:
		got, ok := f.r.compute(text, f.depth+1)
		if !ok {
			return nil, false
		}
		return new(big.Rat).SetString(got)
	}
	return nil, false
}

// number reads a stored number; those with an exponent that no sum of money has are not read.
func number(text string) (*big.Rat, bool) {
	if strings.ContainsAny(text, "eE") {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || math.Abs(v) > 1e15 {
			return nil, false
		}
		text = strconv.FormatFloat(v, 'f', 12, 64)
	}
	if len(text) > 40 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// plainDecimal writes an amount with a dot.
func plainDecimal(a amount) string {
	s := a.digits[:len(a.digits)-a.scale] + "." + a.digits[len(a.digits)-a.scale:] + "0"
	if a.negative {
		s = "-" + s
	}
	return s
}

// cellName reads "B12" into column 1 and line 12.
func cellName(s string) (col, line int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4; i++ {
		c := s[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == 0 || i == len(s) || len(s)-i > 7 {
		return 0, 0, false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, false
		}
		line = line*10 + int(s[i]-'0')
	}
	return col - 1, line, true
}
