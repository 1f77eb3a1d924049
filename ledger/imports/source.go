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

// source is an open file of any format: tables that are read one by one, each as often as needed.
type source interface {
	Tables() []grid.Table
	// Read reads the i-th table; with rows above 0 it may stop after that many rows that hold something.
	Read(ctx context.Context, i, rows int) (*grid.Grid, error)
	// OnProgress has Read tell how much of how much is done.
	OnProgress(func(done, total int64))
}

// open opens a file of a format that [sniff] told.
func open(ctx context.Context, format string, r io.ReaderAt, size int64, opts Options) (source, error) {
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
