// Package help is the screen of the help: short sections of what to do, side by side.
package help

import (
	"strings"

	"fyne.io/fyne/v2"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/assets/help"
)

type view struct{ object fyne.CanvasObject }

// New makes the screen.
func New(c *screen.Context) screen.Screen {
	var columns [2]*fyne.Container
	for i := range columns {
		columns[i] = kit.Stack(look.Gap4)
	}
	for i, s := range sections(help.Text(string(c.Words.Lang()))) {
		body := kit.Stack(look.Gap2)
		for _, l := range s.lines {
			body.Add(kit.NewLabel(l).Wrapped())
		}
		columns[i%2].Add(kit.NewTitledCard(s.title, nil, body))
	}
	heading := kit.NewHeading(c.T("app.help"), "").WithBack(c.Back)
	return &view{kit.Page(heading, nil, kit.NewScroll(kit.Shares(look.Gap4, columns[0], columns[1])))}
}

// section is a title and its lines.
type section struct {
	title string
	lines []string
}

// sections cuts a help text: a line that begins with ## is a title, with - a line of a list.
func sections(text string) []section {
	var out []section
	for l := range strings.Lines(text) {
		l = strings.TrimSpace(l)
		switch {
		case l == "":
		case strings.HasPrefix(l, "## "):
			out = append(out, section{title: l[3:]})
		case len(out) > 0:
			s := &out[len(out)-1]
			s.lines = append(s.lines, strings.TrimPrefix(l, "- "))
		}
	}
	return out
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show has nothing to prepare.
func (v *view) Show(screen.Place) {}

// Refresh has nothing to bring up to date.
func (v *view) Refresh() {}
