package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quitus/app/desk"
	"quitus/app/look"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// scenarios opens the section.
func scenarioScreen(t *testing.T, b *screentest.Bench, s shot.Setup) (*shot.Screen, *view) {
	t.Helper()
	return openSection(t, b, s, ScenarioSection, 1060)
}

func TestScenariosLook(t *testing.T) {
	s, _ := scenarioScreen(t, screentest.New(t, words.FR), shot.Setup{})
	s.Golden("scenarios_fr")
	s, _ = scenarioScreen(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark})
	s.Golden("scenarios_dark")
	s, _ = scenarioScreen(t, screentest.New(t, words.EN), shot.Setup{})
	s.Golden("scenarios_en")
	s, _ = scenarioScreen(t, screentest.New(t, words.FR), shot.Setup{Width: 776, Height: 544})
	s.Golden("scenarios_narrow")
	s, v := scenarioScreen(t, screentest.New(t, words.FR), shot.Setup{Width: 1400, Height: 844})
	s.Tap("Secteur public") // in the list, which only a wide window has
	if v.scenarios.m.Name() != "Secteur public" {
		t.Errorf("%q is shown", v.scenarios.m.Name())
	}
	s.Golden("scenarios_wide")
}

// Two steps on one day are said at the field, on the chip and in the list; nothing can be saved.
func TestTwoStepsOneDay(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := scenarioScreen(t, b, shot.Setup{})
	before := b.Desk.State().Book
	v.scenarios.changeAll(func() { v.scenarios.m.Move(2, 15) })
	s.Has("tombe le même jour que l’étape", "1 point à corriger")
	s.Golden("scenarios_wrong_fr")
	s.Tap("Enregistrer")
	if b.Desk.State().Book != before {
		t.Error("something was saved")
	}
	s.Tap("Annuler")
	s.HasNot("tombe le même jour")
}

// A chip is dragged to another day, and past other chips; arrows move it by a day, Delete removes it.
func TestStepsAreMoved(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := scenarioScreen(t, b, shot.Setup{})
	m := v.scenarios.m
	at, ok := s.Find("J+8")
	if !ok {
		t.Fatal(s.Texts())
	}
	test.Drag(s.Canvas, at, 40, 0)
	if m.Step < 0 || m.Now.Steps[m.Step].Step != "call" || m.Now.Steps[m.Step].Days <= 8 {
		t.Fatalf("dragged: %+v", m.Now.Steps)
	}
	day := m.Now.Steps[m.Step].Days
	s.Key(fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if got := m.Now.Steps[m.Step].Days; got != day+1 {
		t.Errorf("arrows: day %d, want %d", got, day+1)
	}
	s.Key(fyne.KeyHome)
	if m.Step != 0 {
		t.Errorf("Home: step %d", m.Step)
	}
	s.Key(fyne.KeyDown, fyne.KeyDelete)
	if len(m.Now.Steps) != 7 || m.Now.Steps[1].Step != "call" {
		t.Errorf("Delete: %+v", m.Now.Steps)
	}
	s.Tap("Enregistrer")
	if len(b.Errors) > 0 || !b.Desk.State().OwnScenario("Amiable") {
		t.Fatalf("not saved: %v", b.Errors)
	}
	s.Has("modifié")
	if r := m.Row(); !r.Changed || r.Own || m.Changed() {
		t.Errorf("%+v", r)
	}
	s.Golden("scenarios_changed_fr")
}

func TestToolsAddSteps(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := scenarioScreen(t, b, shot.Setup{})
	m := v.scenarios.m
	s.Tap("Tâche")
	if len(m.Now.Steps) != 9 || m.Now.Steps[8].Days != 52 || m.Chosen() != &m.Now.Steps[8] {
		t.Fatalf("%+v", m.Now.Steps)
	}
	tool := v.scenarios.tools[4]
	axis, _ := s.Find("Échéance")
	tool.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: axis.AddXY(40, 200)}})
	tool.DragEnd()
	if len(m.Now.Steps) != 9 {
		t.Errorf("dropped beside the line: %+v", m.Now.Steps)
	}
	tool.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{AbsolutePosition: axis.AddXY(60, -40)}})
	s.Golden("scenarios_drop_fr")
	tool.DragEnd()
	if len(m.Now.Steps) != 10 || m.Chosen().Channel != ledger.ChannelVisit || m.Chosen().Days <= 0 {
		t.Errorf("dropped: %+v", m.Now.Steps)
	}
}

