package call

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/ledger"
)

// run0 is a task that needs neither context nor progress.
func run0(do func() error) run.Task {
	return func(context.Context, *run.Progress) error { return do() }
}

// icons of the marks, and the colours that they are drawn in.
var marks = map[mark]struct {
	icon look.Icon
	ink  fyne.ThemeColorName
}{
	markGood:    {look.IconTick, look.Paid.Text()},
	markBad:     {look.IconVery, look.VeryLate.Text()},
	markWarn:    {look.IconLate, look.Late.Text()},
	markOpen:    {look.IconPromise, look.Promised.Text()},
	markFlag:    {look.IconFlag, look.Disputed.Text()},
	markPhone:   {look.IconPhone, look.Ink2},
	markSent:    {look.IconSend, look.Ink2},
	markReply:   {look.IconReply, look.Ink2},
	markPerson:  {look.IconAccount, look.Ink2},
	markPayment: {look.IconBank, look.Ink2},
}

// showFile writes the file at hand.
func (v *view) showFile() {
	v.file.Objects = []fyne.CanvasObject{v.bankLine()}
	for _, b := range v.m.file() {
		block := kit.Stack(4, kit.NewNote(b.Title).Bold())
		for _, i := range b.Invoices {
			block.Add(kit.Separator())
			block.Add(invoiceLine(i))
		}
		for _, r := range b.Rows {
			block.Add(v.fileLine(r))
		}
		v.file.Add(block)
	}
	v.file.Add(kit.Row(0, kit.NewLink(look.IconPrint, v.c.T("call.sheet.print"), v.print)))
	v.file.Refresh()
}

// print shows the call as a sheet to print, in the system's program for it.
func (v *view) print() {
	f, g, w := v.m.File, v.m.Guide, v.c.Words
	var path string
	v.c.Run.Go("call.print", run0(func() error {
		pdf, err := f.Sheet(w, g).PDF()
		if err != nil {
			return err
		}
		dir, err := os.MkdirTemp("", "quitus-")
		if err != nil {
			return ledger.Errorf("write_failed", "file", f.Customer.Name, "cause", err)
		}
		path = filepath.Join(dir, w.T("call.sheet.file", "customer", uint32(f.Customer.ID), "day", f.State.On.String()))
		return desk.WriteFile(path, pdf)
	}), func(err error) {
		if err != nil {
			v.c.Error(err)
			return
		}
		v.c.OpenPath(path)
	})
}

// bankLine says first how far the bank is read.
func (v *view) bankLine() fyne.CanvasObject {
	b := v.m.bank()
	status, icon := look.Late, look.IconLate
	switch {
	case b.Grave:
		status, icon = look.Soon, look.IconBank
	case b.Good:
		status, icon = look.Paid, look.IconTick
	}
	return tinted(status, icon, b.Text)
}

// tinted is a calm line on the tint of a status.
func tinted(s look.Status, icon look.Icon, text string) fyne.CanvasObject {
	line := container.New(fileLayout{}, kit.NewIcon(icon, s.Text(), 16), kit.NewNote(text).Ink(s.Text()).Wrapped(), kit.NewNote(""))
	return kit.NewBareCard(kit.Inset(9, 10, 9, 10, line)).Tinted(s)
}

func invoiceLine(i fileInvoice) fyne.CanvasObject {
	number := kit.NewLabel(i.Number).Bold()
	amount := kit.NewLabel(i.Amount).Aligned(kit.Right)
	if i.Asked {
		amount.Bold()
	} else {
		amount.Ink(look.Ink2)
	}
	head := container.NewBorder(nil, nil, nil, amount, container.New(lead{8, false}, number, kit.NewChip(look.StatusOf(i.Situation), i.Word)))
	out := kit.Stack(1, head, kit.NewNote(i.Days).Wrapped())
	for _, t := range i.Texts {
		out.Add(kit.NewNote(t).Ink(look.Ink).Wrapped())
	}
	return out
}

func (v *view) fileLine(r fileRow) fyne.CanvasObject {
	text, right := kit.NewLabel(r.Text).Wrapped(), kit.NewLabel(r.Right).Ink(look.Ink2)
	if r.Quiet {
		text.Ink(look.Ink2)
	}
	var icon fyne.CanvasObject = kit.NewIcon(look.NoIcon, look.Ink, 0)
	if k, ok := marks[r.Mark]; ok {
		icon = kit.NewIcon(k.icon, k.ink, 16)
	}
	line := container.New(fileLayout{}, icon, text, right)
	if r.Copy == "" {
		return line
	}
	return container.NewBorder(nil, nil, nil, kit.Row(0, kit.NewCopyButton(r.Copy), dial(v, r.Number)), line)
}

// fileLayout has an icon, words that may take several lines, and a few words at the right.
type fileLayout struct{}

func (l fileLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(look.Px(160), max(o[1].MinSize().Height, o[2].MinSize().Height))
}

func (l fileLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	if px := o[0].MinSize().Width; px > 0 {
		put(o[0], 0, float32(int((min(s.Height, look.Px(20))-px)/2)), px, px)
		x = px + look.Px(8)
	}
	right := o[2].MinSize()
	w := min(right.Width, s.Width/2)
	gap := float32(0)
	if w > 0 {
		gap = look.Px(8)
	}
	put(o[2], s.Width-w, 0, w, right.Height)
	put(o[1], x, 0, s.Width-x-w-gap, s.Height)
}
