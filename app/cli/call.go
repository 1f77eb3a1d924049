package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// call is one command under way.
type call struct {
	ctx   context.Context
	p     *program
	w     *words.Words
	args  []string
	flags *pflag.FlagSet
	clock desk.Clock
	path  string     // the ledger's file
	desk  *desk.Desk // open, where the command needs one
}

// options reads the flags of every command.
func (p *program) options(flags *pflag.FlagSet) (Options, error) {
	var o Options
	o.Ledger, _ = flags.GetString("ledger")
	if f := flags.Lookup("on"); f.Changed {
		on, err := ledger.ParseDate(f.Value.String())
		if err != nil {
			return o, ledger.Errorf("usage_date", "value", f.Value.String())
		}
		o.On = on
	}
	if f := flags.Lookup("lang"); f.Changed {
		lang, ok := words.ParseLang(f.Value.String())
		if !ok {
			return o, ledger.Errorf("usage_choice", "flag", "--lang", "value", f.Value.String(), "choices", "fr, en")
		}
		o.Lang = lang
	}
	return o, nil
}

// window hands over to the window.
func (p *program) window(cmd *cobra.Command) error {
	o, err := p.options(cmd.Flags())
	if err != nil {
		return err
	}
	o.Sample, _ = cmd.Flags().GetBool("sample")
	return p.env.Window(o)
}

// perform runs a command on the ledger that it needs.
func (p *program) perform(ctx context.Context, cmd command, flags *pflag.FlagSet, args []string) (*reply, error) {
	o, err := p.options(flags)
	if err != nil {
		return nil, err
	}
	c := &call{ctx: ctx, p: p, w: p.w, args: args, flags: flags, clock: o.Clock(p.env.Now), path: o.Ledger}
	if c.path == "" {
		if c.path, err = desk.DefaultLedger(); err != nil {
			return nil, err
		}
	}
	if cmd.need != noLedger {
		if err := c.open(c.path, cmd.need == orCreated); err != nil {
			return nil, err
		}
		defer c.desk.Close()
		if cmd.need != existing && !c.given("dry-run") {
			c.dailyCopy()
		}
	}
	return cmd.run(c)
}

// Clock gives the machine's clock, with its civil day replaced where a day is asked for.
func (o Options) Clock(now func() time.Time) desk.Clock {
	if o.On == 0 {
		return now
	}
	y, m, d := o.On.Civil()
	return func() time.Time {
		t := now()
		return time.Date(y, time.Month(m), d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	}
}

// open opens a ledger. One that is only asked about is not created: a slip in its name would show as
// an empty ledger.
func (c *call) open(path string, create bool) (err error) {
	if _, e := os.Stat(path); errors.Is(e, fs.ErrNotExist) && !create {
		return ledger.Errorf("ledger_not_found", "file", path)
	}
	if c.desk, err = desk.Open(path, c.clock, c.p.env.Who); err != nil {
		return err
	}
	if provider := c.desk.SyncedBy(); provider != "" {
		c.notice(c.w.T("cli.synced", "provider", provider, "ledger", path))
	}
	return nil
}

// dailyCopy keeps a copy of the ledger beside it before the day's first change. A day given by --on is
// not one of the calendar by which copies are kept and cleared away. That there could be no copy does not
// keep anyone from their work.
func (c *call) dailyCopy() {
	if c.flags.Lookup("on").Changed {
		return
	}
	if err := c.desk.DailyBackup(); err != nil {
		c.notice(c.w.T("cli.no_daily_copy", "why", c.p.sentence(err)))
	}
}

// text gives a flag's value.
func (c *call) text(flag string) string {
	v, _ := c.flags.GetString(flag)
	return v
}

// list gives the values of a flag that may be given several times.
func (c *call) list(flag string) []string {
	v, _ := c.flags.GetStringArray(flag)
	return v
}

// given says whether a flag without value is set.
func (c *call) given(flag string) bool {
	v, _ := c.flags.GetBool(flag)
	return v
}

// choice gives a flag's value, which must be one of some; empty where the flag is not given.
func (c *call) choice(flag string, choices ...string) (string, error) {
	f := c.flags.Lookup(flag)
	if !f.Changed || slices.Contains(choices, f.Value.String()) {
		return f.Value.String(), nil
	}
	return "", ledger.Errorf("usage_choice", "flag", "--"+flag, "value", f.Value.String(), "choices", strings.Join(choices, ", "))
}

// notice tells people something beside the answer.
func (c *call) notice(text string) { fmt.Fprintln(c.p.env.Err, text) }
