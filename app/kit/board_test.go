package kit

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

type boardRow struct {
	number, name, left, word string
	status                   look.Status
}

func boardTable() *Table[boardRow] {
	t := NewTable(nil,
		Column[boardRow]{ID: "number", Title: "Facture", Width: 120, Text: func(r *boardRow) string { return r.number }},
		Column[boardRow]{ID: "name", Title: "Client", Width: 150, Flex: true, Text: func(r *boardRow) string { return r.name },
			Less: func(a, b *boardRow) bool { return a.name < b.name }},
		Column[boardRow]{ID: "left", Title: "Reste", Width: 104, Align: Right, Text: func(r *boardRow) string { return r.left },
			Bold: func(*boardRow) bool { return true }},
		Column[boardRow]{ID: "status", Title: "Situation", Width: 160, Chip: func(r *boardRow) (look.Status, string) { return r.status, r.word }},
	)
	t.SetRows([]boardRow{
		{"F-2026-0347", "Ligne", "2 360,00 €", "24 j de retard", look.Late},
		{"F-2026-0352", "Ligne survolée", "15,50 €", "À échoir", look.None},
		{"F-2026-0358", "Ligne choisie", "21 986,00 €", "Dans 7 jours", look.Soon},
	})
	return t
}

func board() fyne.CanvasObject {
	w := words.New(words.FR)
	head := func(s string) fyne.CanvasObject { return NewNote(s).Bold() }
	table := boardTable()
	table.cursor = 2
	amount, day := NewMoneyEntry(w, "Montant", ledger.EUR), NewDateEntry(w, "Pour le", ledger.Day(2026, 11, 24))
	amount.SetMoney(ledger.Euros(123456))
	day.SetDate(ledger.Day(2026, 11, 26))
	day.focused = true
	day.Refresh()
	wrong := NewMoneyEntry(w, "Montant promis", ledger.EUR)
	wrong.SetMoney(ledger.Euros(900000))
	wrong.SetMessage("Plus que les 6 480,00 € dus.")
	note := NewField("Commentaire", "").Placeholder("facultatif")
	progress := NewProgressCard(w, nil)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	progress.now = func() time.Time { return at }
	progress.Set(run.Sample{What: "Lecture de suivi-factures-2026.xlsx", Done: 62140, Total: 100000})
	at = at.Add(7 * time.Second)
	question := &dialogCard{content: Padded(20, Stack(18,
		Stack(8, NewSection("Supprimer cette promesse ?").Wrapped(), NewLabel("4 120,00 € de Garage Tessonnier, pour le 26 nov. Les relances reprendront dès demain. Le journal en garde la trace.").Wrapped()),
		Row(8, layout.NewSpacer(), NewButton(Secondary, look.NoIcon, "Garder", nil), NewButton(Danger, look.NoIcon, "Supprimer", nil))))}
	question.ExtendBaseWidget(question)
	toast := newToast("Promesse notée, relances suspendues.", "Annuler", func() {}, func() {})
	toast.stop()
	left := Stack(10,
		head("Boutons"),
		Row(8, NewButton(Primary, look.IconSend, "Envoyer", nil), NewButton(Secondary, look.IconSave, "Enregistrer", nil),
			NewButton(Quiet, look.NoIcon, "Annuler", nil), NewButton(Danger, look.NoIcon, "Supprimer", nil), NewButton(Secondary, look.NoIcon, "Inactif", nil).Off(true)),
		head("Situations : couleur, icône et mot"),
		NewWrapRow(NewChip(look.None, "À échoir"), NewChip(look.Soon, "Dans 7 jours"), NewChip(look.Late, "24 j de retard"), NewChip(look.VeryLate, "94 j de retard"),
			NewChip(look.Promised, "Promis pour le 27 nov."), NewChip(look.Disputed, "Contestée"), NewChip(look.Paid, "Réglée le 03/11")),
		head("Bandeaux"),
		NewBanner(look.Soon, look.NoIcon, "**3 encaissements à vérifier avant d’appeler.**", "Vérifier", nil),
		NewBanner(look.Late, look.NoIcon, "**Banque lue il y a 9 jours.** À mettre à jour.", "Importer un relevé", nil),
		NewBanner(look.VeryLate, look.NoIcon, "**La lettre n’est pas partie :** mot de passe refusé.", "Ouvrir la messagerie", nil),
		head("Tableau"),
		Fixed(560, 147, table),
		head("Champs"),
		Fixed(436, 0, Shares(12, amount, day)),
		Fixed(436, 0, Shares(12, wrong, note)),
	)
	right := Stack(10,
		head("Question"), question,
		head("Travail en cours"), progress,
		head("Écran vide"),
		NewCard(NewEmpty(look.IconBank, "Aucun relevé pour l’instant", "Déposez le fichier de votre banque : Quitus retrouve les factures payées.",
			NewButton(Primary, look.IconImport, "Importer un relevé", nil))),
		head("Retour en arrière"), Row(0, toast),
		head("Filtres"),
		NewFilterRow("late", nil, FilterOption{"all", "Tous", 42}, FilterOption{"late", "En retard", 18}, FilterOption{"prom", "Promis", 2}),
	)
	return container.NewStack(Ground(look.Ground), Inset(16, 116, 0, 116, container.New(boardLayout{}, left, right)))
}

