package imports

import (
	"bytes"
	"context"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/charset"
)

// sniffBytes is how much of a file is looked at to tell what it is.
const sniffBytes = 8192

// sniff says what a file is by its first bytes, never by its name: "xlsx" (or another zip archive),
// "xls", "pdf", "html", "spreadsheetml", "mhtml", "xml", "csv" or "unknown". What is empty or encrypted is refused here.
func sniff(ctx context.Context, r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, sniffBytes))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", ledger.Errorf("damaged", "cause", err)
	}
	switch {
	case len(bytes.Trim(head, "\x00 \t\r\n")) == 0:
		return "", ledger.Errorf("empty")
	case bytes.HasPrefix(head, []byte("PK")):
		return "xlsx", nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(ctx, r, size)
	case bytes.HasPrefix(head, []byte("\x09\x08\x10\x00\x00\x06")), bytes.HasPrefix(head, []byte("\x09\x08\x08\x00\x00\x05")):
		return "xls", nil // a legacy workbook without its container
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "pdf", nil
	}
	return sniffText(ctx, head)
}

// sniffText tells texts from one another, whatever their encoding.
func sniffText(ctx context.Context, head []byte) (string, error) {
	t, err := charset.Detect(ctx, bytes.NewReader(head), int64(len(head)), charset.Unknown)
	if err != nil {
		return "", err
	}
	text, _ := io.ReadAll(t.NewReader(bytes.NewReader(head)))
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return "", ledger.Errorf("empty")
	}
	if text[0] != '<' {
		if bytes.HasPrefix(bytes.ToLower(text[:min(len(text), 20)]), []byte("mime-version:")) {
			return "mhtml", nil // a web page with its pictures, in one file
		}
		if isText(text) {
			return "csv", nil
		}
		return "unknown", nil
	}
	lower := bytes.ToLower(text)
	has := func(s string) bool { return bytes.Contains(lower, []byte(s)) }
	switch {
	case has("urn:schemas-microsoft-com:office:spreadsheet") && has("<workbook"), has(":workbook") && has("urn:schemas-microsoft-com:office:spreadsheet\""):
		return "spreadsheetml", nil
	case has("<html"), has("<table"), has("<!doctype html"), has("<tr"), has("<meta"):
		return "html", nil
	case has("<?xml"), has("xmlns"):
		return "xml", nil
	case isText(text):
		return "csv", nil
	}
	return "unknown", nil
}

// isText says whether what was decoded may be a text at all.
func isText(b []byte) bool {
	control := 0
	for _, c := range b {
		switch {
		case c == 0:
			return false
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1a:
			control++
		}
	}
	return control*50 <= len(b)
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
