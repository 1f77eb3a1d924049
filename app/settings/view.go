package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

type view struct {
	c       *screen.Context
	model   *Model
	section Section

	heading      *kit.Heading
	save, cancel *kit.Button
	noLogo       *kit.Button // removes the logo, where there is one
	noSignature  *kit.Button // removes the picture of the signature, where there is one
	envelope     *kit.Choice
	signature    *fyne.Container // its picture
	sections     *kit.Sections
	fields       map[string]*kit.Field
	country      *kit.Choice
	head         *fyne.Container // the letterhead as it will be
	company      fyne.CanvasObject
	safety       *safety
	mappings     *mappings
	learnt       *learnt
	scenarios    *scenarioSection
	house        *houseSection
	guides       *guideSection
	models       *modelSection
	rates        *rateSection
	noQR         *kit.FilterRow // letters without a code to scan
	privacy      *privacySection
	mail         *mailSection
	body         *fyne.Container
	object       fyne.CanvasObject
}

// New makes the screen.
func New(c *screen.Context) screen.Screen { return newView(c, mailTools(c)) }

func newView(c *screen.Context, tools MailTools) *view {
	v := &view{c: c, section: CompanySection, fields: map[string]*kit.Field{}, body: container.NewStack(), head: container.NewStack(), signature: container.NewStack()}
	v.save = kit.NewButton(kit.Primary, look.NoIcon, c.T("common.save"), func() { v.editor().act() })
	v.cancel = kit.NewButton(kit.Quiet, look.NoIcon, c.T("common.cancel"), v.giveUp)
	v.heading = kit.NewHeading(c.T("settings.title"), "", v.cancel, v.save)
	v.model = NewModel(c.Words, c.Desk.State())
	v.company = v.buildCompany()
	v.safety, v.mappings, v.learnt = newSafety(c), newMappings(c), newLearnt(c)
	v.scenarios, v.house = newScenarios(c, v.counted), newHouse(c, v.counted)
	v.guides, v.models, v.rates = newGuides(c, v.counted), newModels(c, v.counted), newRates(c)
	v.privacy = newPrivacy(c)
	v.mail = newMail(c, tools, v.counted)
	v.sections = kit.NewSections(string(CompanySection), func(id string) { v.choose(Section(id)) }, v.body, sectionList(c)...)
	v.object = kit.Page(v.heading, nil, v.sections)
	v.choose(CompanySection)
	return v
}

// sideWidth is the width of the column at the right of a section, in units before scaling.
const sideWidth float32 = 312

// sectionList names the sections from what an owner sets first to what is seldom looked at.
func sectionList(c *screen.Context) []kit.Option {
	var out []kit.Option
	for _, s := range []struct {
		section Section
		key     string
	}{
		{CompanySection, "settings.section.company"}, {MailSection, "mailaccount.section"}, {HouseSection, "house.section"},
		{ScenarioSection, "scenario.section"}, {GuideSection, "guides.section"}, {ModelSection, "models.section"},
		{RateSection, "rates.section"}, {MappingSection, "settings.section.mappings"}, {LearntSection, "learnt.section"},
		{PrivacySection, "privacy.section"}, {SafetySection, "settings.section.safety"},
	} {
		out = append(out, kit.Option{ID: string(s.section), Word: c.T(s.key)})
	}
	return out
}

// Object implements [screen.Screen].
func (v *view) Object() fyne.CanvasObject { return v.object }

// Show implements [screen.Screen]. The place may name a section as its filter.
func (v *view) Show(p screen.Place) {
	if v.part(Section(p.Filter)) != nil {
		v.sections.Choose(p.Filter)
		v.choose(Section(p.Filter))
	}
	v.Refresh()
}

// Refresh implements [screen.Screen]. What was typed and not saved stays.
func (v *view) Refresh() {
	if !v.model.Changed() {
		v.reset()
	}
	v.safety.refresh()
	v.mappings.refresh()
	v.learnt.refresh()
	v.scenarios.refresh()
	v.house.refresh()
	v.guides.refresh()
	v.models.refresh()
	v.rates.refresh()
	v.privacy.refresh()
	v.mail.refresh()
}

