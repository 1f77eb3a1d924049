package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The layout of bbolt's pages, version 2. bbolt trusts what it reads: a damaged number can make it read
// outside the file, or write over pages in use. So a file is walked through here before it is trusted.
const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	pageHeader  = 16 // id (8), flags (2), count (2), overflow (4)
	element     = 16 // of a branch: pos (4), ksize (4), page (8); of a leaf: flags, pos, ksize, vsize
	metaSize    = 64 // magic, version, page size, flags (4 each), root (16), freelist, pages, txid, checksum (8 each)
	noFreelist  = ^uint64(0)
	maxDepth    = 32
	maxFaults   = 20

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10
	flagBucket   = 0x01 // of a leaf's element
)

// order is how bbolt writes numbers on all machines this program is made for.
var order = binary.LittleEndian

type boltMeta struct {
	pageSize            int64
	root, freelist      uint64
	pages, txid         uint64
	magic, version, sum bool
}

func readMeta(b []byte) (m boltMeta) {
	if len(b) < pageHeader+metaSize {
		return m
	}
	b = b[pageHeader:]
	h := fnv.New64a()
	h.Write(b[:metaSize-8])
	return boltMeta{
		pageSize: int64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
		magic:    order.Uint32(b) == boltMagic,
		version:  order.Uint32(b[4:]) == boltVersion,
		sum:      order.Uint64(b[56:]) == h.Sum64(),
	}
}

func (m boltMeta) valid() bool { return m.magic && m.version && m.sum && m.pageSize >= 1024 }

// findMeta gives the newest valid meta page.
func findMeta(f io.ReaderAt) (boltMeta, bool) {
	at := func(off int64) boltMeta {
		b := make([]byte, pageHeader+metaSize)
		f.ReadAt(b, off) // what cannot be read is not valid
		return readMeta(b)
	}
	first := at(0)
	if first.valid() {
		if second := at(first.pageSize); second.valid() && second.txid > first.txid {
			return second, true
		}
		return first, true
	}
	for size := int64(1024); size <= 1<<24; size *= 2 {
		if m := at(size); m.valid() && m.pageSize == size {
			return m, true
		}
	}
	return boltMeta{}, false
}

// bothHeads says whether both of a file's first pages are valid. They are written in turns; where the newer
// one is damaged, a file reads as it was one change ago.
func bothHeads(f io.ReaderAt) bool {
	m, ok := findMeta(f)
	if !ok {
		return false
	}
	b := make([]byte, pageHeader+metaSize)
	for _, at := range []int64{0, m.pageSize} {
		if _, err := f.ReadAt(b, at); err != nil || !readMeta(b).valid() {
			return false
		}
	}
	return true
}

// checkPages walks through all pages of a bbolt file that nobody is writing, and gives what is wrong with
// it. It reads keys, not values.
func checkPages(f *os.File) []error {
	m, ok := findMeta(f)
	if !ok {
		return []error{errDamaged("no valid first page")}
	}
	w := &pageWalk{f: f, meta: m}
	if info, err := f.Stat(); err != nil || m.pages > uint64(info.Size()/m.pageSize) {
		return []error{errDamaged("the file is cut off")}
	}
	w.seen = make([]bool, m.pages)
	w.seen[0], w.seen[1] = true, true
	w.bucket(m.root, 0)
	w.freelist()
	return w.faults
}

type pageWalk struct {
	f      io.ReaderAt
	meta   boltMeta
	seen   []bool
	free   [][]byte // pages for use again
	faults []error
}

func (w *pageWalk) fault(format string, args ...any) {
	if len(w.faults) < maxFaults {
		w.faults = append(w.faults, errDamaged(format, args...))
	}
}

// page is a page, or its beginning when it goes over several.
type page struct {
	id       uint64
	b        []byte
	flags    uint16
	count    int
	size     int64 // all of it
	overflow uint32
}

