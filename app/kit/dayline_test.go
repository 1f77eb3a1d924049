package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quitus/app/look"
	"quitus/app/shot"
)

func dayWord(day int) string { return fmt.Sprintf("J%+d", day) }

// dayLine shows a line of days on which chips go where they are moved.
func dayLine(t *testing.T, days ...int) (*shot.Screen, *DayLine, *[]DayMark) {
	t.Helper()
	marks := make([]DayMark, len(days))
	for i, d := range days {
		marks[i] = DayMark{Day: d, Icon: look.IconPhone, Word: dayWord(d)}
	}
	l := NewDayLine("Échéance", dayWord)
	l.OnMove = func(i, day int) {
		marks[i].Day, marks[i].Word = day, dayWord(day)
		l.Set(marks, i)
	}
	s := shot.Open(t, shot.Setup{Width: 700, Height: 200}, func() fyne.CanvasObject {
		l.Set(marks, -1)
		return Padded(10, Stack(0, l))
	})
	return s, l, &marks
}

func TestDayLineByMouse(t *testing.T) {
	s, l, marks := dayLine(t, -10, 3, 8, 30)
	chosen := -1
	l.OnSelect = func(i int) { chosen = i }
	s.Tap("J+8")
	if chosen != 2 || s.Canvas.Focused() != l {
		t.Errorf("chosen %d, keyboard on %v", chosen, s.Canvas.Focused())
	}
	at, _ := s.Find("J+8")
	test.Drag(s.Canvas, at, 5*l.perDay(), 0)
	if (*marks)[2].Day != 13 {
		t.Errorf("five days on: %+v", *marks)
	}
	(*marks)[3].Tied = true
	l.Set(*marks, 2)
	s.Settle()
	at, _ = s.Find("J+30")
	test.Drag(s.Canvas, at, 50, 0)
	if (*marks)[3].Day != 30 {
		t.Errorf("a tied one moved: %+v", (*marks)[3])
	}
	if _, over := l.DayAt(fyne.NewPos(-5, 40)); over {
		t.Error("beside the line is on it")
	}
}

func TestDayLineByKeyboard(t *testing.T) {
	s, l, marks := dayLine(t, -10, 3, 8, 90)
	removed := -1
	l.OnRemove = func(i int) { removed = i }
	s.Canvas.Focus(l)
	s.Key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if (*marks)[1].Day != 4 || l.chosen != 1 {
		t.Errorf("%+v, chosen %d", *marks, l.chosen)
	}
	s.Key(fyne.KeyEnd, fyne.KeyDelete)
	if removed != 3 {
		t.Errorf("removed %d", removed)
	}
	if l.to != 90 {
		t.Errorf("the line ends on day %d", l.to)
	}
	s.Golden("dayline")
}