// editor is a section in which something is changed, then saved as a whole.
type editor interface {
	changed() bool
	wrong() int    // how much has to be corrected before saving
	words() string // that say so
	act()          // saves
	reset()        // puts back what is recorded
}

// giveUp puts back what is recorded. Texts that took long to write are asked about first.
func (v *view) giveUp() {
	if v.section == ModelSection {
		v.models.giveUp()
		return
	}
	v.editor().reset()
}

// Unsaved implements [screen.Unsaved].
func (v *view) Unsaved() bool {
	return v.model.Changed() || v.scenarios.changed() || v.house.changed() || v.guides.changed() || v.models.changed()
}

// editor gives the section that Save and Cancel are about; nil where nothing is saved.
func (v *view) editor() editor {
	switch v.section {
	case CompanySection:
		return v
	case ScenarioSection:
		return v.scenarios
	case HouseSection:
		return v.house
	case GuideSection:
		return v.guides
	case ModelSection:
		return v.models
	case MailSection:
		return v.mail
	}
	return nil
}

func (v *view) changed() bool { return v.model.Changed() }
func (v *view) wrong() int    { return v.model.Wrong() }
func (v *view) words() string { return v.c.Words.N("settings.wrong", v.model.Wrong()) }

// part is what a section shows; nil where there is no such section.
func (v *view) part(s Section) fyne.CanvasObject {
	return map[Section]fyne.CanvasObject{
		CompanySection: v.company, ScenarioSection: v.scenarios.object, HouseSection: v.house.object, GuideSection: v.guides.object,
		ModelSection: v.models.object, MailSection: v.mail.object, RateSection: v.rates.object, MappingSection: v.mappings.object,
		LearntSection: v.learnt.object, PrivacySection: v.privacy.object, SafetySection: v.safety.object,
	}[s]
}

func (v *view) choose(s Section) {
	v.section = s
	v.save.Hidden, v.cancel.Hidden = v.editor() == nil, v.editor() == nil
	if s == MailSection {
		v.mail.chosen()
	}
	v.body.Objects = []fyne.CanvasObject{v.part(s)}
	v.body.Refresh()
	v.counted()
	v.models.seen(s == ModelSection)
}

// reset puts back what is recorded.
func (v *view) reset() {
	v.model = NewModel(v.c.Words, v.c.Desk.State())
	v.country.Choose(v.model.Now.Country)
	v.envelope.Choose(letters.EnvelopeOf(v.model.Now))
	v.showQR()
	for name, f := range v.fields {
		f.SetLabel(v.model.Label(name))
		f.SetText(v.model.Text(name))
		f.SetMessage("")
	}
	v.counted()
}

// chooseCountry reads the company's numbers as those of another country.
func (v *view) chooseCountry(code string) {
	v.model.SetCountry(code)
	v.envelope.Choose(letters.EnvelopeOf(v.model.Now))
	for _, name := range []string{"siren", "vat"} {
		f := v.fields[name]
		f.SetLabel(v.model.Label(name))
		f.SetText(v.model.Text(name))
		f.Validate()
	}
	v.counted()
}

// counted brings the heading, the button and the letterhead up to date with what is typed.
func (v *view) counted() {
	facts := v.c.T("settings.facts", "file", filepath.Base(v.c.Desk.Path()))
	if e := v.editor(); e != nil {
		changed, wrong := e.changed(), e.wrong() > 0
		if wrong && changed {
			facts = e.words()
		}
		v.save.Off(!changed || wrong)
		v.cancel.Off(!changed)
	}
	v.heading.Set(v.c.T("settings.title"), facts)
	v.showHead()
}