// read reads a page and the space of its elements, and marks it as seen.
func (w *pageWalk) read(id uint64) (p page, ok bool) {
	if id < 2 || id >= w.meta.pages {
		w.fault("page %d is outside", id)
		return p, false
	}
	p = page{id: id, b: w.room(w.meta.pageSize)}
	start := int64(id) * w.meta.pageSize
	if _, err := w.f.ReadAt(p.b, start); err != nil {
		w.fault("page %d: %v", id, err)
		return p, false
	}
	p.flags, p.count = order.Uint16(p.b[8:]), int(order.Uint16(p.b[10:]))
	p.overflow = order.Uint32(p.b[12:])
	p.size = (int64(p.overflow) + 1) * w.meta.pageSize
	need := int64(pageHeader + p.count*element)
	if order.Uint64(p.b) != id || uint64(p.overflow) >= w.meta.pages-id || (p.flags != flagFreelist && need > p.size) {
		w.fault("page %d: header", id)
		return p, false
	}
	for n := range uint64(p.overflow) + 1 {
		if w.seen[id+n] {
			w.fault("page %d is used twice", id+n)
			return p, false
		}
		w.seen[id+n] = true
	}
	if need > w.meta.pageSize && p.flags != flagFreelist {
		p.b = make([]byte, need)
		if _, err := w.f.ReadAt(p.b, start); err != nil {
			w.fault("page %d: %v", id, err)
			return p, false
		}
	}
	return p, true
}

func (w *pageWalk) room(n int64) []byte {
	if k := len(w.free); k > 0 {
		b := w.free[k-1]
		w.free = w.free[:k-1]
		return b
	}
	return make([]byte, n)
}

func (w *pageWalk) done(p page) {
	if int64(len(p.b)) == w.meta.pageSize {
		w.free = append(w.free, p.b)
	}
}

// key reads an element's key, which lies at pos bytes after the element.
func (w *pageWalk) key(p page, i int, pos, ksize, vsize uint32) ([]byte, bool) {
	from := int64(pageHeader+i*element) + int64(pos)
	to := from + int64(ksize)
	if to+int64(vsize) > p.size || from < int64(pageHeader+p.count*element) {
		w.fault("page %d: element %d", p.id, i)
		return nil, false
	}
	if to <= int64(len(p.b)) {
		return p.b[from:to], true
	}
	k := make([]byte, ksize)
	if _, err := w.f.ReadAt(k, int64(p.id)*w.meta.pageSize+from); err != nil {
		w.fault("page %d: %v", p.id, err)
		return nil, false
	}
	return k, true
}

// bucket walks through a bucket's tree, and those of the buckets in it.
func (w *pageWalk) bucket(root uint64, depth int) { w.tree(root, nil, nil, depth) }

// tree walks through a page whose keys must be at least low and, unless high is nil, less than high.
func (w *pageWalk) tree(id uint64, low, high []byte, depth int) {
	if depth > maxDepth || len(w.faults) >= maxFaults {
		w.fault("page %d: too deep", id)
		return
	}
	p, ok := w.read(id)
	if !ok {
		return
	}
	defer w.done(p)
	switch p.flags {
	case flagBranch:
		w.branch(p, low, high, depth)
	case flagLeaf:
		w.leaf(p, low, high, depth)
	default:
		w.fault("page %d: kind %#x", id, p.flags)
	}
}

func (w *pageWalk) inOrder(p page, i int, k, low, high []byte) bool {
	c := bytes.Compare(k, low)
	if (low != nil && (c < 0 || (c == 0 && i > 0))) || (high != nil && bytes.Compare(k, high) >= 0) {
		w.fault("page %d: key %d is out of order", p.id, i)
		return false
	}
	return true
}

