package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/ledger"
)

// mailForm are the fields of a mailbox, in three parts: the address and its servers, how one logs in, and all the rest.
type mailForm struct {
	s *mailSection

	fields  map[string]*kit.Field
	choices map[string]*kit.Choice
	secret  *kit.Field
	auth    *kit.Choice    // all ways to log in
	offered *kit.FilterRow // those that there are here, where they are several
	which   *kit.Choice
	online  *kit.FilterRow
	sure    *kit.FilterRow

	asking       *fyne.Container // what is asked before servers are known
	find, byHand *kit.Button
	findRow      *fyne.Container
	finding      *fyne.Container
	unsure       bool            // say that the servers are to be confirmed first
	found        *fyne.Container // the servers found
	said         *kit.Label
	where        *kit.Label

	logIn     *kit.Button
	loggingIn *fyne.Container
	atPage    *kit.Label
	token     *kit.Label // what is to be said of a login at a provider

	more, pick, drop *kit.Button
	client, trust    *fyne.Container
	trusted          *kit.Label
	all              *fyne.Container

	top, login, advanced *fyne.Container
}

func newMailForm(s *mailSection) *mailForm {
	f := &mailForm{s: s, fields: map[string]*kit.Field{}, choices: map[string]*kit.Choice{}}
	for _, name := range mailFields {
		f.field(name)
	}
	f.buildTop()
	f.buildLogin()
	f.buildAdvanced()
	return f
}

// field makes the field of a name, or its choice.
func (f *mailForm) field(name string) {
	c, label := f.s.c, f.s.c.T("mailaccount.field."+name)
	set := func(text string) {
		if f.s.m.Text(name) != text {
			f.s.m.Set(name, text)
			f.s.show()
		}
	}
	if name == "imap.security" || name == "smtp.security" {
		f.choices[name] = kit.NewChoice(label, "", set, kit.Option{ID: string(ledger.MailTLS), Word: c.T("mailaccount.security.tls")},
			kit.Option{ID: string(ledger.MailStartTLS), Word: c.T("mailaccount.security.starttls")})
		return
	}
	e := kit.NewField(label, "")
	e.OnChanged = set
	e.Check = func(string) string { return f.s.m.Check(name) }
	f.fields[name] = e
}

// buildTop makes the address, and what leads from it to servers.
func (f *mailForm) buildTop() {
	s, c := f.s, f.s.c
	f.fields["address"].OnSubmitted(func(string) { s.find() })
	f.online = kit.NewFilterTicks(func(string) { s.m.Online = !s.m.Online; s.show() }, kit.FilterOption{ID: "online", Word: c.T("mailaccount.online")})
	f.sure = kit.NewFilterTicks(func(string) {
		s.m.Sure, f.unsure = !s.m.Sure, false
		s.show()
	}, kit.FilterOption{ID: "sure", Word: c.T("mailaccount.confirmed")})
	f.which = kit.NewChoice(c.T("mailaccount.which"), "", func(id string) {
		i, _ := strconv.Atoi(id)
		s.m.Pick(i)
		s.fill()
	})
	f.find = kit.NewButton(kit.Secondary, look.IconSearch, c.T("mailaccount.find"), s.find)
	f.byHand = kit.NewButton(kit.Quiet, look.NoIcon, c.T("mailaccount.by_hand"), func() {
		s.m.ByHand()
		s.fill()
		f.fields["imap.host"].Focus()
	})
	f.finding = s.running("find", kit.NewLabel(c.T("mailaccount.finding")))
	f.said = kit.NewLabel("").Ink(look.Late.Text()).Wrapped()
	f.found = kit.Stack(look.Gap2)
	f.asking = kit.Stack(look.Gap1, kit.Row(0, f.online, layout.NewSpacer()), kit.NewNote(c.T("mailaccount.online_text")).Wrapped())
	f.findRow = kit.Row(look.Gap2, f.find, f.byHand, layout.NewSpacer())
	f.top = kit.Stack(look.Gap3, f.fields["address"], f.asking, f.findRow, f.finding, f.said, f.found)
}

