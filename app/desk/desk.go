// Package desk holds the owner's acts: import, record a payment, write letters, undo, back up. The
// window and the command line both call it, so that there is one implementation of each act. It knows
// neither Fyne nor texts: errors are codes, and what it gives back are values.
package desk

import (
	"context"
	"sync"
	"time"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/ledger/store"
)

// Desk is one open ledger, and the day it is worked on. All methods may be called from several
// goroutines; those that write wait for each other.
type Desk struct {
	store *store.Store
	clock Clock

	mu      sync.Mutex
	state   *State
	changed []func()

	grace time.Duration // see LetWait

	sending sync.Mutex // one run at a time sends or fetches
}

// Clock gives the time. It is the program's only clock: the day taken as today is the civil day that
// it shows.
type Clock func() time.Time

// Open opens a ledger, or begins one where the file does not exist. Errors are those of [store.Open].
func Open(path string, clock Clock, who string) (*Desk, error) {
	s, err := store.Open(path, store.Options{Now: clock, Who: who})
	if err != nil {
		return nil, err
	}
	d := &Desk{store: s, clock: clock}
	s.OnChange(func(ledger.Entry) { d.tell() })
	return d, nil
}

// Close closes the ledger.
func (d *Desk) Close() error { return d.store.Close() }

// Path is the ledger's file.
func (d *Desk) Path() string { return d.store.Path() }

// Today is the day taken as today.
func (d *Desk) Today() ledger.Date { return ledger.DateOf(d.clock()) }

// OnChange has a function called after each change, on the goroutine that made it.
func (d *Desk) OnChange(f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changed = append(d.changed, f)
}

func (d *Desk) tell() {
	d.mu.Lock()
	fs := d.changed
	d.mu.Unlock()
	for _, f := range fs {
		f()
	}
}

// State is a book with what follows from it on one day. It never changes.
type State struct {
	Book      *ledger.Book
	On        ledger.Date
	Standings *ledger.Standings

	once        sync.Once
	summaries   []ledger.CustomerSummary
	lettersOnce sync.Once
	letters     []LetterCase
	agendaOnce  sync.Once
	agenda      *followup.Agenda
}

// State gives what is recorded now, on today. It is kept until the next change, so asking again costs
// nothing.
func (d *Desk) State() *State {
	book, on := d.store.Book(), d.Today()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.state == nil || d.state.Book != book || d.state.On != on {
		d.state = &State{Book: book, On: on, Standings: book.Standings(on)}
	}
	return d.state
}

// Summaries gives every customer's summary, by customer number.
func (s *State) Summaries() []ledger.CustomerSummary {
	s.once.Do(func() { s.summaries = s.Book.Summaries(s.Standings) })
	return s.summaries
}

// Open gives what is open of an invoice.
func (s *State) Open(i *ledger.Invoice) ledger.Money {
	return ledger.Money{Minor: s.Standings.Of(i.ID).Open, Currency: i.Total.Currency}
}

// change writes one act to the ledger.
func (d *Desk) change(ctx context.Context, act ledger.Act, facts map[string]string, fn func(*ledger.Draft) error) (ledger.Entry, error) {
	return d.store.Change(ctx, store.What{Act: act, On: d.Today(), Facts: facts}, fn)
}
