package cli

import (
	"slices"

	"quitus/app/desk"
	"quitus/ledger"
)

type undoDoc struct {
	Batch  string    `json:"batch"`  // the new one, by which the undo is undone
	Undone int       `json:"undone"` // invoices; of a batch without any, records
	Kept   []keptDoc `json:"kept"`
}

type keptDoc struct {
	Invoice string `json:"invoice"`
	Why     string `json:"why"`
}

// runUndo takes one batch back, and lists the invoices that stay.
func runUndo(c *call) (*reply, error) {
	seq, err := desk.ParseBatch(c.args[0])
	if err != nil {
		return nil, err
	}
	entry, undone, err := c.desk.Undo(c.ctx, seq)
	status := Done
	if code(err) == "nothing_to_undo" && len(undone.Kept) > 0 {
		status = Refused // all of it had to stay: the list says why
	} else if err != nil {
		return nil, err
	}
	doc := undoDoc{Batch: desk.Batch(entry), Undone: undone.Records, Kept: []keptDoc{}}
	if !slices.ContainsFunc(undone.Kept, func(k ledger.Kept) bool { return k.Kind == ledger.KindInvoice }) && undone.Records == 0 {
		doc.Undone = undone.All // payments, letters and the like
	}
	book := c.desk.State().Book
	for _, k := range undone.Kept {
		if i := book.Invoice(ledger.InvoiceID(k.Key)); k.Kind == ledger.KindInvoice && i != nil {
			doc.Kept = append(doc.Kept, keptDoc{invoiceRef(book, i), c.why(k.Why)})
		}
	}
	return &reply{doc: doc, status: status, text: func(p *page) {
		if undone.All > 0 {
			p.line(p.w.N("cli.undo.done", undone.All, "batch", doc.Batch))
		} else {
			p.say("cli.undo.nothing", "batch", c.args[0])
		}
		for _, k := range doc.Kept {
			p.say("cli.undo.kept", "invoice", k.Invoice, "why", k.Why)
		}
	}}, nil
}

// why says why a record stays: what rests on it, or that it was changed.
func (c *call) why(code string) string {
	if key := "cli.kept." + code; c.w.Has(key) {
		return c.w.T(key)
	}
	return c.w.T("cli.kept.other")
}

type backupDoc struct {
	File   string `json:"file"`
	Ledger string `json:"ledger"`
}

// runBackup writes a copy of the ledger.
func runBackup(c *call) (*reply, error) {
	path := c.target(c.args[0])
	if err := c.desk.Backup(path); err != nil {
		return nil, err
	}
	return &reply{doc: backupDoc{path, c.path}, text: func(p *page) { p.say("cli.backup.done", "file", path) }}, nil
}

// runRestore puts a backup in the ledger's place.
func runRestore(c *call) (*reply, error) {
	if err := desk.Restore(c.args[0], c.path); err != nil {
		return nil, err
	}
	return &reply{doc: backupDoc{c.args[0], c.path}, text: func(p *page) {
		p.say("cli.restore.done", "file", c.args[0], "ledger", c.path)
	}}, nil
}

type verifyDoc struct {
	OK       bool     `json:"ok"`
	Entries  int      `json:"entries"`
	Head     string   `json:"head"`
	Problems []string `json:"problems"`
}

// runVerify checks the whole ledger.
func runVerify(c *call) (*reply, error) {
	report, err := c.desk.Verify(c.ctx, nil)
	if err != nil {
		return nil, err
	}
	doc := verifyDoc{OK: report.OK(), Entries: int(report.Entries), Head: string(report.Head), Problems: []string{}}
	for _, p := range report.Problems {
		doc.Problems = append(doc.Problems, c.w.Error(p))
	}
	r := &reply{doc: doc, text: func(p *page) {
		if doc.OK {
			p.line(p.w.N("cli.verify.ok", doc.Entries, "head", doc.Head))
			return
		}
		p.line(p.w.N("cli.verify.problems", len(doc.Problems)))
		for _, problem := range doc.Problems {
			p.line("  " + problem)
		}
	}}
	if !doc.OK {
		r.status = NotOpened // damaged, though it could still be read
	}
	return r, nil
}
