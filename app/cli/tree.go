package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quitus/ledger"
)

// need says what a command asks of the ledger.
type need int

const (
	noLedger  need = iota // it opens none
	existing              // it is about what is recorded: a missing file is an error
	changed               // it changes what is recorded
	orCreated             // it records something of its own: a missing file is created
)

// command is one command.
type command struct {
	name        string   // of two words where it belongs to another command
	least, most int      // arguments; most is -1 where there is no limit
	flags       []string // of its own
	need        need
	run         func(*call) (*reply, error)
}

var commands = []command{
	{"import", 1, -1, []string{"as", "mapping", "sheet", "titles", "gone", "reopen", "carried", "dry-run"}, noLedger, runImport},
	{"mapping", 0, 0, nil, existing, runMappings},
	{"mapping import", 1, -1, nil, orCreated, runMappingImport},
	{"mapping export", 2, 2, nil, existing, runMappingExport},
	{"invoices", 0, 0, []string{"overdue", "customer"}, existing, runInvoices},
	{"customers", 0, 0, []string{"overdue", "customer"}, existing, runCustomers},
	{"pay", 2, 2, []string{"means", "ref"}, changed, runPay},
	{"promise", 3, 3, []string{"invoice", "means", "note"}, changed, runPromise},
	{"plan", 3, 3, []string{"invoice", "every", "proposed", "note"}, changed, runPlan},
	{"plan end", 2, 2, nil, changed, runPlanEnd},
	{"dispute", 1, 1, []string{"reason", "amount", "note", "settles", "who", "by", "closed", "outcome"}, changed, runDispute},
	{"step", 2, -1, []string{"times", "note"}, changed, runStep},
	{"write-off", 1, 1, []string{"reason", "amount"}, changed, runWriteOff},
	{"deposit", 0, -1, []string{"all", "dry-run"}, changed, runDeposit},
	{"reconcile", 0, 0, []string{"dry-run"}, changed, runReconcile},
	{"confirm", 1, 2, []string{"invoice"}, changed, runConfirm},
	{"agenda", 0, 0, nil, existing, runAgenda},
	{"call", 1, 1, nil, existing, runCall},
	{"do", 0, -1, []string{"all", "channel", "dry-run"}, changed, runDo},
	{"scenario", 0, 0, nil, existing, runScenarios},
	{"scenario list", 0, 0, nil, existing, runScenarios},
	{"scenario import", 1, 1, []string{"default"}, orCreated, runScenarioImport},
	{"scenario assign", 1, -1, []string{"default"}, changed, runScenarioAssign},
	{"interest", 1, -1, nil, existing, runInterest},
	{"rate", 4, 4, nil, orCreated, runRate},
	{"model", 0, 0, nil, existing, runModels},
	{"model list", 0, 0, nil, existing, runModels},
	{"model export", 2, 2, nil, existing, runModelExport},
	{"model import", 1, -1, nil, orCreated, runModelImport},
	{"model reset", 1, -1, nil, changed, runModelReset},
	{"letter", 2, -1, []string{"dry-run"}, changed, runLetter},
	{"handover", 1, 1, []string{"to", "calls", "dry-run"}, changed, runHandover},
	{"registered", 0, 0, nil, existing, runRegistered},
	{"registered note", 1, 1, []string{"number", "certified", "posted", "outcome", "proof", "receipt"}, changed, runRegisteredNote},
	{"mail", 0, 0, nil, existing, runMailStatus},
	{"mail status", 0, 0, nil, existing, runMailStatus},
	{"mail set", 1, 1, nil, orCreated, runMailSet},
	{"mail send", 0, 0, []string{"now"}, changed, runMailSend},
	{"mail fetch", 0, 0, nil, changed, runMailFetch},
	{"mail reply", 2, 2, nil, changed, runMailReply},
	{"company", 0, 0, nil, existing, runCompany},
	{"company import", 1, 1, nil, orCreated, runCompanyImport},
	{"export", 1, 1, []string{"what", "customer"}, existing, runExport},
	{"undo", 1, 1, nil, changed, runUndo},
	{"backup", 1, 1, nil, existing, runBackup},
	{"restore", 1, 1, nil, noLedger, runRestore},
	{"verify", 0, 0, nil, existing, runVerify},
	{"demo", 0, 0, nil, orCreated, runDemo},
}

// switches are the flags without a value.
var switches = []string{"json", "dry-run", "overdue", "reopen", "carried", "all", "default", "sample", "closed", "calls", "certified", "now", "proposed", "help"}

