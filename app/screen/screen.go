// Package screen is what the screens share: where one can go, what a screen asks of the window that
// shows it, and the acts every screen needs (run in the background, tell how it ended, undo).
package screen

import (
	"context"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/post"
	"quitus/app/run"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/mail/secret"
)

// Name names a screen.
type Name string

// The screens.
const (
	Welcome   Name = "welcome"
	Today     Name = "today"
	Customers Name = "customers"
	Customer  Name = "customer" // one customer's page
	Invoices  Name = "invoices"
	Bank      Name = "bank"
	Letters   Name = "letters"
	Import    Name = "import"
	Settings  Name = "settings"
	Help      Name = "help"
	Call      Name = "call" // a call to one customer
)

// Place is where to go: a screen, and what it is to show there. Zero fields leave the screen as it was
// when last seen.
type Place struct {
	Screen   Name
	Customer ledger.CustomerID
	Invoice  ledger.InvoiceID
	// Customers are whom letters are to be written to.
	Customers []ledger.CustomerID
	// Filter is a filter of the screen's own.
	Filter string
	// File is what is to be imported; for the bank's screen, the statement that brought nothing new.
	File string
	// Task names the task of the agenda that brings the owner there.
	Task string
	// Imported says that these are the first invoices, just imported: what was done about them is not known yet.
	Imported bool
}

// Window is what a screen asks of the window that shows it. All its methods are for the window's
// goroutine.
type Window interface {
	// Go leads to a place; Back to the one before.
	Go(Place)
	Back()
	// Error shows what went wrong and what to do about it; nil is no error.
	Error(error)
	// Done says that an act is done and, when the entry is not empty, offers to undo it.
	Done(text string, e ledger.Entry)
	// OpenFile asks for a file to open, SaveFile for the name of one to write, OpenFolder for a folder.
	// They call back with the path, and not at all when the owner changes their mind.
	OpenFile(title string, extensions []string, chosen func(path string))
	SaveFile(title, name string, chosen func(path string))
	OpenFolder(title string, chosen func(path string))
	// View opens a document of the ledger with the system's own program.
	View(h ledger.Hash, name string)
	// OpenPath opens a file with the system's own program.
	OpenPath(path string)
	// OpenLink opens an address with the system's own program for it: the owner's mail program for mailto:, the browser for https:.
	OpenLink(address string)
	// Redraw makes all anew, after the language, the colours or the ledger changed.
	Redraw()
	// OpenLedger opens another ledger in the place of this one.
	OpenLedger(path string)
	// Restore puts a backup in this ledger's place and opens it.
	Restore(backup string)
	// Canvas is for dialogs and focus.
	Canvas() fyne.Canvas
	// InFront says whether a screen is the one that is seen, with nothing over it: keys may be given to it.
	InFront(Screen) bool
}

// Context is what a screen works with.
type Context struct {
	Window
	Desk  *desk.Desk
	Words *words.Words
	Run   run.Runner
	Prefs *desk.Prefs
	Post  *post.Post
	// Secrets gives where passwords are kept. A keyring may wait for the owner to unlock it: never ask on the window's goroutine.
	Secrets func() secret.Store
}

// Screen is one screen, made once and shown many times. Its methods are for the window's goroutine.
type Screen interface {
	// Object is what is drawn right of the rail and below the top bar.
	Object() fyne.CanvasObject
	// Show is called each time the screen comes to the front.
	Show(Place)
	// Refresh is called when the ledger changed while the screen is in front.
	Refresh()
}

// Whole is a screen that takes the whole window, without rail and search: nothing else is to be done meanwhile. The keys that
// nothing has a use for and the window's shortcuts go to it.
type Whole interface {
	Screen
	// Key is told a key, or with Ctrl (Cmd on a Mac) a letter or Enter.
	Key(name fyne.KeyName, ctrl bool)
	// Leave is called when another screen comes to the front.
	Leave()
}

// Unsaved is a screen on which something can be written that is not saved yet.
type Unsaved interface {
	// Unsaved says whether there is something of the kind.
	Unsaved() bool
}

// Dropper is a screen that takes files dropped on it at a position; it says whether it did. What no
// screen takes is imported.
type Dropper interface {
	Drop(at fyne.Position, paths []string) bool
}

// Act does something that writes to the ledger in the background and says how it ended: the error, or
// the text that done gives with the offer to undo.
func (c *Context) Act(key string, act func(ctx context.Context, p *run.Progress) (ledger.Entry, error), done func() string) {
	var entry ledger.Entry
	c.Run.Go(key, func(ctx context.Context, p *run.Progress) (err error) {
		entry, err = act(ctx, p)
		return err
	}, func(err error) {
		if err != nil {
			c.Error(err)
			return
		}
		if done != nil {
			c.Done(done(), entry)
		}
	})
}

// Load works out what a screen is to show of the ledger as it is now, in the background, and shows it. Of
// two loads under one key the newer one counts.
func Load[M any](c *Context, key string, read func(*desk.State) M, show func(M)) {
	var m M
	c.Run.Go(key, func(ctx context.Context, _ *run.Progress) error {
		m = read(c.Desk.State())
		return ctx.Err()
	}, func(err error) {
		if err != nil {
			c.Error(err)
			return
		}
		show(m)
	})
}

// KeepWidth keeps a column's width for the next time. That it could not be written hinders nobody.
func (c *Context) KeepWidth(table, column string, width float32) {
	c.Run.Go("screen.width."+table, func(context.Context, *run.Progress) error {
		return c.Prefs.KeepWidth(table, column, width)
	}, nil)
}

// Registers are the endings of the files that can be imported, for file dialogs. What a file is, its
// content tells.
var Registers = []string{".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".xml", ".pdf"}

// Statements are the endings of banks' files, for file dialogs.
var Statements = []string{".csv", ".xlsx", ".xls", ".txt", ".ofx", ".qfx", ".xml", ".zip", ".sta", ".mt940", ".940", ".942", ".cod", ".coda", ".cfo", ".dat"}

// T is the text of a key.
func (c *Context) T(key string, pairs ...any) string { return c.Words.T(key, pairs...) }
