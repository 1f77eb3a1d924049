package delimited

import (
	"bytes"
	"math"
	"strings"
)

const (
	sampleBytes   = 256 << 10
	sampleRecords = 500
)

// separators in the order in which they win where the text does not tell.
const separators = ";\t,|"

// guess tells how a text is set out by its beginning; whole says that it is all of it.
//
// The separator is the one under which the text makes the most uniform table of cells that look like cells: numbers, days,
// words, rather than pieces of several.
func guess(sample []byte, whole bool) habits {
	var h habits
	h.lineEnds(sample)
	if !whole {
		if i := bytes.LastIndexAny(sample, "\r\n"); i > 0 {
			sample = sample[:i]
		}
	}
	if sep, ok := declared(sample); ok {
		h.separator = sep
		h.measure(sample)
		return h
	}
	best := 0.0
	for i := range separators {
		try := h
		try.separator = separators[i]
		if score := try.measure(sample); score > best*1.0001 {
			best, h = score, try
		}
	}
	if h.separator == 0 {
		h.measure(sample)
	}
	return h
}

// declared reads a first line "sep=;", by which a file tells spreadsheets its separator.
func declared(sample []byte) (byte, bool) {
	if len(sample) > 4 && strings.EqualFold(string(sample[:4]), "sep=") {
		if rest := sample[5:]; len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r' {
			return sample[4], sample[4] != '"' && sample[4] != '\n' && sample[4] != '\r' && sample[4] < 0x80
		}
	}
	return 0, false
}

// lineEnds decides which line ends end records: where nearly all are of one kind, the others are part of a cell.
func (h *habits) lineEnds(b []byte) {
	pairs := bytes.Count(b, []byte("\r\n"))
	feeds, returns := bytes.Count(b, []byte("\n"))-pairs, bytes.Count(b, []byte("\r"))-pairs
	h.softCR = pairs+feeds > 4*returns
	h.softLF = pairs > 2*(feeds+returns)
}

// measure reads the sample with the separator set, and says how well it goes.
func (h *habits) measure(sample []byte) float64 {
	type record struct {
		width, cells int
		typed        float64
	}
	var records []record
	var now record
	cells, text := 0, 0
	try := *h
	try.softLF = false
	r := bytes.NewReader(sample)
	s := newScanner(r, try, func(line, col int, b []byte) error {
		now.width = col + 1
		if len(b) > 0 && !blank(b) {
			now.cells++
			cells++
			text += len(b)
			now.typed += looksLikeCell(b)
		}
		return nil
	})
	read := 0
	for range sampleRecords {
		now = record{}
		more, err := s.record()
		if now.cells > 0 {
			records = append(records, now)
		}
		read++
		if !more || err != nil {
			break
		}
	}
	h.bytes, h.records, h.cells, h.text = len(sample)-r.Len()-len(s.buf)+s.start, read, cells, text
	widths := map[int]int{}
	for _, r := range records {
		widths[r.width]++
	}
	best := 0.0
	for w, n := range widths {
		if v := float64(n) * math.Log2(float64(w)); v > best || v == best && w > h.width {
			best, h.width = v, w
		}
	}
	typed, filled := 0.0, 0
	for _, r := range records {
		if r.width == h.width {
			typed, filled = typed+r.typed, filled+r.cells
		}
	}
	if filled == 0 || len(records) == 0 {
		return 0
	}
	share := typed / float64(filled)
	return best / float64(len(records)) * share * share
}

// looksLikeCell says how much a text looks like the whole of a cell, from 0 to 1.
func looksLikeCell(b []byte) float64 {
	digits, letters, others := 0, 0, 0
	for _, c := range b {
		switch {
		case c == ';', c == '\t', c == '|':
			return 0
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= 0x80:
			letters++
		case c == ',':
			others++
		}
	}
	switch {
	case others > 1 && letters > 0:
		return 0.4
	case letters == 0 && digits > 0, letters > 0 && others == 0:
		return 1
	case letters > 0:
		return 0.8
	}
	return 0.6
}