// buildLogin makes the field of the password, and the way to a provider's page.
func (f *mailForm) buildLogin() {
	s, c := f.s, f.s.c
	f.offered = kit.NewFilterChoice("", f.chooseAuth)
	f.secret = kit.NewField(" ", "").Secret()
	f.secret.OnSubmitted(func(string) { s.tryOut() })
	f.secret.Check = func(string) string { return s.m.Check("secret") }
	f.secret.OnChanged = func(text string) {
		s.m.SetSecret(text)
		s.show()
	}
	f.where = kit.NewNote("").Wrapped()
	f.logIn = kit.NewButton(kit.Secondary, look.NoIcon, "", s.logIn)
	f.atPage = kit.NewLabel("")
	f.loggingIn = s.running("login", f.atPage)
	f.token = kit.NewLabel("").Wrapped()
	f.trusted = kit.NewNote("").Wrapped()
	f.pick = kit.NewButton(kit.Secondary, look.IconOpen, c.T("mailaccount.trust.pick"), s.trust)
	f.drop = kit.NewButton(kit.Quiet, look.NoIcon, c.T("mailaccount.trust.drop"), func() { s.m.DropTrust(); s.show() })
	f.trust = kit.Stack(look.Gap2, f.trusted, kit.Row(look.Gap2, f.pick, f.drop, layout.NewSpacer()))
	f.login = kit.Stack(look.Gap2, f.offered, f.secret, kit.Row(0, f.logIn, layout.NewSpacer()), f.loggingIn, f.token, f.where, f.trust)
}

func (f *mailForm) chooseAuth(id string) {
	f.s.m.SetAuth(ledger.MailAuth(id))
	f.s.fill()
}

// buildAdvanced makes all that the search finds by itself, and what few owners need.
func (f *mailForm) buildAdvanced() {
	s, c, gap := f.s, f.s.c, look.Gap3
	f.fields["name"].Placeholder(c.Desk.State().Book.Company().Name)
	f.fields["per_minute"].Placeholder(c.T("mailaccount.usual"))
	var auths []kit.Option
	for _, a := range []ledger.MailAuth{ledger.AuthPassword, ledger.AuthGoogle, ledger.AuthMicrosoft} {
		auths = append(auths, kit.Option{ID: string(a), Word: c.T("mailaccount.auth." + string(a))})
	}
	f.auth = kit.NewChoice(c.T("mailaccount.auth"), "", f.chooseAuth, auths...)
	f.client = kit.Stack(look.Gap1, f.fields["client"], kit.NewNote(c.T("mailaccount.client_text")).Wrapped())
	server := func(side string) fyne.CanvasObject {
		return kit.Stack(gap, f.fields[side+".host"], kit.Shares(gap, f.fields[side+".port"], f.choices[side+".security"]))
	}
	f.all = kit.Stack(gap, kit.Shares(gap, f.fields["name"], f.fields["user"]), server("imap"), server("smtp"),
		kit.Shares(gap, f.auth, f.fields["per_minute"]), f.client)
	f.more = kit.NewLink(look.IconDown, "", func() { s.m.Advanced = !s.m.Advanced; s.show() })
	f.advanced = kit.Stack(gap, kit.Row(0, f.more, layout.NewSpacer()), f.all)
}

// fill writes the texts of the fields.
func (f *mailForm) fill() {
	m := f.s.m
	f.unsure = false
	for name, e := range f.fields {
		e.SetText(m.Text(name))
	}
	for name, choice := range f.choices {
		choice.Choose(m.Text(name))
		choice.SetMessage("")
	}
	f.auth.Choose(string(m.Auth()))
	f.secret.SetText(m.Typed())
	if ticked := len(f.online.Ticked()) > 0; ticked != m.Online {
		f.online.Choose("online")
	}
	if ticked := len(f.sure.Ticked()) > 0; ticked != m.Sure {
		f.sure.Choose("sure")
	}
}

// complain says at each field what is wrong with it, and goes to the first. Fields that are folded away are shown.
func (f *mailForm) complain() {
	m := f.s.m
	wrong := m.Problems()
	for name := range wrong {
		if name != "address" && name != "secret" && name != "sure" {
			m.Advanced = true
		}
	}
	f.unsure = wrong["sure"] != ""
	f.s.show()
	if f.unsure {
		kit.Reveal(f.found)
	}
	var first func()
	found := func(text string, focus func()) {
		if text != "" && first == nil {
			first = focus
		}
	}
	if m.Auth() == ledger.AuthPassword {
		f.secret.SetMessage(wrong["secret"])
		found(wrong["secret"], f.secret.Focus)
	} else if wrong["secret"] != "" && wrong["client"] == "" {
		f.token.SetText(wrong["secret"])
		f.token.SetInk(look.Danger)
		found(wrong["secret"], func() { f.s.c.Canvas().Focus(f.logIn) })
	}
	for _, name := range mailFields {
		if choice := f.choices[name]; choice != nil {
			choice.SetMessage(wrong[name])
			found(wrong[name], choice.Focus)
		} else {
			f.fields[name].SetMessage(wrong[name])
			found(wrong[name], f.fields[name].Focus)
		}
	}
	if first != nil {
		first()
	}
}

