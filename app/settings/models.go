package settings

import (
	"context"
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/letters"
)

// modelSection is the section of the letter models: the list by family at the left, the text of one in the middle, the page that it
// makes at the right.
type modelSection struct {
	c         *screen.Context
	m         *Models
	onChanged func()

	models   *kit.Choice // in the place of the list in a narrow window
	lang     *kit.Choice
	original *kit.Button
	list     *kit.Lines
	text     *kit.Field
	fields   *kit.Button
	parts    *kit.Button
	head     *kit.Label // whose case the page shows
	preview  *kit.Preview
	top      *fyne.Container
	how      *fyne.Container // the note on how a text is written
	writing  *fyne.Container // what is on the text's card
	object   fyne.CanvasObject
	showing  bool
	front    bool // the section is seen

	page  int
	shown *desk.ModelShown // what the page shows; nil before the first
	found *modelFor
}

// modelFor is the case that a model in a language is shown with.
type modelFor struct {
	name string
	lang words.Lang
	*desk.ModelCase
}

// modelDPI is the fineness of the page shown.
const modelDPI = 144

func newModels(c *screen.Context, onChanged func()) *modelSection {
	s := &modelSection{c: c, m: NewModels(c.Words, c.Desk.State()), onChanged: onChanged, page: 1}
	s.list = kit.NewLines(nil).Choosing()
	s.list.OnSelect = func(i int) {
		if names, _ := listed(); !s.showing && names[i] != s.m.Name() {
			s.open(names[i], s.m.Lang())
		}
	}
	s.models = kit.NewChoice("", s.m.Name(), func(name string) { s.open(name, s.m.Lang()) }).Low()
	var langs []kit.Option
	for _, l := range words.LetterLangs {
		langs = append(langs, kit.Option{ID: string(l), Word: c.T("common.lang." + string(l))})
	}
	s.lang = kit.NewChoice("", string(s.m.Lang()), func(id string) { s.open(s.m.Name(), words.Lang(id)) }, langs...).Low()
	s.original = kit.NewButton(kit.Secondary, look.IconUndo, c.T("models.original"), s.ask).Low()
	s.fields = kit.NewButton(kit.Secondary, look.IconAdd, c.T("models.fields"), s.offerFields).Low()
	s.parts = kit.NewButton(kit.Secondary, look.IconAdd, c.T("models.parts"), s.offerParts).Low()
	s.text = kit.NewArea("", "", 4)
	s.text.OnChanged = s.typed
	s.text.Check = func(string) string { return s.m.Check() }
	s.text.Doubt = func(string) string { return s.m.Doubt() }
	s.head = kit.NewNote("")
	s.preview = kit.NewPreview(c.Words, func(page int) { s.page = page; s.try(0) })
	s.how = kit.Inset(look.Gap2, 0, 0, 0, kit.NewNote(c.T("models.how")).Wrapped())
	s.top = kit.Row(look.Gap2, kit.Fixed(300, 0, s.models), kit.Fixed(150, 0, s.lang), layout.NewSpacer(), s.original)
	s.top.Objects[0].Hide() // until the window is narrow
	s.writing = container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, kit.Row(look.Gap2, s.fields, s.parts)), s.how, nil, nil, s.text)
	editor := kit.NewCard(kit.Padded(1, s.writing))
	page := container.NewBorder(kit.Inset(0, 0, look.Gap1, look.Gap1, s.head), nil, nil, nil, s.preview)
	s.object = container.NewBorder(kit.Inset(0, 0, look.Gap3, 0, s.top), nil, nil, nil,
		container.New(&modelLayout{narrow: s.narrow}, s.list.Card(true), editor, page))
	s.show()
	return s
}

// modelLayout has the list, the text and the page beside each other, as high as the window leaves; a narrow window has no list.
type modelLayout struct {
	narrow func(bool)
}

// MinSize implements fyne.Layout.
func (l *modelLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(600), look.Px(200))
}

