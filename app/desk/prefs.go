package desk

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"quitus/ledger"
)

// Prefs are what one person prefers on this machine. They are kept in a file of the configuration
// folder, apart from the ledgers, and losing them loses no data. Choices are stored as codes.
type Prefs struct {
	Language string                        `json:"language,omitempty"` // "fr", "en"; the system's where empty
	Theme    string                        `json:"theme,omitempty"`    // "system", "dark"; light where empty
	Size     string                        `json:"size,omitempty"`     // "small", "large"; normal where empty
	Recent   []Recent                      `json:"recent,omitempty"`   // ledgers, the last one first
	Widths   map[string]map[string]float32 `json:"widths,omitempty"`   // of columns, by table and column
	Synced   []string                      `json:"synced,omitempty"`   // ledgers whose synchronised folder was warned of
	Window   [2]float32                    `json:"window,omitzero"`    // width and height

	mu   sync.Mutex
	path string
}

// Recent is a ledger that was open before.
type Recent struct {
	Path string `json:"path"`
	Name string `json:"name"` // of the company
}

const recentMost = 12

// ConfigDir is the folder of the program's own files: "quitus" in the operating system's folder for
// configuration.
func ConfigDir() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", ledger.Errorf("no_config_folder", "cause", err)
	}
	return filepath.Join(dir, "quitus"), nil
}

// DefaultLedger is the ledger that is meant where none is named: what QUITUS_LEDGER says, or the
// owner's in the configuration folder.
func DefaultLedger() (string, error) {
	if p := os.Getenv("QUITUS_LEDGER"); p != "" {
		return p, nil
	}
	dir, err := ConfigDir()
	return filepath.Join(dir, "quitus.quitus"), err
}

// SampleLedger is the file of the sample company, apart from the owner's own data.
func SampleLedger() (string, error) {
	dir, err := ConfigDir()
	return filepath.Join(dir, "exemple.quitus"), err
}

// LoadPrefs reads the preferences in a folder. A missing or damaged file gives the defaults: nobody
// should be kept from their work by it.
func LoadPrefs(dir string) *Prefs {
	p := &Prefs{}
	if data, err := os.ReadFile(filepath.Join(dir, "preferences.json")); err == nil {
		if json.Unmarshal(data, p) != nil {
			p = &Prefs{}
		}
	}
	p.path = filepath.Join(dir, "preferences.json")
	return p
}

// Update changes the preferences and writes them.
func (p *Prefs) Update(change func(*Prefs)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return WriteFile(p.path, append(data, '\n'))
}

// KeepWidth keeps the width of a table's column.
func (p *Prefs) KeepWidth(table, column string, width float32) error {
	return p.Update(func(p *Prefs) {
		// Copies: a table may be reading the widths meanwhile.
		all, one := maps.Clone(p.Widths), maps.Clone(p.Widths[table])
		if all == nil {
			all = map[string]map[string]float32{}
		}
		if one == nil {
			one = map[string]float32{}
		}
		one[column], all[table] = width, one
		p.Widths = all
	})
}

// Remember puts a ledger first among the recent ones.
func (p *Prefs) Remember(path, company string) error {
	return p.Update(func(p *Prefs) {
		p.Recent = slices.DeleteFunc(p.Recent, func(r Recent) bool { return r.Path == path })
		p.Recent = slices.Insert(p.Recent, 0, Recent{path, company})
		p.Recent = p.Recent[:min(len(p.Recent), recentMost)]
	})
}

// RecentLedgers gives the recent ledgers that are still there.
func (p *Prefs) RecentLedgers() []Recent {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Recent
	for _, r := range p.Recent {
		if _, err := os.Stat(r.Path); !errors.Is(err, os.ErrNotExist) {
			out = append(out, r)
		}
	}
	return out
}