// boardLayout puts a column of 560 left and one of 440 at 608.
type boardLayout struct{}

func (boardLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1048, 700) }
func (boardLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	bounds(o[0], 0, 0, 560, s.Height)
	bounds(o[1], 608, 0, 440, s.Height)
}

func TestBoard(t *testing.T) {
	shot.Shot(t, "board_light", shot.Setup{}, board)
	shot.Shot(t, "board_dark", shot.Setup{Appearance: look.Dark}, board)
}

type invoiceRow struct {
	number, name, date, due, amount, paid, left, word string
	status                                            look.Status
}

func invoiceTable() *Table[invoiceRow] {
	grey := func(*invoiceRow) fyne.ThemeColorName { return look.Ink2 }
	text := func(id, title string, width float32, f func(*invoiceRow) string) Column[invoiceRow] {
		return Column[invoiceRow]{ID: id, Title: title, Width: width, Text: f, Less: func(a, b *invoiceRow) bool { return f(a) < f(b) }}
	}
	number := text("number", "Facture", 104, func(r *invoiceRow) string { return r.number })
	name := text("name", "Client", 242, func(r *invoiceRow) string { return r.name })
	name.Flex = true
	date := text("date", "Date", 90, func(r *invoiceRow) string { return r.date })
	due := text("due", "Échéance", 90, func(r *invoiceRow) string { return r.due })
	amount := text("amount", "Montant", 100, func(r *invoiceRow) string { return r.amount })
	paid := text("paid", "Réglé", 88, func(r *invoiceRow) string { return r.paid })
	left := text("left", "Reste", 96, func(r *invoiceRow) string { return r.left })
	date.Ink, due.Ink, paid.Ink = grey, grey, grey
	date.Optional, amount.Optional, paid.Optional = true, true, true
	amount.Align, paid.Align, left.Align = Right, Right, Right
	left.Bold = func(r *invoiceRow) bool { return r.status != look.Paid }
	left.Ink = func(r *invoiceRow) fyne.ThemeColorName {
		if r.status == look.Paid {
			return look.Ink2
		}
		return look.Ink
	}
	status := Column[invoiceRow]{ID: "status", Title: "Situation", Width: 184, Chip: func(r *invoiceRow) (look.Status, string) { return r.status, r.word }}
	return NewTable(nil, number, name, date, due, amount, paid, left, status).Multi()
}

func invoiceRows() []invoiceRow {
	s := " "
	e := " €"
	return []invoiceRow{
		{"F-2026-0214", "Maison Orsenval", "23/07/2026", "22/08/2026", "4" + s + "678,60" + e, "0,00" + e, "4" + s + "678,60" + e, "94 j de retard", look.VeryLate},
		{"F-2026-0311", "Garage Tessonnier", "08/09/2026", "08/10/2026", "4" + s + "120,00" + e, "0,00" + e, "4" + s + "120,00" + e, "Promesse non tenue", look.VeryLate},
		{"F-2026-0319", "Transports Quillivic", "16/09/2026", "16/10/2026", "3" + s + "704,00" + e, "500,00" + e, "3" + s + "204,00" + e, "39 j de retard", look.Late},
		{"F-2026-0326", "Pépinières du Val d’Armoise", "22/09/2026", "22/10/2026", "2" + s + "946,00" + e, "0,00" + e, "2" + s + "946,00" + e, "Contestée", look.Disputed},
		{"F-2026-0331", "Commune de Saint-Orvain", "27/09/2026", "27/10/2026", "2" + s + "760,00" + e, "0,00" + e, "2" + s + "760,00" + e, "28 j de retard", look.Late},
		{"F-2026-0340", "Hôtel Belloré", "28/09/2026", "28/10/2026", "1" + s + "104,00" + e, "1" + s + "104,00" + e, "0,00" + e, "Réglée le 09/11", look.Paid},
		{"F-2026-0352", "Clinique vétérinaire Bazelot", "06/10/2026", "05/11/2026", "2" + s + "415,50" + e, "0,00" + e, "2" + s + "415,50" + e, "Promise pour le 27 nov.", look.Promised},
		{"F-2026-0358", "Société d’exploitation des Établissements Belloré et fils", "13/10/2026", "12/11/2026", "1" + s + "986,00" + e, "0,00" + e, "1" + s + "986,00" + e, "12 j de retard", look.Late},
		{"F-2026-0370", "Immobilière Corvisy", "01/11/2026", "01/12/2026", "3" + s + "950,00" + e, "0,00" + e, "3" + s + "950,00" + e, "Échéance dans 7 j", look.Soon},
	}
}