func TestScenarioModel(t *testing.T) {
	b := screentest.New(t, words.FR)
	m := NewScenarios(b.Words, b.Desk.State())
	if m.Name() != "Amiable" || m.Changed() || m.Wrong() != 0 || len(m.Rows) != 5 || m.Due != ledger.Day(2026, 12, 1) {
		t.Fatalf("%+v", m)
	}
	lines := m.Lines()
	if lines[1].Title != "J+3\u00a0: 1re relance" || lines[1].Second != "par e-mail, 8 jours pour payer" || lines[1].Day != "ven. 4\u00a0déc." {
		t.Errorf("%+v", lines[1])
	}
	// J–10 is a Saturday; the year begins on a holiday; one contact in five days.
	for i, want := range []string{"lun. 23\u00a0nov.", "ven. 4\u00a0déc.", "mer. 9\u00a0déc.", "mer. 16\u00a0déc.", "mer. 23\u00a0déc.", "mar. 29\u00a0déc.", "lun. 4\u00a0janv.", "ven. 15\u00a0janv."} {
		if lines[i].Day != want {
			t.Errorf("step %d: %s, want %s (%s)", i+1, lines[i].Day, want, lines[i].Second)
		}
	}
	// A step that comes after another takes its place; the levels stay where they were.
	m.Step = 2
	m.SetWhen(After, 20)
	if m.Step != 3 || m.Now.Steps[3].Step != "call" || m.Now.Steps[3].Level != 4 || m.Wrong() != 0 || !m.Changed() {
		t.Errorf("step %d of %+v", m.Step, m.Now.Steps)
	}
	m.SetNumber("deadline_days", "huit", func(t *ledger.ScenarioStep, n int) { t.Deadline = n })
	if m.Wrong() != 1 || m.CheckStep(3, "deadline_days") == "" || !m.WrongStep(3) {
		t.Errorf("a word for a number: %d wrong", m.Wrong())
	}
	m.Remove(0)
	if m.CheckStep(2, "deadline_days") == "" {
		t.Error("the sentence did not go with its step")
	}
	m.Cancel()
	if m.Changed() || m.Wrong() != 0 {
		t.Error("not put back")
	}
	for len(m.Now.Steps) > 0 {
		m.Remove(0)
	}
	if m.Check("steps") == "" || m.Step != -1 || m.Chosen() != nil {
		t.Errorf("an empty scenario: %q, step %d", m.Check("steps"), m.Step)
	}
	m.Add(ledger.ChannelEmail, m.FreeDay())
	if x := m.Chosen(); x == nil || x.Days != 3 || x.Model != "first_reminder" || m.Wrong() != 0 {
		t.Errorf("%+v", x)
	}
	m.SetAmount("1 000,50")
	m.ToggleKind(ledger.Consumer)
	if x := m.Chosen(); x.LeastAmount != "1000.50" || len(x.Kinds) != 1 || m.Wrong() != 0 {
		t.Errorf("%+v", x)
	}
	m.SetStepName("2E RELANCE")
	if m.Chosen().Step != "second_reminder" {
		t.Errorf("%+v", m.Chosen())
	}
	m.SetChannel(ledger.ChannelPhone)
	if m.Chosen().Model != "" {
		t.Errorf("%+v", m.Chosen())
	}
}