// tree builds the commands in the call's language. The command that runs leaves its answer.
func (p *program) tree(ctx context.Context, answer **reply) *cobra.Command {
	root := &cobra.Command{
		Use: "quitus", Short: p.w.T("cli.short"), SilenceErrors: true, SilenceUsage: true,
		Args: func(cmd *cobra.Command, args []string) error { return p.count(cmd, args, 0, 0) },
		RunE: func(cmd *cobra.Command, _ []string) error { return p.window(cmd) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { *answer = p.help(cmd) })
	for _, f := range []string{"ledger", "on", "lang", "json", "out", "help"} {
		p.flag(root.PersistentFlags(), f)
	}
	p.flag(root.Flags(), "sample")
	for _, c := range commands {
		parent, name := root, c.name
		if above, below, ok := strings.Cut(c.name, " "); ok {
			parent, name = find(root, above), below
		}
		parent.AddCommand(p.command(ctx, c, name, answer))
	}
	root.SetHelpCommand(p.helpCommand(answer))
	return root
}

func find(root *cobra.Command, name string) *cobra.Command {
	for _, c := range root.Commands() {
		if c.Name() == name {
			return c
		}
	}
	return nil
}

func (p *program) command(ctx context.Context, c command, name string, answer **reply) *cobra.Command {
	key := strings.ReplaceAll(c.name, " ", "_")
	use := name
	if c.most != 0 {
		use += " " + p.w.T("cli.args."+key)
	}
	cmd := &cobra.Command{
		Use: use, Short: p.w.T("cli.short." + key), DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error { return p.count(cmd, args, c.least, c.most) },
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			*answer, err = p.perform(ctx, c, cmd.Flags(), args)
			return err
		},
	}
	for _, f := range c.flags {
		p.flag(cmd.Flags(), f)
		if own := "cli.flag." + f + "." + key; p.w.Has(own) { // where it means something else than elsewhere
			cmd.Flags().Lookup(f).Usage = p.w.T(own)
		}
	}
	return cmd
}

func (p *program) flag(set *pflag.FlagSet, name string) {
	usage := p.w.T("cli.flag." + name)
	switch {
	case name == "help":
		set.BoolP(name, "h", false, usage)
	case name == "invoice":
		set.StringArray(name, nil, usage)
	case slices.Contains(switches, name):
		set.Bool(name, false, usage)
	default:
		set.String(name, "", usage)
	}
}

// count checks the number of arguments.
func (p *program) count(cmd *cobra.Command, args []string, least, most int) error {
	switch {
	case len(args) < least:
		return ledger.Errorf("usage_argument_missing", "usage", cmd.UseLine())
	case most >= 0 && len(args) > most:
		return ledger.Errorf("usage_argument_extra", "value", args[most], "usage", cmd.UseLine())
	}
	return nil
}

// flagError says in the program's words what is wrong with a flag.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return ledger.Errorf("usage_flag_unknown", "flag", "-"+unknown.GetSpecifiedShortnames())
		}
		return ledger.Errorf("usage_flag_unknown", "flag", "--"+name)
	case errors.As(err, &value):
		return ledger.Errorf("usage_flag_value", "flag", "--"+value.GetFlag().Name, "value", value.GetValue())
	}
	return ledger.Errorf("usage_flag_unknown", "flag", err.Error())
}

// arrange puts the command first, its flags after it and its arguments last, so that flags may stand
// anywhere and a negative amount is no flag. Errors: usage_command_unknown,
// usage_flag_without.
func arrange(args []string, root *cobra.Command) ([]string, error) {
	var flags, rest []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			rest = append(rest, args[i+1:]...)
			i = len(args)
		case len(a) < 2 || a[0] != '-' || (a[1] >= '0' && a[1] <= '9'):
			rest = append(rest, a)
		default:
			flags = append(flags, a)
			if takesValue(a) {
				if i++; i == len(args) {
					return nil, ledger.Errorf("usage_flag_without", "flag", a)
				}
				flags = append(flags, args[i])
			}
		}
	}
	var name []string
	for at := root; len(rest) > 0; {
		next := find(at, rest[0])
		if next == nil {
			if at == root && rest[0] != "help" {
				return nil, ledger.Errorf("usage_command_unknown", "command", rest[0])
			}
			break
		}
		name, rest, at = append(name, rest[0]), rest[1:], next
	}
	if len(name) == 0 && len(rest) > 0 { // help
		name, rest = rest[:1], rest[1:]
	}
	return slices.Concat(name, flags, []string{"--"}, rest), nil
}

// takesValue says whether a flag's value is the argument after it.
func takesValue(arg string) bool {
	name, long := strings.CutPrefix(arg, "--")
	if !long || strings.Contains(name, "=") || slices.Contains(switches, name) {
		return false
	}
	if slices.Contains([]string{"ledger", "on", "lang", "out"}, name) {
		return true
	}
	return slices.ContainsFunc(commands, func(c command) bool { return slices.Contains(c.flags, name) })
}