// frame is a whole window as the screens make it.
func frame(table *Table[invoiceRow]) *Stage {
	w := words.New(words.FR)
	rail := NewRail("Quitus", "Menuiserie Valdoré", nil,
		RailItem{"today", look.IconCalendar, "Aujourd’hui", "14"}, RailItem{"customers", look.IconAccount, "Clients", ""},
		RailItem{"invoices", look.IconInvoice, "Factures", ""}, RailItem{"bank", look.IconBank, "Banque", "3"},
		RailItem{"letters", look.IconLetter, "Lettres", "6"}, RailItem{"settings", look.IconSettings, "Paramètres", ""})
	rail.SetCurrent("invoices")
	rail.SetBank(look.Paid, "Banque lue au 23 nov.")
	search := NewSearch("Rechercher un client, une facture, un montant", "Ctrl+K", func(string) {})
	top := NewTopBar(search, NewButton(Secondary, look.IconImport, "Importer un fichier", nil), NewIconButton(look.IconHelp, nil))
	filters := container.NewBorder(nil, nil, nil, Fixed(232, 0, NewField("", "").Placeholder("Filtrer ces factures").Low()),
		NewFilterRow("all", nil, FilterOption{"open", "Ouvertes", 61}, FilterOption{"late", "En retard", 27}, FilterOption{"prom", "Promises", 2},
			FilterOption{"disp", "Contestées", 1}, FilterOption{"paid", "Réglées", 189}, FilterOption{"all", "Toutes", 250}))
	page := Page(NewHeading("Factures", "250 factures · 61 ouvertes, 84 316,50 €",
		NewButton(Secondary, look.IconSave, "Exporter", nil), NewButton(Secondary, look.IconAdd, "Nouvelle facture", nil)),
		[]fyne.CanvasObject{filters}, table)
	stage := NewStage(w, Frame(rail, top, page))
	search.On(stage)
	return stage
}

func invoiceFrame() fyne.CanvasObject {
	table := invoiceTable()
	bar := NewSelectionBar(NewButton(Secondary, look.IconFlag, "Noter un litige", nil).OnTint(), NewButton(Secondary, look.NoIcon, "Noter un paiement", nil).OnTint(),
		NewButton(Primary, look.IconLetter, "Écrire aux 3 clients", nil))
	bar.SetText("3 factures choisies", "3 clients · reste 6 386,20 €")
	table.WithBar(bar)
	table.SetRows(invoiceRows())
	table.Sort("due", false)
	table.Sort("number", false)
	table.TickWhere(func(r *invoiceRow) bool { return r.number == "F-2026-0331" || r.number == "F-2026-0358" })
	return frame(table)
}