// A scenario is copied, renamed with those who follow it, exported, deleted and imported again.
func TestScenarioOfOnesOwn(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := scenarioScreen(t, b, shot.Setup{})
	s.Tap("Dupliquer…")
	s.Has("Amiable (copie)")
	s.Tap("Créer")
	m := v.scenarios.m
	if m.Name() != "Amiable (copie)" || !m.Row().Own {
		t.Fatalf("%q, errors %v", m.Name(), b.Errors)
	}
	ctx := t.Context()
	if _, err := b.Desk.AssignScenario(ctx, m.Name(), []ledger.CustomerID{1, 2}); err != nil {
		t.Fatal(err)
	}
	v.scenarios.change(func() { m.Now.Name = "Préventif" })
	if m.Check("name") == "" {
		t.Error("a name that is taken is taken")
	}
	v.scenarios.change(func() { m.Now.Name = "Doux" })
	s.Tap("Enregistrer")
	if n := b.Desk.State().Followings()["Doux"].Customers; n != 2 || len(b.Errors) > 0 {
		t.Fatalf("%d follow it, errors %v", n, b.Errors)
	}
	b.Chosen = filepath.Join(t.TempDir(), "doux.json")
	v.scenarios.export()
	if text, err := os.ReadFile(b.Chosen); err != nil || !strings.Contains(string(text), `"Doux"`) {
		t.Fatalf("%v %s", err, text)
	}
	v.scenarios.makeCompany("Doux")
	if b.Desk.State().CompanyScenario() != "Doux" || !m.Row().Company {
		t.Errorf("%+v", m.Row())
	}
	v.scenarios.askRemove()
	s.Has("le suivent")
	s.Tap("Supprimer")
	if st := b.Desk.State(); st.CompanyScenario() != "" || st.Followings()["Doux"].Customers != 0 || desk.BuiltInScenario("Doux") || m.Name() == "Doux" {
		t.Errorf("still there: %+v", m.Rows)
	}
	s.Tap("Importer…")
	if m.Name() != "Doux" || len(b.Errors) > 0 {
		t.Errorf("%q, errors %v", m.Name(), b.Errors)
	}
	if err := os.WriteFile(b.Chosen, []byte(`{"name": "Vide", "steps": []}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Tap("Importer…")
	if len(b.Errors) != 1 || ledger.CodeOf(b.Errors[0]) != "scenario_empty" {
		t.Errorf("an empty scenario: %v", b.Errors)
	}
}

// Changes that are not saved are asked about before another scenario is shown.
func TestScenarioIsNotLeftSilently(t *testing.T) {
	b := screentest.New(t, words.FR)
	s, v := scenarioScreen(t, b, shot.Setup{})
	v.scenarios.changeAll(func() { v.scenarios.m.Remove(0) })
	s.Tap("Amiable")
	s.Tap("Préventif")
	s.Has("Abandonner les changements de Amiable")
	s.Tap("Continuer à modifier")
	if v.scenarios.m.Name() != "Amiable" || !v.scenarios.m.Changed() {
		t.Error("left")
	}
	s.Tap("Amiable")
	s.Tap("Préventif")
	s.Tap("Abandonner")
	if v.scenarios.m.Name() != "Préventif" || v.scenarios.m.Changed() {
		t.Errorf("%q", v.scenarios.m.Name())
	}
}

func TestHouse(t *testing.T) {
	b := screentest.New(t, words.FR)
	s := open(t, b, shot.Setup{})
	s.Tap("Règles de la maison")
	s.Golden("house_fr")
	s.Tap("Appels à partir de")
	s.Type("19h")
	s.Tap("Tâches en retard reprises par jour")
	s.Type("80")
	s.Key(fyne.KeyTab)
	s.Has("L’heure de fin vient après", "De 1 à 50", "2 champs à corriger")
	s.Golden("house_wrong_fr")
	s.Tap("Annuler")
	s.Tap("Appels à partir de")
	s.Type("8 h 30")
	s.Tap("Enregistrer")
	if h := b.Desk.State().Book.Company().House; h.CallFrom != "08:30" || h.CallsAWeek != 0 || len(b.Errors) > 0 {
		t.Errorf("%+v, errors %v", h, b.Errors)
	}
	dark := open(t, screentest.New(t, words.EN), shot.Setup{Appearance: look.Dark})
	dark.Tap("House rules")
	dark.Golden("house_dark_en")
}
