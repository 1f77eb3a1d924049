// Package driven tests the real program: started with its real driver in a virtual display, worked with
// mouse and keyboard, looked at pixel by pixel.
//
// Where to press and what must then be seen is told by a twin: the same window, on a copy of the same ledger,
// drawn without a display. What the tests do to the one they do to the other.
//
// The tests are built with the tags ci and driven. scripts/test.sh runs them in a virtual display; they want
// the program in QUITUS_BINARY, the display's framebuffer in QUITUS_SCREEN, an X server in DISPLAY, and xdotool.
package driven
