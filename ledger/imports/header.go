package imports

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"quitus/ledger/imports/grid"
)

// header is where the column titles of a sheet were found.
type header struct {
	first, last int // lines
	titles      []string
	fields      Mapping // by the titles alone
	score       int
	known       bool // a mapping was saved for these titles
}

// headerLines is how many lines that hold something are searched for titles.
const headerLines = 100

// fieldWeight says how much a title of that field tells that a line holds titles.
func fieldWeight(f Field) int {
	switch f {
	case Number, Customer:
		return 30
	case Issued, Due, Total, Open, Debit, Credit, CustomerRef:
		return 20
	case Paid, Net, VAT, Bucket, Currency, Status, Kind, Journal, Terms:
		return 10
	}
	return 5
}

// NoTitles, as the line of the titles, says that a table has none: its columns are told apart by their letters.
const NoTitles = -1

// findHeader finds the one to three lines whose texts title the most columns, or those for which a mapping was
// saved. With a line given, it ends there.
func findHeader(g *grid.Grid, line int, saved []string) header {
	var best header
	from, to := 0, min(g.Len(), headerLines)
	switch {
	case line == NoTitles:
		return best
	case line > 0:
		i, ok := g.Index(line)
		if !ok {
			return best
		}
		best = headerAt(g, i, i)
		from, to = i, i+1
	}
	for i := from; i < to; i++ {
		for n := 1; n <= 3 && n <= i+1; n++ {
			if int(g.Row(i).Line)-int(g.Row(i-n+1).Line) != n-1 {
				break
			}
			titles := line > 0 || titleRow(g, g.Row(i-n+1)) && titleRow(g, g.Row(i))
			if !titles && len(saved) == 0 {
				break
			}
			h := headerAt(g, i-n+1, i)
			if key := titlesKey(h.titles); slices.ContainsFunc(saved, func(k string) bool { return begins(key, k) }) {
				h.known = true
				return h
			}
			h.score -= 4 * (n - 1)
			if titles && h.score > best.score {
				best = h
			}
		}
	}
	return best
}

// titleRow says whether a line can be one of titles: short texts, hardly a number.
func titleRow(g *grid.Grid, r grid.Row) bool {
	texts, others := 0, 0
	for _, c := range g.Cells(r) {
		b := g.Bytes(c)
		switch {
		case len(bytes.TrimSpace(b)) == 0:
		case c.Kind == grid.Text && len(b) <= 80 && !startsWithDigits(b):
			texts++
		default:
			others++
		}
	}
	return texts > 0 && others*3 <= texts
}

// startsWithDigits says whether a text looks like a date, an amount or a code rather than a title.
func startsWithDigits(b []byte) bool {
	digits, letters := 0, 0
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80:
			letters++
		}
	}
	return digits > 0 && digits > letters && !isBucket(string(b))
}

// headerAt reads the rows from the i-th to the j-th as titles. The title of a group of columns stands above the first
// of them only, so it is carried to the right as long as nothing else stands there.
func headerAt(g *grid.Grid, i, j int) header {
	h := header{first: int(g.Row(i).Line), last: int(g.Row(j).Line)}
	width := 0
	for k := i; k <= j; k++ {
		for _, c := range g.Cells(g.Row(k)) {
			width = max(width, int(c.Col)+1)
		}
	}
	groups := make([]string, width)
	h.titles = make([]string, width)
	for k := i; k <= j; k++ {
		own := make([]string, width)
		for _, c := range g.Cells(g.Row(k)) {
			own[c.Col] = trim(g.Bytes(c))
		}
		carried := ""
		for col, t := range own {
			if t != "" {
				carried = t
			}
			if k < j {
				if groups[col] == "" || t != "" {
					groups[col] = strings.TrimSpace(groups[col] + " " + cmp.Or(t, carried))
				}
				if t != "" {
					h.titles[col] = t
				}
			} else if t != "" {
				if groups[col] != "" {
					h.titles[col] = strings.TrimSpace(groups[col] + " " + t)
				} else {
					h.titles[col] = t
				}
				groups[col] = t
			}
		}
	}
	h.fields = assign(scoreTitles(h.titles, groups, nil))
	h.score = h.weigh()
	return h
}

