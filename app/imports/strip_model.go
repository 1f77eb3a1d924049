package imports

import (
	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// titlesFound says in which sheet and line the titles are.
func titlesFound(w *words.Words, p *desk.SheetPreview) string {
	key := "preview.facts"
	if p.Name == "" {
		key += "_text"
	}
	if p.HeaderLine == 0 {
		key += "_untitled"
	}
	return w.T(key, "sheet", p.Name, "line", p.HeaderLine)
}

// strip says what the file comes to and how its columns are known.
func (m *Model) strip(w *words.Words, s *Session, c Counts, read bool) {
	if read && len(c.Total) > 0 {
		m.Totals = w.T("preview.totals", "total", w.Sums(c.Total), "open", w.Sums(c.Open))
	}
	p := s.Sheets[0]
	m.CanName = read
	switch {
	case p.SaveAs != "":
		m.Known = w.T("preview.named_columns", "name", p.SaveAs)
	case p.Chosen():
		m.Known = w.T("preview.chosen_columns")
	case p.Saved != nil:
		m.Known = w.T("preview.known_columns", "name", p.Saved.Name)
	default:
		m.Known = w.T("preview.found_columns", "percent", p.Confidence)
	}
}

// differences lists the part shown, where the register was imported before.
func (m *Model) differences(w *words.Words, b *ledger.Book, s *Session) {
	n := s.Differences()
	n[PartLines] = -1
	if s.again() && n[PartNew]+n[PartChanged]+n[PartGone] > 0 {
		for part, key := range partKeys {
			if part := Part(part); n[part] != 0 || s.Part == part {
				m.Parts = append(m.Parts, PartTab{part, w.T("preview.diff." + key), n[part]})
			}
		}
	}
	if s.Part != PartLines {
		m.About, m.Differences = w.T("preview.diff."+partKeys[s.Part]+"_about"), NewDifferences(w, b, s)
	}
}