func (v *view) act() {
	company := v.model.Merged(v.c.Desk.State().Book.Company())
	v.c.Act("settings.save", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.SaveCompany(ctx, company)
	}, func() string {
		v.reset()
		return v.c.T("settings.saved")
	})
}

// field makes a field of the company's form.
func (v *view) field(name string, make func(label, text string) *kit.Field) *kit.Field {
	f := make(v.model.Label(name), v.model.Text(name))
	f.OnChanged = func(s string) {
		v.model.Set(name, s)
		v.counted()
	}
	f.Check = func(string) string { return v.model.Check(name) }
	f.Doubt = func(string) string { return v.model.Doubt(name) }
	f.Tidy = func(string) string { return v.model.Text(name) }
	v.fields[name] = f
	return f
}

func (v *view) line(name string) *kit.Field { return v.field(name, kit.NewField) }

// buildCompany builds the form at the left, and letterhead and appearance at the right.
func (v *view) buildCompany() fyne.CanvasObject {
	c, gap := v.c, look.Gap4
	address := v.field("address", func(label, text string) *kit.Field { return kit.NewArea(label, text, 2) })
	v.country = kit.NewChoice(c.T("common.country"), v.model.Now.Country, v.chooseCountry, countries(c)...)
	form := kit.Stack(look.Gap4,
		kit.NewSection(c.T("settings.company")),
		v.line("name"), address,
		kit.Shares(gap, v.line("postcode"), v.line("town")),
		kit.Shares(gap, v.country, v.line("legal_form")),
		kit.Shares(gap, v.line("siren"), v.line("vat")),
		kit.Shares(gap, v.line("register_town"), v.line("capital")),
		kit.Shares(gap, v.line("phone"), v.line("email")),
		kit.NewSection(c.T("settings.bank")),
		v.line("iban"),
		kit.Shares(gap, v.line("bic"), v.line("account_holder")),
		kit.NewSection(c.T("settings.signs")),
		kit.Shares(gap, v.line("signatory"), v.line("role")),
	)
	v.fields["siren"].OnLeft = func() { v.fields["vat"].Validate() } // the one may be another company's than the other
	return kit.NewScrollingColumns(kit.NewCard(kit.Padded(4, form)), kit.Stack(look.Gap4, v.letterhead(), v.appearance()), sideWidth, kit.SectionBody)
}

func countries(c *screen.Context) []kit.Option {
	var out []kit.Option
	for _, code := range []string{"FR", "BE", "LU", "CH", "MC"} {
		out = append(out, kit.Option{ID: code, Word: c.Words.Country(code)})
	}
	return out
}

// appearance is language, colours and size; they count at once and for all ledgers.
func (v *view) appearance() fyne.CanvasObject {
	c := v.c
	set := func(change func(p *desk.Prefs, id string)) func(string) {
		return func(id string) {
			if err := c.Prefs.Update(func(p *desk.Prefs) { change(p, id) }); err != nil {
				c.Error(err)
			}
			c.Redraw()
		}
	}
	group := func(title, chosen string, change func(p *desk.Prefs, id string), ids ...string) fyne.CanvasObject {
		var options []kit.FilterOption
		for _, id := range ids {
			options = append(options, kit.FilterOption{ID: id, Word: c.T("settings." + title + "." + id), Count: -1})
		}
		return kit.Stack(look.Gap2, kit.NewTitle(c.T("settings."+title)), kit.NewFilterChoice(chosen, set(change), options...))
	}
	or := func(s, usual string) string {
		if s == "" {
			return usual
		}
		return s
	}
	return kit.NewCard(kit.Stack(look.Gap4,
		group("language", string(c.Words.Lang()), func(p *desk.Prefs, id string) { p.Language = id }, "fr", "en"),
		group("theme", or(c.Prefs.Theme, "light"), func(p *desk.Prefs, id string) { p.Theme = id }, "system", "light", "dark"),
		group("size", or(c.Prefs.Size, "normal"), func(p *desk.Prefs, id string) { p.Size = id }, "small", "normal", "large"),
	))
}
