// Package xlstest writes legacy Excel workbooks ([MS-XLS]), as far as tests of their reader need them.
package xlstest

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf16"
)

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// Book is a workbook to be: the records of its globals and of its sheets, without those that begin, end and list them.
type Book struct {
	Version int // 0x0500 or 0x0600, which 0 stands for
	Globals []byte
	Sheets  [][]byte
	Names   []string // F1, F2 and so on where they are missing
	States  []byte   // 1 for a hidden sheet
}

// Record makes a record of that kind of its parts: ints take two bytes, strings and bytes stand as they are, other numbers take
// the bytes of their type.
func Record(kind int, parts ...any) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		switch v := p.(type) {
		case int:
			binary.Write(&b, binary.LittleEndian, uint16(v))
		case string:
			b.WriteString(v)
		case []byte:
			b.Write(v)
		default:
			binary.Write(&b, binary.LittleEndian, v)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	out = binary.LittleEndian.AppendUint16(out, uint16(b.Len()))
	return append(out, b.Bytes()...)
}

// Narrow writes a text of Latin-1 as it stands behind its length in BIFF8.
func Narrow(s string) string { return "\x00" + s }

// Wide writes any text as it stands behind its length in BIFF8.
func Wide(s string) string {
	out := []byte{1}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

// Bytes writes the workbook as a stream, which is a file that most programs open.
func (b Book) Bytes() []byte {
	if b.Version == 0 {
		b.Version = 0x0600
	}
	flag := "\x00"
	if b.Version == 0x0500 {
		flag = ""
	}
	for len(b.Names) < len(b.Sheets) {
		b.Names = append(b.Names, "F"+strconv.Itoa(len(b.Names)+1))
	}
	head := join(Record(0x0809, b.Version, 0x0005, 0, 0, uint32(0), uint32(0)), b.Globals)
	at := len(head) + 4
	for i := range b.Sheets {
		at += len(Record(0x0085, uint32(0), 0, byte(len(b.Names[i])), flag, b.Names[i]))
	}
	out := head
	for i, s := range b.Sheets {
		state := byte(0)
		if i < len(b.States) {
			state = b.States[i]
		}
		out = append(out, Record(0x0085, uint32(at), state, byte(0), byte(len(b.Names[i])), flag, b.Names[i])...)
		at += len(s) + 4 + 16 + 4
	}
	out = append(out, Record(0x000a)...)
	for _, s := range b.Sheets {
		out = append(out, join(Record(0x0809, b.Version, 0x0010, 0, 0, uint32(0), uint32(0)), s, Record(0x000a))...)
	}
	return out
}

// sector is the size in bytes of what a container is made of.
const sector = 512

// Container wraps a stream of that name in an OLE2 file, [MS-CFB]: a header, the table of sectors, where it is long the index of the
// table, the directory, the stream.
func Container(name string, stream []byte) []byte {
	const end, free = 0xfffffffe, 0xffffffff
	stream = append(bytes.Clone(stream), make([]byte, max(4096-len(stream), 0))...)
	n := (len(stream) + sector - 1) / sector
	tables, more := 1, 0 // sectors of the table, and of its index beyond the header
	for tables*128 < n+1+tables+more {
		tables++
		more = (max(tables-109, 0) + 126) / 127
	}
	table := func(i int) uint32 {
		if i < tables {
			return uint32(i)
		}
		return free
	}
	directory := uint32(tables + more)

	le := binary.LittleEndian
	head := make([]byte, 76, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(tables), 48: directory, 56: 4096, 60: end, 68: end, 72: uint32(more)} {
		le.PutUint32(head[at:], v)
	}
	if more > 0 {
		le.PutUint32(head[68:], uint32(tables))
	}
	for i := range 109 {
		head = le.AppendUint32(head, table(i))
	}
	var fat, index []byte
	for range tables {
		fat = le.AppendUint32(fat, 0xfffffffd)
	}
	for k := range more {
		fat = le.AppendUint32(fat, 0xfffffffc)
		for i := range 127 {
			index = le.AppendUint32(index, table(109+127*k+i))
		}
		if k+1 < more {
			index = le.AppendUint32(index, uint32(tables+k+1))
		} else {
			index = le.AppendUint32(index, end)
		}
	}
	fat = le.AppendUint32(fat, end)
	for i := range n - 1 {
		fat = le.AppendUint32(fat, directory+2+uint32(i))
	}
	fat = le.AppendUint32(fat, end)
	fat = append(fat, bytes.Repeat([]byte{0xff}, tables*sector-len(fat))...)

	dir := make([]byte, sector)
	entry := func(i int, name string, kind byte, child, start, size uint32) {
		e := dir[128*i:]
		for k, c := range []byte(name) {
			e[2*k] = c
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		for at, v := range map[int]uint32{68: free, 72: free, 76: child, 116: start, 120: size} {
			le.PutUint32(e[at:], v)
		}
	}
	entry(0, "Root Entry", 5, 1, end, 0)
	entry(1, name, 2, free, directory+1, uint32(len(stream)))
	stream = append(stream, make([]byte, n*sector-len(stream))...)
	return join(head, fat, index, dir, stream)
}
