package customers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/screen"
	"quitus/app/screentest"
	"quitus/app/shot"
	"quitus/assets/words"
	"quitus/ledger"
)

// frame puts a screen where the window shows it: right of the rail and below the top bar.
func frame(s screen.Screen) fyne.CanvasObject {
	rail := container.New(place{}, kit.Ground(look.RailGround), kit.Ground(look.Surface), s.Object())
	return container.NewStack(kit.Ground(look.Ground), rail)
}

type place struct{}

func (place) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }
func (place) Layout(o []fyne.CanvasObject, s fyne.Size) {
	rail, bar := look.Px(look.RailWidth), look.Px(look.TopBarHeight)
	put(o[0], 0, 0, rail, s.Height)
	put(o[1], rail, 0, s.Width-rail, bar)
	put(o[2], rail, bar, s.Width-rail, s.Height-bar)
}

// openList shows the list of customers.
func openList(t *testing.T, b *screentest.Bench, s shot.Setup) *shot.Screen {
	t.Helper()
	var v screen.Screen
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = New(b.Context)
		return frame(v)
	})
	v.Show(screen.Place{Screen: screen.Customers})
	w.Settle()
	return w
}

// openPage shows the page of the customer with a code.
func openPage(t *testing.T, b *screentest.Bench, s shot.Setup, name string) (*shot.Screen, screen.Screen) {
	t.Helper()
	ids := b.Desk.State().Book.CustomersByName(name)
	if len(ids) != 1 {
		t.Fatalf("the sample has %d customers named %s", len(ids), name)
	}
	var v screen.Screen
	w := shot.Open(t, s, func() fyne.CanvasObject {
		v = NewPage(b.Context)
		return frame(v)
	})
	v.Show(screen.Place{Screen: screen.Customer, Customer: ids[0]})
	w.Settle()
	return w, v
}

func TestListLooks(t *testing.T) {
	openList(t, screentest.New(t, words.FR), shot.Setup{}).Golden("list_fr")
	openList(t, screentest.New(t, words.EN), shot.Setup{Width: 1024, Height: 600}).Golden("list_en_small")
	openList(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}).Golden("list_dark")
	openList(t, screentest.Empty(t, words.FR), shot.Setup{}).Golden("list_empty")
	openList(t, screentest.Huge(t, words.FR, 100_000), shot.Setup{}).Golden("list_huge")
}

func TestPageLooks(t *testing.T) {
	w, _ := openPage(t, screentest.New(t, words.FR), shot.Setup{}, "Garage Tessonnier")
	w.Golden("page_fr")
	w.Tap("Toutes")
	w.Golden("page_all_fr")
	w, _ = openPage(t, screentest.New(t, words.EN), shot.Setup{Width: 1024, Height: 600}, "Garage Tessonnier")
	w.Golden("page_en_small")
	w, _ = openPage(t, screentest.New(t, words.FR), shot.Setup{Appearance: look.Dark}, "Commune de Saint-Orvain")
	w.Golden("page_dark")
	b := screentest.Empty(t, words.EN)
	if _, _, err := b.Desk.SaveCustomer(t.Context(), ledger.Customer{Name: "New One", Type: ledger.CompanyCustomer, Country: "FR"}); err != nil {
		t.Fatal(err)
	}
	w, _ = openPage(t, b, shot.Setup{}, "New One")
	w.Golden("page_empty_en")
}

