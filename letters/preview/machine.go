package preview

import (
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"

	"quitus/ledger"
)

// memoryPages bounds the machine's memory, in pages of 64 KiB: 512 MiB.
const memoryPages = 8192

// machine is PDFium with the document opened last. It belongs to one goroutine.
type machine struct {
	cacheDir string
	cache    wazero.CompilationCache
	pool     pdfium.Pool
	engine   pdfium.Pdfium
	opened   [sha256.Size]byte
	document *references.FPDF_DOCUMENT
}

// newMachine starts PDFium; where that fails the first job tries again and tells.
func newMachine(cacheDir string) *machine {
	m := &machine{cacheDir: cacheDir}
	_ = m.guard(m.start)
	return m
}

// guard turns a panic or an error into preview_failed, and drops the machine after it, since what state
// it is in is not known.
func (m *machine) guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil && ledger.CodeOf(err) == "internal" {
			m.close()
			err = ledger.Errorf("preview_failed", "cause", err)
		}
	}()
	return do()
}

func (m *machine) start() error {
	if m.engine != nil {
		return nil
	}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages)
	if m.cacheDir != "" {
		// A folder that cannot be used only makes the start slower.
		if c, err := wazero.NewCompilationCacheWithDir(m.cacheDir); err == nil {
			m.cache, config = c, config.WithCompilationCache(c)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 0, MaxIdle: 1, MaxTotal: 1, ReuseWorkers: true,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return err
	}
	m.pool = pool
	m.engine, err = pool.GetInstance(time.Minute)
	return err
}

func (m *machine) close() {
	defer func() { _ = recover() }() // the machine may be broken
	pool, engine, cache := m.pool, m.engine, m.cache
	*m = machine{cacheDir: m.cacheDir}
	if engine != nil {
		_ = engine.Close()
	}
	if pool != nil {
		_ = pool.Close()
	}
	if cache != nil {
		_ = cache.Close(context.Background())
	}
}

func (m *machine) open(j job) error {
	if err := m.start(); err != nil {
		return err
	}
	if m.document != nil && m.opened == j.key {
		return nil
	}
	if m.document != nil {
		_, _ = m.engine.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: *m.document})
		m.document = nil
	}
	doc, err := m.engine.OpenDocument(&requests.OpenDocument{File: &j.pdf})
	if err != nil {
		return ledger.Errorf("preview_failed", "cause", err)
	}
	m.opened, m.document = j.key, &doc.Document
	return nil
}

func (m *machine) pages(j job) (n int, err error) {
	err = m.guard(func() error {
		if err := m.open(j); err != nil {
			return err
		}
		count, err := m.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: *m.document})
		if err == nil {
			n = count.PageCount
		}
		return err
	})
	return n, err
}

func (m *machine) draw(j job) (picture *image.RGBA, err error) {
	n, err := m.pages(j)
	if err != nil {
		return nil, err
	}
	if j.page > n {
		return nil, ledger.Errorf("preview_page", "page", j.page)
	}
	err = m.guard(func() error {
		drawn, err := m.engine.RenderPageInDPI(&requests.RenderPageInDPI{DPI: j.dpi,
			Page: requests.Page{ByIndex: &requests.PageByIndex{Document: *m.document, Index: j.page - 1}}})
		if err != nil {
			return err
		}
		defer drawn.Cleanup()
		from := drawn.Result.Image // lies in the machine's memory
		picture = image.NewRGBA(from.Rect)
		copy(picture.Pix, from.Pix)
		return nil
	})
	return picture, err
}
