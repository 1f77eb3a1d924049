package xls

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
)

// The records that are read, [MS-XLS] §2.3.
const (
	recFormula     = 0x0006
	recEOF         = 0x000a
	recDateMode    = 0x0022
	recFilePass    = 0x002f
	recContinue    = 0x003c
	recCodePage    = 0x0042
	recBoundSheet  = 0x0085
	recMulRK       = 0x00bd
	recRString     = 0x00d6
	recXF          = 0x00e0
	recMergedCells = 0x00e5
	recSST         = 0x00fc
	recLabelSST    = 0x00fd
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027e
	recFormat      = 0x041e
	recBOF         = 0x0809
)

var errShort = errors.New("a record is too short")

// records reads a stream record by record.
type records struct {
	ctx  context.Context
	r    *bufio.Reader
	kind uint16
	data []byte // of the record, until the next one is read
	done int64
	n    int
}

func newRecords(ctx context.Context, r io.Reader) *records {
	return &records{ctx: ctx, r: bufio.NewReaderSize(r, 64<<10), data: make([]byte, 0, 8228)}
}

// next reads a record. The end of the stream is io.EOF.
func (s *records) next() error {
	if s.n++; s.n%4096 == 0 {
		if err := s.ctx.Err(); err != nil {
			return err
		}
	}
	var head [4]byte
	if _, err := io.ReadFull(s.r, head[:]); err != nil {
		return err
	}
	s.kind = binary.LittleEndian.Uint16(head[:])
	n := int(binary.LittleEndian.Uint16(head[2:]))
	if n > cap(s.data) {
		s.data = make([]byte, 0, 1<<16)
	}
	s.data = s.data[:n]
	if _, err := io.ReadFull(s.r, s.data); err != nil {
		return io.ErrUnexpectedEOF
	}
	s.done += int64(n + 4)
	return nil
}

// continued says whether the record goes on in the next one, and then reads that.
func (s *records) continued() (bool, error) {
	b, err := s.r.Peek(2)
	if err != nil || binary.LittleEndian.Uint16(b) != recContinue {
		return false, nil
	}
	return true, s.next()
}

// cursor reads fields of a record that may go on in others. The first error stays.
type cursor struct {
	s   *records
	pos int
	err error
}

// more makes sure that a byte is there.
func (c *cursor) more() bool {
	for c.err == nil && c.pos >= len(c.s.data) {
		ok, err := c.s.continued()
		if err == nil && !ok {
			err = errShort
		}
		c.err = err
		c.pos = 0
	}
	return c.err == nil
}

func (c *cursor) byte() byte {
	if !c.more() {
		return 0
	}
	c.pos++
	return c.s.data[c.pos-1]
}

func (c *cursor) uint16() int { return int(c.byte()) | int(c.byte())<<8 }
func (c *cursor) uint32() int { return c.uint16() | c.uint16()<<16 }

func (c *cursor) skip(n int) {
	for n > 0 && c.more() {
		step := min(n, len(c.s.data)-c.pos)
		c.pos += step
		n -= step
	}
}
