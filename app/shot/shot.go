// Package shot is how views are tested: a window without a display, to press and type in, to read the
// words of, and to compare with a golden picture.
//
//	func TestToday(t *testing.T) {
//		s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject { return newView(model) })
//		s.Tap("Importer un fichier")
//		s.Has("Aucun relevé pour l’instant")
//		s.Golden("today_fr")
//	}
//
// Pictures are in the testdata folder of the package under test. `go test -update` writes them; a
// picture that differs is left in testdata/failed to be looked at.
package shot

import (
	"flag"
	"html"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"quitus/app/look"
)

var update = flag.Bool("update", false, "write the golden pictures instead of comparing with them")

// Setup is how the window looks; the zero Setup is light, normal, 1280 by 800.
type Setup struct {
	Appearance    look.Appearance
	Scale         look.Scale
	Width, Height float32
	// Pixels is the number of pixels to a unit; 0 means 1.
	Pixels float32
}

// Screen is an open window.
type Screen struct {
	t      testing.TB
	Window fyne.Window
	Canvas fyne.Canvas
}

// Open shows what build makes. build runs after the theme is set, so that what it makes has its sizes.
// The window closes with the test. One window at a time: tests with windows do not run in parallel.
func Open(t testing.TB, s Setup, build func() fyne.CanvasObject) *Screen {
	t.Helper()
	if s.Appearance == "" {
		s.Appearance = look.Light
	}
	if s.Width == 0 {
		s.Width, s.Height = 1280, 800
	}
	look.Still = true
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(s.Appearance, s.Scale))
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	if s.Pixels != 0 {
		w.Canvas().(interface{ SetScale(float32) }).SetScale(s.Pixels)
	}
	sc := &Screen{t: t, Window: w, Canvas: w.Canvas()}
	w.SetContent(build())
	sc.Resize(s.Width, s.Height)
	return sc
}

// On drives a window that is open already. Outside of tests t is nil, and what would fail a test panics.
func On(t testing.TB, w fyne.Window) *Screen { return &Screen{t: t, Window: w, Canvas: w.Canvas()} }

// Resize gives the window another size.
func (s *Screen) Resize(width, height float32) {
	s.Window.Resize(fyne.NewSize(width, height))
	s.Settle()
}

// Settle lays everything out again, as the real window does when texts have found their height.
func (s *Screen) Settle() {
	size := s.Canvas.Size()
	for _, o := range append(s.Canvas.Overlays().List(), s.Canvas.Content()) {
		if o == nil {
			continue
		}
		relayout(o)
	}
	s.Canvas.Content().Resize(size)
}

// relayout lays out an object and all within.
func relayout(o fyne.CanvasObject) {
	switch c := o.(type) {
	case *fyne.Container:
		if c.Layout != nil {
			c.Layout.Layout(c.Objects, c.Size())
		}
		for _, child := range c.Objects {
			relayout(child)
		}
	case fyne.Widget:
		r := test.WidgetRenderer(c)
		r.Layout(c.Size())
		for _, child := range r.Objects() {
			relayout(child)
		}
	}
}

// Picture gives what the window shows.
func (s *Screen) Picture() image.Image {
	s.Settle()
	s.Settle()
	return s.Canvas.Capture()
}

// Save writes the picture to a file.
func (s *Screen) Save(path string) {
	s.t.Helper()
	if err := Write(path, s.Picture()); err != nil {
		s.t.Fatal(err)
	}
}

