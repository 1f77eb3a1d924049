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

// Container wraps a stream in an OLE2 file.
func Container(name string, stream []byte) []byte {
	const sector = 512
	stream = append(bytes.Clone(stream), make([]byte, max(4096-len(stream), 0))...)
	n := (len(stream) + sector - 1) / sector
	tables := (n + 2 + 127) / 128
	for (n+1+tables+127)/128 > tables {
		tables++
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le := binary.LittleEndian
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], uint32(tables))
	le.PutUint32(head[48:], uint32(tables))
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xfffffffe)
	le.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		v := uint32(0xffffffff)
		if i < tables {
			v = uint32(i)
		}
		le.PutUint32(head[76+4*i:], v)
	}
	fat := bytes.Repeat([]byte{0xff}, tables*sector)
	for i := range tables {
		le.PutUint32(fat[4*i:], 0xfffffffd)
	}
	le.PutUint32(fat[4*tables:], 0xfffffffe)
	for i := range n {
		next := uint32(tables + 1 + i + 1)
		if i == n-1 {
			next = 0xfffffffe
		}
		le.PutUint32(fat[4*(tables+1+i):], next)
	}
	dir := make([]byte, sector)
	entry := func(i int, name string, kind byte, child, start, size uint32) {
		e := dir[128*i:]
		for k, c := range []byte(name) {
			e[2*k] = c
		}
		le.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], 0xffffffff)
		le.PutUint32(e[72:], 0xffffffff)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint32(e[120:], size)
	}
	entry(0, "Root Entry", 5, 1, 0xfffffffe, 0)
	entry(1, name, 2, 0xffffffff, uint32(tables+1), uint32(len(stream)))
	stream = append(stream, make([]byte, n*sector-len(stream))...)
	return join(head, fat, dir, stream)
}