func (w *pageWalk) branch(p page, low, high []byte, depth int) {
	type child struct {
		key []byte
		id  uint64
	}
	children := make([]child, 0, p.count)
	for i := range p.count {
		e := p.b[pageHeader+i*element:]
		k, ok := w.key(p, i, order.Uint32(e), order.Uint32(e[4:]), 0)
		if !ok || !w.inOrder(p, i, k, low, high) {
			return
		}
		low = k
		children = append(children, child{k, order.Uint64(e[8:])})
	}
	for i, c := range children {
		h := high
		if i+1 < len(children) {
			h = children[i+1].key
		}
		w.tree(c.id, c.key, h, depth+1)
	}
}

func (w *pageWalk) leaf(p page, low, high []byte, depth int) {
	for i := range p.count {
		e := p.b[pageHeader+i*element:]
		vsize := order.Uint32(e[12:])
		k, ok := w.key(p, i, order.Uint32(e[4:]), order.Uint32(e[8:]), vsize)
		if !ok || !w.inOrder(p, i, k, low, high) {
			return
		}
		low = k
		if order.Uint32(e)&flagBucket == 0 {
			continue
		}
		from := int64(p.id)*w.meta.pageSize + int64(pageHeader+i*element) + int64(order.Uint32(e[4:])) + int64(len(k))
		var root [8]byte
		if _, err := w.f.ReadAt(root[:], from); err != nil || vsize < 16 {
			w.fault("page %d: bucket %d", p.id, i)
			return
		}
		if id := order.Uint64(root[:]); id != 0 {
			w.bucket(id, depth+1)
		} else if vsize >= 16+pageHeader {
			w.inline(p, from+16, int64(vsize)-16, i)
		} else {
			w.fault("page %d: bucket %d", p.id, i)
		}
	}
}

// inline checks a small bucket that lies within an element's value.
func (w *pageWalk) inline(p page, from, size int64, at int) {
	b := make([]byte, size)
	if _, err := w.f.ReadAt(b, from); err != nil {
		w.fault("page %d: bucket %d", p.id, at)
		return
	}
	in := page{id: p.id, b: b, flags: order.Uint16(b[8:]), count: int(order.Uint16(b[10:])), size: size}
	if in.flags != flagLeaf || int64(pageHeader+in.count*element) > size {
		w.fault("page %d: bucket %d", p.id, at)
		return
	}
	var low []byte
	for i := range in.count {
		e := b[pageHeader+i*element:]
		k, ok := w.key(in, i, order.Uint32(e[4:]), order.Uint32(e[8:]), order.Uint32(e[12:]))
		if !ok || order.Uint32(e)&flagBucket != 0 || !w.inOrder(in, i, k, low, nil) {
			w.fault("page %d: bucket %d", p.id, at)
			return
		}
		low = k
	}
}

// freelist checks that every page is used once or free, and not both.
func (w *pageWalk) freelist() {
	if w.meta.freelist == noFreelist || len(w.faults) > 0 {
		return
	}
	p, ok := w.read(w.meta.freelist)
	if !ok {
		return
	}
	b := make([]byte, p.size)
	if _, err := w.f.ReadAt(b, int64(p.id)*w.meta.pageSize); err != nil || p.flags != flagFreelist {
		w.fault("page %d: list of free pages", p.id)
		return
	}
	b = b[pageHeader:]
	n := uint64(p.count)
	if n == 0xFFFF { // too many for the header: the first number counts them
		n, b = order.Uint64(b), b[8:]
	}
	if n > uint64(len(b)/8) {
		w.fault("page %d: list of free pages", p.id)
		return
	}
	for i := range n {
		id := order.Uint64(b[i*8:])
		if id < 2 || id >= w.meta.pages || w.seen[id] {
			w.fault("page %d is not free", id)
			return
		}
		w.seen[id] = true
	}
	for id, seen := range w.seen {
		if !seen {
			w.fault("page %d is lost", id)
			return
		}
	}
}

// describe makes one text of faults, for the log.
func describe(faults []error) error {
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w (%d in all)", faults[0], len(faults))
}
