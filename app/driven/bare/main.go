// Bare opens a window with next to nothing in it: what any program on this toolkit takes at least to start.
// The benchmark of the start compares Quitus with it.
package main

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// ground is what the benchmark waits to see in the whole window.
var ground = color.NRGBA{R: 0x20, G: 0x90, B: 0x40, A: 0xff}

func main() {
	w := app.NewWithID("fr.quitus.bare").NewWindow("Quitus")
	w.SetPadded(false)
	w.SetContent(container.NewStack(canvas.NewRectangle(ground), container.NewCenter(widget.NewLabel("Quitus"))))
	w.Resize(fyne.NewSize(1280, 800))
	w.ShowAndRun()
}