func (h header) weigh() int {
	sum := 0
	for _, f := range h.fields {
		if f != None {
			sum += fieldWeight(f)
		}
	}
	return sum
}

// register says whether the titles can be those of invoices.
func (h header) register() bool {
	if h.known {
		return true
	}
	m := h.fields
	amount := m.Has(Total) || m.Has(Open) || m.Has(Debit) || m.Has(Bucket) || m.Has(Net)
	known := 0
	for _, f := range m {
		if f != None {
			known++
		}
	}
	return amount && (m.Has(Number) || m.Has(Issued) || m.Has(Due)) && known >= 3 && !h.statement()
}

// statement says whether the titles are those of a bank's statement: they name the other side of each entry, as ledgers of accounts
// do too, but no due date, journal or lettering.
func (h header) statement() bool {
	m := h.fields
	return !m.Has(Due) && !m.Has(Journal) && !m.Has(Lettering) && slices.ContainsFunc(h.titles, func(title string) bool {
		return slices.ContainsFunc(words(title), func(w string) bool {
			return w == "contrepartie" || w == "counterparty" || w == "tegenpartij" || w == "gegenpartei"
		})
	})
}

// why says what a sheet without a register is.
func (h header) why() string {
	m := h.fields
	if (m.Has(Customer) || m.Has(CustomerRef)) && (m.Has(Address) || m.Has(Email) || m.Has(Phone) || m.Has(Town) || m.Has(SIREN)) {
		return "customers"
	}
	return "not_a_register"
}

// weight compares the registers of one workbook: by their titles, then by how many lines they hold.
func (h header) weight(hidden bool, g *grid.Grid) int {
	w := h.score * 10
	if i, _ := g.Index(h.last + 1); i < g.Len() {
		w += min(g.Len()-i, 100)
	} else {
		w -= 1000
	}
	if hidden {
		w -= 500
	}
	if h.known {
		w += 10_000
	}
	return w
}

// same says whether two sheets have the same columns.
func (h header) same(o header) bool {
	return slices.EqualFunc(h.titles, o.titles, func(a, b string) bool { return fold(a) == fold(b) })
}

// claim is a field's claim on a column.
type claim struct {
	score, col int
	field      Field
}

// scoreTitles lists every claim that titles make. A column whose own title is in own is judged by it alone and by
// its full title, group included, whichever is clearer. fits, if given, scales the claims by what the columns contain, in percent.
func scoreTitles(titles, own []string, fits func(col int, f Field) int) []claim {
	var out []claim
	for col, title := range titles {
		if title == "" {
			continue
		}
		full := canonical(title)
		var short []string
		if col < len(own) && own[col] != "" && own[col] != title {
			short = canonical(own[col])
		}
		bucket := isBucket(title) || short != nil && isBucket(own[col])
		for f := Number; f < fieldCount; f++ {
			s := titleScore(full, f)
			if short != nil {
				s = max(s, titleScore(short, f)-4)
			}
			if f == Bucket && bucket {
				s = 100
			}
			if f == CustomerRef && s > 0 && strings.Contains(fold(title), "code") {
				s += 15
			}
			if fits != nil {
				s = s * fits(col, f) / 100
			}
			if s >= 36 {
				out = append(out, claim{s, col, f})
			}
		}
	}
	return out
}

// assign gives each column the field that claims it most clearly, and each field one column.
func assign(claims []claim) Mapping {
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Or(b.score-a.score, a.col-b.col) })
	width := 0
	for _, c := range claims {
		width = max(width, c.col+1)
	}
	m := make(Mapping, width)
	for _, c := range claims {
		if m[c.col] == None && (c.field.Repeats() || !m.Has(c.field)) {
			m[c.col] = c.field
		}
	}
	return m
}
