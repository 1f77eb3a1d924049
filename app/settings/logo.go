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
	"quitus/ledger"
)

// letterhead is the card that shows the head of the letters as it will be, with the logo's buttons.
func (v *view) letterhead() fyne.CanvasObject {
	c := v.c
	change := kit.NewButton(kit.Secondary, look.NoIcon, c.T("settings.logo.change"), v.changeLogo)
	v.noLogo = kit.NewButton(kit.Quiet, look.NoIcon, c.T("settings.logo.remove"), func() { v.saveLogo(nil) })
	return kit.NewTitledCard(c.T("settings.letterhead"), nil, kit.Stack(look.Gap3, v.head, kit.Row(look.Gap2, change, v.noLogo)))
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
	hash := v.model.Now.Logo
	v.noLogo.Hidden = hash == ""
	v.noLogo.Refresh()
	if hash == "" {
		show(nil)
		return
	}
	var picture image.Image
	v.c.Run.Go("settings.logo", func(context.Context, *run.Progress) error {
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
		show(kit.Fixed(56, 56, img))
	})
}

func (v *view) changeLogo() {
	v.c.OpenFile(v.c.T("settings.logo.change"), []string{".png", ".jpg", ".jpeg"}, func(path string) {
		var picture []byte
		v.c.Run.Go("settings.logo.read", func(context.Context, *run.Progress) (err error) {
			picture, err = desk.ReadFile(path, desk.MaxLogo)
			return err
		}, func(err error) {
			if err != nil {
				v.c.Error(err)
				return
			}
			v.saveLogo(picture)
		})
	})
}

func (v *view) saveLogo(picture []byte) {
	v.c.Act("settings.logo.save", func(ctx context.Context, _ *run.Progress) (ledger.Entry, error) {
		return v.c.Desk.SaveLogo(ctx, picture)
	}, func() string {
		v.model.saved = v.c.Desk.State().Book.Company()
		v.model.Now.Logo = v.model.saved.Logo
		v.counted()
		return v.c.T("settings.logo.saved")
	})
}