// followedUp adds to the sample what follow-up keeps of the Garage Tessonnier.
func followedUp(t *testing.T, lang words.Lang) *screentest.Bench {
	t.Helper()
	b := screentest.New(t, lang)
	id := b.Desk.State().Book.CustomersByName("Garage Tessonnier")[0]
	_, err := b.Desk.Fill(t.Context(), func(d *ledger.Draft) error {
		day := screentest.Day
		d.Put(&ledger.Call{Customer: id, On: day.Add(-11), At: "10:40", Seconds: 250, Reach: ledger.Reached, With: "Mme Lepage",
			Reason: ledger.DelayForgot, Outcomes: []ledger.Outcome{ledger.OutcomePromise}})
		d.Put(&ledger.Call{Customer: id, On: day.Add(-12), Reach: ledger.Voicemail})
		d.Put(&ledger.Call{Customer: id, On: day.Add(-50), Incoming: true, Reason: ledger.DelayNotReceived})
		d.Put(&ledger.Call{Customer: id, On: day.Add(-40), Seconds: 100, Incoming: true, Reason: ledger.DelayNotReceived})
		d.Put(&ledger.Message{Customer: id, On: day.Add(-18), State: ledger.MessageSent, Sent: day.Add(-18), Model: "second_reminder", Subject: "F-2026-0311", Amount: ledger.Euros(412000)})
		d.Put(&ledger.Message{Customer: id, On: day, State: ledger.MessageWaiting, Subject: "Notre appel"})
		d.Put(&ledger.Plan{Customer: id, Made: day.Add(-300), Currency: ledger.EUR, End: ledger.PlanTaken, Ended: day.Add(-290),
			Instalments: []ledger.Instalment{{Due: day.Add(-280), Amount: 50000}, {Due: day.Add(-250), Amount: 50000}}})
		d.Put(&ledger.Action{Customer: id, On: day.Add(-2), Step: "visit", Channel: ledger.ChannelVisit, Why: "en passant"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// All of the page at once: habits, turnover, files, and events of all channels.
func TestPageOfFollowUp(t *testing.T) {
	w, _ := openPage(t, followedUp(t, words.FR), shot.Setup{Height: 990, Width: 1280}, "Garage Tessonnier")
	w.Has("facture non reçue", "4 par 3 moyens", "Facturé en 12 mois", "1re relance", "Appel de 4 min, Mme Lepage", "Répondeur", "Promesse · Oubli",
		"2e relance par e-mail", "E-mail, pas encore parti", "en passant")
	w.Golden("page_follow_up_fr")
	w, v := openPage(t, followedUp(t, words.EN), shot.Setup{Height: 990, Width: 1280, Appearance: look.Dark}, "Garage Tessonnier")
	w.Golden("page_follow_up_dark_en")
	k := v.(*pageView).events
	k.kind.Choose(eventsCalls)
	k.narrow()
	if len(k.shown) != 4 {
		t.Errorf("calls: %+v", k.shown)
	}
}

// A file can be attached from the card, and opens from it; the month pointed at is told below the bars.
func TestPageFilesAndTurnover(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, v := openPage(t, b, shot.Setup{Height: 990, Width: 1280}, "Garage Tessonnier")
	b.Chosen = filepath.Join(t.TempDir(), "bon.pdf")
	if err := os.WriteFile(b.Chosen, []byte("signé"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Tap("Joindre un fichier…")
	if m := v.(*pageView).m; len(m.Files) != 2 || m.Files[0].Title != "bon.pdf" || len(b.Errors) > 0 {
		t.Fatalf("files %+v, errors %v", m.Files, b.Errors)
	}
	w.Tap("Ouvrir")
	if len(b.Viewed) != 1 || b.Viewed[0] != "bon.pdf" {
		t.Errorf("opened %q", b.Viewed)
	}
	m := v.(*pageView).m.Turnover
	w.HasNot(m.Months[11].Words)
	bars := v.(*pageView).turnover.bars.Objects[0].(*kit.Bars)
	w.Canvas.Focus(bars)
	w.Key(fyne.KeyEnd)
	w.Has(m.Months[11].Words)
}

// Typing narrows the list and its sums; Escape shows all again.
func TestListSearches(t *testing.T) {
	b := screentest.New(t, words.FR)
	var v screen.Screen
	w := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject { v = New(b.Context); return frame(v) })
	v.Show(screen.Place{Screen: screen.Customers})
	v.(*listView).search.Focus()
	w.Type("orsen")
	w.Has("Maison Orsenval", "1 client", "4\u202f678,60\u00a0€")
	w.HasNot("Garage Tessonnier")
	w.Type("zzz")
	w.Has("Aucun client ne répond à ce choix")
	w.Golden("list_none_found")
	w.Tap("Afficher tous les clients")
	w.Has("Garage Tessonnier", "42 clients")
}

func TestListLeadsOn(t *testing.T) {
	b := screentest.New(t, words.FR)
	w := openList(t, b, shot.Setup{})
	w.Key(fyne.KeyDown, fyne.KeyReturn)
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Customer {
		t.Fatalf("Enter led to %+v", b.Went)
	}
	w.Tap("Écrire")
	second := b.Went[0].Customer
	if last := b.Went[len(b.Went)-1]; last.Screen != screen.Letters || len(last.Customers) != 1 || last.Customers[0] != second {
		t.Errorf("Écrire led to %+v", last)
	}
	w.Tap("Promis")
	w.Has("2 clients")
	w.Tap("Nouveau client")
	w.Type("Serrurerie Pradel")
	w.Key(fyne.KeyReturn)
	made := b.Desk.State().Book.CustomersByName("Serrurerie Pradel")
	if last := b.Went[len(b.Went)-1]; len(made) != 1 || last.Customer != made[0] {
		t.Errorf("the new customer's page is not shown: %+v, errors %v", last, b.Errors)
	}
}

// The widths that the owner chose are there the next time.
func TestListKeepsWidths(t *testing.T) {
	b := screentest.New(t, words.FR)
	b.KeepWidth("customers", "name", 300)
	b.KeepWidth("customers", "owed", 150)
	if got := b.Prefs.Widths["customers"]; got["name"] != 300 || got["owed"] != 150 {
		t.Errorf("kept %v", b.Prefs.Widths)
	}
}

func TestEmptyListLeadsToImport(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	w := openList(t, b, shot.Setup{})
	w.HasNot("Écrire")
	w.Tap("Importer un fichier")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Import {
		t.Errorf("led to %+v", b.Went)
	}
}

func TestListTakesFilterOfPlace(t *testing.T) {
	b := screentest.New(t, words.FR)
	var v screen.Screen
	w := shot.Open(t, shot.Setup{}, func() fyne.CanvasObject { v = New(b.Context); return frame(v) })
	v.Show(screen.Place{Screen: screen.Customers, Filter: filterDisputed})
	w.Settle()
	w.Has("Contesté\u00a0: livraison", "2 clients")
	w.HasNot("Garage Tessonnier")
}

// A file dropped on an invoice is kept with it, one dropped elsewhere with the customer.
func TestPageKeepsDroppedFiles(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, v := openPage(t, b, shot.Setup{}, "Garage Tessonnier")
	file := filepath.Join(t.TempDir(), "bon.pdf")
	if err := os.WriteFile(file, []byte("signé"), 0o600); err != nil {
		t.Fatal(err)
	}
	at, ok := w.Find("F-2026-0324")
	if !ok {
		t.Fatal("the invoice is not shown")
	}
	d := v.(screen.Dropper)
	if !d.Drop(at, []string{file}) || !d.Drop(fyne.NewPos(1100, 700), []string{file}) {
		t.Fatal("files were not taken")
	}
	book := b.Desk.State().Book
	var numbers []string
	for x := range book.Documents.All() {
		number := ""
		if i := book.Invoice(x.Invoice); i != nil {
			number = i.Number
		}
		numbers = append(numbers, number)
	}
	if !slices.Equal(numbers, []string{"F-2026-0324", ""}) {
		t.Errorf("kept with %q; errors %v", numbers, b.Errors)
	}
	w.Has("Document joint", "bon.pdf · F-2026-0324")
	w.Key(fyne.KeyReturn) // opens the first invoice
	if !d.Drop(at, []string{file}) {
		t.Fatal("the open invoice takes no file")
	}
	w.Has("Documents et lettres", "bon.pdf")
	if last := b.Desk.State().Book.Documents.Get(3); last == nil || b.Desk.State().Book.Invoice(last.Invoice).Number != "F-2026-0377" {
		t.Errorf("kept with %+v", last)
	}
	w.Key(fyne.KeyEscape)
	if !d.Drop(at, []string{filepath.Join(t.TempDir(), "missing.pdf")}) || ledger.CodeOf(b.Errors[len(b.Errors)-1]) != "file_unreadable" {
		t.Errorf("a missing file: %v", b.Errors)
	}
}

func TestPageContacts(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, v := openPage(t, b, shot.Setup{}, "Garage Tessonnier")
	v.(*pageView).contacts.edit(ledger.Contact{Customer: v.(*pageView).id})
	w.Has("Nouveau contact")
	w.Key(fyne.KeyReturn)
	w.Has("Ce champ est nécessaire")
	w.Type("Mme Brun")
	w.Key(fyne.KeyTab)
	w.Type("apprentie")
	w.Golden("contact_fr")
	w.Tap("Ne pas contacter")
	w.Tap("Enregistrer")
	w.Has("Mme Brun", "apprentie", "ne pas contacter")
	w.Tap("Mme Brun")
	w.Tap("Retirer ce contact")
	w.HasNot("Mme Brun")
	if len(b.Dones) != 2 || len(b.Errors) > 0 {
		t.Errorf("said %v, errors %v", b.Dones, b.Errors)
	}
}

func TestPageNotes(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	if _, _, err := b.Desk.SaveCustomer(t.Context(), ledger.Customer{Name: "Client", Type: ledger.CompanyCustomer, Country: "FR"}); err != nil {
		t.Fatal(err)
	}
	w, v := openPage(t, b, shot.Setup{}, "Client")
	v.(*pageView).notes.edit(ledger.Note{Customer: 1, On: screentest.Day})
	w.Type("Appeler après onze heures.")
	w.Golden("note_fr")
	w.Tap("Enregistrer")
	w.Has("Appeler après onze heures.", "24/11/2026")
	w.Tap("Appeler après onze heures.") // in the line of events
	w.Has("Modifier la note")
	w.Tap("Retirer cette note")
	w.HasNot("Appeler après onze heures.")
	if n := b.Desk.State().Book.Notes.Len(); n != 0 || len(b.Errors) > 0 {
		t.Errorf("%d notes, errors %v", n, b.Errors)
	}
}

// A letter in the line of events opens as a document; the kinds narrow the line.
func TestPageEvents(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, v := openPage(t, b, shot.Setup{}, "Garage Tessonnier")
	k := v.(*pageView).events
	k.kind.Choose(eventsLetters)
	k.narrow()
	w.Settle()
	w.HasNot("Promesse de")
	if len(k.shown) == 0 || k.shown[0].Kind != ledger.EventLetter {
		t.Fatalf("letters: %+v", k.shown)
	}
	w.Tap(k.shown[0].Title)
	if len(b.Viewed) != 1 || !strings.HasSuffix(b.Viewed[0], ".pdf") {
		t.Errorf("opened %q", b.Viewed)
	}
}

// Esc of a dialog keeps; what the key figures lead to.
func TestPageFigures(t *testing.T) {
	b := screentest.New(t, words.FR)
	w, _ := openPage(t, b, shot.Setup{}, "Commune de Saint-Orvain")
	w.Has("100,29\u00a0€")
	w.Tap("100,29\u00a0€")
	w.Has(b.Words.T("dialogs.claim.title"))
	w.Key(fyne.KeyReturn)
	w.Tap("Noter…")
	w.Tap("Un paiement")
	w.Has("Reçu le")
	w.Key(fyne.KeyEscape)
	w.HasNot("Reçu le")
	w.Tap("Écrire")
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Letters {
		t.Errorf("led to %+v", b.Went)
	}
}

// A customer that was taken back while its page was shown leads back to the list.
func TestPageOfNobody(t *testing.T) {
	b := screentest.Empty(t, words.FR)
	var v screen.Screen
	shot.Open(t, shot.Setup{}, func() fyne.CanvasObject { v = NewPage(b.Context); return frame(v) })
	v.Show(screen.Place{Screen: screen.Customer, Customer: 5})
	if len(b.Went) != 1 || b.Went[0].Screen != screen.Customers {
		t.Errorf("led to %+v", b.Went)
	}
}
