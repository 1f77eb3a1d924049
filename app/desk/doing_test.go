package desk

import (
	"slices"
	"strings"
	"testing"

	"quitus/ledger"
	"quitus/ledger/followup"
	"quitus/letters"
)

// sampled gives a desk on the sample company.
func sampled(t *testing.T) *Desk {
	t.Helper()
	d := opened(t)
	if _, err := d.FillSample(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return d
}

func taskNames(list []followup.Task) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Name)
	}
	return out
}

// A day of the sample company from morning to evening: letters with pages, e-mails in the outbox, all else recorded; nothing of
// it is to be done again, and undo brings all of it back.
func TestDoTheDay(t *testing.T) {
	d := sampled(t)
	morning := d.State().Agenda()
	if len(morning.Tasks) < 10 || morning.Tasks[0].Step != followup.StepPromiseBroken {
		t.Fatalf("%d tasks, first %+v", len(morning.Tasks), morning.Tasks[0])
	}
	tasks := append(slices.Clone(morning.Tasks), morning.Later...)
	list := d.Prepare(t.Context(), tasks)
	for _, x := range list {
		switch {
		case x.Err != nil:
			t.Errorf("%s: %v", x.Task.Name, x.Err)
		case x.Task.Channel == ledger.ChannelEmail && (x.Message == nil || x.Message.Body == "" || x.Message.Subject == ""):
			t.Errorf("%s: no e-mail", x.Task.Name)
		case (x.Task.Channel == ledger.ChannelLetter || x.Task.Channel == ledger.ChannelRegistered) && (x.Letter == nil || len(x.Letter.PDF) == 0):
			t.Errorf("%s: no letter", x.Task.Name)
		}
	}
	b := d.State().Book
	if b.Actions.Len()+b.Messages.Len() != 0 {
		t.Error("preparing records something")
	}
	e, err := d.DoTasks(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	evening := d.State().Agenda()
	for _, name := range taskNames(evening.Tasks) {
		if slices.Contains(taskNames(tasks), name) {
			t.Errorf("%s is to be done again", name)
		}
	}
	b = d.State().Book
	if b.Actions.Len() != len(tasks) || b.Messages.Len() == 0 {
		t.Errorf("%d actions of %d, %d e-mails", b.Actions.Len(), len(tasks), b.Messages.Len())
	}
	for m := range b.Messages.All() {
		if m.State != ledger.MessageWaiting || m.To == "" || !strings.Contains(m.Body, d.State().Book.Company().Name) {
			t.Errorf("%+v", m)
		}
	}
	if _, _, err := d.Undo(t.Context(), e.Seq); err != nil {
		t.Fatal(err)
	}
	if got, want := taskNames(d.State().Agenda().Tasks), taskNames(morning.Tasks); !slices.Equal(got, want) {
		t.Errorf("after the undo %v, in the morning %v", got, want)
	}
	if r, err := d.Verify(t.Context(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestPutOffHandMoveSkip(t *testing.T) {
	d := sampled(t)
	ctx := t.Context()
	first, second := d.State().Agenda().Tasks[0].Name, d.State().Agenda().Tasks[1].Name
	if _, err := d.MoveTask(ctx, second, 1); err != nil || d.State().Agenda().Tasks[0].Name != second {
		t.Error("not moved", err)
	}
	if _, err := d.HandTask(ctx, second, "Nadia", "elle le connaît"); err != nil || d.State().Agenda().Tasks[0].Mark.Who != "Nadia" {
		t.Error("not handed", err)
	}
	if _, err := d.PutOffTask(ctx, first, d.Today(), ""); ledger.CodeOf(err) != "task_until" {
		t.Error(err)
	}
	if _, err := d.PutOffTask(ctx, first, d.Today()+2, "en déplacement"); err != nil {
		t.Error(err)
	}
	if a := d.State().Agenda(); slices.Contains(taskNames(a.Tasks), first) || len(a.Put) != 1 || a.Put[0].Mark.Why != "en déplacement" {
		t.Error("not put off")
	}
	if _, err := d.SkipTask(ctx, second, "déjà fait"); err != nil || slices.Contains(taskNames(d.State().Agenda().Tasks), second) {
		t.Error("not skipped", err)
	}
	if _, err := d.SkipTask(ctx, "C999/phone", ""); ledger.CodeOf(err) != "task_unknown" {
		t.Error(err)
	}
}

func TestAgainstHouseRules(t *testing.T) {
	d := sampled(t) // it is 8:02
	id := d.State().Agenda().Tasks[0].Customer
	codes := func(by ledger.Channel) string {
		var out []string
		for _, r := range d.Against(id, by) {
			out = append(out, r.Code)
		}
		return strings.Join(out, " ")
	}
	if got := codes(ledger.ChannelPhone); got != "call_hours" {
		t.Error(got)
	}
	if _, err := d.SetHouse(t.Context(), ledger.House{CallFrom: "08:00"}); err != nil || codes(ledger.ChannelPhone) != "" {
		t.Error(err, codes(ledger.ChannelPhone))
	}
	if _, err := d.DoTasks(t.Context(), d.Prepare(t.Context(), d.State().Agenda().Tasks[:1])); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AssignScenario(t.Context(), "préventif", []ledger.CustomerID{id}); err != nil {
		t.Fatal(err)
	}
	if got := codes(ledger.ChannelLetter); got != "" {
		t.Error("an agreed call is no contact that counts:", got)
	}
	w, err := d.Writer().Write(LetterRequest{Customer: id, Model: letters.SecondReminder})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepLetters(t.Context(), []*Written{w}); err != nil || codes(ledger.ChannelEmail) != "too_soon" {
		t.Error(err, codes(ledger.ChannelEmail))
	}
}

// Insolvency proceedings stop the reminders and ask for the claim to be declared; the declaration can be written once it is known to whom.
func TestDeclareAClaim(t *testing.T) {
	d := sampled(t)
	id := d.State().Book.CustomersByName("Maison Orsenval")[0]
	claim := func() *followup.Task {
		for _, x := range d.State().TasksOf(id) {
			if x.Step == followup.StepInsolvency {
				return x
			} else if x.Channel.Reaches() {
				t.Errorf("still chased: %s", x.Name)
			}
		}
		return nil
	}
	if _, err := d.SetInsolvency(t.Context(), id, d.Today()-10, d.Today()-3, ledger.Officer{}); err != nil {
		t.Fatal(err)
	}
	if x := claim(); x == nil || ledger.CodeOf(d.Prepare(t.Context(), []followup.Task{*x})[0].Err) != "letter_facts_missing" {
		t.Fatalf("%+v", x)
	}
	officer := ledger.Officer{Proceedings: "liquidation", Court: "tribunal de commerce de Grenoble", Name: "Maître Duroc", Address: "2 quai Vernet", Postcode: "38000", Town: "Grenoble"}
	if _, err := d.SetInsolvency(t.Context(), id, d.Today()-10, d.Today()-3, officer); err != nil || d.State().Book.Customer(id).Officer != officer {
		t.Fatal(err)
	}
	list := d.Prepare(t.Context(), []followup.Task{*claim()})
	if list[0].Err != nil {
		t.Fatal(list[0].Err)
	}
	if to := ledger.Fold(strings.Join(list[0].Letter.Recipient, " ")); !strings.Contains(to, "maitre duroc") {
		t.Errorf("the declaration goes to %q", to)
	}
	if _, err := d.DoTasks(t.Context(), list); err != nil || claim() != nil {
		t.Error("declared, and still to be declared", err)
	}
}

// The sample company's bank is read like any other: most receipts are sure, some wait for the owner, and customers of whom one may be
// are not called without a word of it.
func TestReadSampleBank(t *testing.T) {
	d := sampled(t)
	if err := d.ReadSampleBank(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := d.State()
	if n := len(s.Undecided()); n < 2 || n > 6 || s.Book.BankRead() == 0 {
		t.Errorf("%d entries wait, read up to %v", n, s.Book.BankRead())
	}
	warned := false
	for _, x := range s.Agenda().Tasks {
		for _, w := range x.Warnings {
			warned = warned || w.Code == "receipt"
		}
	}
	if !warned {
		t.Error("nobody is said to have paid perhaps")
	}
}
