package kit

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// window opens a whole window with the sample table.
func window(t *testing.T) (*shot.Screen, *Stage) {
	var stage *Stage
	s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject { stage = invoiceFrame().(*Stage); return stage })
	return s, stage
}

func TestAskKeeps(t *testing.T) {
	s, _ := window(t)
	done := 0
	ask := func() {
		Ask(s.Canvas, Question{Title: "Supprimer cette promesse\u202f?", Text: "Les relances reprendront dès demain. Le journal en garde la trace.", Keep: "Garder", Act: "Supprimer", Danger: true}, func() { done++ })
	}
	ask()
	s.Golden("dialog")
	s.Key(fyne.KeyReturn) // the safe button has the keyboard
	if done != 0 || s.Canvas.Overlays().Top() != nil {
		t.Errorf("Enter acted %d times", done)
	}
	ask()
	s.Key(fyne.KeyEscape)
	if done != 0 || s.Canvas.Overlays().Top() != nil {
		t.Error("Escape does not keep")
	}
	ask()
	s.Tap("Supprimer")
	if done != 1 || s.Canvas.Overlays().Top() != nil {
		t.Errorf("acted %d times", done)
	}
}

func TestShortcutsAreOffBehindADialog(t *testing.T) {
	s, _ := window(t)
	n := 0
	AddShortcut(s.Canvas, &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}, func() { n++ })
	s.Ctrl(fyne.KeyK)
	d := Ask(s.Canvas, Question{Title: "Vraiment\u202f?", Keep: "Non", Act: "Oui"}, nil)
	s.Ctrl(fyne.KeyK)
	if n != 1 {
		t.Errorf("the shortcut ran %d times", n)
	}
	d.Cancel()
	s.Tap("Filtrer ces factures") // a field has the keyboard and passes on what it has no use for
	s.Ctrl(fyne.KeyK)
	if n != 2 {
		t.Errorf("the shortcut ran %d times", n)
	}
}

// A press beside the buttons takes the keyboard from them; Escape must still be the dialog's.
func TestEscapeStaysInTheDialog(t *testing.T) {
	s, _ := window(t)
	back := 0
	s.Canvas.SetOnTypedKey(func(*fyne.KeyEvent) { back++ })
	Ask(s.Canvas, Question{Title: "Une\u202f?", Keep: "Non", Act: "Oui"}, nil)
	second := Ask(s.Canvas, Question{Title: "Deux\u202f?", Keep: "Non", Act: "Oui"}, nil)
	for want := 1; want >= 0; want-- {
		s.Canvas.Unfocus()
		s.Key(fyne.KeyEscape)
		if open := len(s.Canvas.Overlays().List()); back != 0 || open != want {
			t.Errorf("%d dialogs are open, want %d; Escape went to the window %d times", open, want, back)
		}
	}
	second.Hide() // once more does no harm
	s.Canvas.Unfocus()
	s.Key(fyne.KeyEscape)
	if back != 1 {
		t.Errorf("after the dialogs Escape went to the window %d times", back)
	}
}

func TestFieldPassesShortcutsOn(t *testing.T) {
	n := 0
	var f *Field
	s := shot.Open(t, shot.Setup{Width: 300, Height: 200}, func() fyne.CanvasObject { f = NewField("Nom", ""); return f })
	AddShortcut(s.Canvas, &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}, func() { n++ })
	f.Focus()
	s.Ctrl(fyne.KeyK)
	if n != 1 {
		t.Errorf("the shortcut ran %d times", n)
	}
	var key fyne.KeyName
	s.Canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { key = ev.Name })
	s.Key(fyne.KeyEscape)
	if key != fyne.KeyEscape {
		t.Error("the field keeps Escape to itself")
	}
	s.Type("abc")
	s.Shortcut(&fyne.ShortcutSelectAll{})
	s.Type("d")
	if f.Text() != "d" {
		t.Errorf("text %q", f.Text())
	}
}

