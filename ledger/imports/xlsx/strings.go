package xlsx

import (
	"archive/zip"
	"context"
	"io"
	"unicode/utf8"

	"quitus/ledger/imports/grid"
)

func (w *Workbook) readStrings(ctx context.Context, f *zip.File) error {
	w.strings = &grid.Strings{}
	var scratch []byte
	return w.walk(ctx, f, func(t *tokenizer) error {
		if string(t.name) != "si" {
			return nil
		}
		if w.strings.Len() >= w.limits.Strings {
			return tooLarge(f.Name, "strings", int64(w.limits.Strings))
		}
		var err error
		if scratch, err = richText(t, scratch[:0]); err != nil {
			return err
		}
		text := unescape(scratch)
		if tooLong(text) {
			return tooLarge(f.Name, "cell", maxCellChars)
		}
		if w.strings.Size()+len(text) > w.limits.Text || !w.strings.Add(text) {
			return tooLarge(f.Name, "text", int64(w.limits.Text))
		}
		return nil
	})
}

// richText appends the characters of the element just opened, an <si> or an <is>: those of its <t>
// elements, except the phonetic ones.
func richText(t *tokenizer, dst []byte) ([]byte, error) {
	inText := 0
	for depth := t.depth; ; {
		k, err := t.next()
		if err != nil {
			return dst, err
		}
		switch k {
		case tokenEnd:
			return dst, io.ErrUnexpectedEOF
		case tokenOpen:
			switch string(t.name) {
			case "t":
				inText = t.depth
			case "rPh":
				if err := t.skip(); err != nil {
					return dst, err
				}
			}
		case tokenClose:
			if t.depth < inText {
				inText = 0
			}
			if t.depth < depth {
				return dst, nil
			}
		case tokenText:
			if inText > 0 {
				dst = appendText(dst, t.text)
			}
		case tokenCData:
			if inText > 0 {
				dst = append(dst, t.text...)
			}
		}
		if len(dst) > maxToken {
			return dst, errToken
		}
	}
}

func tooLong(text []byte) bool {
	return len(text) > maxCellChars && utf8.RuneCount(text) > maxCellChars
}
