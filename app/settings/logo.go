package settings

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
	"quitus/ledger"
	"quitus/letters"
)

// letterhead is the card that shows the head of the letters as it will be, with the logo's buttons.
func (v *view) letterhead() fyne.CanvasObject {
	c := v.c
	change := kit.NewButton(kit.Secondary, look.NoIcon, c.T("settings.logo.change"), func() { v.choosePicture("settings.logo.change", v.saveLogo) })
	v.noLogo = kit.NewButton(kit.Quiet, look.NoIcon, c.T("settings.logo.remove"), func() { v.saveLogo(nil) })
	sign := kit.NewButton(kit.Secondary, look.NoIcon, c.T("settings.signature.change"), func() { v.choosePicture("settings.signature.change", v.saveSignature) })
	v.noSignature = kit.NewButton(kit.Quiet, look.NoIcon, c.T("settings.logo.remove"), func() { v.saveSignature(nil) })
	v.envelope = kit.NewChoice(c.T("settings.envelope"), letters.EnvelopeOf(v.model.Now), func(name string) {
		v.model.SetEnvelope(name)
		v.counted()
	}, envelopes(c)...)
	v.noQR = kit.NewFilterTicks(func(string) {
		v.model.Now.NoQR = len(v.noQR.Ticked()) > 0
		v.counted()
	}, kit.FilterOption{ID: noCode, Word: c.T("settings.no_qr"), Count: -1})
	v.showQR()
	return kit.NewTitledCard(c.T("settings.letterhead"), nil, kit.Stack(look.Gap3, v.head, kit.Row(look.Gap2, change, v.noLogo),
		v.signature, kit.Row(look.Gap2, sign, v.noSignature), v.envelope, v.noQR, kit.NewNote(c.T("settings.no_qr.note")).Wrapped()))
}

// noCode is the tick of letters without a code to scan.
const noCode = "no_qr"

// showQR ticks what is recorded of the code on letters.
func (v *view) showQR() {
	if v.model.Now.NoQR != (len(v.noQR.Ticked()) > 0) {
		v.noQR.Choose(noCode)
	}
}

func envelopes(c *screen.Context) []kit.Option {
	var out []kit.Option
	for _, name := range ledger.Envelopes {
		out = append(out, kit.Option{ID: name, Word: c.T("settings.envelope." + name)})
	}
	return out
}

// showHead draws the letterhead anew. The logo comes when it is read.
func (v *view) showHead() {
	name, below := v.model.Letterhead()
	if name == "" {
		name = v.c.T("settings.field.name")
	}
	text := kit.Stack(2, kit.NewTitle(name))
	for _, l := range below {
		text.Add(kit.NewNote(l))
	}
	show := func(logo fyne.CanvasObject) {
		content := fyne.CanvasObject(text)
		if logo != nil {
			content = container.NewBorder(nil, nil, kit.Inset(0, look.Gap3, 0, 0, kit.Stack(0, logo)), nil, text)
		}
		v.head.Objects = []fyne.CanvasObject{kit.NewCard(content)}
		v.head.Refresh()
	}
	v.noLogo.Hidden = v.model.Now.Logo == ""
	v.noLogo.Refresh()
	v.showPicture("settings.logo", v.model.Now.Logo, 56, 56, show)
	v.noSignature.Hidden = v.model.Now.SignedBy == ""
	v.noSignature.Refresh()
	v.showPicture("settings.signature", v.model.Now.SignedBy, 150, 44, func(picture fyne.CanvasObject) {
		v.signature.Objects = nil
		if picture != nil {
			v.signature.Objects = []fyne.CanvasObject{kit.Row(0, picture)}
		}
		v.signature.Hidden = picture == nil
		v.signature.Refresh()
	})
}

// showPicture hands a picture that the ledger keeps to show, in a size, when it is read; nil where there is none.
func (v *view) showPicture(act string, hash ledger.Hash, w, h float32, show func(fyne.CanvasObject)) {
	if hash == "" {
		show(nil)
		return
	}
	var picture image.Image
	v.c.Run.Go(act, func(context.Context, *run.Progress) error {
		content, err := v.c.Desk.Document(hash)
		if err == nil {
			picture, _, err = image.Decode(bytes.NewReader(content))
		}
		return err
	}, func(err error) {
		if err != nil {
			show(nil)
			return
		}
		img := canvas.NewImageFromImage(picture)
		img.FillMode = canvas.ImageFillContain
		show(kit.Fixed(w, h, img))
	})
}

// choosePicture lets the owner choose a file, and saves what is in it.
func (v *view) choosePicture(title string, save func([]byte)) {
	v.c.OpenFile(v.c.T(title), []string{".png", ".jpg", ".jpeg"}, func(path string) {
		var picture []byte
		v.c.Run.Go("settings.logo.read", func(context.Context, *run.Progress) (err error) {
			picture, err = desk.ReadFile(path, desk.MaxLogo)
			return err
		}, func(err error) {
			if err != nil {
				v.c.Error(err)
				return
			}
			save(picture)
		})
	})
}

func (v *view) saveLogo(picture []byte) {
	v.c.Act("settings.logo.save", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.SaveLogo(ctx, picture)
	}, func() string {
		return v.pictureSaved("settings.logo.saved")
	})
}

func (v *view) saveSignature(picture []byte) {
	v.c.Act("settings.signature.save", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.SaveSignature(ctx, picture)
	}, func() string {
		return v.pictureSaved("settings.signature.saved")
	})
}

// pictureSaved takes over the pictures as recorded, and nothing else: what was typed stays.
func (v *view) pictureSaved(sentence string) string {
	v.model.saved = v.c.Desk.State().Book.Company()
	v.model.Now.Logo, v.model.Now.SignedBy = v.model.saved.Logo, v.model.saved.SignedBy
	v.counted()
	return v.c.T(sentence)
}