// Layout implements fyne.Layout.
func (l *modelLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	gap, x := look.Px(look.Gap3), float32(0)
	narrow := s.Width < look.Px(900)
	l.narrow(narrow)
	o[0].Hide()
	if !narrow {
		o[0].Show()
		list := look.Px(216)
		put(o[0], 0, 0, list, s.Height)
		x = list + gap
	}
	page := max(look.Px(290), (s.Width-x)*0.44)
	put(o[1], x, 0, s.Width-x-gap-page, s.Height)
	put(o[2], s.Width-page, 0, page, s.Height)
}

// narrow shows the models in a menu where there is no room for their list, and leaves the note out.
func (s *modelSection) narrow(on bool) {
	menu := s.top.Objects[0]
	if menu.Visible() == on {
		return
	}
	if on {
		menu.Show()
		s.how.Hide()
	} else {
		menu.Hide()
		s.how.Show()
	}
	s.top.Refresh()
	s.writing.Refresh()
}

func (s *modelSection) open(name string, lang words.Lang) {
	if s.showing {
		return
	}
	s.m.Open(name, lang)
	s.page, s.shown = 1, nil
	s.show()
	s.text.ToStart()
	s.try(0)
}

// show copies the chosen text into the widgets.
func (s *modelSection) show() {
	s.showing = true
	s.lang.Choose(string(s.m.Lang()))
	s.text.SetText(s.m.Text())
	s.showing = false
	s.showState()
}

// showState shows how the texts stand.
func (s *modelSection) showState() {
	s.showing = true
	names, family := listed()
	rows, options := make([]kit.Line, len(names)), make([]kit.Option, len(names))
	for i, name := range names {
		word := s.c.Words.Letter(name)
		rows[i] = kit.Line{Title: word, Second: s.c.T("models.family." + family[i]), Plain: true}
		switch s.m.State(name) {
		case ModelOwn:
			rows[i].Second = s.c.T("models.own")
		case ModelDoubtful:
			rows[i].Second, rows[i].Warn = s.c.T("models.to_check"), look.Late
		case ModelEdited:
			rows[i].Second, rows[i].Warn = s.c.T("models.edited"), look.Late
		case ModelWrong:
			rows[i].Second, rows[i].Warn = s.c.T("models.to_correct"), look.VeryLate
		}
		if s.m.State(name) != ModelAsItCame {
			word += " · " + rows[i].Second
		}
		options[i] = kit.Option{ID: name, Word: word}
	}
	s.list.Set(rows)
	s.list.Select(slices.Index(names, s.m.Name()))
	s.models.SetOptions(s.m.Name(), options...)
	s.original.Off(!s.m.Own() && s.m.State(s.m.Name()) == ModelAsItCame)
	s.text.Validate()
	s.showing = false
}

// typed takes over what was typed; the text is checked and its page drawn once the owner stops writing.
func (s *modelSection) typed(text string) {
	if s.showing {
		return
	}
	s.m.Set(text)
	s.onChanged()
	wait := typingPause
	if look.Still {
		wait = 0
	}
	s.try(wait)
}

// trial is a text being tried: what is to be said of it, and its page.
type trial struct {
	checked map[int]ModelFound
	found   *modelFor
	shown   *desk.ModelShown
	img     image.Image
	page    int
	pages   int
	err     error // why there is no page
}

// try checks the texts and draws the page of the chosen one, in the background; a newer try takes the place of an older one.
func (s *modelSection) try(wait time.Duration) {
	m, check, text, page, d := s.m, s.m.Checker(), s.m.Text(), s.page, s.c.Desk
	found := s.found
	if found == nil || found.name != m.Name() || found.lang != m.Lang() {
		found = &modelFor{name: m.Name(), lang: m.Lang()}
	}
	x := trial{page: page}
	s.c.Run.Go("settings.models.try", func(ctx context.Context, _ *run.Progress) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		x.checked, x.found = check(), found
		x.err = x.draw(ctx, d, text)
		return ctx.Err()
	}, func(err error) {
		if err == nil && m == s.m {
			s.tried(&x)
		}
	})
}

// draw makes the page.
func (x *trial) draw(ctx context.Context, d *desk.Desk, text string) (err error) {
	if x.found.ModelCase == nil {
		c, err := d.ModelCase(ctx, x.found.name, x.found.lang)
		if err != nil {
			return err
		}
		x.found = &modelFor{x.found.name, x.found.lang, c}
	}
	if x.shown, err = x.found.Show(text); err != nil {
		return err
	}
	if x.pages, err = screen.Pages().Pages(ctx, x.shown.PDF); err != nil {
		return err
	}
	x.page = min(x.page, x.pages)
	x.img, err = screen.Pages().Page(ctx, x.shown.PDF, x.page, modelDPI)
	return err
}

