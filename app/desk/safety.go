package desk

import (
	"context"
	"strconv"

	"quitus/ledger"
	"quitus/ledger/store"
)

// Undo takes back one batch: an import, a payment, a batch of letters. Errors: unknown_batch,
// already_undone, nothing_to_undo, mail_not_undone (what left or came by e-mail).
func (d *Desk) Undo(ctx context.Context, seq uint64) (ledger.Entry, ledger.Undone, error) {
	if e, err := d.store.Entry(seq); err == nil && e.Act == ledger.ActMail {
		return ledger.Entry{}, ledger.Undone{}, ledger.Errorf("mail_not_undone")
	}
	return d.store.Undo(ctx, seq, d.Today())
}

// Batch writes an entry's number as people and programs name it.
func Batch(e ledger.Entry) string {
	if e.Seq == 0 {
		return ""
	}
	return strconv.FormatUint(e.Seq, 10)
}

// ParseBatch reads what Batch wrote. The error's code is unknown_batch.
func ParseBatch(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, ledger.Errorf("unknown_batch", "batch", s)
	}
	return n, nil
}

// Journal gives the newest entries of the journal, at most limit of them.
func (d *Desk) Journal(limit int) ([]ledger.Entry, error) { return d.store.Entries(limit) }

// Verify checks the whole ledger: structure, sums, documents, and the journal's chain.
func (d *Desk) Verify(ctx context.Context, progress func(done, total int)) (store.Report, error) {
	return d.store.Verify(ctx, progress)
}

// Backup writes a copy of the ledger.
func (d *Desk) Backup(path string) error { return d.store.Backup(path) }

// Restore puts a backup in a ledger's place, after checking it; the ledger that was there is kept
// beside.
func Restore(backup, path string) error {
	_, err := store.Restore(backup, path)
	return err
}

// DailyBackup copies the ledger into the folder beside it, once a day and only when it changed.
func (d *Desk) DailyBackup() error {
	_, err := d.store.DailyBackup(d.Today())
	return err
}

// Backups is the folder of the daily backups.
func (d *Desk) Backups() string { return d.store.Backups() }

// SyncedBy names the service that copies the ledger's folder between computers, which may spoil it;
// nothing where there is none.
func (d *Desk) SyncedBy() string {
	name, _ := store.SyncedFolder(d.store.Path())
	return name
}