// history is a board of what a customer's page, Today and the letters are made of.
func history() fyne.CanvasObject {
	w := words.New(words.FR)
	events := NewTimeline([]Event{
		{look.VeryLate, look.NoIcon, "Promesse non tenue", "4\u202f120,00\u00a0€ attendus, rien reçu", "20 nov.", true, false},
		{look.Promised, look.NoIcon, "Promesse de 4\u202f120,00\u00a0€", "pour le 20 nov., confirmée par e-mail", "13 nov.", true, false},
		{look.None, look.IconPhone, "Appel de 4 min, Mme Lepage", "«\u00a0Je fais le virement vendredi.\u00a0»", "13 nov.", false, false},
		{look.None, look.IconSend, "Relance par e-mail", "F-2026-0311 et F-2026-0347", "6 nov.", true, false},
		{look.Paid, look.NoIcon, "F-2026-0188 réglée", "1\u202f870,00\u00a0€, promesse tenue", "21 juil.", false, false},
	})
	tasks := NewLines([]Line{
		{Icon: look.IconPhone, Title: "Appeler Brasserie Lunéval", Second: "2e relance du 16 nov. restée sans réponse", Status: look.VeryLate, ChipWord: "62 j de retard", Right: "4\u202f812,60\u00a0€", Arrow: true},
		{Icon: look.IconLetter, Title: "Envoyer 6 premières relances", Second: "Échues depuis 3 à 8 jours\u202f; les lettres sont prêtes à relire", Status: look.Late, ChipWord: "3 à 8 j de retard", Right: "7\u202f266,60\u00a0€", Arrow: true},
	})
	letters := NewLines([]Line{
		{Title: "Cabinet Dervaux-Pellin", Second: "1 facture · 8 j de retard · par la poste", Right: "1\u202f640,20\u00a0€", Ticked: true, Plain: true},
		{Title: "Résidence Les Hautemares", Second: "un encaissement est peut-être le sien", Warn: look.Late, Right: "1\u202f384,40\u00a0€", Plain: true},
	}).Ticks().Choosing()
	preview := NewPreview(w, nil)
	paper := image.NewGray(image.Rect(0, 0, 210, 297))
	for i := range paper.Pix {
		paper.Pix[i] = 255
	}
	preview.SetPage(paper, 1, 2)
	ageing := NewAgeing([]AgeingRow{
		{"À échoir", "43\u202f108,20\u00a0€", 1, look.AgeSolid(0)}, {"1 à 30 jours", "21\u202f447,10\u00a0€", 0.5, look.AgeSolid(1)},
		{"31 à 60 jours", "10\u202f270,00\u00a0€", 0.24, look.AgeSolid(2)}, {"61 à 90 jours", "4\u202f812,60\u00a0€", 0.11, look.AgeSolid(3)},
		{"Plus de 90 jours", "4\u202f678,60\u00a0€", 0.01, look.AgeSolid(4)}}, "Total", "84\u202f316,50\u00a0€", func(int) {})
	left := Stack(16,
		Shares(16, NewKeyFigure("Dû par vos clients", "84\u202f316,50\u00a0€", "61 factures, 42 clients", func() {}), NewKeyFigure("En retard", "41\u202f208,30\u00a0€", "27 factures, 18 clients", nil)),
		tasks.Card(false),
		letters.Card(false),
		NewTitledCard("Notes", NewLink(look.NoIcon, "Modifier", nil), NewLabel("Portail livré en deux fois à sa demande. Passe toujours par Mme Lepage\u202f; M. Tessonnier signe les virements le jeudi.").Wrapped()),
		Shares(16, NewChoice("Pays", "FR", nil, Option{"FR", "France"}, Option{"BE", "Belgique"}), NewArea("Notes", "Deux lignes\nde texte", 3)),
		NewFilterChoice("light", nil, FilterOption{ID: "system", Word: "Système"}, FilterOption{ID: "light", Word: "Claires"}, FilterOption{ID: "dark", Word: "Sombres"}),
	)
	right := Stack(16,
		NewHeading("Garage Tessonnier", "Client depuis 2021 · 30 jours nets", NewButton(Primary, look.IconPhone, "Appeler", nil)).WithBack(func() {}).WithChip(NewChip(look.VeryLate, "Promesse non tenue")),
		Shares(16, NewTitledCard("Ancienneté de ce qui est dû", nil, ageing),
			NewTitledCard("Ce qui s’est passé", NewChoice("", "all", nil, Option{"all", "Tout"}).Flat(), events)),
		Shares(16, Fixed(0, 330, preview), NewTitledCard("Contacts", nil, Stack(8,
			Row(8, NewDot(look.IconAccount, look.Sunken, look.Ink2, 36), Stack(0, NewTitle("Mme Lepage"), NewNote("comptabilité")), layout.NewSpacer(), NewLabel("01 99 00 41 27"), NewCopyButton(""))))),
	)
	return container.NewStack(Ground(look.Ground), Inset(16, 24, 0, 24, SharesOf(24, []float32{2, 3}, left, right)))
}

func TestHistory(t *testing.T) {
	shot.Shot(t, "history_light", shot.Setup{}, history)
	shot.Shot(t, "history_dark", shot.Setup{Appearance: look.Dark}, history)
}

func TestFrame(t *testing.T) {
	shot.Shot(t, "frame_light", shot.Setup{}, invoiceFrame)
	shot.Shot(t, "frame_dark", shot.Setup{Appearance: look.Dark}, invoiceFrame)
	shot.Shot(t, "frame_small_window", shot.Setup{Width: 1024, Height: 600, Scale: look.Large}, invoiceFrame)
}
