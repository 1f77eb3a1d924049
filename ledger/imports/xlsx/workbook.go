package xlsx

import (
	"archive/zip"
	"context"
	"errors"
	"path"
	"strconv"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// walk reads a part and calls open for each element that begins. open may itself read on in t.
func (w *Workbook) walk(ctx context.Context, f *zip.File, open func(t *tokenizer) error) error {
	r, err := w.open(ctx, f)
	if err != nil {
		return err
	}
	defer r.Close()
	t, err := newTokenizer(r)
	for err == nil {
		var k tokenKind
		if k, err = t.next(); err != nil || k == tokenEnd {
			break
		}
		if k == tokenOpen {
			err = open(t)
		}
	}
	return partError(f.Name, err)
}

// partError makes any failure while reading a part a sentence for people.
func partError(part string, err error) error {
	var known *ledger.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return damaged(part, err)
}

type relation struct{ target, kind string }

// relations reads the .rels part that belongs to a part; a missing one is empty.
func (w *Workbook) relations(ctx context.Context, part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	f := w.parts[partName(dir+"_rels/"+file+".rels")]
	out := map[string]relation{}
	if f == nil {
		return out, nil
	}
	err := w.walk(ctx, f, func(t *tokenizer) error {
		if string(t.name) == "Relationship" && len(out) < 4*w.limits.Sheets {
			target := strings.ReplaceAll(attrText(t.attrs, "Target"), `\`, "/")
			if !strings.HasPrefix(target, "/") {
				target = dir + target
			}
			kind := attrText(t.attrs, "Type")
			out[attrText(t.attrs, "Id")] = relation{partName(target), kind[strings.LastIndexByte(kind, '/')+1:]}
		}
		return nil
	})
	return out, err
}

func (w *Workbook) readDirectory(ctx context.Context) error {
	part := "xl/workbook.xml"
	roots, err := w.relations(ctx, "")
	if err != nil {
		return err
	}
	for _, r := range roots {
		if r.kind == "officeDocument" {
			part = r.target
		}
	}
	if w.parts[part] == nil {
		return w.notWorkbook()
	}
	if strings.HasSuffix(part, ".bin") {
		return ledger.Errorf("unsupported_format", "format", "xlsb")
	}
	rels, err := w.relations(ctx, part)
	if err != nil {
		return err
	}
	if err := w.readSheets(ctx, w.parts[part], rels); err != nil {
		return err
	}
	for _, r := range rels {
		f := w.parts[r.target]
		if f == nil {
			continue
		}
		switch r.kind {
		case "styles":
			err = w.readStyles(ctx, f)
		case "sharedStrings":
			err = w.readStrings(ctx, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// notWorkbook says what an archive is that holds no workbook.
func (w *Workbook) notWorkbook() error {
	format := "zip"
	switch {
	case w.parts["xl/workbook.bin"] != nil:
		format = "xlsb"
	case w.parts["content.xml"] != nil && w.parts["mimetype"] != nil:
		format = "ods"
	case w.parts["word/document.xml"] != nil:
		format = "docx"
	case w.parts["index/document.iwa"] != nil || w.parts["index.zip"] != nil:
		format = "numbers"
	case w.parts["xl/worksheets/sheet1.xml"] != nil || w.parts["[content_types].xml"] != nil:
		return damaged("xl/workbook.xml", errors.New("the part is missing"))
	}
	return ledger.Errorf("unsupported_format", "format", format)
}

func (w *Workbook) readSheets(ctx context.Context, f *zip.File, rels map[string]relation) error {
	var missing string
	err := w.walk(ctx, f, func(t *tokenizer) error {
		switch string(t.name) {
		case "workbookPr":
			w.Date1904 = isTrue(attr(t.attrs, "date1904"))
		case "sheet":
			if len(w.Sheets) >= w.limits.Sheets {
				return tooLarge(f.Name, "sheets", int64(w.limits.Sheets))
			}
			info := SheetInfo{Name: attrText(t.attrs, "name"), Hidden: strings.Contains(strings.ToLower(string(attr(t.attrs, "state"))), "hidden")}
			r := rels[relID(t.attrs)]
			if r.kind != "" && r.kind != "worksheet" {
				return nil
			}
			if info.part = w.parts[r.target]; info.part == nil {
				missing = info.Name
				return nil
			}
			w.Sheets = append(w.Sheets, info)
		}
		return nil
	})
	if err == nil && len(w.Sheets) == 0 {
		return damaged(f.Name, errors.New("no sheet can be found "+missing))
	}
	return err
}

// relID gives the attribute r:id, whatever its prefix; a plain id would be another attribute.
func relID(attrs []byte) string {
	for rest := attrs; len(rest) > 0; {
		var name, value []byte
		if name, value, rest = nextAttr(rest); name == nil {
			break
		}
		if string(name) == "id" {
			return string(value)
		}
	}
	return ""
}

func (w *Workbook) readStyles(ctx context.Context, f *zip.File) error {
	codes := map[int]grid.Format{}
	inCells := false
	return w.walk(ctx, f, func(t *tokenizer) error {
		switch string(t.name) {
		case "numFmt":
			if id, err := strconv.Atoi(string(attr(t.attrs, "numFmtId"))); err == nil && len(codes) < 1<<16 {
				codes[id] = grid.ParseFormat(attrText(t.attrs, "formatCode"))
			}
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if !inCells || len(w.formats) >= 1<<16 {
				return nil
			}
			id, _ := strconv.Atoi(string(attr(t.attrs, "numFmtId")))
			format, own := codes[id]
			if !own {
				format = grid.Builtin(id)
			}
			w.formats = append(w.formats, format)
		}
		return nil
	})
}

func isTrue(v []byte) bool { return string(v) == "1" || string(v) == "true" || string(v) == "on" }
