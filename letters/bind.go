package letters

import (
	"context"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quitus/assets/words"
	"quitus/ledger"
)

// This file puts files of anybody behind a document of this program: each page under a line that says which exhibit it is, all
// pages numbered through.

// Appendix is a file that goes behind a document: the pages of a copy or, without one, a text.
type Appendix struct {
	Mark  string // "Pièce n° 4"
	Title string
	Copy  *Copy
	Text  []string // paragraphs, each on lines of its own
}

// Of an appendix's page, in millimetres: where its line stands, the frame of what is copied, and the size of its texts.
const (
	markY        = 11.0
	markRule     = 13.5
	frameTop     = 17.0
	frameFoot    = 16.0
	frameSide    = 8.0
	markSize     = 10.0
	textSize     = 10.0
	textPitch    = 4.9
	textTop      = 26.0
	markGap      = 4.0
	pointsPerMM  = 72 / 25.4
	markName     = "QuitusMark"
	linesOfText  = 50  // between textTop and bodyBottom
	fewestPoints = 1.0 // of a page that is copied
)

// PageCount is how many pages the letter has, without its copies.
func (l *Letter) PageCount() int { return len(l.pages()) }

// PageCount is how many pages an appendix has.
func (a *Appendix) PageCount() int {
	if a.Copy != nil {
		return a.Copy.Pages()
	}
	return max(1, (len(a.lines())+linesOfText-1)/linesOfText)
}

func (a *Appendix) lines() []textLine {
	var out []textLine
	for _, p := range a.Text {
		if list := wrap([]Run{{Text: printed(p)}}, textSize, textWidth); len(list) > 0 {
			out = append(out, list...)
		} else {
			out = append(out, textLine{})
		}
	}
	return out
}

// Bind writes a letter with files behind it as one document. The same input gives the same bytes. The error's code is
// letter_pdf_failed.
func Bind(l *Letter, list []Appendix) ([]byte, error) {
	return guarded(func() ([]byte, error) {
		own := l.PageCount()
		behind := 0
		for i := range list {
			behind += list[i].PageCount()
		}
		d := document{title: printed(l.Subject), author: printed(l.Sender.Name), date: l.Date}
		s := newSheet(d)
		bound := *l
		bound.behind = behind
		bound.draw(s)
		b := &binder{s: s, w: words.New(words.Lang(l.Lang)), at: own, all: own + behind}
		for i := range list {
			b.marks(&list[i])
		}
		file, err := s.bytes()
		if err != nil || behind == 0 {
			return file, err
		}
		pages, err := readPDF(context.WithValue(context.Background(), ownPages{}, true), file)
		if err == nil && len(pages.pages) != own+behind {
			err = fmt.Errorf("%d pages are read, not %d", len(pages.pages), own+behind)
		}
		if err != nil {
			return nil, ledger.Errorf("letter_pdf_failed", "cause", err)
		}
		spans := []span{{&pages, 0, own}}
		at := own
		for i := range list {
			n := list[i].PageCount()
			if c := list[i].Copy; c != nil {
				doc, err := c.under(&pages, at)
				if err != nil {
					return nil, err
				}
				spans = append(spans, span{&doc, 0, n})
			} else {
				spans = append(spans, span{&pages, at, at + n})
			}
			at += n
		}
		return join(d, spans), nil
	})
}

// binder draws what of appendices is this program's own: the lines above, the numbers below, and texts.
type binder struct {
	s       *sheet
	w       *words.Words
	at, all int
}

func (b *binder) marks(a *Appendix) {
	n := a.PageCount()
	lines := a.lines()
	for k := range n {
		b.at++
		wide, high := pageWidth, pageHeight
		if a.Copy != nil && a.Copy.doc.shape(k).landscape() {
			wide, high = high, wide
			b.s.landscape()
		} else {
			b.s.page()
		}
		b.mark(a, k, n, wide, high)
		if a.Copy != nil {
			continue
		}
		for i, line := range lines[min(k*linesOfText, len(lines)):min((k+1)*linesOfText, len(lines))] {
			line.draw(b.s, left, textTop+float64(i)*textPitch, textSize)
		}
	}
}

