package desk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"quitus/ledger"
	"quitus/ledger/imports"
	"quitus/ledger/store"
)

// Mappings lists the saved mappings in the order of their names.
func (d *Desk) Mappings() []*ledger.Mapping {
	return slices.SortedFunc(d.store.Book().Mappings.All(), func(a, b *ledger.Mapping) int {
		return strings.Compare(ledger.Fold(a.Name), ledger.Fold(b.Name))
	})
}

// MappingNamed gives the saved mapping of a name, whatever case and accents; nil if there is none.
func (d *Desk) MappingNamed(name string) *ledger.Mapping {
	return mappingNamed(d.Mappings(), name)
}

func mappingNamed(all []*ledger.Mapping, name string) *ledger.Mapping {
	for _, m := range all {
		if name != "" && ledger.Fold(m.Name) == ledger.Fold(name) {
			return m
		}
	}
	return nil
}

// remember saves a sheet's mapping for other files of its shape where the owner changed or named it, or pointed to the
// titles.
func (s *SheetPreview) remember(x *ledger.Draft, file string) {
	name := strings.TrimSpace(s.SaveAs)
	columns := s.Remember(s.Mapping)
	if len(columns) == 0 || !s.Chosen() && name == "" {
		return
	}
	m := &ledger.Mapping{Name: strings.TrimSuffix(file, filepath.Ext(file))}
	if saved := s.Recall(slices.Collect(x.Next().Mappings.All())); saved != nil && s.SameShape(saved) {
		if m = ledger.Clone(saved); slices.Equal(m.Columns, columns) && (name == "" || name == m.Name) {
			return
		}
	}
	m.Columns = columns
	m.Name = freeName(x, cmp.Or(name, m.Name), m.ID)
	x.Put(m)
}

// freeName makes a name one that no other mapping has.
func freeName(x *ledger.Draft, name string, own ledger.MappingID) string {
	all := slices.Collect(x.Next().Mappings.All())
	for n, free := 2, name; ; n++ {
		if m := mappingNamed(all, free); m == nil || m.ID == own {
			return free
		}
		free = fmt.Sprintf("%s (%d)", name, n)
	}
}

// RenameMapping gives a mapping another name. Errors are mapping_unknown, field_required and mapping_name_taken.
func (d *Desk) RenameMapping(ctx context.Context, id ledger.MappingID, name string) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActMapping, nil, func(x *ledger.Draft) error {
		m, _ := x.Record(ledger.KindMapping, uint32(id)).(*ledger.Mapping)
		other := mappingNamed(slices.Collect(x.Book().Mappings.All()), name)
		switch {
		case m == nil:
			return ledger.Errorf("mapping_unknown", "mapping", name)
		case strings.TrimSpace(name) == "":
			return ledger.Errorf("field_required", "field", "name")
		case other != nil && other.ID != id:
			return ledger.Errorf("mapping_name_taken", "mapping", other.Name)
		}
		m = ledger.Clone(m)
		m.Name = strings.TrimSpace(name)
		x.Put(m)
		return nil
	})
}

// DeleteMapping forgets a mapping: files of its shape are then read by their content again.
func (d *Desk) DeleteMapping(ctx context.Context, id ledger.MappingID) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActMapping, nil, func(x *ledger.Draft) error {
		x.Delete(ledger.KindMapping, uint32(id))
		return nil
	})
}

// ShareMapping writes a mapping as a file that another ledger can take.
func (d *Desk) ShareMapping(path string, m *ledger.Mapping) error {
	var b bytes.Buffer
	if err := imports.WriteMapping(&b, m); err != nil {
		return err
	}
	return WriteFile(path, b.Bytes())
}

// TakeMappings copies the mapping of a shared file, or all those of another ledger. What is known with the same
// columns is not copied again; a name that is taken gets a number. Errors are mapping_invalid and those of [store.Open].
func (d *Desk) TakeMappings(ctx context.Context, path string) (ledger.Entry, int, error) {
	found, err := mappingsIn(path)
	if err != nil {
		return ledger.Entry{}, 0, err
	}
	taken := 0
	e, err := d.change(ctx, ledger.ActMapping, map[string]string{"file": filepath.Base(path)}, func(x *ledger.Draft) error {
		for _, m := range found {
			known := slices.ContainsFunc(slices.Collect(x.Next().Mappings.All()), func(k *ledger.Mapping) bool { return slices.Equal(k.Columns, m.Columns) })
			if !known {
				x.Put(&ledger.Mapping{Name: freeName(x, m.Name, 0), Columns: m.Columns})
				taken++
			}
		}
		return nil
	})
	return e, taken, err
}

// mappingsIn reads the mappings of a shared file or of a ledger.
func mappingsIn(path string) ([]*ledger.Mapping, error) {
	f, _, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, ledger.Errorf("mapping_invalid", "file", filepath.Base(path), "what", "quitus")
	}
	defer f.Close()
	first := make([]byte, 1)
	if _, err := f.ReadAt(first, 0); err == nil && first[0] == '{' {
		m, err := imports.ReadMapping(f)
		if err != nil {
			return nil, named(err, filepath.Base(path))
		}
		return []*ledger.Mapping{m}, nil
	}
	return mappingsOf(path)
}

// mappingsOf reads those of another ledger, which stays as it is.
func mappingsOf(path string) ([]*ledger.Mapping, error) {
	s, err := store.Open(path, store.Options{ReadOnly: true, OlderToo: true, MustExist: true})
	switch ledger.CodeOf(err) {
	case "":
	case "ledger_foreign", "ledger_empty":
		return nil, ledger.Errorf("mapping_invalid", "file", filepath.Base(path), "what", "quitus")
	default:
		return nil, err
	}
	defer s.Close()
	return slices.Collect(s.Book().Mappings.All()), nil
}
