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

// ShareScenario writes a scenario to a file. Errors are those of [WriteFile].
func ShareScenario(path string, x *ledger.Scenario) error {
	content, err := WriteScenario(x)
	if err != nil {
		return err
	}
	return WriteFile(path, content)
}

// CheckScenario finds what is wrong with a scenario: see [ledger.CheckScenario].
func CheckScenario(x *ledger.Scenario) []*ledger.Error {
	return ledger.CheckScenario(x, letters.Models())
}

// SaveScenario keeps a scenario; one of the same name is replaced. The error is FieldErrors, those of [CheckScenario].
func (d *Desk) SaveScenario(ctx context.Context, x *ledger.Scenario) (ledger.Entry, error) {
	return d.TakeScenario(ctx, x, false)
}

// TakeScenario is SaveScenario, which makes the scenario the company's too, in one act, where usual says so.
func (d *Desk) TakeScenario(ctx context.Context, x *ledger.Scenario, usual bool) (ledger.Entry, error) {
	x = ledger.Clone(x)
	x.Name = strings.TrimSpace(x.Name)
	if came := scenarioNamed(scenarios.BuiltIn(), x.Name); came != nil {
		x.Name = came.Name // as it is written everywhere
	}
	if err := FieldErrors(CheckScenario(x)).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": x.Name}, func(b *ledger.Draft) error {
		x.ID = 0
		for have := range b.Book().Scenarios.All() {
			if ledger.Fold(have.Name) == ledger.Fold(x.Name) {
				x.ID = have.ID
			}
		}
		b.Put(x)
		if usual {
			followUsually(b, x.Name)
		}
		return nil
	})
}

// followUsually makes a scenario the company's.
func followUsually(b *ledger.Draft, name string) {
	c := b.Book().Company()
	c.Scenario = name
	b.Put(&c)
}

// RenameScenario keeps a scenario of the owner's under another name; whoever followed it goes on to. The error is FieldErrors, those of
// [CheckScenario] and scenario_name_taken, or has the code scenario_unknown.
func (d *Desk) RenameScenario(ctx context.Context, was string, x *ledger.Scenario) (ledger.Entry, error) {
	x = ledger.Clone(x)
	x.Name = strings.TrimSpace(x.Name)
	list := CheckScenario(x)
	s := d.State()
	have := scenarioNamed(s.Scenarios(), was)
	if have == nil || have.ID == 0 || BuiltInScenario(was) {
		return ledger.Entry{}, ledger.Errorf("scenario_unknown", "scenario", was)
	}
	if e := s.ScenarioNameTaken(was, x.Name); e != nil {
		list = append(list, e)
	}
	if err := FieldErrors(list).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": x.Name}, func(b *ledger.Draft) error {
		x.ID = have.ID
		b.Put(x)
		refollow(b, was, x.Name)
		return nil
	})
}

// ScenarioNameTaken says whether a scenario other than the one of the name was has a name; nil where it is free.
func (s *State) ScenarioNameTaken(was, name string) *ledger.Error {
	if x := scenarioNamed(s.Scenarios(), strings.TrimSpace(name)); x != nil && ledger.Fold(x.Name) != ledger.Fold(was) {
		return ledger.Errorf("scenario_name_taken", "field", "name", "scenario", x.Name)
	}
	return nil
}

// refollow has all that follow the scenario of a name follow another; the usual one where the other is empty.
func refollow(b *ledger.Draft, was, now string) {
	was = ledger.Fold(was)
	for c := range b.Book().Customers.All() {
		if c.Scenario != "" && ledger.Fold(c.Scenario) == was {
			c = ledger.Clone(c)
			c.Scenario = now
			b.Put(c)
		}
	}
	for i := range b.Book().Invoices.All() {
		if i.Scenario != "" && ledger.Fold(i.Scenario) == was {
			i = ledger.Clone(i)
			i.Scenario = now
			b.Put(i)
		}
	}
	if c := b.Book().Company(); c.Scenario != "" && ledger.Fold(c.Scenario) == was {
		c.Scenario = now
		b.Put(&c)
	}
}

// RemoveScenario takes the owner's scenario of a name away. One that comes with the program is then as it came; of another, whoever
// followed it follows the usual one. The error's code is scenario_unknown.
func (d *Desk) RemoveScenario(ctx context.Context, name string) (ledger.Entry, error) {
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		have := scenarioNamed(scenariosOf(b.Book()), name)
		if have == nil || have.ID == 0 {
			return ledger.Errorf("scenario_unknown", "scenario", name)
		}
		b.Delete(ledger.KindScenario, uint32(have.ID))
		if !BuiltInScenario(name) {
			refollow(b, name, "")
		}
		return nil
	})
}

