package bank

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"

	"quitus/ledger"
)

// isZip says whether a file is an archive.
func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// isOffice says whether an archive is a document of an office program, by the name of its first file.
func isOffice(head []byte) bool {
	const nameAt = 30
	if len(head) < nameAt {
		return false
	}
	size := int(head[26]) | int(head[27])<<8
	name := string(head[nameAt:min(len(head), nameAt+size)])
	for _, start := range []string{"[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/", "mimetype"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

// unzip gives the files of an archive that hold statements, in their order, inflated. What is inflated is counted, whatever the
// archive says of itself.
func unzip(ctx context.Context, data []byte) ([][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	if len(z.File) > MaxArchived {
		return nil, tooLarge(MaxArchived)
	}
	var out [][]byte
	room := int64(MaxFileSize)
	for _, f := range z.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		content, err := inflate(f, room)
		if err != nil {
			return nil, err
		}
		if content != nil {
			room -= int64(len(content))
			out = append(out, content)
		}
	}
	return out, nil
}

// inflate gives a file of an archive if it is one of statements, and nothing for any other.
func inflate(f *zip.File, room int64) ([]byte, error) {
	const encrypted = 1
	switch {
	case f.FileInfo().IsDir():
		return nil, nil
	case f.Flags&encrypted != 0:
		return nil, ledger.Errorf("encrypted")
	}
	r, err := f.Open()
	if err != nil {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	defer r.Close()
	var b bytes.Buffer
	if _, err := io.CopyN(&b, r, 4<<10); err != nil && err != io.EOF {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	if isZip(b.Bytes()) || !likelyCAMT(b.Bytes()) {
		return nil, nil
	}
	if _, err := io.CopyN(&b, r, room-int64(b.Len())+1); err != nil && err != io.EOF {
		return nil, ledger.Errorf("damaged", "cause", err)
	}
	if int64(b.Len()) > room {
		return nil, tooLarge(MaxFileSize)
	}
	return b.Bytes(), nil
}
