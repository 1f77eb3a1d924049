// Pictures draws each screen of the window on the sample company, without a display, into a folder:
//
//	CGO_ENABLED=0 go run -tags ci ./app/shot/pictures [FOLDER]
//
// The folder is assets/pictures, whose pictures the README shows, unless another is named. The day is
// fixed, so that the same program draws the same pictures.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/test"

	"quitus/app"
	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

func main() {
	into := filepath.Join("assets", "pictures")
	if len(os.Args) > 1 {
		into = os.Args[1]
	}
	if err := draw(into); err != nil {
		fmt.Fprintln(os.Stderr, words.New(words.Detect()).Error(err))
		os.Exit(1)
	}
}

func clock() time.Time { return time.Date(2026, 11, 24, 10, 40, 0, 0, time.UTC) }

// picture is one picture: a place, and the name of its file.
type picture struct {
	name string
	screen.Place
}

// draw draws all pictures into a folder, working in another that goes afterwards.
func draw(into string) error {
	work, err := os.MkdirTemp("", "quitus-pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	look.Still = true
	a := artist{into: into, work: work}
	register, sample, customer, err := a.company()
	if err != nil {
		return err
	}
	first := filepath.Join(work, "first.quitus")
	os.Setenv("QUITUS_LEDGER", first) // it has the name of the owner's own
	for _, s := range []struct {
		options  app.Options
		theme    string
		pictures []picture
	}{
		{app.Options{Ledger: first}, "light", []picture{
			{"first-run", screen.Place{Screen: screen.Welcome}},
			{"import", screen.Place{Screen: screen.Import, File: register}},
		}},
		{app.Options{Ledger: sample}, "light", []picture{
			{"today", screen.Place{Screen: screen.Today}},
			{"customers", screen.Place{Screen: screen.Customers}},
			{"customer", screen.Place{Screen: screen.Customer, Customer: customer}},
			{"invoices", screen.Place{Screen: screen.Invoices, Filter: "open"}},
			{"bank", screen.Place{Screen: screen.Bank}},
			{"letters", screen.Place{Screen: screen.Letters}},
			{"call", screen.Place{Screen: screen.Call, Customer: customer}},
			{"settings", screen.Place{Screen: screen.Settings}},
		}},
		{app.Options{Ledger: sample}, "dark", []picture{{"today-dark", screen.Place{Screen: screen.Today}}}},
		{app.Options{Ledger: sample, Lang: words.EN}, "light", []picture{{"letters-en", screen.Place{Screen: screen.Letters, Filter: letters.FormalNotice}}}},
	} {
		if err := a.window(s.options, s.theme, s.pictures); err != nil {
			return err
		}
	}
	return nil
}

// artist draws into a folder and keeps ledgers and preferences in another.
type artist struct{ into, work string }

// company writes the sample company's register, and a ledger in which it is recorded. The customer is one
// with many events.
func (a artist) company() (register, sample string, customer ledger.CustomerID, err error) {
	register, sample = filepath.Join(a.work, "suivi-factures.xlsx"), filepath.Join(a.work, "menuiserie-valdore.quitus")
	d, err := desk.Open(sample, clock, "")
	if err != nil {
		return "", "", 0, err
	}
	defer d.Close()
	if _, err = d.FillSample(context.Background(), nil); err != nil {
		return "", "", 0, err
	}
	if err = d.ReadSampleBank(context.Background()); err != nil {
		return "", "", 0, err
	}
	content, err := desk.SampleWorkbook(d.Today(), words.New(words.FR))
	if err != nil {
		return "", "", 0, err
	}
	s, most := d.State(), 0
	for c := range s.Book.Customers.All() {
		if n := len(s.Book.Events(c.ID, s.Standings)); n > most && s.Summaries()[c.ID].OverdueCount > 0 {
			customer, most = c.ID, n
		}
	}
	return register, sample, customer, desk.WriteFile(register, content)
}

// window opens the whole window and draws it at several places.
func (a artist) window(o app.Options, theme string, pictures []picture) error {
	o.Clock, o.Config = clock, filepath.Join(a.work, theme)
	prefs := desk.LoadPrefs(o.Config)
	if err := prefs.Update(func(p *desk.Prefs) { p.Theme = theme }); err != nil {
		return err
	}
	if o.Lang == "" {
		o.Lang = words.FR
	}
	w := test.NewWindow(nil)
	defer w.Close()
	open := app.Open(o, test.NewApp(), w, run.Sync{})
	s := shot.On(nil, w)
	s.Resize(1280, 800)
	for _, p := range pictures {
		open.Go(p.Place)
		if err := shot.Write(filepath.Join(a.into, p.name+".png"), s.Picture()); err != nil {
			return err
		}
	}
	return nil
}
