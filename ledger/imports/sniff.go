package imports

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"

	"quitus/ledger"
)

// sniff says what a file is by its first bytes, never by its name: "xlsx" (or another zip archive),
// "xls", "pdf", "html", "xml", "csv" or "unknown". What is empty or encrypted is refused here.
func sniff(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", ledger.Errorf("damaged", "cause", err)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := bytes.ToLower(text[:min(len(text), 1024)])
	switch {
	case len(bytes.Trim(text, "\x00")) == 0:
		return "", ledger.Errorf("empty")
	case bytes.HasPrefix(head, []byte("PK")):
		return "xlsx", nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(ctx, r, size)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "pdf", nil
	case bytes.Contains(lower, []byte("<html")), bytes.Contains(lower, []byte("<table")), bytes.HasPrefix(lower, []byte("<!doctype html")):
		return "html", nil
	case bytes.HasPrefix(lower, []byte("<?xml")), bytes.HasPrefix(lower, []byte("<workbook")):
		return "xml", nil
	case isText(head):
		return "csv", nil
	}
	return "unknown", nil
}

// isText says whether bytes may be a text in any of the usual encodings.
func isText(b []byte) bool {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return true
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return false
	}
	control := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			control++
		}
	}
	return control*50 < len(b) || utf8.Valid(b) && control == 0
}

// sniffOLE tells an encrypted workbook (MS-OFFCRYPTO §2.3.4: a stream EncryptedPackage) from a legacy one,
// both of which are OLE2 containers. Stream names are UTF-16 in the directory, wherever that lies.
func sniffOLE(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	utf16 := func(s string) []byte {
		var b []byte
		for _, c := range []byte(s) {
			b = append(b, c, 0)
		}
		return b
	}
	encrypted, book := utf16("EncryptedPackage"), utf16("Workbook\x00")
	format := "unknown"
	const step, overlap = 1 << 20, 64
	buf := make([]byte, step+overlap)
	for at := int64(0); at < size; at += step {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := r.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		if err != nil && err != io.EOF {
			return "", ledger.Errorf("damaged", "cause", err)
		}
		if bytes.Contains(buf[:n], encrypted) {
			return "", ledger.Errorf("encrypted")
		}
		if bytes.Contains(buf[:n], book) || bytes.Contains(buf[:n], utf16("Book\x00")) {
			format = "xls"
		}
	}
	return format, nil
}