// mark draws the line above a page and its number below.
func (b *binder) mark(a *Appendix, k, n int, wide, high float64) {
	s, f, end := b.s, typeface(), wide-(pageWidth-right)
	mark := printed(a.Mark)
	s.text(left, markY, mark, true, markSize, black)
	x := left + f.width(mark, true, markSize) + markGap
	room := end - x
	if n > 1 {
		of := b.w.T("letters.page", "page", k+1, "pages", n)
		w := f.width(of, false, markSize)
		s.text(end-w, markY, of, false, markSize, grey)
		room -= w + markGap
	}
	s.text(x, markY, fit(printed(a.Title), false, markSize, room), false, markSize, grey)
	s.line(left, markRule, end, markRule, 0.2, rule)
	number := b.w.T("letters.page", "page", b.at, "pages", b.all)
	s.text(end-f.width(number, false, 8), high-9, number, false, 8, grey)
}

// shape is how a page is seen: the box of it that shows, in points, and by how much it is turned, clockwise.
type shape struct {
	x, y, w, h float64
	turned     int // 0, 90, 180 or 270
}

// landscape says whether the page is seen wider than high.
func (p shape) landscape() bool {
	if p.turned%180 != 0 {
		return p.h > p.w
	}
	return p.w > p.h
}

// shape gives how a page is seen. What is no box is an A4 page.
func (d *pdfDocument) shape(page int) shape {
	p := d.pages[page]
	box := rectOf(p["CropBox"])
	media := rectOf(p["MediaBox"])
	if media[2]-media[0] < fewestPoints || media[3]-media[1] < fewestPoints {
		media = rectOf(a4)
	}
	if box[2]-box[0] < fewestPoints || box[3]-box[1] < fewestPoints {
		box = media
	}
	box = [4]float64{max(box[0], media[0]), max(box[1], media[1]), min(box[2], media[2]), min(box[3], media[3])}
	if box[2]-box[0] < fewestPoints || box[3]-box[1] < fewestPoints {
		box = media
	}
	turned := 0
	if n, ok := d.resolve(p["Rotate"]).(types.Integer); ok && n.Value()%90 == 0 {
		turned = (n.Value()%360 + 360) % 360
	}
	return shape{box[0], box[1], box[2] - box[0], box[3] - box[1], turned}
}

// rectOf gives a rectangle's corners, the lower left first; zeros for none.
func rectOf(o types.Object) [4]float64 {
	list, _ := o.(types.Array)
	if len(list) != 4 {
		return [4]float64{}
	}
	var v [4]float64
	for i, o := range list {
		switch o := o.(type) {
		case types.Integer:
			v[i] = float64(o)
		case types.Float:
			v[i] = float64(o)
		}
	}
	return [4]float64{min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3])}
}

// resolve follows a reference within the document.
func (d *pdfDocument) resolve(o types.Object) types.Object {
	for range deepestObject {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o
		}
		n := ref.ObjectNumber.Value()
		if n < 1 || n > len(d.objects) {
			return nil
		}
		o = d.objects[n-1]
	}
	return nil
}

// under gives the copy's pages on A4 paper, reduced to stand below the marks: marks has them as its pages from a number on. The copy
// itself stays as it is.
func (c *Copy) under(marks *pdfDocument, from int) (pdfDocument, error) {
	out := pdfDocument{objects: append([]types.Object(nil), c.doc.objects...)}
	for k := range c.doc.pages {
		form := marks.asForm(from + k)
		if form == 0 {
			return pdfDocument{}, ledger.Errorf("letter_pdf_failed", "cause", fmt.Errorf("page %d has no mark", from+k+1))
		}
		out.pages = append(out.pages, c.doc.placed(k, &out, docRef{marks, form}))
	}
	return out, nil
}

// asForm makes a page's look a form that other pages can show, and gives its number among the objects; 0 where it has none.
func (d *pdfDocument) asForm(page int) int {
	p := d.pages[page]
	content, ok := d.resolve(p["Contents"]).(types.StreamDict)
	if !ok {
		return 0
	}
	form := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": p["MediaBox"], "Resources": p["Resources"]}
	for _, key := range []string{"Filter", "DecodeParms", "Length"} {
		if v, ok := content.Dict[key]; ok {
			form[key] = v
		}
	}
	d.objects = append(d.objects, types.StreamDict{Dict: form, Raw: content.Raw})
	return len(d.objects)
}

