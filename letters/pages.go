package letters

import (
	"context"
	"errors"
	"maps"
	"slices"

	pdfmodel "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quitus/ledger/imports/pdffile"
)

// This file takes the pages out of PDF files, with what they refer to and nothing that they do.

// pdfDocument is what is needed to show a file's pages.
type pdfDocument struct {
	objects []types.Object // the first is number 1; references are to this list
	pages   []types.Dict
}

// Of a hostile file: how deep its page tree and its objects may be nested.
const (
	deepestTree   = 50
	deepestObject = 100
)

// a4 is the size of a page that has none, in points.
var a4 = types.Array{types.Integer(0), types.Integer(0), types.Float(595.28), types.Float(841.89)}

// collector copies the pages of a file, and what they refer to, into a document.
type collector struct {
	guard   *pdffile.Guard
	source  *pdfmodel.Context
	numbers map[int]int // of the source's objects in the document
	waiting []int       // numbers in the source of objects to copy
	out     pdfDocument
	seen    map[int]bool // nodes of the page tree
}

// readPDF gives the pages of a PDF file. Errors are those of [pdffile.Open], or any other for a damaged file.
func readPDF(ctx context.Context, content []byte) (pdfDocument, error) {
	g := pdffile.NewGuard(ctx, content)
	source, err := pdffile.Open(g)
	if err != nil {
		return pdfDocument{}, err
	}
	c := &collector{guard: g, source: source, numbers: map[int]int{}, seen: map[int]bool{}}
	root, err := source.Catalog()
	if err != nil {
		return pdfDocument{}, err
	}
	if err := c.tree(root["Pages"], types.Dict{}, 0); err != nil {
		return pdfDocument{}, err
	}
	if len(c.out.pages) == 0 {
		return pdfDocument{}, errors.New("the PDF file has no pages")
	}
	for len(c.waiting) > 0 {
		n := c.waiting[0]
		c.waiting = c.waiting[1:]
		o, err := c.resolve(*types.NewIndirectRef(n, 0))
		if err != nil {
			return pdfDocument{}, err
		}
		if c.out.objects[c.numbers[n]-1], err = c.copy(o, 0); err != nil {
			return pdfDocument{}, err
		}
	}
	return c.out, nil
}

// resolve follows a reference; nil stands for what is not there.
func (c *collector) resolve(o types.Object) (types.Object, error) {
	c.guard.Look()
	if err := c.guard.Over(); err != nil {
		return nil, err
	}
	for range deepestObject {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o, nil
		}
		// A reference carries a generation that damaged files get wrong; the number says which object is meant.
		entry := c.source.Table[ref.ObjectNumber.Value()]
		if entry == nil || entry.Free {
			return nil, nil
		}
		if entry.Generation != nil {
			ref.GenerationNumber = types.Integer(*entry.Generation)
		}
		var err error
		if o, err = c.source.Dereference(ref); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("references go in a circle")
}

// inherited are the attributes that a page has from the nodes above it (ISO 32000-1, table 30).
var inherited = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

// tree goes through the page tree.
func (c *collector) tree(o types.Object, above types.Dict, depth int) error {
	if ref, ok := o.(types.IndirectRef); ok {
		n := ref.ObjectNumber.Value()
		if c.seen[n] {
			return errors.New("the page tree goes in a circle")
		}
		c.seen[n] = true
	}
	o, err := c.resolve(o)
	if err != nil {
		return err
	}
	node, ok := o.(types.Dict)
	if !ok || depth > deepestTree {
		return errors.New("the page tree is damaged")
	}
	attributes := types.Dict{}
	for _, key := range inherited {
		if v, ok := node[key]; ok {
			attributes[key] = v
		} else if v, ok := above[key]; ok {
			attributes[key] = v
		}
	}
	kids, err := c.resolve(node["Kids"])
	if err != nil {
		return err
	}
	list, ok := kids.(types.Array)
	if !ok {
		return c.page(node, attributes)
	}
	for _, kid := range list {
		if err := c.tree(kid, attributes, depth+1); err != nil {
			return err
		}
		if len(c.out.pages) > copyMaxPages && c.bounded() {
			return nil // refused by their number
		}
	}
	return nil
}

// bounded says whether the file comes from outside: a print run of letters has as many pages as it needs.
func (c *collector) bounded() bool { return c.guard.Context().Value(ownPages{}) == nil }

// ownPages marks the context of a document that this program made.
type ownPages struct{}

