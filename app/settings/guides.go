package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
)

// typingPause is how long the owner stops writing before the text is checked.
const typingPause = 400 * time.Millisecond

// guideSection is the section of the call guides: the parts of a file at the left, the text of one at the right. A whole file of a
// thousand lines in one field would take a tenth of a second for each letter typed.
type guideSection struct {
	c         *screen.Context
	m         *Guides
	onChanged func()

	files    *kit.Choice
	lang     *kit.Choice
	original *kit.Button
	list     *kit.Lines
	text     *kit.Field
	showing  bool
	object   fyne.CanvasObject
}

func newGuides(c *screen.Context, onChanged func()) *guideSection {
	s := &guideSection{c: c, m: NewGuides(c.Words, c.Desk.State()), onChanged: onChanged}
	var files []kit.Option
	for _, name := range guideOrder {
		files = append(files, kit.Option{ID: name, Word: s.m.FileTitle(name)})
	}
	s.files = kit.NewChoice("", s.m.Name(), func(name string) { s.open(name, s.m.Lang()) }, files...).Low()
	var langs []kit.Option
	for _, l := range words.Langs {
		langs = append(langs, kit.Option{ID: string(l), Word: c.T("settings.language." + string(l))})
	}
	s.lang = kit.NewChoice("", string(s.m.Lang()), func(id string) { s.open(s.m.Name(), words.Lang(id)) }, langs...).Low()
	s.original = kit.NewButton(kit.Secondary, look.IconUndo, c.T("guides.original"), s.ask)
	s.list = kit.NewLines(nil).Choosing()
	s.list.OnSelect = func(i int) {
		if !s.showing && i != s.m.Part {
			s.m.Choose(i)
			s.show()
			s.text.ToStart()
		}
	}
	s.text = kit.NewArea("", "", 4)
	s.text.OnChanged = s.typed
	top := kit.Stack(look.Gap3,
		kit.Row(look.Gap2, kit.Fixed(300, 0, s.files), kit.Fixed(120, 0, s.lang), layout.NewSpacer(), s.original),
		kit.Stack(look.Gap1, kit.NewNote(c.T("guides.how")).Wrapped(), kit.NewNote(c.T("guides.fields")).Wrapped()))
	s.object = container.NewBorder(kit.Inset(0, 0, look.Gap4, 0, top), nil, nil, nil,
		container.New(guideLayout{}, s.list.Card(true), kit.NewCard(kit.Padded(3, s.text))))
	s.show()
	return s
}

// guideLayout has the list of parts at the left and the text at the right, both as high as the window leaves.
type guideLayout struct{}

// MinSize implements fyne.Layout.
func (guideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(600), look.Px(200))
}

// Layout implements fyne.Layout.
func (guideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	list, gap := look.Px(scenarioList), look.Px(look.Gap4)
	put(o[0], 0, 0, list, s.Height)
	put(o[1], list+gap, 0, s.Width-list-gap, s.Height)
}

func (s *guideSection) open(name string, lang words.Lang) {
	if s.showing {
		return
	}
	s.m.Open(name, lang)
	s.show()
	s.text.ToStart()
}

// show copies the chosen file and part into the widgets.
func (s *guideSection) show() {
	s.showing = true
	s.files.Choose(s.m.Name())
	s.lang.Choose(string(s.m.Lang()))
	s.original.Off(!s.m.Own())
	s.showList()
	s.list.Select(s.m.Part)
	s.text.SetText(s.m.Text())
	s.text.SetLabel(s.m.PartTitle(s.m.Part))
	s.text.SetMessage(s.m.Check())
	s.showing = false
}

func (s *guideSection) showList() {
	wrong := s.m.WrongPart()
	rows := make([]kit.Line, len(s.m.Parts))
	for i := range rows {
		rows[i] = kit.Line{Title: s.m.PartTitle(i), Second: s.m.PartKind(i), Plain: true}
		if i == wrong {
			rows[i].Second, rows[i].Warn = s.c.T("guides.to_correct"), look.VeryLate
		}
	}
	s.list.Set(rows)
}

// typed takes over what was typed, and has it checked once the owner stops writing.
func (s *guideSection) typed(text string) {
	if s.showing {
		return
	}
	s.m.Set(text)
	s.onChanged()
	m, check, wait := s.m, s.m.Checker(), typingPause
	if look.Still {
		wait = 0
	}
	var found GuideCheck
	s.c.Run.Go("settings.guides.check", func(ctx context.Context, _ *run.Progress) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		found = check()
		return nil
	}, func(err error) {
		if err != nil || m != s.m {
			return
		}
		m.Checked(found)
		s.showList()
		s.text.SetMessage(m.Check())
		s.onChanged()
	})
}

func (s *guideSection) refresh() {
	if !s.m.Changed() {
		s.reset()
	}
}

func (s *guideSection) changed() bool { return s.m.Changed() }
func (s *guideSection) wrong() int    { return s.m.Wrong() }
func (s *guideSection) words() string { return s.c.T("guides.wrong", "guide", s.m.WrongIn()) }

// reset puts back what is recorded.
func (s *guideSection) reset() {
	s.m = s.m.Again(s.c.Desk.State())
	s.show()
	s.onChanged()
}

func (s *guideSection) act() {
	texts := s.m.Edited()
	s.c.Act("settings.guides", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.SaveTexts(ctx, texts...)
	}, func() string {
		s.reset()
		return s.c.T("guides.saved")
	})
}

// ask asks whether the chosen file is to be as it came.
func (s *guideSection) ask() {
	c, name, lang := s.c, s.m.Name(), s.m.Lang()
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("guides.original_title", "guide", s.m.FileTitle(name)), Text: c.T("guides.original_text"),
		Keep: c.T("guides.original_keep"), Act: c.T("guides.original_act"),
	}, func() {
		c.Act("settings.guides", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.ResetText(ctx, name, lang)
		}, func() string {
			s.m.Forget(name, lang, c.Desk.State())
			s.show()
			s.onChanged()
			return c.T("guides.original_done")
		})
	})
}
