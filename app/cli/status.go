package cli

import (
	"context"
	"errors"

	"quitus/ledger"
)

// Exit statuses.
const (
	Done       = 0 // done, warnings included
	Refused    = 1 // done, but something in the input was refused
	Unusable   = 2 // unusable call, or an unknown reference
	NotOpened  = 3 // the ledger could not be opened: nothing was written
	NotWritten = 4 // a write failed: the ledger reads as before
)

// statuses gives the exit status of the codes of errors; any other code is of an input that was
// refused.
//
// An unexpected error counts as a failed write: each act is one transaction, so the ledger reads as
// before, neither the call nor the input is at fault, and trying again or elsewhere is what helps. The
// same goes for a command that was stopped from outside.
var statuses = map[string]int{
	"usage_command_unknown":  Unusable,
	"usage_flag_unknown":     Unusable,
	"usage_flag_value":       Unusable,
	"usage_flag_without":     Unusable,
	"usage_date":             Unusable,
	"usage_day":              Unusable,
	"usage_flag_missing":     Unusable,
	"usage_choice":           Unusable,
	"usage_flags_apart":      Unusable,
	"usage_argument_missing": Unusable,
	"usage_argument_extra":   Unusable,
	"export_format":          Unusable,
	"account_format":         Unusable,
	"usage_no_window":        Unusable,
	"no_display":             Unusable,
	"display_unreachable":    Unusable,
	"no_opengl":              Unusable,

	"amount_invalid":        Unusable, // of an argument: files report theirs line by line
	"amount_ambiguous":      Unusable,
	"amount_other_currency": Unusable,

	"cheque_unknown":     Unusable,
	"cheque_ambiguous":   Unusable,
	"customer_unknown":   Unusable,
	"customer_ambiguous": Unusable,
	"invoice_unknown":    Unusable,
	"invoice_ambiguous":  Unusable,
	"reference_unknown":  Unusable,
	"letter_reference":   Unusable,
	"mail_outcome":       Unusable,
	"unknown_batch":      Unusable,
	"mapping_unknown":    Unusable,
	"model_unknown":      Unusable,
	"model_language":     Unusable,
	"step_unknown":       Unusable,
	"step_times":         Unusable,
	"task_unknown":       Unusable,
	"scenario_unknown":   Unusable,
	"usage_tasks":        Unusable,
	"usage_scenario":     Unusable,
	"usage_claim":        Unusable,
	"rate_table_unknown": Unusable,
	"rate_invalid":       Unusable,
	"rate_far":           Unusable,
	"dispute_reason":     Unusable,

	"ledger_not_found":  NotOpened,
	"ledger_is_folder":  NotOpened,
	"ledger_empty":      NotOpened,
	"ledger_locked":     NotOpened,
	"ledger_newer":      NotOpened,
	"ledger_damaged":    NotOpened,
	"ledger_unreadable": NotOpened,
	"ledger_foreign":    NotOpened,
	"migration_failed":  NotOpened,

	"ledger_read_only": NotWritten,
	"disk_full":        NotWritten,
	"write_failed":     NotWritten,
	"no_config_folder": NotWritten,
	"cancelled":        NotWritten,
	"internal":         NotWritten,
}

// code names an error for programs.
func code(err error) string {
	if c := ledger.CodeOf(err); c != "internal" || !errors.Is(err, context.Canceled) {
		return c
	}
	return "cancelled"
}

// statusOf gives the exit status of an error.
func statusOf(err error) int {
	if s, ok := statuses[code(err)]; ok {
		return s
	}
	return Refused
}