// placed gives a page reduced into the frame below a mark. What turned a page stays, so that filled-in fields and stamps go with it;
// the mark is turned with it to stand upright.
func (d *pdfDocument) placed(page int, to *pdfDocument, mark docRef) types.Dict {
	p, s := d.pages[page].Clone().(types.Dict), d.shape(page)
	wide, high := pageWidth*pointsPerMM, pageHeight*pointsPerMM // as seen
	if s.landscape() {
		wide, high = high, wide
	}
	w, h := s.w, s.h // as seen
	if s.turned%180 != 0 {
		w, h = h, w
	}
	scale := min((wide-2*frameSide*pointsPerMM)/w, (high-(frameTop+frameFoot)*pointsPerMM)/h, 1)
	w, h = w*scale, h*scale
	tx, ty := (wide-w)/2, high-frameTop*pointsPerMM-h
	var x, y float64 // of the lower left corner, before the page is turned
	var upright [6]float64
	box := [2]float64{wide, high}
	switch s.turned {
	case 90:
		x, y, upright, box = high-ty-h, tx, [6]float64{0, 1, -1, 0, high, 0}, [2]float64{high, wide}
	case 180:
		x, y, upright = wide-tx-w, high-ty-h, [6]float64{-1, 0, 0, -1, wide, high}
	case 270:
		x, y, upright, box = ty, wide-tx-w, [6]float64{0, -1, 1, 0, 0, wide}, [2]float64{high, wide}
	default:
		x, y, upright = tx, ty, [6]float64{1, 0, 0, 1, 0, 0}
	}
	dx, dy := x-scale*s.x, y-scale*s.y
	before := fmt.Sprintf("q %s cm /%s Do Q q %s re W n %s cm\n", numbersOf(upright[:]...), markName, numbersOf(x, y, s.w*scale, s.h*scale), numbersOf(scale, 0, 0, scale, dx, dy))
	contents := types.Array{to.stream(before)}
	switch own := d.pages[page]["Contents"].(type) {
	case types.IndirectRef:
		if list, ok := d.resolve(own).(types.Array); ok {
			contents = append(contents, list...)
		} else if d.resolve(own) != nil {
			contents = append(contents, own)
		}
	case types.Array:
		contents = append(contents, own...)
	}
	p["Contents"] = append(contents, to.stream("\nQ"))
	p["MediaBox"] = types.Array{types.Integer(0), types.Integer(0), types.Float(box[0]), types.Float(box[1])}
	delete(p, "CropBox")
	delete(p, "UserUnit")
	p["Resources"] = d.withMark(p["Resources"], mark)
	if marks, ok := p["Annots"].(types.Array); ok {
		for i, o := range marks {
			if a, ok := o.(types.Dict); ok {
				r := rectOf(d.resolve(a["Rect"]))
				a["Rect"] = types.Array{types.Float(r[0]*scale + dx), types.Float(r[1]*scale + dy), types.Float(r[2]*scale + dx), types.Float(r[3]*scale + dy)}
				marks[i] = a
			}
		}
	}
	return p
}

// withMark gives a page's resources with the mark among them.
func (d *pdfDocument) withMark(o types.Object, mark docRef) types.Dict {
	out := types.Dict{}
	if own, ok := d.resolve(o).(types.Dict); ok {
		for k, v := range own {
			out[k] = v
		}
	}
	forms := types.Dict{}
	if own, ok := d.resolve(out["XObject"]).(types.Dict); ok {
		for k, v := range own {
			forms[k] = v
		}
	}
	forms[markName] = mark
	out["XObject"] = forms
	return out
}

// stream adds a content stream and gives the reference to it.
func (d *pdfDocument) stream(content string) types.IndirectRef {
	d.objects = append(d.objects, types.StreamDict{Dict: types.Dict{"Length": types.Integer(len(content))}, Raw: []byte(content)})
	return *types.NewIndirectRef(len(d.objects), 0)
}

// numbersOf writes numbers as a content stream has them.
func numbersOf(list ...float64) string {
	out := ""
	for i, v := range list {
		if i > 0 {
			out += " "
		}
		out += fmt.Sprintf("%.4f", v)
	}
	return out
}

// docRef is a reference to an object of another document that is joined.
type docRef struct {
	doc *pdfDocument
	n   int
}

// Clone implements types.Object.
func (r docRef) Clone() types.Object { return r }

// String implements types.Object.
func (r docRef) String() string { return fmt.Sprintf("(%d of another document)", r.n) }

// PDFString implements types.Object.
func (r docRef) PDFString() string { return "null" }
