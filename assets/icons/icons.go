// Package icons embeds the icons drawn for Quitus: one path each on a grid of 24, filled, without
// stroke, so that the theme can tint them.
package icons

import "embed"

//go:embed *.svg
var files embed.FS

// SVG gives the drawing of a name ("phone"), or nothing when there is none.
func SVG(name string) []byte {
	b, _ := files.ReadFile(name + ".svg")
	return b
}