// show shows and hides the parts, and brings their sentences up to date.
func (f *mailForm) show() {
	s, m := f.s, f.s.m
	fresh := m.Recorded() == nil
	f.top.Hidden = !fresh && !m.Editing
	f.login.Hidden = !m.Ready() || !fresh && !m.Editing && !m.Changing
	f.advanced.Hidden = !m.Ready() || !fresh && !m.Editing
	f.asking.Hidden = m.Found() && !m.Doubtful()
	f.findRow.Hidden = m.Found() && !m.Doubtful() // another address brings it back
	f.find.Off(s.doing != "")
	f.byHand.Hidden = m.Ready()
	f.finding.Hidden = s.doing != "find"
	f.said.SetText(m.Said)
	f.said.Hidden = m.Said == ""
	f.showFound()
	f.showLogin()
	f.showAdvanced()
	for _, o := range []*fyne.Container{f.top, f.login, f.advanced} {
		o.Refresh()
	}
}

// showFound tells of the servers that were found.
func (f *mailForm) showFound() {
	s, m := f.s, f.s.m
	if !m.Found() {
		set(f.found)
		return
	}
	objects := []fyne.CanvasObject{kit.NewTitle(m.FoundTitle()), kit.NewNote(m.Source()).Wrapped()}
	if list := m.Proposals(); len(list) > 1 {
		var options []kit.Option
		for i, host := range list {
			options = append(options, kit.Option{ID: strconv.Itoa(i), Word: host})
		}
		f.which.SetOptions(strconv.Itoa(m.Picked()), options...)
		objects = append(objects, f.which)
	}
	for _, line := range m.Servers() {
		objects = append(objects, kit.NewLabel(line).Wrapped())
	}
	if m.Doubtful() {
		objects = append(objects, told(look.IconLate, look.Late.Text(), s.c.T("mailaccount.confirm")), kit.Row(0, f.sure, layout.NewSpacer()))
		if f.unsure {
			objects = append(objects, kit.NewNote(m.Check("sure")).Ink(look.Danger).Wrapped())
		}
	}
	set(f.found, kit.NewCard(kit.Stack(look.Gap2, objects...)).Sunken())
}

// showLogin shows the password's field, or the way to the provider's page.
func (f *mailForm) showLogin() {
	s, m := f.s, f.s.m
	var offered []kit.FilterOption
	for _, a := range m.Auths() {
		offered = append(offered, kit.FilterOption{ID: string(a), Word: s.c.T("mailaccount.auth." + string(a)), Count: -1})
	}
	f.offered.SetOptions(offered...)
	f.offered.Choose(string(m.Auth()))
	f.offered.Hidden = len(offered) < 2
	password := m.Auth() == ledger.AuthPassword
	f.secret.Hidden = !password
	f.secret.SetLabel(m.SecretLabel())
	if m.NeedsSecret() {
		f.secret.Placeholder("")
	} else {
		f.secret.Placeholder(s.c.T("mailaccount.secret.unchanged"))
	}
	f.logIn.SetText(s.c.T("mailaccount.login", "name", m.AuthName()))
	f.logIn.Hidden = password
	f.logIn.Off(m.NoClient() != "" || s.doing != "")
	f.atPage.SetText(s.c.T("mailaccount.logging_in", "name", m.AuthName()))
	f.loggingIn.Hidden = s.doing != "login"
	text, wrong := m.LoginWords()
	f.token.SetText(text)
	f.token.SetInk(look.Ink)
	if wrong {
		f.token.SetInk(look.Late.Text())
	}
	f.token.Hidden = password || s.doing == "login"
	f.trust.Hidden = !m.Local()
	f.drop.Hidden = !m.Trusted()
	f.trusted.SetText(s.c.T("mailaccount.trust.text"))
	if m.Trusted() {
		f.trusted.SetText(s.c.T("mailaccount.trust.chosen", "host", m.Text("smtp.host")))
	}
	f.where.SetText(m.Where())
	f.where.Hidden = m.Where() == "" || m.NoClient() != ""
}

func (f *mailForm) showAdvanced() {
	s, m := f.s, f.s.m
	f.all.Hidden = !m.Advanced
	f.more.SetIcon(look.IconDown)
	f.more.SetText(s.c.T("mailaccount.advanced"))
	if m.Advanced {
		f.more.SetIcon(look.IconUp)
		f.more.SetText(s.c.T("mailaccount.advanced_hide"))
	}
	f.client.Hidden = m.Auth() == ledger.AuthPassword
}