// Golden compares the window with testdata/<name>.png.
func (s *Screen) Golden(name string) {
	s.t.Helper()
	got := s.Picture()
	want := filepath.Join("testdata", name+".png")
	if *update {
		if err := Write(want, got); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	failed := filepath.Join("testdata", "failed", name+".png")
	f, err := os.Open(want)
	if err != nil {
		_ = Write(failed, got)
		s.t.Fatalf("no golden picture %s: look at %s, then run with -update", want, failed)
	}
	defer f.Close()
	golden, err := png.Decode(f)
	if err != nil {
		s.t.Fatalf("%s: %v", want, err)
	}
	if d := differ(golden, got); d != "" {
		_ = Write(failed, got)
		s.t.Errorf("%s %s: look at %s", want, d, failed)
		return
	}
	_ = os.Remove(failed)
}

// Shot opens a window and compares it with a golden picture in one go.
func Shot(t testing.TB, name string, s Setup, build func() fyne.CanvasObject) *Screen {
	t.Helper()
	sc := Open(t, s, build)
	sc.Golden(name)
	return sc
}

var tags = regexp.MustCompile(`<[^>]*>`)

// Texts gives every word in the window, one text a line.
func (s *Screen) Texts() string {
	var out []string
	for _, line := range strings.Split(tags.ReplaceAllString(test.RenderToMarkup(s.Canvas), "\n"), "\n") {
		if line = strings.TrimSpace(html.UnescapeString(line)); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// Has fails the test unless the window shows every one of the texts.
func (s *Screen) Has(texts ...string) {
	s.t.Helper()
	all := s.Texts()
	for _, want := range texts {
		if !strings.Contains(all, want) {
			s.t.Errorf("the window does not show %q; it shows:\n%s", want, all)
		}
	}
}

// HasNot fails the test if the window shows one of the texts.
func (s *Screen) HasNot(texts ...string) {
	s.t.Helper()
	all := s.Texts()
	for _, bad := range texts {
		if strings.Contains(all, bad) {
			s.t.Errorf("the window shows %q", bad)
		}
	}
}

// At presses the window at a place.
func (s *Screen) At(x, y float32) {
	test.TapCanvas(s.Canvas, fyne.NewPos(x, y))
	s.Settle()
}

// Tap presses what shows the text: the innermost thing that can be pressed there.
func (s *Screen) Tap(text string) {
	s.t.Helper()
	pos, ok := s.Find(text)
	if !ok {
		s.t.Fatalf("nothing to press that says %q; the window shows:\n%s", text, s.Texts())
	}
	s.At(pos.X, pos.Y)
}

// Type writes into what has the keyboard.
func (s *Screen) Type(text string) {
	s.t.Helper()
	f := s.Canvas.Focused()
	if f == nil {
		s.t.Fatal("nothing has the keyboard")
	}
	test.Type(f, text)
	s.Settle()
}

// Key presses keys: to what has the keyboard, or else to the window.
func (s *Screen) Key(names ...fyne.KeyName) {
	for _, n := range names {
		ev := &fyne.KeyEvent{Name: n}
		f := s.Canvas.Focused()
		tabs, ok := f.(fyne.Tabbable)
		switch {
		case n == fyne.KeyTab && !(ok && tabs.AcceptsTab()):
			s.Canvas.FocusNext()
		case f != nil:
			f.TypedKey(ev)
		case s.Canvas.OnTypedKey() != nil:
			s.Canvas.OnTypedKey()(ev)
		}
	}
	s.Settle()
}

// Ctrl presses a key with Ctrl (Cmd on a Mac).
func (s *Screen) Ctrl(name fyne.KeyName) {
	s.Shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault})
}

// Shortcut hands a shortcut to what has the keyboard, or else to the window.
func (s *Screen) Shortcut(sc fyne.Shortcut) {
	if f, ok := s.Canvas.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(sc)
	} else if c := shortcutable(s.Canvas); c != nil {
		c.TypedShortcut(sc)
	}
	s.Settle()
}

// Hover moves the pointer.
func (s *Screen) Hover(x, y float32) { test.MoveMouse(s.Canvas, fyne.NewPos(x, y)) }

// shortcutable finds what runs the canvas's shortcuts: the test canvas wraps it without showing it.
func shortcutable(c fyne.Canvas) fyne.Shortcutable {
	if s, ok := c.(fyne.Shortcutable); ok {
		return s
	}
	v := reflect.Indirect(reflect.ValueOf(c))
	if v.Kind() != reflect.Struct {
		return nil
	}
	f := v.FieldByName("WindowlessCanvas")
	if !f.IsValid() || !f.CanInterface() {
		return nil
	}
	s, _ := f.Interface().(fyne.Shortcutable)
	return s
}
