package imports

import (
	"context"
	"io"

	"quitus/ledger"
	"quitus/ledger/imports/delimited"
	"quitus/ledger/imports/grid"
	"quitus/ledger/imports/markup"
	"quitus/ledger/imports/xls"
	"quitus/ledger/imports/xlsx"
)

// Source is an open file of any format: tables that are read one by one, each as often as needed.
type Source interface {
	Tables() []grid.Table
	// Read reads the i-th table; with rows above 0 it may stop after that many rows that hold something.
	Read(ctx context.Context, i, rows int) (*grid.Grid, error)
	// OnProgress has Read tell how much of how much is done.
	OnProgress(func(done, total int64))
}

// OpenTables recognises the format of a file by its content, and opens it as tables. Errors are those of [Read]
// that are about the file as a whole.
func OpenTables(ctx context.Context, r io.ReaderAt, size int64, opts Options) (Source, string, error) {
	if size > MaxFileSize {
		return nil, "", ledger.Errorf("too_large", "what", "file", "limit", int64(MaxFileSize))
	}
	format, err := sniff(ctx, r, size)
	if err != nil {
		return nil, "", err
	}
	src, err := open(ctx, format, r, size, opts)
	return src, format, err
}

// open opens a file of a format that [sniff] told.
func open(ctx context.Context, format string, r io.ReaderAt, size int64, opts Options) (Source, error) {
	switch format {
	case "xlsx":
		return xlsx.Open(ctx, r, size, opts.Limits)
	case "xls":
		return xls.Open(ctx, r, size, xls.Limits{})
	case "html":
		return markup.HTML(ctx, r, size, markup.Limits{}, opts.Progress)
	case "spreadsheetml":
		return markup.SpreadsheetML(ctx, r, size, markup.Limits{}, opts.Progress)
	case "csv":
		return delimited.Open(ctx, r, size, delimited.Limits{})
	}
	return nil, ledger.Errorf("unsupported_format", "format", format)
}