// Following is how a scenario is used.
type Following struct {
	Customers int  // who follow it, by their own or the company's choice, or as usual for their kind
	Chosen    int  // of them, for whom it was chosen
	Invoices  int  // that follow it by a choice of their own
	Company   bool // it is the company's
}

// Followings counts who follows each scenario, by name; [ledger.NoScenario] is among them.
func (s *State) Followings() map[string]Following {
	out, name := map[string]Following{}, s.ScenarioNames()
	for c := range s.Book.Customers.All() {
		f := out[name(c)]
		f.Customers++
		if c.Scenario != "" {
			f.Chosen++
		}
		out[name(c)] = f
	}
	for i := range s.Book.Invoices.All() {
		if x := scenarioNamed(s.Scenarios(), i.Scenario); i.Scenario != "" && x != nil {
			f := out[x.Name]
			f.Invoices++
			out[x.Name] = f
		}
	}
	if own := s.CompanyScenario(); own != "" {
		f := out[own]
		f.Company = true
		out[own] = f
	}
	return out
}

// CompanyScenario names the company's own choice of a scenario; nothing where each kind of customer has its usual one.
func (s *State) CompanyScenario() string {
	name := s.Book.Company().Scenario
	if x := scenarioNamed(s.Scenarios(), name); x != nil {
		return x.Name
	}
	return name
}

// UsualKinds gives the kinds of customers for whom a scenario is the usual one where neither they nor the company chose one.
func UsualKinds(name string) []ledger.CustomerKind {
	var out []ledger.CustomerKind
	for _, k := range ledger.CustomerKinds {
		if ledger.Fold(scenarios.Usual[k]) == ledger.Fold(name) {
			out = append(out, k)
		}
	}
	return out
}

// OwnScenario says whether the owner made or changed the scenario of a name.
func (s *State) OwnScenario(name string) bool {
	x := scenarioNamed(s.Scenarios(), name)
	return x != nil && x.ID != 0
}

// BuiltInScenario says whether a scenario of a name comes with the program.
func BuiltInScenario(name string) bool { return scenarioNamed(scenarios.BuiltIn(), name) != nil }

// ScenarioName finds how a scenario is written; "none" stops follow-up, and an empty name goes back to the usual one. The error's code is
// scenario_unknown.
func (s *State) ScenarioName(name string) (string, error) {
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
	return d.FollowScenario(ctx, name, to, false)
}

// UsualScenario makes a scenario the company's: that of all customers without one of their own. Without a name each kind of customer has
// its usual one again. The error's code is scenario_unknown.
func (d *Desk) UsualScenario(ctx context.Context, name string) (ledger.Entry, error) {
	return d.FollowScenario(ctx, name, nil, true)
}

// FollowScenario has customers follow a scenario and makes it the company's, where usual says so, in one act. The error's code is
// scenario_unknown.
func (d *Desk) FollowScenario(ctx context.Context, name string, to []ledger.CustomerID, usual bool) (ledger.Entry, error) {
	name, err := d.State().ScenarioName(name)
	if err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActScenario, map[string]string{"scenario": name}, func(b *ledger.Draft) error {
		for _, id := range to {
			c := b.Customer(id)
			if c == nil {
				return ledger.Errorf("customer_unknown", "customer", "")
			}
			c = ledger.Clone(c)
			c.Scenario = name
			b.Put(c)
		}
		if usual {
			followUsually(b, name)
		}
		return nil
	})
}

// AssignInvoices has invoices follow a scenario of their own. Errors: scenario_unknown, invoice_unknown.
func (d *Desk) AssignInvoices(ctx context.Context, name string, to []ledger.InvoiceID) (ledger.Entry, error) {
	name, err := d.State().ScenarioName(name)
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

// SetHouse keeps the house rules. The error is FieldErrors where fields are wrong.
func (d *Desk) SetHouse(ctx context.Context, h ledger.House) (ledger.Entry, error) {
	if err := FieldErrors(ledger.CheckHouse(h)).err(); err != nil {
		return ledger.Entry{}, err
	}
	return d.change(ctx, ledger.ActHouse, nil, func(b *ledger.Draft) error {
		c := b.Book().Company()
		c.House = h
		b.Put(&c)
		return nil
	})
}