// page copies a page: what it looks like, and nothing that it does.
func (c *collector) page(node, attributes types.Dict) error {
	page := types.Dict{"Type": types.Name("Page"), "MediaBox": a4, "Resources": types.Dict{}}
	for _, key := range []string{"Contents", "Group", "Resources", "Rotate", "UserUnit"} {
		v := node[key]
		if v == nil {
			v = attributes[key]
		}
		copied, err := c.copy(v, 0)
		if err != nil {
			return err
		}
		if copied != nil {
			page[key] = copied
		}
	}
	for _, key := range []string{"MediaBox", "CropBox"} {
		box, err := c.box(attributes[key])
		if err != nil {
			return err
		}
		if box != nil {
			page[key] = box
		}
	}
	marks, err := c.annotations(node["Annots"])
	if err != nil {
		return err
	}
	if len(marks) > 0 {
		page["Annots"] = marks
	}
	c.out.pages = append(c.out.pages, page)
	return nil
}

// box gives a rectangle written out, or nil where it is none.
func (c *collector) box(o types.Object) (types.Object, error) {
	o, err := c.resolve(o)
	if err != nil {
		return nil, err
	}
	list, ok := o.(types.Array)
	if !ok || len(list) != 4 {
		return nil, nil
	}
	out := types.Array{}
	for _, o := range list {
		if o, err = c.resolve(o); err != nil {
			return nil, err
		}
		switch o.(type) {
		case types.Integer, types.Float:
			out = append(out, o)
		default:
			return nil, nil
		}
	}
	return out, nil
}

// annotations keeps the look of what was filled in or stamped onto a page, without what it does when touched.
func (c *collector) annotations(o types.Object) (types.Array, error) {
	o, err := c.resolve(o)
	if err != nil {
		return nil, err
	}
	list, _ := o.(types.Array)
	var out types.Array
	for _, o := range list {
		if o, err = c.resolve(o); err != nil {
			return nil, err
		}
		mark, ok := o.(types.Dict)
		if !ok || mark["AP"] == nil || mark["Rect"] == nil {
			continue
		}
		if kind := mark.NameEntry("Subtype"); kind == nil || slices.Contains([]string{"Link", "Popup", "Text", "FileAttachment", "Sound", "Movie", "Screen", "3D", "RichMedia"}, *kind) {
			continue
		}
		shown := types.Dict{"Type": types.Name("Annot"), "Subtype": types.Name("Stamp")}
		for _, key := range []string{"Rect", "AP", "AS", "F"} {
			if v, ok := mark[key]; ok {
				if shown[key], err = c.copy(v, 0); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, shown)
	}
	return out, nil
}

// leftOut are entries that lead away from the look of a page, to structure and private data; of a stream also those of a file
// outside. Actions hang on pages and annotations only, of which no more than the look is copied.
var (
	leftOut       = map[string]bool{"StructParent": true, "StructParents": true, "PieceInfo": true, "Metadata": true}
	leftOutStream = map[string]bool{"StructParent": true, "StructParents": true, "PieceInfo": true, "Metadata": true, "Length": true, "F": true, "FFilter": true, "FDecodeParms": true}
)

// copy gives an object with the document's own numbers for references.
func (c *collector) copy(o types.Object, depth int) (types.Object, error) {
	if depth > deepestObject {
		return nil, errors.New("objects are nested too deep")
	}
	switch o := o.(type) {
	case types.IndirectRef:
		n := o.ObjectNumber.Value()
		if c.numbers[n] == 0 {
			c.out.objects = append(c.out.objects, nil)
			c.numbers[n] = len(c.out.objects)
			c.waiting = append(c.waiting, n)
		}
		return *types.NewIndirectRef(c.numbers[n], 0), nil
	case types.Dict:
		if kind := o.NameEntry("Type"); kind != nil && (*kind == "Page" || *kind == "Pages" || *kind == "Catalog") {
			return nil, nil
		}
		return c.copyDict(o, depth, leftOut)
	case types.Array:
		out := make(types.Array, len(o))
		for i, v := range o {
			copied, err := c.copy(v, depth+1)
			if err != nil {
				return nil, err
			}
			out[i] = copied
		}
		return out, nil
	case types.StreamDict:
		d, err := c.copyDict(o.Dict, depth, leftOutStream)
		if err != nil {
			return nil, err
		}
		d["Length"] = types.Integer(len(o.Raw))
		return types.StreamDict{Dict: d, Raw: o.Raw}, nil
	case types.Boolean, types.Float, types.Integer, types.Name, types.StringLiteral, types.HexLiteral:
		return o, nil
	}
	return nil, nil // null, and what has no business on a page
}

func (c *collector) copyDict(d types.Dict, depth int, without map[string]bool) (types.Dict, error) {
	out := types.Dict{}
	for _, key := range sortedKeys(d) { // references are numbered as they are met
		if without[key] {
			continue
		}
		copied, err := c.copy(d[key], depth+1)
		if err != nil {
			return nil, err
		}
		if copied != nil {
			out[key] = copied
		}
	}
	return out, nil
}

func sortedKeys(d types.Dict) []string { return slices.Sorted(maps.Keys(d)) }