// tried shows what came of a try. While the text cannot be read the page before stays, and its head says so.
func (s *modelSection) tried(x *trial) {
	s.m.Checked(x.checked)
	s.found = x.found
	s.showState()
	s.onChanged()
	if x.err != nil {
		if s.shown == nil {
			s.preview.Say(s.c.Words.Error(x.err))
		}
		s.head.Ink(look.Danger).SetText(s.c.T("models.preview.wrong"))
		return
	}
	s.shown, s.page = x.shown, x.page
	head := s.c.T("models.preview.of", "customer", x.found.Customer)
	if x.found.Sample {
		head = s.c.T("models.preview.sample")
	}
	s.head.Ink(look.Ink2).SetText(head)
	s.preview.SetPage(x.img, x.page, x.pages)
}

// offerFields opens the menu of the fields that have a value in letters of the model; the one chosen is typed at the cursor.
func (s *modelSection) offerFields() {
	var items []*fyne.MenuItem
	for _, f := range letters.Fields(s.m.Name()) {
		value := ""
		if s.shown != nil {
			value = s.shown.Letter.Value(f)
		}
		items = append(items, fyne.NewMenuItem(s.m.FieldWord(f, value), func() { s.text.Paste("{" + f + "}") }))
	}
	s.offer(s.fields, items)
}

// offerParts opens the menu of the parts that the program draws.
func (s *modelSection) offerParts() {
	var items []*fyne.MenuItem
	for _, p := range letters.Parts() {
		items = append(items, fyne.NewMenuItem(letters.Need("@"+p).Text(s.c.Words), func() { s.text.Paste("\n\n@" + p + "\n\n") }))
	}
	s.offer(s.parts, items)
}

func (s *modelSection) offer(b *kit.Button, items []*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	at.Y += b.Size().Height + look.Px(4)
	kit.ShowMenu(s.c.Canvas(), at, items)
}

// refresh takes what is recorded now, where nothing is edited; the case shown may have changed in any event.
func (s *modelSection) refresh() {
	s.found = nil
	if !s.m.Changed() {
		s.reset()
	}
}

// seen tells whether the section is in front; its page is drawn when it comes there.
func (s *modelSection) seen(front bool) {
	if s.front = front; front {
		s.try(0)
	}
}

func (s *modelSection) changed() bool { return s.m.Changed() }
func (s *modelSection) wrong() int    { return s.m.Wrong() }
func (s *modelSection) words() string { return s.c.T("models.wrong", "model", s.m.WrongIn()) }

// reset puts back what is recorded.
func (s *modelSection) reset() {
	s.m = s.m.Again(s.c.Desk.State())
	s.show()
	s.onChanged()
	if s.front {
		s.try(0)
	}
}

func (s *modelSection) act() {
	texts := s.m.Edited()
	s.c.Act("settings.models", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return s.c.Desk.SaveModels(ctx, texts...)
	}, func() string {
		s.reset()
		return s.c.T("models.saved")
	})
}

// giveUp asks whether what was edited is to be lost.
func (s *modelSection) giveUp() {
	c := s.c
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("models.give_up_title"), Text: c.T("models.give_up_text", "models", s.m.EditedNames()),
		Keep: c.T("models.give_up_keep"), Act: c.T("models.give_up_act"), Danger: true,
	}, s.reset)
}

// ask asks whether the chosen text is to be as it came.
func (s *modelSection) ask() {
	c, name, lang := s.c, s.m.Name(), s.m.Lang()
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("models.original_title", "model", s.m.Title()), Text: c.T("models.original_text"),
		Keep: c.T("models.original_keep"), Act: c.T("models.original_act"),
	}, func() {
		c.Act("settings.models", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.ResetModel(ctx, name, lang)
		}, func() string {
			s.m.Forget(name, lang, c.Desk.State())
			s.show()
			s.onChanged()
			s.try(0)
			return c.T("models.original_done")
		})
	})
}
