// Package pdffile opens PDF files that may be damaged or hostile, within bounds of time and memory.
package pdffile

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime/metrics"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"quitus/ledger"
)

// Max is the most bytes of a PDF file, and Time what reading one may take.
const (
	Max  = 64 << 20
	Time = 20 * time.Second
)

// Limits of what is in a file. Files of invoices have some hundreds of objects.
const (
	maxObjects  = 200_000
	maxInflated = 16 << 20  // bytes of one stream that holds objects, inflated
	maxHeap     = 512 << 20 // bytes that the program may grow by meanwhile
	maxReading  = 256 << 20 // bytes that may be read beyond four times the file: every object costs a page of 4 kB
)

// Open reads a file's objects, all of them, with no configuration of the machine's and nothing written. Errors: encrypted,
// damaged, those of the guard.
func Open(g *Guard) (*model.Context, error) {
	limits := model.DefaultResourceLimits()
	limits.MaxStreamBytes, limits.MaxDecodeBytes = Max, maxInflated
	limits.MaxObjectCount, limits.MaxXRefEntries = maxObjects, maxObjects
	limits.MaxObjectStreamCount, limits.MaxObjectStreamFirst = 50_000, 1<<20
	conf := &model.Configuration{
		Reader15: true, ValidationMode: model.ValidationRelaxed, Eol: types.EolLF, Cmd: model.LISTATTACHMENTS, Offline: true, Limits: limits,
	}
	doc, err := pdfcpu.ReadWithContext(g.ctx, g, conf)
	if over := g.Over(); over != nil {
		return nil, over
	}
	switch {
	case err == nil:
		return doc, nil
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrOwnerPasswordRequired), errors.Is(err, pdfcpu.ErrPermissionDenied),
		errors.Is(err, pdfcpu.ErrUnsupportedEncryptionFeature), errors.Is(err, pdfcpu.ErrEncrypted):
		return nil, ledger.Errorf("encrypted")
	}
	return nil, ledger.Errorf("damaged", "cause", err)
}

// Guard hands out a file's bytes, and refuses to go on when the time is over, when a file is read over and over, as
// damaged and hostile ones make readers do, or when what was made of it outgrows the memory that it may take.
type Guard struct {
	io.ReadSeeker
	ctx   context.Context
	left  int64  // bytes that may still be read
	base  uint64 // bytes of memory in use at the beginning
	steps int
	spent bool
}

// NewGuard begins to read a file.
func NewGuard(ctx context.Context, content []byte) *Guard {
	return &Guard{ReadSeeker: bytes.NewReader(content), ctx: ctx, left: 4*int64(len(content)) + maxReading, base: inUse()}
}

// Look takes note of the memory in use, at every other object: one alone may inflate to tens of megabytes, so that
// looking less often would overshoot by as many.
func (g *Guard) Look() {
	if g.steps++; g.steps%2 == 0 && inUse() > g.base+maxHeap {
		g.spent = true
	}
}

// Over says why reading may not go on: the context's error, or too_large.
func (g *Guard) Over() error {
	if err := g.ctx.Err(); err != nil {
		return err
	}
	if g.spent {
		return ledger.Errorf("too_large", "what", "pdf", "limit", int64(maxHeap))
	}
	return nil
}

// Context is what limits the reading.
func (g *Guard) Context() context.Context { return g.ctx }

// Read implements [io.Reader]. Errors are those of Over.
func (g *Guard) Read(p []byte) (int, error) {
	if err := g.Over(); err != nil {
		return 0, err
	}
	n, err := g.ReadSeeker.Read(p)
	if g.left -= int64(n); g.left < 0 {
		g.spent = true
	}
	return n, err
}

// Seek implements [io.Seeker]. Errors are those of Over.
func (g *Guard) Seek(offset int64, whence int) (int64, error) {
	g.Look()
	if err := g.Over(); err != nil {
		return 0, err
	}
	return g.ReadSeeker.Seek(offset, whence)
}

// inUse is how many bytes of memory objects take, those not yet collected included.
func inUse() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s[0].Value.Uint64()
}
