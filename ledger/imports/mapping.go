package imports

import (
	"encoding/json"
	"io"
	"strings"

	"quitus/ledger"
)

// titlesKey tells registers of the same columns: their titles in order, whatever case and accents.
func titlesKey(titles []string) string {
	folded := make([]string, len(titles))
	for i, t := range titles {
		folded[i] = fold(t)
	}
	return strings.TrimRight(strings.Join(folded, "\x1f"), "\x1f")
}

func (s *Sheet) titlesKey() string {
	titles := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		titles[i] = c.Title
	}
	return titlesKey(titles)
}

func savedKey(m *ledger.Mapping) string {
	titles := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		titles[i] = c.Title
	}
	return titlesKey(titles)
}

// Untitled says whether a saved mapping is for tables without titles.
func Untitled(m *ledger.Mapping) bool { return savedKey(m) == "" }

// Remember gives a mapping of the sheet's columns as the ledger keeps it.
func (s *Sheet) Remember(m Mapping) []ledger.MappedColumn {
	out := make([]ledger.MappedColumn, len(s.Columns))
	for i, c := range s.Columns {
		out[i].Title = c.Title
		if i < len(m) && m[i] != None {
			out[i].Field = m[i].String()
		}
	}
	for len(out) > 0 && out[len(out)-1] == (ledger.MappedColumn{}) {
		out = out[:len(out)-1]
	}
	return out
}

// SameShape says whether a mapping was saved for files of just the sheet's titles.
func (s *Sheet) SameShape(saved *ledger.Mapping) bool { return savedKey(saved) == s.titlesKey() }

// Recall finds the mapping that was saved for files of the sheet's shape, or for the first of its columns; the latest if
// there are several, nil if there is none. A sheet without titles has no shape.
func (s *Sheet) Recall(saved []*ledger.Mapping) *ledger.Mapping {
	var best *ledger.Mapping
	key, longest := s.titlesKey(), 0
	for _, m := range saved {
		if k := savedKey(m); begins(key, k) && len(k) >= longest {
			best, longest = m, len(k)
		}
	}
	return best
}

// fewestColumns is how many columns a saved mapping has at least to be known among others.
const fewestColumns = 3

// begins says whether titles are those of a saved mapping, perhaps with more columns after them.
func begins(key, saved string) bool {
	return saved != "" && (key == saved || strings.HasPrefix(key, saved+"\x1f") && strings.Count(saved, "\x1f") >= fewestColumns-1)
}

// Apply gives what a saved mapping says of the sheet's columns: by place where the titles are the same or it has
// none, else by title. Taken columns that the sheet lacks are listed by their titles; those without a title are then left out.
func (s *Sheet) Apply(saved *ledger.Mapping) (m Mapping, missing []string) {
	m = make(Mapping, len(s.Columns))
	same := begins(s.titlesKey(), savedKey(saved)) || Untitled(saved)
	for i, c := range saved.Columns {
		var f Field
		if c.Field == "" || f.UnmarshalText([]byte(c.Field)) != nil {
			continue
		}
		at := i
		if !same {
			at = s.columnTitled(c.Title, m)
		}
		switch {
		case at >= 0 && at < len(m):
			m[at] = f
		case c.Title != "":
			missing = append(missing, c.Title)
		}
	}
	return m, missing
}

// columnTitled finds the first column of a title that has no field yet, or −1.
func (s *Sheet) columnTitled(title string, m Mapping) int {
	title = fold(title)
	for i, c := range s.Columns {
		if title != "" && m[i] == None && fold(c.Title) == title {
			return i
		}
	}
	return -1
}

// mappingFile is the form in which a mapping is shared.
type mappingFile struct {
	Quitus  string                `json:"quitus"` // always "mapping"
	Name    string                `json:"name"`
	Columns []ledger.MappedColumn `json:"columns"`
}

// Limits of a shared mapping.
const (
	mostMappingBytes = 1 << 20
	mostColumns      = 16_384 // as in a workbook
)

// WriteMapping writes a mapping as a file to share.
func WriteMapping(w io.Writer, m *ledger.Mapping) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(mappingFile{"mapping", m.Name, m.Columns})
}

// ReadMapping reads a shared mapping. The error is mapping_invalid with the fact "what": the field that is wrong.
func ReadMapping(r io.Reader) (*ledger.Mapping, error) {
	var f mappingFile
	b, err := io.ReadAll(io.LimitReader(r, mostMappingBytes+1))
	if err != nil || len(b) > mostMappingBytes || json.Unmarshal(b, &f) != nil || f.Quitus != "mapping" {
		return nil, ledger.Errorf("mapping_invalid", "what", "quitus")
	}
	if f.Name = trim([]byte(f.Name)); f.Name == "" || len(f.Name) > mostText {
		return nil, ledger.Errorf("mapping_invalid", "what", "name")
	}
	taken := 0
	for _, c := range f.Columns {
		var field Field
		if field.UnmarshalText([]byte(c.Field)) != nil || len(c.Title) > 10*mostText {
			return nil, ledger.Errorf("mapping_invalid", "what", c.Field)
		}
		if field != None {
			taken++
		}
	}
	if taken == 0 || len(f.Columns) > mostColumns {
		return nil, ledger.Errorf("mapping_invalid", "what", "columns")
	}
	return &ledger.Mapping{Name: f.Name, Columns: f.Columns}, nil
}
