package exports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"

	"github.com/xuri/excelize/v2"
)

// orderedZip writes the parts of a workbook in the order of their names, so that the same content gives
// the same bytes, and the list of content types comes first as programs that guess formats expect.
// Parts wait compressed.
type orderedZip struct {
	out   *zip.Writer
	parts []*part
}

type part struct {
	name   string
	packed bytes.Buffer
	flate  *flate.Writer
	crc    uint32
	size   uint64
}

func newOrderedZip(w io.Writer) excelize.ZipWriter { return &orderedZip{out: zip.NewWriter(w)} }

// Create begins a part. It stays open until Close.
func (z *orderedZip) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	p.flate, _ = flate.NewWriter(&p.packed, flate.DefaultCompression) // the level is a valid one
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is part of the interface; workbooks written here have no files to add.
func (z *orderedZip) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes all parts.
func (z *orderedZip) Close() error {
	slices.SortFunc(z.parts, func(a, b *part) int { return cmp.Compare(a.name, b.name) })
	for _, p := range z.parts {
		if err := p.flate.Close(); err != nil {
			return err
		}
		w, err := z.out.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.crc,
			CompressedSize64: uint64(p.packed.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := w.Write(p.packed.Bytes()); err != nil {
			return err
		}
	}
	return z.out.Close()
}

func (p *part) Write(b []byte) (int, error) {
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}
