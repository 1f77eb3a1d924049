// Package preview shows pages of a PDF as pictures. It runs PDFium inside a WebAssembly machine
// without access to files, started once in the background, and draws one page at a time.
package preview

import (
	"context"
	"crypto/sha256"
	"image"
	"sync"

	"quitus/ledger"
)

// Bounds of what is drawn.
const (
	leastDPI, mostDPI = 20, 300
	maxBytes          = 64 << 20 // of a PDF
)

// Renderer draws pages. Its methods may be called from several goroutines.
type Renderer struct {
	cacheDir string
	start    sync.Once
	stop     sync.Once
	jobs     chan job
	quit     chan struct{}
	done     chan struct{}
	pictures cache
}

// New gives a renderer that has not started yet. Starting takes seconds; cacheDir is a folder in which to
// keep what it prepares, so that later starts are quick, or nothing.
func New(cacheDir string) *Renderer {
	return &Renderer{cacheDir: cacheDir, jobs: make(chan job), quit: make(chan struct{}), done: make(chan struct{})}
}

// Start begins starting in the background, where that was not done yet. Without it the first page asked
// for starts the renderer.
func (r *Renderer) Start() {
	r.start.Do(func() { go r.run() })
}

// Close stops the renderer and waits for the page being drawn. Later calls give context.Canceled.
func (r *Renderer) Close() {
	r.stop.Do(func() { close(r.quit) })
	r.start.Do(func() { close(r.done) }) // never started
	<-r.done
}

// job is one thing to do with a document.
type job struct {
	ctx   context.Context
	key   [sha256.Size]byte
	pdf   []byte
	page  int // from 1; 0 to count pages
	dpi   int
	reply chan reply
}

type reply struct {
	pages   int
	picture image.Image
	err     error
}

// Pages gives the number of pages of a PDF. Errors: preview_failed, or that of the context.
func (r *Renderer) Pages(ctx context.Context, pdf []byte) (int, error) {
	got, err := r.do(job{ctx: ctx, key: sha256.Sum256(pdf), pdf: pdf})
	return got.pages, err
}

// Page draws a page of a PDF, the first being 1, at a resolution from 20 to 300 dots an inch (brought
// into that range). The picture is shared and must not be modified. Errors: preview_page (no such
// page), preview_failed, or that of the context.
func (r *Renderer) Page(ctx context.Context, pdf []byte, page, dpi int) (image.Image, error) {
	if page < 1 {
		return nil, ledger.Errorf("preview_page", "page", page)
	}
	dpi = max(leastDPI, min(mostDPI, dpi))
	j := job{ctx: ctx, key: sha256.Sum256(pdf), pdf: pdf, page: page, dpi: dpi}
	if p := r.pictures.get(j.pictureKey()); p != nil {
		return p, ctx.Err()
	}
	got, err := r.do(j)
	return got.picture, err
}

func (r *Renderer) do(j job) (reply, error) {
	if len(j.pdf) > maxBytes {
		return reply{}, ledger.Errorf("preview_failed")
	}
	r.Start()
	j.reply = make(chan reply, 1)
	select {
	case r.jobs <- j:
	case <-j.ctx.Done():
		return reply{}, j.ctx.Err()
	case <-r.quit:
		return reply{}, context.Canceled
	}
	select {
	case got := <-j.reply:
		return got, got.err
	case <-j.ctx.Done():
		return reply{}, j.ctx.Err()
	}
}

// run owns the machine: it makes it, does the jobs one by one, and takes it down.
func (r *Renderer) run() {
	defer close(r.done)
	m := newMachine(r.cacheDir)
	defer m.close()
	for {
		select {
		case <-r.quit:
			return
		case j := <-r.jobs:
			j.reply <- r.serve(m, j)
		}
	}
}

func (r *Renderer) serve(m *machine, j job) reply {
	if err := j.ctx.Err(); err != nil {
		return reply{err: err}
	}
	if j.page == 0 {
		n, err := m.pages(j)
		return reply{pages: n, err: err}
	}
	if p := r.pictures.get(j.pictureKey()); p != nil { // drawn while this one waited
		return reply{picture: p}
	}
	picture, err := m.draw(j)
	if err != nil {
		return reply{err: err}
	}
	r.pictures.put(j.pictureKey(), picture)
	return reply{picture: picture}
}
