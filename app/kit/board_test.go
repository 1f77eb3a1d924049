package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"quitus/app/look"
	"quitus/app/shot"
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
	head := func(s string) fyne.CanvasObject { return NewNote(s).Bold() }
	table := boardTable()
	table.cursor = 2
	amount, day := NewField("Montant", "1 234,56 €"), NewField("Pour le", "jeu. 26/11/2026")
	day.focused = true
	wrong := NewField("Montant promis", "9 000,00 €")
	wrong.SetMessage("Plus que les 6 480,00 € dus.")
	note := NewField("Commentaire", "").Placeholder("facultatif")
	left := Stack(12,
		head("Boutons"),
		Row(8, NewButton(Primary, look.IconSend, "Envoyer", nil), NewButton(Secondary, look.IconSave, "Enregistrer", nil),
			NewButton(Quiet, look.NoIcon, "Annuler", nil), NewButton(Danger, look.NoIcon, "Supprimer", nil), NewButton(Secondary, look.NoIcon, "Inactif", nil).Off(true)),
		head("Situations : couleur, icône et mot"),
		Row(8, NewChip(look.None, "À échoir"), NewChip(look.Soon, "Dans 7 jours"), NewChip(look.Late, "24 j de retard"), NewChip(look.VeryLate, "94 j de retard")),
		Row(8, NewChip(look.Promised, "Promis pour le 27 nov."), NewChip(look.Disputed, "Contestée"), NewChip(look.Paid, "Réglée le 03/11")),
		head("Tableau"),
		Fixed(560, 146, table),
		head("Champs"),
		Fixed(436, 0, Shares(12, amount, day)),
		Fixed(436, 0, Shares(12, wrong, note)),
	)
	right := Stack(12,
		head("Filtres"),
		NewFilterRow("late", nil, FilterOption{"all", "Tous", 42}, FilterOption{"late", "En retard", 18}, FilterOption{"prom", "Promis", 2}),
		NewFilterChoice("light", nil, FilterOption{ID: "system", Word: "Système"}, FilterOption{ID: "light", Word: "Claires"}),
		NewHeading("Garage Tessonnier", "Client depuis 2021 · 30 jours nets", NewButton(Primary, look.IconPhone, "Appeler", nil)).WithBack(func() {}).WithChip(NewChip(look.VeryLate, "Promesse non tenue")),
		Shares(16, NewKeyFigure("Dû", "7 630,00 €", "3 factures", nil), NewKeyFigure("En retard", "6 480,00 €", "2 factures", nil)),
		NewTitledCard("Notes", NewButton(Quiet, look.NoIcon, "Modifier", nil), NewLabel("Portail livré en **deux fois** à sa demande. Passe toujours par Mme Lepage ; M. Tessonnier signe les virements le jeudi.").Wrapped()),
	)
	return container.NewStack(Ground(look.Ground), Inset(20, 116, 0, 116, container.New(layout.NewGridLayoutWithColumns(2), Inset(0, 24, 0, 0, left), Inset(0, 0, 0, 24, right))))
}

func TestBoard(t *testing.T) {
	shot.Shot(t, "board_light", shot.Setup{}, board)
	shot.Shot(t, "board_dark", shot.Setup{Appearance: look.Dark}, board)
}
