package desk

import (
	"bytes"
	"cmp"
	"slices"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/exports"
	"quitus/ledger/imports"
)

// Refused counts the lines of a register that are not taken because something in them is wrong.
func (p *Preview) Refused() int {
	n := 0
	for _, s := range p.Sheets {
		n += len(s.Result.Rejected)
	}
	return n
}

// SaveRefused writes the refused lines of a register as a workbook: the columns of the file, and beside each line why
// it was refused, as why words it. Put right, it can be imported like the file itself. Errors are those of [WriteFile].
func (d *Desk) SaveRefused(path string, p *Preview, w *words.Words, why func(*SheetPreview, imports.Problem) string) error {
	var sheets []exports.Sheet
	for _, s := range p.Sheets {
		if len(s.Result.Rejected) > 0 {
			sheets = append(sheets, s.refusedSheet(w, why))
		}
	}
	var out bytes.Buffer
	if err := exports.Write(&out, sheets); err != nil {
		return err
	}
	return WriteFile(path, out.Bytes())
}

// Widths of columns, in characters.
const (
	cellWidth   = 18
	reasonWidth = 80
)

func (s *SheetPreview) refusedSheet(w *words.Words, why func(*SheetPreview, imports.Problem) string) exports.Sheet {
	out := exports.Sheet{Name: cmp.Or(s.Name, w.T("exports.sheet.refused"))}
	above := s.Grouped && !s.Mapping.Has(imports.Customer)
	if above { // its customers stand in lines of their own, which are not refused
		out.Columns = append(out.Columns, exports.Column{Title: w.T("imports.field.customer"), Width: cellWidth})
	}
	for _, c := range s.Columns {
		out.Columns = append(out.Columns, exports.Column{Title: cmp.Or(c.Title, c.Letter), Width: cellWidth})
	}
	out.Columns = append(out.Columns, exports.Column{Title: w.T("exports.col.refused_line"), Width: 10}, exports.Column{Title: w.T("exports.col.refused_why"), Width: reasonWidth})
	rejected := slices.Clone(s.Result.Rejected)
	slices.SortStableFunc(rejected, func(a, b imports.Problem) int { return a.Line - b.Line })
	out.Rows = func(yield func([]any) bool) {
		for _, x := range rejected {
			var row []any
			if above {
				row = append(row, s.CustomerAbove(x.Line))
			}
			for col := range s.Columns {
				row = append(row, s.cell(imports.Cell{Line: x.Line, Col: col}))
			}
			text := why(s, x)
			if x.Column != "" {
				text = w.T("exports.refused_at", "column", x.Column, "why", text)
			}
			if !yield(append(row, x.Line, text)) {
				return
			}
		}
	}
	return out
}

// cell gives what a cell holds, as typed over by the owner or as in the file: a day, an amount or a text.
func (s *SheetPreview) cell(at imports.Cell) any {
	if text, ok := s.Corrections[at]; ok {
		return text
	}
	v := s.Value(at.Line, at.Col)
	if v.Date != 0 {
		return v.Date
	}
	if at.Col < len(s.Mapping) && s.Mapping[at.Col].IsAmount() {
		if m, err := ledger.ParseDecimal(v.Text, s.Currency); err == nil {
			return m
		}
	}
	return v.Text
}
