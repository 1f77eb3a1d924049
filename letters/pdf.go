package letters

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font/sfnt"

	"quitus/ledger"
)

// This file is the only one that knows gofpdf. What it must be kept from: characters above U+FFFF (it
// panics), one font slice shared by two documents (it appends to it), and soft hyphens (it prints
// them); see clean for the texts.

const (
	pageWidth  = 210.0 // millimetres
	pageHeight = 297.0
	mmPerPoint = 25.4 / 72
	family     = "sans"
)

// face is the typeface, cut once to the characters that letters may use.
type face struct {
	fonts  [2][]byte // regular, bold
	widths [2][]uint16
}

// repertoire lists the characters that are kept of the typeface: Latin, Greek, Cyrillic, punctuation
// and currency signs.
func repertoire() string {
	var b strings.Builder
	for _, r := range [][2]rune{{0x20, 0x7e}, {0xa0, 0xac}, {0xae, 0x24f}, {0x384, 0x3ce}, {0x400, 0x45f}, {0x490, 0x4f9},
		{0x1e00, 0x1eff}, {0x2010, 0x2010}, {0x2012, 0x2027}, {0x202f, 0x203e}, {0x20a0, 0x20b5}, {0x2116, 0x2122}, {0x2190, 0x2193}, {0x2212, 0x2212}, {0x25a0, 0x25a1}} {
		for c := r[0]; c <= r[1]; c++ {
			b.WriteRune(c)
		}
	}
	return b.String()
}

var typeface = sync.OnceValue(func() *face {
	f := &face{}
	chars := repertoire()
	for i, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f.fonts[i] = gofpdf.UTF8CutFont(bytes.Clone(ttf), chars)
		f.widths[i] = measure(ttf, chars)
	}
	return f
})

// measure reads the advance widths, in thousandths of the size; 0 is a character that the font lacks.
func measure(font []byte, chars string) []uint16 {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", bytes.Clone(font))
	pdf.SetFont(family, "", 10)
	glyphs, err := sfnt.Parse(font)
	if err != nil {
		panic(err)
	}
	var buf sfnt.Buffer
	widths := make([]uint16, 0x2600)
	for _, r := range chars {
		if g, err := glyphs.GlyphIndex(&buf, r); err == nil && g != 0 {
			widths[r] = uint16(pdf.GetStringSymbolWidth(string(r)))
		}
	}
	return widths
}

// has says whether the typeface has a character, in both weights.
func (f *face) has(r rune) bool {
	return r > 0 && int(r) < len(f.widths[0]) && f.widths[0][r] > 0 && f.widths[1][r] > 0
}

// width gives a text's width in millimetres at a size in points.
func (f *face) width(s string, bold bool, size float64) float64 {
	w := f.widths[weight(bold)]
	sum := 0
	for _, r := range s {
		if int(r) < len(w) {
			sum += int(w[r])
		}
	}
	return float64(sum) / 1000 * size * mmPerPoint
}

func weight(bold bool) int {
	if bold {
		return 1
	}
	return 0
}

// ink is a shade: 0 is black, 255 white.
type ink int

// The shades of a letter.
const (
	black ink = 0x14
	grey  ink = 0x5a
	rule  ink = 0xb4
	tint  ink = 0xf1
)

// sheet is a document being drawn, in millimetres from the upper left corner.
type sheet struct {
	pdf   *gofpdf.Fpdf
	logos map[*byte]string
}

// document says what a PDF is about.
type document struct {
	title, author string
	date          ledger.Date
}