func TestForm(t *testing.T) {
	s, _ := window(t)
	w := words.New(words.FR)
	amount := NewMoneyEntry(w, "Montant", ledger.EUR)
	amount.Needed = "Indiquez le montant."
	day := NewDateEntry(w, "Reçu le", today)
	day.SetDate(today)
	form := NewForm(s.Canvas, w, "Noter un paiement", "Enregistrer", Shares(12, amount, day), NewField("Référence", ""))
	got := ledger.Money{}
	form.OnAct = func() { got, _ = amount.Money(); form.Close() }
	form.Show()
	s.Key(fyne.KeyReturn)
	s.Has("Indiquez le montant.")
	s.Golden("form")
	s.Type("12,5")
	s.Key(fyne.KeyReturn)
	if got.Minor != 1250 || s.Canvas.Overlays().Top() != nil {
		t.Errorf("amount %v, still open: %v", got, s.Canvas.Overlays().Top() != nil)
	}
	cancelled := false
	form.OnCancel = func() { cancelled = true }
	form.Show()
	s.Key(fyne.KeyEscape)
	if !cancelled {
		t.Error("Escape in a field does not close the form")
	}
}

func TestShowError(t *testing.T) {
	s, _ := window(t)
	w := words.New(words.FR)
	ShowError(s.Canvas, w, nil)
	if s.Canvas.Overlays().Top() != nil {
		t.Fatal("no error is shown")
	}
	err := ledger.Errorf("amount_invalid", "value", "douze")
	ShowError(s.Canvas, w, err)
	s.Has(w.T("kit.error.title"))
	s.Key(fyne.KeyReturn)
	ShowError(s.Canvas, w, errors.New("disk on fire"))
	s.HasNot("disk on fire")
}

func TestToast(t *testing.T) {
	s, stage := window(t)
	undone := 0
	stage.Toast("Promesse notée, relances suspendues.", func() { undone++ })
	s.Has("Promesse notée, relances suspendues.")
	stage.Watch("import", run.Sample{What: "Lecture de suivi-factures-2026.xlsx", Done: 62140, Total: 100000}, true)
	s.Golden("stage")
	if !stage.Undo() || undone != 1 || stage.Undo() {
		t.Errorf("undone %d times", undone)
	}
	s.HasNot("Promesse notée, relances suspendues.")
	stopped := ""
	stage.OnStop = func(key string) { stopped = key }
	s.Tap("Arrêter")
	if stopped != "import" {
		t.Errorf("stopped %q", stopped)
	}
	stage.Watch("other", run.Sample{What: "Autre"}, true)
	s.HasNot("Autre")
	stage.Watch("import", run.Sample{}, false)
	s.HasNot("Lecture de suivi-factures-2026.xlsx")
}

func TestSearch(t *testing.T) {
	var search *Search
	opened := ""
	s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		search = NewSearch("Rechercher un client, une facture, un montant", "Ctrl+K", func(text string) {
			search.SetResults([]Result{
				{Line{Icon: look.IconAccount, Title: "Garage Tessonnier", Second: "Client · 3 factures", Right: "7\u202f630,00\u00a0€"}, func() { opened = "customer" }},
				{Line{Icon: look.IconInvoice, Title: "F-2026-0347", Second: "Garage Tessonnier", Right: "2\u202f360,00\u00a0€"}, func() { opened = "invoice" }},
			})
		})
		table := invoiceTable()
		table.SetRows(invoiceRows())
		stage := NewStage(words.New(words.FR), Frame(NewRail("Quitus", "", nil), NewTopBar(search), table))
		search.On(stage)
		return stage
	})
	search.Focus()
	s.Type("gar")
	s.Has("Client · 3 factures")
	s.Golden("search")
	if s.Canvas.Focused() != search.Entry() {
		t.Error("the results took the keyboard")
	}
	s.Key(fyne.KeyDown, fyne.KeyReturn)
	if opened != "invoice" || search.Text() != "" || search.Count() != 0 {
		t.Errorf("opened %q, text %q", opened, search.Text())
	}
	search.Focus()
	s.Type("gar")
	s.Tap("Client · 3 factures")
	if opened != "customer" {
		t.Errorf("opened %q", opened)
	}
	search.SetNothing("Rien ne correspond.")
	search.Focus()
	s.Has("Rien ne correspond.")
	s.Key(fyne.KeyReturn)
	search.Clear()
	search.Focus()
	s.Type("x")
	s.Key(fyne.KeyEscape)
	s.HasNot("Client · 3 factures")
	if search.Text() != "x" {
		t.Error("the first Escape empties the field")
	}
}

