package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
)

// mappings is the section of how the columns of files are read: what was remembered, to rename, to forget, to share
// and to take over from another company.
type mappings struct {
	c      *screen.Context
	table  *kit.Table[Mapping]
	fields *kit.Label // of the chosen one
	rename *kit.Button
	share  *kit.Button
	forget *kit.Button
	object fyne.CanvasObject
}

func newMappings(c *screen.Context) *mappings {
	s := &mappings{c: c, fields: kit.NewLabel("").Wrapped()}
	s.table = kit.NewTable(c.Run,
		kit.Column[Mapping]{ID: "name", Title: c.T("settings.mappings.name"), Width: 240, Flex: true, Text: func(m *Mapping) string { return m.Name }},
		kit.Column[Mapping]{ID: "taken", Title: c.T("settings.mappings.columns"), Width: 160, Text: func(m *Mapping) string { return m.Taken }})
	s.table.WithEmpty(kit.NewEmpty(look.IconImport, c.T("settings.mappings.none"), c.T("settings.mappings.none_text"), nil))
	s.table.OnSelect = func(*Mapping) { s.chosen() }
	s.table.OnOpen = func(*Mapping) { s.askName() }
	take := kit.NewButton(kit.Secondary, look.IconOpen, c.T("settings.mappings.take"), s.take)
	top := kit.Stack(look.Gap2, kit.Inset(look.Gap1, 0, 0, 0, kit.NewSection(c.T("settings.mappings"))), kit.Row(0, take))
	left := container.NewBorder(kit.Inset(0, 0, look.Gap2, 0, top), nil, nil, nil, s.table)
	s.rename = kit.NewButton(kit.Secondary, look.IconEdit, c.T("settings.mappings.rename"), s.askName)
	s.share = kit.NewButton(kit.Secondary, look.IconSave, c.T("settings.mappings.share"), s.save)
	s.forget = kit.NewButton(kit.Secondary, look.NoIcon, c.T("settings.mappings.forget"), s.ask)
	card := kit.NewTitledCard(c.T("settings.mappings.chosen"), nil, kit.Stack(look.Gap3, s.fields,
		kit.Row(0, s.rename), kit.Row(0, s.share), kit.Row(0, s.forget)))
	about := kit.NewTitledCard(c.T("settings.mappings.about"), nil, kit.NewNote(c.T("settings.mappings.about_text")).Wrapped())
	s.object = kit.NewColumns(left, kit.NewScroll(kit.Stack(look.Gap4, card, about)), sideWidth, kit.SectionBody)
	return s
}

func (s *mappings) refresh() {
	s.table.SetRows(Mappings(s.c.Words, s.c.Desk.Mappings()))
	s.chosen()
}

// chosen tells what the chosen mapping takes.
func (s *mappings) chosen() {
	m := s.table.Selected()
	text := s.c.T("settings.mappings.choose")
	if m != nil {
		text = m.Fields
	}
	s.fields.SetText(text)
	for _, b := range []*kit.Button{s.rename, s.share, s.forget} {
		b.Off(m == nil)
	}
}

func (s *mappings) askName() {
	m := s.table.Selected()
	if m == nil {
		return
	}
	c := s.c
	field := kit.NewField(c.T("settings.mappings.name"), m.Name)
	field.Check = func(text string) string {
		other := c.Desk.MappingNamed(strings.TrimSpace(text))
		switch {
		case strings.TrimSpace(text) == "":
			return c.Words.Error(ledger.Errorf("field_required"))
		case other != nil && other.ID != m.ID:
			return c.Words.Error(ledger.Errorf("mapping_name_taken", "mapping", other.Name))
		}
		return ""
	}
	form := kit.NewForm(c.Canvas(), c.Words, c.T("settings.mappings.rename"), c.T("common.save"), field)
	form.OnAct = func() {
		form.Close()
		c.Act("settings.mapping", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.RenameMapping(ctx, m.ID, field.Text())
		}, func() string { return c.T("settings.mappings.renamed") })
	}
	form.Show()
}

func (s *mappings) ask() {
	m := s.table.Selected()
	if m == nil {
		return
	}
	c := s.c
	kit.Ask(c.Canvas(), kit.Question{
		Title: c.T("settings.mappings.forget_title", "name", m.Name), Text: c.T("settings.mappings.forget_text"),
		Keep: c.T("settings.undo.keep"), Act: c.T("settings.mappings.forget_act"),
	}, func() {
		c.Act("settings.mapping", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
			return c.Desk.DeleteMapping(ctx, m.ID)
		}, func() string { return c.T("settings.mappings.forgotten") })
	})
}

// save writes the chosen mapping to a file to share.
func (s *mappings) save() {
	m := s.table.Selected()
	if m == nil {
		return
	}
	c := s.c
	c.SaveFile(c.T("settings.mappings.share"), m.Name+".json", func(path string) {
		c.Act("settings.mapping", func(context.Context, *run.Progress) (ledger.Entry, error) {
			return ledger.Entry{}, c.Desk.ShareMapping(path, m.Mapping)
		}, func() string { return c.T("settings.mappings.shared") })
	})
}

// take takes over the mapping of a shared file, or those of another company's ledger.
func (s *mappings) take() {
	c := s.c
	c.OpenFile(c.T("settings.mappings.take"), []string{".json", ".quitus"}, func(path string) {
		n := 0
		c.Act("settings.mapping", func(ctx context.Context, _ *run.Progress) (e ledger.Entry, err error) {
			e, n, err = c.Desk.TakeMappings(ctx, path)
			return e, err
		}, func() string {
			if n == 0 {
				return c.T("settings.mappings.taken_none")
			}
			return c.Words.N("settings.mappings.taken", n)
		})
	})
}