func newSheet(d document) *sheet {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	y, m, day := d.date.Civil()
	made := time.Date(y, time.Month(m), day, 12, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetTitle(d.title, true)
	pdf.SetAuthor(d.author, true)
	pdf.SetCreator("Quitus", true)
	pdf.SetProducer("Quitus", true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	f := typeface()
	pdf.AddUTF8FontFromBytes(family, "", bytes.Clone(f.fonts[0]))
	pdf.AddUTF8FontFromBytes(family, "B", bytes.Clone(f.fonts[1]))
	return &sheet{pdf, map[*byte]string{}}
}

func (s *sheet) page() { s.pdf.AddPage() }

// landscape begins a page that is wider than high.
func (s *sheet) landscape() { s.pdf.AddPageFormat("L", gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}) }

// pages is how many there are so far.
func (s *sheet) pages() int { return s.pdf.PageNo() }

// picturePage gives a document of one page with a picture on it.
func picturePage(l *Logo) ([]byte, error) {
	const margin = 10.0
	s := newSheet(document{})
	s.page()
	scale := min((pageWidth-2*margin)/float64(l.width), (pageHeight-2*margin)/float64(l.height))
	w, h := float64(l.width)*scale, float64(l.height)*scale
	s.logo(l, (pageWidth-w)/2, margin, w, h)
	return s.bytes()
}

// text writes a line whose baseline starts at x, y.
func (s *sheet) text(x, y float64, t string, bold bool, size float64, shade ink) {
	if t == "" {
		return
	}
	style := ""
	if bold {
		style = "B"
	}
	s.pdf.SetFont(family, style, size)
	s.pdf.SetTextColor(int(shade), int(shade), int(shade))
	s.pdf.Text(x, y, t)
}

// line draws a horizontal or vertical rule.
func (s *sheet) line(x1, y1, x2, y2, width float64, shade ink) {
	s.pdf.SetLineWidth(width)
	s.pdf.SetDrawColor(int(shade), int(shade), int(shade))
	s.pdf.Line(x1, y1, x2, y2)
}

// fill paints a rectangle.
func (s *sheet) fill(x, y, w, h float64, shade ink) {
	s.pdf.SetFillColor(int(shade), int(shade), int(shade))
	s.pdf.Rect(x, y, w, h, "F")
}

// points paints a code's black points as one shape, which leaves no seams where they touch. They are whole numbers in a system of
// their own, from the code's lower left corner.
func (s *sheet) points(m *modules, x, y, size float64) {
	unit := size / float64(m.size) / mmPerPoint
	b := []byte("q 0 g ")
	for _, v := range []float64{unit, 0, 0, unit, x / mmPerPoint, (pageHeight - y - size) / mmPerPoint} {
		b = append(strconv.AppendFloat(b, v, 'f', 5, 64), ' ')
	}
	b = append(b, "cm\n"...)
	for row := range m.size {
		for col := 0; col < m.size; col++ {
			from := col
			for col < m.size && m.at(col, row) {
				col++
			}
			if col > from {
				for _, n := range []int{from, m.size - 1 - row, col - from} {
					b = append(strconv.AppendInt(b, int64(n), 10), ' ')
				}
				b = append(b, "1 re\n"...)
			}
		}
	}
	s.pdf.RawWriteStr(string(append(b, "f Q"...)))
}

// frame draws a rectangle's edges.
func (s *sheet) frame(x, y, w, h, width float64, shade ink) {
	s.pdf.SetLineWidth(width)
	s.pdf.SetDrawColor(int(shade), int(shade), int(shade))
	s.pdf.Rect(x, y, w, h, "D")
}

// dashed draws a line of dashes.
func (s *sheet) dashed(x1, y1, x2, y2, width float64, shade ink) {
	s.pdf.SetDashPattern([]float64{1, 1}, 0)
	s.line(x1, y1, x2, y2, width, shade)
	s.pdf.SetDashPattern(nil, 0)
}

// logo draws a checked picture.
func (s *sheet) logo(l *Logo, x, y, w, h float64) {
	name, known := s.logos[&l.data[0]]
	opts := gofpdf.ImageOptions{ImageType: l.kind}
	if !known {
		name = fmt.Sprintf("logo%d", len(s.logos))
		s.logos[&l.data[0]] = name
		s.pdf.RegisterImageOptionsReader(name, opts, bytes.NewReader(l.data))
	}
	s.pdf.ImageOptions(name, x, y, w, h, false, opts, 0, "")
}

func (s *sheet) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return nil, ledger.Errorf("letter_pdf_failed", "cause", err)
	}
	return b.Bytes(), nil
}

// guarded turns a panic of the PDF library into an error.
func guarded(draw func() ([]byte, error)) (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, ledger.Errorf("letter_pdf_failed", "cause", fmt.Errorf("%v", r))
		}
	}()
	return draw()
}
