package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/richardlehane/mscfb"

	"quitus/ledger"
)

// openStream finds the stream of the workbook in its OLE2 container, [MS-CFB]. A file without a container is the stream itself.
func openStream(ctx context.Context, r io.ReaderAt, size int64) (io.ReadSeeker, int64, error) {
	head := make([]byte, 512)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, 0, damaged(err)
	}
	if !bytes.HasPrefix(head[:n], []byte("\xd0\xcf\x11\xe0")) {
		return io.NewSectionReader(r, 0, size), size, nil
	}
	if err := checkHeader(head[:n], size); err != nil {
		return nil, 0, err
	}
	src := &padded{ctx: ctx, r: r, size: size, left: maxDirectory}
	doc, err := mscfb.New(src)
	if err != nil {
		return nil, 0, told(ctx, err)
	}
	src.left = math.MaxInt
	var old *mscfb.File
	for _, f := range doc.File {
		if len(f.Path) > 0 {
			continue // a workbook embedded in something else
		}
		switch {
		case strings.EqualFold(f.Name, "Workbook"):
			return f, f.Size, nil
		case strings.EqualFold(f.Name, "Book"):
			old = f
		case f.Name == "EncryptedPackage":
			return nil, 0, ledger.Errorf("encrypted")
		}
	}
	if old == nil {
		return nil, 0, ledger.Errorf("unsupported_format", "format", "ole")
	}
	return old, old.Size, nil
}

// checkHeader refuses a container whose tables would be larger than the file, before room is made for them.
func checkHeader(h []byte, size int64) error {
	if len(h) < 512 {
		return damaged(io.ErrUnexpectedEOF)
	}
	sectors := size>>9 + 1
	for _, at := range []int{40, 44, 64, 72} { // sectors of the directory, of the table, of its small counterpart, of its index
		if n := int64(binary.LittleEndian.Uint32(h[at:])); n > sectors {
			return damaged(errors.New("container larger than its file"))
		}
	}
	return nil
}

// maxDirectory is how many sectors the directory and the index of a container may have. Workbooks have a few, even with
// many macros; a hostile file could make all of it a directory.
const maxDirectory = 4096

// padded reads zeros behind the end of a file up to a whole sector, which some programs do not write, and stops at the
// context's end.
type padded struct {
	ctx  context.Context
	r    io.ReaderAt
	size int64
	left int // whole sectors that may be read
}

func (p *padded) ReadAt(b []byte, off int64) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	const sector = 4096
	if len(b) >= 512 {
		if p.left--; p.left < 0 {
			return 0, errors.New("a directory too long")
		}
	}
	if off < 0 || off >= p.size {
		return 0, io.EOF
	}
	n, err := p.r.ReadAt(b[:min(int64(len(b)), p.size-off)], off)
	if err != nil && err != io.EOF || n == len(b) {
		return n, err
	}
	if off+int64(len(b)) > (p.size+sector-1)/sector*sector || off+int64(n) < p.size {
		return n, io.EOF
	}
	clear(b[n:])
	return len(b), nil
}