func TestRail(t *testing.T) {
	gone := ""
	var rail *Rail
	s := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject {
		rail = NewRail("Quitus", "Menuiserie Valdoré", func(id string) { gone = id }, RailItem{"a", look.IconCalendar, "Aujourd’hui", "14"}, RailItem{"b", look.IconAccount, "Clients", ""}, RailItem{"s", look.IconSettings, "Paramètres", ""})
		return Row(0, rail)
	})
	s.Tap("Clients")
	if gone != "b" {
		t.Errorf("gone to %q", gone)
	}
	s.Canvas.Focus(rail)
	s.Key(fyne.KeyDown)
	if gone != "s" {
		t.Errorf("gone to %q", gone)
	}
	rail.Step(-5)
	if gone != "a" {
		t.Errorf("gone to %q", gone)
	}
	rail.SetCount("a", "3")
	s.Has("3")
}

func TestLines(t *testing.T) {
	opened, ticked := -1, ""
	var l *Lines
	s := shot.Open(t, shot.Setup{Width: 400, Height: 200}, func() fyne.CanvasObject {
		lines := make([]Line, 50)
		for i := range lines {
			lines[i] = Line{Title: string(rune('A' + i%26)), Second: "deux"}
		}
		l = NewLines(lines).Ticks()
		l.OnOpen = func(i int) { opened = i }
		l.OnTick = func(i int, on bool) { ticked += string(rune('a' + i)) }
		return l
	})
	s.Canvas.Focus(l)
	s.Key(fyne.KeyDown, fyne.KeySpace, fyne.KeyEnd, fyne.KeyReturn)
	if opened != 49 || ticked != "b" {
		t.Errorf("opened %d, ticked %q", opened, ticked)
	}
	if bottom := l.list.scroll.Offset.Y + l.list.scroll.Size().Height; bottom != l.TotalHeight() {
		t.Errorf("the list ends at %v of %v", bottom, l.TotalHeight())
	}
	l.Set(nil)
	s.Key(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn)
}

// A change of theme at run time must give the same picture as opening with it.
func TestThemeChange(t *testing.T) {
	for name, build := range map[string]func() fyne.CanvasObject{"frame_dark": invoiceFrame, "history_dark": history} {
		s := shot.Open(t, shot.Setup{}, build)
		_ = s.Picture()
		fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark, look.Normal))
		s.Canvas.Content().Refresh()
		refreshAll(s.Canvas.Content())
		s.Golden(name)
	}
}

// refreshAll does what the real driver does when the theme changes.
func refreshAll(o fyne.CanvasObject) {
	switch c := o.(type) {
	case *fyne.Container:
		for _, child := range c.Objects {
			refreshAll(child)
		}
	case fyne.Widget:
		c.Refresh()
	}
}

func TestLabelWraps(t *testing.T) {
	var l *Label
	shot.Open(t, shot.Setup{Width: 200, Height: 300}, func() fyne.CanvasObject {
		l = NewLabel("Un texte **assez long pour** prendre plusieurs lignes dans une place étroite.").Wrapped()
		return Stack(0, l)
	})
	if n := len(l.lines); n != 3 {
		t.Errorf("%d lines: %v", n, l.lines)
	}
	for _, line := range l.lines {
		if w := l.lineWidth(line); w > 200 {
			t.Errorf("%v is %v wide", line, w)
		}
	}
	if h := l.MinSize().Height; h != 3*19 {
		t.Errorf("%v high", h)
	}
}

func TestFitShortens(t *testing.T) {
	shot.Open(t, shot.Setup{Width: 200, Height: 300}, func() fyne.CanvasObject { return NewLabel("") })
	for width := float32(20); width < 400; width += 7 {
		got := fit("Société d’exploitation des Établissements Belloré", look.Body, false, width)
		if w := fyne.MeasureText(got, look.TextSize(look.Body), fyne.TextStyle{}).Width; w > width+1 && got != "…" {
			t.Errorf("%q is %v wide, more than %v", got, w, width)
		}
	}
}
