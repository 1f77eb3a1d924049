package screen

import (
	"sync"

	"quitus/app/desk"
	"quitus/letters/preview"
)

// Pages draws pages for all screens and windows; it starts when the first page is looked at.
var Pages = sync.OnceValue(func() *preview.Renderer {
	dir, _ := desk.ConfigDir() // without one the renderer keeps nothing between runs
	r := preview.New(dir)
	r.Start()
	return r
})
