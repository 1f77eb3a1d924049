//go:build !ci

package main

import (
	"time"

	"quitus/app"
	"quitus/app/cli"
	"quitus/app/desk"
)

// window opens the window and returns when it is closed.
func window(o cli.Options, now func() time.Time, who string) error {
	config, err := desk.ConfigDir()
	if err != nil {
		return err
	}
	return app.Run(app.Options{
		Ledger: o.Ledger, Sample: o.Sample, Lang: o.Lang, Clock: o.Clock(now), Who: who, Config: config,
	})
}
