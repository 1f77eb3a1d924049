package dialogs

import (
	"context"

	"fyne.io/fyne/v2"

	"quitus/app/desk"
	"quitus/app/kit"
	"quitus/app/look"
	"quitus/app/run"
	"quitus/app/screen"
)

// Attached lists an e-mail's attachments, each to be opened: all are documents of the ledger's own.
func Attached(c *screen.Context, list []desk.Attached) fyne.CanvasObject {
	var items []fyne.CanvasObject
	for _, x := range list {
		items = append(items, kit.NewButton(kit.Quiet, look.IconAttach, x.Name, func() { openAttached(c, x) }).Low())
	}
	return kit.Inset(0, 0, 0, -8, kit.NewWrapRow(items...))
}

func openAttached(c *screen.Context, x desk.Attached) {
	if x.Data == nil {
		c.View(x.Hash, x.Name)
		return
	}
	var path string
	c.Run.Go("dialogs.attached", func(context.Context, *run.Progress) (err error) {
		if path, err = desk.TempPath(x.Name); err != nil {
			return err
		}
		return desk.WriteFile(path, x.Data)
	}, func(err error) {
		if err != nil {
			c.Error(err)
			return
		}
		c.OpenPath(path)
	})
}
