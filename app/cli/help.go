package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpDoc is the help as a document.
type helpDoc struct {
	Help string `json:"help"`
}

func (p *program) helpCommand(answer **reply) *cobra.Command {
	return &cobra.Command{
		Use: "help", Short: p.w.T("cli.short.help"), DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, _, err := cmd.Root().Find(args)
			if err != nil || about == cmd {
				about = cmd.Root()
			}
			*answer = p.help(about)
			return nil
		},
	}
}

// help tells how a command is used.
func (p *program) help(cmd *cobra.Command) *reply {
	pg := &page{w: p.w}
	pg.line(cmd.Short)
	pg.line("")
	use := cmd.UseLine()
	if cmd.HasParent() {
		use += " " + p.w.T("cli.help.flags_place")
	} else {
		use = "quitus " + p.w.T("cli.help.root_use")
	}
	pg.line(p.w.T("cli.help.usage", "use", use))
	if cmd.HasAvailableSubCommands() {
		pg.line("")
		pg.say("cli.help.commands")
		var rows [][2]string
		for _, c := range cmd.Commands() {
			rows = append(rows, [2]string{strings.TrimPrefix(c.UseLine(), "quitus "), c.Short})
		}
		pg.pairs(rows)
	}
	for _, part := range []struct {
		key string
		set *pflag.FlagSet
	}{{"cli.help.flags", cmd.LocalNonPersistentFlags()}, {"cli.help.global", cmd.Root().PersistentFlags()}} {
		if rows := flagRows(part.set); len(rows) > 0 {
			pg.line("")
			pg.line(p.w.T(part.key))
			pg.pairs(rows)
		}
	}
	text := pg.b.String()
	return &reply{doc: helpDoc{text}, text: func(out *page) { out.b.WriteString(text) }}
}

func flagRows(set *pflag.FlagSet) [][2]string {
	var rows [][2]string
	set.VisitAll(func(f *pflag.Flag) {
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Value.Type() != "bool" {
			name += " " + value
		}
		rows = append(rows, [2]string{name, usage})
	})
	return rows
}

// pairs adds lines of a term and what it means; long terms have a line of their own.
func (p *page) pairs(rows [][2]string) {
	const width = 26
	for _, r := range rows {
		if n := len([]rune(r[0])); n < width {
			p.line("  " + r[0] + strings.Repeat(" ", width-n) + r[1])
		} else {
			p.line("  " + r[0])
			p.line("  " + strings.Repeat(" ", width) + r[1])
		}
	}
}
