package preview

import (
	"crypto/sha256"
	"image"
	"slices"
	"sync"
)

// cacheBytes bounds the pictures kept: some twenty pages on a screen.
const cacheBytes = 80 << 20

type pictureKey struct {
	pdf       [sha256.Size]byte
	page, dpi int
}

func (j job) pictureKey() pictureKey { return pictureKey{j.key, j.page, j.dpi} }

type kept struct {
	key     pictureKey
	picture *image.RGBA
}

// cache keeps the pictures used last.
type cache struct {
	mu    sync.Mutex
	list  []kept // the one used last at the end
	bytes int
}

// get gives a picture, or nil.
func (c *cache) get(k pictureKey) image.Image {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.list, func(x kept) bool { return x.key == k })
	if i < 0 {
		return nil
	}
	found := c.list[i]
	c.list = append(slices.Delete(c.list, i, i+1), found)
	return found.picture
}

func (c *cache) put(k pictureKey, p *image.RGBA) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, kept{k, p})
	c.bytes += len(p.Pix)
	for c.bytes > cacheBytes && len(c.list) > 1 {
		c.bytes -= len(c.list[0].picture.Pix)
		c.list = slices.Delete(c.list, 0, 1)
	}
}
