// Package cli is the command line: the owner's acts of [desk] as commands, for people who script and
// for tests that must not click. It needs no display and knows nothing of Fyne.
//
// A command answers with a text for people or, with --json, with exactly one JSON document on standard
// output, errors included. The exit status is one of [Done], [Refused], [Unusable], [NotOpened] and
// [NotWritten].
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
)

// Env is what the program's start gives to the command line.
type Env struct {
	Args     []string // without the program's name
	Out, Err io.Writer
	Now      func() time.Time
	Who      string // who makes the changes, for the journal
	Log      string // the technical log's file, which the sentence of an unexpected error names
	// Window opens the window. It is called where no command is given.
	Window func(Options) error
}

// Options are what was asked of the window on the command line.
type Options struct {
	Ledger string      // file; empty where none was named
	On     ledger.Date // the day taken as today; zero for the machine's
	Lang   words.Lang  // empty where none was named
	Sample bool        // open the sample company
}

// Run carries out one call of the program and gives its exit status.
func Run(env Env) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks twice is obeyed at once
	p := newProgram(env)
	answer, err := p.answer(ctx)
	return p.finish(answer, err)
}

// program is one call of the program.
type program struct {
	env  Env
	w    *words.Words
	json bool
}

// reply is what a command answers.
type reply struct {
	doc    any         // for --json
	text   func(*page) // for people
	status int
}

func newProgram(env Env) *program {
	lang, ok := words.ParseLang(flagValue(env.Args, "--lang"))
	if !ok {
		lang = words.Detect()
	}
	p := &program{env: env, w: words.New(lang), json: slices.Contains(env.Args, "--json")}
	if env.Log != "" {
		p.w = p.w.WithLog(env.Log)
	}
	return p
}

// flagValue finds a flag's value before the flags are read, for the language of what may be wrong
// with them.
func flagValue(args []string, flag string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, flag+"="); ok {
			return v
		}
		if a == flag && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// answer carries the call out. A mistake of the program itself becomes an error: nothing has been
// written then but whole acts.
func (p *program) answer(ctx context.Context) (answer *reply, err error) {
	defer caught(&err)
	root := p.tree(ctx, &answer)
	args, err := arrange(p.env.Args, root)
	if err != nil {
		return nil, err
	}
	root.SetArgs(args)
	err = root.Execute()
	return answer, err
}

// caught makes an error of a mistake of the program; it is to be deferred.
func caught(err *error) {
	if r := recover(); r != nil {
		slog.Error("panic", "value", r, "stack", string(debug.Stack()))
		*err = fmt.Errorf("panic: %v", r)
	}
}

// finish writes the answer or the error and gives the exit status.
func (p *program) finish(answer *reply, err error) int {
	if err != nil {
		if code(err) == "internal" {
			slog.Error("command failed", "error", err)
		}
		fmt.Fprintln(p.env.Err, p.sentence(err))
		if p.json {
			if e := p.writeJSON(errorDoc{errorBody{code(err), p.sentence(err)}}); e != nil {
				return NotWritten
			}
		}
		return statusOf(err)
	}
	if answer == nil { // the window was open
		return Done
	}
	text := &page{w: p.w}
	switch {
	case p.json && answer.status != Done: // people want to know as well
		answer.text(text)
		_, _ = io.WriteString(p.env.Err, text.b.String())
		err = p.writeJSON(answer.doc)
	case p.json:
		err = p.writeJSON(answer.doc)
	default:
		answer.text(text)
		_, err = io.WriteString(p.env.Out, text.b.String())
	}
	if err != nil {
		return NotWritten
	}
	return answer.status
}

// sentence says an error to people; of several wrong fields, each with its name.
func (p *program) sentence(err error) string {
	var fields desk.FieldErrors
	if !errors.As(err, &fields) {
		if code(err) == "cancelled" {
			err = ledger.Errorf("cancelled")
		}
		return p.w.Error(err)
	}
	all := make([]string, len(fields))
	for i, e := range fields {
		all[i] = fmt.Sprintf("%v: %s", e.Args["field"], p.w.Error(e))
	}
	return strings.Join(all, "\n")
}
