package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"quitus/assets/scenarios"
	"quitus/ledger"
	"quitus/letters"
)

// mostScenario is the most bytes that a scenario file may have.
const mostScenario = 1 << 20

// ReadScenario reads a scenario file. Errors: those of [ReadFile], scenario_file (it is none; with the cause), and of
// [ledger.CheckScenario], the first of them.
func ReadScenario(path string) (*ledger.Scenario, error) {
	content, err := ReadFile(path, mostScenario)
	if err != nil {
		return nil, err
	}
	x := &ledger.Scenario{Calendar: ledger.BusinessDays, Country: "FR"}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(content, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(x); err != nil {
		return nil, ledger.Errorf("scenario_file", "file", filepath.Base(path), "cause", cause(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, ledger.Errorf("scenario_file", "file", filepath.Base(path), "cause", "…}…")
	}
	if list := CheckScenario(x); len(list) > 0 {
		return nil, list[0]
	}
	return x, nil
}

// cause says what is wrong with a JSON file, without the reader's own name before it.
func cause(err error) string { return strings.TrimPrefix(err.Error(), "json: ") }

// WriteScenario gives a scenario as a file has it.
func WriteScenario(x *ledger.Scenario) ([]byte, error) {
	out, err := json.MarshalIndent(x, "", " ")
	return append(out, '\n'), err
}

// CheckScenario finds what is wrong with a scenario: see [ledger.CheckScenario].
func CheckScenario(x *ledger.Scenario) []*ledger.Error { return ledger.CheckScenario(x, letters.Models()) }

// SaveScenario keeps a scenario; one of the same name is replaced. Errors are those of [CheckScenario].
func (d *Desk) SaveScenario(ctx context.Context, x *ledger.Scenario) (ledger.Entry, error) {
	if list := CheckScenario(x); len(list) > 0 {
		return ledger.Entry{}, list[0]
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": x.Name}, func(b *ledger.Draft) error {
		x = ledger.Clone(x)
		x.ID = 0
		for have := range b.Book().Scenarios.All() {
			if ledger.Fold(have.Name) == ledger.Fold(x.Name) {
				x.ID = have.ID
			}
		}
		b.Put(x)
		return nil
	})
}

// RemoveScenario takes the owner's scenario of a name away; one that comes with the program is then as it came. The error's
// code is scenario_unknown.
func (d *Desk) RemoveScenario(ctx context.Context, name string) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		for have := range b.Book().Scenarios.All() {
			if ledger.Fold(have.Name) == ledger.Fold(name) {
				b.Delete(ledger.KindScenario, uint32(have.ID))
				return nil
			}
		}
		return ledger.Errorf("scenario_unknown", "scenario", name)
	})
}

// OwnScenario says whether the owner made or changed the scenario of a name.
func (s *State) OwnScenario(name string) bool {
	x := scenarioNamed(s.Scenarios(), name)
	return x != nil && x.ID != 0
}

// BuiltInScenario says whether a scenario of a name comes with the program.
func BuiltInScenario(name string) bool { return scenarioNamed(scenarios.BuiltIn(), name) != nil }

// scenarioName finds how a scenario is written; "none" stops follow-up, and an empty name goes back to the usual one. The error's code is
// scenario_unknown.
func (s *State) scenarioName(name string) (string, error) {
	switch {
	case name == "":
		return "", nil
	case strings.EqualFold(name, ledger.NoScenario):
		return ledger.NoScenario, nil
	}
	if x := scenarioNamed(s.Scenarios(), name); x != nil {
		return x.Name, nil
	}
	return "", ledger.Errorf("scenario_unknown", "scenario", name)
}

// AssignScenario has customers follow a scenario. The error's code is scenario_unknown.
func (d *Desk) AssignScenario(ctx context.Context, name string, to []ledger.CustomerID) (ledger.Entry, error) {
	name, err := d.State().scenarioName(name)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		for _, id := range to {
			c := b.Customer(id)
			if c == nil {
				return ledger.Errorf("customer_unknown", "ref", "")
			}
			c = ledger.Clone(c)
			c.Scenario = name
			b.Put(c)
		}
		return nil
	})
}

// AssignInvoices has invoices follow a scenario of their own. Errors: scenario_unknown, invoice_unknown.
func (d *Desk) AssignInvoices(ctx context.Context, name string, to []ledger.InvoiceID) (ledger.Entry, error) {
	name, err := d.State().scenarioName(name)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		for _, id := range to {
			i := b.Invoice(id)
			if i == nil {
				return ledger.Errorf("invoice_unknown", "invoice", "")
			}
			i = ledger.Clone(i)
			i.Scenario = name
			b.Put(i)
		}
		return nil
	})
}

// UsualScenario makes a scenario the company's: that of all customers without one of their own. The error's code is scenario_unknown.
func (d *Desk) UsualScenario(ctx context.Context, name string) (ledger.Entry, error) {
	name, err := d.State().scenarioName(name)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		c := b.Book().Company()
		c.Scenario = name
		b.Put(&c)
		return nil
	})
}

// SetHouse keeps the house rules.
func (d *Desk) SetHouse(ctx context.Context, h ledger.House) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActHouse, nil, func(b *ledger.Draft) error {
		c := b.Book().Company()
		c.House = h
		b.Put(&c)
		return nil
	})
}
