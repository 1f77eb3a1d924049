//go:build ci

package main

import (
	"time"

	"quitus/app/cli"
	"quitus/ledger"
)

// window refuses: this build has no window, so that it needs neither a display nor its libraries.
func window(cli.Options, func() time.Time, string) error { return ledger.Errorf("usage_no_window") }
